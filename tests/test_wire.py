"""The contract: names and types of the JSON, and lines of question sets."""

from __future__ import annotations

import json
from decimal import Decimal

from qa.model import Answer, Citation, Operand, Value
from qa.serve.wire import answer_json, dumps, question_of

ANSWER = Answer(
    "问", "问（a.pdf）", "answered", "为**1.5万元**[1]",
    values=(Value("项", "1.5", "万元", "computed", "3÷2", (Operand("甲", Decimal("3.00"), "万元", 1),), (1,)),),
    citations=(Citation(1, "a.pdf", "题", "cell", 2, (1.0, 2.0, 3.0, 4.0), ((2, (1.0, 2.0, 3.0, 4.0)),), table="公开01表 表", row="甲", column="决算数", value="3.00", quote="甲|决算数|3.00"),),
    elapsed_ms=1.2, id="q1",
)  # fmt: skip


def test_the_contract_has_these_names() -> None:
    wire = answer_json(ANSWER)
    assert list(wire) == "id question interpreted status reason verdict text values citations warnings options suggestions elapsed_ms".split()
    assert set(wire["values"][0]) == {"label", "value", "unit", "verification", "formula", "operands", "citations"}
    assert {"id", "document", "title", "kind", "page", "bbox", "section", "table", "row", "column", "value", "quote"} <= set(wire["citations"][0])
    assert wire["values"][0]["operands"][0]["value"] == "3.00"


def test_one_line_of_json() -> None:
    line = dumps(ANSWER)
    assert "\n" not in line and json.loads(line)["citations"][0]["bbox"] == [1.0, 2.0, 3.0, 4.0]


def test_a_question_line() -> None:
    question = question_of({"id": 7, "question": "决算呢", "history": ["工信局预算多少"]})
    assert (question.id, question.text, question.history) == ("7", "决算呢", ("工信局预算多少",))
