"""A file -> Reading: read, take the tables out, understand, cut into passages. Runs in any process, knows no store."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from index.chunk import make_chunks
from index.errors import IngestError, MissingFile, Unforeseen
from index.model import Document, Reading
from index.read import read_bytes
from index.sources import Source
from index.tables import extract_tables
from index.understand import understand

Pages = Callable[[int, int], None]
"""Told (page, pages in all) while a file is read."""

_log = logging.getLogger(__name__)


@dataclass
class Stopwatch:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - start


@dataclass(frozen=True)
class Outcome:
    """What reading gave: a document, or the sentence that says why not; and the seconds it took by stage."""

    reading: Reading | None
    seconds: Mapping[str, float] = field(default_factory=dict)
    fault: str = ""


def read_source(source: Source, pages: Pages | None = None) -> Outcome:
    """Everything that is made of a file; its faults are outcomes too, so that no file stops another."""
    watch = Stopwatch()
    try:
        return Outcome(_read(source, watch, pages), watch.seconds)
    except IngestError as error:
        return Outcome(None, watch.seconds, str(error))
    except Exception as error:  # noqa: BLE001 - told, logged, and the other files go on
        _log.exception("reading %s", source.path)
        return Outcome(None, watch.seconds, str(Unforeseen(source.name, error)))


def _read(source: Source, watch: Stopwatch, pages: Pages | None) -> Reading:
    with watch.stage("读取"):
        document = read_bytes(_bytes(source.path), source.name, pages)
    with watch.stage("表格"):
        tables = extract_tables(document)
    with watch.stage("理解"):
        known = understand(document, tables)
    with watch.stage("分段"):
        chunks = make_chunks(known.profile, known.sections, known.paragraphs, known.tables)
    return replace(known, document=_without_words(document), chunks=chunks)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingFile(str(path)) from error


def _without_words(document: Document) -> Document:
    """The document without what stands on its pages: the stores keep tables and prose, and processes pass on less."""
    return replace(document, pages=tuple(replace(page, flow=()) for page in document.pages))
