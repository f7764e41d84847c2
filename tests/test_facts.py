"""Facts of tables with rows: what each figure is of, in which unit, of which money and year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.amounts import MONEY
from index.model import State
from index.tables.empty import nothing_facts
from tests.builders import profile
from tests.fact_tables import at, made, read

# ------------------------------------------------------------------------------------------------- states of a cell


@pytest.mark.parametrize(
    ("printed", "state", "value"),
    [
        ("1,043.40", State.VALUE, "1043.40"),
        ("230.0 0", State.VALUE, "230.00"),
        ("-5.20", State.VALUE, "-5.20"),
        ("(5.20)", State.VALUE, "-5.20"),
        ("0.00", State.ZERO, "0.00"),
        ("0", State.ZERO, "0"),
        ("", State.BLANK, None),
        ("—", State.DASH, None),
        ("--", State.DASH, None),
        ("长期", State.TEXT, None),
        ("2022年如期完成", State.TEXT, None),
        ("2022如期完成", State.TEXT, None),
        ("1.2.3", State.TEXT, None),
    ],
)
def test_a_figure_zero_a_blank_a_dash_and_words_are_told_apart(printed: str, state: State, value: str | None) -> None:
    facts, _ = read("部门支出总表", ["科目名称", "合计"], [["教育支出", printed], ["合计", "9.00"]])
    fact = at(facts, 0, 1)
    assert fact.state is state
    assert fact.value == (None if value is None else Decimal(value))


def test_a_table_that_is_only_a_note_says_that_there_is_none() -> None:
    note = "注：本部门2024年无政府性基金预算财政拨款安排的预算，故本表为空表。"
    empty = replace(made("政府性基金预算支出表", ["科目名称", "合计"], []), empty=True, notes=(note,))
    (fact,), findings = nothing_facts(empty, profile(year=2024, stage="预算"))
    assert (fact.state, fact.value, fact.printed) == (State.ZERO, Decimal(0), "无")
    assert (fact.scope, fact.quote, findings) == ("政府性基金", note, ())


def test_a_note_copied_from_the_table_before_speaks_of_its_own_fund() -> None:
    note = "注：本单位无政府性基金预算收入和支出，故本表无数据。"
    empty = replace(made("国有资本经营预算支出表", ["科目名称", "合计"], []), empty=True, notes=(note,))
    facts, (finding,) = nothing_facts(empty, profile())
    assert {fact.scope for fact in facts} == {"政府性基金"}
    assert "国有资本经营" in finding.message


def test_a_column_without_any_figure_is_said_once_by_its_total() -> None:
    rows = [["教育支出", "3.00", ""], ["培训支出", "3.00", ""], ["合计", "3.00", ""]]
    facts, _ = read("部门支出总表", ["科目名称", "合计", "上缴上级支出"], rows)
    assert [(fact.row, fact.state) for fact in facts if fact.col == 2] == [(2, State.BLANK)]


# ------------------------------------------------------------------------------------------------------------ units


@given(
    st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["元", "千元", "万元", "亿元"]),
)
def test_money_in_yuan_is_the_printed_money_in_any_unit(amount: Decimal, unit: str) -> None:
    facts, _ = read("部门支出总表", ["科目名称", "合计"], [["教育支出", f"{amount:,}"]], unit=unit)
    (fact,) = facts
    assert fact.value == amount
    assert fact.canonical == amount * MONEY[unit]


def test_columns_that_are_no_money_keep_their_own_units() -> None:
    columns = ["科目名称", "年初预算数", "决算数", "完成率", "增减率（%）", "人数"]
    facts, _ = read("支出决算表", columns, [["教育支出", "10.00", "9.00", "90.00", "-5.00", "12"]], stage="决算")
    assert [fact.unit for fact in facts] == ["万元", "万元", "%", "%", ""]
    assert [fact.canonical is not None for fact in facts] == [True, True, False, False, False]


def test_a_row_that_states_a_unit_speaks_for_the_rows_below_it() -> None:
    rows = [
        ["一、“三公”经费支出", "—"],
        ["（一）支出合计", "10.00"],
        ["1.公务接待费", "1.00"],
        ["（二）相关统计数", "—"],
        ["1.公务用车保有量（辆）", "5"],
        ["2.国内公务接待批次（个）", "6"],
        ["3.国内公务接待人次（人）", "40"],
        ["二、机关运行经费", "120.00"],
        ["三、国有资产占用情况", "—"],
        ["（一）车辆数合计（辆）", "5"],
        ["1.机要通信用车", "2"],
        ["（二）单价100万元（含）以上设备（台，套）", "1"],
        ["四、政府采购支出合计", "88.00"],
    ]
    facts, _ = read("机构运行信息表", ["项目", "统计数"], rows, stage="决算")
    units = ["万元", "万元", "万元", "万元", "辆", "个", "人", "万元", "万元", "辆", "辆", "台,套", "万元"]
    assert [fact.unit for fact in facts] == units
    assert [at(facts, r, 1).scope for r in (2, 7, 12)] == ["三公经费", "机关运行经费", ""]


def test_the_value_of_assets_is_money_though_their_row_counts_pieces() -> None:
    rows = [["1.房屋（平方米）", "3000", "400.00"], ["2.车辆（辆）", "5", "100.00"]]
    facts, _ = read("国有资产占用情况表", ["资产名称", "数量", "价值"], rows, stage="决算")
    assert {fact.printed: fact.unit for fact in facts} == {
        "3000": "平方米",
        "400.00": "万元",
        "5": "辆",
        "100.00": "万元",
    }


# --------------------------------------------------------------------------------------------------- measure and year


def test_columns_of_two_years_are_of_two_years() -> None:
    columns = ["科目名称", "2023年执行数", "2024年预算数>合计", "2024年预算数比2023年执行数>增减额", "上年结转>小计"]
    facts, _ = read("一般公共预算支出表", columns, [["教育支出", "9.00", "10.00", "1.00", "0.50"]])
    assert [(fact.measure, fact.year) for fact in facts] == [
        ("上年", 2023),
        ("预算", 2024),
        ("增减额", 2024),
        ("预算", 2024),  # money carried over is spent this year
    ]


def test_three_figures_of_one_account_are_three_measures() -> None:
    columns = ["科目名称", "年初预算数", "调整预算数", "决算数", "决算数为调整预算数的%", "上年决算数"]
    rows = [["教育支出", "9.00", "10.00", "9.50", "95.00", "8.00"]]
    facts, _ = read("一般公共预算财政拨款支出决算表", columns, rows, stage="决算")
    assert [fact.measure for fact in facts] == ["年初预算", "全年预算", "决算", "完成率", "上年"]
    assert facts[-1].year == 2023
