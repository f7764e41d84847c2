"""Other systems held to the same questions: prose read for figures, services over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from index.model import CatalogueEntry, Cell, Line, Paragraph, Profile, Section, Table
from qa.evaluate.baseline import build_baseline, load_model, open_baseline, quote
from qa.evaluate.cases import AnswerType, Case
from qa.evaluate.endpoint import EndpointFactory, completions_url
from qa.evaluate.engine import code_version, setup_of
from qa.evaluate.errors import EmbeddingMissing, EndpointFailed
from qa.evaluate.prose import read_prose
from qa.settings import Settings

QUESTION = "甲局2022年接待费是多少？"


@pytest.mark.parametrize(
    ("prose", "value", "unit"),
    [
        ("甲局2022年公务接待费决算为1.33万元。", "1.33", "万元"),
        ("预算2.13万元，决算 **1.33 万元**[1]，完成62.44%。", "1.33", "万元"),
        ("共计１，２３４．５０元", "1234.50", "元"),
        ("完成率为 62.44％", "62.44", "%"),
        ("接待76人次", "76", "人次"),
        ("约1.2亿", "1.2", "亿元"),
        ("<think>也许是 5 万元</think>是 6 万元", "6", "万元"),
        ("人均3.41万元/人", "3.41", "万元/人"),
    ],
)
def test_the_leading_figure_of_prose(prose: str, value: str, unit: str) -> None:
    answer = read_prose(QUESTION, prose)
    assert answer.status == "answered"
    assert (answer.values[0].value, answer.values[0].unit, answer.values[0].verification) == (value, unit, "none")


def test_a_figure_that_the_question_brought_up_does_not_lead() -> None:
    answer = read_prose("年初预算5万元，实际花了多少", "年初预算5万元，实际支出3万元")
    assert [v.value for v in answer.values] == ["3", "5"]


def test_years_and_marks_are_no_figures() -> None:
    assert read_prose(QUESTION, "2022年第3页[12]，见第5条").values == ()


@pytest.mark.parametrize(
    "prose", ["抱歉，没有相关数据。", "资料中未披露该信息。", "无法确定。", "", "文档没有提供接待 3 批次的名单"]
)
def test_refusals_in_prose(prose: str) -> None:
    answer = read_prose(QUESTION, prose)
    assert (answer.status, answer.values) == ("refused", ())


def test_none_is_not_a_refusal() -> None:
    assert read_prose(QUESTION, "甲局没有政府性基金支出，为0.00元。").status == "answered"


def test_asking_back_in_prose() -> None:
    answer = read_prose(QUESTION, "请问您指的是哪一家？\n1. 甲局\n2. 乙局")
    assert (answer.status, answer.options) == ("clarify", ("甲局", "乙局"))


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [("是的，超了。", "yes"), ("**否**，没有超。", "no"), ("没有超。", "no"), ("甲局决算为1.33万元。", None)],
)
def test_verdicts_in_prose(prose: str, verdict: str | None) -> None:
    assert read_prose(QUESTION, prose).verdict == verdict


class Service(BaseHTTPRequestHandler):
    """Answers with the number of turns it was sent; breaks on request."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turns = [message["content"] for message in body["messages"]]
        self.send_response(500 if "坏" in turns[-1] else 200)
        self.end_headers()
        said = f"{len(turns)}万元 {body['model']} {self.headers.get('Authorization')} {self.path}"
        reply = {"choices": [{"message": {"content": said}}]} if "怪" not in turns[-1] else {"answer": said}
        self.wfile.write(json.dumps(reply).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_service_is_asked_with_history(service: str) -> None:
    case = Case("c", "followup", "乙局呢", AnswerType.NUMBER, history=("甲局接待费多少",))
    answer = EndpointFactory(service, "some-model", "secret")().answer(case)
    assert answer.text == "2万元 some-model Bearer secret /v1/chat/completions"
    assert answer.values[0].value == "2"


@pytest.mark.parametrize(("question", "cause"), [("坏", "HTTP 500"), ("怪", "约定的格式")])
def test_a_service_that_does_not_answer(service: str, question: str, cause: str) -> None:
    with pytest.raises(EndpointFailed, match=cause):
        EndpointFactory(service, "m")().answer(Case("c", "cell", question, AnswerType.NUMBER))


def test_only_web_addresses_are_asked() -> None:
    assert completions_url("https://host/v1/") == "https://host/v1/chat/completions"
    assert completions_url("https://host/v1/chat/completions") == "https://host/v1/chat/completions"
    with pytest.raises(EndpointFailed):
        completions_url("file:///etc/passwd")
    with pytest.raises(EndpointFailed):
        EndpointFactory("http://127.0.0.1:9/v1", "m", timeout=2)().answer(Case("c", "cell", "问", AnswerType.NUMBER))


# -- the ordinary way --------------------------------------------------------------------------------------------------


class Letters:
    """Embeds by counting characters: enough for nearness without a model."""

    def embed_passages(self, texts: Sequence[str], /) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str, /) -> list[float]:
        counts = [0.001] * 64
        for letter in text:
            counts[ord(letter) % 64] += 1
        return counts


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, (Line(text, 1),), (0,), 0)


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(tuple(Cell(text, 1) for text in row) for row in rows)
    return Table(1, "支出决算表", "公开03表", "万元", (1,), (("科目",), ("决算数",)), cells)


@dataclass(frozen=True)
class Shelf:
    """Two offices, one with prose and one with a table."""

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        offices = (("甲局", "aa"), ("乙局", "bb"))
        profiles = (Profile(name, (), 2022, "决算", "部门", "") for name, _ in offices)
        return tuple(
            CatalogueEntry(f"{name}.pdf", sha, "pdf", profile, 1, 0, 0)
            for (name, sha), profile in zip(offices, profiles, strict=True)
        )

    def paragraphs(self, document: str, /) -> tuple[Paragraph, ...]:
        return (paragraph("甲局公务接待费决算1.33万元。主要职责是接待。"),) if document == "甲局.pdf" else ()

    def sections(self, document: str, /) -> tuple[Section, ...]:
        return ()

    def tables(self, document: str, /) -> tuple[Table, ...]:
        return (table(("差旅费", "14.65"), ("邮电费", "9.39")),) if document == "乙局.pdf" else ()


def test_the_baseline_quotes_what_is_nearest(tmp_path: Path) -> None:
    folder = build_baseline(Shelf(), Letters(), tmp_path)
    system = open_baseline(folder, Letters())
    prose = system.answer(Case("c", "cell", "甲局公务接待费决算是多少", AnswerType.NUMBER))
    assert (prose.values[0].value, prose.values[0].unit) == ("1.33", "万元")
    row = system.answer(Case("c", "cell", "差旅费支出决算", AnswerType.NUMBER))
    assert (row.values[0].value, row.values[0].unit, row.values[0].verification) == ("14.65", "万元", "none")
    assert row.citations[row.values[0].citations[0] - 1].document == "乙局.pdf"
    assert build_baseline(Shelf(), Letters(), tmp_path) == folder


def test_the_baseline_reads_the_figure_behind_the_words() -> None:
    row = "单位：万元\n30101 基本工资 582.96 30201 办公费 30.56\n30102 津贴补贴 393.74"
    assert [v.value for v in quote("办公费决算", [("甲局.pdf", row)]).values] == ["30.56", "582.96"]
    prose = "预算2.13万元，决算1.33万元。\n\n"
    assert quote("决算多少", [("甲局.pdf", prose)]).values[0].value == "1.33"


def test_the_baseline_says_nothing_about_an_empty_store() -> None:
    assert quote("问", []).values == ()


def test_the_baseline_needs_a_model() -> None:
    with pytest.raises(EmbeddingMissing):
        load_model(Settings(model="none"))


def test_a_setup_holds_what_answers_depend_on_and_no_secret() -> None:
    setup = setup_of(
        "mingzhang", Settings(model="m", port=1, endpoint_key="hidden"), Shelf().catalogue(), [("index", "7")]
    )
    assert setup.settings == (("model", "m"), ("index", "7"))
    assert setup.documents == (("甲局.pdf", "aa"), ("乙局.pdf", "bb"))
    assert setup.version == code_version()
