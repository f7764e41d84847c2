"""The evidence beside the chat: quote, page with what is cited framed, table with its row and column lit, download."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from index.errors import IngestError, StoreError
from index.model import BBox, Table
from qa.model import Citation
from qa.serve.page.parts import cell_at, quote_data, sheet_data, table_data
from qa.serve.page.safe import escaped
from qa.serve.views.parts import answer_text, grid, sheet, takes_away
from qa.serve.views.session import hide_evidence, index, say, tools

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)
FRAME, READABLE = 420, 1.3  # pixels that the evidence is wide on a laptop; pixels a point at which small print is read
SHARP = 2.0  # pixels a point for a page that fits its frame


def draw_evidence() -> None:
    """The open citation, in the container that stands beside the chat (below it on a narrow screen)."""
    _, citation = st.session_state.evidence
    with st.container(key="evidence"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{say('evidence')} \\[{citation.id}\\]**", width="content")
            st.button("✕", key="close", help=say("close"), on_click=hide_evidence)
        st.caption(escaped(f"{citation.title or citation.document}　{citation.table or citation.section}"))
        _quote(citation)
        try:
            source = index().source(citation.document)
        except StoreError as error:
            st.warning(escaped(str(error)))
            return
        if source.suffix.lower() == ".pdf":
            boxes = citation.boxes or (((citation.page, citation.bbox),) if citation.bbox else ())
            draw_pages(source, citation.document, boxes)
        table = cited_table(citation)
        if table is not None:
            st.caption(say("as_table"))
            cell = cell_at(table, citation.page, citation.bbox)
            grid(key="cited_table", data=table_data(table, cell, label=f"{table.code} {table.title}"))
        takes_away(say("download"), source.read_bytes, citation.document, "original", "stretch")


def _quote(citation: Citation) -> None:
    """A cell by its row, column and value; prose word by word."""
    if citation.kind != "cell":
        answer_text(key="quote", data=quote_data(citation.quote))
        return
    cell = {say("row"): citation.row, say("column"): citation.column, say("value"): citation.value}
    lines = [f"{name}　**{escaped(text)}**" for name, text in cell.items() if text]
    st.markdown("  \n".join(lines))


def draw_pages(source: Path, name: str, boxes: tuple[tuple[int, BBox], ...], key: str = "sheet") -> None:
    """A page of a PDF with its boxes; `st.session_state[key]` is the page shown."""
    from index.read.render import page_count, page_size, render_page

    state = st.session_state
    try:
        last = page_count(source)
        page = min(max(state.setdefault(key, boxes[0][0] if boxes else 1), 1), last)
        with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_pager"):
            st.button(
                "◀", key=f"{key}_back", help=say("previous"), disabled=page <= 1, on_click=_turn, args=(key, page - 1)
            )
            st.markdown(f"{say('page', page)} / {last}", width="content")
            st.button(
                "▶", key=f"{key}_on", help=say("next"), disabled=page >= last, on_click=_turn, args=(key, page + 1)
            )
            zoom = st.selectbox(
                say("zoom"), ZOOMS, ZOOMS.index(_first_zoom(boxes, page_size(source, page))), key=f"{key}_zoom",
                format_func=lambda z: f"{z:.0%}", label_visibility="collapsed", width=110,
            )  # fmt: skip
        framed = [box for at, box in boxes if at == page]
        png = render_page(source, page, framed, min(SHARP * zoom, 4.0))
        alt = f"{name} {say('page', page)}"
        sheet(key=f"{key}_picture", data=sheet_data(png, alt, framed, page_size(source, page), zoom, alt))
    except IngestError as error:
        st.warning(escaped(str(error)))


def _first_zoom(boxes: tuple[tuple[int, BBox], ...], size: tuple[float, float]) -> float:
    """A cell has to be readable at once; a line of prose has to be seen whole."""
    widest = max((box[2] - box[0] for _, box in boxes), default=size[0])
    if widest >= size[0] / 3:
        return 1.0
    return next((zoom for zoom in ZOOMS if zoom * FRAME / size[0] >= READABLE), ZOOMS[-1])


def _turn(key: str, page: int) -> None:
    st.session_state[key] = page


def cited_table(citation: Citation) -> Table | None:
    """The table a cell citation stands in."""
    if citation.kind != "cell":
        return None
    there = (t for t in tools().finder.tables(citation.document) if citation.page in t.pages)
    return next((t for t in there if cell_at(t, citation.page, citation.bbox)), None)
