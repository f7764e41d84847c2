"""Shares of all parts of a whole are told together, from the passage that prints all of them, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局_2022年度部门决算.txt"
PAGE = """2022年度青山市水利局部门决算
第二部分 2022年度部门决算情况说明
一、收入决算情况说明
2022年度本年收入合计1,000.00万元，其中：财政拨款收入950.00万元，占95.00%；其他收入50.00万元，占5.00%。
二、一般公共预算财政拨款支出决算情况说明
（一）总体情况
2022年度一般公共预算财政拨款支出800.00万元，占本年支出合计的80.00%。
（二）结构情况
2022年度一般公共预算财政拨款支出800.00万元，主要用于以下方面：社会保障和就业支出200.00万元，占25.00%；农林水支出{water}万元，占{share}%。
"""


@pytest.mark.parametrize(
    ("question", "share", "figures"),
    [
        ("水利局2022年一般公共预算支出各类占比", "75.00", "25.00 75.00"),
        ("水利局2022年一般公共预算支出按功能分类各占多少", "75.00", "25.00 75.00"),
        ("水利局2022年收入各项占比分别是多少", "75.00", "95.00 5.00"),
        ("水利局2022年一般公共预算支出各类占比", "70.00", ""),  # not the whole
    ],
)
def test_every_part_of_the_one_whole(question: str, share: str, figures: str, tmp_path: Path) -> None:
    tools: Tools = tools_of(tmp_path, PAGE.format(water="600.00", share=share), NAME)
    answer = ask(Question(question), tools)
    assert [value.value for value in answer.values] == figures.split(), answer.text
