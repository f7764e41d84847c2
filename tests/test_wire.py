"""The contract in JSON: what an answer looks like from outside, and that nothing is lost on the way."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qa.model import Answer, Citation, Operand, Question, Value
from qa.serve.wire import answer_json, answer_of, dumps, question_of

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
texts = st.lists(text, max_size=3).map(tuple)
coordinate = st.floats(0, 2000, width=32)
box = st.tuples(coordinate, coordinate, coordinate, coordinate)
amount = st.decimals(-(10**12), 10**12, places=2)
operand = st.builds(Operand, text, amount, text, st.integers(0, 99))
value = st.builds(
    Value,
    label=text,
    value=amount.map(str),
    unit=text,
    verification=st.sampled_from(["table", "text", "both", "computed", "conflict"]),
    formula=st.none() | text,
    operands=st.lists(operand, max_size=2).map(tuple),
    citations=st.lists(st.integers(1, 99), max_size=3).map(tuple),
)
citation = st.builds(
    Citation,
    id=st.integers(1, 99),
    document=text,
    title=text,
    kind=st.sampled_from(["cell", "text", "page"]),
    page=st.integers(0, 500),
    bbox=st.none() | box,
    boxes=st.lists(st.tuples(st.integers(1, 500), box), max_size=3).map(tuple),
    section=text,
    table=text,
    row=text,
    column=text,
    value=text,
    quote=text,
)
answers = st.builds(
    Answer,
    question=text,
    interpreted=text,
    status=st.sampled_from(["answered", "refused", "clarify"]),
    text=text,
    reason=st.none() | st.sampled_from(["not_indexed", "not_disclosed", "wrong_premise", "off_topic", "unverified"]),
    verdict=st.none() | st.sampled_from(["yes", "no"]),
    values=st.lists(value, max_size=2).map(tuple),
    citations=st.lists(citation, max_size=2).map(tuple),
    warnings=texts,
    options=texts,
    suggestions=texts,
    elapsed_ms=st.floats(0, 10**6),
    id=text,
)


@given(answers)
def test_an_answer_survives_the_wire(answer: Answer) -> None:
    assert answer_of(json.loads(dumps(answer))) == answer


@given(answers)
def test_an_answer_is_one_line(answer: Answer) -> None:
    assert "\n" not in dumps(answer)


def test_the_contract_has_these_names() -> None:
    cited = Citation(
        1, "a.pdf", "2022年度甲局部门决算", "cell", 18, (1.0, 2.0, 3.0, 4.0), value="17.22", quote="合计|17.22"
    )
    figure = Value("三公经费", "17.22", "万元", "table", citations=(1,))
    data = answer_json(Answer("问", "问", "answered", "**17.22万元**[1]", values=(figure,), citations=(cited,)))
    assert list(data) == [
        "id", "question", "interpreted", "status", "reason", "verdict", "text", "values", "citations",
        "warnings", "options", "suggestions", "elapsed_ms",
    ]  # fmt: skip
    assert set(data["values"][0]) == {"label", "value", "unit", "verification", "formula", "operands", "citations"}
    assert set(data["citations"][0]) >= {
        "id", "document", "title", "kind", "page", "bbox", "section", "table", "row", "column", "value", "quote",
    }  # fmt: skip
    assert data["citations"][0]["bbox"] == [1.0, 2.0, 3.0, 4.0]


def test_figures_keep_their_places_and_have_no_exponent() -> None:
    operands = (Operand("甲", Decimal("1E+2"), "元", 1), Operand("乙", Decimal("3.00"), "元", 2))
    data = answer_json(
        Answer("问", "", "answered", "", values=(Value("和", "103.00", "元", "computed", "", operands),))
    )
    assert [operand["value"] for operand in data["values"][0]["operands"]] == ["100", "3.00"]


def test_question_lines_need_no_more_than_a_question() -> None:
    assert question_of({"question": "多少？"}) == Question("多少？")
    line = {"id": 7, "question": "那2021年呢？", "history": ["2022年多少？"], "documents": ["a.pdf"]}
    assert question_of(line) == Question("那2021年呢？", ("2022年多少？",), ("a.pdf",), "7")


def test_half_a_character_and_no_question_break_nothing() -> None:
    assert question_of({"question": "三公\ud83d经费"}).text == "三公经费"
    assert question_of({"question": None}).text == ""
