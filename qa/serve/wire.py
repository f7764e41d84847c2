"""Answer <-> JSON: the contract of every way in. Figures travel as strings, so that no digit is lost."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from index.amounts import plain
from qa.model import Answer, Citation, Operand, Question, Value

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """The answer as the contract writes it down."""
    return {
        "id": answer.id,
        "question": answer.question,
        "interpreted": answer.interpreted,
        "status": answer.status,
        "reason": answer.reason,
        "verdict": answer.verdict,
        "text": answer.text,
        "values": [value_json(value) for value in answer.values],
        "citations": [citation_json(citation) for citation in answer.citations],
        "warnings": list(answer.warnings),
        "options": list(answer.options),
        "suggestions": list(answer.suggestions),
        "elapsed_ms": answer.elapsed_ms,
    }


def value_json(value: Value) -> Json:
    return {
        "label": value.label,
        "value": value.value,
        "unit": value.unit,
        "verification": value.verification,
        "formula": value.formula,
        "operands": [operand_json(operand) for operand in value.operands],
        "citations": list(value.citations),
    }


def operand_json(operand: Operand) -> Json:
    return {"label": operand.label, "value": plain(operand.value), "unit": operand.unit, "citation": operand.citation}


def citation_json(citation: Citation) -> Json:
    return {
        "id": citation.id,
        "document": citation.document,
        "title": citation.title,
        "kind": citation.kind,
        "page": citation.page,
        "bbox": list(citation.bbox) if citation.bbox else None,
        "boxes": [[page, *box] for page, box in citation.boxes],
        "section": citation.section,
        "table": citation.table,
        "row": citation.row,
        "column": citation.column,
        "value": citation.value,
        "quote": citation.quote,
    }


def answer_of(data: Json) -> Answer:
    """The answer that `answer_json` wrote down. Raises KeyError, TypeError or ValueError for anything else."""
    return Answer(
        question=data["question"],
        interpreted=data["interpreted"],
        status=data["status"],
        text=data["text"],
        reason=data["reason"],
        verdict=data["verdict"],
        values=tuple(value_of(value) for value in data["values"]),
        citations=tuple(citation_of(citation) for citation in data["citations"]),
        warnings=tuple(data["warnings"]),
        options=tuple(data["options"]),
        suggestions=tuple(data["suggestions"]),
        elapsed_ms=data["elapsed_ms"],
        id=data["id"],
    )


def value_of(data: Json) -> Value:
    operands = tuple(operand_of(operand) for operand in data["operands"])
    return Value(**{**data, "operands": operands, "citations": tuple(data["citations"])})


def operand_of(data: Json) -> Operand:
    return Operand(data["label"], Decimal(data["value"]), data["unit"], data["citation"])


def citation_of(data: Json) -> Citation:
    boxes = tuple((page, (x0, top, x1, bottom)) for page, x0, top, x1, bottom in data["boxes"])
    return Citation(**{**data, "bbox": tuple(data["bbox"]) if data["bbox"] else None, "boxes": boxes})


def question_of(line: Json) -> Question:
    """A line of a question set: {"id", "question", "history": [earlier user turns], "documents": [...]}."""
    history = line.get("history") or ()
    return Question(
        text=_typed(line["question"]),
        history=tuple(_typed(turn) for turn in history),
        documents=tuple(str(name) for name in line.get("documents") or ()),
        id=str(line.get("id", "")),
    )


def _typed(text: object) -> str:
    """What a person typed, without halves of characters that no file can hold."""
    return str(text or "").encode("utf-8", "ignore").decode("utf-8")


def dumps(answer: Answer) -> str:
    """One line of JSON."""
    return json.dumps(answer_json(answer), ensure_ascii=False)
