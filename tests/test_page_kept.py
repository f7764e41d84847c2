"""What the page keeps: conversations by name, opinions with their reasons, runs of question sets side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.stores import Index
from qa.evaluate.cases import AnswerType, Case, Gold
from qa.evaluate.files import write_run
from qa.evaluate.run import Result, Run, Setup
from qa.evaluate.scores import score
from qa.model import Answer, Value
from tests.browser import Person

pytestmark = pytest.mark.browser
UNCLEAR = "公务接待费决算是多少？"
CLEAR = "工信局2022年公务接待费决算是多少？"
"""The first fits several documents, the second is one figure."""


def test_a_question_that_fits_several_documents_asks_back_by_buttons(person: Person) -> None:
    person.goes_to()
    person.asks(UNCLEAR)
    person.reads("请问您要查哪个单位")
    person.idle()
    options = person.part("asks_options").find_elements("css selector", "button")
    assert len(options) > 1
    chosen = next(option.text for option in options if "工业和信息化局" in option.text)
    person.clicks(chosen)
    person.reads("3.25 万元")


def test_an_answer_is_copied_with_its_sources(person: Person) -> None:
    person.idle()
    person.clicks("带走")
    person.clicks("复制答案与出处")
    button = person.until(
        lambda: next((b for b in person.all(".copy") if b.get_attribute("data-copied")), None), "copied"
    )
    copied = button.get_attribute("data-copied") or ""
    assert "3.25万元" in copied and "[1] 004_" in copied and "第23页" in copied


def test_a_complaint_and_its_reason_become_a_question_of_a_set(
    person: Person, page_store: Path, downloads: Path
) -> None:
    person.goes_to(q=CLEAR)
    person.reads("3.25 万元")
    person.presses(lambda: person.all("[data-testid='stFeedback'] button")[-1], "thumb down")
    person.chooses("哪里不对？", "年度错")
    person.reads("已记录")
    with Index.open(page_store, create=False) as index:
        told = person.until(lambda: [o for o in index.conversations.opinions() if o.reason], "the reason")
    assert [(o.good, o.reason, o.question) for o in told] == [(False, "年度错", CLEAR)]
    person.goes_to("evaluation")
    person.reads("年度错")
    path = person.takes("导出为题集", downloads, "feedback*.jsonl")
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    (case,) = (case for case in cases if case["question"] == CLEAR)
    assert "年度错" in case["note"] and "3.25万元" in case["note"]


def test_a_conversation_is_renamed_opened_and_deleted(person: Person, page_store: Path) -> None:
    name = "<b>月报</b> *核对*"
    with Index.open(page_store, create=False) as index:
        kept = index.conversations.listed()[0]
        person.goes_to("history")
        person.presses(lambda: person.part(f"kept-{kept.id}").find_elements("css selector", "button")[1], "rename")
        field = person.until(lambda: person.all("[data-testid='stPopoverBody'] input")[0], "the name")
        field.send_keys("\ue009a\ue000" + name)  # over what stands there
        person.clicks("保存")
        person.reads(name)
        assert index.conversations.listed()[0].title == name
        person.presses(lambda: person.part(f"open-{kept.id}").find_element("css selector", "button"), "open it")
        person.reads(CLEAR)
        person.goes_to("history")
        person.presses(lambda: person.part(f"kept-{kept.id}").find_elements("css selector", "button")[-1], "delete")
        person.presses(lambda: person.part(f"delete-{kept.id}").find_element("css selector", "button"), "delete it")
        person.until(lambda: kept.id not in {c.id for c in index.conversations.listed()}, "it should be gone")


# -- runs --------------------------------------------------------------------------------------------------------------


def run(right: str, wrong: str) -> Run:
    """Two questions, answered with these figures where 1 and 2 are right."""
    results = []
    for number, value in enumerate((right, wrong), 1):
        case = Case(f"c{number}", "cell", f"第{number}问<b>", AnswerType.NUMBER, gold=Gold(str(number), "万元"))
        told = Answer(case.question, "", "answered", f"{value}万元", values=(Value("", value, "万元", "table"),))
        results.append(Result(case, told, score(case, told)))
    return Run(("两题.jsonl",), Setup("fake", "1", (), ()), "2024-01-01T00:00:00+00:00", tuple(results))


def test_two_runs_are_held_against_each_other(person: Person, page_store: Path) -> None:
    (page_store / "runs").mkdir(exist_ok=True)
    write_run(run("1", "99"), page_store / "runs" / "前一次.json")
    write_run(run("1", "2"), page_store / "runs" / "后一次.json")
    person.goes_to("evaluation")
    person.chooses("评测记录", "后一次")
    person.reads("100.0%")
    person.chooses("与另一次比较", "前一次")
    person.reads("50.0% → 100.0%")
    person.reads("由错变对（1）")
    person.clicks("由错变对")
    person.reads("第2问<b>")
    person.presses(lambda: person.part("only_wrong").find_element("css selector", "label"), "all questions")
    person.chooses("题目", "c1")
    person.reads("标准答案")
