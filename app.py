"""The page that staff open: what stands beside every view, and which view is shown. The views are in qa/serve/views/."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from index.errors import StoreError
from qa.serve.page.parts import asset
from qa.serve.page.safe import escaped
from qa.serve.views import session
from qa.serve.views.chat import chat_view, shared_view
from qa.serve.views.parts import wording
from qa.serve.views.session import say

SIDEBAR = 232  # pixels
# Views that are loaded when they are first opened, with their icon.
LATER = {
    "documents": "folder_open",
    "charts": "bar_chart",
    "selfcheck": "rule",
    "history": "history",
    "evaluation": "scoreboard",
}


def main() -> None:
    st.set_page_config("明账 Mingzhang", asset("mark.svg"), layout="wide", initial_sidebar_state=SIDEBAR)
    st.logo(asset("logo.svg"), size="large", icon_image=asset("mark.svg"))
    st.html(f"<style>{asset('page.css')}</style>")
    try:
        session.prepare()
    except StoreError as error:
        st.error(escaped(str(error)))
        return
    views = {"ask": st.Page(_ask, title=say("ask"), icon=":material/forum:", url_path="ask", default=True)}
    for name, icon in LATER.items():
        views[name] = st.Page(_later(name), title=say(name), icon=f":material/{icon}:", url_path=name)
    st.session_state.chat_page = views["ask"]
    view = st.navigation(list(views.values()), position="hidden" if session.embedded() else "sidebar")
    if view.url_path != st.session_state.get("view"):
        st.session_state.view = view.url_path
        session.hide_evidence()
    wording(key="wording", data={"lang": "en" if session.language() == "en" else "zh-CN"})
    if session.embedded():
        st.html(f"<style>{asset('embedded.css')}</style>")
    else:
        _sidebar()
    view.run()


def _later(name: str) -> Callable[[], None]:
    """A view that is loaded when it is opened first: the chat does not wait for the others."""

    def view() -> None:
        getattr(import_module(f"qa.serve.views.{name}"), f"{name}_view")()

    view.__name__ = name
    return view


def _ask() -> None:
    link = st.query_params.get("answer")
    if link:
        shared_view(link)
    else:
        chat_view()


def _sidebar() -> None:
    with st.sidebar:
        if st.button(say("new"), key="new", icon=":material/add:", width="stretch"):
            session.new_conversation()
            st.switch_page(st.session_state.chat_page)
        names = [entry.name for entry in session.catalogue()]
        st.multiselect(say("filter"), names, key="only", placeholder=say("all"))
        st.toggle("English", key="english")


main()
