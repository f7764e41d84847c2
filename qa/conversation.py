"""Follow-up questions made whole: what a turn leaves out it takes from the turns before it.

A turn is an office, a period, a topic and what is asked of it. 「那2023年呢」 changes the period, 「工信局呢」 the office,
「其中公务接待费呢」 the topic, 「增长率是多少」 what is asked; the rest is inherited. The result is a question that can be
read, shown (`Answer.interpreted`) and understood without the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.model import CatalogueEntry
from qa import words
from qa.organisations import Offices, find_offices
from qa.periods import find_periods

_PART = re.compile(r"^(?:那|那么|还有|另外|再问)?(?:其中|里面的?|里边的?|当中|这里面|其中的)")
_UNIT_ONLY = re.compile(
    r"^(?:请)?(?:换成|换算成|改成|折合|用|以|按|按照)?(?:多少)?(亿元|万元|元|万|亿)(?:呢|表示|为单位|是多少|显示|算)?$|^(?:是)?多少(亿元|万元|元)$"
)
_COMPARE = re.compile(r"^(?:那|那么)?(?:和|跟|与|同)(.+?)(?:比|相比|对比|比较|差)(.*)$")
_LEAD = re.compile(r"^(?:那么?|那|再|还有|另外|请问|嗯|好的?|然后|所以|换成|改成|再查|再看看?|也|同样|同期)+(?=.)")
_STAGES = frozenset({"预算", "决算", "年初预算", "全年预算", "预算数", "决算数", "执行数", "年初预算数"})
_COUNTS = re.compile(r"人次|批次|团组|人数|辆数|台数")
_ONLY_COUNT = re.compile(rf"(?:{_COUNTS.pattern})(?:数|是|有|呢|多少|几|的)*$")
_TAIL = re.compile(r"(?:呢|吗|怎么样|如何|的话)$")
_ASKING = re.compile(
    r"(?:全年|实际)?(?:执行|支出|花|用|安排|完成)了?多少(?:万元|元|亿元|钱)?|(?:比上年|较上年|比去年|同比)?(?:增加|减少|增长|下降|上升|变化)了?(?:多少|几|额)?|(?:是|有|为)?多少(?:万元|元|亿元|钱|万|个|人次|辆)?|是?几(?:个|辆|人次|批|项)|呢|各(?:是)?多少|分别(?:是)?多少"
)


@dataclass(frozen=True, slots=True)
class _Turn:
    text: str
    offices: Offices
    office: str  # the words that name the office
    years: tuple[int, ...]
    period: str
    topic: str  # what remains without office and period


def standalone(text: str, history: Sequence[str], catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> str:
    """The question as one would ask it with nothing said before. All texts are squeezed."""
    earlier: _Turn | None = None
    for said in history:
        whole = _complete(_read(said, catalogue, known), earlier)
        earlier = _read(whole, catalogue, known)
    turn = _read(text, catalogue, known)
    return _without_absent(_complete(turn, earlier), turn, earlier, catalogue, known)


def _without_absent(
    text: str, turn: _Turn, earlier: _Turn | None, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> str:
    """What was carried over from the turn before is dropped where the office now spoken of publishes nothing such.

    「换成2025年的」 after an outturn means the budget of 2025 where that is all there is of 2025; 「东湖街道呢」 after a
    question about 2025 means the year there is.
    """
    if earlier is None or text == turn.text:
        return text
    offices = find_offices(text, catalogue, known)
    named = {name for mention in offices.mentions for name in mention.names}
    entries = [e for e in catalogue if e.name in named]
    years = find_periods(text).years
    if (
        turn.offices.mentions
        and not turn.years
        and years
        and entries
        and not any(e.profile.year in years for e in entries)
    ):
        text = text.replace(earlier.period, "", 1)
        years = ()
    of_year = [e for e in entries if not years or e.profile.year in years]
    carried = _stage_word(text) if not _stage_word(turn.text) else ""
    if turn.years and carried and of_year and not any(e.profile.stage == carried for e in of_year):
        text = _without_stage(text)
    return text


def _read(text: str, catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> _Turn:
    offices = find_offices(text, catalogue, known)
    periods = find_periods(text)
    drop = offices.mask | periods.mask
    topic = "".join(c for i, c in enumerate(text) if not drop >> i & 1)
    office = "和".join(m.text for m in offices.mentions) or (offices.unknown[0] if offices.unknown else "")
    period = "".join(c for i, c in enumerate(text) if periods.mask >> i & 1)
    return _Turn(text, offices, office, periods.years, period, topic)


def _complete(turn: _Turn, earlier: _Turn | None) -> str:
    if earlier is None:
        return turn.text
    unit = _UNIT_ONLY.match(turn.text)
    if unit:
        return f"{_without_unit(earlier.text)}(以{unit.group(1) or unit.group(2)}表示)"
    compare = _COMPARE.match(turn.text)
    if compare and turn.office and not compare.group(2).strip("呢多少"):
        return f"{earlier.office}和{turn.office}{earlier.period}{_asked_of(earlier.topic)}谁多,差多少"
    if words.SELF.search(turn.text) and not turn.offices.mentions:
        turn = replace(turn, topic=words.SELF.sub("", turn.topic))
    topic = _TAIL.sub("", _LEAD.sub("", turn.topic))
    office = turn.office or earlier.office
    period = turn.period or earlier.period
    rest = _rest(topic)
    if _ONLY_COUNT.match(topic):
        return f"{office}{period}{_COUNTS.sub('', _asked_of(earlier.topic))}{topic}"
    if not rest:
        return f"{office}{period}{earlier.topic}"
    if _PART.match(topic):
        part = _PART.sub("", topic)
        stage = _stage_word(earlier.topic) if not re.search(r"预算|决算", part) else ""
        return (
            f"{office}{period}{_asked_of(earlier.topic)}其中{part}{stage}"
            if turn.office == ""
            else f"{office}{period}{part}"
        )
    if re.sub(r"支出|收入|的", "", rest) in _STAGES:
        return f"{office}{period}{_without_stage(_asked_of(earlier.topic))}{topic}"
    if (
        _asks_only(rest)
        or _asks_only(re.sub(r"[^一-龥A-Za-z0-9]", "", topic))
        or re.match(r"占|同比|[跟和比与较](?:上年|去年|上一年|前一年|年初|全年|预算)", topic)
    ):
        return f"{office}{period}{_asked_of(earlier.topic)}{topic}"
    head = re.match(r"(.{2,}?[里中的])(?=.{2,}$)", _asked_of(earlier.topic))
    if head and not turn.office and not turn.period and len(rest) <= 8 and turn.topic.endswith("呢"):
        return f"{office}{period}{head.group(1)}{topic}"
    if turn.office and turn.period:
        return turn.text
    return f"{office}{period}{topic}"


def _rest(topic: str) -> str:
    """The topic without filling words."""
    text = topic
    for word in words.FILLER:
        text = text.replace(word, "") if len(word) > 1 or word in "的了呢吗是那" else text
    return re.sub(r"[^一-龥A-Za-z0-9]", "", text)


def _asks_only(rest: str) -> bool:
    """Whether a turn only asks something new of the old topic: 增长率, 为啥超预算, 占比, 原因."""
    bare = words.WHY.sub("", rest)
    for _, pattern in words.MEASURE_WORDS:
        bare = re.sub(pattern, "", bare)
    bare = re.sub(
        r"预算|决算|超支?|没花完?|没用|[这那]么[多少高低大]?|增加|减少|增长|下降|上升|降低|完成|上年|同比|占|自评|打了?|结余|花|低|高|比|支出|收入|数|差|超|怎么|还是|又",
        "",
        bare,
    )
    return len(bare) <= 1


def _asked_of(topic: str) -> str:
    """The earlier topic without what was asked of it."""
    return _ASKING.sub("", topic).strip("的,，、") or topic


def _without_stage(topic: str) -> str:
    return re.sub(r"(?:年初|全年)?预算数?|决算数?|执行数", "", topic)


def _stage_word(topic: str) -> str:
    found = re.search(r"决算|预算", topic)
    return found.group() if found else ""


def _without_unit(text: str) -> str:
    return re.sub(r"\(以.{1,3}表示\)", "", re.sub(r"(?:多少)?(?:万元|亿元|(?<![万亿])元)", "多少", text))
