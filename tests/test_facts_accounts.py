"""Facts of accounts: known by code and name however both are printed, and where each stands in the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fact_tables import read

_TREE = ("一般公共服务支出", "政府办公厅(室)及相关机构事务")


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (
            ["科目编码", "科目名称", "合计"],
            [["201", "一般公共服务支出"], ["20103", "政府办公厅（室）及相关机构事务"], ["2010301", "行政运行", "60"]],
        ),
        (
            ["科目编码>类", "科目编码>款", "科目编码>项", "科目名称", "合计"],
            [
                ["201", "", "", "一般公共服务支出"],
                ["201", "03", "", "政府办公厅（室）及相关机构事务"],
                ["201", "03", "01", "行政运行", "60"],
            ],
        ),
        (
            ["科目编码>类", "科目编码>款", "科目编码>项", "科目名称", "合计"],
            [
                ["201", "", "", "一般公共服务支出"],
                ["", "03", "", "政府办公厅（室）及相关机构事务"],
                ["", "", "01", "行政运行", "60"],
            ],
        ),
        (
            ["科目编码>类", "科目编码>款", "科目编码>项", "科目名称", "合计"],
            [["201", "20103", "2010301", "行政运行", "60"]],
        ),
        (
            ["功能科目名称", "合计"],
            [["[201]一般公共服务支出"], ["[20103]政府办公厅（室）及相关机构事务"], ["[2010301]行政运行", "60"]],
        ),
        (["功能科目名称", "合计"], [["2010301-行政运行", "60"]]),
    ],
)
def test_accounts_are_known_however_their_codes_are_printed(columns: list[str], rows: list[list[str]]) -> None:
    facts, findings = read("一般公共预算支出表", columns, rows)
    last = facts[-1]
    assert (last.label, last.code, last.path) == ("行政运行", "2010301", _TREE)
    assert not findings


@given(st.lists(st.sampled_from(["2010301", "2013101", "2050803", "2080505", "2101101", "2210201"]), min_size=1))
def test_every_account_knows_the_accounts_above_it_in_any_order(codes: list[str]) -> None:
    names = {"2010301": "行政运行", "2013101": "行政运行", "2050803": "培训支出", "2101101": "行政单位医疗"}
    names |= {"2080505": "机关事业单位基本养老保险缴费支出", "2210201": "住房公积金"}
    facts, findings = read("部门支出总表", ["科目编码", "科目名称", "合计"], [[c, names[c], "1"] for c in codes])
    assert [fact.code for fact in facts] == codes
    assert all(len(fact.path) == 2 for fact in facts)
    assert not findings


def test_each_of_two_same_names_knows_its_own_parent() -> None:
    rows = [["2010301", "行政运行", "60"], ["2013101", "行政运行", "40"]]
    facts, _ = read("部门支出总表", ["科目编码", "科目名称", "合计"], rows)
    assert facts[0].path[-1] != facts[1].path[-1]


def test_a_misprinted_code_follows_from_name_and_place_with_a_finding() -> None:
    rows = [["210", "卫生健康支出"], ["210 11", "行政事业单位医疗"], ["7 11 02", "事业单位医疗", "5.07"]]
    facts, (finding,) = read("部门支出总表", ["科目编码", "科目名称", "合计"], rows)
    assert (facts[-1].code, facts[-1].path[-1]) == ("2101102", "行政事业单位医疗")
    assert "7 11 02" not in finding.message  # the cell is quoted without the blanks a printer put in
    assert "2101102" in finding.message


def test_a_part_lost_from_a_code_in_three_cells_is_found_by_its_name() -> None:
    columns = ["科目编码>类", "科目编码>款", "科目名称", "合计"]
    rows = [["301", "01", "基本工资", "9.00"], ["301", "2", "津贴补贴", "4.00"]]
    facts, findings = read("一般公共预算基本支出表", columns, rows)
    assert [fact.code for fact in facts] == ["30101", "30102"]
    assert not findings  # 2 is 02


def test_a_code_beside_another_accounts_name_is_told() -> None:
    rows = [["302", "商品和服务支出", "5"], ["30203", "水费", "5.00"]]
    _, (finding,) = read("一般公共预算基本支出表", ["科目编码", "科目名称", "合计"], rows)
    assert "30203" in finding.message
    assert "水费" in finding.message


def test_a_project_that_begins_with_digits_is_no_account() -> None:
    facts, _ = read("项目支出表", ["项目名称", "合计"], [["302路公交补助", "60"], ["2024接待经费", "5"]])
    assert [(fact.label, fact.code) for fact in facts] == [("302路公交补助", ""), ("2024接待经费", "")]
