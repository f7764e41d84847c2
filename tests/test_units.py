"""Units of one department: two that are named are both answered of, and words that several bear name none of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.model import Answer, Question
from qa.organisations import same_unit
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of
from tests.units_disclosed import NAME, PROSE, UNITS, table

SPENDING = table(
    "公开03表",
    "部门支出总表",
    (
        "科目编码|科目名称|合计|基本支出|项目支出",
        "|合计|1000.00|600.00|400.00",
        "210|卫生健康支出|1000.00|600.00|400.00",
        "21001|卫生健康管理事务|260.00|260.00|",
        "2100101|行政运行|260.00|260.00|",
        "21002|公立医院|550.00|250.00|300.00",
        "2100201|综合医院|400.00|180.00|220.00",
        "2100202|中医（民族）医院|150.00|70.00|80.00",
        "21003|基层医疗卫生机构|190.00|90.00|100.00",
        "2100302|乡镇卫生院|190.00|90.00|100.00",
    ),
)
PROJECTS = table(
    "公开08表",
    "部门项目支出表",
    (
        "单位名称|项目名称|合计|一般公共预算|单位资金",
        "合计||360.00|120.00|240.00",
        "东湖区人民医院||300.00|80.00|220.00",
        "东湖区人民医院|医院门诊楼改造|220.00|80.00|140.00",
        "东湖区人民医院|人民医疗设备购置|80.00||80.00",
        "东湖区中医院||60.00|40.00|20.00",
        "东湖区中医院|中医药传承|60.00|40.00|20.00",
    ),
)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    yield tools_of(
        tmp_path_factory.mktemp("units"), f"<html><body>{PROSE}{UNITS}{SPENDING}{PROJECTS}</body></html>", NAME
    )


def _asked(question: str, tools: Tools) -> Answer:
    return ask(Question(question), tools)


@pytest.mark.parametrize(
    ("question", "figure", "formula"),
    [
        ("人民医院和中医院2024年预算一共多少", "550.00", "400.00＋150.00"),
        ("东湖区卫健局2024年人民医院、中医院和石桥镇卫生院预算合计", "640.00", "400.00＋150.00＋90.00"),
        ("东湖区卫健局2024年人民医院和中医院单位资金一共多少", "280.00", "220.00＋60.00"),
        ("东湖区卫健局2024年人民医院比中医院预算多多少", "250.00", "400.00－150.00"),
        ("东湖区卫健局2024年人民医院单位资金比中医院多多少", "160.00", "220.00－60.00"),
        ("东湖区卫健局2024年石桥卫生院比新店卫生院多多少", "30.00", "90.00－60.00"),
        ("东湖区卫健局2024年人民医院是中医院预算的几倍", "2.67", "400.00÷150.00"),
        ("东湖区卫健局2024年人民医院预算占全部门的比重", "40.00", "400.00÷1000.00×100%"),
    ],
)
def test_figures_of_several_units_are_calculated(tools: Tools, question: str, figure: str, formula: str) -> None:
    answer = _asked(question, tools)
    assert [(v.value, v.formula, v.verification) for v in answer.values] == [(figure, formula, "computed")], answer.text


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("东湖区卫健局2024年人民医院和中医院预算分别多少", ["400.00", "150.00"]),
        ("东湖区卫健局2024年中医院和人民医院谁的预算多", ["400.00", "150.00"]),
        ("青山市东湖区人民医院2024年预算总计多少", ["400.00"]),
        ("东湖区人民医院2024年预算多少", ["400.00"]),
        ("人民医院2024年项目支出多少", ["300.00"]),
        ("东湖区卫健局2024年乡镇卫生院项目支出", ["100.00"]),  # an account, no unit
    ],
)
def test_each_unit_has_its_own_figure(tools: Tools, question: str, figures: list[str]) -> None:
    answer = _asked(question, tools)
    assert answer.status == "answered" and [v.value for v in answer.values] == figures, answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("东湖区卫健局2024年人民医院是不是预算最高的单位", "yes"),
        ("东湖区卫健局2024年中医院的预算是不是最高", "no"),
        ("东湖区卫健局2024年人民医院预算比中医院多吗", "yes"),
    ],
)
def test_whether_a_unit_has_the_most(tools: Tools, question: str, verdict: str) -> None:
    answer = _asked(question, tools)
    assert answer.verdict == verdict, answer.text


@pytest.mark.parametrize("question", ["中心卫生院2024年预算多少", "东湖区卫健局2024年卫生院的单位资金"])
def test_words_that_two_units_bear_are_asked_back(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert answer.status == "clarify" and not answer.values, answer.text
    assert "石桥镇中心卫生院" in answer.text and "新店镇中心卫生院" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "人民医院和中医院2024年三公经费一共多少",  # of neither
        "东湖区卫健局2024年人民医院和石桥镇卫生院项目支出一共多少",  # of the first alone
        "青山市南湖区人民医院2024年预算总计多少",  # of another district
        "东湖区卫健局和人民医院2024年预算各多少",  # of the department too
        "人民医院2023年和2024年预算一共多少",  # of one year alone
    ],
)
def test_no_unit_is_left_out(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert not answer.values, answer.text


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("东湖区卫健局2024年各单位预算合计多少", ["300.00", "400.00", "150.00", "90.00", "60.00"]),
        ("东湖区卫健局2024年有单位资金的单位及金额", ["220.00", "60.00", "15.00", "5.00"]),
        ("东湖区卫健局2024年单位按预算从高到低排名", ["400.00", "300.00", "150.00", "90.00", "60.00"]),
        ("东湖区卫健局2024年哪个单位预算最多", ["400.00"]),
        ("东湖区卫健局2024年两个乡镇卫生院预算合计多少", ["150.00"]),  # of the units, no account
        ("东湖区卫健局2024年本级和人民医院预算一共多少", ["700.00"]),
        ("东湖区卫健局2024年本级预算多少", ["300.00"]),
    ],
)
def test_rows_of_units(tools: Tools, question: str, figures: list[str]) -> None:
    answer = _asked(question, tools)
    assert answer.status == "answered" and [v.value for v in answer.values] == figures, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "东湖区卫健局2024年三个乡镇卫生院预算合计多少",  # there are two
        "东湖区卫健局2024年有政府性基金的单位及金额",
        "东湖区卫健局2024年人民医院单位资金占总预算的比重",  # of other money than its own total
    ],
)
def test_rows_that_are_not_there_are_refused(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert not answer.values, answer.text


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("东湖区卫健局2024年人民医院预算多少", "中医院呢"), "150.00"),
        (("东湖区卫健局2024年人民医院预算多少", "中医院呢", "两个加起来"), "550.00"),
        (("东湖区卫健局2024年人民医院预算多少", "占全部门多少"), "40.00"),
        (("人民医院2024年预算多少", "本级呢"), "300.00"),
    ],
)
def test_units_in_a_conversation(tools: Tools, turns: tuple[str, ...], figure: str) -> None:
    answer = ask(Question(turns[-1], turns[:-1]), tools)
    assert [value.value for value in answer.values] == [figure], answer.text


def test_a_unit_said_to_be_under_its_office_is_the_unit(tools: Tools) -> None:
    answer = _asked("东湖区卫健局下属人民医院2024年安排了多少预算", tools)
    assert [value.value for value in answer.values] == ["400.00"], answer.text


def test_an_office_in_another_city_is_one_under_both_names() -> None:
    assert same_unit("青山市人民政府驻省城办事处", "青山市民政局驻省城办事处")
    assert not same_unit("青山市人民政府驻省城办事处", "青山市人民政府驻京城办事处")
