"""When figures agree: exactly, within rounding (尾差), or not at all. All money in 元, all arithmetic in Decimal.

A printed figure stands for everything that rounds to it, so a sum of n printed figures can differ from a printed
total by half a last place for each of them and the total: |差| ≤ ½·(n+1) last places.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.amounts import MONEY, tidy, to_unit
from index.checks.model import Result
from index.model import Fact, State

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_YUAN_STEP = Decimal("0.05")  # figures with fewer places than two are stated, not rounded: 12 and 13 differ
_EMPTY = frozenset({State.BLANK, State.DASH})
_HUNDRED = Decimal(100)


def is_money(fact: Fact) -> bool:
    return fact.unit in MONEY


def amount(fact: Fact) -> Decimal | None:
    """A figure in its base unit (money in 元); a blank or a dash among figures counts as nothing."""
    if fact.value is None:
        return ZERO if fact.state in _EMPTY else None
    return fact.value * MONEY.get(fact.unit, Decimal(1))


def step(fact: Fact) -> Decimal:
    """One last place in the base unit; money is counted to the second place whatever zeros were left out in print."""
    factor = MONEY.get(fact.unit, Decimal(1))
    if fact.value is None:
        return _CENT * factor
    last = Decimal(1).scaleb(int(fact.value.as_tuple().exponent))
    return (min(last, _CENT) if fact.unit in MONEY else last) * factor


def printed_step(fact: Fact) -> Decimal:
    """One last place as printed: 5.3万元 has a step of 1,000 元."""
    factor = MONEY.get(fact.unit, Decimal(1))
    return _CENT * factor if fact.value is None else Decimal(1).scaleb(int(fact.value.as_tuple().exponent)) * factor


def same(a: Fact, b: Fact) -> Result:
    """Two prints of one figure. Rounded to the coarser of the two it holds; cut off there, or one last place away, it is
    a rounding: both may come from the same sum in 元."""
    left, right = amount(a), amount(b)
    if left is None or right is None:
        return Result.NOT_APPLICABLE
    if left == right:
        return Result.HOLDS
    fine, coarse = sorted((printed_step(a), printed_step(b)))
    if fine == coarse:
        near = abs(left - right) <= coarse and is_money(a) and coarse < _YUAN_STEP * MONEY[a.unit]
        return Result.ROUNDING if near else Result.FAILS
    if abs(left - right) <= coarse / 2:
        return Result.HOLDS
    exact, rough = (left, right) if printed_step(a) == fine else (right, left)
    return Result.ROUNDING if ZERO <= abs(exact) - abs(rough) < coarse else Result.FAILS


def adds_up(total: Fact, parts: Sequence[Fact], signs: Sequence[int] = ()) -> Result:
    """A printed total against the sum of printed parts."""
    whole = amount(total)
    values = [amount(part) for part in parts]
    if whole is None or not parts:
        return Result.NOT_APPLICABLE
    weights = signs or [1] * len(parts)
    summed = ZERO
    counted = 0
    for value, sign in zip(values, weights, strict=True):
        if value is None:
            return Result.NOT_APPLICABLE
        summed += sign * value
        counted += value != ZERO
    if summed == whole:
        return Result.HOLDS
    if is_money(total):
        allowed = max(step(fact) for fact in (total, *parts)) / 2 * (counted + 1)
    else:
        allowed = _CENT if total.unit == "分" else ZERO  # scores are printed to two places, counts are whole
    return Result.ROUNDING if abs(summed - whole) <= allowed else Result.FAILS


def total_of(parts: Sequence[Fact], unit: str) -> str:
    """The sum of parts in `unit`, for a sentence."""
    summed = sum((amount(part) or ZERO for part in parts), ZERO)
    in_unit = to_unit(summed, "元", unit) if unit in MONEY else summed
    return f"{tidy(summed if in_unit is None else in_unit)}{unit}"


def rate_holds(rate: Fact, over: Decimal, under: Decimal, slack: Decimal) -> Result:
    """A printed percentage against over/under. Exactly what the printed figures give holds; what the figures behind
    their print can give, each off by `slack`, is a rounding, and so is one place cut off.
    """
    if rate.value is None or under == ZERO:
        return Result.NOT_APPLICABLE
    place = Decimal(1).scaleb(int(rate.value.as_tuple().exponent))
    said = abs(rate.value)
    if abs(abs(over / under * _HUNDRED) - said) <= place / 2:
        return Result.HOLDS
    low = min((over - slack) / (under + slack), (over + slack) / (under + slack)) * _HUNDRED
    narrow = under - slack if abs(under) > slack else under
    high = max((over + slack) / narrow, (over - slack) / narrow) * _HUNDRED
    low, high = min(low, high), max(low, high)
    return Result.ROUNDING if low - place < said < high + place else Result.FAILS


def percent(over: Decimal, under: Decimal) -> str:
    """over/under as a percentage with two places, for a sentence."""
    return f"{(over / under * _HUNDRED).quantize(_CENT)}%" if under else "（分母为零）"
