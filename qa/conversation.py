"""Follow-up questions made whole: what a turn leaves out it takes from the turns before it.

A turn is an office, a period, a topic and what is asked of it. 「那2023年呢」 changes the period, 「工信局呢」 the office,
「其中公务接待费呢」 the topic, 「增长率是多少」 what is asked; the rest is inherited. The result is a question that can be
read, shown (`Answer.interpreted`) and understood without the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from index.model import CatalogueEntry
from index.vocabulary import load_vocabulary
from index.wording import canonical
from qa import words
from qa.asides import without_asides
from qa.kept import counterpart, kept_topic, measure_kept, whole_name
from qa.organisations import Offices, find_offices, span_mask
from qa.periods import column_year, find_periods
from qa.together import Figure, act_of, counted, joined, meant
from qa.turn_shares import share_asked
from qa.turn_words import (
    HOW_MUCH,
    asked_of,
    asks_only,
    bare,
    functional,
    is_a_kind,
    left_of,
    stage_word,
    without_part,
    without_stage,
    without_unit,
)

_UNIT_ONLY = re.compile(
    r"^(?:请)?(?:换成|换算成|改成|折合|用|以|按|按照)?(?:多少)?(亿元|万元|元|万|亿)(?:呢|表示|为单位|是多少|显示|算)?$|^(?:是)?多少(亿元|万元|元)$"
)
_COMPARE = re.compile(r"^(?:那|那么)?(?:和|跟|与|同)(.+?)(?:比|相比|对比|比较|差)(.*)$")
_STAGES = frozenset({"预算", "决算", "年初预算", "全年预算", "预算数", "决算数", "执行数", "年初预算数"})
_COUNTS = re.compile(r"人次|批次|团组|人数|辆数|台数")
_PER_HEAD = re.compile(r"人均|平均每?[一-龥]?$|每[人次批]$")
_ONLY_COUNT = re.compile(rf"(?:一?共?有?(?:多少|几)个?)?(?:{_COUNTS.pattern})(?:数|是|有|呢|多少|几|的)*$")
_MONEY_ONLY = re.compile(r"(?:那|其中)?(?P<money>财政拨款|一般公共预算|政府性基金|国有资本经营预算)的(?:部分)?")
_OWN_MONEY = re.compile(r"^(?:财政拨款|一般公共预算(?:财政拨款)?|政府性基金(?:预算)?|国有资本经营(?:预算)?)")
_POINTED = re.compile(r"(?:那个|那一[个笔项]|那[笔项]|这个|这一[个笔项])的?$")
_BESIDE = re.compile(r"(?:比(?!例|重)|较|[和与跟同](?=.{2,}(?:比|差|多|少)))")
_OWN_LEVEL = re.compile(r"(?:机关)?本级|机关本身|本部")
_MONEY_ASKED = re.compile(r"金额|资金|多少钱")
_EACH_ONLY = re.compile(r"平均(?:到)?每|(?:平均)?每一?个?[人辆台次批月名]|[人月车批]均(?!衡)|单车")
_MORE_STAGES = re.compile(r"(?:年初|全年|当年)?(?:预算|决算)数?(?!收|支)|执行数|安排")


@dataclass(frozen=True, slots=True)
class _Turn:
    text: str
    offices: Offices
    office: str  # the words that name the office
    years: tuple[int, ...]
    period: str
    topic: str  # what remains without office and period
    department: str  # the office of the unit that is named, or ""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that needs no conversation, and what of the conversation could not be kept."""

    text: str
    notes: tuple[str, ...] = ()


def standalone(
    text: str, history: Sequence[str], catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> Standalone:
    """The question as one would ask it with nothing said before. All texts are squeezed."""
    turns = _made_whole(history, catalogue, known)
    turn = _read(_corrected(text) if turns else text, catalogue, known)
    return _without_absent(_complete(turn, turns, known), turn, turns[-1] if turns else None, catalogue, known)


def taken_together(
    text: str, history: Sequence[str], catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> tuple[tuple[str, Figure], ...]:
    """The earlier questions, made whole, whose figures this turn adds or sets against each other; mostly none."""
    if not act_of(text):
        return ()
    turns = _made_whole(history, catalogue, known)
    figures = meant(text, [_figure(turn) for turn in turns])
    return tuple(zip((turn.text for turn in turns[-len(figures) :]), figures, strict=False)) if figures else ()


def _made_whole(
    history: Sequence[str], catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> tuple[_Turn, ...]:
    turns: tuple[_Turn, ...] = ()
    for said in without_asides(history):
        whole = _complete(_read(_corrected(said), catalogue, known), turns, known)
        turns = (*turns, _read(whole, catalogue, known))
    return turns


def _figure(turn: _Turn) -> Figure:
    return Figure(turn.office, turn.period, asked_of(turn.topic))


def _corrected(text: str) -> str:
    """What is meant, of a turn that says what was not: 不是2023年,是2022年."""
    return words.CORRECTION.sub("", text, count=1)


def _without_absent(
    text: str, turn: _Turn, earlier: _Turn | None, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> Standalone:
    """What was carried over from the turn before is dropped where the office now spoken of publishes nothing such.

    「换成2025年的」 after an outturn means the budget of 2025 where that is all there is of 2025; 「东湖街道呢」 after a
    question about 2025 means the year there is.
    """
    if earlier is None or text == turn.text:
        return Standalone(text)
    notes = []
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
        notes.append(f"没有收录{turn.office}{earlier.period}的文件，这里是已收录年度的数。")
        years = ()
    of_year = [e for e in entries if not years or e.profile.year in years]
    carried = stage_word(text) if not stage_word(turn.text) else ""
    if turn.years and carried and of_year and not any(e.profile.stage == carried for e in of_year):
        text = without_stage(text)
        notes.append(f"没有收录该年度的{carried}文件，这里是{of_year[0].profile.stage}的数。")
    return Standalone(text, tuple(notes))


def _read(text: str, catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> _Turn:
    offices = find_offices(text, catalogue, known)
    periods = find_periods(text)
    drop = offices.mask | (of_document := periods.mask & ~periods.column_mask)
    for name in offices.unknown:
        drop |= span_mask(m.span() for m in re.finditer(re.escape(name), text))
    topic = "".join(c for i, c in enumerate(text) if not drop >> i & 1)
    office = offices.said or (offices.unknown[0] if offices.unknown else "")
    period = "".join(c for i, c in enumerate(text) if of_document >> i & 1)
    inner = next((m.names for m in offices.mentions if m.units), ())
    department = next((e.profile.organisation for e in catalogue if e.name in inner), "")
    return _Turn(text, offices, office, periods.years, period, topic, department)


def _complete(turn: _Turn, turns: Sequence[_Turn], known: frozenset[str]) -> str:
    if not turns:
        return turn.text
    earlier = turns[-1]
    if act := act_of(turn.text):
        return joined(turn.text, [_figure(t) for t in turns]) or _of_one_turn(act, turn, earlier)
    unit = _UNIT_ONLY.match(turn.text)
    if unit:
        return f"{without_unit(earlier.text)}(以{unit.group(1) or unit.group(2)}表示)"
    compare = _COMPARE.match(turn.text)
    if compare and turn.office and not compare.group(2).strip("呢多少"):
        return f"{earlier.office}和{turn.office}{earlier.period}{asked_of(earlier.topic)}谁多,差多少"
    if words.SELF.search(turn.text) and not turn.offices.mentions:
        turn = replace(turn, topic=words.SELF.sub("", turn.topic))
    topic = bare(turn.topic)
    office = turn.office or earlier.office
    period = _period(turn, earlier)
    rest = left_of(topic)
    if _ONLY_COUNT.match(topic):
        counted_of = _PER_HEAD.sub("", _COUNTS.sub("", asked_of(earlier.topic)))
        return f"{office}{period}{counted_of.removesuffix('费')}{topic}"
    if not turn.office and _MORE_STAGES.fullmatch(HOW_MUCH.sub("", topic)) and (column := _dated_column(turn.text)):
        return f"{office}{earlier.period}{without_stage(asked_of(earlier.topic))}的{column}"
    if not turn.office and (other := counterpart(topic, earlier.topic, known)):
        return f"{office}{period}{measure_kept(other, turn.topic, earlier.topic)}"
    if not turn.office and (kept := kept_topic(topic, earlier.topic)):
        return f"{office}{period}{kept}"
    if not rest and (own := _OWN_LEVEL.search(topic)):
        return f"{earlier.department or office}{own.group()}{period}{earlier.topic}"
    if not rest and _MONEY_ASKED.search(topic):
        return f"{office}{period}{asked_of(earlier.topic)}{topic}"
    if not rest:
        said = _MORE_STAGES.search(topic)
        before = _without_dated(earlier.topic) if turn.years else earlier.topic
        return f"{office}{period}{without_stage(before) + said.group() if said else before}"
    if not turn.office and (shared := share_asked(turn.topic, _topics_beside(turns))):
        return f"{office}{period}{shared}"
    if not turn.office and _EACH_ONLY.match(topic):
        return f"{office}{period}{asked_of(earlier.topic)}{topic}"
    if refined := _refined(topic, turn, earlier):
        return f"{office}{period}{refined}"
    if (part := without_part(topic)) != topic:
        if turn.office == "" and (name := whole_name(part, asked_of(earlier.topic), known)):
            return f"{office}{period}{name}"
        stage = stage_word(earlier.topic) if not re.search(r"预算|决算", part) else ""
        return (
            f"{office}{period}{asked_of(earlier.topic)}其中{part}{stage}"
            if turn.office == ""
            else f"{office}{period}{part}"
        )
    if re.sub(r"支出|收入|的", "", rest) in _STAGES:
        return f"{office}{period}{without_stage(asked_of(earlier.topic))}{topic}"
    if (
        asks_only(rest)
        or asks_only(re.sub(r"[^一-龥A-Za-z0-9]", "", topic))
        or re.match(r"占|同比|[跟和比与较](?:上年|去年|上一年|前一年|年初|全年|预算)", topic)
    ):
        asked = asked_of(_without_dated(earlier.topic))
        keeps = re.match(r"占|同比|超|没|差|[跟和比与较]", topic) or words.WHY.search(topic)
        return f"{office}{period}{asked if keeps or not _MORE_STAGES.search(topic) else without_stage(asked)}{topic}"
    if (column := _dated_column(earlier.topic)) and not _MORE_STAGES.search(topic):
        return f"{office}{period}{topic}的{column}"
    if not turn.office and not turn.period and (lead := _lead_of(asked_of(earlier.topic), rest, turn.topic)):
        return f"{office}{period}{lead}{topic}"
    if turn.office and turn.period:
        return turn.text
    return f"{office}{period}{topic if turn.office else measure_kept(topic, turn.topic, earlier.topic)}"


def _topics_beside(turns: Sequence[_Turn]) -> tuple[str, ...]:
    """The topics of the last turn and of those before it that ask of the same office and period."""
    same = takewhile(lambda t: (t.office, t.period) == (turns[-1].office, turns[-1].period), reversed(turns))
    return tuple(turn.topic for turn in same)[::-1]


def _period(turn: _Turn, earlier: _Turn) -> str:
    """The period of a turn; 去年 after a year that was named is the year before that one."""
    if turn.period and not turn.years and len(earlier.years) == 1 and words.LAST_YEAR.fullmatch(turn.period):
        return f"{earlier.years[0] - 1}年"
    return turn.period or earlier.period


def _dated_column(topic: str) -> str:
    """The column of another year that was read, 2023年预算数; the next item is read in it too."""
    column = column_year(topic)
    measure = _MORE_STAGES.match(topic, column[1][1]) if column else None
    return topic[column[1][0] : measure.end()] if column and measure else ""


def _without_dated(topic: str) -> str:
    """A topic without the column of another year: a change is of both years."""
    return topic.replace(f"的{column}", "") if (column := _dated_column(topic)) else topic


def _lead_of(asked: str, rest: str, topic: str) -> str:
    """What stands before the item asked for, 三公经费里, where the next turn names another item of the same."""
    lead = re.match(r"(.{2,}?[里中的])(?=.{2,}$)", asked)
    accounts = {canonical(asked), canonical(rest)} & load_vocabulary().account_names
    return lead.group(1) if lead and not accounts and len(rest) <= 8 and topic.endswith("呢") else ""


def _of_one_turn(act: str, turn: _Turn, earlier: _Turn) -> str:
    """The turn before named several offices, years or items itself; where it named one, there is nothing to join."""
    asked = asked_of(earlier.topic)
    several = len(earlier.offices.mentions) > 1 or len(earlier.years) > 1 or re.search(r"[和与及、]", asked)
    if not several and (counted(turn.text) or not act.startswith("加")):
        return turn.text
    return f"{earlier.office}{earlier.period}{asked}{act if several else turn.text}"


def _refined(topic: str, turn: _Turn, earlier: _Turn) -> str:
    """The topic before, cut or set against another by this turn; "" where this turn has a topic of its own."""
    asked = asked_of(earlier.topic)
    if turn.office:
        return ""
    if (money := _MONEY_ONLY.fullmatch(topic)) and not functional(asked):
        return f"{money['money']}{_OWN_MONEY.sub('', asked)}"
    if words.REFINES.fullmatch(topic):
        asked = re.sub("占.+$", "", asked)
        return f"{re.sub('项目支出$', '项目', asked)}{re.sub('^(?:其中|里面|这里面)', '', topic)}"
    if pointed := _POINTED.search(topic):
        return f"{asked}({topic[: pointed.start()]})"
    if (kind := words.TOPIC_HEADS.match(asked)) and is_a_kind(topic):
        return f"{kind.group()}{topic}"
    if _BESIDE.match(topic) and not turn.period and len(left_of(topic)) > 2:
        return f"{asked}{topic}"
    return ""
