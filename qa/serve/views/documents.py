"""Documents: take files in, see what was read of them beside their pages, say which cell is wrong, take them out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from index.errors import IngestError, StoreError
from index.ingest import ingest_paths
from index.model import CatalogueEntry, Cell, IngestReport, Table
from index.read import SUFFIXES
from index.stores import Correction
from qa.assemble import open_embedder
from qa.serve.commands.documents import report_text
from qa.serve.page.parts import list_data, table_data
from qa.serve.page.safe import escaped
from qa.serve.views import session
from qa.serve.views.evidence import draw_pages
from qa.serve.views.parts import grid
from qa.serve.views.session import index, say, tools
from qa.settings import read_settings


def documents_view() -> None:
    """Uploading first, then the list, then the document that is open."""
    st.header(say("documents"), anchor=False)
    _upload()
    for report in st.session_state.pop("reports", ()):
        _report(report)
    entries = {entry.name: entry for entry in session.catalogue()}
    if not entries:
        st.info(say("nothing_indexed"))
        return
    _listed(tuple(entries.values()))
    name = st.selectbox(say("open_document"), list(entries), index=None, key="opened", placeholder=say("choose"))
    if name in entries:
        _document(entries[name])


# -- taking in ---------------------------------------------------------------------------------------------------------


def _upload() -> None:
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(
            say("upload"), accept_multiple_files=True, type=[s.lstrip(".") for s in (*sorted(SUFFIXES), ".zip")]
        )
        sent = st.form_submit_button(say("take_in"), type="primary")
    if sent and files:
        _take_in(files)


def _take_in(files: Sequence[UploadedFile]) -> None:
    """Each file is one report, good or bad; a name is kept for its last part alone."""
    bar = st.progress(0.0, say("working"))
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        paths = []
        for number, file in enumerate(files):
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / (PurePath(file.name.replace("\\", "/")).name or "file")
            path.write_bytes(file.getvalue())
            paths.append(path)

        def told(done: int, total: int, name: str) -> None:
            bar.progress(done / max(total, 1), escaped(f"{done}/{total}　{name}"))

        try:
            st.session_state.reports = ingest_paths(paths, index(), open_embedder(read_settings()), progress=told)
        except (IngestError, StoreError) as error:
            st.error(escaped(str(error)))
            return
    st.rerun()


def _report(report: IngestReport) -> None:
    lines = report_text(report).split("\n")
    text = "  \n".join(escaped(line) for line in lines)
    (st.error if report.status == "failed" else st.success)(text)


# -- the list ----------------------------------------------------------------------------------------------------------


def _listed(entries: Sequence[CatalogueEntry]) -> None:
    """One line a document; a click on it opens the document."""
    names = [entry.name for entry in entries]
    columns: dict[str, Sequence[object]] = {
        say("office"): [e.profile.organisation or e.name for e in entries],
        say("year"): [e.profile.year or "" for e in entries],
        say("kind"): [f"{e.profile.level}{e.profile.stage}" for e in entries],
        say("tables"): [e.tables for e in entries],
        say("facts"): [e.facts for e in entries],
        say("confidence"): [f"{e.confidence:.0%}" for e in entries],
        say("findings"): [len(tools().finder.findings(e.name)) for e in entries],
        say("pages"): [e.pages for e in entries],
        say("name"): names,
    }
    label = say("list_of", len(entries))
    opened = st.session_state.get("opened")
    chosen = names.index(opened) if opened in names else None
    st.caption(label)
    grid(
        key="listed",
        data=list_data(columns, chosen=chosen, pick=True, label=label),
        on_cell_change=partial(_open, names),
    )


def _open(names: Sequence[str]) -> None:
    st.session_state.opened = names[st.session_state.listed.cell[0]]


def _document(entry: CatalogueEntry) -> None:
    with st.container(horizontal=True, key="document_actions"):
        st.button(say("ask_this"), key="ask_this", icon=":material/forum:", on_click=_ask_only, args=(entry.name,))
        st.button(
            say("read_again"), key="read_again", icon=":material/refresh:", on_click=_read_again, args=(entry.name,)
        )
        with st.popover(say("remove"), icon=":material/delete:"):
            st.markdown(escaped(say("remove_sure", entry.name)))
            st.button(say("remove"), key="remove", type="primary", on_click=_remove, args=(entry.name,))
    if st.session_state.pop("go_ask", False):
        st.switch_page(st.session_state.chat_page)
    findings = tools().finder.findings(entry.name)
    if findings:
        with st.expander(say("findings_of", len(findings))):
            for finding in findings:
                st.markdown("- " + escaped(finding.message))
    _tables(entry)


def _ask_only(name: str) -> None:
    st.session_state.only = [name]
    st.session_state.go_ask = True


def _remove(name: str) -> None:
    index().remove(name)


def _read_again(name: str) -> None:
    """Read the kept copy anew; what is indexed stays until that has worked."""
    with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder:
        path = Path(folder) / name
        path.write_bytes(index().source(name).read_bytes())
        st.session_state.reports = ingest_paths([path], index(), open_embedder(read_settings()), again=True)


# -- a table beside its page -------------------------------------------------------------------------------------------


def _tables(entry: CatalogueEntry) -> None:
    tables = {table.number: table for table in tools().finder.tables(entry.name)}
    if not tables:
        return
    number = st.selectbox(say("table_of"), list(tables), key="table", format_func=lambda n: _title(tables[n]))
    table = tables[number]
    shown = st.session_state.get("table_shown")
    if shown != (entry.name, number):
        st.session_state.table_shown, st.session_state.beside = (entry.name, number), table.pages[0]
        st.session_state.pop("wrong_cell", None)
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(say("as_table"))
        reported = {(c.row, c.column) for c in index().conversations.corrections(entry.name) if c.table == number}
        cell = st.session_state.get("wrong_cell")
        data = table_data(table, cell, marked=reported, pick=True, label=_title(table))
        grid(key="table_grid", data=data, on_cell_change=_pick)
        _wrong_cell(entry, table)
    with right:
        source = index().source(entry.name)
        if source.suffix.lower() == ".pdf":
            framed = tuple((c.page, c.bbox) for c in _picked(table) if c.bbox)
            draw_pages(source, entry.name, framed, key="beside")


def _title(table: Table) -> str:
    return f"{table.number}. {table.code} {table.title}（{say('page', '、'.join(map(str, table.pages)))}）"


def _picked(table: Table) -> tuple[Cell, ...]:
    cell = st.session_state.get("wrong_cell")
    return (table.rows[cell[0]][cell[1]],) if cell else ()


def _pick() -> None:
    row, column = st.session_state.table_grid.cell
    st.session_state.wrong_cell = (row, column)


def _wrong_cell(entry: CatalogueEntry, table: Table) -> None:
    cell = st.session_state.get("wrong_cell")
    if cell is None:
        st.caption(say("pick_cell"))
        return
    row, column = cell
    printed = table.texts[row][column]
    with st.form("wrong", clear_on_submit=True):
        st.markdown(f"{say('wrong_cell', row + 1, column + 1)}：{escaped(printed)}")
        correct = st.text_input(say("should_be"))
        note = st.text_input(say("note"))
        if st.form_submit_button(say("report")):
            index().conversations.add_correction(
                Correction(entry.name, table.number, row, column, printed, correct, note)
            )
            st.session_state.pop("wrong_cell")
            st.toast(say("good"))
            st.rerun()
