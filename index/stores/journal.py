"""The audit log: who asked what and when, what was answered, which cells were cited, what was refused or denied.

Entries are only ever added; what is past its time of retention goes as a whole. Nothing changes one: on SQLite the
database itself refuses to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, or_, select

from index.stores.database import transaction
from index.stores.portal_schema import journal
from index.stores.rows import dumps, strings_of
from index.stores.writing import now

_PART = 1000
_ADD = insert(journal)
Cell = Mapping[str, object]  # document, page, table, row, column, value as cited


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `action`: answer, search, upload, ...; `outcome`: answered, refused, clarify, ok, denied, failed.

    `subject` is the question or the document, "" where personal text is left out; its digest stands in any case.
    """

    action: str
    outcome: str
    caller: str = ""
    user: str = ""
    collections: tuple[str, ...] = ()
    subject: str = ""
    answer_digest: str = ""
    cells: tuple[Cell, ...] = ()
    elapsed_ms: float = 0.0
    request: str = ""
    subject_digest: str = ""  # set by the store
    at: str = ""  # set by the store
    number: int = 0  # set by the store


class Journal:
    """The audit log of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, entry: Entry, *, personal: bool = True) -> None:
        """Write an entry down; without `personal` the subject and the user only as digests."""
        row = {
            "at": now(),
            "request": entry.request,
            "caller": entry.caller,
            "user": entry.user if personal else digest(entry.user)[:16] if entry.user else "",
            "collections": dumps(entry.collections),
            "action": entry.action,
            "outcome": entry.outcome,
            "subject": entry.subject if personal else "",
            "subject_digest": digest(entry.subject),
            "answer_digest": entry.answer_digest,
            "cells": dumps(list(entry.cells)),
            "elapsed_ms": entry.elapsed_ms,
            "personal": personal,
        }
        with transaction(self._engine) as connection:
            connection.execute(_ADD, row)

    def entries(
        self,
        *,
        since: str = "",
        until: str = "",
        caller: str = "",
        user: str = "",
        actions: Sequence[str] = (),
        outcome: str = "",
        words: str = "",
        limit: int = 0,
    ) -> Iterator[Entry]:
        """Entries that fit all that is given, the newest first where they are limited, else the oldest first."""
        c = journal.c
        statement = select(journal).execution_options(yield_per=_PART)
        statement = statement.where(c.at >= since) if since else statement
        statement = statement.where(c.at < until) if until else statement
        statement = statement.where(c.caller == caller) if caller else statement
        statement = statement.where(or_(c.user == user, c.user == digest(user)[:16])) if user else statement
        statement = statement.where(c.action.in_(actions)) if actions else statement
        statement = statement.where(c.outcome == outcome) if outcome else statement
        statement = statement.where(c.subject.contains(words, autoescape=True)) if words else statement
        statement = statement.order_by(c.id.desc()).limit(limit) if limit else statement.order_by(c.id)
        with self._engine.connect() as connection:
            for row in connection.execute(statement):
                yield _entry(row)

    def forget(self, before: str) -> int:
        """Delete the entries from before this time; gives how many."""
        with transaction(self._engine) as connection:
            return connection.execute(delete(journal).where(journal.c.at < before)).rowcount


def digest(text: str) -> str:
    """What stands for a text that is not kept: whoever has the text can show that it is the one."""
    return sha256(text.encode()).hexdigest()


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        number=row.id,
        at=row.at,
        request=row.request,
        caller=row.caller,
        user=row.user,
        collections=strings_of(row.collections),
        action=row.action,
        outcome=row.outcome,
        subject=row.subject,
        subject_digest=row.subject_digest,
        answer_digest=row.answer_digest,
        cells=tuple(json.loads(row.cells)),
        elapsed_ms=row.elapsed_ms,
    )
