"""What a question says must be what a figure says: a word that the document has no figure for is refused, whatever stands near."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.amounts import MONEY
from index.model import Fact, State
from index.wording import canonical
from qa.bounds import find_condition
from qa.link import Topic, cover, is_total, title_cover
from qa.model import Question
from qa.numerals import mend_numerals
from qa.pipeline import Tools, ask
from qa.tables_named import bears, named_tables

FOREIGN = ("养殖", "渔政", "护林", "殡葬", "戏曲", "灯光秀", "潜水", "棉花", "考古", "航空")  # in none of the samples
SAMPLED = 40  # cells of a run


def _cells(tools: Tools, seed: int) -> list[tuple[str, Fact]]:
    """Rows of the samples' tables, any document and table alike."""
    found = [
        (entry.name, f.fact)
        for entry in tools.finder.catalogue
        for f in tools.finder.facts(documents=(entry.name,), sources=("table",))
        if f.fact.state is State.VALUE
        and f.fact.unit in MONEY
        and len(f.fact.label) > 2
        and f.fact.code
        and not is_total(f.fact.label)
    ]
    return random.Random(seed).sample(found, SAMPLED)


def test_a_row_named_is_the_row_given(tools: Tools) -> None:
    for name, fact in _cells(tools, 1):
        answer = ask(Question(f"{fact.label}是多少", documents=(name,)), tools)
        if answer.status == "answered":  # a name borne by several rows is asked back
            assert canonical(fact.label) in canonical(answer.text), (fact.label, answer.text)


@pytest.mark.parametrize("asked", ["用于{word}的{row}是多少", "{row}中{word}的部分是多少", "{word}{row}多少"])
def test_a_word_that_no_figure_carries_is_refused(tools: Tools, asked: str) -> None:
    rng = random.Random(2)
    for name, fact in _cells(tools, 3):
        question = asked.format(word=rng.choice(FOREIGN), row=fact.label)
        answer = ask(Question(question, documents=(name,)), tools)
        assert not answer.values, (question, answer.text)


@pytest.mark.parametrize("column", ["上年数", "单位资金", "财政专户资金", "上年结转"])
def test_a_column_that_the_row_does_not_have_is_refused(tools: Tools, column: str) -> None:
    for name, fact in _cells(tools, 4):
        own = tools.finder.facts(documents=(name,), labels=(fact.label,))
        said = "".join("".join((*f.fact.column, *f.fact.path, f.fact.title, f.fact.quote)) for f in own)
        if column in said or column.removesuffix("数") in said:
            continue
        answer = ask(Question(f"{fact.label}的{column}是多少", documents=(name,)), tools)
        assert not answer.values, (fact.label, column, answer.text)


def test_an_abbreviation_is_its_wording() -> None:
    topic = Topic("应急保障车几辆", 0b11111)
    assert cover("应急保障用车", topic).mask == 0b11111


def test_a_table_may_be_named_in_short() -> None:
    text = "财政拨款收支总表里卫生健康支出"
    topic = Topic(text, (1 << len(text)) - 1)
    assert title_cover("财政拨款收入支出决算总表", topic).mask & 0b11111111 == 0b11111111
    assert not title_cover("项目支出预算表", topic).mask & 0b110000


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("三千万以上", "3000万以上"),
        ("单价百万元以上设备", "单价100万元以上设备"),
        ("一百名", "100名"),
        ("一千零五十人", "1050人"),
        ("超过三个亿吗", "超过3亿吗"),
        ("四千五百六十二万元", "4562万元"),
        ("万里街道", "万里街道"),
        ("百人计划", "百人计划"),
        ("几十万", "几十万"),
        ("百分之几", "百分之几"),
    ],
)
def test_amounts_in_chinese(written: str, figures: str) -> None:
    assert mend_numerals(written) == figures


@given(st.integers(10, 9999))
def test_any_amount_in_chinese_is_read(number: int) -> None:
    assert mend_numerals(f"超过{_chinese(number)}万元") == f"超过{number}万元"


def _chinese(number: int) -> str:
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    text, figures = "", str(number)
    for at, figure in enumerate(figures):
        place = places[len(figures) - at - 1]
        text += digits[int(figure)] + (place if figure != "0" else "")
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零")


@pytest.mark.parametrize(("title", "borne"), [("财政拨款收入支出决算总表", True), ("收入决算表", False)])
def test_a_table_named_in_words_is_that_table(title: str, borne: bool) -> None:
    (name,) = named_tables("教育支出(财政拨款总表)")
    assert bears(title, name) is borne
    assert not named_tables("住房改革支出下的明细")


def test_a_bound_in_the_name_of_a_row_is_no_condition() -> None:
    known = frozenset({"单价50万元(含)以上通用设备"})
    assert find_condition("50万元以上通用设备几套", known) == (None, 0)
    condition, _ = find_condition("50万元以上的项目有哪些", known)
    assert condition is not None and condition.relation == ">="
