"""Answering for a caller: from their collections only, each answer written into the audit log before it leaves."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace

from index.errors import NotIndexed
from index.stores import Entry, digest
from qa.errors import EmptyQuestion, QuestionTooLong
from qa.model import Answer, Citation, Question
from qa.pipeline import Progress, ask
from qa.serve.access import Caller
from qa.serve.portal.rooms import Room, Rooms
from qa.serve.wire import dumps

_KEPT = 4096  # answers
_TURNS = 30
_Key = tuple[tuple[str, ...], str, str, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way: who asks and under which request id."""

    question: Question
    caller: Caller
    request: str = ""
    action: str = "answer"


class Desk:
    """Answers questions and remembers the answers until the store changes; no two sets of collections share one."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._answers: OrderedDict[_Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, asked: Asked, progress: Progress | None = None) -> Answer:
        """The checked answer. Raises EmptyQuestion, QuestionTooLong, NotIndexed (a document named that is not there)."""
        self._check(asked.question)
        started = time.perf_counter()
        answer = self._answer(asked, progress)
        elapsed = round((time.perf_counter() - started) * 1000, 1)
        answer = replace(answer, elapsed_ms=elapsed, id=asked.question.id or answer.id)
        self._note(asked, answer)
        return answer

    def _check(self, question: Question) -> None:
        limit = self._rooms.settings.question_chars
        if not question.text.strip():
            raise EmptyQuestion
        if len(question.text) > limit:
            raise QuestionTooLong(len(question.text), limit)

    def _answer(self, asked: Asked, progress: Progress | None) -> Answer:
        room = self._rooms.enter(asked.caller.collections)
        history = _recent(asked.question.history, self._rooms.settings.question_chars)
        question = replace(asked.question, history=history, documents=_named(asked.question.documents, room))
        key = (room.collections, room.version, question.text, question.history, question.documents)
        with self._lock:
            known = self._answers.get(key)
        if known is not None:
            return known
        answer = self._worked_out(question, room, progress)
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return answer

    def _worked_out(self, question: Question, room: Room, progress: Progress | None) -> Answer:
        """A document may be taken out or replaced while it is being asked about: then once more, of what is there now."""
        question = replace(question, id="")
        try:
            return ask(question, room.tools, progress)
        except NotIndexed:
            room = self._rooms.enter(room.collections)
            return ask(replace(question, documents=_named(question.documents, room)), room.tools, progress)

    def _note(self, asked: Asked, answer: Answer) -> None:
        """The digest is of the answer without the time it took: the same answer has the same one."""
        caller = asked.caller
        entry = Entry(
            action=asked.action,
            outcome=answer.status if answer.status != "refused" else f"refused:{answer.reason}",
            caller=caller.id,
            user=caller.user,
            collections=caller.collections,
            subject=asked.question.text,
            answer_digest=digest(dumps(replace(answer, elapsed_ms=0.0, id=""))),
            cells=tuple(_cell(citation) for citation in answer.citations),
            elapsed_ms=answer.elapsed_ms,
            request=asked.request,
        )
        self._rooms.index.journal.add(entry, personal=bool(self._rooms.settings.log_text))


def _recent(history: tuple[str, ...], limit: int) -> tuple[str, ...]:
    """The last turns, as many as are together no longer than one question may be: each costs the time of one."""
    kept: list[str] = []
    for turn in reversed(history[-_TURNS:]):
        limit -= len(turn)
        if limit < 0:
            break
        kept.append(turn)
    return tuple(reversed(kept))


def _named(documents: tuple[str, ...], room: Room) -> tuple[str, ...]:
    """The documents by their names. Raises NotIndexed for one that the caller does not have."""
    known = {entry.name: entry.name for entry in room.view.catalogue()}
    stems = {name.rsplit(".", 1)[0]: name for name in known}
    found = []
    for document in documents:
        name = known.get(document) or stems.get(document)
        if name is None:
            raise NotIndexed(document)
        found.append(name)
    return tuple(found)


def _cell(citation: Citation) -> dict[str, object]:
    return {
        "document": citation.document,
        "page": citation.page,
        "table": citation.table,
        "row": citation.row,
        "column": citation.column,
        "value": citation.value,
    }
