"""The verifier: a figure that does not resolve does not leave the house."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from index.model import CatalogueEntry, Fact, Found, Locator, Printed, Profile, State
from qa.model import Operand, Passage, Value
from qa.verify import Verdict, check_draft, evaluate

PROFILE = Profile("青山市档案局", ("档案局",), 2022, "决算", "部门", "青山市", title="2022年度青山市档案局部门决算")
ENTRY = CatalogueEntry("a.pdf", "0", "pdf", PROFILE, 3, 1, 1)
FACT = Fact(
    "t1r0c1", "table", "公务接待费", "1.33", Decimal("1.33"), "万元", State.VALUE, Locator(2), "公务接待费|决算数|1.33",
    table=1, title="三公经费支出决算表", table_code="公开09表", year=2022, measure="决算", canonical=Decimal(13300), row=0, col=1,
)  # fmt: skip


def check(
    text: str, *values: Value, fact: Fact = FACT, stored: Fact | None = FACT, passages: tuple[Passage, ...] = ()
) -> Verdict:
    return check_draft(
        text,
        values,
        (Found("a.pdf", fact), *passages),
        "档案局公务接待费多少，超过4万元吗",
        lambda cited: [stored and Printed(stored.value, stored.unit, stored.printed)] * len(cited),
        lambda name: ENTRY,
    )


@pytest.mark.parametrize(
    "text",
    [
        "青山市档案局2022年度公务接待费为**1.33万元**（公开09表）[1]。",
        "合13300元[1]。",  # another unit of the same sum
        "1. 公务接待费1.33万元[1]，没有超过4万元。",  # an ordinal, and a figure of the question
    ],
)
def test_what_resolves_passes(text: str) -> None:
    assert check(text).passed


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费为1.34万元[1]。",
        "公务接待费为1.33元[1]。",
        "2019年度公务接待费为1.33万元[1]。",
        "比上年增长12.5%[1]。",
    ],
)
def test_what_does_not_resolve_is_caught(text: str) -> None:
    assert not check(text).passed


def test_the_number_of_a_table_does_not_run_into_the_code_of_a_row() -> None:
    fact = replace(FACT, table_code="表5", code="2210203", label="购房补贴")
    assert check("购房补贴（2210203）为1.33万元（表5《支出表》）[1]。", fact=fact, stored=fact).passed


def test_digits_of_a_quoted_passage_resolve() -> None:
    passage = Passage("a.pdf", "共接待国内来访团组14个、来宾76人次。", 1, ())
    assert check("接待76人次[2]。", passages=(passage,)).passed
    assert not check("接待77人次[2]。", passages=(passage,)).passed


def test_a_comma_between_clauses_does_not_run_figures_together() -> None:
    passage = Passage("a.pdf", "上年包含接待费240万元，2022年不包含该项", 1, ())
    assert check("文件说明上年包含接待费240万元[1]。", passages=(passage,)).passed


def test_years_inside_a_quotation_are_the_document_s_own() -> None:
    quote = "1、《青山市档案工作实施办法》（青档规〔2019〕3号）。"
    passage = Passage("a.pdf", quote, 1, ())
    assert check(f"文件写道：\n\n> {quote}[2]", passages=(passage,)).passed
    assert not check(f"依据2019年的办法。\n\n> {quote}[2]", passages=(passage,)).passed


def test_a_fact_that_the_store_no_longer_holds_is_caught() -> None:
    assert not check("为1.33万元[1]。", stored=None).passed
    assert not check("为1.33万元[1]。", stored=replace(FACT, value=Decimal("1.34"))).passed


def test_a_value_must_be_its_cited_fact() -> None:
    right = Value("公务接待费", "13300", "元", "table", citations=(1,))
    assert check("见表[1]。", right).passed
    assert not check("见表[1]。", replace(right, unit="万元")).passed
    assert not check("见表[1]。", replace(right, citations=())).passed


def test_a_calculation_is_computed_again() -> None:
    operands = (Operand("公务接待费", Decimal("1.33"), "万元", 1), Operand("题中数量", Decimal(4), "个", 0))
    right = Value("平均", "0.33", "万元/个", "computed", "1.33÷4", operands, (1,))
    assert check("平均0.33万元[1]。", right).passed
    assert not check("平均0.34万元[1]。", replace(right, value="0.34")).passed
    foreign = (operands[0], Operand("别的", Decimal("7.77"), "万元", 0))
    assert not check("平均[1]。", replace(right, operands=foreign)).passed


def test_formulas_keep_the_order_of_operations() -> None:
    assert evaluate("（3－1）÷4×100%") == 50
    assert evaluate("1＋2×3") == 7
    with pytest.raises(ValueError, match="bracket"):
        evaluate("（1＋2")
