"""Files -> the stores: read, embed, write. The sequence only.

Other processes read; what they give is embedded and written here, in the order of the files. A file's fault, even one
that ends its process, is its own report and never stops the others.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from index.embed import Embedder
from index.errors import ModelUnavailable, VectorsUnavailable
from index.model import Chunk, IngestReport, Reading
from index.reading import Outcome, Stopwatch
from index.revision import revision
from index.sources import Source, find_sources
from index.stores import Index, Vectors, pack, texts_to_embed
from index.workers import Worker, read_all, read_with

Progress = Callable[[int, int, str], None]
"""Told (files done, files in all, the file at work and its page); "" when all are done."""


def ingest_file(
    path: Path, index: Index, embedder: Embedder | None, *, progress: Progress | None = None
) -> IngestReport:
    """Take one file in. What is wrong with the file is in the report; raises StoreError where the store is at fault."""
    return ingest_paths([path], index, embedder, progress=progress)[0]


def ingest_paths(
    paths: Sequence[Path],
    index: Index,
    embedder: Embedder | None,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    executor: Executor | None = None,
    worker: Worker | None = None,
    again: bool = False,
) -> tuple[IngestReport, ...]:
    """Take in files, folders and archives; a report for each file, in order. `again` reads also what is unchanged.

    At most `jobs` processes read. In their place reads a `worker` that its owner keeps for the next call, or an
    `executor` (a Dask cluster's, for instance) where it sees the same files. Without an embedder passages are found by
    keywords only. Raises StoreError where the store is at fault.
    """
    reports: list[IngestReport] = []
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as scratch, index.writing():
        sources = find_sources(paths, Path(scratch))

        def at_work(name: str) -> None:
            if progress is not None:
                progress(len(reports), len(sources), name)

        new = [source for source in sources if not source.fault and (again or _indexed_as(source, index) is None)]

        def page_read(source: Source, page: int, pages: int) -> None:
            at_work(f"{source.name} {page}/{pages}页")

        outcomes = read_with(worker, new, page_read) if worker else read_all(new, jobs, executor, page_read)
        for source in sources:
            at_work(source.name)
            outcome = next(outcomes) if source in new else None
            reports.append(_take_in(source, outcome, index, embedder, again))
        at_work("")
    return tuple(reports)


def _take_in(
    source: Source, outcome: Outcome | None, index: Index, embedder: Embedder | None, again: bool
) -> IngestReport:
    """The report of one file; `outcome` is what reading it gave, None where it was not read."""
    if source.fault:
        return IngestReport(source.name, "", "failed", error=source.fault)
    name = None if again else _indexed_as(source, index)  # asked again: an earlier file may have brought the same bytes
    if name is not None:
        return _unchanged(name, source, index, embedder)
    if outcome is None or outcome.reading is None:
        fault = outcome.fault if outcome else ""
        seconds = tuple(outcome.seconds.items()) if outcome else ()
        return IngestReport(source.name, "", "failed", error=fault, seconds=seconds)
    return _write(outcome.reading, Stopwatch(dict(outcome.seconds)), source, index, embedder)


def _indexed_as(source: Source, index: Index) -> str | None:
    """The name under which these bytes are in the store, read by this version of the program."""
    try:
        sha256 = hashlib.sha256(source.path.read_bytes()).hexdigest()
    except OSError:
        return None  # reading says what is wrong
    return index.name_of(sha256, revision())


def _unchanged(name: str, source: Source, index: Index, embedder: Embedder | None) -> IngestReport:
    """Nothing to do but to give the document the vectors it may lack (no model then, or another one)."""
    if name != source.name:
        index.remove(source.name)  # an earlier file of this name, which is no more
    vectors, fault = _embed(index.chunks(name), index, embedder)
    if vectors is not None and (vectors.by_hash or index.model != vectors.model):
        index.add_vectors(name, vectors)
    return replace(index.report(name), status="unchanged", seconds=(), error=fault)


def _write(reading: Reading, watch: Stopwatch, source: Source, index: Index, embedder: Embedder | None) -> IngestReport:
    with watch.stage("向量"):
        vectors, fault = _embed(reading.chunks, index, embedder)
    document = reading.document
    status = "replaced" if index.has(document.name, document.sha256) else "added"
    report = replace(_report(reading, status), seconds=tuple(watch.seconds.items()), error=fault)
    with watch.stage("入库"):
        try:
            index.replace(reading, vectors, report, source.path, revision())
        except VectorsUnavailable as error:  # the document is in; the vector index catches up with the next one
            report = replace(report, error=str(error))
    return replace(report, seconds=tuple(watch.seconds.items()))


def _embed(chunks: Sequence[Chunk], index: Index, embedder: Embedder | None) -> tuple[Vectors | None, str]:
    """Vectors of the texts that have none yet; or none at all, and the sentence that says why."""
    if embedder is None:
        return None, ""
    texts = texts_to_embed(chunks)
    known = index.embedded(embedder.name, tuple(texts))
    new = [key for key in texts if key not in known]
    try:
        made = embedder.embed_passages([texts[key] for key in new])
    except ModelUnavailable as error:
        return None, str(error)
    return Vectors(embedder.name, {key: pack(vector) for key, vector in zip(new, made, strict=True)}), ""


def _report(reading: Reading, status: str) -> IngestReport:
    document = reading.document
    return IngestReport(
        document.name,
        document.sha256,
        status,
        pages=len(document.pages),
        tables=len(reading.tables),
        facts=len(reading.facts),
        chunks=len(reading.chunks),
        kinds=tuple(sorted(Counter(table.kind for table in reading.tables).items())),
        pages_without_text=tuple(page.number for page in document.pages if page.needs_ocr),
        findings=reading.findings,
    )
