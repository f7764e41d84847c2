"""An account that a table prints under each unit: all of them together, one where it is named, none where they do not add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局2024年部门预算.html"
PAGE = """<h1>青山市水利局2024年部门预算</h1>
<p>纳入青山市水利局2024年部门预算编制范围的单位包括：1.青山市水利局机关。2.青山市水文监测站。</p>
<p>预算03表</p><p>2024年部门支出总体情况表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>单位（科目名称）</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>{total}</td><td>190.00</td><td>120.00</td></tr>
<tr><td></td><td>青山市水利局</td><td>{total}</td><td>190.00</td><td>120.00</td></tr>
<tr><td></td><td>青山市水利局机关</td><td>200.00</td><td>120.00</td><td>80.00</td></tr>
<tr><td>2080505</td><td>机关事业单位基本养老保险缴费支出</td><td>30.00</td><td>30.00</td><td></td></tr>
<tr><td>2130301</td><td>行政运行</td><td>170.00</td><td>90.00</td><td>80.00</td></tr>
<tr><td></td><td>青山市水文监测站</td><td>110.00</td><td>70.00</td><td>40.00</td></tr>
<tr><td>2080505</td><td>机关事业单位基本养老保险缴费支出</td><td>12.50</td><td>12.50</td><td></td></tr>
<tr><td>2130313</td><td>水文测报</td><td>97.50</td><td>57.50</td><td>40.00</td></tr>
</table>"""


def told(question: str, folder: Path, total: str = "310.00") -> list[tuple[str, str]]:
    tools: Tools = tools_of(folder, PAGE.format(total=total), NAME)
    return [(value.value, value.verification) for value in ask(Question(question), tools).values]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("青山市水利局2024年机关事业单位基本养老保险缴费支出预算多少", ("42.50", "computed")),
        ("青山市水利局2024年2080505是多少", ("42.50", "computed")),
        ("水文监测站2024年机关事业单位基本养老保险缴费支出预算多少", ("12.50", "table")),
        ("青山市水利局本级2024年机关事业单位基本养老保险缴费支出预算多少", ("30.00", "table")),
        ("青山市水利局2024年水文测报预算多少", ("97.50", "table")),  # printed for one unit only
    ],
)
def test_all_units_together_unless_one_is_named(question: str, figure: tuple[str, str], tmp_path: Path) -> None:
    assert told(question, tmp_path) == [figure]


def test_rows_of_units_that_do_not_add_up_give_no_figure(tmp_path: Path) -> None:
    assert told("青山市水利局2024年机关事业单位基本养老保险缴费支出预算多少", tmp_path, total="400.00") == []


def test_lists_of_accounts_are_of_all_units_together(tmp_path: Path) -> None:
    found = told("青山市水利局2024年预算超过40万元的科目有哪些", tmp_path)
    assert sorted(found) == [("170.00", "table"), ("42.50", "computed"), ("97.50", "table")]


def test_no_list_of_accounts_of_units_that_do_not_add_up(tmp_path: Path) -> None:
    assert told("青山市水利局2024年预算超过40万元的科目有哪些", tmp_path, total="400.00") == []


def test_several_accounts_are_each_given_for_all_units(tmp_path: Path) -> None:
    question = "青山市水利局2024年机关事业单位基本养老保险缴费支出和水文测报预算分别多少"
    assert told(question, tmp_path) == [("42.50", "computed"), ("97.50", "table")]


def test_one_unit_settles_nothing_for_the_department(tmp_path: Path) -> None:
    """What holds of the row of the office itself need not hold of all: nothing rests on the first row alone."""
    tools = tools_of(tmp_path, PAGE.format(total="310.00"), NAME)
    answer = ask(Question("青山市水利局2024年机关事业单位基本养老保险缴费支出比水文测报少吗"), tools)
    assert "30.00" not in answer.text or "12.50" in answer.text, answer.text
