"""Questions proposed from facts and from feedback; what a library holds of the index."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.model import CatalogueEntry, Cell, Fact, Line, Locator, Paragraph, Profile, Section, State, Table
from qa.evaluate.cases import AnswerType, Case, Gold, read_line, read_set, write_line, write_set
from qa.evaluate.draft import draft_cases
from qa.evaluate.errors import SetInvalid
from qa.evaluate.feedback import Feedback, feedback_cases
from qa.evaluate.library import Origin, read_library
from qa.evaluate.matching import compact
from qa.evaluate.validate import check_set
from qa.model import Answer, Citation, Question, Value

ENTRY = CatalogueEntry("甲局.pdf", "aa", "pdf", Profile("甲局", (), 2022, "决算", "部门", ""), 1, 1, 8)


def fact(row: int, label: str, value: str, col: int = 1, **more: object) -> Fact:
    printed = f"{Decimal(value):,}"
    plain = Fact(
        key=f"t1r{row}c{col}",
        source="table",
        label=label,
        printed=printed,
        value=Decimal(value),
        unit="万元",
        state=State.VALUE,
        place=Locator(1),
        quote=f"{label} | 决算数 | {printed}",
        table=1,
        table_code="公开03表",
        row=row,
        col=col,
        column=("决算数",),
        year=2022,
        measure="决算",
        canonical=Decimal(value) * 10000,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


SENTENCE = "支出决算为276.37万元，增加的原因是人员增加。"
FACTS = (
    fact(0, "合计", "1200.00"),
    fact(1, "行政运行", "900.00", code="2013101"),
    fact(2, "差旅费", "14.65", code="30211"),
    fact(3, "公务接待费", "2.13", measure="预算"),
    fact(3, "公务接待费", "1.33", col=2),
    fact(9, "机关运行经费", "276.37", source="text", table=0, quote=SENTENCE, reason="人员增加", direction="增加"),
)
TABLE = "合计 决算数 1200.00 行政运行 900.00 差旅费 14.65 公务接待费 2.13 1.33"
BODIES = {"甲局.pdf": compact(TABLE + SENTENCE)}


def test_drafts_hold_against_their_document() -> None:
    cases = draft_cases(ENTRY, FACTS)
    assert check_set(cases, BODIES) == ()
    assert {case.category for case in cases} == {"cell", "narrative", "text", "compute", "yesno", "unanswerable"}
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        assert read_line(write_line(case)) == case
    asked = {case.question: case for case in cases}
    assert asked["甲局2022年行政运行（2013101）占合计的百分之多少？"].gold is not None
    assert asked["甲局2022年机关运行经费增加的原因是什么？"].must_contain == (("人员增加",),)
    assert asked["甲局2022年公务接待费决算超过预算了吗？"].yes is False


def test_drafts_are_the_same_every_time_and_no_more_than_asked() -> None:
    assert draft_cases(ENTRY, FACTS, 4) == draft_cases(ENTRY, FACTS, 4)
    assert len(draft_cases(ENTRY, FACTS, 4)) == 4
    assert draft_cases(ENTRY, ()) == ()


# -- feedback ----------------------------------------------------------------------------------------------------------

CITED = Citation(1, "甲局.pdf", "", "cell", 1, table="公开03表", quote="差旅费 | 14.65")
GIVEN = Answer(
    "问", "", "answered", "14.65万元", values=(Value("差旅费", "14.65", "万元", "table"),), citations=(CITED,)
)


def feedback(answer: Answer = GIVEN, good: bool = True, reason: str = "") -> Case:
    (case,) = feedback_cases([Feedback(Question("甲局差旅费", ("先前一问",)), answer, good, reason)])
    return case


def test_praise_becomes_gold() -> None:
    case = feedback()
    assert (case.gold, case.docs, case.history) == (Gold("14.65", "万元"), ("甲局",), ("先前一问",))
    assert check_set([case], BODIES) == ()
    assert feedback(replace(GIVEN, verdict="no")).yes is False
    assert feedback(replace(GIVEN, values=GIVEN.values * 2)).answer_type is AnswerType.LIST
    assert feedback(replace(GIVEN, values=())).must_contain == (("差旅费 | 14.65",),)
    assert feedback(replace(GIVEN, status="refused", values=())).answer_type is AnswerType.REFUSE
    assert feedback(replace(GIVEN, status="clarify", values=())).answer_type is AnswerType.CLARIFY


def test_a_complaint_waits_for_its_gold(tmp_path: Path) -> None:
    complaint = feedback(good=False, reason="数字错")
    assert "数字错" in complaint.note
    assert "14.65万元" in complaint.note
    write_set([feedback(), complaint], tmp_path / "feedback.jsonl")
    with pytest.raises(SetInvalid, match="缺少标准答案"):
        read_set(tmp_path / "feedback.jsonl")
    assert feedback(good=False, reason="应拒答").answer_type is AnswerType.REFUSE


# -- the library -------------------------------------------------------------------------------------------------------


class Shelf:
    """One document: a line of prose and a table with a header and a note."""

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        return (ENTRY,)

    def paragraphs(self, document: str, /) -> tuple[Paragraph, ...]:
        return (Paragraph("职责是接待。", (Line("职责是接待。", 1),), (0,), 1),)

    def sections(self, document: str, /) -> tuple[Section, ...]:
        return tuple(Section(n, 2, title, (title,), 1) for n, title in enumerate(("一、职责", "二、附件"), 1))

    def tables(self, document: str, /) -> tuple[Table, ...]:
        cells = tuple(Cell(text, 1) for text in ("差旅\n费", "1,014.65"))
        header = ((Cell("科目", 1), Cell("决算数", 1)),)
        return (
            Table(1, "支出表", "公开03表", "万元", (1,), (("科目",), ("决算数",)), (cells,), header, ("注：尾差",)),
        )


def test_a_library_holds_prose_and_tables_in_one_spelling() -> None:
    library = read_library(Shelf())
    assert library.origin("甲局") == Origin("甲局", 2022)
    assert (
        library.bodies["甲局.pdf"]
        == "一、职责职责是接待。二、附件支出表公开03表单位:万元科目决算数差旅费1014.65注:尾差"
    )
