"""Figures as operands of a calculation: found each by its own words, of one document and one table where they can be.

An operand is refused rather than guessed: the same figure twice, items that bear one name, figures of several documents
where the question names no office, a budget beside an outturn that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import Fact, Found
from qa.calculate import Calculation
from qa.cite import Ledger
from qa.draft import heading, subject_of
from qa.finder import Finder
from qa.model import Intent, Operand, Operation, Value
from qa.money import FUNDS, GRANTED, lies_within, money_of, money_said
from qa.pick import Pick, pick_is_open
from qa.readings import item_of, of_whole_unit, subject_of_unit
from qa.respond.alignment import aligned, of_units, printings_of
from qa.respond.lookup import picks_in, repeated_rows
from qa.units_named import units_apart

_PLANNED = ("预算", "年初预算", "全年预算")


@dataclass(frozen=True)
class Reading:
    """One operand as found: a figure, or several that the question adds up."""

    picks: tuple[Pick, ...]
    by_unit: bool = False  # one of several units, each with a figure of its own

    @property
    def first(self) -> Pick:
        return self.picks[0]


def operand(ledger: Ledger, found: Found, label: str = "") -> Operand | None:
    fact = found.fact
    if fact.value is None:
        return None
    return Operand(label or subject_of(fact), fact.value, fact.unit, ledger.fact(found))


def quantity(ledger: Ledger, pick: Pick, finder: Finder, label: str = "") -> Operand | None:
    """A figure as an operand; of an account that its table prints in several rows, their sum."""
    rows = repeated_rows(pick, finder)
    parts = tuple(
        o
        for f in (rows if len(rows) > 1 else (pick.found,))
        if (o := operand(ledger, f, pick.part_name(f.fact) if pick.rows else ""))
    )
    return summed(parts, label or subject_of(pick.fact)) if parts else None


def summed(parts: Sequence[Operand], label: str) -> Operand | None:
    """Several operands of one unit as one."""
    if len(parts) == 1:
        return replace(parts[0], label=label)
    if len({o.unit for o in parts}) != 1:
        return None
    return Operand(label, sum((o.value for o in parts), Decimal(0)), parts[0].unit, 0, tuple(parts))


def read(parts: Sequence[Intent], finder: Finder) -> tuple[Reading, ...] | None:
    """The figure of every part, or None where one of them is missing, open or the same as another."""
    by_unit = units_apart(parts)
    parts = parts if by_unit else _inherited(tuple(_settled(part, finder) for part in parts))
    leaves = [leaf for part in parts for leaf in _leaves(part)]
    picks = _of_one_document(leaves, finder)
    if picks is None:
        return None
    picks = of_units(picks, leaves) if by_unit else aligned(picks)
    if picks is None or _repeated(picks) or not _of_one_stage(picks, leaves):
        return None
    ordered = iter(picks)
    return tuple(Reading(tuple(next(ordered) for _ in _leaves(part)), by_unit) for part in parts)


def as_operand(reading: Reading, ledger: Ledger, finder: Finder, *, apart: bool = False) -> Operand | None:
    """A reading as one operand; `apart` says its document with it."""
    whole = [quantity(ledger, p, finder, _label(p, apart, reading.by_unit)) for p in reading.picks]
    known = [o for o in whole if o is not None]
    if len(known) != len(whole):
        return None
    return known[0] if len(known) == 1 else summed(known, "与".join(o.label for o in known))


def several_documents(readings: Iterable[Reading]) -> bool:
    return len({p.entry.name for r in readings for p in r.picks}) > 1


def _label(p: Pick, apart: bool, by_unit: bool) -> str:
    head = f"{heading(p.entry)}{p.entry.profile.stage}" if apart else ""
    return f"{head}{subject_of_unit(p.fact) if by_unit or of_whole_unit(p.fact) else subject_of(p.fact)}"


def _leaves(part: Intent) -> tuple[Intent, ...]:
    return part.operands if part.operation is Operation.SUM and part.operands else (part,)


def as_one(part: Intent, finder: Finder) -> Pick | None:
    """The single figure whose own name says all of a part that seems to name several: 社保和就业支出."""
    picks = picks_in(replace(part, operation=Operation.LOOKUP, operands=()), finder)
    whole = [p for p in picks if not p.ranking.topic.content & ~p.best.label.mask]
    return whole[0] if len(whole) == 1 and len(picks) == 1 else None


def _settled(part: Intent, finder: Finder) -> Intent:
    """A part without its parts where one figure bears the whole name."""
    if part.operation is Operation.SUM and part.operands and as_one(part, finder):
        return replace(part, operation=Operation.LOOKUP, operands=())
    return part


def _inherited(parts: Sequence[Intent]) -> tuple[Intent, ...]:
    """What one part leaves unsaid it takes from another: 工信局和档案局的三公经费, 2024年决算…比2025年预算."""
    said = [p for p in parts if p.operands or p.topic.without(p.measure_mask).size]
    if not said or len(said) == len(parts):
        return tuple(parts)
    return tuple(p if p in said else p.about(said[0]) for p in parts)


def _of_one_document(parts: Sequence[Intent], finder: Finder) -> tuple[Pick, ...] | None:
    """One pick a part. Parts that can be of several documents are of the one document that holds them all."""
    found = [{p.entry.name: p for p in picks_in(part, finder) if p.fact.value is not None} for part in parts]
    for entries in {part.documents for part in parts}:
        alike = [i for i, part in enumerate(parts) if part.documents == entries]
        if any(len(found[i]) > 1 for i in alike):
            common = set(found[alike[0]]).intersection(*(found[i] for i in alike))
            if len(common) != 1:
                return None
            name = common.pop()
            for i in alike:
                found[i] = {name: found[i][name]}
    if any(len(picks) != 1 or not all(_is_sure(p) for p in picks.values()) for picks in found):
        return None
    return tuple(p for picks in found for p in picks.values())


def picks_of_all(parts: Sequence[Intent], finder: Finder) -> tuple[Pick, ...]:
    """One pick of every document that prints a figure for each part."""
    found = [{p.entry.name: p for p in picks_in(leaf, finder)} for part in parts for leaf in _leaves(part)]
    common = set(found[0]).intersection(*found[1:]) if found else set()
    return tuple(p for name, p in found[0].items() if name in common) if found else ()


def _is_sure(p: Pick) -> bool:
    """Whether one item alone is meant; two characters name only what they spell: 行政 is not 行政运行."""
    spelled = p.best.label.exact or p.best.total or p.ranking.topic.size > 2 or of_whole_unit(p.fact)
    return spelled and not pick_is_open(p)


def as_part_of(whole: Fact, reading: Reading) -> Reading | None:
    """A reading as a part of a whole: each figure as it stands in the money of the whole; None where one does not."""
    found = [next((s for s in printings_of(p) if lies_within(s.fact, whole)), None) for p in reading.picks]
    if money_of(whole) == GRANTED and any(
        s and _one_fund_of_several(p, s.fact) for p, s in zip(reading.picks, found, strict=True)
    ):
        return None
    kept = [replace(p, best=s) for p, s in zip(reading.picks, found, strict=True) if s]
    return Reading(tuple(kept)) if len(kept) == len(found) else None


def _one_fund_of_several(p: Pick, fact: Fact) -> bool:
    """Whether another fund pays for the item too: its figure in one of them is not all that is granted for it."""
    same = (s.fact for s in p.ranking.scored if item_of(s.fact) == item_of(fact) and s.fact.code == fact.code)
    funds = {money_of(f) for f in same if f.value and f.measure == fact.measure} & set(FUNDS)
    return money_of(fact) in FUNDS and len(funds) > 1 and not money_said(p.ranking.topic.text)


def _repeated(picks: Sequence[Pick]) -> bool:
    """Whether one figure would be used twice: 100 % of itself."""
    return len({(p.entry.name, p.fact.key) for p in picks}) < len(picks)


def _of_one_stage(picks: Sequence[Pick], parts: Sequence[Intent]) -> bool:
    """Whether budgets and outturns of one document are mixed only where the question says so."""
    if len({p.entry.name for p in picks}) > 1 or any(part.measure for part in parts):
        return True
    return len({p.fact.measure in _PLANNED for p in picks}) == 1


def value_of(label: str, result: Calculation) -> Value:
    marks = tuple(dict.fromkeys(o.citation for o in result.operands if o.citation))
    return Value(label, plain(result.value), result.unit, "computed", result.formula, result.operands, marks)


def line(o: Operand) -> str:
    """An operand with its figure and its mark, its parts behind it where it has any."""
    gap = " " if o.label[-1:].isdigit() else ""  # a name that ends in a figure must not run into the amount
    if o.parts:
        return f"{o.label}（{'＋'.join(line(p) for p in o.parts)}）"
    mark = f"[{o.citation}]" if o.citation else ""
    return f"{o.label}{gap}{plain(o.value)}{o.unit}{mark}"


def is_money(*operands: Operand) -> bool:
    return all(o.unit in MONEY for o in operands)


def one(intent: Intent, finder: Finder, measure: str | None = None) -> Pick | None:
    """The single pick of an intent (best document), with another measure where one is given."""
    if measure is not None:
        topic = intent.topic.without(intent.measure_mask)
        intent = replace(intent, topic=topic, measure=measure, measure_mask=0)
    picks = picks_in(intent, finder)
    return max(picks, key=lambda p: p.best.score) if picks else None
