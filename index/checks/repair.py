"""Which figure of a broken sum was misprinted: the one whose single changed digit explains the whole gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.amounts import MONEY, plain
from index.checks.compare import ZERO, amount, step
from index.model import Fact

_RESIDUE = 3  # last places by which the rest of a sum may be off


def misprinted(total: Fact, parts: Sequence[Fact]) -> list[Fact]:
    """Figures that close the gap between a total and its parts when one digit of them is another one."""
    whole = amount(total)
    values = [amount(part) for part in parts]
    if whole is None or any(value is None for value in values):
        return []
    gap = sum((value for value in values if value is not None), ZERO) - whole
    for change in _around(gap, max(map(step, (total, *parts)), default=ZERO)):
        found = [total] if _one_digit(total, change) else []
        found += [part for part in parts if _one_digit(part, -change)]
        if found:
            return found
    return []


def _around(gap: Decimal, place: Decimal) -> Iterator[Decimal]:
    """A gap, and what it would be without the rounding of the other figures: the nearest first."""
    yield gap
    if gap.copy_abs() > _RESIDUE * place:
        for steps in range(1, _RESIDUE + 1):
            yield gap + steps * place
            yield gap - steps * place


def _one_digit(fact: Fact, change: Decimal) -> bool:
    """Whether a figure and itself plus `change` (in the base unit) differ in exactly one digit."""
    if fact.value is None:
        return False
    if not change:
        return False
    wanted = fact.value + change / MONEY.get(fact.unit, Decimal(1))
    if wanted < ZERO or wanted != wanted.quantize(fact.value):
        return False
    places = fact.value.quantize(Decimal("0.01")) if fact.unit in MONEY else fact.value
    a, b = plain(places), plain(wanted.quantize(places))
    width = max(len(a), len(b))
    return sum(x != y for x, y in zip(a.zfill(width), b.zfill(width), strict=True)) == 1
