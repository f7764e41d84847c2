"""Runs: parallel, resumable, repeatable; kept on disk; compared; shown."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate.cases import AnswerType, Case, Gold, Proof
from qa.evaluate.codec import Undecodable, decode, encode
from qa.evaluate.compare import compare, mcnemar
from qa.evaluate.errors import EndpointFailed, NothingInCommon, RunMissing, RunUnreadable, WorkersDied
from qa.evaluate.files import JournalFile, read_run, write_run
from qa.evaluate.report import render
from qa.evaluate.run import Result, Run, Setup, open_executor, run_cases
from qa.model import Answer, Citation, Operand, Value

SETUP = Setup("fake", "1", (("model", "none"),), (("甲局.pdf", "00ff"),))
CASES = tuple(Case(f"c{n}", "cell", f"第{n}问", AnswerType.NUMBER, gold=Gold(str(n), "万元")) for n in range(6))


def figure_answer(case: Case, value: str, unit: str = "万元") -> Answer:
    return Answer(case.question, "", "answered", f"{value}{unit}", values=(Value("", value, unit, "table"),))


@dataclass(frozen=True)
class Echo:
    """Answers with the gold, except where it is told to be wrong, to break, or to take its process down."""

    wrong: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    fatal: tuple[str, ...] = ()
    deadly: tuple[str, ...] = ()

    def __call__(self) -> Echo:
        return self

    def answer(self, case: Case) -> Answer:
        if case.id in self.deadly:
            os._exit(1)
        if case.id in self.fatal:
            raise EndpointFailed("http://x", "HTTP 500")
        if case.id in self.broken:
            raise ValueError("surprise")
        return figure_answer(case, "99" if case.id in self.wrong or case.gold is None else case.gold.value)


def run(tmp_path: Path, system: Echo = Echo(), cases: tuple[Case, ...] = CASES, setup: Setup = SETUP) -> Run:
    journal = JournalFile(tmp_path / "run.part", setup)
    with ThreadPoolExecutor(1) as executor:
        results = run_cases(cases, system, executor, journal)
    journal.close(finished=True)
    return Run(("set.jsonl",), setup, "2024-01-01T00:00:00", results)


# -- running -----------------------------------------------------------------------------------------------------------


def test_results_come_in_the_order_of_the_set(tmp_path: Path) -> None:
    done: list[str] = []
    with ThreadPoolExecutor(4) as executor:
        journal = JournalFile(tmp_path / "run.part", SETUP)
        results = run_cases(CASES, Echo(wrong=("c3",)), executor, journal, on_done=lambda r: done.append(r.case.id))
    assert [r.case.id for r in results] == [c.id for c in CASES]
    assert sorted(done) == [c.id for c in CASES]
    assert [r.score.right for r in results] == [True, True, True, False, True, True]


def test_processes_give_the_same_as_one_thread(tmp_path: Path) -> None:
    with open_executor(2) as executor:
        results = run_cases(CASES, Echo(wrong=("c3",)), executor, JournalFile(tmp_path / "run.part", SETUP))
    alone = run(tmp_path, Echo(wrong=("c3",))).results
    assert [(r.case, r.score) for r in results] == [(r.case, r.score) for r in alone]


def test_a_question_that_breaks_the_system_is_a_failed_result(tmp_path: Path) -> None:
    finished = run(tmp_path, Echo(broken=("c2",)))
    assert finished.results[2].answer.text == "ValueError: surprise"
    assert finished.summary.failed == 1
    assert finished.summary.accuracy.hits == 5


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "run.part"
    with pytest.raises(EndpointFailed), ThreadPoolExecutor(1) as executor:
        run_cases(CASES, Echo(fatal=("c4",)), executor, JournalFile(path, SETUP))
    with path.open("a", encoding="utf-8") as cut:
        cut.write('{"case": {"id": "c5", "categ')  # a kill while a line was written
    again = JournalFile(path, SETUP)
    assert [r.case.id for r in again.finished()] == ["c0", "c1", "c2", "c3"]
    with ThreadPoolExecutor(1) as executor:
        results = run_cases(CASES, Echo(fatal=("c0", "c1", "c2", "c3")), executor, again)
    assert all(r.score.right for r in results)
    again.close(finished=True)
    assert not path.exists()


def test_a_journal_of_another_setup_is_not_mixed_in(tmp_path: Path) -> None:
    path = tmp_path / "run.part"
    with ThreadPoolExecutor(1) as executor:
        run_cases(CASES, Echo(), executor, JournalFile(path, SETUP))
    assert len(JournalFile(path, SETUP).finished()) == len(CASES)
    assert JournalFile(path, replace(SETUP, version="2")).finished() == ()


def test_a_failed_question_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "run.part"
    with ThreadPoolExecutor(1) as executor:
        run_cases(CASES[:2], Echo(broken=("c1",)), executor, JournalFile(path, SETUP))
    assert [r.case.id for r in JournalFile(path, SETUP).finished()] == ["c0"]


def test_an_error_keeps_its_kind_and_sentence_between_processes(tmp_path: Path) -> None:
    with pytest.raises(EndpointFailed, match="HTTP 500"), open_executor(2) as executor:
        run_cases(CASES, Echo(fatal=("c1",)), executor, JournalFile(tmp_path / "run.part", SETUP))


def test_a_worker_that_dies_leaves_the_journal(tmp_path: Path) -> None:
    with pytest.raises(WorkersDied, match="重新运行"), open_executor(2) as executor:
        run_cases(CASES, Echo(deadly=("c5",)), executor, JournalFile(tmp_path / "run.part", SETUP))
    assert (tmp_path / "run.part").exists()


# -- on disk -----------------------------------------------------------------------------------------------------------


def full_answer() -> Answer:
    operand = Operand("甲", Decimal("1.10"), "万元", 1)
    value = Value("占比", "2.75", "%", "computed", "1.10 / 40", (operand,), (1,))
    cited = Citation(
        1, "甲局.pdf", "甲局决算", "cell", 3, (1.0, 2.5, 3.0, 4.0), ((3, (1.0, 2.5, 3.0, 4.0)),), quote="甲 1.10"
    )
    return Answer(
        "问", "整句", "answered", "2.75% [1]", None, "yes", (value,), (cited,), ("留意",), (), ("再问",), 12.5, "c0"
    )


def test_a_run_survives_the_disk(tmp_path: Path) -> None:
    finished = run(tmp_path, Echo(wrong=("c1",)))
    finished = replace(finished, results=(replace(finished.results[0], answer=full_answer()), *finished.results[1:]))
    write_run(finished, tmp_path / "deep" / "run.json")
    assert read_run(tmp_path / "deep" / "run.json") == finished
    assert json.loads((tmp_path / "deep" / "run.json").read_text())["summary"]["accuracy"] == {"hits": 5, "total": 6}


operands = st.builds(Operand, st.text(), st.decimals(allow_nan=False), st.text(), st.integers())
values = st.builds(
    Value, st.text(), st.text(), st.text(), st.text(), operands=st.lists(operands, max_size=2).map(tuple)
)
answers = st.builds(
    Answer,
    question=st.text(),
    interpreted=st.text(),
    status=st.text(),
    text=st.text(),
    verdict=st.none() | st.text(),
    values=st.lists(values, max_size=3).map(tuple),
    elapsed_ms=st.floats(allow_nan=False),
)


@given(answers)
def test_any_answer_survives_json(answer: Answer) -> None:
    assert decode(Answer, json.loads(json.dumps(encode(answer)))) == answer


def test_what_is_no_run_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(RunMissing):
        read_run(tmp_path / "none.json")
    for content in ("not json", "[]", '{"run": {"sets": []}}', '{"summary": {}}', '{"run": {"sets": 5, "x": 1}}'):
        (tmp_path / "bad.json").write_text(content)
        with pytest.raises(RunUnreadable):
            read_run(tmp_path / "bad.json")


@pytest.mark.parametrize(
    "data",
    [{"value": 5, "unit": "元"}, {"value": "5", "other": "元"}, {"unit": "元"}, ["5", "元"], "5"],
)
def test_decoding_says_where_it_does_not_fit(data: object) -> None:
    with pytest.raises(Undecodable, match="Gold"):
        decode(Gold, data)


# -- comparing ---------------------------------------------------------------------------------------------------------


def test_a_run_compared_with_itself_shows_no_change(tmp_path: Path) -> None:
    finished = run(tmp_path, Echo(wrong=("c1", "c2")))
    same = compare(finished, run(tmp_path, Echo(wrong=("c1", "c2"))))
    assert (same.won, same.lost, same.changed, same.same) == ((), (), (), 6)
    assert same.p_value == 1.0


def test_won_lost_and_changed(tmp_path: Path) -> None:
    before = run(tmp_path, Echo(wrong=("c0", "c1")))
    after = run(tmp_path, Echo(wrong=("c1", "c2"), broken=()), cases=CASES[:5])
    altered = replace(after.results[3], answer=replace(after.results[3].answer, text="换个说法"))
    after = replace(after, results=(*after.results[:3], altered, after.results[4]))
    comparison = compare(before, after)
    assert [p.case.id for p in comparison.won] == ["c0"]
    assert [p.case.id for p in comparison.lost] == ["c2"]
    assert [p.case.id for p in comparison.changed] == ["c3"]
    assert (comparison.same, comparison.only_before, comparison.only_after) == (2, 1, 0)
    with pytest.raises(NothingInCommon):
        compare(before, replace(after, results=()))


def test_mcnemar_exact() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(5, 0) == pytest.approx(0.0625)
    assert mcnemar(10, 2) == pytest.approx(0.03857, abs=1e-5)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_is_symmetric_and_a_probability(won: int, lost: int) -> None:
    assert 0 < mcnemar(won, lost) <= 1
    assert mcnemar(won, lost) == mcnemar(lost, won)


# -- showing -----------------------------------------------------------------------------------------------------------


def test_the_report_shows_every_question_beside_its_gold(tmp_path: Path) -> None:
    finished = run(tmp_path, Echo(wrong=("c1",)))
    case = replace(CASES[0], evidence=(Proof("甲局", "公开09表", "公务接待费 1.33"),), history=("先前一问",))
    finished = replace(
        finished, results=(Result(case, full_answer(), finished.results[0].score), *finished.results[1:])
    )
    page = render(finished, compare(finished, finished))
    for words in ("83.3%", "首个数值为99万元，应为1万元", "公务接待费 1.33", "先前一问", "计算所得", "p = 1.0000"):
        assert words in page
    assert "http" not in page
    assert "<script" not in page


def test_nothing_in_a_report_is_markup_from_outside(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    case = Case(
        evil, evil, evil, AnswerType.TEXT, must_contain=((evil,),), evidence=(Proof(evil, evil, evil),), note=evil
    )
    answer = replace(full_answer(), text=evil, warnings=(evil,), options=(evil,))
    score = run(tmp_path).results[0].score
    result = Result(case, answer, replace(score, unfaithful=(evil,)))
    page = render(Run((evil,), Setup(evil, evil), evil, (result,)))
    assert evil not in page
    assert "&lt;script&gt;" in page
