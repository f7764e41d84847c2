"""Cells named by the title of their table, their row and their column."""

from __future__ import annotations

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

TEXT = """<h1>青山县交通运输局2023年度部门决算</h1>
<table><caption>收入支出决算总表 公开01表 单位：万元</caption>
<tr><th>项目</th><th>决算数</th><th>项目</th><th>决算数</th></tr>
<tr><td>一、财政拨款收入</td><td>90.00</td><td>一、交通运输支出</td><td>80.00</td></tr>
<tr><td>本年收入合计</td><td>90.00</td><td>本年支出合计</td><td>80.00</td></tr></table>
<table><caption>支出决算表 公开03表 单位：万元</caption>
<tr><th>科目编码</th><th>科目名称</th><th>本年支出合计</th><th>基本支出</th><th>项目支出</th></tr>
<tr><td></td><td>合计</td><td>80.00</td><td>50.00</td><td>30.00</td></tr>
<tr><td>214</td><td>交通运输支出</td><td>80.00</td><td>50.00</td><td>30.00</td></tr>
<tr><td>21401</td><td>公路水路运输</td><td>80.00</td><td>50.00</td><td>30.00</td></tr>
<tr><td>2140101</td><td>行政运行</td><td>50.00</td><td>45.00</td><td>5.00</td></tr>
<tr><td>2140106</td><td>公路养护</td><td>30.00</td><td>5.00</td><td>25.00</td></tr></table>
<table><caption>一般公共预算财政拨款支出决算表 公开05表 单位：万元</caption>
<tr><th>科目编码</th><th>科目名称</th><th>合计</th><th>基本支出</th><th>项目支出</th></tr>
<tr><td></td><td>合计</td><td>76.00</td><td>49.00</td><td>27.00</td></tr>
<tr><td>214</td><td>交通运输支出</td><td>76.00</td><td>49.00</td><td>27.00</td></tr>
<tr><td>21401</td><td>公路水路运输</td><td>76.00</td><td>49.00</td><td>27.00</td></tr>
<tr><td>2140101</td><td>行政运行</td><td>49.00</td><td>44.00</td><td>5.00</td></tr>
<tr><td>2140106</td><td>公路养护</td><td>27.00</td><td>5.00</td><td>22.00</td></tr></table>
<table><caption>财政拨款收支情况表 公开04表 单位：万元</caption>
<tr><th colspan="2">收入</th><th colspan="4">支出</th></tr>
<tr><th rowspan="2">项目</th><th rowspan="2">金额</th><th rowspan="2">项目</th><th rowspan="2">合计</th><th colspan="2">一般公共预算</th></tr>
<tr><th>小计</th><th>其中：财政拨款</th></tr>
<tr><td>一、本年收入</td><td>80.00</td><td>一、本年支出</td><td>80.00</td><td>76.00</td><td>71.00</td></tr>
<tr><td>（一）一般公共预算拨款</td><td>76.00</td><td>（一）交通运输支出</td><td>80.00</td><td>76.00</td><td>71.00</td></tr>
<tr><td>其中：财政拨款</td><td>71.00</td><td>（二）其他支出</td><td></td><td></td><td></td></tr>
<tr><td>二、上年结转</td><td></td><td></td><td></td><td></td><td></td></tr>
<tr><td>（一）一般公共预算拨款</td><td></td><td></td><td></td><td></td><td></td></tr></table>
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("named"), TEXT, "青山县交通运输局2023年度部门决算.html")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("县交通运输局2023年支出决算表里，行政运行的本年支出合计是多少", "50.00"),
        ("县交通运输局2023年支出决算表里，行政运行的项目支出是多少", "5.00"),
        ("县交通运输局2023年《支出决算表》中公路养护的项目支出", "25.00"),
        ("一般公共预算财政拨款支出决算表里，县交通运输局2023年公路养护的合计多少", "27.00"),
        ("一般公共预算财政拨款支出决算表里，县交通运输局2023年公路养护多少钱", "27.00"),
        ("县交通运输局2023年财政拨款收支情况表里，一般公共预算拨款多少", "76.00"),
        ("县交通运输局2023年财政拨款收支情况表里，交通运输支出的一般公共预算是多少", "76.00"),
    ],
)
def test_a_cell_is_found_by_its_table_row_and_column(tools: Tools, question: str, value: str) -> None:
    answer = ask(Question(question), tools)
    assert [v.value for v in answer.values] == [value], answer.text
    assert answer.values[0].verification in {"table", "both"}


@pytest.mark.parametrize(
    "question",
    [
        "县交通运输局2023年收入支出决算总表里，公路养护的项目支出是多少",
        "县交通运输局2023年支出决算表里，公路建设的合计是多少",
    ],
)
def test_what_the_named_table_does_not_print_is_not_taken_from_another(tools: Tools, question: str) -> None:
    answer = ask(Question(question), tools)
    assert answer.status != "answered" and not answer.values, answer.text


def test_names_that_end_in_a_total_are_not_added_up(tools: Tools) -> None:
    answer = ask(Question("县交通运输局2023年本年收入合计和本年支出合计"), tools)
    assert [v.value for v in answer.values] == ["90.00", "80.00"], answer.text
