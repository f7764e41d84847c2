"""The chat page: draws answers and their evidence, decides nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from index.errors import IngestError, StoreError
from index.model import CatalogueEntry, Table
from qa.assemble import open_embedder, open_tools
from qa.model import Answer, Citation, Question, Value
from qa.pipeline import Tools, ask
from qa.serve.commands.documents import report_text
from qa.serve.page.export import as_docx, as_text, as_xlsx
from qa.serve.page.safe import answer_markdown, escaped
from qa.serve.page.words import Language, word
from qa.serve.wire import dumps
from qa.settings import read_settings

BADGE = {"table": "green", "text": "green", "both": "green", "computed": "blue", "conflict": "red"}
STYLE = """
<style>
[data-testid="stChatMessage"] { overflow-wrap: anywhere; }
.block-container { padding-top: 2.5rem; }
@media (max-width: 640px) { .block-container { padding-left: 0.8rem; padding-right: 0.8rem; } }
</style>
"""


@st.cache_resource(show_spinner=False)
def tools() -> Tools:
    return open_tools(read_settings())


def language() -> Language:
    return "en" if st.session_state.get("english") else "zh"


def say(key: str, *args: object) -> str:
    return word(key, language()).format(*args)


def main() -> None:
    st.set_page_config(page_title="明账 Mingzhang", page_icon="📒", layout="wide")
    st.html(STYLE)
    state = st.session_state
    state.setdefault("turns", [])
    state.setdefault("evidence", None)
    embedded = st.query_params.get("embed") == "true"
    entries = tools().finder.catalogue
    view = "ask" if embedded else sidebar(entries)
    if view == "documents":
        documents_view(entries)
        return
    if state.evidence is None:
        chat(entries)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        chat(entries)
    with right:
        evidence_panel()


def sidebar(entries: tuple[CatalogueEntry, ...]) -> str:
    with st.sidebar:
        st.title(say("title"))
        st.caption(say("tagline"))
        view = st.radio("view", ["ask", "documents"], format_func=say, label_visibility="collapsed", key="view")
        st.multiselect(say("filter"), [e.name for e in entries], key="only", placeholder=say("all"))
        if st.button(say("new"), width="stretch"):
            st.session_state.turns, st.session_state.evidence = [], None
            st.rerun()
        turns = st.session_state.turns
        if turns:
            st.caption(say("export"))
            st.download_button("Word", as_docx(turns), "明账问答.docx", width="stretch")
            st.download_button("Excel", as_xlsx(turns), "明账问答.xlsx", width="stretch")
        st.toggle(say("language"), key="english")
    return str(view)


# -- chat --------------------------------------------------------------------------------------------------------------


def chat(entries: tuple[CatalogueEntry, ...]) -> None:
    state = st.session_state
    if not state.turns:
        welcome(entries)
    for number, (question, answer) in enumerate(state.turns):
        with st.chat_message("user"):
            st.markdown(escaped(question))
        with st.chat_message("assistant"):
            draw_answer(answer, number, question)
    typed = st.chat_input(say("placeholder"))
    asked = typed or state.pop("pending", None) or first_question()
    if asked:
        answer_question(asked)


def first_question() -> str | None:
    """`?q=` asks at once, one time."""
    question = st.query_params.get("q")
    if question and not st.session_state.get("q_done"):
        st.session_state.q_done = True
        return question
    return None


def welcome(entries: tuple[CatalogueEntry, ...]) -> None:
    st.subheader(say("tagline"))
    if not entries:
        st.info(say("empty"))
        return
    st.caption(say("examples"))
    for i, example in enumerate(examples(entries)):
        st.button(example, key=f"example{i}", on_click=set_pending, args=(example,))


def examples(entries: tuple[CatalogueEntry, ...]) -> list[str]:
    """Questions about what is indexed."""
    asks = (
        "三公经费{0}是多少？",
        "基本支出和项目支出各多少？",
        "行政运行{0}是多少？",
        "机关运行经费{0}是多少？",
        "有哪些项目？",
    )
    found = []
    for entry, wording in zip(entries, asks, strict=False):
        p = entry.profile
        name = min(p.aliases, key=len) if p.aliases else p.organisation
        found.append(f"{name}{p.year or ''}年{wording.format(p.stage)}")
    return found


def set_pending(question: str) -> None:
    st.session_state.pending = question


def show_evidence(turn: int, citation: int) -> None:
    st.session_state.evidence = (turn, citation)
    st.session_state.pop("page", None)


def answer_question(text: str) -> None:
    state = st.session_state
    with st.chat_message("user"):
        st.markdown(escaped(text))
    with st.chat_message("assistant"), st.status("……", expanded=False) as status:
        only = tuple(state.get("only") or ()) or tuple(st.query_params.get_all("document"))
        history = tuple(question for question, _ in state.turns)
        answer = ask(Question(text, history, only), tools(), progress=lambda stage: status.update(label=stage))
        status.update(state="complete")
    tools().finder.index.record_question(text, dumps(answer), answer.elapsed_ms)
    state.turns.append((text, answer))
    st.rerun()


def draw_answer(answer: Answer, turn: int, question: str) -> None:
    if answer.values:
        draw_figure(answer.values[0])
    st.markdown(answer_markdown(answer.text))
    for warning in answer.warnings:
        st.warning(escaped(warning))
    computed = [v for v in answer.values if v.formula]
    if computed:
        with st.expander(say("formula")):
            for value in computed:
                st.markdown(
                    f"{escaped(value.label)} = {escaped(value.formula or '')} = **{escaped(value.value)}{escaped(value.unit)}**"
                )
    draw_citations(answer, turn)
    for i, option in enumerate((*answer.options, *answer.suggestions)):
        st.button(option, key=f"option{turn}-{i}", on_click=set_pending, args=(option,))
    with st.popover(say("copy")):
        st.code(as_text(question, answer), language=None, wrap_lines=True)


def draw_figure(value: Value) -> None:
    """The figure that answers, large, with its badge."""
    figure, badge = st.columns([3, 2], vertical_alignment="center")
    figure.metric(escaped(value.label), f"{value.value} {value.unit}")
    badge.badge(
        say(value.verification),
        color=BADGE[value.verification],
        icon=":material/verified:" if value.verification != "conflict" else ":material/error:",
    )


def draw_citations(answer: Answer, turn: int) -> None:
    if not answer.citations:
        return
    with st.container(horizontal=True):
        for citation in answer.citations[:12]:
            label = f"[{citation.id}] {say('page', citation.page)}"
            st.button(
                label,
                key=f"cite{turn}-{citation.id}",
                help=citation.document,
                on_click=show_evidence,
                args=(turn, citation.id),
            )


# -- evidence ----------------------------------------------------------------------------------------------------------


def evidence_panel() -> None:
    turn, number = st.session_state.evidence
    answer: Answer = st.session_state.turns[turn][1]
    citation = next(c for c in answer.citations if c.id == number)
    head, close = st.columns([4, 1])
    head.subheader(f"{say('evidence')} [{citation.id}]")
    if close.button("✕", help=say("close")):
        st.session_state.evidence = None
        st.rerun()
    st.caption(escaped(f"{citation.document}　{citation.table or citation.section}"))
    st.code(citation.quote, language=None, wrap_lines=True)
    source = tools().finder.index.source(citation.document)
    if source.suffix.lower() == ".pdf":
        page_picture(citation, source)
    table = cited_table(citation)
    if table is not None:
        st.caption(say("as_table"))
        draw_table(table, citation)
    st.download_button(say("download"), source.read_bytes(), citation.document)


def page_picture(citation: Citation, source: Path) -> None:
    from index.read.render import page_count, render_page

    state = st.session_state
    page = state.setdefault("page", citation.page)
    last = page_count(source)
    back, where, forward = st.columns([1, 2, 1])
    if back.button("◀", help=say("previous"), disabled=page <= 1):
        state.page = page - 1
        st.rerun()
    where.markdown(f"{say('page', page)} / {last}")
    if forward.button("▶", help=say("next"), disabled=page >= last):
        state.page = page + 1
        st.rerun()
    zoom = st.slider(say("zoom"), 1.0, 4.0, 2.0, 0.5, label_visibility="collapsed")
    boxes = [box for at, box in citation.boxes if at == page]
    st.image(
        render_page(source, page, boxes, zoom),
        output_format="PNG",
        width="stretch" if zoom <= 2 else "content",
        alt=f"{citation.document} {page}",
    )


def cited_table(citation: Citation) -> Table | None:
    """The table a cell citation stands in."""
    if citation.kind != "cell":
        return None
    tables = tools().finder.tables(citation.document)
    return next(
        (t for t in tables if f"{t.code} {t.title}".strip() == citation.table and citation.page in t.pages), None
    )


def draw_table(table: Table, citation: Citation) -> None:
    """The table as extracted, the cited row and column lit."""
    import pandas as pd

    names = [" / ".join(path) or str(i + 1) for i, path in enumerate(table.columns)]
    unique = [name + "\u200b" * names[:i].count(name) for i, name in enumerate(names)]
    frame = pd.DataFrame([list(row) for row in table.texts], columns=unique)
    row, column = next(
        (
            (r, c)
            for r, cells in enumerate(table.rows)
            for c, cell in enumerate(cells)
            if cell.page == citation.page and cell.bbox == citation.bbox
        ),
        (-1, -1),
    )
    lit = frame.style.apply(
        lambda cells: (
            ["background-color: #fde68a" if r == row or cells.name == unique[column] else "" for r in range(len(cells))]
            if row >= 0
            else [""] * len(cells)
        )
    )
    st.dataframe(lit, hide_index=True, height=280)


# -- documents ---------------------------------------------------------------------------------------------------------


def documents_view(entries: tuple[CatalogueEntry, ...]) -> None:
    st.header(say("documents"))
    files = st.file_uploader(
        say("upload"),
        accept_multiple_files=True,
        type=["pdf", "docx", "xlsx", "xls", "html", "htm", "txt", "md", "zip"],
    )
    if files and st.button(say("take_in"), type="primary"):
        take_in(files)
    for report in st.session_state.pop("reports", []):
        (st.error if report.status == "failed" else st.success)(escaped(report_text(report)))
    for entry in entries:
        p = entry.profile
        with st.expander(escaped(f"{p.organisation}　{p.year or ''}　{p.level}{p.stage}　{entry.name}")):
            st.markdown(
                escaped(f"{say('pages')} {entry.pages}，{say('tables')} {entry.tables}，{say('facts')} {entry.facts}")
            )
            for table in tools().finder.tables(entry.name):
                st.markdown(
                    f"{table.number}\\. {escaped(table.code)} {escaped(table.title)}（{escaped(table.unit)}）{say('page', '、'.join(map(str, table.pages)))}"
                )
            for finding in tools().finder.index.findings(entry.name)[:20]:
                st.warning(escaped(finding.message))
            if st.button(say("remove"), key=f"remove-{entry.sha256}"):
                tools().finder.index.remove(entry.name)
                st.rerun()


def take_in(files: list) -> None:
    """Index uploaded files; each is one report, good or bad."""
    from index.ingest import ingest_paths

    bar = st.progress(0.0)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for file in files:
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            paths.append(path)
        try:
            settings = read_settings()
            reports = ingest_paths(
                paths,
                tools().finder.index,
                open_embedder(settings),
                jobs=1,
                progress=lambda done, total, name: bar.progress(done / max(total, 1), escaped(name)),
            )
            st.session_state.reports = list(reports)
        except (IngestError, StoreError) as error:
            st.error(escaped(str(error)))
            return
    st.rerun()


main()
