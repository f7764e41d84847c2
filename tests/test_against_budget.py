"""Accounts by how their outturn stands to their budget: the pairs of the prose tell, no other table does."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局_2022年度部门决算.txt"
HEAD = "2022年度青山市水利局部门决算\n第二部分 2022年度部门决算情况说明\n一、一般公共预算财政拨款支出决算情况说明\n"
ITEMS = (
    "1.农林水支出（类）水利（款）水文测报（项）。年初预算为60.00万元，支出决算为{first}万元。\n"
    "2.农林水支出（类）水利（款）防汛（项）。年初预算为0.00万元，支出决算为{second}万元。\n"
    "3.农林水支出（类）水利（款）行政运行（项）。年初预算为300.00万元，支出决算为300.00万元。\n"
)
THREE = (
    "二、“三公”经费支出决算情况说明\n2022年度“三公”经费年初预算为20.00万元，支出决算为18.00万元，完成预算的90.00%。\n"
)


def told(question: str, folder: Path, first: str = "62.30", second: str = "88.00") -> tuple[str, list[str]]:
    tools: Tools = tools_of(folder, HEAD + ITEMS.format(first=first, second=second) + THREE, NAME)
    answer = ask(Question(question), tools)
    return answer.text, [value.value for value in answer.values]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水利局2022年哪些科目超过了年初预算", ["62.30", "60.00", "88.00", "0.00"]),
        ("水利局2022年正好完成年初预算的科目", ["300.00", "300.00"]),
        ("水利局2022年年初没有预算但有支出的科目", ["88.00"]),
        ("水利局2022年决算等于年初预算的科目有哪些", ["300.00", "300.00"]),
    ],
)
def test_pairs_of_the_prose(question: str, figures: list[str], tmp_path: Path) -> None:
    text, values = told(question, tmp_path)
    assert values == figures, text


def test_below_the_budget_and_what_no_pair_tells(tmp_path: Path) -> None:
    text, values = told("水利局2022年决算低于年初预算的科目有哪些", tmp_path, first="52.30")
    assert values == ["52.30", "60.00"], text


@pytest.mark.parametrize("question", ["水利局2022年三公经费里哪项超了预算", "水利局2022年超预算的项目有哪些"])
def test_accounts_stand_for_nothing_else(question: str, tmp_path: Path) -> None:
    text, values = told(question, tmp_path)
    assert not values, text


def test_none_is_said_of_the_rows_asked_for(tmp_path: Path) -> None:
    text, values = told("水利局2022年哪些科目超过了年初预算", tmp_path, "52.30", "0.00")
    assert not values
    assert "没有决算超过年初预算的科目" in text and "3项" in text


def test_no_sentence_stands_for_accounts_without_pairs(tmp_path: Path) -> None:
    tools: Tools = tools_of(
        tmp_path, HEAD + "1.农林水支出（类）水利（款）防汛（项）。支出决算为88.00万元。\n" + THREE, NAME
    )
    assert ask(Question("水利局2022年哪些科目超过了年初预算"), tools).status == "refused"
