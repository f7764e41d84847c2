"""Whole questions over the sample disclosures: the path that every way in takes."""

from __future__ import annotations

import pytest

from qa.model import Answer, Question
from qa.pipeline import Tools, ask


def lead(answer: Answer) -> tuple[str, str]:
    assert answer.status == "answered", answer.text
    return answer.values[0].value, answer.values[0].unit


def test_a_figure_with_its_cell(tools: Tools) -> None:
    answer = ask(Question("工信局2022年三公经费决算是多少？"), tools)
    assert lead(answer) == ("17.22", "万元")
    citation = answer.citations[0]
    assert citation.page == 23 and citation.bbox is not None and citation.table.startswith("公开09表")


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("市委办奖金占工资福利支出的比重", "41.36", "%"),
        ("工信局2021年收支总计（倒推）", "4336.47", "万元"),
        ("济源党工委办基本工资两部分合计", "425.40", "万元"),
        ("工信局一辆公务车平均运行维护费", "3.49", "万元/辆"),
    ],
)
def test_derived_figures_show_their_arithmetic(tools: Tools, question: str, value: str, unit: str) -> None:
    answer = ask(Question(question), tools)
    assert lead(answer) == (value, unit)
    assert answer.values[0].verification == "computed" and answer.values[0].formula and answer.values[0].operands


def test_money_in_the_unit_asked_for(tools: Tools) -> None:
    assert lead(ask(Question("市政府办2023年支出总计多少元"), tools)) == ("33562800", "元")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("新乡市委办2022年决算", "not_indexed"),
        ("工信局2019年科技奖励支出", "not_indexed"),
        ("工信局有多少行政编制", "not_disclosed"),
        ("帮我写一首诗", "off_topic"),
    ],
)
def test_refusals_carry_no_figure(tools: Tools, question: str, reason: str) -> None:
    answer = ask(Question(question), tools)
    assert (answer.status, answer.reason, answer.values) == ("refused", reason, ())


def test_several_documents_ask_back_with_options(tools: Tools) -> None:
    answer = ask(Question("2023年公务接待费预算"), tools)
    assert answer.status == "clarify" and len(answer.options) == 2 and not answer.values


def test_a_named_document_settles_it(tools: Tools) -> None:
    answer = ask(Question("2023年公务接待费预算", documents=("003",)), tools)
    assert lead(answer) == ("3.50", "万元")


def test_a_follow_up_keeps_what_it_does_not_change(tools: Tools) -> None:
    assert lead(ask(Question("工信局呢？", ("市委办2022年基本支出里培训费多少",)), tools)) == ("0.55", "万元")


def test_the_same_question_gets_the_same_answer(tools: Tools) -> None:
    first, second = (ask(Question("电子政务中心公用经费都花在哪些科目上，金额？"), tools) for _ in range(2))
    assert first.text == second.text and first.values == second.values and first.citations == second.citations


def test_every_stage_is_told(tools: Tools) -> None:
    stages: list[str] = []
    ask(Question("工信局福利费是多少"), tools, stages.append)
    assert stages == ["理解问题", "查找数据", "计算核验", "组织回答"]
