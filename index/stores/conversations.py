"""What people did with the answers: conversations, opinions on answers, cells they report as read wrongly.

Answers are kept as the JSON of the contract and never read here; who reads them knows what an answer is. An `owner`
separates people who share a store and is "" where nobody signs in. Each write is one transaction.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, Select, delete, func, insert, select, update

from index.stores.database import transaction
from index.stores.rows import dumps, strings_of
from index.stores.schema import conversations, corrections, opinions, turns
from index.stores.writing import now

_TITLE = 60  # characters of a first question that name its conversation


@dataclass(frozen=True, slots=True)
class Conversation:
    """A row of turns that belong together; times are ISO 8601 in UTC."""

    id: str
    title: str
    started: str
    changed: str
    turns: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question with its answer. `id` cannot be guessed: whoever has it may see the answer."""

    id: str
    conversation: str
    asked: str
    question: str
    answer: str  # JSON of the contract
    documents: tuple[str, ...] = ()  # what the question was limited to


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said of an answer. `reason`: 数字错 年度错 口径错 出处错 应拒答 or free text; "" for praise."""

    question: str
    answer: str  # JSON of the contract
    good: bool
    reason: str = ""
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    version: str = ""  # of the program that answered
    turn: str = ""  # StoredTurn.id; "" where the answer was not kept in a conversation
    given: str = ""  # set by the store


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that somebody says was read wrongly; `row` and `column` count from 0 in the table as extracted."""

    document: str
    table: int
    row: int
    column: int
    printed: str  # as extracted
    correct: str  # as it should be
    note: str = ""
    given: str = ""  # set by the store


class Conversations:
    """Reads and writes what people did; safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # -- conversations -------------------------------------------------------------------------------------------------

    def start(self, title: str, owner: str = "") -> str:
        """A new conversation, named by its first question; gives its id."""
        key = secrets.token_urlsafe(12)
        row = {"id": key, "owner": owner, "title": title[:_TITLE], "started": now(), "changed": now()}
        self._write(insert(conversations).values(row))
        return key

    def add_turn(self, conversation: str, question: str, answer: str, documents: Sequence[str] = ()) -> str:
        """Keep an answer at the end of its conversation; gives the turn's id, by which it can be shared.

        A conversation that somebody deleted meanwhile takes no more turns: the id is "" then.
        """
        key = secrets.token_urlsafe(12)
        with transaction(self._engine) as connection:
            held = update(conversations).where(conversations.c.id == conversation).values(changed=now())
            if not connection.execute(held).rowcount:
                return ""
            last = select(func.coalesce(func.max(turns.c.position), -1)).where(turns.c.conversation_id == conversation)
            row = {
                "id": key,
                "conversation_id": conversation,
                "position": connection.execute(last).scalar_one() + 1,
                "asked": now(),
                "question": question,
                "answer": _ascii(answer),
                "documents": dumps(list(documents)),
            }
            connection.execute(insert(turns).values(row))
        return key

    def rename(self, conversation: str, title: str) -> bool:
        """Give a conversation another name; False where there is none."""
        named = update(conversations).where(conversations.c.id == conversation).values(title=title[:_TITLE])
        return self._write(named) > 0

    def delete(self, conversation: str) -> bool:
        """Delete a conversation with its turns, whose links are dead from then on; False where there is none."""
        return self._write(delete(conversations).where(conversations.c.id == conversation)) > 0

    def listed(self, owner: str = "", limit: int = 100) -> tuple[Conversation, ...]:
        """The conversations of an owner, the last changed first."""
        statement = _CONVERSATIONS.where(conversations.c.owner == owner)
        statement = statement.order_by(conversations.c.changed.desc(), conversations.c.id).limit(limit)
        return tuple(_conversation(row) for row in self._read(statement))

    def find(self, conversation: str, owner: str) -> Conversation | None:
        """A conversation of this owner."""
        same = (conversations.c.id == conversation, conversations.c.owner == owner)
        return next((_conversation(row) for row in self._read(_CONVERSATIONS.where(*same))), None)

    def turns(self, conversation: str) -> tuple[StoredTurn, ...]:
        """The turns of a conversation in order; empty where there is none."""
        same = turns.c.conversation_id == conversation
        return tuple(_turn(row) for row in self._read(_TURNS.where(same).order_by(turns.c.position)))

    def turn(self, key: str) -> StoredTurn | None:
        """One answer by its id."""
        return next((_turn(row) for row in self._read(_TURNS.where(turns.c.id == key))), None)

    # -- what people say -----------------------------------------------------------------------------------------------

    def add_opinion(self, opinion: Opinion) -> None:
        """Keep an opinion; a second one on the same turn takes the place of the first."""
        row = {
            "given": now(),
            "turn": opinion.turn,
            "question": opinion.question,
            "answer": _ascii(opinion.answer),
            "good": opinion.good,
            "reason": opinion.reason,
            "history": dumps(list(opinion.history)),
            "documents": dumps(list(opinion.documents)),
            "version": opinion.version,
        }
        with transaction(self._engine) as connection:
            if opinion.turn:
                connection.execute(delete(opinions).where(opinions.c.turn == opinion.turn))
            connection.execute(insert(opinions).values(row))

    def opinions(self) -> tuple[Opinion, ...]:
        """All opinions, the oldest first."""
        return tuple(_opinion(row) for row in self._read(select(opinions).order_by(opinions.c.id)))

    def add_correction(self, correction: Correction) -> None:
        """Keep a report of a cell that was read wrongly; what is indexed stays as it is."""
        c = correction
        row = {
            "given": now(),
            "document": c.document,
            "table_number": c.table,
            "row": c.row,
            "col": c.column,
            "printed": c.printed,
            "correct": c.correct,
            "note": c.note,
        }
        self._write(insert(corrections).values(row))

    def corrections(self, document: str = "") -> tuple[Correction, ...]:
        """The reported cells of a document, or of all, the oldest first."""
        statement = select(corrections).order_by(corrections.c.id)
        found = self._read(statement.where(corrections.c.document == document) if document else statement)
        return tuple(_correction(row) for row in found)

    def _read(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(statement).all()

    def _write(self, statement: Any) -> int:
        with transaction(self._engine) as connection:
            return int(connection.execute(statement).rowcount)


_TURNS = select(turns)
_CONVERSATIONS = (
    select(*conversations.c, func.count(turns.c.id).label("turns"))
    .select_from(conversations.outerjoin(turns))
    .group_by(*conversations.c)
)


def _ascii(text: str) -> str:
    """The same JSON in ASCII, as every database takes it. Raises ValueError for anything but JSON."""
    return dumps(json.loads(text))


def _readable(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False)


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.id, row.title, row.started, row.changed, row.turns, row.owner)


def _turn(row: Row[Any]) -> StoredTurn:
    return StoredTurn(
        row.id, row.conversation_id, row.asked, row.question, _readable(row.answer), strings_of(row.documents)
    )


def _opinion(row: Row[Any]) -> Opinion:
    return Opinion(
        question=row.question,
        answer=_readable(row.answer),
        good=row.good,
        reason=row.reason,
        history=strings_of(row.history),
        documents=strings_of(row.documents),
        version=row.version,
        turn=row.turn,
        given=row.given,
    )


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        document=row.document,
        table=row.table_number,
        row=row.row,
        column=row.col,
        printed=row.printed,
        correct=row.correct,
        note=row.note,
        given=row.given,
    )
