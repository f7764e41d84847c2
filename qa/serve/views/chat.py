"""The chat: questions, answers as they come, and the evidence beside them."""

from __future__ import annotations

import streamlit as st

from qa.model import Question
from qa.pipeline import ask
from qa.serve.page.examples import examples
from qa.serve.page.safe import escaped
from qa.serve.page.words import stage_word
from qa.serve.views import session
from qa.serve.views.answer import draw_answer
from qa.serve.views.evidence import draw_evidence
from qa.serve.views.session import say, tools
from qa.suggest import follow_ups


def chat_view() -> None:
    """The conversation; with evidence open it shares the width with it. The place to type stays below both."""
    asked = st.chat_input(say("placeholder"), key="ask") or st.session_state.pop("pending", None) or _from_address()
    if st.session_state.evidence is None or asked:
        _conversation(asked)
        return
    left, right = st.columns([11, 9], gap="medium")
    with left:
        _conversation(None)
    with right:
        draw_evidence()


def shared_view(link: str) -> None:
    """One answer by its link, as whoever asked it saw it."""
    kept = session.index().conversations.turn(link)
    if kept is None:
        st.warning(say("link_dead"))
        st.button(say("new"), key="leave_link", on_click=st.query_params.clear)
        return
    if not st.session_state.turns:
        st.session_state.turns = [session.restored(kept)]
    st.caption(say("shared", session.local_time(kept.asked)))
    chat_view()


def _conversation(asked: str | None) -> None:
    state = st.session_state
    if not state.turns and not asked:
        _welcome()
    last = len(state.turns) - 1
    for number, turn in enumerate(state.turns):
        with st.chat_message("user"):
            st.markdown(escaped(turn.question.text))
        with st.chat_message("assistant"):
            draw_answer(turn, number, last=number == last and not asked)
    if asked:
        _answer(asked)
    elif state.turns:
        _follow_ups()


def _from_address() -> str | None:
    """`?q=` asks at once, one time."""
    question = st.query_params.get("q")
    if not question or st.session_state.get("asked_from_address"):
        return None
    st.session_state.asked_from_address = True
    return question


def _welcome() -> None:
    st.subheader(say("tagline"), anchor=False)
    entries = session.catalogue()
    if not entries:
        st.info(say("empty"))
        return
    st.caption(
        say("indexed", len(entries), sum(entry.tables for entry in entries), sum(entry.facts for entry in entries))
    )
    st.caption(say("examples"))
    with st.container(key="asks_examples"):
        for number, example in enumerate(examples(entries)):
            st.button(escaped(example), key=f"example{number}", on_click=ask_next, args=(example,))


def ask_next(question: str) -> None:
    """A button's question is asked with the next drawing of the page."""
    st.session_state.pending = question


def _answer(text: str) -> None:
    with st.chat_message("user"):
        st.markdown(escaped(text))
    with st.chat_message("assistant"), st.status(say("working"), expanded=False) as status:
        history = tuple(turn.question.text for turn in st.session_state.turns)
        question = Question(text, history, tuple(st.session_state.only))
        lang = session.language()
        answer = ask(question, tools(), progress=lambda stage: status.update(label=stage_word(stage, lang)))
        status.update(state="complete")
    session.keep(question, answer)
    st.session_state.evidence = None
    st.rerun()


def _follow_ups() -> None:
    """What to ask next, looked for once the answer stands on the page."""
    turn = st.session_state.turns[-1]
    if turn.follow_ups is None:
        near = follow_ups([t.answer for t in st.session_state.turns], tools(), turn.question.documents)
        turn.follow_ups = near or (examples(session.catalogue())[:3] if turn.answer.status == "refused" else ())
    if turn.follow_ups:
        st.caption(say("next_questions"))
        with st.container(key="follow"):
            for number, suggestion in enumerate(turn.follow_ups):
                st.button(escaped(suggestion), key=f"next{number}", on_click=ask_next, args=(suggestion,))
