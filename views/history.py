"""Conversations that were kept: open one again, give it a name, delete it."""

from __future__ import annotations

import streamlit as st

from index.stores import Conversation
from qa.serve.page.safe import escaped
from views import session
from views.session import index, say


def history_view() -> None:
    """The last changed first."""
    st.header(say("history"))
    kept = index().conversations.listed()
    if st.session_state.pop("go_chat", False):
        st.switch_page(st.session_state.chat_page)
    if not kept:
        st.info(say("no_history"))
    for conversation in kept:
        _conversation(conversation)


def _conversation(conversation: Conversation) -> None:
    key = conversation.id
    with st.container(border=True, key=f"kept-{key}"):
        title, opening, naming, deleting = st.columns([6, 1.6, 1.6, 1.6], vertical_alignment="center")
        when = conversation.changed[:16].replace("T", " ")
        title.markdown(f"{escaped(conversation.title)}  \n:gray[{when} UTC　{say('turns', conversation.turns)}]")
        opening.button(say("reopen"), key=f"open-{key}", on_click=_open, args=(key,), width="stretch")
        with naming.popover(say("rename"), width="stretch"), st.form(f"name-{key}", border=False):
            name = st.text_input(say("rename"), conversation.title, label_visibility="collapsed")
            if st.form_submit_button(say("save")) and name.strip():
                index().conversations.rename(key, name.strip())
                st.rerun()
        with deleting.popover(say("remove"), width="stretch"):
            st.caption(say("delete_sure"))
            st.button(say("remove"), key=f"delete-{key}", type="primary", on_click=_delete, args=(key,))


def _open(conversation: str) -> None:
    session.reopen(conversation)
    st.session_state.go_chat = True


def _delete(conversation: str) -> None:
    index().conversations.delete(conversation)
    if st.session_state.conversation == conversation:
        session.new_conversation()
