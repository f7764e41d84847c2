"""A list of rows of one kind from one column of one table, of which every word of the question is explained.

哪些项目用了单位资金: the rows are projects, the column is 单位资金, rows without a figure in it are none. What restricts the
rows (a parent, a unit, a word beside the name of the row), which column is read and whose money it counts must account for
all that the question says; rows under a printed total must add up to it. Else there is no such list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.amounts import MONEY
from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.account_sides import on_other_side
from qa.finder import Finder
from qa.link import Topic, cover, is_total, runs
from qa.model import Intent, Operation
from qa.money import FUNDS, GRANTED
from qa.organisations import span_mask
from qa.readings import of_whole_unit
from qa.respond.bases import OUTTURN
from qa.respond.chosen_rows import at_level, half_of, own_names
from qa.respond.listed_column import bears_parts, named_column, of_named_head
from qa.respond.project_forms import project_forms
from qa.respond.row_kinds import RowKind, Rows, is_project, rows_asked
from qa.respond.row_words import Restriction, bears_sorts, restricted
from qa.respond.rows import RowSet
from qa.respond.unit_rows import each_unit_once, is_part_unsaid
from qa.retrieve.fit import ACCEPTS

_SAID_ANYWAY = re.compile(
    r"支出|收入|涉及|金额|资金|经费|预算|决算|口径|情况|明细|构成|组成|结构|来源|包[括含]|政府|安排|本年|具体|名称|列示|清单|金$|采购方式|采用|方式[为是]"
)
_FILLING = frozenset("目分款类项别但用得花名啥由年钱数下里")
_MONEYS = (*FUNDS, GRANTED)
_SCOPES = {"全部": 0.0, "项目": 0.0, "": 0.0, "财政拨款": 0.7, "一般公共预算": 0.6, "基本支出": 0.9}
_NARROW = 2.0
_MONEY = re.compile(r"收入|支出|预算|决算|经费|资金|拨款|金额|结转|结余|费|钱|多少|花|万|亿")
_OF_FUND = 4.0  # the table of a fund comes before a column of it
_UNDER = 5.0  # what a row is made up of comes before a column of its name
_INCOME = 1.0  # accounts are of what is spent, unless income is spoken of
_TOLD = frozenset({"完成率", "增减率", "占比", "偏差度"})  # rates, which the prose tells item by item
_TOLD_IN_PROSE = frozenset({RowKind.PROJECTS, RowKind.ACCOUNTS, RowKind.SOURCES})
_LOOKS_LIKE = frozenset({Operation.LIST, Operation.LOOKUP, Operation.COMPARE, Operation.DEFINE})
_TOTAL_OF_EACH = re.compile(
    r"各.{0,4}单位[^,，]*(?:合计|总计)(?:数|分别|各?是|为|多少)*$"
)  # a column, nothing to be added up
_PLURAL = re.compile(
    r"哪些|哪几|哪一?[个家所]|各|分别|每|按|构成|组成|来源|有什么|清单|列表|明细|的(?:项目|单位|(?:经济|功能)?(?:分类)?科目|(?:政府)?采购(?:项目|品目)?)(?:$|(?:及|和|以及)(?:其|各自的?)?(?:金额|数额|预算))|的[类款项]级科目|下(?:面|的)?项目"
)


def asked(intent: Intent) -> bool:
    """Whether rows of one kind are asked for, all of them or the one with the most, whatever else the words look like."""
    operations = _LOOKS_LIKE | {Operation.SUM} if _TOTAL_OF_EACH.search(intent.text) else _LOOKS_LIKE
    if intent.operation not in operations or intent.yesno or not _one_office(intent):
        return False
    bound = intent.condition
    nothing = bound and bound.relation == "=" and not bound.value
    rated = intent.measure in _TOLD or (bound is not None and bound.measure in _TOLD)
    if "三公" in intent.text or nothing or rated or "数量" in intent.text:
        return False
    rows = rows_asked(intent)
    if rows is None or (rows.kind is RowKind.UNITS and not _MONEY.search(intent.text)):
        return False  # 由哪几个单位组成 asks for no figures
    return intent.largest is not None or bool(_PLURAL.search(intent.text))


def _one_office(intent: Intent) -> bool:
    return len({e.profile.organisation for e in intent.documents}) == 1


def listing(intent: Intent, finder: Finder) -> tuple[RowSet, CatalogueEntry] | None:
    """The rows that a question asks for and their document; None where no column of no table is explained by it."""
    rows = rows_asked(intent)
    if rows is None or rows.kind is RowKind.INDICATORS or not asked(intent):
        return None  # of indicators those in money are only some
    best: tuple[RowSet, CatalogueEntry] | None = None
    for entry in intent.documents[:6]:
        for found in candidates(rows, intent, entry, finder):
            if best is None or found.score > best[0].score + 0.01:
                best = (found, entry)
    return best


def printed_otherwise(intent: Intent, finder: Finder) -> bool:
    """Whether rows of the kind asked for are printed, but none that the question explains: other rows are no answer."""
    rows = rows_asked(intent)
    if rows is None or not asked(intent):
        return False
    if rows.kind not in _TOLD_IN_PROSE:
        return True
    return any(_prints(rows, intent, entry, finder) for entry in intent.documents[:6])


def _prints(rows: Rows, intent: Intent, entry: CatalogueEntry, finder: Finder) -> bool:
    facts = finder.facts(documents=(entry.name,), sources=("table",))
    rows = rows.among(facts)
    return any(rows.holds(f.fact, entry) and _stands_for(f.fact, intent, entry) for f in facts)


def of_another_kind(chosen: RowSet, intent: Intent) -> bool:
    """Whether projects are asked for and the rows are accounts."""
    rated = intent.condition is not None and intent.condition.measure in _TOLD
    rows = rows_asked(intent) if asked(intent) or rated else None
    coded = any(f.fact.code and not is_project(f.fact) for f in chosen.facts)
    return rows is not None and rows.kind is RowKind.PROJECTS and coded


def candidates(rows: Rows, intent: Intent, entry: CatalogueEntry, finder: Finder) -> Iterator[RowSet]:
    """Every column of the tables of a document that the question explains."""
    facts = finder.facts(documents=(entry.name,), sources=("table",))
    rows = rows.among(facts)
    groups: dict[tuple[int, tuple[str, ...]], list[Found]] = {}
    for f in facts:
        if _stands_for(f.fact, intent, entry):
            groups.setdefault((f.fact.table or 0, f.fact.column), []).append(f)
    for (table, column), group in groups.items():
        if sum(t == table and c[:-1] == column[:-1] for t, c in groups) > 1 and of_named_head(column, intent.topic):
            continue
        if chosen := _chosen(rows, intent, entry, group, finder):
            yield chosen
    if rows.kind is RowKind.PROJECTS:
        itemised = frozenset(f.fact.measure for f in facts if is_project(f.fact, rows.accounts))
        yield from project_forms(intent, entry, rows.mask, finder, itemised)


def _stands_for(fact: Fact, intent: Intent, entry: CatalogueEntry) -> bool:
    """Whether a figure is of the stage and the year that are asked for, and a sum of money where nothing else is."""
    if fact.state not in (State.VALUE, State.ZERO) or fact.value is None or fact.unit not in MONEY:
        return False
    actual = bool(OUTTURN.search(intent.text)) and "预算" not in intent.text.replace("公共预算", "")
    wanted = "决算" if actual else "" if intent.measure == "决算" else intent.measure
    own = ACCEPTS.get(wanted or entry.profile.stage, (wanted,))
    years = intent.periods.years or ((entry.profile.year,) if entry.profile.year else ())
    return fact.measure in own and (fact.year is None or not years or fact.year in years)


def _chosen(rows: Rows, intent: Intent, entry: CatalogueEntry, group: Sequence[Found], finder: Finder) -> RowSet | None:
    first = group[0].fact
    if intent.table_code and _number(first) != intent.table_code:
        return None
    column = named_column(first, intent.topic)
    if column is None or not bears_parts(first, _without_rows(rows, intent.text)):
        return None
    of_kind = [f for f in group if rows.holds(f.fact, entry) and canonical(f.fact.label) not in _own(rows, intent)]
    under = _restricted(rows, intent, of_kind, entry, finder)
    if under is None or not under.rows:
        return None
    coded = rows.kind is RowKind.ACCOUNTS and (not under.part or any(f.fact.code for f in under.rows))
    kept = at_level(intent, list(under.rows)) if coded else _leaves(under.rows)
    if rows.kind is RowKind.UNITS:
        kept = [] if is_part_unsaid(first, intent.text) else list(each_unit_once(kept, entry))
    mask = rows.mask | column[0] | under.mask | _scope_mask(first, intent.topic) | cover(first.title, intent.topic).mask
    if not kept or _unexplained(mask, intent) or on_other_side(first, intent.text):
        return None
    if not rows.some and _short_of_whole(kept, under, group):
        return None
    if not bears_sorts(intent.text, kept):
        return None
    narrower = _scope_cost(first, intent.topic.text)
    score = 10.0 + column[1] - narrower + 0.01 * len(kept) + _system(first, kept, intent)
    score += _UNDER if under.part or under.of_half else 0.3 if under.mask else 0.0
    score -= (
        _INCOME if rows.kind is RowKind.ACCOUNTS and first.kind in ("F02", "B02") and "收" not in intent.text else 0.0
    )
    by_entity = rows.kind is RowKind.UNITS and not of_whole_unit(kept[0].fact) and bool(kept[0].fact.entity)
    return RowSet(first.title, tuple(kept), mask, score, by_entity)


def _without_rows(rows: Rows, text: str) -> str:
    """The text without 项目支出 where the rows are projects, so that it asks for no column of that name."""
    return text.replace("项目支出", "") if rows.kind is RowKind.PROJECTS else text


def _number(fact: Fact) -> str:
    digits = "".join(c for c in fact.table_code if c.isdigit())
    return digits.zfill(2)[-2:] if digits else ""


def _own(rows: Rows, intent: Intent) -> set[str]:
    return set() if rows.kind is RowKind.UNITS else own_names(intent)


# -- whose money -------------------------------------------------------------------------------------------------------


def _scope_mask(fact: Fact, topic: Topic) -> int:
    mask = 0
    for fund in _MONEYS:
        if any(fund in text for text in (fact.scope, fact.title, *fact.column)):
            mask |= cover(fund, topic).mask
    return mask


def _scope_cost(fact: Fact, text: str) -> float:
    """How much narrower the money is than what is asked for."""
    over = (fact.scope, fact.title, *fact.column)
    asked = [fund for fund in _MONEYS if fund in text]
    if asked:
        said = all(any(fund in word for word in over) for fund in asked)
        return (-_OF_FUND if all(fund in fact.title for fund in asked) else 0.0) if said else _NARROW
    return _SCOPES.get(fact.scope, _NARROW)


def _system(fact: Fact, kept: Sequence[Found], intent: Intent) -> float:
    """Accounts by function come before those by economic kind, unless the question says so."""
    digits = {f.fact.code[:1] for f in kept}
    if "经济" in intent.text:
        return 0.0 if digits <= {"3", "5"} else -5.0
    if re.search("功能|类级", intent.text):
        return 0.0 if digits <= {"2", ""} else -6.0
    if re.search("[款项]级", intent.text):
        return 0.0 if digits == {"2"} else -6.0
    return -0.4 if "3" in digits else 0.2 if "2" in digits else 0.0


# -- which rows --------------------------------------------------------------------------------------------------------


def _restricted(
    rows: Rows, intent: Intent, group: Sequence[Found], entry: CatalogueEntry, finder: Finder
) -> Restriction | None:
    if not group:
        return None
    half = half_of(intent.topic, group) if rows.kind is RowKind.ACCOUNTS else None
    if half is not None:
        return Restriction(tuple(half[0]), half[1], of_half=True)
    return restricted(intent, group, entry, finder, skip=rows.mask)


def _leaves(rows: Sequence[Found]) -> list[Found]:
    """Rows under which no other of them stands."""
    above = {p for f in rows for p in f.fact.path}
    return [f for f in rows if f.fact.label not in above]


def _unexplained(mask: int, intent: Intent) -> bool:
    topic = intent.topic
    plain = topic.text
    left = topic.content & ~mask & ~intent.measure_mask
    left &= ~span_mask(m.span() for m in _SAID_ANYWAY.finditer(plain))
    return any(set(run) - _FILLING for run in runs(left, plain))


def _is_whole(fact: Fact, of_each: str) -> bool:
    return is_total(fact.label) or (not fact.entity and fact.label == of_each)


def _short_of_whole(kept: Sequence[Found], under: Restriction, group: Sequence[Found]) -> bool:
    """Whether the rows come to less or more than the total printed over them."""
    if under.mask and not under.part:
        return False
    if under.part:
        wholes = [f.fact.value for f in group if f.fact.label == under.part and f.fact.value]
    elif under.of_unit:
        wholes = [f.fact.value for f in group if f.fact.label == kept[0].fact.entity and f.fact.value]
    else:
        same = kept[0].fact.label if kept[0].fact.entity else ""  # a figure of each unit, its total bears no unit
        wholes = [f.fact.value for f in group if _is_whole(f.fact, same) and f.fact.value]
    listed = sum((f.fact.value or Decimal(0) for f in kept), Decimal(0))
    return bool(wholes) and not any(abs(listed - whole) <= abs(whole) * Decimal("0.01") for whole in wholes)
