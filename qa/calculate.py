"""Arithmetic over cited figures, in Decimal, with the formula as one would write it down.

Operands keep their printed unit; money is brought to one unit first. Results are rounded half up, to two places, as the
disclosures themselves round. A zero or missing denominator gives no result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.amounts import MONEY, plain, tidy
from qa.draft import rounded
from qa.model import Operand


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result with its unit, its formula in figures, and what went in."""

    value: Decimal
    unit: str
    formula: str
    operands: tuple[Operand, ...]


def _common_unit(operands: Sequence[Operand], wanted: str) -> str:
    units = [o.unit for o in operands]
    if wanted in MONEY and all(u in MONEY for u in units):
        return wanted
    if len(set(units)) == 1:
        return units[0]
    return "万元" if all(u in MONEY for u in units) else units[0]


def convert(value: Decimal, unit: str, wanted: str) -> Decimal:
    return value if unit == wanted or unit not in MONEY or wanted not in MONEY else value * MONEY[unit] / MONEY[wanted]


def _shown(operand: Operand, unit: str) -> str:
    if operand.parts:
        return f"（{'＋'.join(_shown(part, unit) for part in operand.parts)}）"
    value = convert(operand.value, operand.unit, unit)
    return plain(operand.value) if unit == operand.unit else tidy(value)


def _leaves(operands: Sequence[Operand]) -> tuple[Operand, ...]:
    """The figures themselves, in the order of the formula."""
    return tuple(leaf for o in operands for leaf in (_leaves(o.parts) if o.parts else (o,)))


def _settle(value: Decimal, operands: Sequence[Operand], unit: str) -> Decimal:
    """As many places as the operands print where all share the unit, else two."""
    if all(o.unit == unit for o in operands):
        return value
    return rounded(value) if unit in MONEY and unit != "元" else value


def share(part: Operand, whole: Operand) -> Calculation | None:
    """part / whole in per cent."""
    base = convert(whole.value, whole.unit, part.unit)
    if base == 0:
        return None
    formula = f"{_shown(part, part.unit)}÷{_shown(whole, part.unit)}×100%"
    return Calculation(rounded(part.value / base * 100), "%", formula, _leaves((part, whole)))


def times(a: Operand, b: Operand) -> Calculation | None:
    """a / b as a multiple."""
    base = convert(b.value, b.unit, a.unit)
    if base == 0:
        return None
    return Calculation(rounded(a.value / base), "倍", f"{_shown(a, a.unit)}÷{_shown(b, a.unit)}", _leaves((a, b)))


def difference(a: Operand, b: Operand, unit: str = "") -> Calculation:
    """a - b, in the unit wanted or the one both share."""
    common = _common_unit((a, b), unit)
    value = convert(a.value, a.unit, common) - convert(b.value, b.unit, common)
    return Calculation(
        _settle(value, (a, b), common), common, f"{_shown(a, common)}－{_shown(b, common)}", _leaves((a, b))
    )


def total(operands: Sequence[Operand], unit: str = "") -> Calculation:
    """The sum of the operands."""
    common = _common_unit(operands, unit)
    value = sum((convert(o.value, o.unit, common) for o in operands), Decimal(0))
    leaves = _leaves(operands)
    return Calculation(_settle(value, leaves, common), common, "＋".join(_shown(o, common) for o in leaves), leaves)


def times_more(a: Operand, b: Operand) -> Calculation | None:
    """How many times more a is than b: (a - b) / b."""
    base = convert(b.value, b.unit, a.unit)
    if base == 0:
        return None
    shown = _shown(b, a.unit)
    formula = f"（{_shown(a, a.unit)}－{shown}）÷{shown}"
    return Calculation(rounded((a.value - base) / base), "倍", formula, _leaves((a, b)))


def growth(now: Operand, before: Operand) -> Calculation | None:
    """(now - before) / before in per cent."""
    base = convert(before.value, before.unit, now.unit)
    if base == 0:
        return None
    formula = f"（{_shown(now, now.unit)}－{_shown(before, now.unit)}）÷{_shown(before, now.unit)}×100%"
    return Calculation(rounded((now.value - base) / base * 100), "%", formula, (now, before))


def decline(now: Operand, before: Operand) -> Calculation:
    """(before - now) / before in per cent; before is not zero."""
    base = convert(before.value, before.unit, now.unit)
    formula = f"（{_shown(before, now.unit)}－{_shown(now, now.unit)}）÷{_shown(before, now.unit)}×100%"
    return Calculation(rounded((base - now.value) / base * 100), "%", formula, (now, before))


def growth_of_change(now: Operand, change: Operand, rose: bool) -> Calculation | None:
    """The change over what there was before it, in per cent: change / (now - change) where it rose."""
    step = convert(change.value, change.unit, now.unit)
    before = now.value - step if rose else now.value + step
    if before == 0:
        return None
    formula = f"{plain(step)}÷（{plain(now.value)}{'－' if rose else '＋'}{plain(step)}）×100%"
    return Calculation(rounded(step / before * 100), "%", formula, (now, change))


def prior(now: Operand, change: Operand, rose: bool) -> Calculation:
    """The figure before a change: now - change where it rose, now + change where it fell."""
    step = convert(change.value, change.unit, now.unit)
    sign = "－" if rose else "＋"
    value = now.value - step if rose else now.value + step
    return Calculation(value, now.unit, f"{plain(now.value)}{sign}{_shown(change, now.unit)}", (now, change))


def per(amount: Operand, count: Operand, unit: str = "") -> Calculation | None:
    """An amount for each of `count` (people, cars): unit 元/人次, 万元/辆."""
    if count.value == 0:
        return None
    money = unit if unit in MONEY else amount.unit
    value = convert(amount.value, amount.unit, money)
    formula = f"{_shown(amount, money)}÷{tidy(count.value)}"
    per_unit = f"{money}/{count.unit}" if count.unit else money
    return Calculation(rounded(value / count.value), per_unit, formula, _leaves((amount, count)))
