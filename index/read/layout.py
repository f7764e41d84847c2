"""Cells on a lattice -> what stands on a page: captions and notes become lines, the rest stays a grid.

Formats that carry tables as markup (docx, xlsx, html, tab-separated text) put the title, the code, the unit and the
notes of a table into its own rows. A PDF prints them around the ruled region, and the understanding of tables expects
them there; so they are taken out here, once for all formats.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.errors import TableTooLarge
from index.model import Grid, GridCell, Line, Page

MAX_SLOTS = 2_000_000  # rows x columns of one grid; beyond it the markup is an accident or an attack
HEADING_LENGTH = 60

_CODE = re.compile(
    r"^(?:(?:公开|预算|决算|部门|单位)*附?表?\s*[\dA-Za-z]{1,3}(?:[-—]\d{1,2})?\s*号?表|"
    r"(?:公开|预算|决算|部门|单位|附)+[表件]\s*[\d一二三四五六七八九十-]{1,4}|[A-Z]{1,3}\d{2,3})$"
)
_FIELD = re.compile(
    r"^(?:(?:金额|计量|货币)?单位|(?:编制|编报|填报|公开|预算|项目|主管)?(?:部门|单位)(?:名称|编码|代码)?|"
    r"(?:财政)?年度|(?:编制|填报|公开)?日期|填表人|制表人?)\s*[:：]"
)
_PERIOD = re.compile(r"^[(（]?\s*\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?\s*[)）]?$")
_TITLE = re.compile(r"表\s*(?:[(（][^()（）]{1,12}[)）])?$")
_NOTE = re.compile(r"^(?:附?注|备注|说明)\s*\d?\s*[:：.]|^※")
_CHAPTER = re.compile(r"^第\s*[一二三四五六七八九十]{1,3}\s*(?:部分|章)")


def make_grid(cells: Iterable[GridCell], page: int, method: str) -> Grid | None:
    """A grid of the cells, placed in reading order; None when none of them holds text.

    Rows and columns in which no cell begins (a title that spans a thousand columns) are dropped, spans end at what
    already stands there, and every slot left over becomes a blank cell, as a ruled region has one.
    """
    placed = sorted(cells, key=lambda cell: (cell.row, cell.col))
    if not any(cell.text.strip() for cell in placed):
        return None
    row_axis = sorted({cell.row for cell in placed})
    col_axis = sorted({cell.col for cell in placed})
    n_rows, n_cols = len(row_axis), len(col_axis)
    if n_rows * n_cols > MAX_SLOTS:
        raise TableTooLarge(n_rows, n_cols)
    taken = [bytearray(n_cols) for _ in range(n_rows)]
    out: list[GridCell] = []
    for cell in placed:
        row, col = bisect_left(row_axis, cell.row), bisect_left(col_axis, cell.col)
        if taken[row][col]:
            continue
        right = _free_until(taken[row], col, bisect_left(col_axis, cell.col + max(cell.cols, 1)))
        bottom = row + 1
        while bottom < bisect_left(row_axis, cell.row + max(cell.rows, 1)) and not any(taken[bottom][col:right]):
            bottom += 1
        for r in range(row, bottom):
            taken[r][col:right] = b"\1" * (right - col)
        out.append(GridCell(row, col, bottom - row, right - col, cell.text.strip(), cell.bbox, cell.score))
    out += [GridCell(r, c, 1, 1, "") for r in range(n_rows) for c in range(n_cols) if not taken[r][c]]
    return Grid(page, n_rows, n_cols, tuple(sorted(out, key=lambda cell: (cell.row, cell.col))), None, method)


def _free_until(row: bytearray, start: int, end: int) -> int:
    """The first slot after `start` that is taken, at most `end`."""
    found = row.find(1, start + 1, end)
    return end if found < 0 else found


def unfold(grid: Grid) -> tuple[Line | Grid, ...]:
    """The grid without the caption above and the notes below its body, which become lines around it.

    A region of one column is no table: its cells become lines.
    """
    rows = _texts(grid)
    if grid.n_cols == 1:
        return tuple(_lines((cell.text for cell in grid.cells), grid.page))
    top = 0
    while top < grid.n_rows and is_caption(rows[top]):
        top += 1
    bottom = _notes_from(rows, top)
    body = _slice(grid, top, bottom)
    above = _lines((text for row in rows[:top] for text in row), grid.page)
    below = _lines((text for row in rows[bottom:] for text in row), grid.page)
    return (*above, *((body,) if body else ()), *below)


def _texts(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        if cell.text:
            rows[cell.row].append(cell.text)
    return rows


def _lines(texts: Iterable[str], page: int) -> list[Line]:
    return [Line(part.strip(), page) for text in texts for part in text.splitlines() if part.strip()]


def is_caption(row: Sequence[str]) -> bool:
    """A row above the header: blank, or a title, a code, a unit, an organisation, a period and nothing else."""
    if len(row) == 1 and _TITLE.search(row[0]):
        return True
    return all(_CODE.match(text) or _FIELD.match(text) or _PERIOD.match(text) or _TITLE.search(text) for text in row)


def is_note(text: str) -> bool:
    """Whether the words below a table begin its notes: 注：…, 说明：…"""
    return bool(_NOTE.match(text))


def _notes_from(rows: Sequence[Sequence[str]], top: int) -> int:
    """The row at which the notes below a table begin: 注：..., and whatever single cells follow it to the end."""
    begin = row = len(rows)
    while row > top and len(rows[row - 1]) <= 1:
        row -= 1
        if rows[row] and is_note(rows[row][0]):
            begin = row
    return begin


def _slice(grid: Grid, top: int, bottom: int) -> Grid | None:
    if (top, bottom) == (0, grid.n_rows):
        return grid
    kept = (cell for cell in grid.cells if top <= cell.row < bottom)
    return make_grid(kept, grid.page, grid.method)


def paginate(flow: Sequence[Line | Grid]) -> tuple[Page, ...]:
    """Pages of a format that has none: one a chapter (第一部分 ...), so that a place in the document has a number.

    A table of contents names chapters too: one begins only after something more than headings.
    """
    pages: list[list[Line | Grid]] = [[]]
    told = False
    for item in flow:
        if told and isinstance(item, Line) and is_chapter(item.text):
            pages.append([])
            told = False
        pages[-1].append(item)
        told = told or isinstance(item, Grid) or len(item.text) > HEADING_LENGTH
    return tuple(numbered(items, number) for number, items in enumerate(pages, 1))


def is_chapter(text: str) -> bool:
    return bool(_CHAPTER.match(text))


def numbered(items: Iterable[Line | Grid], number: int) -> Page:
    """A page without geometry."""
    return Page(number, 0.0, 0.0, tuple(replace(item, page=number) for item in items))
