"""Which figure of a broken sum was misprinted: the one whose single changed digit explains the whole gap."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.amounts import MONEY, plain
from index.checks.compare import ZERO, amount
from index.model import Fact


def misprinted(total: Fact, parts: Sequence[Fact]) -> list[Fact]:
    """Figures that close the gap between a total and its parts when one digit of them is another one."""
    whole = amount(total)
    values = [amount(part) for part in parts]
    if whole is None or any(value is None for value in values):
        return []
    gap = sum((value for value in values if value is not None), ZERO) - whole
    if not gap:
        return []
    found = [total] if _one_digit(total, gap) else []
    return found + [part for part in parts if _one_digit(part, -gap)]


def _one_digit(fact: Fact, change: Decimal) -> bool:
    """Whether a figure and itself plus `change` (in the base unit) differ in exactly one digit."""
    if fact.value is None:
        return False
    wanted = fact.value + change / MONEY.get(fact.unit, Decimal(1))
    if wanted < ZERO or wanted != wanted.quantize(fact.value):
        return False
    places = fact.value.quantize(Decimal("0.01")) if fact.unit in MONEY else fact.value
    a, b = plain(places), plain(wanted.quantize(places))
    width = max(len(a), len(b))
    return sum(x != y for x, y in zip(a.zfill(width), b.zfill(width), strict=True)) == 1
