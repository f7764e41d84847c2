"""A head over several columns is all of them: no list takes one of them for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局2024年部门预算.html"
PAGE = """<h1>青山市水利局2024年部门预算</h1>
<p>纳入青山市水利局2024年部门预算编制范围的单位包括：1.青山市水利局机关。2.青山市水文监测站。</p>
<p>预算03表</p><p>2024年部门支出总体情况表</p><p>单位：万元</p><table border='1'>
<tr><td rowspan='2'>单位名称</td><td rowspan='2'>合计</td><td colspan='2'>公用经费</td><td rowspan='2'>项目支出</td></tr>
<tr><td>商品和服务支出</td><td>资本性支出</td></tr>
<tr><td>合计</td><td>310.00</td><td>60.00</td><td>70.00</td><td>180.00</td></tr>
<tr><td>青山市水利局机关</td><td>200.00</td><td>50.00</td><td>10.00</td><td>140.00</td></tr>
<tr><td>青山市水文监测站</td><td>110.00</td><td>10.00</td><td>60.00</td><td>40.00</td></tr>
</table>"""


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水利局2024年各单位商品和服务支出分别多少", ["50.00", "10.00"]),
        ("水利局2024年公用经费最多的单位", []),
        ("水利局2024年各单位公用经费分别多少", []),
    ],
)
def test_a_column_is_listed_under_its_own_name(question: str, figures: list[str], tmp_path: Path) -> None:
    tools: Tools = tools_of(tmp_path, PAGE, NAME)
    answer = ask(Question(question), tools)
    assert [value.value for value in answer.values] == figures, answer.text
