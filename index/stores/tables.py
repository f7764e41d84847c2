"""Reading the system of record: documents, facts and passages by parametrised SQL, in an order that never varies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, bindparam, func, or_, select, tuple_
from sqlalchemy import Table as SqlTable

from index.errors import NotIndexed
from index.model import (
    CatalogueEntry,
    Chunk,
    FactQuery,
    Finding,
    Found,
    IngestReport,
    Paragraph,
    Printed,
    Section,
    Table,
    Term,
)
from index.stores import figures, rows
from index.stores.keywords import BIGRAMS, Collection
from index.stores.schema import (
    chunks,
    documents,
    embeddings,
    facts,
    findings,
    headings,
    meta,
    paragraphs,
    postings,
    questions,
    sections,
    tables,
    terms,
)
from index.stores.vectors import EmbeddedChunk, Place

_PART = 500  # rows fetched at once
_FACT_COLUMNS = tuple(facts.c[name] for name in figures.FACT_COLUMNS)
_FACTS = select(documents.c.name, facts.c.position, *_FACT_COLUMNS).join_from(documents, facts)
# Asked with every question: a statement that is built once is compiled once.
_META = select(meta.c.value).where(meta.c.key == bindparam("wanted"))
_PRINTED = select(documents.c.name, facts.c.key, facts.c.value, facts.c.unit, facts.c.printed).join_from(
    documents, facts
)


@lru_cache(maxsize=1024)
def _printed_select(names: int, keys: int) -> Select[Any]:
    """What is printed in the places of so many keys of so many documents: parameters n0, n1, ... and k0, k1, ..."""
    of_documents = documents.c.name.in_([bindparam(f"n{i}") for i in range(names)])
    return _PRINTED.where(of_documents, facts.c.key.in_([bindparam(f"k{i}") for i in range(keys)]))


def _in_documents(names: Sequence[str]) -> list[ColumnElement[bool]]:
    return [documents.c.name.in_(names)] if names else []


def fact_select(query: FactQuery) -> Select[Any]:
    """The statement for a query: rows of document name, position and FACT_COLUMNS, in no order unless it is limited."""
    sides: tuple[tuple[ColumnElement[Any], Sequence[Any]], ...] = (
        (documents.c.name, query.documents),
        (facts.c.label, query.labels),
        (facts.c.code, query.codes),
        (facts.c.table_number, query.tables),
        (facts.c.kind, query.kinds),
        (facts.c.key, query.keys),
        (facts.c.source, query.sources),
        (facts.c.measure, query.measures),
        (facts.c.scope, query.scopes),
        (facts.c.entity, query.entities),
        (facts.c.section, query.sections),
        (facts.c.state, [state.value for state in query.states]),
    )
    statement = _FACTS.where(*(column.in_(values) for column, values in sides if values))
    if query.columns:
        under = select(headings.c.document_id, headings.c.column_path).join(documents)
        under = under.where(headings.c.word.in_(query.columns), *_in_documents(query.documents))
        statement = statement.where(tuple_(facts.c.document_id, facts.c.column_path).in_(under))
    if query.limit:
        return statement.order_by(documents.c.name, facts.c.position).limit(query.limit)
    return statement


class TableStore:
    """Everything that is read from the database; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def _all(self, statement: Select[Any]) -> Sequence[Any]:
        with self.engine.connect() as connection:
            return connection.execute(statement).all()

    def _of(self, document: str, table: SqlTable, order: ColumnElement[Any]) -> Iterable[Any]:
        """Rows of one document's table as mappings; NotIndexed where the store has no such document."""
        statement = select(table).join(documents).where(documents.c.name == document).order_by(order)
        with self.engine.connect() as connection:
            found = connection.execute(statement).mappings().all()
            known = found or connection.execute(select(documents.c.id).where(documents.c.name == document)).first()
        if not known:
            raise NotIndexed(document)
        return found

    # -- what is indexed -----------------------------------------------------------------------------------------------

    def meta(self, key: str) -> str:
        with self.engine.connect() as connection:
            return str(connection.execute(_META, {"wanted": key}).scalar_one())

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        with self.engine.connect() as connection:
            found = connection.execute(select(documents).order_by(documents.c.name)).mappings()
            return tuple(rows.entry_of(row) for row in found)

    def name_of(self, sha256: str, revision: str) -> str | None:
        """The name under which these bytes are indexed, as that revision of the program read them."""
        same = (documents.c.sha256 == sha256, documents.c.revision == revision)
        found = self._all(select(documents.c.name).where(*same))
        return found[0][0] if found else None

    def has(self, name: str, sha256: str) -> bool:
        """Whether a document of this name or these bytes is indexed."""
        same = or_(documents.c.name == name, documents.c.sha256 == sha256)
        return bool(self._all(select(documents.c.id).where(same)))

    def sha256_of(self, document: str) -> str:
        found = self._all(select(documents.c.sha256).where(documents.c.name == document))
        if not found:
            raise NotIndexed(document)
        return str(found[0][0])

    def sha256s(self) -> frozenset[str]:
        """The hashes of all files that are indexed."""
        return frozenset(row[0] for row in self._all(select(documents.c.sha256)))

    def numbers(self, names: Sequence[str]) -> list[int]:
        """The numbers of these documents; empty for no names."""
        return [row[0] for row in self._all(select(documents.c.id).where(documents.c.name.in_(names)))] if names else []

    def all_numbers(self) -> dict[str, int]:
        return {row.name: row.id for row in self._all(select(documents.c.name, documents.c.id))}

    def report(self, document: str) -> IngestReport:
        found = self._all(select(documents.c.report).where(documents.c.name == document))
        if not found:
            raise NotIndexed(document)
        return rows.report_of(found[0][0], self.findings(document))

    # -- figures and wordings ------------------------------------------------------------------------------------------

    def facts(self, query: FactQuery) -> tuple[Found, ...]:
        """By document name, table, row and column; the prose last.

        Sorted here: asked for an order, SQLite walks the whole document instead of taking the index of the label.
        """
        with self.engine.connect() as connection:
            found = [
                (name, position, Found(name, figures.fact_of(row)))
                for part in connection.execute(fact_select(query)).partitions(_PART)
                for name, position, *row in part
            ]
        found.sort(key=itemgetter(0, 1))
        return tuple(item for _, _, item in found)

    def printed(self, names: Sequence[str], keys: Sequence[str]) -> dict[tuple[str, str], Printed]:
        """(document name, key) -> what is printed there, for the facts of these documents with any of these keys."""
        values = {f"n{i}": name for i, name in enumerate(names)} | {f"k{i}": key for i, key in enumerate(keys)}
        with self.engine.connect() as connection:
            found = connection.execute(_printed_select(len(names), len(keys)), values).all()
        return {(name, key): figures.printed_of(*row) for name, key, *row in found}

    def terms(self, names: Sequence[str]) -> tuple[Term, ...]:
        statement = select(documents.c.name, terms.c.field, terms.c.text, terms.c.count).join_from(documents, terms)
        statement = statement.where(*_in_documents(names))
        found = self._all(statement.order_by(documents.c.name, terms.c.field, terms.c.text))
        return tuple(Term(*row) for row in found)

    # -- the parts of one document -------------------------------------------------------------------------------------

    def tables(self, document: str) -> tuple[Table, ...]:
        return tuple(figures.table_of(row) for row in self._of(document, tables, tables.c.number))

    def sections(self, document: str) -> tuple[Section, ...]:
        return tuple(rows.section_of(row) for row in self._of(document, sections, sections.c.number))

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        return tuple(rows.paragraph_of(row) for row in self._of(document, paragraphs, paragraphs.c.position))

    def findings(self, document: str) -> tuple[Finding, ...]:
        return tuple(rows.finding_of(row) for row in self._of(document, findings, findings.c.position))

    def chunks(self, document: str) -> tuple[Chunk, ...]:
        return tuple(rows.chunk_of(row) for row in self._of(document, chunks, chunks.c.position))

    # -- passages ------------------------------------------------------------------------------------------------------

    def chunks_at(self, places: Sequence[Place]) -> dict[Place, tuple[str, Chunk]]:
        """(document id, position) -> document name and chunk, for those that still exist."""
        statement = select(documents.c.name, chunks).join_from(documents, chunks)
        statement = statement.where(tuple_(chunks.c.document_id, chunks.c.position).in_(places))
        with self.engine.connect() as connection:
            found = connection.execute(statement).mappings()
            return {(row["document_id"], row["position"]): (row["name"], rows.chunk_of(row)) for row in found}

    def postings(self, wanted: Sequence[str], names: Sequence[str]) -> list[tuple[str, int, bytes]]:
        """(term, document id, packed entries) of these terms."""
        statement = select(postings).where(postings.c.term.in_(wanted))
        if names:
            chosen = select(documents.c.id).where(documents.c.name.in_(names)).scalar_subquery()
            statement = statement.where(postings.c.document_id.in_(chosen))
        return [tuple(row) for row in self._all(statement)]

    def collection(self, kind: str, names: Sequence[str]) -> Collection:
        """How many chunks these documents have and their average length in terms of one kind."""
        length = documents.c.bigrams if kind == BIGRAMS else documents.c.words
        statement = select(func.sum(documents.c.chunks), func.sum(length)).where(*_in_documents(names))
        count, total = self._all(statement)[0]
        return Collection(int(count or 0), float(total or 0) / max(int(count or 0), 1))

    def embedded(self, model: str, hashes: Sequence[str]) -> frozenset[str]:
        """Those of these texts that already have a vector of the model."""
        statement = select(embeddings.c.text_hash).where(embeddings.c.model == model)
        return frozenset(row[0] for row in self._all(statement.where(embeddings.c.text_hash.in_(hashes))))

    def vector_count(self, model: str, names: Sequence[str]) -> int:
        """How many chunks of these documents have a vector of the model."""
        statement = select(func.count()).select_from(_vectors(model)).where(*_in_documents(names))
        return int(self._all(statement)[0][0])

    def vectors(self, model: str, names: Sequence[str]) -> list[tuple[Place, bytes]]:
        """Place and vector of every embedded chunk of these documents."""
        statement = select(chunks.c.document_id, chunks.c.position, embeddings.c.vector).select_from(_vectors(model))
        statement = statement.where(*_in_documents(names)).order_by(chunks.c.document_id, chunks.c.position)
        return [((number, position), vector) for number, position, vector in self._all(statement)]

    def embedded_chunks(self, model: str, numbers: Sequence[int] | None = None) -> list[EmbeddedChunk]:
        """What the vector index holds of these documents, or of all."""
        columns = (chunks.c.document_id, chunks.c.position, chunks.c.text, embeddings.c.vector)
        statement = select(*columns).select_from(_vectors(model))
        if numbers is not None:
            statement = statement.where(chunks.c.document_id.in_(numbers))
        return [EmbeddedChunk((row[0], row[1]), row[2], row[3]) for row in self._all(statement)]

    def asked(self, limit: int) -> tuple[tuple[str, str, str, float], ...]:
        """The last questions: (time, question, answer JSON, milliseconds), newest first."""
        columns = (questions.c.asked_at, questions.c.question, questions.c.answer, questions.c.elapsed_ms)
        found = self._all(select(*columns).order_by(questions.c.id.desc()).limit(limit))
        return tuple(tuple(row) for row in found)


def _vectors(model: str) -> Any:
    same = and_(embeddings.c.text_hash == chunks.c.text_hash, embeddings.c.model == model, chunks.c.embed)
    return documents.join(chunks).join(embeddings, same)
