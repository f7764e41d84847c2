"""Yes or no with the two figures it rests on."""

from __future__ import annotations

from decimal import Decimal

from index.amounts import MONEY
from index.model import Fact, Found
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, printed, source_of, subject_of
from qa.finder import Finder
from qa.model import Intent, Value


def judged(holds: bool, a: Found, b: Found, finding: str, intent: Intent, finder: Finder) -> Draft:
    """Both figures with their sources, and what follows from them."""
    ledger = new_ledger(finder)
    x, y = ledger.fact(a), ledger.fact(b)
    shown = "，".join(
        f"{heading(finder.entry(f.document), f.fact.year)}{subject_of(f.fact)}{f.fact.measure}为{printed(f.fact)}（{source_of(f.fact)}）[{mark}]"
        for f, mark in ((a, x), (b, y))
    )
    text = f"{said(holds)}。{shown}，{finding}。"
    return Draft(text, ledger, (led_by(a.fact, x), led_by(b.fact, y)), verdict=verdict(holds), warnings=intent.notes)


def led_by(fact: Fact, mark: int) -> Value:
    """A figure as it is printed, as a value of the answer."""
    value, unit = amount_in(fact, "")
    return Value(subject_of(fact), value, unit, fact.source, citations=(mark,))


def said(holds: bool) -> str:
    return "是" if holds else "否"


def verdict(holds: bool) -> str:
    return "yes" if holds else "no"


def size(found: Found) -> Decimal:
    """A sum of money in 元; anything else as it is counted."""
    fact = found.fact
    return (fact.value or Decimal(0)) * MONEY.get(fact.unit, Decimal(1))
