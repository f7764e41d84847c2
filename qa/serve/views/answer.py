"""One answer: its figure large with a badge, its text with marks, how it was checked, ways to take it away, an opinion."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from index.checks import Result
from index.stores import Opinion
from qa.audit.cited import audit_cited
from qa.evaluate.engine import code_version
from qa.evaluate.feedback import REASONS
from qa.model import Answer, Value
from qa.serve.page.charts import chart_of
from qa.serve.page.export import as_text, as_xlsx
from qa.serve.page.figures import LARGE, large, shown
from qa.serve.page.parts import answer_data, list_data
from qa.serve.page.safe import escaped
from qa.serve.page.word_file import as_docx
from qa.serve.views import session
from qa.serve.views.charts import draw_chart
from qa.serve.views.parts import answer_text, copy_button, grid, takes_away
from qa.serve.views.session import Turn, index, say, show_evidence
from qa.serve.wire import dumps

COLOUR: dict[str, Literal["green", "blue", "red"]] = {
    "table": "green", "text": "green", "both": "green", "computed": "blue", "conflict": "red",
}  # fmt: skip
ICON = {
    Result.HOLDS: ":green[:material/check_circle:]",
    Result.ROUNDING: ":blue[:material/straighten:]",
    Result.FAILS: ":red[:material/error:]",
}
LINES, DOCUMENTS = 8, 4  # identities of one table, documents whose identities are told


def draw_answer(turn: Turn, number: int, last: bool) -> None:
    """The answer of turn `number`; what only makes sense at the end of a conversation is drawn where it is the last."""
    answer = turn.answer
    if answer.values:
        _figures(answer, number)
    _text(turn, number)
    for warning in answer.warnings:
        st.warning(escaped(warning))
    if last and answer.options:
        _options(answer, number)
    _checks(answer, number)
    chart = chart_of(answer)
    if chart is not None:
        draw_chart(chart, f"chart{number}")
    _tools(turn, number)


# -- figures and words -------------------------------------------------------------------------------------------------


def _figures(answer: Answer, number: int) -> None:
    with st.container(key=f"figure{number}", horizontal=True, gap="large"):
        for value in large(answer):
            with st.container(width="content"):
                st.metric(escaped(value.label), f"{shown(value)} {value.unit}")
                badge(value)
    if len(answer.values) > LARGE:
        with st.expander(say("all_figures", len(answer.values))):
            columns = {
                say("item"): [v.label for v in answer.values],
                say("value"): [shown(v) for v in answer.values],
                say("unit"): [v.unit for v in answer.values],
                say("checked"): [say(v.verification) for v in answer.values],
                say("sources"): ["".join(f"[{n}]" for n in v.citations) for v in answer.values],
            }
            grid(key=f"figures{number}", data=list_data(columns, label=say("all_figures", len(answer.values))))


def badge(value: Value) -> None:
    icon = ":material/error:" if value.verification == "conflict" else ":material/verified:"
    st.badge(say(value.verification), color=COLOUR[value.verification], icon=icon)


def _text(turn: Turn, number: int) -> None:
    answer = turn.answer
    opened = st.session_state.evidence
    lit = opened[1].id if opened and opened[0] == number else 0
    key = f"text{number}"
    data = answer_data(answer.text, lit, say("open_evidence", "{}"), turn.id if turn.fresh else "")
    answer_text(key=key, data=data, on_mark_change=lambda: _open_mark(answer, number, key))


def _open_mark(answer: Answer, number: int, key: str) -> None:
    mark = st.session_state[key].mark
    for citation in answer.citations:
        if citation.id == mark:
            show_evidence(citation, number)


def _options(answer: Answer, number: int) -> None:
    with st.container(key="asks_options"):
        for i, option in enumerate(answer.options):
            st.button(escaped(option), key=f"option{number}-{i}", on_click=_choose, args=(option,))


def _choose(option: str) -> None:
    st.session_state.pending = option


# -- how it was checked ------------------------------------------------------------------------------------------------


def _checks(answer: Answer, number: int) -> None:
    if not answer.citations:
        return
    with st.expander(say("how_checked"), key=f"checks{number}", on_change="rerun") as box:
        if not box.open:
            return
        for value in answer.values[:LARGE]:
            st.markdown(f"**{escaped(value.label)}**　{escaped(shown(value))} {escaped(value.unit)}")
            if value.formula:
                st.markdown(
                    f"{say('formula')}：{escaped(value.formula)} = {escaped(shown(value))}{escaped(value.unit)}"
                )
            for operand in value.operands:
                st.markdown(escaped(f"　{operand.label}：{operand.value}{operand.unit} [{operand.citation}]"))
        _identities(answer, number)
        st.caption(say("sources"))
        with st.container(horizontal=True, key=f"sources{number}"):
            for citation in answer.citations:
                label = escaped(f"[{citation.id}] ") + say("page", citation.page)
                st.button(
                    label, key=f"cite{number}-{citation.id}", help=escaped(citation.document), on_click=show_evidence,
                    args=(citation, number),
                )  # fmt: skip


def _identities(answer: Answer, number: int) -> None:
    """What the source tables passed or failed: the identities of the cited cells, and faults elsewhere in the table."""
    cited = dict.fromkeys(c.document for c in answer.citations if c.kind == "cell")
    checked = filter(None, map(session.checked, tuple(cited)[:DOCUMENTS]))
    audits = [audit for document in checked for audit in audit_cited(document, answer.citations)]
    with st.container(key=f"identities{number}", gap="xsmall"):
        for audit in audits:
            compared = audit.holds + audit.rounding + audit.fails
            said = "table_checked" if compared else "table_unchecked"
            st.markdown(f"**{escaped(say(said, audit.table, compared, audit.holds, audit.rounding, audit.fails))}**")
            for identity in audit.of_cell[:LINES]:
                st.markdown(f"{ICON[identity.result]} {escaped(identity.text)}")
            if audit.failed:
                st.caption(say("failed_elsewhere"))
            for identity in audit.failed[:LINES]:
                st.markdown(f"{ICON[identity.result]} {escaped(identity.text)}")


# -- taking it away, saying what one thinks of it ----------------------------------------------------------------------


def _tools(turn: Turn, number: int) -> None:
    question, answer = turn.question.text, turn.answer
    with st.container(horizontal=True, key=f"tools{number}", vertical_alignment="center"):
        with st.popover(say("take_away"), icon=":material/ios_share:"):
            data = {"label": say("copy"), "done": say("copied"), "text": as_text(question, answer)}
            copy_button(key=f"copy{number}", data=data)
            takes_away("Word", lambda: as_docx([(question, answer)]), "明账问答.docx", f"word{number}", "stretch")
            takes_away("Excel", lambda: as_xlsx([(question, answer)]), "明账问答.xlsx", f"excel{number}", "stretch")
            if turn.id:
                st.caption(say("link"))
                st.code(
                    f"{(st.context.url or '').split('?')[0].rstrip('/')}/?answer={turn.id}",
                    language=None,
                    wrap_lines=True,
                )
        if not session.embedded() or turn.id:
            _opinion(turn, number)


def _opinion(turn: Turn, number: int) -> None:
    thumb = st.feedback("thumbs", key=f"thumb{number}")
    if thumb is None:
        return
    reason = ""
    if thumb == 0:
        reason = st.selectbox(
            say("what_is_wrong"), REASONS, index=None, key=f"reason{number}", accept_new_options=True, placeholder=say("reason")
        ) or ""  # fmt: skip
    said = (thumb == 1, reason)
    if st.session_state.get(f"said{number}") != said:
        question = turn.question
        opinion = Opinion(
            question.text, dumps(turn.answer), *said, question.history, question.documents, code_version(), turn.id
        )  # fmt: skip
        index().conversations.add_opinion(opinion)
        st.session_state[f"said{number}"] = said
    st.caption(say("good"))
