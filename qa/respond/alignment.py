"""Figures set side by side: as one column of one table prints them, or one table, or at least in the same money."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from index.model import Fact
from index.wording import canonical
from qa.explain import explains
from qa.link import is_total
from qa.model import Intent
from qa.money import ALL, money_of, money_said, without_money
from qa.pick import Pick
from qa.readings import item_of, of_whole_unit
from qa.retrieve.columns import is_quiet
from qa.retrieve.facts import Scored

NEAR, NEAR_TOTAL = 2.0, 0.6  # how much worse a figure may fit that stands beside the other operand
Place = Callable[[Fact], Hashable]


def aligned(picks: tuple[Pick, ...]) -> tuple[Pick, ...]:
    """The same items in one column of one table where some table prints them all; else in one table; else of one money."""
    rows = {(p.fact.table, p.fact.row) if p.fact.table else (p.fact.key,) for p in picks}
    if len({p.entry.name for p in picks}) > 1 or len(rows) == 1:
        return picks  # columns of one row stand beside each other already
    return _placed_alike(picks, (_column, _table, _money)) or picks


def _placed_alike(picks: tuple[Pick, ...], places: Sequence[Place]) -> tuple[Pick, ...] | None:
    """The same items in the first place that prints them all; None where there is none."""
    printings = [(p.best,) if p.rows else printings_of(p) for p in picks]  # what is added up stays where it is
    for place in places:
        if len({place(p.fact) for p in picks}) == 1:
            return picks
        choices = [_best_by(place, scored) for scored in printings]
        common = set(choices[0]).intersection(*choices[1:])
        if common:
            best = max(sorted(common, key=repr), key=lambda key: sum(choice[key].score for choice in choices))
            return tuple(replace(p, best=choice[best], others=()) for p, choice in zip(picks, choices, strict=True))
    return None


def _column(fact: Fact) -> Hashable:
    return _table(fact), fact.column


def _table(fact: Fact) -> Hashable:
    """The table of a cell, the paragraph of a figure of the prose."""
    return fact.table or fact.key.partition(".")[0], fact.entity


def _money(fact: Fact) -> Hashable:
    """The money that a figure counts: of the general budget, of a fund, of all grants, or all there is."""
    return money_of(fact), fact.entity


def _best_by(place: Place, printings: Sequence[Scored]) -> dict[Hashable, Scored]:
    found: dict[Hashable, Scored] = {}
    for scored in printings:
        found.setdefault(place(scored.fact), scored)
    return found


def printings_of(p: Pick) -> tuple[Scored, ...]:
    """The figure itself and where the same item stands in tables, the best first; what explains as much of the question."""
    near = (NEAR_TOTAL if p.best.total else NEAR) + p.ranking.scored[0].score - p.best.score
    bound = money_said(p.ranking.topic.text) or (ALL if _is_of_all(p.fact) else "")
    printed = (
        s
        for s in p.ranking.near(near)
        if (s.fact.table or s is p.best or money_of(s.fact) != ALL)
        and s.fact.value is not None
        and _same_item(s, p)
        and _of_same_owner(s, p)
        and explains(p.ranking, s)
        if not bound or money_of(s.fact) in (bound, money_of(p.fact))
    )
    return tuple(sorted(printed, key=lambda s: s is not p.best))


def _of_same_owner(other: Scored, p: Pick) -> bool:
    """Whether a row belongs to whom the figure found belongs to: a row of one unit is none of the department's."""
    alone = not p.entry.profile.subordinates
    return other is p.best or alone or other.fact.entity in ("", p.fact.entity)


def _is_of_all(fact: Fact) -> bool:
    """Whether a figure is the total of the whole budget: nothing that stands beside it makes it the total of a part."""
    quiet = all(is_quiet(part) or part in ("收入", "支出") for part in fact.column)
    return is_total(fact.label) and quiet and money_of(fact) == ALL


def _same_item(other: Scored, p: Pick) -> bool:
    a, b = other.fact, p.fact
    if other.total and p.best.total:  # of a total its column or its table says what it is of
        return a.measure == b.measure and not p.ranking.missing(other)
    names = {without_money(item_of(fact)).removesuffix("支出") for fact in (a, b)}  # 卫生健康, elsewhere 卫生健康支出
    coded = a.code == b.code or (a.code and b.code and a.code[0] != b.code[0])  # 2080505 is 30108 by economic class
    return len(names) == 1 and bool(coded) and a.measure == b.measure


def of_units(picks: tuple[Pick, ...], sides: Sequence[Intent]) -> tuple[Pick, ...] | None:
    """The figures of several units from one table, in one column where the same is asked of all; else None."""
    if len({p.entry.name for p in picks}) > 1:
        return picks if len({p.fact.year or p.entry.profile.year for p in picks}) == 1 else None
    same = len({side.topic.meaning for side in sides}) == 1
    return _placed_alike(picks, (_column_of_units,) if same else (_table_of_units,))


def _table_of_units(fact: Fact) -> Hashable:
    """The table that prints a row for each unit, or the table that each unit has of its own."""
    return fact.title or fact.table or fact.source, fact.measure, fact.year


def _column_of_units(fact: Fact) -> Hashable:
    row = "" if of_whole_unit(fact) else item_of(fact)
    return _table_of_units(fact), tuple(map(canonical, fact.column)), row
