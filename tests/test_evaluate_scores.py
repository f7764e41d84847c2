"""Judging answers, and what a run of judgements adds up to."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate.cases import AnswerType, Case, Gold, Proof, RefuseKind, write_line
from qa.evaluate.library import Library, Origin
from qa.evaluate.matching import names_document, quoted_from
from qa.evaluate.scores import judge, score
from qa.evaluate.summary import Scored, Share, percentile, summarise
from qa.model import Answer, Citation, Operand, Value

DOC = "甲局_2022年决算.pdf"
PROOF = Proof("甲局", "公开09表", "公务接待费 2.13 1.33")
NUMBER = Case("n", "cell", "问", AnswerType.NUMBER, docs=("甲局",), gold=Gold("1.33", "万元"), evidence=(PROOF,))
LIBRARY = Library(
    {DOC: Origin("甲局", 2022), "乙局_2022年决算.pdf": Origin("乙局", 2022)},
    {DOC: "公务接待费2.131.33合计48.37", "乙局_2022年决算.pdf": "公务接待费1.33"},
)


def citation(
    number: int = 1, quote: str = "公务接待费 | 决算数 | 1.33", document: str = DOC, table: str = "公开09表"
) -> Citation:
    return Citation(number, document, "", "cell", 1, table=table, quote=quote)


def figure(value: str, unit: str = "万元", mark: str = "table", *citations: int) -> Value:
    return Value("", value, unit, mark, citations=citations or (1,))


def answered(
    *values: Value, text: str = "", verdict: str | None = None, citations: tuple[Citation, ...] = ()
) -> Answer:
    return Answer("问", "", "answered", text, verdict=verdict, values=values, citations=citations)


def refused(*values: Value) -> Answer:
    return Answer("问", "", "refused", "没有收录", values=values)


# -- figures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "right"),
    [
        ("1.33", "万元", True),
        ("13300", "元", True),
        ("13,300.00", "元", True),
        ("1.33", "%", False),
        ("1.34", "万元", False),
    ],
)
def test_a_figure_is_right_in_value_and_unit(value: str, unit: str, right: bool) -> None:
    assert judge(NUMBER, answered(figure(value, unit)))[0] is right


def test_only_the_leading_figure_counts() -> None:
    right, why = judge(NUMBER, answered(figure("2.13"), figure("1.33")))
    assert not right
    assert "2.13万元" in why


def test_tolerance_is_in_the_unit_of_the_gold() -> None:
    loose = replace(NUMBER, tolerance=Decimal("0.005"))
    assert judge(loose, answered(figure("13349", "元")))[0]
    assert not judge(loose, answered(figure("13351", "元")))[0]
    share = replace(NUMBER, answer_type=AnswerType.RATIO, gold=Gold("62.44", "%"))
    assert judge(share, answered(figure("62.45", "%")))[0]


def test_a_wrong_figure_with_a_mark_is_the_worst_outcome() -> None:
    marked = score(NUMBER, answered(figure("2.13"), citations=(citation(),)), LIBRARY)
    assert marked.wrong_verified
    assert marked.wrong_shown
    doubted = score(NUMBER, answered(figure("2.13", mark="conflict"), citations=(citation(),)), LIBRARY)
    assert not doubted.wrong_verified
    assert doubted.wrong_shown


def test_facets_say_what_of_a_figure_is_wrong() -> None:
    right = score(NUMBER, answered(figure("1.33"), citations=(citation(),)), LIBRARY)
    assert right.facets is not None
    assert right.facets.exact
    other = citation(document="乙局_2022年决算.pdf", quote="公务接待费 | 1.33")
    elsewhere = score(NUMBER, answered(figure("1.33"), citations=(other,)), LIBRARY).facets
    assert elsewhere is not None
    assert (elsewhere.value, elsewhere.year, elsewhere.organisation, elsewhere.scope) == (True, True, False, False)


# -- lists, verdicts, words, refusals ----------------------------------------------------------------------------------

ITEMS = replace(
    NUMBER,
    answer_type=AnswerType.LIST,
    gold=None,
    values=(Gold("2", "万元", "甲"), Gold("3", "万元", "乙"), Gold("", "", "丙")),
)


def test_a_list_needs_every_item_and_not_many_others() -> None:
    assert judge(ITEMS, answered(figure("3"), figure("2"), text="甲、乙、丙"))[0]
    assert judge(ITEMS, answered(figure("3"), text="甲、丙")) == (False, "缺少 甲")
    assert not judge(ITEMS, answered(figure("2"), figure("3"), text="甲、乙"))[0]
    crowd = tuple(figure(str(n)) for n in range(2, 11))
    assert judge(ITEMS, answered(*crowd, text="丙"))[0] is False
    counted = score(ITEMS, answered(figure("3"), figure("9"), text="丙"))
    assert (counted.found, counted.wanted, counted.given) == (2, 3, 2)


def test_a_verdict_needs_its_grounds() -> None:
    case = replace(
        NUMBER, answer_type=AnswerType.YESNO, gold=None, yes=False, must_contain=(("48.37",), ("51.80", "51.8"))
    )
    assert judge(case, answered(text="否，决算 48.37 低于预算 51.80", verdict="no"))[0]
    assert not judge(case, answered(text="否", verdict="no"))[0]
    assert not judge(case, answered(text="是，48.37 高于 51.8", verdict="yes"))[0]


def test_words_are_found_across_widths_commas_and_marks() -> None:
    case = replace(NUMBER, answer_type=AnswerType.TEXT, gold=None, must_contain=(("3414.22",), ("口径",)))
    assert judge(case, answered(text="**３,４１４.22** 万元，口 径不同"))[0]


def test_refusals() -> None:
    case = Case("r", "unanswerable", "问", AnswerType.REFUSE, refuse_kind=RefuseKind.OUT_OF_CORPUS)
    assert judge(case, refused())[0]
    assert not judge(case, refused(figure("1")))[0]
    assert score(case, answered(figure("1"))).wrong_verified
    premise = replace(case, refuse_kind=RefuseKind.FALSE_PREMISE, must_contain=(("增加",),))
    assert judge(premise, answered(text="并未下降，而是增加"))[0]
    assert not score(premise, answered(figure("1"))).wrong_verified
    assert score(NUMBER, refused()).refused_wrongly


def test_asking_back() -> None:
    case = Case("a", "ambiguous", "问", AnswerType.CLARIFY, must_contain=(("1.33",), ("3.25",)))
    assert judge(case, Answer("问", "", "clarify", "哪家", options=("甲", "乙")))[0]
    assert not judge(case, Answer("问", "", "clarify", "哪家", options=("甲",)))[0]
    assert judge(case, answered(text="甲 1.33，乙 3.25"))[0]


# -- what stands behind an answer --------------------------------------------------------------------------------------


def test_citations_must_bear_out_the_figure() -> None:
    assert score(NUMBER, answered(figure("1.33"), citations=(citation(),)), LIBRARY).supported
    other = replace(citation(quote="合计|48.37|11.33"), value="48.37")
    assert not score(NUMBER, answered(figure("1.33"), citations=(other,)), LIBRARY).supported
    assert score(NUMBER, answered(figure("13300", "元"), citations=(citation(),)), LIBRARY).supported
    operands = (Operand("", Decimal("48.37"), "万元", 1), Operand("", Decimal("1.33"), "万元", 2))
    share = Value("", "2.75", "%", "computed", operands=operands)
    cited = (replace(other, id=1), citation(2))
    assert score(NUMBER, answered(share, citations=cited), LIBRARY).supported
    assert not score(NUMBER, answered(share, citations=cited[:1]), LIBRARY).supported


def test_a_quote_must_stand_in_the_document_it_names() -> None:
    invented = answered(figure("1.33"), citations=(citation(quote="公务接待费为 1.33"),))
    assert score(NUMBER, invented, LIBRARY).unfaithful == ("公务接待费为 1.33",)
    assert (
        score(NUMBER, answered(figure("1.33"), citations=(citation(quote="公务接待费 | 1.33"),)), LIBRARY).unfaithful
        == ()
    )


def test_document_names() -> None:
    assert names_document("000_甲局.pdf", "000")
    assert names_document("000_甲局.pdf", "000_甲局")
    assert not names_document("0001_甲局.pdf", "000")


@given(st.text("甲乙丙丁0123", min_size=6, max_size=30), st.data())
def test_any_passage_of_a_body_is_quoted_from_it(body: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    assert quoted_from(body[start:end], body)
    assert quoted_from(" | ".join(body[start:end]), body)


# -- sums --------------------------------------------------------------------------------------------------------------


def test_wilson_interval() -> None:
    share = Share(9, 10)
    assert share.low == pytest.approx(0.5958, abs=1e-4)
    assert share.high == pytest.approx(0.9821, abs=1e-4)
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    share = Share(hits, hits + misses)
    if share.total:
        assert 0 <= share.low <= share.value + 1e-12
        assert share.value <= share.high + 1e-12 <= 1 + 1e-9


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_percentiles_are_of_the_values(values: list[float], percent: int) -> None:
    ordered = sorted(values)
    found = percentile(ordered, percent)
    assert sum(v <= found for v in ordered) >= percent / 100 * len(ordered)


def test_a_summary_counts_each_kind() -> None:
    refusal = Case("r", "unanswerable", "问", AnswerType.REFUSE, refuse_kind=RefuseKind.NOT_DISCLOSED)
    pairs = [
        (NUMBER, answered(figure("1.33"), citations=(citation(),))),
        (NUMBER, answered(figure("2.13"), citations=(citation(),))),
        (NUMBER, refused()),
        (refusal, refused()),
        (refusal, answered(text="大约是")),
    ]
    summary = summarise([Scored(c, score(c, a, LIBRARY), 10.0 * n) for n, (c, a) in enumerate(pairs, 1)])
    assert summary.accuracy == Share(2, 5)
    assert dict(summary.by_category) == {"cell": Share(1, 3), "unanswerable": Share(1, 2)}
    assert summary.figure_value == Share(1, 2)
    assert summary.figure_exact == Share(1, 3)
    assert (summary.refusal_recall, summary.refusal_precision) == (Share(1, 2), Share(1, 2))
    assert (summary.wrong_verified, summary.wrong_shown, summary.refused_wrongly) == (1, 1, 1)
    assert (summary.p50_ms, summary.p95_ms) == (30.0, 50.0)


# -- the published scorer ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published() -> ModuleType:
    path = Path(__file__).parents[2] / "shared" / "score" / "score_answers.py"
    if not path.is_file():
        pytest.skip("the published scorer is not here")
    spec = importlib.util.spec_from_file_location("published_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


units = st.sampled_from(["万元", "元", "%", "人", "亿元"])
numbers = st.sampled_from(["1.33", "13300", "0", "0.00", "2", "2.00", "20,000", "≥2", "两", "99.5"])
given_values = st.lists(
    st.builds(Value, st.just(""), numbers, units, st.sampled_from(["table", "conflict"])), max_size=4
)
answers = st.builds(
    Answer,
    question=st.just("问"),
    interpreted=st.just(""),
    status=st.sampled_from(["answered", "answered", "refused", "clarify"]),
    text=st.sampled_from(["", "甲 1.33，乙没有", "**1, 330** 增加"]),
    verdict=st.sampled_from([None, "yes", "no"]),
    values=given_values.map(tuple),
    options=st.sampled_from([(), ("甲",), ("甲", "乙")]),
)
gold = st.builds(Gold, numbers, units, st.sampled_from(["甲", "乙"]))
groups = st.sampled_from([(("甲",),), (("增加", "1.33"), ("没有",))])
cases = st.builds(
    Case,
    id=st.just("c"),
    category=st.just("cell"),
    question=st.just("问"),
    answer_type=st.sampled_from(list(AnswerType)),
    gold=gold,
    accept=st.lists(gold, max_size=1).map(tuple),
    values=st.lists(gold, min_size=1, max_size=3).map(tuple),
    yes=st.booleans(),
    tolerance=st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("0.5")]),
    must_contain=groups,
    refuse_kind=st.sampled_from(list(RefuseKind)),
)


@given(cases, answers)
def test_the_judge_agrees_with_the_published_scorer(published: ModuleType, case: Case, answer: Answer) -> None:
    if case.answer_type is not AnswerType.YESNO:
        case = replace(case, yes=None)
    question = json.loads(write_line(case)) | {"accept": [{"value": g.value, "unit": g.unit} for g in case.accept]}
    values = [{"value": v.value, "unit": v.unit} for v in answer.values]
    plain = {"status": answer.status, "text": answer.text, "verdict": answer.verdict, "options": list(answer.options)}
    assert judge(case, answer)[0] == published.judge(question, plain | {"values": values})[0]
