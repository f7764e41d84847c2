"""The page that staff open: what stands beside every view, and which view is shown. The views are in views/."""

from __future__ import annotations

import streamlit as st

from index.errors import StoreError
from qa.serve.page.parts import asset
from qa.serve.page.safe import escaped
from views import session
from views.charts import charts_view
from views.chat import chat_view, shared_view
from views.documents import documents_view
from views.evaluation import evaluation_view
from views.history import history_view
from views.selfcheck import selfcheck_view
from views.session import say


def main() -> None:
    st.set_page_config(page_title="明账 Mingzhang", page_icon="📒", layout="wide")
    st.html(f"<style>{asset('page.css')}</style>")
    try:
        session.prepare()
    except StoreError as error:
        st.error(escaped(str(error)))
        return
    views = {
        "ask": st.Page(_ask, title=say("ask"), icon=":material/forum:", url_path="ask", default=True),
        "documents": st.Page(
            documents_view, title=say("documents"), icon=":material/folder_open:", url_path="documents"
        ),
        "charts": st.Page(charts_view, title=say("charts"), icon=":material/bar_chart:", url_path="charts"),
        "selfcheck": st.Page(selfcheck_view, title=say("selfcheck"), icon=":material/rule:", url_path="selfcheck"),
        "history": st.Page(history_view, title=say("history"), icon=":material/history:", url_path="history"),
        "evaluation": st.Page(
            evaluation_view, title=say("evaluation"), icon=":material/scoreboard:", url_path="evaluation"
        ),
    }
    st.session_state.chat_page = views["ask"]
    view = st.navigation(list(views.values()), position="hidden" if session.embedded() else "sidebar")
    if view.url_path != st.session_state.get("view"):
        st.session_state.view = view.url_path
        session.hide_evidence()
    if session.embedded():
        st.html(f"<style>{asset('embedded.css')}</style>")
    else:
        _sidebar()
    view.run()


def _ask() -> None:
    link = st.query_params.get("answer")
    if link:
        shared_view(link)
    else:
        chat_view()


def _sidebar() -> None:
    with st.sidebar:
        st.caption(f"**{say('title')}**　{say('tagline')}")
        if st.button(say("new"), key="new", icon=":material/add:", width="stretch"):
            session.new_conversation()
            st.switch_page(st.session_state.chat_page)
        names = [entry.name for entry in session.catalogue()]
        st.multiselect(say("filter"), names, key="only", placeholder=say("all"))
        st.toggle("English", key="english")


main()
