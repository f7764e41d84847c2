"""The header of a table whose merged cells have been flattened: words in the top left slot, blanks in the others.

What is blank beside a word belongs to it as far as the cell above reaches; what is blank below it, too. Two accidents
of flattening are put right first: a group one slot left of its children, and leaves that slipped out from under theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.model import GridCell

Row = Sequence[str]


def header_cells(rows: Sequence[Row]) -> list[GridCell]:
    """Cells with spans for header rows of equal width. Shapes: rows x columns of texts -> cells covering the texts."""
    rows = _orphans_home(_groups_over_children([list(row) for row in rows]))
    owner: list[list[int | None]] = [[None] * len(row) for row in rows]  # the column where the covering cell begins
    cells: list[GridCell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if not text:
                continue
            end = c + 1
            while end < len(row) and not row[end] and owner[r][end] is None and _same_parent(owner, r, c, end):
                end += 1
            bottom = r + 1
            while bottom < len(rows) and not any(rows[bottom][c:end]):
                bottom += 1
            for covered in range(r, bottom):
                owner[covered][c:end] = [c] * (end - c)
            cells.append(GridCell(r, c, bottom - r, end - c, text))
    return cells


def _same_parent(owner: Sequence[Sequence[int | None]], r: int, a: int, b: int) -> bool:
    return r == 0 or owner[r - 1][a] == owner[r - 1][b]


def _groups_over_children(rows: list[list[str]]) -> list[list[str]]:
    """基本支出 … 项目支出 over 小计 … 公用经费 (two slots) 小计 …: a group begins where one of its children does."""
    for r in range(len(rows) - 1):
        above, below = rows[r], rows[r + 1]
        for c in range(1, len(above) - 1):
            cut = above[c] and not above[c + 1] and not below[c] and below[c - 1] and below[c + 1]
            if cut and any(rows[deeper][c] for deeper in range(r + 2, len(rows))):
                above[c], above[c + 1] = "", above[c]
    return rows


def _orphans_home(rows: list[list[str]]) -> list[list[str]]:
    """Leaves under a word that spans one slot, while a word that spans several has none: they belong there."""
    for r in range(1, len(rows)):
        widths = _widths(rows, r - 1)
        childless = [
            c for start, end in widths if end - start > 1 and not any(rows[r][start:end]) for c in range(start, end)
        ]
        orphans = [start for start, end in widths if end - start == 1 and rows[r][start]]
        if childless and len(orphans) == len(childless):
            texts = [rows[r][c] for c in orphans]
            for c in orphans:
                rows[r][c] = ""
            for c, text in zip(childless, texts, strict=True):
                rows[r][c] = text
    return rows


def _widths(rows: Sequence[Row], r: int) -> list[tuple[int, int]]:
    """The slots that each word down to row r reaches over, taken by where a column first has one."""
    starts = [c for c in range(len(rows[r])) if any(rows[above][c] for above in range(r + 1))]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(rows[r])], strict=True)]
