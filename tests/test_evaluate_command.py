"""mingzhang eval and mingzhang eval draft, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from index.stores import Index
from qa.evaluate.errors import DocumentNotIndexed, SystemUnknown
from qa.evaluate.files import read_run
from qa.serve.commands import eval as evaluation

REFUSAL = {
    "id": "r1",
    "category": "unanswerable",
    "question": "某局2022年三公经费",
    "docs": [],
    "answer_type": "refuse",
}
FIGURE = {
    "id": "n1",
    "category": "cell",
    "question": "某局2022年差旅费",
    "docs": ["某局"],
    "answer_type": "number",
    "value": "1",
}


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer(pretty_exceptions_enable=False)
    evaluation.register(app)
    app.callback()(lambda: None)
    return app


@pytest.fixture
def store(tmp_path: Path) -> str:
    Index.open(tmp_path / "store").close()
    return str(tmp_path / "store")


def a_set(tmp_path: Path, *rows: dict[str, object]) -> str:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_set_is_run_reported_and_compared(app: typer.Typer, store: str, tmp_path: Path) -> None:
    questions = a_set(tmp_path, REFUSAL, FIGURE)
    first = CliRunner().invoke(app, ["eval", questions, "--store", store, "--jobs", "1"])
    assert first.exit_code == 0, first.output
    assert "正确 1/2（50.0%）" in first.output
    record = Path(store) / "runs" / "set-mingzhang.json"
    assert [result.case.id for result in read_run(record).results] == ["r1", "n1"]
    page = tmp_path / "report.html"
    again = ["eval", questions, "--store", store, "--jobs", "1", "--compare", str(record), "--html", str(page)]
    second = CliRunner().invoke(app, [*again, "--output", str(tmp_path / "second.json")])
    assert "新答对 0，新答错 0，答法有变 0" in second.output
    assert "某局2022年差旅费" in page.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.part"))


def test_gates_decide_the_exit_code(app: typer.Typer, store: str, tmp_path: Path) -> None:
    command = ["eval", a_set(tmp_path, REFUSAL, FIGURE), "--store", store, "--jobs", "1"]
    assert CliRunner().invoke(app, [*command, "--min-accuracy", "0.5", "--max-wrong-verified", "0"]).exit_code == 0
    missed = CliRunner().invoke(app, [*command, "--min-accuracy", "0.51"])
    assert missed.exit_code == 1
    assert "低于 0.51" in missed.output


def test_a_set_can_be_checked_alone(app: typer.Typer, store: str, tmp_path: Path) -> None:
    formula = FIGURE | {"formula": "1 + 1"}
    checked = CliRunner().invoke(app, ["eval", "--check", a_set(tmp_path, formula), "--store", store])
    assert checked.exit_code == 1
    assert "第1行（n1）：算式得 2.0000" in checked.output


def test_mistakes_have_their_own_words(app: typer.Typer, store: str, tmp_path: Path) -> None:
    questions = a_set(tmp_path, REFUSAL)
    with pytest.raises(SystemUnknown, match="plain-rag"):
        CliRunner().invoke(app, ["eval", questions, "--store", store, "--system", "x"], catch_exceptions=False)
    with pytest.raises(DocumentNotIndexed, match="某局"):
        CliRunner().invoke(app, ["eval", "draft", "某局", "--store", store], catch_exceptions=False)
