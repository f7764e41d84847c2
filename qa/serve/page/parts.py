"""What the page's own parts (answer.js, sheet.js, table.js, copy.js) are given: plain data, set as text by the script.

A part never receives markup: strings of documents and users become text nodes.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from index.model import BBox, Table
from index.written import written_text
from qa.serve.page.rich import Block, Piece, blocks_of

Data = dict[str, Any]  # JSON for a browser


def asset(name: str) -> str:
    """The text of a script or a style sheet of the page."""
    return written_text("qa.serve.page", name)


def answer_data(text: str, lit: int = 0, hint: str = "", arrived: str = "") -> Data:
    """The text of an answer; `lit` is the mark whose evidence is open, `hint` says what a mark does ("{}": its number).

    With `arrived`, a word of its own for each answer, it is brought into sight the first time it is drawn.
    """
    return {"blocks": [asdict(block) for block in blocks_of(text)], "lit": lit, "hint": hint, "arrived": arrived}


def quote_data(quote: str) -> Data:
    """Words of a document, drawn by the same script: nothing in them is bold or a mark."""
    pieces = [Piece(line) for line in quote.splitlines() if line.strip()]
    return {"blocks": [asdict(Block("quote", (piece,))) for piece in pieces], "lit": 0, "hint": "", "arrived": ""}


def sheet_data(
    png: bytes, alt: str, boxes: Sequence[BBox], size: tuple[float, float], zoom: float, label: str = ""
) -> Data:
    """A page as a picture, `zoom` times as wide as its frame, scrolled to the middle of its first box.

    `size` is the page's width and height in the points in which the boxes are given.
    """
    focus = [0.5, 0.0]
    if boxes:
        x0, top, x1, bottom = boxes[0]
        focus = [(x0 + x1) / 2 / size[0], (top + bottom) / 2 / size[1]]
    image = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
    return {"image": image, "alt": alt, "focus": focus, "zoom": zoom, "label": label}


def table_data(
    table: Table,
    cell: tuple[int, int] | None = None,
    *,
    marked: Collection[tuple[int, int]] = (),
    pick: bool = False,
    label: str = "",
) -> Data:
    """A table as extracted; the row and the column of `cell` are lit. With `pick` a click on a cell tells the page."""
    return {
        "columns": [" / ".join(path) for path in table.columns],
        "rows": [list(row) for row in table.texts],
        "cell": list(cell) if cell else None,
        "marked": [list(place) for place in marked],
        "pick": "cell" if pick else "",
        "label": label,
    }


def list_data(
    columns: Mapping[str, Sequence[object]], *, chosen: int | None = None, pick: bool = False, bar: str = "", label: str
) -> Data:
    """A list, column by column; the row `chosen` is lit. With `pick` a click on a row tells the page; `bar` is drawn as bars."""
    return {
        "columns": list(columns),
        "rows": [[str(text) for text in row] for row in zip(*columns.values(), strict=True)],
        "cell": None if chosen is None else [chosen, -1],
        "marked": [],
        "pick": "row" if pick else "",
        "bar": list(columns).index(bar) if bar else -1,
        "label": label,
    }


def cell_at(table: Table, page: int, bbox: BBox | None) -> tuple[int, int] | None:
    """Row and column of the cell that stands there."""
    places = ((r, c) for r, row in enumerate(table.rows) for c, _ in enumerate(row))
    return next((at for at in places if _stands(table, at, page, bbox)), None) if bbox else None


def _stands(table: Table, at: tuple[int, int], page: int, bbox: BBox | None) -> bool:
    cell = table.rows[at[0]][at[1]]
    return cell.page == page and cell.bbox == bbox
