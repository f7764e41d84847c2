"""Reading, checking and writing question sets."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate.cases import AnswerType, Case, Gold, Proof, RefuseKind, read_line, read_set, write_line, write_set
from qa.evaluate.errors import FormulaInvalid, SetEmpty, SetInvalid, SetMissing
from qa.evaluate.formula import compute, operands
from qa.evaluate.validate import check_set

NUMBER = {
    "id": "c1",
    "category": "cell",
    "question": "甲局差旅费多少",
    "docs": ["甲局"],
    "answer_type": "number",
    "value": "1234.50",
    "unit": "万元",
    "tolerance": 0,
    "evidence": [{"doc": "甲局", "table": "公开06表", "quote": "30211 差旅费 1,234.50"}],
}
BODIES = {"甲局.pdf": "30211差旅费1234.50合计9000.00完成年初预算的13.72%"}


def write(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "set.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def case(**changes: object) -> Case:
    read = read_line(json.dumps(NUMBER | changes, ensure_ascii=False), 1)
    assert isinstance(read, Case), read
    return read


def test_a_line_becomes_a_case() -> None:
    read = case(accept=[{"value": "12345000", "unit": "元"}], history=["先问一句"])
    assert read.golds == (Gold("1234.50", "万元"), Gold("12345000", "元"))
    assert read.evidence == (Proof("甲局", "公开06表", "30211 差旅费 1,234.50"),)
    assert read.history == ("先问一句",)


def test_every_faulty_line_is_named(tmp_path: Path) -> None:
    no_gold = NUMBER | {"id": "c2", "value": None}
    no_type = NUMBER | {"id": "c3", "answer_type": "figure"}
    path = write(tmp_path, NUMBER, "{not json", no_gold, no_type, NUMBER)
    with pytest.raises(SetInvalid) as raised:
        read_set(path)
    assert [(fault.line, fault.case) for fault in raised.value.faults] == [(2, ""), (3, "c2"), (4, "c3"), (5, "c1")]
    assert "缺少标准答案" in str(raised.value.faults[1])
    assert "figure" in str(raised.value.faults[2])


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"value": "很多"}, "数字"),
        ({"answer_type": "list"}, "values"),
        ({"answer_type": "yesno", "value": "也许"}, "是"),
        ({"answer_type": "text"}, "must_contain"),
        ({"answer_type": "refuse", "refuse_kind": "false_premise"}, "must_contain"),
        ({"tolerance": "很小"}, "tolerance"),
        ({"docs": "甲局"}, "docs"),
        ({"question": ""}, "question"),
        ({"evidence": [{"doc": "甲局"}]}, "quote"),
    ],
)
def test_what_an_answer_type_needs_is_asked_for(changes: dict[str, object], complaint: str) -> None:
    read = read_line(json.dumps(NUMBER | changes), 7)
    assert isinstance(read, tuple)
    assert any(complaint in fault.message and fault.line == 7 for fault in read)


def test_missing_and_empty_sets_have_their_own_words(tmp_path: Path) -> None:
    with pytest.raises(SetMissing, match="找不到"):
        read_set(tmp_path / "none.jsonl")
    with pytest.raises(SetEmpty, match="没有题目"):
        read_set(write(tmp_path, "", ""))


def test_a_line_separator_inside_a_quote_does_not_end_the_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    write_set([case(note="一\u2028二")], path)
    assert read_set(path)[0].note == "一\u2028二"


# -- round trip --------------------------------------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=12)
golds = st.builds(
    Gold, value=st.decimals(-(10**6), 10**6, places=2).map(str), unit=st.sampled_from(["万元", "元", "%"])
)


@given(
    st.builds(
        Case,
        id=words,
        category=words,
        question=words,
        answer_type=st.just(AnswerType.NUMBER),
        history=st.tuples(words) | st.just(()),
        docs=st.tuples(words),
        gold=golds,
        accept=st.tuples(golds) | st.just(()),
        tolerance=st.decimals(0, 1, places=3),
        evidence=st.tuples(st.builds(Proof, words, words, words)),
        role=words | st.just(""),
        note=words | st.just(""),
    )
)
def test_a_case_survives_being_written(written: Case) -> None:
    assert read_line(write_line(written)) == written


def test_refusals_and_verdicts_survive_being_written() -> None:
    refusal = Case("r", "unanswerable", "问", AnswerType.REFUSE, refuse_kind=RefuseKind.NOT_DISCLOSED)
    verdict = Case("y", "yesno", "问", AnswerType.YESNO, yes=False, must_contain=(("没有", "无"),))
    items = Case("l", "list", "问", AnswerType.LIST, values=(Gold("1.5", "万元", "甲"), Gold("", "", "乙")))
    for written in (refusal, verdict, items):
        assert read_line(write_line(written)) == written


# -- against the documents ---------------------------------------------------------------------------------------------


def test_a_sound_case_has_no_faults() -> None:
    assert check_set([case()], BODIES) == ()


def test_quotes_are_looked_up_in_their_document() -> None:
    elsewhere = case(evidence=[{"doc": "甲局", "table": "", "quote": "30211 差旅费 1,234.50 改过"}])
    unknown = case(evidence=[{"doc": "乙局", "table": "", "quote": "差旅费 1,234.50"}])
    faults = check_set([elsewhere, unknown], BODIES)
    assert "引文不在文件“甲局”中" in str(faults[0])
    assert "没有文件“乙局”" in str(faults[1])


def test_a_quote_broken_by_a_page_still_counts() -> None:
    broken = case(evidence=[{"doc": "甲局", "table": "", "quote": "差旅费1234.50万"}])
    assert check_set([broken], {"甲局.pdf": "差旅费1234.5页脚0万"}) == ()


def test_a_gold_figure_must_stand_in_its_evidence() -> None:
    (fault,) = check_set([case(value="234.50")], BODIES)
    assert "234.50 不在任何一条引文里" in fault.message


def test_a_gold_figure_may_carry_a_bound_or_commas() -> None:
    assert check_set([case(value="≥1,234.5")], BODIES) == ()


def test_formulas_are_recomputed_from_quoted_figures() -> None:
    proofs = [
        {"doc": "甲局", "table": "", "quote": "差旅费 1,234.50"},
        {"doc": "甲局", "table": "", "quote": "合计 9,000.00"},
    ]
    share = {"category": "compute", "answer_type": "ratio", "unit": "%", "evidence": proofs}
    assert check_set([case(**share, value="13.72", formula="1234.50 / 9000.00 * 100")], BODIES) == ()
    (wrong,) = check_set([case(**share, value="13.70", formula="1234.50 / 9000.00 * 100")], BODIES)
    assert "13.7167" in wrong.message
    (unquoted,) = check_set([case(**share, value="13.72", formula="1234.5 / 8998 * 100")], BODIES)
    assert "8998 不在任何一条引文里" in unquoted.message


def test_formulas_hold_arithmetic_and_nothing_else() -> None:
    assert compute("(106.22 + 5.45) / -2") == Decimal("-55.835")
    assert operands("276.37 * 10000 / 81") == ("276.37", "81")
    for bad in ("__import__('os')", "1 +", "2 ** 9", "1 / 0", "0 / 0", "True + 1", "1e3", "a"):
        with pytest.raises(FormulaInvalid):
            compute(bad)


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_formulas_compute_in_decimal(a: Decimal, b: Decimal) -> None:
    assert compute(f"{a:f} - {b:f}") == a - b


SETS = Path(__file__).parents[1] / "eval_sets"


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda path: path.name)
def test_the_shipped_sets_are_well_formed(path: Path) -> None:
    cases = read_set(path)
    assert check_set(cases, {}) == ()
    assert all(case.evidence or case.answer_type is AnswerType.REFUSE for case in cases)
