"""Writing the system of record: each function runs inside the transaction of its connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, or_, select, update

from index.model import Fact, IngestReport, Reading
from index.stores import figures, rows
from index.stores.keywords import BIGRAMS, POSTING, WORDS, postings_of
from index.stores.schema import (
    chunks,
    documents,
    embeddings,
    facts,
    findings,
    headings,
    meta,
    paragraphs,
    pending,
    postings,
    questions,
    sections,
    tables,
    terms,
)
from index.stores.vectors import Vectors


def now() -> str:
    """The time in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def in_order(found: Sequence[Fact]) -> list[Fact]:
    """Cells by table, row and column; then the prose as it was read."""
    cells = [fact for fact in found if fact.source == "table"]
    prose = [fact for fact in found if fact.source != "table"]
    return sorted(cells, key=lambda fact: (fact.table, fact.row, fact.col)) + prose


def wordings(reading: Reading) -> Counter[tuple[str, str]]:
    """(field, text) of every distinct wording of a document: what `Term` holds."""
    count: Counter[tuple[str, str]] = Counter()
    for fact in reading.facts:
        count["label", fact.label] += 1
        count["entity", fact.entity] += 1
        count["code", fact.code] += 1
        count.update(("path", text) for text in fact.path)
        count.update(("column", text) for text in fact.column)
    count.update(("title", table.title) for table in reading.tables)
    return Counter({(field, text): times for (field, text), times in count.items() if text})


def changed(connection: Connection) -> None:
    """Tell every reader that what it cached is out of date."""
    current = connection.execute(select(meta.c.value).where(meta.c.key == "contents").with_for_update()).scalar_one()
    connection.execute(update(meta).where(meta.c.key == "contents").values(value=str(int(current) + 1)))


def insert_reading(connection: Connection, reading: Reading, report: IngestReport, revision: str) -> int:
    """Write all of a document; gives its number."""
    document = _insert_document(connection, reading, report, revision)
    number = {"document_id": document}
    _insert(connection, sections, (number | rows.section_row(item) for item in reading.sections))
    _insert(connection, tables, (number | figures.table_row(item) for item in reading.tables))
    _insert_numbered(connection, paragraphs, document, map(rows.paragraph_row, reading.paragraphs))
    _insert_numbered(connection, facts, document, map(figures.fact_row, in_order(reading.facts)))
    _insert_numbered(connection, findings, document, map(rows.finding_row, reading.findings))
    _insert_numbered(connection, chunks, document, map(rows.chunk_row, reading.chunks))
    paths = sorted({(word, rows.dumps(fact.column)) for fact in reading.facts for word in fact.column})
    _insert(connection, headings, (number | {"word": word, "column_path": path} for word, path in paths))
    words = sorted(wordings(reading).items())
    _insert(connection, terms, (number | {"field": f, "text": text, "count": times} for (f, text), times in words))
    insert_postings(connection, document, [chunk.text for chunk in reading.chunks])
    owe(connection, [document], wanted=True)
    return document


def _insert_document(connection: Connection, reading: Reading, report: IngestReport, revision: str) -> int:
    sure = [table.confidence for table in reading.tables if not table.empty]
    row = {
        "name": reading.document.name,
        "sha256": reading.document.sha256,
        "format": reading.document.format,
        "pages": len(reading.document.pages),
        "tables": len(reading.tables),
        "facts": len(reading.facts),
        "chunks": len(reading.chunks),
        "words": 0,
        "bigrams": 0,
        "confidence": sum(sure) / len(sure) if sure else 1.0,
        "report": rows.report_text(report),
        "revision": revision,
        "stored_at": now(),
    }
    result = connection.execute(insert(documents).values(**row, **rows.profile_row(reading.profile)))
    key = result.inserted_primary_key
    assert key is not None  # a single insert always gives its key
    return int(key[0])


def _insert(connection: Connection, table: Table, values: Iterable[rows.Row]) -> None:
    found = list(values)
    if found:
        connection.execute(insert(table), found)


def _insert_numbered(connection: Connection, table: Table, document: int, values: Iterable[rows.Row]) -> None:
    numbered = ({"document_id": document, "position": position} | row for position, row in enumerate(values))
    _insert(connection, table, numbered)


def insert_postings(connection: Connection, document: int, texts: Sequence[str]) -> None:
    """Write the keyword index of one document and the lengths that BM25 needs."""
    packed = postings_of(texts)
    _insert(
        connection,
        postings,
        ({"term": term, "document_id": document, "entries": entries} for term, entries in sorted(packed.items())),
    )
    lengths = {kind: _total(packed, kind) for kind in (WORDS, BIGRAMS)}
    values = {"words": lengths[WORDS], "bigrams": lengths[BIGRAMS]}
    connection.execute(update(documents).where(documents.c.id == document).values(values))


def rebuild_postings(connection: Connection, name: str) -> int:
    """Write the keyword index of a document anew from its chunks; gives their number."""
    document = connection.execute(select(documents.c.id).where(documents.c.name == name)).scalar_one()
    connection.execute(delete(postings).where(postings.c.document_id == document))
    same = select(chunks.c.text).where(chunks.c.document_id == document).order_by(chunks.c.position)
    texts = connection.execute(same).scalars().all()
    insert_postings(connection, document, texts)
    return len(texts)


def _total(packed: dict[str, bytes], kind: str) -> int:
    return sum(
        times
        for term, entries in packed.items()
        if term.startswith(kind)
        for _, times, _ in POSTING.iter_unpack(entries)
    )


def delete_documents(connection: Connection, *, name: str = "", sha256: str = "") -> bool:
    """Delete the documents of this name or these bytes; False where there are none.

    Their rows in other tables go with them; the vectors that nobody uses any more are removed by `sweep_vectors`.
    """
    same = or_(documents.c.name == name, documents.c.sha256 == sha256)
    numbers = connection.execute(select(documents.c.id).where(same)).scalars().all()
    if numbers:
        connection.execute(delete(documents).where(documents.c.id.in_(numbers)))
        owe(connection, numbers, wanted=False)
    return bool(numbers)


def owe(connection: Connection, numbers: Sequence[int], *, wanted: bool) -> None:
    """Note that the vector index has to take these documents in, or to let them go."""
    connection.execute(delete(pending).where(pending.c.document_id.in_(numbers)))
    _insert(connection, pending, ({"document_id": number, "wanted": wanted} for number in numbers))


def insert_vectors(connection: Connection, vectors: Vectors) -> None:
    """Keep vectors that are not there yet and make their model the one that is searched."""
    model = embeddings.c.model == vectors.model
    known = set(connection.execute(select(embeddings.c.text_hash).where(model)).scalars()) if vectors.by_hash else set()
    new = ((key, vector) for key, vector in sorted(vectors.by_hash.items()) if key not in known)
    _insert(
        connection,
        embeddings,
        ({"model": vectors.model, "text_hash": key, "vector": vector} for key, vector in new),
    )
    connection.execute(update(meta).where(meta.c.key == "model").values(value=vectors.model))


def sweep_vectors(connection: Connection) -> None:
    """Delete the vectors of texts that no document holds any more."""
    used = exists().where(chunks.c.text_hash == embeddings.c.text_hash)
    connection.execute(delete(embeddings).where(~used))


def insert_question(connection: Connection, question: str, answer: str, elapsed_ms: float) -> None:
    """Keep a question and its answer (JSON) with the time it was asked."""
    row: dict[str, Any] = {"asked_at": now(), "question": question, "answer": answer, "elapsed_ms": elapsed_ms}
    connection.execute(insert(questions).values(row))
