"""One figure for one topic in one document: the fact that is meant, other readings of the same words, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.amounts import Amount, agree
from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.accounts_by_unit import by_unit
from qa.column_heads import under_head
from qa.draft import same_figure
from qa.explain import explains
from qa.finder import Finder, Ranking
from qa.link import Topic, abbreviates, is_total
from qa.money import money_of, money_said
from qa.readings import MARGIN, item_of, of_all_funds, of_one_fund, of_whole_unit, part_of, preferred
from qa.retrieve.facts import Scored
from qa.retrieve.fit import Asked

RIVAL = 0.30  # how close another item of the same name must come to leave the question open


@dataclass(frozen=True)
class Pick:
    """The fact meant, the other readings (same words, other scope or table), the rivals (same words, other item)."""

    entry: CatalogueEntry
    best: Scored
    others: tuple[Scored, ...]
    rivals: tuple[Scored, ...]
    ranking: Ranking
    rows: tuple[Found, ...] = ()  # the cells that together are the figure, where a table prints it by units or in parts

    @property
    def found(self) -> Found:
        return self.best.found

    @property
    def fact(self) -> Fact:
        return self.best.found.fact

    @property
    def head(self) -> str:
        """The header over the columns that are added up; "" for one column."""
        columns = {f.fact.column for f in self.rows}
        shared = [parts[0] for parts in zip(*columns, strict=False) if len(set(parts)) == 1]
        return shared[-1] if len(columns) > 1 and shared else ""

    def part_name(self, part: Fact) -> str:
        """What tells one of the rows from the others: its unit, its column under the header, or both."""
        units = {f.fact.entity for f in self.rows}
        return (part.entity if len(units) > 1 else "") + (part.column[-1] if self.head else "")


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the other source (prose for a table, table for prose) prints for the same figure."""

    agreeing: Found | None = None
    conflicting: Found | None = None


def pick(topic: Topic, asked: Asked, entry: CatalogueEntry, finder: Finder) -> Pick | None:
    """The figure that the topic means in this document, or None."""
    ranking = finder.figures(topic, asked, (entry,))
    usable = [s for s in ranking.scored if explains(ranking, s) and (not asked.codes or s.fact.code in asked.codes)]
    usable = of_all_funds(topic, usable)
    if not usable:
        return None
    best, usable = preferred(topic, usable, entry)
    rows: tuple[Found, ...] = ()
    if not _of_unit(best, asked, ranking):
        of_units = by_unit(best.fact, entry, finder)
        if of_units and of_units.whole:
            best = next((s for s in usable if s.found == of_units.whole), best)
        elif of_units and of_units.settled:
            rows = of_units.rows
        elif of_units:  # of one unit, which nobody asked for
            return None
    rows = under_head(best, rows or (best.found,), ranking, finder) or rows
    if of_one_fund(topic, best.fact, entry, finder) or any(_twins(s.fact, best.fact) for s in usable):
        return None
    if (said := money_said(topic.text)) == money_of(best.fact):
        usable = [s for s in usable if money_of(s.fact) == said]
    near = [
        s
        for s in usable
        if s is not best
        and s.score >= best.score - MARGIN
        and not same_figure(s.fact, best.fact)
        and not _of_same_unit(s.fact, best.fact)
    ]
    same_item = [s for s in near if _same_item(s.fact, best.fact) and not _is_other_line(s.fact, best.fact)]
    rivals = [s for s in near if s.score >= best.score - RIVAL and _rivals(s, best)]
    rivals += [s for s in usable if s not in rivals and _named_by_same_words(s, best)]
    return Pick(entry, best, _distinct(best, same_item), _distinct(best, rivals), ranking, rows)


def _of_unit(best: Scored, asked: Asked, ranking: Ranking) -> bool:
    """Whether the question says whose row it means: with more words than those that name the row itself."""
    named = ranking.links.entity.get(best.fact.entity)
    said = named.mask & ~best.label.mask & ranking.topic.content if named else 0
    return bool(asked.entity or asked.own_level or said)


def pick_is_open(p: Pick) -> bool:
    """Whether other items bear the name as well: 行政运行 under five 款. Another level of one account leaves it settled."""
    rivals = [r for r in p.rivals if r.fact.source == "table" or p.fact.source == "text"]
    return bool(rivals) and not any(r.fact.code.startswith(p.fact.code) for r in rivals if r.fact.code and p.fact.code)


def _rivals(other: Scored, best: Scored) -> bool:
    """Whether another item is as well named as the best: the same name elsewhere, or both only partly named."""
    if _same_item(other.fact, best.fact) or (part_of(other.fact, best.fact) and not other.label.exact):
        return False
    if item_of(other.fact) == item_of(best.fact):
        return True
    return not best.label.exact and not _plainer(item_of(best.fact), item_of(other.fact))


def _named_by_same_words(other: Scored, best: Scored) -> bool:
    """Whether the topic says only what two rows of a column have in common: 免费开放补助, of the library or of the museum."""
    a, b = other.fact, best.fact
    if (
        other is best
        or _of_same_unit(a, b)
        or best.label.exact
        or best.label.unsaid < 2
        or a.source != "table"
        or a.code != b.code
    ):
        return False
    same_place = (a.table, a.column, len(a.path), a.entity) == (b.table, b.column, len(b.path), b.entity)
    return same_place and other.label.mask == best.label.mask and not other.label.exact and a.row != b.row


def _plainer(short: str, long: str) -> bool:
    """Whether one name is the other with a qualifier added: 年末结转和结余, 年末财政拨款结转和结余."""
    return len(short) < len(long) and abbreviates(short, long)


def _twins(a: Fact, b: Fact) -> bool:
    """Two rows of one table that nothing tells apart and that print different figures: neither can be the answer.

    Rows of one account code are lines of it, one a government class, and are added up elsewhere.
    """
    if a.source != "table" or a.code or is_total(a.label) or same_figure(a, b):
        return False
    return (a.table, a.label, a.path, a.column, a.year, a.measure, a.entity, a.unit) == (
        b.table, b.label, b.path, b.column, b.year, b.measure, b.entity, b.unit,
    ) and a.row != b.row  # fmt: skip


def _of_same_unit(a: Fact, b: Fact) -> bool:
    """Two rows of one unit in one column, under 工资福利支出 and under 商品和服务支出: parts of what it has there."""
    return of_whole_unit(b) and (a.table, a.column, a.label) == (b.table, b.column, b.label)


def _same_item(a: Fact, b: Fact) -> bool:
    """The same account or metric, told by its code or its label with its parent."""
    if a.entity != b.entity and a.entity and b.entity:
        return False
    if a.code and b.code and len(a.code) == len(b.code):
        return a.code == b.code
    if item_of(a) != item_of(b):
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


def _is_other_line(other: Fact, best: Fact) -> bool:
    """A part of the figure, or another of the totals under each other: 本年收入合计 is no other reading of 总计."""
    totals = is_total(other.label) and is_total(best.label)
    return _is_breakdown(other, best) or (totals and canonical(other.label) != canonical(best.label))


def _distinct(best: Scored, others: Sequence[Scored]) -> tuple[Scored, ...]:
    """Readings that print another figure, each row of a table once: its further columns are parts."""
    kept: list[Scored] = []
    for other in others:
        fact, told = other.fact, [k.fact for k in (best, *kept)]
        printed = fact.state in (State.VALUE, State.ZERO)
        if printed and not any(same_figure(fact, k) or _is_breakdown(fact, k) for k in told):
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
