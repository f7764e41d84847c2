"""A budget held against what was spent the year before: each figure from its own document."""

from __future__ import annotations

import pytest

from index.ingest import ingest_file
from index.stores import Index
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

BUDGET = """<h1>青山县水利局2024年部门预算</h1>
<p>公务接待费2.20万元，比上年减少0.30万元，下降12.00%。</p>
<table><caption>财政拨款“三公”经费支出预算表 预算07表 单位：万元</caption>
<tr><th>项目</th><th>2023年预算数</th><th>2024年预算数</th></tr>
<tr><td>公务接待费</td><td>2.50</td><td>2.20</td></tr><tr><td>公务用车运行维护费</td><td>9.00</td><td>8.00</td></tr></table>"""
OUTTURN = """<h1>青山县水利局2023年度部门决算</h1>
<table><caption>财政拨款“三公”经费支出决算表 公开09表 单位：万元</caption>
<tr><th>项目</th><th>预算数</th><th>决算数</th></tr>
<tr><td>公务接待费</td><td>2.50</td><td>0.92</td></tr><tr><td>公务用车运行维护费</td><td>9.00</td><td>8.50</td></tr></table>"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    folder = tmp_path_factory.mktemp("two")
    tools = tools_of(folder, BUDGET, "青山县水利局2024年部门预算.html")
    outturn = folder / "青山县水利局2023年度部门决算.html"
    outturn.write_text(OUTTURN, encoding="utf-8")
    assert isinstance(tools.finder.index, Index)
    assert ingest_file(outturn, tools.finder.index, None).status == "added"
    return tools


def test_the_growth_of_a_budget_over_an_outturn_is_not_that_over_a_budget(tools: Tools) -> None:
    answer = ask(Question("县水利局2024年公务接待费预算比2023年决算增长百分之几"), tools)
    assert (answer.values[0].value, answer.values[0].verification) == ("139.13", "computed")
    printed = ask(Question("县水利局2024年公务接待费预算比上年下降百分之几"), tools)
    assert printed.values[0].value == "12.00"


def test_a_verdict_on_an_outturn_is_not_given_from_a_budget(tools: Tools) -> None:
    lower = ask(Question("县水利局2024年公务接待费预算比2023年决算低吗"), tools)
    assert lower.verdict == "no" and "0.92" in lower.text
    assert ask(Question("县水利局2024年公务接待费预算比2023年预算低吗"), tools).verdict == "yes"


def test_a_change_printed_against_the_budget_is_none_against_the_outturn(tools: Tools) -> None:
    """The budget's own words tell of a fall; what was spent the year before was less than half."""
    rate = ask(Question("县水利局2024年公务接待费预算比2023年决算增加的比例"), tools)
    assert [value.value for value in rate.values] == ["139.13"], rate.text
    either = ask(Question("县水利局2024年公务接待费预算比2023年决算多还是少"), tools)
    assert "增加" in either.text and "1.28" in either.text, either.text


def test_a_year_that_is_compared_with_is_the_one_before_the_document(tools: Tools) -> None:
    """比2023年 is told of in the document of 2024, though the office has published one of 2023 as well."""
    less = ask(Question("县水利局公务接待费比2023年减少多少"), tools)
    assert less.values[0].value == "0.30" and "2024年" in less.text, less.text


def test_a_budget_asked_for_without_a_year_is_that_of_the_budget(tools: Tools) -> None:
    planned = ask(Question("县水利局公务用车运行维护费预算是多少"), tools)
    assert [value.value for value in planned.values] == ["8.00"], planned.text
