"""A year at the measure names the column, a year behind the office the document; the year before prints its totals too."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.periods import find_periods
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山县林业局2024年部门预算.html"
PAGE = """<h1>青山县林业局2024年部门预算</h1>
<p>公开表3</p><p>2024年部门支出总体情况表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>160.00</td><td>60.00</td><td>100.00</td></tr>
<tr><td>213</td><td>农林水支出</td><td>160.00</td><td>60.00</td><td>100.00</td></tr>
<tr><td>21302</td><td>林业和草原</td><td>160.00</td><td>60.00</td><td>100.00</td></tr>
<tr><td>2130201</td><td>行政运行</td><td>60.00</td><td>60.00</td><td></td></tr>
<tr><td>2130212</td><td>湿地保护</td><td>100.00</td><td></td><td>100.00</td></tr>
</table>
<p>公开表5</p><p>2024年一般公共预算支出表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>2023年预算数</td><td>2024年预算数</td></tr>
<tr><td></td><td>合计</td><td>132.50</td><td>140.00</td></tr>
<tr><td>208</td><td>社会保障和就业支出</td><td>8.50</td><td>0.00</td></tr>
<tr><td>213</td><td>农林水支出</td><td>124.00</td><td>140.00</td></tr>
<tr><td>2130201</td><td>行政运行</td><td>54.00</td><td>50.00</td></tr>
<tr><td>2130212</td><td>湿地保护</td><td>70.00</td><td>90.00</td></tr>
</table>"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    folder: Path = tmp_path_factory.mktemp("columns")
    return tools_of(folder, PAGE, NAME)


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("青山县林业局2024年湿地保护的2023年预算数是多少",), "70.00"),
        (("青山县林业局2023年湿地保护预算数是多少",), "70.00"),
        (("青山县林业局2024年湿地保护的2023年预算数是多少", "行政运行呢"), "54.00"),
        (("青山县林业局2024年湿地保护预算", "2023年预算数呢"), "70.00"),
        (("青山县林业局2024年一般公共预算湿地保护的2023年预算数", "2024年呢"), "90.00"),
        (("青山县林业局2023年一般公共预算支出预算是多少",), "132.50"),
        (("青山县林业局2024年一般公共预算支出的2023年预算数",), "132.50"),
    ],
)
def test_the_column_is_of_the_year_that_stands_at_the_measure(
    tools: Tools, turns: tuple[str, ...], figure: str
) -> None:
    answer = ask(Question(turns[-1], history=turns[:-1]), tools)
    assert [value.value for value in answer.values] == [figure], answer.text


def test_one_fund_of_the_year_before_is_not_all_of_its_budget(tools: Tools) -> None:
    assert not ask(Question("青山县林业局2023年预算是多少"), tools).values


@pytest.mark.parametrize(
    ("text", "years", "column"),
    [
        ("2024年湿地保护的2023年预算数", (2024,), 2023),
        ("2024年湿地保护的2023年预算是多少", (2024,), 2023),
        ("2024年预算比2023年预算数多多少", (2024,), 0),
        ("2024年预算数和2023年预算数", (2024, 2023), 0),
        ("2023年预算数", (2023,), 0),
    ],
)
def test_years_set_against_each_other_are_both_of_documents(text: str, years: tuple[int, ...], column: int) -> None:
    periods = find_periods(text)
    assert (periods.years, periods.column) == (years, column)
