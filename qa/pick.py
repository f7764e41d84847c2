"""One figure for one topic in one document: the fact that is meant, other readings of the same words, or nothing.

A pick is refused when the topic says something that the fact does not explain: 行政编制 is not answered with 编制 of
something else. That refusal is what keeps a wrong figure from looking checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.amounts import Amount, agree
from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.draft import same_figure
from qa.finder import Finder, Ranking
from qa.link import Topic, is_total, runs
from qa.organisations import span_mask
from qa.retrieve.facts import Scored
from qa.retrieve.fit import Asked

MARGIN = 0.95  # how close another reading must come to be mentioned
_FORMAL = re.compile(r"^(?:机关事业单位|行政事业单位|机关|单位|本年|财政拨款|一般公共预算)")  # said or left out alike
_GENERIC = frozenset({"经费", "费用", "资金", "金额", "费"})  # said behind any item of expenditure
RIVAL = 0.30  # how close another item of the same name must come to leave the question open


@dataclass(frozen=True)
class Pick:
    """The fact meant, the other readings (same words, other scope or table), the rivals (same words, other item)."""

    entry: CatalogueEntry
    best: Scored
    others: tuple[Scored, ...]
    rivals: tuple[Scored, ...]
    ranking: Ranking

    @property
    def found(self) -> Found:
        return self.best.found

    @property
    def fact(self) -> Fact:
        return self.best.found.fact


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the other source (prose for a table, table for prose) prints for the same figure."""

    agreeing: Found | None = None
    conflicting: Found | None = None


def pick(topic: Topic, asked: Asked, entry: CatalogueEntry, finder: Finder) -> Pick | None:
    """The figure that the topic means in this document, or None."""
    ranking = finder.figures(topic, asked, (entry,))
    usable = [s for s in ranking.scored if explains(ranking, s) and (not asked.codes or s.fact.code in asked.codes)]
    if not usable:
        return None
    best = usable[0]
    near = [s for s in usable[1:] if s.score >= best.score - MARGIN and not same_figure(s.fact, best.fact)]
    same_item = [s for s in near if _same_item(s.fact, best.fact) and not _is_breakdown(s.fact, best.fact)]
    rivals = [s for s in near if s.score >= best.score - RIVAL and _rivals(s, best)]
    return Pick(entry, best, _distinct(best, same_item), _distinct(best, rivals), ranking)


def explains(ranking: Ranking, scored: Scored) -> bool:
    """Whether a fact explains the topic: no meaningful stretch of it is left over."""
    content = ranking.topic.size
    coded = bool(scored.fact.code) and scored.fact.code in ranking.topic.text
    if not (scored.label.found or scored.total or coded):
        return False  # the row below an item that is asked for is not that item
    if (
        scored.borrowed
        and scored.label.found
        and not scored.label.exact
        and scored.label.unsaid > 2
        and not scored.total
    ):
        return False  # 财政委托业务支出 under 财政事务 is not 财政事务支出
    if not content:
        return scored.label.found or coded
    if _names_another(ranking, scored):
        return False
    missing = _unexplained(ranking, scored)
    if not missing:
        return True
    left = runs(missing, ranking.topic.text)
    share = missing.bit_count() / content
    longest = max((len(run) for run in left), default=0)
    plain = (
        scored.label.exact or scored.label.unsaid < 1
    )  # else the words left over may stand for those unsaid: 小微, 中小
    if (longest <= 1 and share <= 0.34) or (plain and longest <= 2 and share <= 0.2):
        return True
    named = (scored.label.exact and scored.label.covered >= 3) or coded
    return named and share <= 0.5 and longest <= 4 and not any(_means_something(run, ranking) for run in left)


def _names_another(ranking: Ranking, scored: Scored) -> bool:
    """Whether the topic names an account whole that this row is not: 电费 is no short form of 邮电费."""
    fact = scored.fact
    if scored.total:  # a total is of its column and its table
        bearers, mask = (*fact.column, fact.title), scored.mask
    else:
        bearers, mask = (fact.label,), scored.label.mask
    return any(
        mask & span and not any(_is_called(canonical(bearer), name, fact.path) for bearer in bearers)
        for span, name in ranking.named
    )


def _variants(name: str) -> frozenset[str]:
    plain = _FORMAL.sub("", re.sub(r"\([^()]*\)", "", name))
    return frozenset({plain, plain.removesuffix("支出").removesuffix("等")})


def _is_called(label: str, name: str, path: Sequence[str]) -> bool:
    """Whether a row bears the name, with a usual ending or a bracket more or less, or is all there is under it."""
    return (
        label.startswith(name)
        or (name.startswith(label) and len(name) - len(label) <= 2)
        or bool(_variants(label) & _variants(name))
        or (label.endswith(name) and any(canonical(part) == name for part in path))
    )


def _unexplained(ranking: Ranking, scored: Scored) -> int:
    """The meaningful characters left over; a word said twice is explained twice."""
    text, left = ranking.topic.text, 0
    explained = runs(scored.mask, text)
    for match in re.finditer(
        r"\x01+", "".join("\x01" if ranking.missing(scored) >> i & 1 else " " for i in range(len(text)))
    ):
        words = text[match.start() : match.end()]
        if len(words) < 2 or not any(words in run for run in explained):
            left |= span_mask([match.span()])
    return left


def _means_something(run: str, ranking: Ranking) -> bool:
    """Whether words left over are part of some wording of the document: then they name something else."""
    groups = (ranking.links.label, ranking.links.path, ranking.links.column, ranking.links.entity)
    if run in _GENERIC:
        return False
    return any(run in canonical(text) for group in groups for text in group) if len(run) >= 2 else False


def _rivals(other: Scored, best: Scored) -> bool:
    """Whether another item is as well named as the best: the same name elsewhere, or both only partly named."""
    if _same_item(other.fact, best.fact):
        return False
    if _item(other.fact) == _item(best.fact):
        return True
    return not best.label.exact and not _plainer(_item(best.fact), _item(other.fact))


def _plainer(short: str, long: str) -> bool:
    """Whether one name is the other with a qualifier added: 年末结转和结余, 年末财政拨款结转和结余."""
    rest = iter(long)
    return len(short) < len(long) and all(char in rest for char in short)


def _item(fact: Fact) -> str:
    """What a figure is of: its row, or its column where the row is the total."""
    leaf = canonical(fact.column[-1]) if fact.column else ""
    return leaf if is_total(fact.label) and leaf else canonical(fact.label)


def _same_item(a: Fact, b: Fact) -> bool:
    """The same account or metric, told by its code or its label with its parent."""
    if a.entity != b.entity and a.entity and b.entity:
        return False
    if a.code and b.code and len(a.code) == len(b.code):
        return a.code == b.code
    if _item(a) != _item(b):
        return False
    pa, pb = a.path[-1:] or ("",), b.path[-1:] or ("",)
    return (
        not pa[0]
        or not pb[0]
        or canonical(pa[0]) == canonical(pb[0])
        or a.source != b.source
        or not (a.code and b.code)
    )


def _is_breakdown(other: Fact, best: Fact) -> bool:
    """A further column of the same row (基本支出 beside 合计) is a part of the figure, not another reading of it."""
    return other.source == "table" and (other.table, other.row) == (best.table, best.row)


def _distinct(best: Scored, others: Sequence[Scored]) -> tuple[Scored, ...]:
    kept: list[Scored] = []
    for other in others:
        if other.fact.state in (State.VALUE, State.ZERO) and not any(
            same_figure(other.fact, k.fact) for k in (best, *kept)
        ):
            kept.append(other)
    return tuple(kept)


def as_amount(fact: Fact) -> Amount | None:
    return None if fact.value is None else Amount(fact.value, fact.unit, fact.printed)


def corroborate(found: Found, finder: Finder) -> Corroboration:
    """Look for the same figure in the other source of the document."""
    fact = found.fact
    amount = as_amount(fact)
    if amount is None or not fact.label:
        return Corroboration()
    same_words = finder.facts(documents=(found.document,), labels=finder.labels_like(found.document, fact.label))
    siblings = [f for f in same_words if _comparable(f.fact, fact)]
    named_alike = canonical(fact.label)
    across = [f for f in siblings if f.fact.source != fact.source]
    agreeing = [
        f
        for f in across
        if (canonical(f.fact.label) == named_alike or _same_scope(f.fact, fact))
        and (other := as_amount(f.fact))
        and agree(other, amount)
    ]
    if agreeing:
        return Corroboration(agreeing=max(agreeing, key=lambda f: canonical(f.fact.label) == named_alike))
    across = [f for f in across if canonical(f.fact.label) == named_alike and _same_scope(f.fact, fact)]
    own_side = [a for f in siblings if f.fact.source == fact.source and (a := as_amount(f.fact))]
    for f in across:
        other = as_amount(f.fact)
        if other and not any(agree(other, mine) for mine in own_side):
            return Corroboration(conflicting=f)
    return Corroboration()


def _comparable(a: Fact, b: Fact) -> bool:
    """Two printings that ought to agree: same item, measure, year and kind of unit."""
    if a.value is None or a.key == b.key or a.entity != b.entity:
        return False
    if (a.canonical is None) != (b.canonical is None) or (a.canonical is None and a.unit != b.unit):
        return False
    if (a.year and b.year and a.year != b.year) or a.measure != b.measure:
        return False
    if a.code and b.code:
        return a.code == b.code
    pa, pb = a.path[-1:] or ("",), b.path[-1:] or ("",)
    return not pa[0] or not pb[0] or canonical(pa[0]) == canonical(pb[0])


def _same_scope(a: Fact, b: Fact) -> bool:
    return not a.scope or not b.scope or a.scope == b.scope or {a.scope, b.scope} <= {"财政拨款", "一般公共预算"}
