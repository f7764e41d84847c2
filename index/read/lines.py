"""Characters -> printed lines and cell texts, by geometry alone.

Digits and Chinese of one printed line can lie in different text runs, so the order in which a PDF stores its text says
nothing; what stands at one height is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from index.model import Line
from index.read.glyphs import Glyph

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－]{0,3}\s*\d{1,4}\s*[-—–－]{0,3}|第\s*\d{1,4}\s*页(?:[,，/\s]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})$"
)
_BASE, _LEFT = attrgetter("base"), attrgetter("x0")
_LATIN = re.compile(r"[A-Za-z]")


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped by baseline, top to bottom, each row from left to right."""
    glyphs = list(glyphs)
    if len({g.base for g in glyphs}) == 1:
        return [sorted(glyphs, key=_LEFT)]
    ordered = sorted(glyphs, key=_BASE)
    rows: list[list[Glyph]] = []
    anchor = 0.0
    for g in ordered:
        tolerance = 0.35 * max(4.0, g.bottom - g.top)
        if rows and g.base - anchor <= tolerance:
            rows[-1].append(g)
        else:
            rows.append([g])
        anchor = g.base
    for row in rows:
        row.sort(key=_LEFT)
    return rows


def row_text(row: Sequence[Glyph]) -> str:
    """One row as text: a space where Latin words stand apart or a wide gap separates two runs."""
    parts: list[str] = []
    before: Glyph | None = None
    for g in row:
        if before is not None:
            gap, size = g.x0 - before.x1, g.bottom - g.top
            latin = _LATIN.match(g.text) and _LATIN.match(before.text)
            if (latin and gap > 0.15 * size) or gap > 1.2 * size:
                parts.append(" ")
        parts.append(g.text)
        before = g
    return "".join(parts)


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The text of a cell: its lines joined without a break, as a broken label or figure is meant."""
    if not glyphs:
        return ""
    pieces = [_spaced(row) for row in rows_of(glyphs)]
    joined = pieces[0]
    for piece in pieces[1:]:
        joined += (" " if _LATIN.match(joined[-1]) and _LATIN.match(piece[0]) else "") + piece
    return joined


def _spaced(row: Sequence[Glyph]) -> str:
    """The characters of a row, Latin words parted."""
    text = "".join([g.text for g in row])
    if not _LATIN.search(text):
        return text
    parts: list[str] = []
    before: Glyph | None = None
    for g in row:
        latin = before is not None and _LATIN.match(g.text) and _LATIN.match(before.text)
        if before is not None and latin and g.x0 - before.x1 > 0.15 * (g.bottom - g.top):
            parts.append(" ")
        parts.append(g.text)
        before = g
    return "".join(parts)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The printed lines of a page, page numbers left out."""
    lines = []
    for row in rows_of(glyphs):
        text = row_text(row)
        box = (min(g.x0 for g in row), min(g.top for g in row), max(g.x1 for g in row), max(g.bottom for g in row))
        if text.strip():
            lines.append(Line(text, page, box))
    return lines


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text.strip()))
