"""What a turn keeps of the topic before it when it names only a side, a column, a measure or a kind of indicator.

An account or an item stays the subject until another takes its place: 图书馆支出, then 项目支出呢, asks for the 项目支出 of
图书馆, and not of the whole office. 支出 after 收入总计 takes its place and is not joined to it. Whose money is spoken of,
一般公共预算基本支出, stays with the columns that follow.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.wording import canonical
from qa import words
from qa.turn_words import HOW_MUCH, asked_of, asks_only, functional, left_of, stage_word, without_part, without_stage

_MONEY = r"(?:财政拨款|一般公共预算(?:财政拨款)?|政府性基金(?:预算)?(?:财政拨款)?|国有资本经营(?:预算)?(?:财政拨款)?)"
_SIDE = re.compile(
    rf"(?P<money>{_MONEY})?(?:本年|全年|年末|部门|单位)*(?P<all>总)?"
    r"(?P<side>收入|支出|结转和?结余|结余)?(?P<total>总计|合计|总额)?"
)
_SIDE_ALONE = re.compile(r"(?P<side>收入|支出|花销|开支)(?P<total>总计|合计|总额)?")
_LEFT_OVER = re.compile(r"(?:年末)?(?:结余|结转和?结余|剩余|余额|剩(?:下|了)?)(?:资金)?")
_OWN_MONEY = re.compile(rf"^{_MONEY}")
_ALL = re.compile(r"(?:本年支出|支出)?(?:合计|总计|总额|小计)|(?:一|总)共")
_PART = re.compile(r"(?:其中)?的?(?:基本支出|项目支出|人员经费|(?:日常)?公用经费)")
_USED_FOR = re.compile(r"(?:这[些笔]?(?:钱|资金|经费|费用))?(?:具体|主要|都|又)*(?:是)?(?:用[于来到在]|花[到在]|干).*")
_FELL_SHORT = re.compile(
    r"(?:(?:是)?因?(?:为什么|为啥|为何|什么原因|啥原因|怎么))(?:会|就|还|是)?(?:没有?|未|不)"
    r"(?:能)?(?:够|按时|按期)?(?:全部)?(?:达到?|达标|完成|实现|做到|做完|合格)(?:目标值?|指标值?|预期|标准|要求|100%)?(?:的?原因)?"
)
_WHOSE = re.compile(r"(?:是|属于|归)?(?:哪一?个?|哪家|什么)(?:单位|部门|科室)(?:的|负责|管|实施|用)?(?:的)?")
_PUT_RIGHT = re.compile(
    r"(?:其中)?(?:有|已经?|现在|目前|还有?)*(?:完成|正在)?(?:整改|解决|落实)(?:完成|完)?[了的]?(?:有)?(?:几|多少)[一-龥]?"
)

# -- projects and their indicators ---
_MEASURE = re.compile(
    r"(?:年度|绩效)?(?:目标值?|指标值)|(?:全年)?实际(?:完成)?值?|完成值|(?:自评)?得分|分值|权重|偏差(?:度|率)?"
)
_MEASURED = re.compile(
    r"(?:的)?(?:年度|全年|自评)?(?:目标值?|指标值|实际(?:完成)?值?|完成(?:值|了)?|达到|得分|得了?|打了?|分值|自评)?"
    r"(?:是|为|有|定)?(?:(?:多少|几)[一-龥]{0,2})?$"
)
_OF_POINTS = re.compile(r"(?:自评|得|评|打)[^，]{0,4}(?:多少|几)?分|得分")
_OF_MONEY = re.compile(r"(?:预算|资金)?执行[率数]|(?:年初|全年)?预算(?:数|额|安排)?|预算资金|资金")
_INDICATORS = re.compile(
    r"(?:产出|效益|满意度|服务对象满意度|数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响)指标"
)
_PROJECT = re.compile(r"[^，]{3,}?(?:项目|工程|专项(?:资金|经费)?)(?=.)")
_LOST = re.compile(r".*(?:扣分|失分|丢分|扣了|没得满分).*")
_GRADE = re.compile(r"(?:评为|评级为|等级为|是)?(?P<grade>[优良中差])秀?好?(?:的|等|级)*")
_GRADED = re.compile(r"(?<=[为级是])[优良中差]秀?好?(?=的|等|级|$|有?几|多少|项)")

# -- what was asked of one item and is asked of the next ---
_YEAR_BEFORE = r"(?:上一?年度?|去年|前一年|20\d\d年度?)(?:的?(?:预算|决算|执行)数?)?(?:相比|比)?"
_ASKED_ALIKE = re.compile(
    rf"(?<=..)的?((?:[比较与同跟]{_YEAR_BEFORE}[^，的]{{0,4}}(?:增|减|多|少|升|降|变)[^，的]{{0,8}}"
    r"|(?:预算)?(?:完成|执行)率|增[长减]率|[增降]幅"
    r"|(?:(?:年初|全年)预算|(?<!公共)(?<!基金)(?<!经营)预算|决算)数?(?:安排)?)(?:是|为)?(?:(?:多少|几)(?:万元|元|钱)?)?)$"
)
_ASKS_ITSELF = re.compile(r"多少|几|谁|哪|什么|预算|决算|[占比较]|增|减|率|吗|执行|安排")

# -- people ---
_STAFF = re.compile(r"(?:人员|编制|职工|人数)")
_KIND_OF_STAFF = re.compile(r"实有|在职|在编|离休|退休|离退休|编外")


def kept_topic(said: str, earlier: str) -> str:
    """The topic of a turn together with what it keeps of the topic before; "" where it has a subject of its own.

    `said` is the topic of the turn without what leads in and out of it, `earlier` the whole topic before.
    """
    asked = asked_of(earlier)
    return (
        _other_side(HOW_MUCH.sub("", without_part(said)), asked)
        or _column(said, earlier)
        or _predicate(said, earlier)
        or _measure(said, earlier)
        or _of_project(said, earlier)
        or _staff(said, asked)
    )


def whole_name(part: str, asked: str, known: frozenset[str]) -> str:
    """The name printed for a part that is named by its end alone: 购置费 of 公务用车购置和运行维护费 is 公务用车购置费."""
    end = asked_of(part)
    names = (asked[:size] + end for size in range(len(asked) - 1, 1, -1) if len(end) > 1)
    return next((name for name in names if name in _spelled(known) and canonical(name) != canonical(asked)), "")


def counterpart(said: str, earlier: str, known: frozenset[str]) -> str:
    """The name printed where a word of a turn takes the place of its like: 事业单位的 after 行政单位医疗 is 事业单位医疗."""
    word, asked = said.removesuffix("的"), canonical(without_stage(asked_of(earlier)))
    named = word == said and word in _spelled(known)  # with 的 it is a part of a name, whatever else bears it
    if not 2 <= len(word) <= 6 or word in asked or asks_only(left_of(word)) or named:
        return ""
    found = set()
    for name in _spelled(known):
        head, _, tail = name.partition(word) if word in name else ("", "", "")
        alike = len(head + tail) > 1 and asked.startswith(head) and asked.endswith(tail)
        if alike and len(head + tail) + len(word) == len(asked):  # 行政单位 and 事业单位, 年初 and 年末
            found.add((len(head + tail), name))
    best = max(found, default=(0, ""))
    return best[1] if sum(size == best[0] for size, _ in found) == 1 else ""


@lru_cache(maxsize=4)
def _spelled(known: frozenset[str]) -> frozenset[str]:
    return frozenset(map(canonical, known))


def measure_kept(topic: str, said: str, earlier: str) -> str:
    """An item that a turn only names, with what was asked of the one before: 公务用车呢 after 公务接待费比上年减少多少."""
    asked = _ASKED_ALIKE.search(earlier)
    if not asked or not said.endswith("呢") or _ASKS_ITSELF.search(topic):
        return topic
    return f"{topic}{asked.group(1)}"


def _other_side(said: str, asked: str) -> str:
    """支出 after 收入总计 is 支出总计; what is left over is that of the money spoken of."""
    before, row = _SIDE.fullmatch(without_stage(asked)), functional(words.COLUMNS.sub("", asked))
    if before and _LEFT_OVER.fullmatch(said):
        money = before["money"] or ""
        return f"年末{money}结转和结余" if money == "财政拨款" else f"{money}年末结转和结余"
    side = _SIDE_ALONE.fullmatch(said)
    if not side:
        named = _SIDE.fullmatch(said)
        return said if named and named["side"] and (named["all"] or named["total"]) and not row else ""
    if before:
        stage = stage_word(asked) if without_stage(asked) != asked else ""
        total = side["total"] or before["total"] or ""
        return f"{before['money'] or ''}{before['all'] or ''}{side['side']}{total}{stage}"
    own = side["total"] or re.search("(?:收入|支出)$", asked)
    return said if own and not row else ""


def _column(said: str, earlier: str) -> str:
    """Another column of the account spoken of, else a part of the same money."""
    column = HOW_MUCH.sub("", said)
    total = _ALL.fullmatch(column)
    if not words.COLUMNS.fullmatch(column) and not total:
        return ""
    row = asked_of(words.COLUMNS.sub("", earlier)).rstrip("里中的")
    if row and functional(row):
        return row if total else f"{row}{said}"
    money = _OWN_MONEY.match(earlier)
    if not _PART.fullmatch(column):
        return ""
    if money:
        return f"{money.group()}{without_part(said)}"
    return without_part(said) if _SIDE.fullmatch(without_stage(asked_of(earlier))) else ""


def _predicate(said: str, earlier: str) -> str:
    """What is asked of the thing spoken of in words: what it is used for, why it fell short, whose it is."""
    if not any(pattern.fullmatch(said) for pattern in (_USED_FOR, _FELL_SHORT, _WHOSE, _PUT_RIGHT)):
        return ""
    item = _MEASURED.sub("", without_stage(asked_of(words.WHY.split(earlier)[0])))
    return f"{item}{said}" if left_of(item) else ""


def _measure(said: str, earlier: str) -> str:
    """Another measure of the same indicator, 目标值呢; or the same grade of other projects, 良的呢."""
    if _OF_POINTS.search(earlier) and _OF_MONEY.fullmatch(said):
        return f"{_MEASURED.sub('', earlier)}{said}"
    if _MEASURE.fullmatch(said) and (item := _MEASURED.sub("", earlier)) and item != earlier:
        return f"{item}{'实际值' if said == '实际' else '目标值' if said == '目标' else said}"
    grade = _GRADE.fullmatch(said)
    return _GRADED.sub(grade["grade"], earlier) if grade and _GRADED.search(earlier) else ""


def _of_project(said: str, earlier: str) -> str:
    """Other indicators of the project spoken of, and where it lost points; another project's points."""
    project = _PROJECT.match(earlier)
    if project and (_INDICATORS.fullmatch(said) or _LOST.fullmatch(said)):
        return f"{project.group()}{said}"
    other = re.fullmatch(r"[^，]{2,}(?:项目|工程|专项(?:资金|经费)?)", said)
    return f"{said}自评得分" if other and _OF_POINTS.search(earlier) else ""


def _staff(said: str, asked: str) -> str:
    """Another kind of the people counted: 实有 after 人员编制."""
    said = "在职" if said == "实有" else said
    return f"{said}人员多少人" if _KIND_OF_STAFF.fullmatch(said) and _STAFF.search(asked) else ""
