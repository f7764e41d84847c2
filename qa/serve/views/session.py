"""What one person has open: language, conversation, chosen documents; and the tools that all share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import cast

import streamlit as st

from index.model import CatalogueEntry
from index.stores import Index, StoredTurn
from qa.assemble import open_tools
from qa.audit.cited import CheckedDocument, check_document
from qa.audit.model import AuditReport
from qa.audit.run import audit_documents
from qa.model import Answer, Citation, Question
from qa.pipeline import Tools
from qa.serve.page.words import Language, kind_word, word
from qa.serve.wire import answer_of, dumps
from qa.settings import read_settings


@dataclass
class Turn:
    """A question, its answer, the id under which both are kept, and what was found to ask next (None: not yet looked)."""

    question: Question
    answer: Answer
    id: str = ""
    follow_ups: tuple[str, ...] | None = None
    fresh: bool = False  # asked in this session, not reopened


@st.cache_resource(show_spinner=False)
def tools() -> Tools:
    return open_tools(read_settings())


def index() -> Index:
    return cast(Index, tools().finder.index)  # what settings open is the store itself, not a view of it


def catalogue() -> tuple[CatalogueEntry, ...]:
    return tools().finder.catalogue


def audited(names: tuple[str, ...]) -> AuditReport:
    """The self-check of these documents, as long as nothing that is indexed changes."""
    known = {entry.name for entry in catalogue()}
    return _audited(tuple(name for name in names if name in known), index().version)


@st.cache_resource(show_spinner=False, max_entries=32)
def _audited(names: tuple[str, ...], version: str) -> AuditReport:
    return audit_documents(index(), names) if names else AuditReport(())


def checked(name: str) -> CheckedDocument | None:
    """All identities of a document that is indexed."""
    entry = next((entry for entry in catalogue() if entry.name == name), None)
    return _checked(entry.name, index().version) if entry else None


@st.cache_resource(show_spinner=False, max_entries=8)
def _checked(name: str, version: str) -> CheckedDocument:
    return check_document(index(), next(entry for entry in catalogue() if entry.name == name))


def language() -> Language:
    return "en" if st.session_state.english else "zh"


def say(key: str, *args: object) -> str:
    """A label in the language of the session."""
    return word(key, language()).format(*args)


def local_time(moment: str) -> str:
    """A kept moment (ISO 8601, UTC) by the clock of the reader's browser, to the minute."""
    behind = timedelta(minutes=st.context.timezone_offset or 0)  # as JavaScript counts: UTC less local time
    return f"{datetime.fromisoformat(moment).astimezone(timezone(-behind)):%Y-%m-%d %H:%M}"


def kind(name: str) -> str:
    """A category or an answer type of a question set, in the language of the session."""
    return kind_word(name, language())


def prepare() -> None:
    """Sets what a new session starts with: `?lang=`, `?document=` and `?embed=` are read here."""
    state = st.session_state
    if "turns" not in state:
        state.turns, state.conversation, state.evidence = [], "", None
        state.english = (st.query_params.get("lang") or read_settings().language) == "en"
        wanted = st.query_params.get_all("document")
        state.only = [e.name for e in catalogue() if e.name in wanted or e.name.rsplit(".", 1)[0] in wanted]
    state.english = state.english  # a page that does not draw the switch keeps it all the same
    state.only = [name for name in state.only if name in {e.name for e in catalogue()}]


def embedded() -> bool:
    return bool(st.context.is_embedded)


# -- the conversation --------------------------------------------------------------------------------------------------


def new_conversation() -> None:
    st.session_state.turns, st.session_state.conversation, st.session_state.evidence = [], "", None


def reopen(conversation: str) -> None:
    """Go on with a conversation that was kept."""
    new_conversation()
    st.session_state.conversation = conversation
    turns: list[Turn] = []
    for kept in index().conversations.turns(conversation):
        turns.append(restored(kept, tuple(turn.question.text for turn in turns)))
    st.session_state.turns = turns


def restored(kept: StoredTurn, history: tuple[str, ...] = ()) -> Turn:
    question = Question(kept.question, history, kept.documents)
    return Turn(question, answer_of(json.loads(kept.answer)), kept.id, ())


def keep(question: Question, answer: Answer) -> None:
    """Put an answer at the end of the conversation, here and in the store."""
    state, kept = st.session_state, index().conversations
    written = dumps(answer)
    index().record_question(question.text, written, answer.elapsed_ms)
    if not state.conversation:
        state.conversation = kept.start(question.text)
    turn = kept.add_turn(state.conversation, question.text, written, question.documents)
    state.turns.append(Turn(question, answer, turn, fresh=True))


# -- evidence ----------------------------------------------------------------------------------------------------------


def show_evidence(citation: Citation, turn: int = -1) -> None:
    """Open a citation beside what is on the page; `turn` is where its mark is lit."""
    st.session_state.evidence = (turn, citation)
    st.session_state.sheet = citation.page


def hide_evidence() -> None:
    st.session_state.evidence = None
