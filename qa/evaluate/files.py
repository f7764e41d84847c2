"""Runs on disk: the finished file, and the journal beside it that lets a killed run go on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from qa.evaluate.codec import Json, Undecodable, decode, encode
from qa.evaluate.compare import Comparison
from qa.evaluate.errors import RunMissing, RunUnreadable
from qa.evaluate.report import render
from qa.evaluate.run import Result, Run, Setup


def write_run(run: Run, path: Path) -> None:
    """The whole file or none of it. The summary is written for readers; it is worked out again when read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {"summary": encode(run.summary), "run": encode(run)}
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)


def read_run(path: Path) -> Run:
    """Raises RunMissing or RunUnreadable."""
    if not path.is_file():
        raise RunMissing(str(path))
    try:
        return decode(Run, json.loads(path.read_text(encoding="utf-8"))["run"])
    except (ValueError, KeyError, TypeError) as fault:  # not JSON, not text, or not what write_run wrote
        raise RunUnreadable(str(path)) from fault


def write_report(run: Run, path: Path, comparison: Comparison | None = None) -> None:
    """The run as one HTML file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(run, comparison), encoding="utf-8")


class JournalFile:
    """Results of an unfinished run, one JSON line each, flushed as they come.

    The first line is the setup: a journal of another system, version or index is thrown away rather than mixed in.
    """

    def __init__(self, path: Path, setup: Setup) -> None:
        self._path = path
        self._finished = tuple(_read_journal(path, setup))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".tmp")
        lines = (encode(setup), *map(encode, self._finished))
        beside.write_text("".join(map(_line, lines)), encoding="utf-8")
        beside.replace(path)
        self._file: TextIO = path.open("a", encoding="utf-8")

    def finished(self) -> tuple[Result, ...]:
        return self._finished

    def add(self, result: Result) -> None:
        """A failed question is not kept: it is worth another try."""
        if result.score.status != "failed":
            self._file.write(_line(encode(result)))
            self._file.flush()

    def close(self, finished: bool) -> None:
        """Leaves nothing behind when the run is finished."""
        self._file.close()
        if finished:
            self._path.unlink(missing_ok=True)


def journal_path(output: Path) -> Path:
    return output.with_name(output.name + ".part")


def _line(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _read_journal(path: Path, setup: Setup) -> Iterable[Result]:
    """What a journal holds for this setup; a last line cut off by a kill is left out."""
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines):
        try:
            if number == 0:
                if decode(Setup, json.loads(line)) != setup:
                    return
            else:
                yield decode(Result, json.loads(line))
        except (json.JSONDecodeError, Undecodable):
            return
