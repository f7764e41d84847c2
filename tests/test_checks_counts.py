"""Counts that the prose tells against the same counts in a table: of “三公”, of a project's indicators."""

from __future__ import annotations

import pytest

from index.checks import Result, severity_of
from index.checks.counts import counts_agree
from index.model import Severity
from tests.disclosed import disclosed, failures, results, sheet

THREE = sheet(
    "F09",
    ["项目", "决算数"],
    [
        ["1.公务用车购置及运行费", "6.20"],
        ["2.公务接待费", "0.38"],
        ["相关统计数", "—"],
        ["公务用车保有量（辆）", "2"],
        ["国内公务接待批次（个）", "6"],
        ["国内公务接待人次（人）", "43"],
    ],
)
TITLE = "“三公”经费支出决算情况说明"


def test_counts_behind_a_table_of_money_are_below_their_heading() -> None:
    paths = {fact.label: fact.path for fact in disclosed(THREE).facts}
    assert paths["公务用车保有量(辆)"] == paths["国内公务接待人次(人)"] == ("相关统计数",)


@pytest.mark.parametrize(("guests", "result"), [("43", Result.HOLDS), ("53", Result.FAILS)])
def test_guests_and_cars(guests: str, result: Result) -> None:
    text = f"公务接待费支出0.38万元，国内公务接待6批次，{guests}人次。2022年末公务用车保有量2辆。"
    case = disclosed(THREE, prose=[text], title=TITLE)
    assert results(counts_agree, case) == [Result.HOLDS, Result.HOLDS, result]


def test_a_part_of_the_guests_is_not_all_of_them() -> None:
    text = "公务接待费支出0.38万元，其中：其他国内公务接待5批次，40人次。"
    assert not results(counts_agree, disclosed(THREE, prose=[text], title=TITLE))


FORM = sheet(
    "P02",
    [""] * 7,
    [
        ["项目名称", "河道日常养护", "", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "全年实际值", "权重", "得分"],
        ["产出指标", "数量指标", "清淤河道长度（公里）", "≥12", "14", "15", "15"],
        ["", "质量指标", "河道完好率", "≥97%", "98.3%", "10", "10"],
    ],
    title="项目支出绩效自评表",
    form=True,
)


@pytest.mark.parametrize(("length", "failed"), [("14", False), ("12", False), ("16", True)])
def test_what_a_project_reached(length: str, failed: bool) -> None:
    text = f"河道日常养护项目全年清淤河道{length}公里，河道完好率98.3%。"
    case = disclosed(FORM, prose=[text], title="预算绩效情况说明")
    found = failures(counts_agree, case)
    assert bool(found) is failed
    assert all(severity_of(outcome) is Severity.WARNING for outcome in found)
    assert not failures(
        counts_agree, disclosed(FORM, prose=[f"另一项目清淤河道{length}公里。"], title="预算绩效情况说明")
    )
