"""The three of 三公经费: every measure that is asked for of each, and no one of them for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局2022年度部门决算.html"
PAGE = """<h1>青山市水利局2022年度部门决算</h1><p>公开08表</p><p>财政拨款“三公”经费支出决算表</p><p>单位：万元</p>
<table border='1'>
<tr><td colspan='6'>预算数</td><td colspan='6'>决算数</td></tr>
<tr><td>合计</td><td>因公出国（境）费</td><td colspan='3'>公务用车购置及运行维护费</td><td>公务接待费</td>
<td>合计</td><td>因公出国（境）费</td><td colspan='3'>公务用车购置及运行维护费</td><td>公务接待费</td></tr>
<tr><td></td><td></td><td>小计</td><td>公务用车购置费</td><td>公务用车运行维护费</td><td></td>
<td></td><td></td><td>小计</td><td>公务用车购置费</td><td>公务用车运行维护费</td><td></td></tr>
<tr><td>20.00</td><td></td><td>16.00</td><td></td><td>16.00</td><td>4.00</td>
<td>17.50</td><td></td><td>15.00</td><td></td><td>15.00</td><td>2.50</td></tr>
</table>"""


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水利局2022年三公经费三项的预算和决算", "16.00 15.00 4.00 2.50"),
        ("水利局2022年三公经费各项的预算数和决算数分别多少", "16.00 15.00 16.00 15.00 4.00 2.50"),
        ("水利局2022年三公经费的预算数和决算数", "20.00 17.50"),
    ],
)
def test_both_measures_of_each_item(question: str, figures: str, tmp_path: Path) -> None:
    tools: Tools = tools_of(tmp_path, PAGE, NAME)
    answer = ask(Question(question), tools)
    assert [value.value for value in answer.values] == figures.split(), answer.text
