"""The tables of those who embed the service: keys, shelves of documents, what was used, the audit log.

They stand beside the documents in one database, so that several processes agree about them. All of them were added
after the first stores had been written: `database.prepare` creates what a store lacks.
"""

from __future__ import annotations

from sqlalchemy import DDL, Boolean, Column, Double, Index, Integer, Table, Text, event

from index.stores.schema import JSON_TEXT, WORDS, metadata

access_keys = Table(  # a key itself is never stored
    "access_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # SHA-256 of the secret, which is random: no dictionary reaches it
    Column("name", WORDS, nullable=False),
    Column("scopes", JSON_TEXT, nullable=False),
    Column("collections", JSON_TEXT, nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("per_day", Integer, nullable=False),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("revoked", Text, nullable=False),
)

shelves = Table(  # which collection holds which bytes, and under which name its readers know them
    "shelves",
    metadata,
    Column("collection", WORDS, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("name", WORDS, nullable=False),
    Index("shelves_by_bytes", "sha256"),
)

usage = Table(  # requests counted by window: a minute or a day of UTC
    "usage",
    metadata,
    Column("who", WORDS, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("request", Text, nullable=False),
    Column("caller", WORDS, nullable=False, index=True),  # id of a key or issuer of a token
    Column("user", WORDS, nullable=False),
    Column("collections", JSON_TEXT, nullable=False),
    Column("action", WORDS, nullable=False),
    Column("outcome", WORDS, nullable=False),
    Column("subject", WORDS, nullable=False),  # the question, the document
    Column("subject_digest", Text, nullable=False),
    Column("answer_digest", Text, nullable=False),
    Column("cells", JSON_TEXT, nullable=False),
    Column("elapsed_ms", Double, nullable=False),
    Column("personal", Boolean, nullable=False),  # whether the words themselves were kept
    sqlite_autoincrement=True,  # a number is never used twice: a gap shows
)

event.listen(
    journal,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]
        "CREATE TRIGGER journal_is_only_added_to BEFORE UPDATE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
    ).execute_if(dialect="sqlite"),
)
