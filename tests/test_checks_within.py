"""Identities within one table: accounts, totals, units, rows, the two sides of a table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checks import Case, Result, check
from index.checks.confidence import with_confidence
from index.checks.horizontal import rows_add_up
from index.checks.sides import sides_add_up, sides_balance
from index.checks.vertical import accounts_add_up, totals_add_up, units_add_up
from tests.disclosed import Rows, disclosed, failures, results, sheet

ACCOUNTS = ["项目>功能分类科目编码", "项目>科目名称", "本年支出>小计", "本年支出>基本支出", "本年支出>项目支出"]


def spending(rows: Rows) -> Case:
    return disclosed(sheet("F05", ACCOUNTS, rows))


WHOLE = [
    ["合计", "", "100.00", "70.00", "30.00"],
    ["201", "一般公共服务支出", "100.00", "70.00", "30.00"],
    ["20103", "政府办公厅（室）及相关机构事务", "100.00", "70.00", "30.00"],
    ["2010301", "行政运行", "70.00", "70.00", "0.00"],
    ["2010302", "一般行政管理事务", "30.00", "0.00", "30.00"],
]


def changed(rows: Rows, row: int, col: int, text: str) -> list[list[str]]:
    return [[text if (r, c) == (row, col) else cell for c, cell in enumerate(line)] for r, line in enumerate(rows)]


def test_accounts_totals_and_rows_hold() -> None:
    case = spending(WHOLE)
    for each in (accounts_add_up, totals_add_up, rows_add_up):
        assert set(results(each, case)) == {Result.HOLDS}


def test_a_wrong_item_breaks_its_parent_and_its_row() -> None:
    case = spending(changed(WHOLE, 4, 2, "39.00"))
    broken = failures(accounts_add_up, case)
    assert [outcome.facts[0].label for outcome in broken] == ["政府办公厅(室)及相关机构事务"]
    assert "109万元" in broken[0].message
    named = next(outcome for outcome in check(case) if outcome.rule == "H-SUM" and outcome.result is Result.FAILS)
    assert named.facts[1].printed == "39.00"
    assert "疑" in named.message


@pytest.mark.parametrize(("printed", "result"), [("30.01", Result.ROUNDING), ("30.02", Result.FAILS)])
def test_rounding_is_half_a_place_for_every_summand(printed: str, result: Result) -> None:
    case = spending(changed(WHOLE, 4, 2, printed))
    assert result in results(accounts_add_up, case)


def test_a_blank_is_nothing_in_a_sum() -> None:
    rows = changed(changed(WHOLE, 3, 4, ""), 4, 3, "")
    assert set(results(rows_add_up, spending(rows))) == {Result.HOLDS}


def test_in_yuan_the_same_sums_hold_to_the_cent() -> None:
    columns = ["科目编码>类", "科目编码>款", "科目编码>项", "科目名称", "合计", "基本支出", "项目支出"]
    rows = [
        ["201", "", "", "一般公共服务支出", "300,000.25", "300,000.25", ""],
        ["201", "06", "", "财政事务", "300,000.25", "300,000.25", ""],
        ["201", "06", "01", "行政运行", "300,000.25", "300,000.25", ""],
        ["合计", "", "", "", "300,000.25", "300,000.25", ""],
    ]
    case = disclosed(sheet("B05", columns, rows, unit="元"), stage="预算")
    assert set(results(totals_add_up, case)) == {Result.HOLDS}
    wrong = disclosed(sheet("B05", columns, changed(rows, 3, 4, "300,010.25"), unit="元"), stage="预算")
    assert failures(totals_add_up, wrong)


def test_items_without_their_parents_make_the_total() -> None:
    columns = ["科目编码>类", "科目编码>款", "科目编码>项", "单位代码", "单位（科目名称）", "合计"]
    rows = [
        ["", "", "", "", "合计", "12.00"],
        ["", "", "", "001", "青山市档案局", "12.00"],
        ["201", "26", "01", "", "行政运行", "8.00"],
        ["208", "05", "05", "", "机关事业单位基本养老保险缴费支出", "4.00"],
    ]
    case = disclosed(sheet("B03", columns, rows), stage="预算")
    assert results(totals_add_up, case) == [Result.HOLDS]
    assert set(results(units_add_up, case)) == {Result.HOLDS}


def test_rows_divided_by_unit() -> None:
    columns = ["支出项目类别（资金使用单位）", "总计"]
    rows = [["合计", "9.00"], ["工资福利支出", "6.00"], ["青山市档案局（本级）", "4.00"], ["青山市档案馆", "2.00"],
            ["商品和服务支出", "3.00"], ["青山市档案局（本级）", "3.00"]]  # fmt: skip
    assert results(units_add_up, disclosed(sheet("B06", columns, rows), stage="预算")) == [Result.HOLDS] * 3
    (found,) = failures(units_add_up, disclosed(sheet("B06", columns, changed(rows, 3, 1, "2.50")), stage="预算"))
    assert [fact.label for fact in found.facts[:1]] == ["工资福利支出"]


def test_projects_under_units_under_several_totals() -> None:
    columns = ["单位编码（项目编码）", "项目单位（项目名称）", "资金总额"]
    rows = [
        ["", "", "5.00"],
        ["103101", "青山市档案局", "5.00"],
        ["410800220000000022625", "办公耗材", "2.00"],
        ["410800220000000022719", "报刊杂志费", "3.00"],
        ["", "", "7.00"],
        ["103201", "青山市接待办公室", "7.00"],
        ["410800230000000029829", "接待经费", "7.00"],
    ]
    case = disclosed(sheet("B15", columns, rows), stage="预算")
    assert set(results(units_add_up, case)) == {Result.HOLDS}
    wrong = disclosed(sheet("B15", columns, changed(rows, 2, 2, "1.00")), stage="预算")
    assert [outcome.facts[0].label for outcome in failures(units_add_up, wrong)] == ["青山市档案局"]


def test_a_row_that_says_the_whole_again_is_no_part_of_it() -> None:
    columns = ["单位编码", "单位（项目）名称", "项目金额"]
    rows = [
        ["103101", "青山市公路局", "8.00"],
        ["", "专项业务经费", "8.00"],
        ["", "公路改造", "5.00"],
        ["", "养护", "3.00"],
    ]
    case = disclosed(sheet("B12", columns, rows), stage="预算")
    assert results(units_add_up, case) == [Result.HOLDS]
    (found,) = failures(units_add_up, disclosed(sheet("B12", columns, changed(rows, 2, 2, "6.00")), stage="预算"))
    assert found.facts[0].label == "青山市公路局"


def test_public_expenses_of_several_groups_of_columns() -> None:
    names = ["合计", "因公出国（境）费", "公务用车购置及运行维护费>小计", "公务用车购置及运行维护费>公务用车购置费",
             "公务用车购置及运行维护费>公务用车运行维护费", "公务接待费"]  # fmt: skip
    columns = [f"{group}>{name}" for group in ("预算数", "决算数") for name in names]
    row = ["51.80", "0.00", "49.67", "0.00", "49.67", "2.13", "48.37", "0.00", "47.04", "0.00", "47.04", "1.33"]
    assert results(rows_add_up, disclosed(sheet("F09", columns, [row]))) == [Result.HOLDS] * 4
    broken = failures(rows_add_up, disclosed(sheet("F09", columns, [[*row[:-1], "1.83"]])))
    assert [outcome.facts[0].printed for outcome in broken] == ["48.37"]


def test_a_header_that_means_something_else_does_not_apply() -> None:
    columns = ["科目编码", "科目名称", "合计", "上年执行数", "本年预算数"]
    rows = [["2010301", "行政运行", "9.00", "1.00", "2.00"], ["2010302", "机关服务", "5.00", "3.00", "9.00"]] * 2
    assert results(rows_add_up, disclosed(sheet("B03", columns, rows), stage="预算")) == []


def two_sided(opening: str = "1.00", closing: str = "0.50", total: str = "11.00") -> Case:
    columns = ["收入>项目", "收入>决算数", "支出>项目", "支出>决算数"]
    rows = [
        ["一、一般公共预算财政拨款收入", "8.00", "一、一般公共服务支出", "7.50"],
        ["二、政府性基金预算财政拨款收入", "", "二、外交支出", ""],
        ["三、其他收入", "2.00", "三、教育支出", "3.00"],
        ["本年收入合计", "10.00", "本年支出合计", "10.50"],
        ["年初结转和结余", opening, "年末结转和结余", closing],
        ["总计", total, "总计", "11.00"],
    ]
    return disclosed(sheet("F01", columns, rows))


def test_sides_add_up_and_balance() -> None:
    assert set(results(sides_add_up, two_sided())) == {Result.HOLDS}
    assert results(sides_balance, two_sided()) == [Result.HOLDS]


def test_sides_that_do_not() -> None:
    assert [o.facts[0].label for o in failures(sides_add_up, two_sided(opening="2.00"))] == ["总计"]
    assert failures(sides_balance, two_sided(total="11.01"))


def test_funds_under_a_balance_brought_forward_are_no_summands() -> None:
    columns = ["收入>项目", "收入>金额", "支出>项目", "支出>合计"]
    rows = [
        ["一、一般公共预算财政拨款", "9.00", "一、一般公共服务支出", "9.00"],
        ["二、政府性基金预算财政拨款", "1.00", "二、教育支出", "2.00"],
        ["本年收入合计", "10.00", "本年支出合计", "11.00"],
        ["年初财政拨款结转和结余", "1.50", "年末财政拨款结转和结余", "0.50"],
        ["一、一般公共预算财政拨款", "1.50", "", ""],
        ["二、政府性基金预算财政拨款", "", "", ""],
        ["总计", "11.50", "总计", "11.50"],
    ]
    assert set(results(sides_add_up, disclosed(sheet("F04", columns, rows)))) == {Result.HOLDS}


def test_tables_say_how_sure_they_are() -> None:
    for rows, sure in ((WHOLE, True), (changed(WHOLE, 4, 2, "39.00"), False)):
        case = spending(rows)
        (confident,) = with_confidence(case.tables, check(case))
        assert (confident.confidence == 1.0) is sure


@given(st.lists(st.decimals("0.01", "9999.99", places=2), min_size=1, max_size=12), st.decimals("0.10", "50", places=2))
def test_any_sum_holds_and_any_gap_is_found(items: list[Decimal], gap: Decimal) -> None:
    rows = [[f"20103{number:02d}", f"项目{number}", str(value)] for number, value in enumerate(items, 1)]
    for total, result in ((sum(items), Result.HOLDS), (sum(items) + gap, Result.FAILS)):
        case = disclosed(sheet("F05", ["科目编码", "科目名称", "合计"], [["20103", "机构事务", str(total)], *rows]))
        assert results(accounts_add_up, case) == [result]
