"""Where in a document a figure is to be taken from: its forms, its tables, its prose; and the figure found there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from index.model import CatalogueEntry, Fact, Found, State
from index.wording import squeeze
from qa.content import blanked
from qa.explain import explains
from qa.finder import Finder, Ranking, asked_of
from qa.link import Topic
from qa.measures import find_measure
from qa.model import Intent
from qa.organisations import span_mask
from qa.retrieve.facts import Scored
from qa.retrieve.fit import ACCEPTS
from qa.words import CHANGE_BASIS


class Source(StrEnum):
    FORM = "绩效表"
    PROSE = "文字说明"
    TABLE = "报表"
    ANY = ""


_HINTS: tuple[tuple[Source, str], ...] = (
    (Source.FORM, r"自评(?:情况)?表|附件|绩效(?:目标|自评)?(?:填报)?表|填报表|目标表|表头"),
    (Source.PROSE, r"正文|(?:决算|预算|编制|情况|文字)?说明(?:里|中)?|文字(?:部分)?|叙述"),
    (Source.TABLE, r"(?:公开|预算|财决)?\d{1,2}号?表|总表|明细表|决算表|预算表|报表|附表|表(?=[里中内上格和与跟及]|对|是否|一致|吻合|相符|$)|(?<=[和与跟及])表"),
)  # fmt: skip
# Words of checking: they name nothing that is checked.
CHECKING = re.compile(
    r"对得上|对不上|不?一致|不?一样|是不是|是否|不?是(?:同)?一个数|同一个数|对不对|写的?|算出来的?|(?<![决预])算是?多少|原文|有没有?|算对了?|算错|到底|究竟|多少分?|"
    r"为啥|为什么|怎么(?:回事)?|差在哪|以?哪个为?准|哪个对|[两二三]个数|一处|数据?(?=$|对|是|和|跟)|矛盾|勾稽|相符|不符|吻合|出入|百分之几|分(?=[,，]|$)"
)
# The row of a form or a table that is the whole, and the subjects that mean it in prose.
_WHOLE = re.compile(
    r"^(?:(?:本级)?(?:部门|单位|项目)?(?:整体)?(?:预算|资金)总额|年度资金总额|总分|合计|总计|[收支]+总计|(?:本年)?支出合计|一般公共预算(?:财政拨款)?支出|财政拨款支出)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a comparison: the topic that names its figure, its measure, and where it is to be found."""

    topic: Topic
    measure: str
    measure_mask: int
    source: Source
    code: str = ""  # digits of a table's number


@dataclass(frozen=True, slots=True)
class Hint:
    source: Source
    start: int
    end: int
    code: str


def hints_in(text: str) -> list[Hint]:
    """The places of a document that a question names, in order."""
    found: list[Hint] = []
    for source, pattern in _HINTS:
        for match in re.finditer(pattern, text):
            if all(match.end() <= h.start or match.start() >= h.end for h in found):
                digits = "".join(c for c in match.group() if c.isdigit())
                found.append(Hint(source, match.start(), match.end(), digits.zfill(2) if digits else ""))
    return sorted(found, key=lambda h: h.start)


def part(intent: Intent, start: int, end: int, hints: list[Hint], source: Source = Source.ANY, code: str = "") -> Part:
    """The part of a question between two characters, without the words that check and those that name places."""
    text = intent.text
    inside = span_mask([(start, end)])
    taken = span_mask((h.start, h.end) for h in hints)
    for pattern in (CHECKING, CHANGE_BASIS):
        taken |= span_mask(m.span() for m in pattern.finditer(text))
    places = ~inside | span_mask((h.start, h.end) for h in hints)
    measure, mask = find_measure("".join("□" if places >> i & 1 else c for i, c in enumerate(text)), 0)
    topic = Topic(blanked(intent.topic.text, ~inside | taken), intent.topic.content & inside & ~taken)
    return Part(topic, measure, mask, source, code)


def figure_in(wanted: Part, intent: Intent, entry: CatalogueEntry, finder: Finder) -> Found | None:
    """The figure of one part in one document, from the place that the part names."""
    return (look_in(wanted, intent, entry, finder) or (None, False))[0]


def look_in(wanted: Part, intent: Intent, entry: CatalogueEntry, finder: Finder) -> tuple[Found, bool] | None:
    """The figure, and whether its own wording says all of the part (else its sentence does)."""
    asked = replace(
        asked_of(intent), measure=wanted.measure, measure_mask=wanted.measure_mask, money=False, unit="", table_code=""
    )
    if wanted.measure in ("占比", "增减率", "完成率", "执行率"):
        asked = replace(asked, unit="%")
    if not wanted.topic.without(wanted.measure_mask).size:
        return next(((found, True) for found in _wholes(wanted, entry, finder)), None)
    if wanted.measure == "得分" and (score := _total_score(wanted, entry, finder)):
        return score, True
    ranking = finder.figures(wanted.topic, asked, (entry,))
    fitting = [s for s in ranking.scored if _stands_in(s.found, wanted, finder) and s.fact.value is not None]
    if sure := next((s for s in fitting if explains(ranking, s)), None):
        return sure.found, True
    near = _nearest(fitting, ranking)
    return (near.found, False) if near else None


def twin_in(found: Found, wanted: Part, finder: Finder) -> Found | None:
    """The same item and measure as another figure, from the place that the part names; of the same scope where it can be."""
    fact = found.fact
    labels = finder.labels_like(found.document, fact.label)
    same = [
        f
        for f in finder.facts(documents=(found.document,), labels=labels)
        if f.fact.key != fact.key and f.fact.value is not None and _stands_in(f, wanted, finder)
        and f.fact.measure == fact.measure and f.fact.entity == fact.entity and (f.fact.canonical is None) == (fact.canonical is None)
        and (not f.fact.year or not fact.year or f.fact.year == fact.year) and (not f.fact.code or not fact.code or f.fact.code == fact.code)
    ]  # fmt: skip
    return min(same, key=lambda f: (f.fact.scope != fact.scope, f.fact.label != fact.label), default=None)


def _total_score(wanted: Part, entry: CatalogueEntry, finder: Finder) -> Found | None:
    """The total of the form whose title and project say most of the topic."""
    totals = [f for f in _wholes(wanted, entry, finder) if f.fact.label == "总分"]
    totals_said = [(said(f"{f.fact.title}{f.fact.entity}", wanted.topic).bit_count(), f) for f in totals]
    most, found = max(totals_said, key=lambda pair: pair[0], default=(0, None))
    return found if most >= 0.4 * wanted.topic.size else None


def _nearest(fitting: list[Scored], ranking: Ranking) -> Scored | None:
    """A named figure of the prose whose sentence says what its label leaves out."""
    best: tuple[int, Scored] | None = None
    for scored in fitting[:60]:
        quote = scored.fact.quote if scored.fact.source == "text" else ""
        left = (ranking.missing(scored) & ~said(quote, ranking.topic)).bit_count()
        if scored.label.found and (best is None or left < best[0]):
            best = (left, scored)
    return best[1] if best and best[0] <= 0.2 * ranking.topic.size else None


def said(text: str, topic: Topic) -> int:
    """The meaningful characters of a topic whose pairs a text says."""
    plain = squeeze(text)
    mask = 0
    for pair, places in topic.pairs.items():
        if pair in plain:
            for place in places:
                mask |= 3 << place
    return mask & topic.content


def _wholes(wanted: Part, entry: CatalogueEntry, finder: Finder) -> Iterator[Found]:
    """The total of a place under a measure, forms of the whole office before those of single projects."""
    accepted = ACCEPTS.get(wanted.measure, (wanted.measure,)) if wanted.measure else ()
    found = [
        f
        for f in finder.facts(documents=(entry.name,), measures=accepted)
        if _WHOLE.match(f.fact.label)
        and f.fact.state in (State.VALUE, State.ZERO)
        and _stands_in(f, wanted, finder)
        and f.fact.year in (None, entry.profile.year)
    ]
    yield from sorted(found, key=lambda f: (bool(f.fact.entity), f.fact.table, f.fact.section, f.fact.row))


def _stands_in(found: Found, wanted: Part, finder: Finder) -> bool:
    fact = found.fact
    if wanted.code and "".join(c for c in fact.table_code if c.isdigit())[-2:].zfill(2) != wanted.code:
        return False
    if wanted.source is Source.ANY:
        return True
    if wanted.source is Source.PROSE:
        return fact.source == "text"
    return fact.source == "table" and is_form(found.document, fact, finder) == (wanted.source is Source.FORM)


def is_form(document: str, fact: Fact, finder: Finder) -> bool:
    """Whether a figure stands in a form (self-evaluation, goals) rather than in a table of accounts."""
    return any(t.form for t in finder.tables(document) if t.number == fact.table)
