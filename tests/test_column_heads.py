"""A header over several columns that has no total: asked for, it is what they come to."""

from __future__ import annotations

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局2024年部门预算.html"
PAGE = """<h1>青山市水利局2024年部门预算</h1>
<p>预算03表</p><p>2024年部门支出总体情况表</p><p>单位：万元</p>
<table border='1'>
<tr><td rowspan='2'>科目编码</td><td rowspan='2'>科目名称</td><td rowspan='2'>合计</td><td colspan='2'>人员经费</td><td colspan='3'>公用经费</td></tr>
<tr><td>工资福利支出</td><td>对个人和家庭的补助</td><td>小计</td><td>商品和服务支出</td><td>资本性支出</td></tr>
<tr><td></td><td>合计</td><td>310.00</td><td>200.00</td><td>30.00</td><td>80.00</td><td>70.00</td><td>10.00</td></tr>
<tr><td>2080505</td><td>机关事业单位基本养老保险缴费支出</td><td>40.00</td><td>40.00</td><td></td><td></td><td></td><td></td></tr>
<tr><td>2080506</td><td>机关事业单位职业年金缴费支出</td><td>20.00</td><td>20.00</td><td></td><td></td><td></td><td></td></tr>
<tr><td>2130301</td><td>行政运行</td><td>250.00</td><td>140.00</td><td>30.00</td><td>80.00</td><td>70.00</td><td>10.00</td></tr>
</table>
<p>预算06表</p><p>2024年一般公共预算基本支出表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr>
<tr><td>301</td><td>工资福利支出</td><td>200.00</td></tr>
<tr><td>30108</td><td>机关事业单位基本养老保险缴费</td><td>43.00</td></tr>
</table>"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("heads"), PAGE, NAME)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("水利局2024年行政运行的人员经费", ("170.00", "computed")),
        ("水利局2024年行政运行的公用经费", ("80.00", "table")),  # this header has its total
        ("水利局2024年行政运行的工资福利支出", ("140.00", "table")),
        ("水利局2024年基本养老保险和职业年金合计", ("60.00", "computed")),  # of one classification
    ],
)
def test_a_header_is_what_its_columns_come_to(question: str, figure: tuple[str, str], tools: Tools) -> None:
    answer = ask(Question(question), tools)
    assert [(v.value, v.verification) for v in answer.values] == [figure], answer.text


def test_the_name_of_a_table_is_nothing_to_be_added(tools: Tools) -> None:
    answer = ask(Question("水利局2024年部门支出总体情况表里资本性支出合计"), tools)
    assert [v.value for v in answer.values] in ([], ["10.00"]), answer.text
