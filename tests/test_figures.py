"""Figures that answer: what was asked for, of the item and the year that were asked for, or nothing."""

from __future__ import annotations

import pytest

from qa.compound import split_question
from qa.model import Answer, Question
from qa.organisations import find_offices, same_unit
from qa.pipeline import Tools, ask
from tests.test_questions import CATALOGUE


def asked(tools: Tools, text: str, *history: str) -> Answer:
    return ask(Question(text, history), tools)


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("市委办2022年末还结转了多少钱", "27.57", "万元"),  # the start and the end of a year are two balances
        ("市委办年初结转多少", "26.74", "万元"),
        ("市委办公车运行费里有多少不是从基本支出列的", "22.26", "万元"),
        ("市委办政府采购里没给中小企业的合同金额", "148.33", "万元"),
        ("济源党工委办三公里头公车费用占几成", "86.27", "%"),
        ("驻郑州办事处工会经费安排多少", "0.54", "万元"),  # a unit inside the document
        ("政府办2022年三公经费预算是多少（按说明倒推）", "405.35", "万元"),
        ("市委办2022年会议费和培训费谁多", "0.61", "万元"),
        ("电子政务中心2022年年初预算和决算差多少", "23.16", "万元"),
        ("电子政务中心2022年总共花了多少亿", "0.064121", "亿元"),
        ("济源党工委办2023年公用经费里办公费多少", "20.60", "万元"),  # 里办 is no office
        ("市委办2022年公务用车有多少辆", "16", "辆"),
    ],
)
def test_lead_figures(tools: Tools, question: str, value: str, unit: str) -> None:
    answer = asked(tools, question)
    assert answer.status == "answered", answer.text
    assert (answer.values[0].value, answer.values[0].unit) == (value, unit), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "市委办有多少个事业编制",  # 行政编制 is another count
        "政府办2022年公务接待费决算",  # the change is against last year's budget
        "工信局有多少退休人员",  # 退休费 is money
        "政府办2023年项目支出最多的单位",
    ],
)
def test_another_figure_is_no_answer(tools: Tools, question: str) -> None:
    answer = asked(tools, question)
    assert answer.status == "refused" and not answer.values, answer.text


def test_a_list_of_another_year_is_refused_with_what_there_is(tools: Tools) -> None:
    answer = asked(tools, "政府办2021年项目支出前五大")
    assert (answer.status, answer.reason) == ("refused", "not_indexed")
    assert "2023年" in answer.text and "工业和信息化局" not in answer.text


def test_a_closed_set_keeps_its_zeros(tools: Tools) -> None:
    answer = asked(tools, "市委办政府采购货物、工程、服务各多少")
    assert "0.00" in [v.value for v in answer.values], answer.text


def test_a_premise_of_direction_is_corrected(tools: Tools) -> None:
    answer = asked(tools, "政府办2023年三公预算比上年涨了多少")
    assert "不是增加，而是减少" in answer.text and answer.values[0].value == "12.5"


@pytest.mark.parametrize(("stated", "verdict"), [("17.22万", "yes"), ("20万", "no")])
def test_a_stated_amount_decides(tools: Tools, stated: str, verdict: str) -> None:
    assert asked(tools, f"工信局三公经费是不是{stated}").verdict == verdict


def test_two_questions_in_one_sentence_share_one_list_of_sources(tools: Tools) -> None:
    answer = asked(tools, "市委办2022年三公花了多少，占预算的百分之几")
    assert [v.unit for v in answer.values[:2]] == ["万元", "%"]
    used = {n for v in answer.values for n in v.citations}
    assert used <= {c.id for c in answer.citations}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("三公预算是多少，比去年多还是少", 2),
        ("机关运行经费多少，为什么增加", 2),
        ("办公费、印刷费各多少", 1),
        ("2024年决算多少，2025年预算多少", 1),
    ],
)
def test_where_a_sentence_parts(text: str, parts: int) -> None:
    assert len(split_question(text)) == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("市接待办公室", "青山市接待办公室", True),
        ("青山市人民政府办公室驻省城办事处", "青山市驻省城办事处", True),
        ("青山市接待办公室", "青山市档案局", False),
    ],
)
def test_one_unit_by_two_names(one: str, other: str, same: bool) -> None:
    assert same_unit(one, other) is same


def test_the_same_office_of_another_district_is_unknown() -> None:
    found = find_offices("东城区档案局2022年决算", CATALOGUE)
    assert not found.mentions or found.unknown


def test_answers_do_not_change_between_two_askings(tools: Tools) -> None:
    for text in ("市委办2022年公务接待费", "三家决算单位机关运行经费排名", "工信局完成率超过100%的有哪些支出"):
        first, second = asked(tools, text), asked(tools, text)
        assert (first.text, first.values, first.citations) == (second.text, second.values, second.citations)


@pytest.mark.parametrize(
    "question",
    [
        "政府办2023年医疗费预算",  # an account that the document does not list; 卫生健康支出 is another
        "济源党工委办2023年电费",  # nor is 邮电费
        "市委办2022年1月办公费",  # a part of the year
        "市委办2022年前三季度培训费多少",
    ],
)
def test_what_a_disclosure_does_not_print_is_refused(tools: Tools, question: str) -> None:
    answer = asked(tools, question)
    assert answer.status == "refused" and not answer.values, answer.text


@pytest.mark.parametrize("office", ["郑州市委办", "焦作市纪委办公室", "工信局监督检查所", "人大办"])
def test_another_office_is_not_ours(tools: Tools, office: str) -> None:
    answer = asked(tools, f"{office}2022年三公经费多少")
    assert (answer.status, answer.reason) == ("refused", "not_indexed"), answer.text


def test_sums_in_words(tools: Tools) -> None:
    for text in (
        "市委办2022年离休费加退休费",
        "市委办2022年离休费与退休费总和",
        "市委办2022年离休费、退休费加起来多少",
    ):
        assert asked(tools, text).values[0].value == "249.29", text


def test_a_follow_up_asks_for_another_count(tools: Tools) -> None:
    assert asked(tools, "人次是多少", "市委办2022年国内接待批次").values[0].value == "76"
