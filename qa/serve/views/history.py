"""Conversations that were kept: open one again, give it a name, delete it."""

from __future__ import annotations

import streamlit as st

from index.stores import Conversation
from qa.serve.page.safe import escaped
from qa.serve.views import session
from qa.serve.views.session import index, say


def history_view() -> None:
    """The last changed first."""
    st.header(say("history"), anchor=False)
    kept = index().conversations.listed()
    if st.session_state.pop("go_chat", False):
        st.switch_page(st.session_state.chat_page)
    if not kept:
        st.info(say("no_history"))
    for conversation in kept:
        _conversation(conversation)


def _conversation(conversation: Conversation) -> None:
    key = conversation.id
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"kept-{key}"):
        when = session.local_time(conversation.changed)
        st.markdown(
            f"**{escaped(conversation.title)}**　:gray[{when}　{say('turns', conversation.turns)}]", width="stretch"
        )
        st.button(say("reopen"), key=f"open-{key}", on_click=_open, args=(key,))
        with st.popover(say("rename")), st.form(f"name-{key}", border=False):
            name = st.text_input(say("rename"), conversation.title, label_visibility="collapsed")
            if st.form_submit_button(say("save")) and name.strip():
                index().conversations.rename(key, name.strip())
                st.rerun()
        with st.popover(say("remove")):
            st.caption(say("delete_sure"))
            st.button(say("remove"), key=f"delete-{key}", type="primary", on_click=_delete, args=(key,))


def _open(conversation: str) -> None:
    session.reopen(conversation)
    st.session_state.go_chat = True


def _delete(conversation: str) -> None:
    index().conversations.delete(conversation)
    if st.session_state.conversation == conversation:
        session.new_conversation()
