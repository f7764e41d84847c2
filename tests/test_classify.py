"""Kinds of tables by their titles as provinces print them, by the note below, by columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.model import Table
from index.tables.classify import classify, kinds_of, stage_of
from tests.builders import table

# Titles of departments of Guangdong, Zhejiang, Sichuan, Beijing, Hubei, Jiangsu and of the 财政部 templates.
TITLES = [
    ("部门收支总表", "预算", "B01"),
    ("部门收支总体情况表", "预算", "B01"),
    ("收支预算总表", "预算", "B01"),
    ("部门收入总表", "预算", "B02"),
    ("部门收入总体情况表", "预算", "B02"),
    ("部门综合预算专项业务经费支出表", "预算", "B12"),
    ("部门支出总表", "预算", "B03"),
    ("部门支出总体情况表", "预算", "B03"),
    ("财政拨款收支总表", "预算", "B04"),
    ("财政拨款收支总体情况表", "预算", "B04"),
    ("财政拨款支出预算表（部门经济分类科目）", "预算", "B08"),
    ("一般公共预算支出表", "预算", "B05"),
    ("一般公共预算支出情况表", "预算", "B05"),
    ("一般公共预算财政拨款支出表", "预算", "B05"),
    ("一般公共预算支出情况表（按功能分类科目）", "预算", "B05"),
    ("一般公共预算基本支出表", "预算", "B06"),
    ("一般公共预算财政拨款基本支出表", "预算", "B06"),
    ("一般公共预算基本支出情况表（按支出经济分类科目）", "预算", "B06"),
    ("一般公共预算基本支出表（人员经费和公用经费）", "预算", "B06"),
    ("一般公共预算项目支出预算表", "预算", "B12"),
    ("一般公共预算“三公”经费支出表", "预算", "B09"),
    ("一般公共预算“三公”经费支出预算表", "预算", "B09"),
    ("财政拨款“三公”经费支出表", "预算", "B09"),
    ("政府性基金预算“三公”经费支出预算表", "预算", "B09"),
    ("一般公共预算“三公”经费、会议费、培训费支出预算表", "预算", "B09"),
    ("政府性基金预算支出表", "预算", "B10"),
    ("政府性基金预算财政拨款支出表", "预算", "B10"),
    ("政府性基金预算支出情况表", "预算", "B10"),
    ("国有资本经营预算支出表", "预算", "B11"),
    ("国有资本经营预算财政拨款支出表", "预算", "B11"),
    ("项目支出表", "预算", "B12"),
    ("部门预算项目支出情况表", "预算", "B12"),
    ("政府采购预算明细表", "预算", "B16"),
    ("政府采购预算表", "预算", "B16"),
    ("政府购买服务预算财政拨款明细表", "预算", "B16"),
    ("项目支出绩效表", "预算", "B15"),
    ("项目支出绩效目标表", "预算", "B15"),
    ("部门预算项目绩效目标表", "预算", "B15"),
    ("部门整体支出绩效目标申报表", "预算", "B14"),
    ("部门（单位）整体支出绩效目标表", "预算", "B14"),
    ("部门整体绩效目标申报表", "预算", "B14"),
    ("项目绩效目标申报表", "预算", "B17"),
    ("一般公共预算机关运行经费支出预算表", "预算", "B13"),
    ("机关运行经费预算表", "预算", "B13"),
    ("部门支出总表（按部门预算经济分类科目）", "预算", "B08"),
    ("一般公共预算支出经济分类情况表", "预算", "B08"),
    ("财政专户管理资金预算支出表", "预算", ""),
    ("2024年市对下转移支付预算表", "预算", ""),
    ("部门预算支出经济分类科目预算表", "预算", "B08"),
    ("收入支出决算总表", "决算", "F01"),
    ("收入决算表", "决算", "F02"),
    ("收入决算批复表", "决算", "F02"),
    ("支出决算表", "决算", "F03"),
    ("财政拨款收入支出决算总表", "决算", "F04"),
    ("财政拨款支出决算明细表", "决算", "F12"),
    ("一般公共预算财政拨款支出决算表", "决算", "F05"),
    ("一般公共预算财政拨款支出决算明细表", "决算", "F12"),
    ("一般公共预算财政拨款收入支出决算表", "决算", "F05"),
    ("一般公共预算财政拨款基本支出决算表", "决算", "F06"),
    ("一般公共预算财政拨款基本支出决算明细表", "决算", "F06"),
    ("一般公共预算财政拨款项目支出决算表", "决算", "F13"),
    ("政府性基金预算财政拨款收入支出决算表", "决算", "F07"),
    ("政府性基金预算财政拨款基本支出决算表", "决算", "F07"),
    ("国有资本经营预算财政拨款收入支出决算表", "决算", "F08"),
    ("国有资本经营预算财政拨款支出决算表", "决算", "F08"),
    ("财政拨款“三公”经费支出决算表", "决算", "F09"),
    ("一般公共预算财政拨款“三公”经费支出决算表", "决算", "F09"),
    ("“三公”经费、行政参公单位机关运行经费情况表", "决算", "F09"),
    ("财政拨款“三公”经费、会议费和培训费支出决算表", "决算", "F09"),
    ("机构运行信息表", "决算", "F10"),
    ("机构运行信息决算表", "决算", "F10"),
    ("机关运行经费支出决算表", "决算", "B13"),
    ("国有资产占用情况表", "决算", "F11"),
    ("国有资产占有使用情况表", "决算", "F11"),
    ("政府采购情况表", "决算", "F14"),
    ("政府采购支出情况表", "决算", "F14"),
    ("部门整体支出绩效自评表", "决算", "P01"),
    ("项目支出绩效自评表", "决算", "P02"),
    ("2023年度项目支出绩效自评表", "决算", "P02"),
    ("部门决算量化评价表", "决算", ""),
    ("收支决算总表", "决算", "F01"),
    ("支出决算明细表", "决算", "F03"),
    ("预算支出相关信息表", "决算", ""),
    ("部门预算支出绩效自评表", "决算", "P01"),
]


def titled(
    title: str, columns: Sequence[str] = ("项目", "金额"), rows: Sequence[Sequence[str]] = (("合计", "1.00"),)
) -> Table:
    return table(rows, [column.split(">") for column in columns], title=title, kind="")


@pytest.mark.parametrize(("title", "stage", "kind"), TITLES)
def test_titles_of_the_provinces(title: str, stage: str, kind: str) -> None:
    assert classify(titled(title), stage) == kind


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("一般公共预算支出表", ""),
        ("政府性基金预算财政拨款收入支出决算表", "决算"),
        ("一般公共预算“三公”经费支出预算表", "预算"),
        ("部门预算支出绩效自评表", "决算"),
        ("财政拨款“三公”经费支出预决算表", "决算"),
        ("部门整体支出绩效目标表", "预算"),
        ("部门收支总表", ""),
    ],
)
def test_the_name_of_a_fund_is_no_stage(title: str, stage: str) -> None:
    assert stage_of(title) == stage


def test_a_title_that_names_the_stage_goes_before_the_documents() -> None:
    assert classify(titled("2024年部门收支预算总表"), "决算") == "B01"


def test_a_table_without_title_is_known_by_its_note() -> None:
    lost = replace(titled(""), notes=("注：本表反映部门本年度取得的各项收入情况。",))
    assert classify(lost, "决算") == "F02"


def test_a_table_without_title_is_known_by_what_it_lists() -> None:
    columns = ("预算数>合计", "预算数>因公出国（境）费", "预算数>公务接待费", "决算数>合计")
    assert classify(titled("", columns, [("1", "2", "3", "4")]), "决算") == "F09"
    rows = [("本年收入合计", "1"), ("本年支出合计", "1"), ("结余分配", "0"), ("使用非财政拨款结余", "0")]
    assert classify(titled("", ("项目", "金额"), rows), "决算") == "F01"


def test_tables_of_all_grants_beside_those_of_the_general_budget() -> None:
    """Alone, 财政拨款支出表 is what a province calls its table of 一般公共预算; beside one it counts the funds too."""
    every, general = titled("财政拨款支出表（功能科目）"), titled("一般公共预算支出表")
    assert kinds_of([every], "预算") == ("B05",)
    assert kinds_of([every, general], "预算") == ("B18", "B05")
    basic = [titled("财政拨款基本支出决算表"), titled("一般公共预算财政拨款基本支出决算表")]
    assert kinds_of(basic, "决算") == ("F16", "F06")


def test_the_columns_of_a_plan_make_no_plan_of_an_outturn() -> None:
    columns = ("人员经费>科目编码", "人员经费>科目名称", "人员经费>金额", "公用经费>科目编码", "公用经费>金额")
    assert classify(titled("一般公共预算财政拨款基本支出决算表", columns), "决算") == "F06"


@pytest.mark.parametrize("title", ["", "附表", "人员情况表", "重点工作任务表"])
def test_what_nothing_fits_keeps_no_kind(title: str) -> None:
    assert classify(titled(title), "预算") == ""
