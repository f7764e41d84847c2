"""Two questions in one sentence, amounts for each of something, reasons and uses: each answered with its own."""

from __future__ import annotations

import pytest

from qa.compound import split_question
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

TEXT = """青山县农业局2023年度部门决算
一、三公经费情况说明
2023年度“三公”经费支出预算为41.50万元，支出决算为35.58万元，决算数小于预算数的主要原因是严格落实过紧日子要求。
公务接待费支出5.24万元，与上年相比减少0.41万元，下降7.26%，主要原因是来访批次减少。接待58批次，436人次。
服务采购授予中小企业合同金额占服务支出金额的91.33%。公务用车运行维护费支出8.00万元。主要用于农业执法、农技下乡车辆的燃料费、维修费。
二、会议费和培训费
本部门开支会议费12.00万元，用于召开春耕现场会等8次会议，人数共计800人；开支培训费18.00万元，用于开展高素质农民等6期培训，人数900人。
三、公用经费
公用经费164.30万元，主要包括：办公费、印刷费、公务接待费、公务用车运行维护费。
四、人员
年末在职人员82人。机关运行经费支出164.00万元。
下属学校包括高完中4所、小学7所。项目支出预算增加60.00万元，主要原因是工程增多。
五、绩效
整体支出绩效自评得分93.6分，评价等次为“优”。
组织对7个项目开展绩效自评，涉及资金731.50万元。发现的主要问题：线上推广渠道单一。下一步改进措施：拓展新媒体渠道。
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("parts"), TEXT, "青山县农业局_2023年度部门决算.txt")


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("县农业局2023年会议费多少，培训费多少", ["12.00", "18.00"]),
        ("县农业局2023年公务接待费减少多少，下降多少", ["0.41", "7.26"]),
    ],
)
def test_each_question_has_its_figure(tools: Tools, question: str, values: list[str]) -> None:
    answer = ask(Question(question), tools)
    assert [v for v in (value.value for value in answer.values) if v in values][: len(values)] == values, answer.text


def test_what_is_not_answered_of_two_questions_is_said(tools: Tools) -> None:
    answer = ask(Question("县农业局2023年会议费多少，植树多少次"), tools)
    assert answer.values[0].value == "12.00" and "没有回答" in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("县农业局2023年平均每次会议花多少万元", "1.50"),
        ("县农业局2023年培训费平均每人多少元", "200.00"),
        ("县农业局2023年平均每期培训费多少万元", "3.00"),
        ("县农业局2023年平均每个在职人员的机关运行经费多少万元", "2.00"),
    ],
)
def test_a_cost_is_shared_by_those_it_was_spent_on(tools: Tools, question: str, value: str) -> None:
    answer = ask(Question(question), tools)
    assert answer.values and float(answer.values[0].value) == float(value), answer.text


def test_guests_share_the_cost_of_their_reception_only(tools: Tools) -> None:
    answer = ask(Question("县农业局2023年平均每人次会议费多少元"), tools)
    assert all(float(value.value) != round(120000 / 436, 2) for value in answer.values), answer.text


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("县农业局2023年公务接待费为什么减少", "来访批次减少", "过紧日子"),
        ("县农业局2023年公务用车运行维护费主要用于哪些", "农业执法", "印刷费"),
        ("县农业局2023年绩效自评下一步改进措施是什么", "新媒体", ""),
    ],
)
def test_told_of_the_thing_asked_about(tools: Tools, question: str, said: str, unsaid: str) -> None:
    text = ask(Question(question), tools).text
    assert said in text and (not unsaid or unsaid not in text), text


@pytest.mark.parametrize(
    ("history", "question", "value"),
    [
        ((), "县农业局2023年公务接待多少批次多少人次", "58"),
        ((), "县农业局小学几所", "7"),
        ((), "县农业局服务采购里中小企业占比", "91.33"),
        ((), "县农业局服务采购授予中小企业的比例", "91.33"),
        (("县农业局2023年机关运行经费",), "人均多少万元（按82人）", "2.00"),
    ],
)
def test_asked_in_few_words(tools: Tools, history: tuple[str, ...], question: str, value: str) -> None:
    answer = ask(Question(question, history=history), tools)
    assert answer.values and float(answer.values[0].value) == float(value), answer.text


def test_the_grade_of_the_whole(tools: Tools) -> None:
    assert "优" in ask(Question("县农业局2023年自评等次"), tools).text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("县农业局会议费多少？其中公务占多少？", 2),
        ("县农业局会议费多少，培训多少人", 2),
        ("县农业局2022年决算多少，2023年预算多少", 1),
        ("县农业局，会议费多少", 1),
        ("县农业局，会议费多少，比上年减少多少", 2),
        ("按82人算，人均多少", 1),
    ],
)
def test_where_questions_part(text: str, parts: int) -> None:
    assert len(split_question(text)) == parts


@pytest.mark.parametrize("question", ["县农业局2023年培训了多少教师", "县农业局2023年有多少烈士"])
def test_people_are_no_money(tools: Tools, question: str) -> None:
    answer = ask(Question(question), tools)
    assert not any(value.unit.endswith("元") for value in answer.values), answer.text
