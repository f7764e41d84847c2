"""Last year's figures that this year's document prints in a column of their own."""

from __future__ import annotations

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

TEXT = """青山县水利局2023年部门预算公开
2023年“三公”经费预算情况表
单位：万元
项目\t2022年预算数\t2023年预算数\t增减额
合计\t23.70\t24.10\t0.40
因公出国（境）费\t0\t0\t0
公务接待费\t11.40\t9.80\t-1.60
公务用车购置及运行费\t12.30\t14.30\t2.00
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("prior"), TEXT, "青山县水利局_2023年部门预算.txt")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青山县水利局2022年三公经费预算合计是多少", "23.70"),
        ("县水利局2022年公务接待费预算", "11.40"),
        ("县水利局2023年公务接待费预算", "9.80"),
    ],
)
def test_the_column_of_the_year_asked_for(tools: Tools, question: str, value: str) -> None:
    answer = ask(Question(question), tools)
    assert answer.values and answer.values[0].value == value, answer.text
    assert answer.values[0].verification == "table" and "上年为" not in answer.text


def test_a_budget_is_no_outturn(tools: Tools) -> None:
    """The column holds what was planned for 2022; what was spent then stands nowhere."""
    assert ask(Question("县水利局2022年公务接待费决算是多少"), tools).status == "refused"


def test_rows_that_nothing_tells_apart_answer_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the reader made of the periods of these rows: of two figures for one name neither is given as checked."""
    text = "青山县水利局2023年部门预算公开\n经费情况表\n单位：万元\n项目\t金额\n馆舍维护费\t23.70\n馆舍维护费\t11.40\n"
    tools = tools_of(tmp_path_factory.mktemp("twins"), text, "青山县水利局_2023年部门预算.txt")
    answer = ask(Question("县水利局2023年馆舍维护费预算是多少"), tools)
    assert answer.status != "answered" and not answer.values, answer.text


OUTTURN = """青山县水利局2022年度部门决算
第三部分 决算情况说明
一、收入支出决算总体情况说明
2022年度收、支总计7063.35万元，与上年相比，收、支总计各减少173.13万元，下降2.39%。其中其他收入12.50万元，比上年增加2.50万元。
二、三公经费情况说明
2022年度“三公”经费支出预算为41.50万元，支出决算为35.58万元。与2021年度相比，“三公”经费支出增加15.65万元，增长78.52%。
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [("县水利局2021年三公经费是多少（推算）", "19.93"), ("县水利局2021年收入总计（倒推）", "7236.48")],
)
def test_the_change_is_laid_on_the_outturn_of_the_item(
    tmp_path_factory: pytest.TempPathFactory, question: str, value: str
) -> None:
    """Not on its budget, and not on one kind of income where all of it is asked for."""
    tools = tools_of(tmp_path_factory.mktemp("outturn"), OUTTURN, "青山县水利局_2022年度部门决算.txt")
    answer = ask(Question(question), tools)
    assert answer.values and answer.values[0].value == value, answer.text
    assert answer.values[0].verification == "computed" and "推算" in answer.text


TWO_YEARS = """青山县水利局{year}年部门预算公开
一、人员情况
离退休人员{retired}人。
二、收支情况
2024年一般公共预算支出预算表
单位：万元
科目编码\t科目名称\t2023年预算数\t2024年预算数
2130305\t水利工程建设\t{before}\t{now}
"""


def test_more_or_less_than_last_year_by_the_two_figures(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where no change is printed, this year's figure and last year's in one row decide."""
    text = TWO_YEARS.format(year=2024, retired=167, before="100.00", now="120.00")
    tools = tools_of(tmp_path_factory.mktemp("years"), text, "青山县水利局_2024年部门预算.txt")
    answer = ask(Question("县水利局2024年水利工程建设比上年多吗"), tools)
    assert answer.verdict == "yes" and "120.00" in answer.text and "100.00" in answer.text, answer.text
    assert ask(Question("县水利局2024年水利工程建设比上年减少了吗"), tools).verdict == "no"


YEAR_AFTER = "青山县水利局2024年部门预算说明\n2024年收入总计320.00万元，比上年增加20.00万元，主要原因是项目增加。\n"
YEAR_ASKED = "青山县水利局2023年度部门决算说明\n2023年度收入总计305.00万元，比上年减少5.00万元，主要原因是人员减少。\n"


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    folder = tmp_path_factory.mktemp("years")
    tools_of(folder, YEAR_ASKED, "青山县水利局_2023年度部门决算.txt")
    return tools_of(folder, YEAR_AFTER, "青山县水利局_2024年部门预算.txt")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("推算青山县水利局2023年收入总计", "300.00"),  # from the document of the year after, not of 2022 from its own
        ("倒推青山县水利局2022年收入总计", "310.00"),
    ],
)
def test_the_year_asked_for_is_the_year_worked_out(question: str, value: str, two_years: Tools) -> None:
    answer = ask(Question(question), two_years)
    assert [(v.value, v.verification) for v in answer.values] == [(value, "computed")], answer.text


def test_a_budget_is_held_against_what_was_spent_and_not_against_the_printed_change(two_years: Tools) -> None:
    answer = ask(Question("青山县水利局2024年收入总计预算比2023年决算多还是少"), two_years)
    assert [v.value for v in answer.values] in ([], ["15.00"]), answer.text
