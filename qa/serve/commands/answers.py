"""mingzhang ask: one question, or a batch of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from qa.errors import BadQuestionLine, EmptyQuestion, MissingQuestions, OutputUnwritable
from qa.model import Answer, Question
from qa.serve.commands.options import AsJson, Store
from qa.settings import Settings, read_settings


def register(app: typer.Typer) -> None:
    app.command("ask")(ask)


def ask(
    question: Annotated[str, typer.Argument(help="问题；成批提问时不填。")] = "",
    document: Annotated[list[str] | None, typer.Option("--document", help="只在这些文件中回答，可重复。")] = None,
    input: Annotated[Path | None, typer.Option("--input", help="问题文件，每行一个 JSON。")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="答案文件，每行一个 JSON。")] = None,
    jobs: Annotated[int, typer.Option("--jobs", help="成批提问的进程数。")] = 1,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """回答一个问题（或 --input 中的一批问题），每个数字都经过核验。"""
    settings = read_settings(store=store)
    documents = tuple(document or ())
    if input is not None:
        batch(read_questions(input, documents), output, jobs, settings)
        return
    if not question.strip():
        raise EmptyQuestion
    answer = answer_all([Question(question, documents=documents)], settings)[0]
    from qa.serve.wire import dumps

    typer.echo(dumps(answer) if as_json else as_text(answer))


def as_text(answer: Answer) -> str:
    """An answer for a terminal."""
    lines = [answer.text.replace("**", "")]
    lines += [f"  选项：{option}" for option in answer.options]
    lines += [f"  提示：{warning}" for warning in answer.warnings]
    for c in answer.citations:
        where = f"第{c.page}页 {c.table}".strip()
        lines.append(f"  [{c.id}] {c.document} {where}：{c.quote}")
    return "\n".join(lines)


def read_questions(path: Path, documents: tuple[str, ...] = ()) -> list[Question]:
    """The questions of a JSONL file. Raises MissingQuestions, BadQuestionLine."""
    from dataclasses import replace

    from qa.serve.wire import question_of

    if not path.is_file():
        raise MissingQuestions(str(path))
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = question_of(json.loads(line))
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise BadQuestionLine(str(path), number, type(error).__name__) from error
        questions.append(replace(question, documents=question.documents or documents))
    return questions


def batch(questions: Sequence[Question], output: Path | None, jobs: int, settings: Settings) -> None:
    """Answer all, in order, to a file or to standard output, with a bar on standard error."""
    from qa.serve.wire import dumps

    if output is None:
        for answer in _answers(questions, jobs, settings):
            typer.echo(dumps(answer))
        return
    try:
        with output.open("w", encoding="utf-8") as file:
            for answer in _answers(questions, jobs, settings):
                file.write(dumps(answer) + "\n")
    except OSError as error:
        raise OutputUnwritable(str(output), error.strerror or str(error)) from error


def _answers(questions: Sequence[Question], jobs: int, settings: Settings) -> Iterator[Answer]:
    with typer.progressbar(length=len(questions), label="回答", file=typer.get_text_stream("stderr")) as bar:
        for answer in _spread(questions, jobs, settings):
            bar.update(1)
            yield answer


def _spread(questions: Sequence[Question], jobs: int, settings: Settings) -> Iterator[Answer]:
    if jobs <= 1 or len(questions) < 8:
        yield from _stream(questions, settings)
        return
    from concurrent.futures import ProcessPoolExecutor

    size = -(-len(questions) // (jobs * 4))
    parts = [questions[i : i + size] for i in range(0, len(questions), size)]
    with ProcessPoolExecutor(jobs) as pool:
        for answers in pool.map(answer_all, parts, [settings] * len(parts)):
            yield from answers


def _stream(questions: Sequence[Question], settings: Settings) -> Iterator[Answer]:
    from qa.assemble import open_tools
    from qa.pipeline import ask as answer_one
    from qa.serve.lasting import spare_what_lasts

    tools = open_tools(settings, create=False)
    if len(questions) > 1:
        spare_what_lasts()
    for question in questions:
        yield answer_one(question, tools)


def answer_all(questions: Sequence[Question], settings: Settings) -> list[Answer]:
    """Answer questions one after the other with tools of their own (also the unit of work of a process)."""
    return list(_stream(questions, settings))
