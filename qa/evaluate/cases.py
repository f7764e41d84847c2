"""Question sets: one typed case a line of JSONL, read with every fault by line, written back the same.

A line holds id, category, question, history, docs, answer_type, value or values, unit, tolerance, accept, must_contain,
refuse_kind, evidence; optional are role (who asks), formula (how a computed value comes about) and note.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from qa.evaluate.errors import Fault, SetEmpty, SetInvalid, SetMissing
from qa.evaluate.matching import Measured, measured


class AnswerType(StrEnum):
    """What kind of answer is right, and so how it is judged."""

    NUMBER = "number"
    RATIO = "ratio"
    LIST = "list"
    YESNO = "yesno"
    TEXT = "text"
    REFUSE = "refuse"
    CLARIFY = "clarify"


class RefuseKind(StrEnum):
    OUT_OF_CORPUS = "out_of_corpus"
    NOT_DISCLOSED = "not_disclosed"
    FALSE_PREMISE = "false_premise"  # to be corrected in the text rather than refused


Kind = TypeVar("Kind", bound=StrEnum)
FIGURES = frozenset({AnswerType.NUMBER, AnswerType.RATIO})
RATIO_SLACK = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Gold:
    """A right figure as the set writes it; a list item whose value is empty is right by its label alone."""

    value: str
    unit: str = ""
    label: str = ""

    @property
    def amount(self) -> Measured | None:
        return measured(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the gold comes from: an exact passage of a document (white space aside)."""

    doc: str
    table: str  # table code or title, or section heading
    quote: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is right. `docs` are file-name stems or their first part."""

    id: str
    category: str
    question: str
    answer_type: AnswerType
    history: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()
    gold: Gold | None = None  # number and ratio
    accept: tuple[Gold, ...] = ()  # the same figure in other units or roundings
    values: tuple[Gold, ...] = ()  # list
    yes: bool | None = None  # yesno
    tolerance: Decimal = Decimal(0)
    must_contain: tuple[tuple[str, ...], ...] = ()  # one wording of every group
    refuse_kind: RefuseKind | None = None
    evidence: tuple[Proof, ...] = ()
    role: str = ""
    formula: str = ""
    note: str = ""
    line: int = 0

    @property
    def golds(self) -> tuple[Gold, ...]:
        """The spellings of the one right figure."""
        return (self.gold, *self.accept) if self.gold else self.accept

    @property
    def slack(self) -> Decimal:
        """How far a figure may be off, in the gold's unit: a share or a rate is compared to two places."""
        return self.tolerance or (RATIO_SLACK if self.answer_type is AnswerType.RATIO else Decimal(0))


def read_set(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file in order. Raises SetMissing, SetEmpty, or SetInvalid with every faulty line."""
    if not path.is_file():
        raise SetMissing(str(path))
    cases: list[Case] = []
    faults: list[Fault] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip():
            read = read_line(line, number)
            if isinstance(read, Case):
                cases.append(read)
            else:
                faults.extend(read)
    faults.extend(_repeated(cases))
    if faults:
        raise SetInvalid(str(path), sorted(faults, key=lambda fault: fault.line))
    if not cases:
        raise SetEmpty(str(path))
    return tuple(cases)


def read_line(line: str, number: int = 0) -> Case | tuple[Fault, ...]:
    """One line as a case, or everything that is wrong with it."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as fault:
        return (Fault(number, f"不是合法的 JSON（第{fault.colno}列）"),)
    if not isinstance(row, dict):
        return (Fault(number, "应为一个 JSON 对象"),)
    fields = _Fields(row)
    case = _case(fields, number)
    messages = fields.faults or _incomplete(case)
    return tuple(Fault(number, message, case.id) for message in messages) if messages else case


def write_line(case: Case) -> str:
    """The case as a line of a set, without the fields it leaves empty."""
    row: dict[str, object] = {"id": case.id, "category": case.category}
    optional: dict[str, object] = {"role": case.role, "history": list(case.history)}
    row |= {key: value for key, value in optional.items() if value}
    row |= {"question": case.question, "docs": list(case.docs), "answer_type": case.answer_type.value}
    if case.answer_type in FIGURES:
        gold = case.gold or Gold("")  # a draft that waits for its figure
        row |= {"value": gold.value, "unit": gold.unit, "tolerance": _number(case.tolerance)}
    if case.yes is not None:
        row["value"] = "是" if case.yes else "否"
    if case.values:
        row["values"] = [{"label": g.label, "value": g.value, "unit": g.unit} for g in case.values]
        row["tolerance"] = _number(case.tolerance)
    if case.accept:
        row["accept"] = [{"value": g.value, "unit": g.unit} for g in case.accept]
    if case.must_contain:
        row["must_contain"] = [list(group) for group in case.must_contain]
    last = {
        "refuse_kind": case.refuse_kind.value if case.refuse_kind else "",
        "formula": case.formula,
        "note": case.note,
    }
    row |= {key: text for key, text in last.items() if text}
    row["evidence"] = [{"doc": p.doc, "table": p.table, "quote": p.quote} for p in case.evidence]
    return json.dumps(row, ensure_ascii=False)


def write_set(cases: Iterable[Case], path: Path) -> None:
    path.write_text("".join(write_line(case) + "\n" for case in cases), encoding="utf-8")


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else str(value)


def _repeated(cases: Iterable[Case]) -> list[Fault]:
    counts: Counter[str] = Counter()
    faults = []
    for case in cases:
        counts[case.id] += 1
        if counts[case.id] > 1:
            faults.append(Fault(case.line, "题号与前面的题重复", case.id))
    return faults


def _case(fields: _Fields, number: int) -> Case:
    kind = fields.choice("answer_type", AnswerType, required=True) or AnswerType.TEXT
    value = fields.text("value")
    return Case(
        id=fields.text("id", required=True),
        category=fields.text("category", required=True),
        question=fields.text("question", required=True),
        answer_type=kind,
        history=fields.texts("history"),
        docs=fields.texts("docs"),
        gold=Gold(value, fields.text("unit")) if kind in FIGURES and value else None,
        accept=tuple(Gold(f.text("value"), f.text("unit")) for f in fields.rows("accept")),
        values=tuple(Gold(f.text("value"), f.text("unit"), f.text("label")) for f in fields.rows("values")),
        yes={"是": True, "否": False}.get(value) if kind is AnswerType.YESNO else None,
        tolerance=fields.decimal("tolerance"),
        must_contain=fields.groups("must_contain"),
        refuse_kind=fields.choice("refuse_kind", RefuseKind),
        evidence=tuple(Proof(f.text("doc"), f.text("table"), f.text("quote")) for f in fields.rows("evidence")),
        role=fields.text("role"),
        formula=fields.text("formula"),
        note=fields.text("note"),
        line=number,
    )


def _incomplete(case: Case) -> list[str]:
    """What the answer type needs and the line does not give."""
    missing: list[str] = []
    if case.answer_type in FIGURES and not case.gold:
        missing.append("缺少标准答案 value")
    if case.answer_type in FIGURES and any(gold.amount is None for gold in case.golds):
        missing.append("标准答案 value 应为数字")
    if case.answer_type is AnswerType.LIST and not case.values:
        missing.append("清单题缺少 values")
    if case.answer_type is AnswerType.YESNO and case.yes is None:
        missing.append("是非题的 value 应为“是”或“否”")
    if case.answer_type is AnswerType.TEXT and not case.must_contain:
        missing.append("文字题缺少 must_contain")
    if case.refuse_kind is RefuseKind.FALSE_PREMISE and not case.must_contain:
        missing.append("错误前提题缺少 must_contain（应纠正成什么）")
    if any(not proof.doc or not proof.quote for proof in case.evidence):
        missing.append("evidence 的每一条都要有 doc 和 quote")
    return missing


class _Fields:
    """Typed reading of one JSON object, collecting what does not fit instead of stopping at it."""

    def __init__(self, row: Mapping[str, object], faults: list[str] | None = None) -> None:
        self._row = row
        self.faults = [] if faults is None else faults

    def text(self, key: str, required: bool = False) -> str:
        value = self._row.get(key)
        if value is None or value == "":
            if required:
                self.faults.append(f"缺少 {key}")
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.faults.append(f"{key} 应为文字")
            return ""
        return str(value)

    def decimal(self, key: str) -> Decimal:
        text = self.text(key)
        try:
            return Decimal(text or 0)
        except InvalidOperation:
            self.faults.append(f"{key} 应为数字")
            return Decimal(0)

    def choice(self, key: str, kinds: type[Kind], required: bool = False) -> Kind | None:
        text = self.text(key, required)
        if not text:
            return None
        if text not in {kind.value for kind in kinds}:
            self.faults.append(f"{key} 应为 {'、'.join(kinds)} 之一，不能是“{text}”")
            return None
        return kinds(text)

    def items(self, key: str) -> list[object]:
        value = self._row.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.faults.append(f"{key} 应为列表")
            return []
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.items(key)
        if not all(isinstance(item, str) for item in items):
            self.faults.append(f"{key} 的每一项应为文字")
        return tuple(item for item in items if isinstance(item, str))

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        lists = [item for item in self.items(key) if isinstance(item, list)]
        return tuple(tuple(option for option in group if isinstance(option, str)) for group in lists)

    def rows(self, key: str) -> tuple[_Fields, ...]:
        items = self.items(key)
        if not all(isinstance(item, dict) for item in items):
            self.faults.append(f"{key} 的每一项应为对象")
        return tuple(_Fields(item, self.faults) for item in items if isinstance(item, dict))
