"""Worded goals: their figures are targets of the project that the form or the row of the list names."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from index.narrative import text_facts
from index.narrative.goals import goal_facts
from tests.builders import paragraph, profile, table

LIST = (("序号",), ("项目名称",), ("预算金额（万元）",), ("年度绩效目标",))


def test_a_goal_in_a_list_of_projects() -> None:
    rows = [["1", "河堤加固工程", "120.00", "完成堤身加固3.5公里、险段处理4处，合格率不低于98%。"]]
    found = goal_facts((table(rows, LIST),), profile(year=2024, stage="预算"))
    assert [(f.label, f.value, f.unit) for f in found] == [
        ("堤身加固", Decimal("3.5"), "公里"),
        ("险段处理", Decimal(4), "处"),
        ("合格率", Decimal(98), "%"),
    ]
    assert {(f.entity, f.measure) for f in found} == {("河堤加固工程", "指标值")}
    assert all(f.printed in f.quote for f in found)


def test_what_was_done_is_no_goal() -> None:
    rows = [
        ["项目名称", "河堤加固工程", ""],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["", "加固河堤30公里，受益人口5万人", "已加固河堤28公里，受益人口4万人"],
    ]
    form = replace(table(rows, [()] * 3), form=True)
    found = goal_facts((form,), profile(year=2024, stage="决算"))
    assert {f.value for f in found if f.measure == "指标值"} == {Decimal(30), Decimal(5)}
    assert {f.value for f in found if f.measure == "实际值"} == {Decimal(28), Decimal(4)}
    assert {f.entity for f in found} == {"河堤加固工程"}


def test_what_was_planned_for_is_not_what_was_done() -> None:
    rows = [
        ["任务名称", "主要内容", "实际完成情况"],
        ["企业家培训", "围绕管理创新开展培训。", "全年谋划企业家培训活动6期，共完成2期，解决企业问题1710个。"],
    ]
    form = replace(table(rows, [()] * 3), form=True)
    found = goal_facts((form,), profile(year=2024, stage="决算"))
    assert [(f.label, f.value, f.path) for f in found] == [
        ("企业家培训活动", Decimal(2), ("企业家培训",)),
        ("解决企业问题", Decimal(1710), ("企业家培训",)),
    ]


def test_a_score_of_the_whole_office_is_named_so() -> None:
    text = "组织对2023年度部门整体支出开展绩效自评，自评得分93.4分；其中河堤加固项目自评得分90分。"
    first, second = (f for f in text_facts((paragraph(text),), (), profile(year=2023)) if f.measure == "得分")
    assert (first.label, first.value) == ("部门整体支出", Decimal("93.4"))
    assert "河堤加固" in second.label
