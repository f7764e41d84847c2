"""Whether the figures of a draft are of the kind that was asked for, whoever found them.

A responder sees one way to answer; what it leaves out of the question shows here. Each objection takes the question and
the draft and says whether the figures answer something else: a level where a change is asked, a change against the budget
where one against last year is asked, a sum of money where a rate is asked. Such a draft is passed over. Any one figure of
the right kind is enough, for a question may ask for several.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from index.amounts import MONEY
from index.model import Fact
from index.wording import canonical
from qa.account_sides import no_left_over, on_other_side
from qa.draft import Draft, facts_of
from qa.link import Topic, cover, is_total
from qa.model import Intent, Operation, Value
from qa.periods import column_year
from qa.respond.bases import YEAR_BEFORE, outturn_before
from qa.respond.row_objections import OF_ROWS
from qa.respond.stated import claimed
from qa.tables_named import bears, named_tables
from qa.words import ARITHMETIC, ASKS_AMOUNT, ASKS_CHANGE, ASKS_RATE, BIGGEST, SPENT, SUM

CALCULATED = frozenset({Operation.SUM, Operation.DIFFERENCE, Operation.SHARE, Operation.PER, Operation.PRIOR})
_CHANGES = frozenset({"增减额", "增减率", "偏差度"})
_RATES = frozenset({"%", "个百分点", "倍", "成"})
_COLUMN_OF_TOTALS = re.compile(r"表》?[里中内，].*的[一-龥]{0,8}(?:合计|总计|小计)数?(?:是|为|有)?(?:多少|几.*)?$")
_IN_TABLE = re.compile(r"表》?[里中内上]?[,，]?(?P<rest>.{2,})$")
_OF_ANY_SUM = re.compile(r"合计|总计|小计|总额|本年|收入|支出|预算|决算|数$")
_TELLS_CHANGE = re.compile(r"增|减|变动|变化|同比|升|降|差")
_AGAINST = re.compile(r"[比较](?:年初|全年|上年|去年)?(?:预算|决算)数?$")
_MEASURED = re.compile(
    r"多[长宽高深远重](?!时间|期)|(?:多少|几)[名位个]?[一-龥]{0,6}(?:人|烈士|战士|护士|学生|考生|教师|老师|医师|员|员工|职工|群众|患者|居民|户|干部)(?=$|[?？,，])"
)
_STAFF = re.compile(
    r"(?:实有|在职|在编|在岗|编外|离退休|离休|退休)(?:在职)?(?:人员|职工)的?(?:情况|构成|结构|数量?|人数)?(?:有|是)?(?:多少)?$|人员的?(?:构成|结构)$"
)
_PLAN = re.compile(r"(?:比|较|与|和|跟)(?:20\d\d年)?(?:年初|全年|调整)?预算")
_OUTTURN = re.compile(r"决算|实际(?:支出|花|用|执行)|执行数|已(?:经)?(?:支出|花了|执行)")
_PLANS = frozenset({"预算", "年初预算", "全年预算"})
_BUDGET_ASKED = re.compile(r"(?:预|决)算(?:总?[额数]|金额)?(?:是|为|有)?(?:多少|几何)$")
_NAMED_TOO = re.compile(r"哪[几些]|分别|是(?:什么|啥|哪)")
Objection = Callable[[Intent, Draft], bool]


def objected(intent: Intent, draft: Draft) -> bool:
    """Whether any objection holds against a draft that answers with figures."""
    if draft.status != "answered" or not draft.values:
        return False
    return any(objection(intent, draft) for objection in OBJECTIONS)


def arithmetic_left_out(intent: Intent, draft: Draft) -> bool:
    """One of the operands would be given for the result that is asked for."""
    if any(value.verification == "computed" for value in draft.values):
        return False
    if intent.operation is Operation.SHARE and {f.measure for f in facts_of(draft.values[0], draft)} == {"占比"}:
        return False  # the share itself is printed
    unheard = intent.unheard and not claimed(intent)  # 超过了200万吗 has its other side in the bound
    if unheard or (intent.operation in CALCULATED and len(intent.operands) > 1):
        return True
    if SUM.search(intent.text) and len(intent.periods.years) > 1:
        return True  # of two years together
    return bool(ARITHMETIC.search(intent.text)) and not any(_is_change(value, draft) for value in draft.values)


def total_as_sum(intent: Intent, draft: Draft) -> bool:
    """支出总表里行政运行的合计 is a column of that table, nothing to be added up."""
    sums = [value for value in draft.values if len(value.operands) > 1]
    if sums and _COLUMN_OF_TOTALS.search(intent.text):
        return True
    if intent.operation is Operation.CHECK:
        return False  # a check adds up what it likes
    added = [fact for value in sums if "＋" in (value.formula or "") for fact in facts_of(value, draft)]
    within = _IN_TABLE.search(intent.topic.text)
    return within is not None and any(not _named_in(within["rest"], fact) for fact in added)


def _named_in(text: str, fact: Fact) -> bool:
    """Whether words say which figure is meant: its row, what stands above it or its column, not only 合计."""
    topic = Topic(text, (1 << len(text)) - 1)
    names = (_OF_ANY_SUM.sub("", canonical(name)) for name in (fact.label, *fact.path[-1:], *fact.column, fact.entity))
    return any(len(name) > 1 and cover(name, topic).found for name in names)


def level_for_change(intent: Intent, draft: Draft) -> bool:
    """比上年增加多少 is not answered with how much it is."""
    asked = _asks_change(intent) and bool(ASKS_CHANGE.search(_without_projects(intent.text, draft)))
    return asked and draft.verdict is None and not any(_is_change(v, draft) for v in draft.values)


def change_from_elsewhere(intent: Intent, draft: Draft) -> bool:
    """A change against the budget is none against last year, nor the other way round."""
    bases = [fact.basis for value in draft.values for fact in facts_of(value, draft) if fact.measure in _CHANGES]
    if not bases or any(value.verification == "computed" for value in draft.values):
        return False
    if outturn_before(intent):  # 多还是少 too
        return not any(re.search("决算|执行|实际", basis) for basis in bases)
    if not _asks_change(intent):
        return False
    against_plan = bool(_PLAN.search(intent.text)) and not YEAR_BEFORE.search(intent.text)
    against_year = bool(YEAR_BEFORE.search(intent.text)) or len(intent.periods.years) > 1
    if against_plan:
        return not any("预算" in basis for basis in bases)
    return against_year and all(_of_the_plan(basis) for basis in bases)


def amount_for_rate(intent: Intent, draft: Draft) -> bool:
    """百分之几 is not answered with a sum of money."""
    asked = bool(ASKS_RATE.search(intent.text)) and not ASKS_AMOUNT.search(intent.text)
    return asked and draft.verdict is None and all(value.unit in MONEY for value in draft.values)


def rate_of_other_budget(intent: Intent, draft: Draft) -> bool:
    """完成年初预算的百分之几 is not answered with the share of the adjusted budget."""
    if intent.measure not in ("完成率", "执行率") or "年初" not in intent.text or draft.values[0].unit != "%":
        return False
    bases = [fact.basis for fact in facts_of(draft.values[0], draft)]
    return draft.values[0].verification != "computed" and bool(bases) and all("全年" in b or "调整" in b for b in bases)


def rate_for_amount(intent: Intent, draft: Draft) -> bool:
    """多少万元 is not answered with a percentage."""
    asked = bool(ASKS_AMOUNT.search(intent.text)) and not ASKS_RATE.search(intent.text)
    asked = asked and intent.operation is not Operation.SHARE  # 占…金额多少
    return asked and draft.verdict is None and all(value.unit in _RATES for value in draft.values)


def count_for_amount(intent: Intent, draft: Draft) -> bool:
    """花了多少, 预算多少 are not answered with a number of cars."""
    if intent.operation is not Operation.LOOKUP or intent.count_unit or draft.verdict is not None:
        return False
    budget = intent.measure in ("预算", "决算") and _BUDGET_ASKED.search(intent.text)
    if not SPENT.search(intent.text) and not budget:
        return False
    return not any(value.unit in MONEY or not value.unit or value.unit.split("/")[0] in MONEY for value in draft.values)


def amount_for_count(intent: Intent, draft: Draft) -> bool:
    """多少人 is not answered with a sum of money."""
    unit = intent.count_unit
    counted = unit and re.search(rf"(?:多少|几)个?{unit}", intent.text)
    if (
        intent.money
        or draft.verdict is not None
        or not (counted or _MEASURED.search(intent.text) or _STAFF.search(intent.text))
    ):
        return False
    if _NAMED_TOO.search(intent.text):
        return False  # 有几个项目,分别是什么: the list tells how many
    return all(value.unit.split("/")[0] in MONEY for value in draft.values)


def other_side(intent: Intent, draft: Draft) -> bool:
    """Income is not answered from the columns of expenditure, nor the other way round, nor what is left from either."""
    if intent.operation is not Operation.LOOKUP or draft.values[0].verification == "computed":
        return False
    every = tuple(facts_of(draft.values[0], draft))
    if every and all(no_left_over(fact, intent.text) for fact in every):
        return True
    facts = [fact for fact in every if fact.source == "table"]
    # 支出 at the end of an account's name is no side
    return bool(facts) and all(on_other_side(fact, intent.text.replace(canonical(fact.label), "")) for fact in facts)


def whole_for_extreme(intent: Intent, draft: Draft) -> bool:
    """哪个项目最大 is not answered with what all of them come to."""
    if intent.operation is Operation.COMPARE or len(intent.documents) != 1:
        return False
    if not BIGGEST.search(intent.text) and (intent.largest is None or "哪" not in intent.text):
        return False
    facts = tuple(facts_of(draft.values[0], draft))
    return bool(facts) and all(_is_whole(fact) and not fact.entity for fact in facts)  # all of one project is no whole


def other_table(intent: Intent, draft: Draft) -> bool:
    """A figure of the table that the question names in words (基本支出明细里的) is not given from another."""
    titles = {fact.title for value in draft.values for fact in facts_of(value, draft) if fact.title}
    named = named_tables(intent.topic.text)
    return bool(titles) and any(not any(bears(title, name) for title in titles) for name in named)


def target_for_outcome(intent: Intent, draft: Draft) -> bool:
    """What was really done is not answered with what was aimed at."""
    measures = {fact.measure for fact in facts_of(draft.values[0], draft)}
    return "实际" in intent.text and draft.verdict is None and measures == {"指标值"}


def plan_for_outturn(intent: Intent, draft: Draft) -> bool:
    """What was spent, 决算, is not answered with what a budget plans."""
    asked = _OUTTURN.search(intent.text) and "预算" not in intent.text.replace("公共预算", "")
    measures = {fact.measure for value in draft.values for fact in facts_of(value, draft)}
    return bool(asked) and draft.verdict is None and bool(measures) and measures <= _PLANS


def year_of_measure(intent: Intent, draft: Draft) -> bool:
    """2023年预算数 is not answered with the figure of another year, whichever document it stands in."""
    column = column_year(intent.text)
    if column is None or intent.operation is not Operation.LOOKUP or draft.values[0].verification == "computed":
        return False
    years = {fact.year for fact in facts_of(draft.values[0], draft) if fact.year}
    return bool(years) and column[0] not in years


def share_of_no_project(intent: Intent, draft: Draft) -> bool:
    """The share of the largest project is not answered with the largest share of anything."""
    asked = intent.measure == "占比" and intent.largest is not None and "项目" in intent.text
    if not asked or len(intent.documents) != 1:
        return False
    facts = [fact for value in draft.values for fact in facts_of(value, draft)]
    return bool(facts) and not any(fact.scope == "项目" or fact.entity for fact in facts)


def share_above_whole(intent: Intent, draft: Draft) -> bool:
    """A share of more than a hundred per cent is of something else."""
    value = draft.values[0]
    number = re.fullmatch(r"\d+(?:\.\d+)?", value.value)
    return intent.measure == "占比" and value.unit == "%" and number is not None and Decimal(value.value) > 100


def level_for_comparison(intent: Intent, draft: Draft) -> bool:
    """比上年多吗 is a matter of two years; one figure settles nothing."""
    asked = intent.yesno and draft.verdict is None and len(draft.values) == 1 and intent.operation is Operation.LOOKUP
    compares = re.search(r"[比较].{0,6}(?:年|期).{0,4}[多少高低大小增减]", intent.text)
    if _AGAINST.search(intent.text) and not any(_is_change(value, draft) for value in draft.values):
        return draft.verdict is None and len(draft.values) == 1
    return asked and bool(compares) and not _is_change(draft.values[0], draft)


def change_for_share(intent: Intent, draft: Draft) -> bool:
    """占多少 is not answered with by how much it grew."""
    if intent.operation is not Operation.SHARE or draft.values[0].verification == "computed":
        return False
    measures = {fact.measure for fact in facts_of(draft.values[0], draft)}
    return bool(measures) and measures <= _CHANGES


OBJECTIONS: tuple[Objection, ...] = (
    arithmetic_left_out,
    total_as_sum,
    level_for_change,
    change_from_elsewhere,
    amount_for_rate,
    rate_of_other_budget,
    rate_for_amount,
    count_for_amount,
    amount_for_count,
    other_side,
    whole_for_extreme,
    other_table,
    target_for_outcome,
    plan_for_outturn,
    year_of_measure,
    share_above_whole,
    share_of_no_project,
    level_for_comparison,
    change_for_share,
    *OF_ROWS,
)


def _asks_change(intent: Intent) -> bool:
    return intent.operation in (Operation.LOOKUP, Operation.DIFFERENCE) and bool(ASKS_CHANGE.search(intent.text))


def _without_projects(text: str, draft: Draft) -> str:
    """The question without the names of the projects it is answered of: 展馆提升 asks for no change."""
    projects = {fact.entity for value in draft.values for fact in facts_of(value, draft) if fact.entity}
    for name in sorted(projects, key=len, reverse=True):
        text = text.replace(canonical(name), "")
    return text


def _is_change(value: Value, draft: Draft) -> bool:
    if value.verification == "computed" or _TELLS_CHANGE.search(value.label):
        return True
    return any(_tells_change(fact) for fact in facts_of(value, draft))


def _tells_change(fact: Fact) -> bool:
    return fact.measure in _CHANGES or bool(_TELLS_CHANGE.search("".join((fact.label, *fact.column))))


def _is_whole(fact: Fact) -> bool:
    return (
        is_total(fact.label)
        or fact.label.endswith(("总额", "合计", "总计"))
        or (fact.source == "text" and not fact.path)
    )


def _of_the_plan(basis: str) -> bool:
    return "预算" in basis and not YEAR_BEFORE.search(basis) and not re.search(r"20\d\d", basis)
