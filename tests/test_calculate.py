"""Arithmetic over cited figures."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qa import calculate
from qa.model import Operand
from qa.verify import evaluate

AMOUNTS = st.decimals(0, 10**7, places=2)


def operand(value: Decimal | str, unit: str = "万元", citation: int = 1) -> Operand:
    return Operand("项目", Decimal(value), unit, citation)


def test_a_share_crosses_units() -> None:
    result = calculate.share(operand("2620000", "元"), operand("1212.1164", "万元"))
    assert result is not None and (result.value, result.unit) == (Decimal("21.62"), "%")


def test_a_zero_denominator_gives_nothing() -> None:
    assert calculate.share(operand("1"), operand("0")) is None
    assert calculate.growth(operand("1"), operand("0")) is None
    assert calculate.per(operand("1"), operand("0", "辆")) is None


def test_per_head_in_the_unit_asked_for() -> None:
    result = calculate.per(operand("1.33"), operand("76", "人次"), "元")
    assert result is not None and (result.value, result.unit) == (Decimal("175.00"), "元/人次")


@given(AMOUNTS, AMOUNTS)
def test_a_difference_and_its_formula_say_the_same(a: Decimal, b: Decimal) -> None:
    result = calculate.difference(operand(a), operand(b))
    assert evaluate(result.formula) == result.value == a - b


@given(st.lists(AMOUNTS, min_size=2, max_size=6))
def test_a_sum_and_its_formula_say_the_same(parts: list[Decimal]) -> None:
    result = calculate.total([operand(p) for p in parts])
    assert evaluate(result.formula) == result.value == sum(parts)


@given(AMOUNTS, AMOUNTS, st.booleans())
def test_last_year_and_the_change_give_this_year(before: Decimal, step: Decimal, rose: bool) -> None:
    now = before + step if rose else before - step
    assert calculate.prior(operand(now), operand(step), rose).value == before


def test_a_decline_is_said_by_how_much() -> None:
    now, before = Operand("2024年", Decimal("21.60"), "万元", 1), Operand("2023年", Decimal("23.40"), "万元", 2)
    result = calculate.decline(now, before)
    assert (str(result.value), result.formula) == ("7.69", "（23.40－21.60）÷23.40×100%")
