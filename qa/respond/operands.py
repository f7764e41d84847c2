"""Figures as operands of a calculation, and how a calculation is shown."""

from __future__ import annotations

from dataclasses import replace

from index.amounts import plain
from index.model import Found
from qa.calculate import Calculation
from qa.cite import Ledger
from qa.draft import subject_of
from qa.finder import Finder
from qa.model import Intent, Operand, Value
from qa.pick import Pick
from qa.respond.lookup import picks_in


def operand(ledger: Ledger, found: Found, label: str = "") -> Operand | None:
    fact = found.fact
    if fact.value is None:
        return None
    return Operand(label or subject_of(fact), fact.value, fact.unit, ledger.fact(found))


def value_of(label: str, result: Calculation) -> Value:
    marks = tuple(dict.fromkeys(o.citation for o in result.operands if o.citation))
    return Value(label, plain(result.value), result.unit, "computed", result.formula, result.operands, marks)


def line(o: Operand) -> str:
    mark = f"[{o.citation}]" if o.citation else ""
    gap = " " if o.label[-1:].isdigit() else ""  # a name that ends in a figure must not run into the amount
    return f"{o.label}{gap}{plain(o.value)}{o.unit}{mark}"


def one(intent: Intent, finder: Finder, measure: str | None = None) -> Pick | None:
    """The single pick of an intent (best document), with another measure where one is given."""
    if measure is not None:
        topic = intent.topic.without(intent.measure_mask)
        intent = replace(intent, topic=topic, measure=measure, measure_mask=0)
    picks = picks_in(intent, finder)
    return max(picks, key=lambda p: p.best.score) if picks else None
