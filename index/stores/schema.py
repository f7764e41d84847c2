"""The relational schema: the system of record from which vectors and keyword postings can be built again.

Tuples are kept as JSON text and money as the decimal text that was printed, so that SQLite and PostgreSQL hold the same
characters. Text compares by code point on both (the C collation), which makes the order of results the same everywhere.
Rows of a document hang on `documents.id`; a number is never used twice, so an outdated vector points at no new text.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = 1
"""Raised by one whenever an older program would misread the store."""

_UNSTORABLE = {0: None, **dict.fromkeys(range(0xD800, 0xE000))}


def storable(text: str) -> str:
    """The text without what the databases refuse; nearly every text is printable and passes at once."""
    return text if text.isprintable() else text.translate(_UNSTORABLE)


class Words(TypeDecorator[str]):
    """Text as both databases take it (no NUL, no lone surrogate) and in the order of code points, as SQLite has it."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """PostgreSQL would else order by the language of its server."""
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


WORDS = _WORDS = Words()
JSON_TEXT = _JSON = Text()  # written with ASCII escapes: always storable

metadata = MetaData()


def _document(*, key: bool = False) -> Column[int]:
    return Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=key, nullable=False)


meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", _WORDS, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("format", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("tables", Integer, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("chunks", Integer, nullable=False),
    Column("words", Integer, nullable=False),  # terms of each kind in all chunks, for the average length in BM25
    Column("bigrams", Integer, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("organisation", _WORDS, nullable=False),
    Column("aliases", _JSON, nullable=False),
    Column("year", Integer),
    Column("stage", _WORDS, nullable=False),
    Column("level", _WORDS, nullable=False),
    Column("region", _WORDS, nullable=False),
    Column("subordinates", _JSON, nullable=False),
    Column("title", _WORDS, nullable=False),
    Column("report", _JSON, nullable=False),
    Column("revision", Text, nullable=False),  # of the program that read the file
    Column("stored_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

sections = Table(
    "sections",
    metadata,
    _document(key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("level", Integer, nullable=False),
    Column("title", _WORDS, nullable=False),
    Column("path", _JSON, nullable=False),
    Column("page", Integer, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _document(key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("text", _WORDS, nullable=False),
    Column("lines", _JSON, nullable=False),
    Column("starts", _JSON, nullable=False),
    Column("section", Integer, nullable=False),
)

tables = Table(
    "tables",
    metadata,
    _document(key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", _WORDS, nullable=False),
    Column("code", _WORDS, nullable=False),
    Column("unit", _WORDS, nullable=False),
    Column("kind", _WORDS, nullable=False),
    Column("pages", _JSON, nullable=False),
    Column("columns", _JSON, nullable=False),
    Column("rows", _JSON, nullable=False),
    Column("header", _JSON, nullable=False),
    Column("notes", _JSON, nullable=False),
    Column("organisation", _WORDS, nullable=False),
    Column("period", _WORDS, nullable=False),
    Column("form", Boolean, nullable=False),
    Column("empty", Boolean, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("method", _WORDS, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    _document(key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # tables by row and column, then the prose
    Column("key", _WORDS, nullable=False),
    Column("source", Text, nullable=False),
    Column("label", _WORDS, nullable=False),
    Column("printed", _WORDS, nullable=False),
    Column("value", Text),
    Column("unit", _WORDS, nullable=False),
    Column("state", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("x0", Double),  # the cell or line on its page, all four or none
    Column("top", Double),
    Column("x1", Double),
    Column("bottom", Double),
    Column("quote", _WORDS, nullable=False),
    Column("table_number", Integer, nullable=False),
    Column("kind", _WORDS, nullable=False),
    Column("title", _WORDS, nullable=False),
    Column("table_code", _WORDS, nullable=False),
    Column("code", _WORDS, nullable=False),
    Column("path", _JSON, nullable=False),
    Column("column_path", _JSON, nullable=False),
    Column("row", Integer, nullable=False),
    Column("col", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("year", Integer),
    Column("measure", _WORDS, nullable=False),
    Column("scope", _WORDS, nullable=False),
    Column("direction", _WORDS, nullable=False),
    Column("basis", _WORDS, nullable=False),
    Column("reason", _WORDS, nullable=False),
    Column("entity", _WORDS, nullable=False),
    Column("canonical", Text),
    Column("places", _JSON, nullable=False),
    Index("facts_by_label", "label", "document_id").ddl_if(dialect="sqlite"),
    Index("facts_by_label_hash", "label", postgresql_using="hash").ddl_if(dialect="postgresql"),  # no limit of length
    Index("facts_by_code", "code", "document_id"),
    Index("facts_by_kind", "kind", "document_id"),
    Index("facts_by_key", "key", "document_id", unique=True),
)

headings = Table(  # every wording of a column path, so that facts are found by any level of their header
    "headings",
    metadata,
    _document(),
    Column("word", _WORDS, nullable=False),
    Column("column_path", _JSON, nullable=False),
    Index("headings_by_document", "document_id"),
)

terms = Table(
    "terms",
    metadata,
    _document(),
    Column("field", Text, nullable=False),
    Column("text", _WORDS, nullable=False),
    Column("count", Integer, nullable=False),
    Index("terms_by_document", "document_id"),
)

chunks = Table(
    "chunks",
    metadata,
    _document(key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", _WORDS, nullable=False),
    Column("text", _WORDS, nullable=False),
    Column("quote", _WORDS, nullable=False),
    Column("section", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("places", _JSON, nullable=False),
    Column("table_number", Integer, nullable=False),
    Column("embed", Boolean, nullable=False),
    Column("text_hash", Text, nullable=False, index=True),
)

embeddings = Table(  # keyed by what was embedded, so that a changed file keeps the vectors of what stayed
    "embeddings",
    metadata,
    Column("model", Text, primary_key=True),
    Column("text_hash", Text, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian, unit length
)

postings = Table(
    "postings",
    metadata,
    Column("term", _WORDS, primary_key=True),  # "w" + word or "b" + two characters
    _document(key=True),
    Column("entries", LargeBinary, nullable=False),  # see keywords.POSTING
    Index("postings_by_document", "document_id"),
    sqlite_with_rowid=False,
)

findings = Table(
    "findings",
    metadata,
    _document(key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("rule", _WORDS, nullable=False),
    Column("severity", Text, nullable=False),
    Column("message", _WORDS, nullable=False),
    Column("places", _JSON, nullable=False),
    Column("figures", _JSON, nullable=False),
    Column("origin", Text, nullable=False),
    Column("facts", _JSON, nullable=False),
)

pending = Table(  # what the vector index has not done yet: written with the document, erased when done
    "pending",
    metadata,
    Column("document_id", Integer, primary_key=True, autoincrement=False),
    Column("wanted", Boolean, nullable=False),  # its vectors belong into the index, or have to leave it
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("question", _WORDS, nullable=False),
    Column("answer", _JSON, nullable=False),
    Column("elapsed_ms", Double, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", _WORDS, nullable=False, index=True),
    Column("title", _WORDS, nullable=False),
    Column("started", Text, nullable=False),
    Column("changed", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Text, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("asked", Text, nullable=False),
    Column("question", _WORDS, nullable=False),
    Column("answer", _JSON, nullable=False),
    Column("documents", _JSON, nullable=False),
    Index("turns_by_conversation", "conversation_id", "position"),
)

opinions = Table(  # outlives the conversation: what was wrong stays known
    "opinions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("given", Text, nullable=False),
    Column("turn", Text, nullable=False, index=True),
    Column("question", _WORDS, nullable=False),
    Column("answer", _JSON, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("reason", _WORDS, nullable=False),
    Column("history", _JSON, nullable=False),
    Column("documents", _JSON, nullable=False),
    Column("version", Text, nullable=False),
)

corrections = Table(  # cells that somebody says were read wrongly
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("given", Text, nullable=False),
    Column("document", _WORDS, nullable=False, index=True),
    Column("table_number", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("col", Integer, nullable=False),
    Column("printed", _WORDS, nullable=False),
    Column("correct", _WORDS, nullable=False),
    Column("note", _WORDS, nullable=False),
)
