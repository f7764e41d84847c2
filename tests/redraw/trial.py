"""Documents put into a store, questions put to it, answers scored: the ordinary way, without vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.chunk import make_chunks
from index.model import Document, IngestReport, Reading
from index.read import read_document
from index.stores import Index
from index.tables import extract_tables
from index.understand import understand
from index.vocabulary import load_vocabulary
from qa import Question, ask
from qa.evaluate.cases import Case, write_set
from qa.evaluate.scores import Score, score
from qa.finder import Finder
from qa.model import Answer
from qa.pipeline import Tools
from qa.serve.wire import answer_json


@dataclass(frozen=True, slots=True)
class Trial:
    """One set asked of one corpus."""

    cases: tuple[Case, ...]
    answers: tuple[Answer, ...]
    scores: tuple[Score, ...]

    @property
    def accuracy(self) -> float:
        return sum(s.right for s in self.scores) / len(self.scores)

    @property
    def wrong_verified(self) -> int:
        return sum(s.wrong_verified for s in self.scores)

    @property
    def wrong_shown(self) -> int:
        return sum(s.wrong_shown for s in self.scores)

    def save(self, folder: Path, name: str) -> None:
        """The set and its answers, as `score_answers.py` takes them."""
        folder.mkdir(parents=True, exist_ok=True)
        write_set(self.cases, folder / f"{name}.questions.jsonl")
        lines = (json.dumps(answer_json(answer), ensure_ascii=False) + "\n" for answer in self.answers)
        (folder / f"{name}.answers.jsonl").write_text("".join(lines), encoding="utf-8")


def read_all(paths: Iterable[Path]) -> tuple[Reading, ...]:
    return tuple(understood(read_document(path)) for path in paths)


def understood(document: Document) -> Reading:
    reading = understand(document, extract_tables(document))
    chunks = make_chunks(reading.profile, reading.sections, reading.paragraphs, reading.tables)
    return replace(reading, chunks=tuple(chunks))


def run_trial(readings: Sequence[Reading], cases: Sequence[Case], store: Path) -> Trial:
    """Ask every case of a new store that holds the readings."""
    with Index.open(store) as index:
        for reading in readings:
            document = reading.document
            report = IngestReport(
                document.name, document.sha256, "added", len(document.pages), len(reading.tables), len(reading.facts)
            )
            index.replace(reading, None, report)
        tools = Tools(Finder(index, load_vocabulary()))
        answers = tuple(ask(Question(text=c.question, history=c.history, id=c.id), tools) for c in cases)
    return Trial(tuple(cases), answers, tuple(score(c, a) for c, a in zip(cases, answers, strict=True)))
