"""Grids of pages -> whole tables: what continues a table of the page before is joined to it, repeated headers dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.model import Cell, Document, Grid, GridCell, Line, Table
from index.tables.caption import Caption, read_caption, read_notes, states_nothing
from index.tables.header import begins_row, column_paths, header_depth, is_figure, is_form, rows_of, same_header
from index.wording import close, squeeze

RARELY = 0.05  # share of the rows of a table
_CONTENTS = re.compile(r"\.{4,}|…{2,}|·{4,}")


@dataclass
class _Open:
    """A table that may still go on."""

    caption: Caption
    first: Grid
    depth: int
    form: bool
    parts: list[tuple[Grid, int]]  # grid, rows of header to drop
    notes: list[str] = field(default_factory=list)
    closed: bool = False

    @property
    def last(self) -> Grid:
        return self.parts[-1][0]


@dataclass(frozen=True, slots=True)
class _Place:
    """A grid with the lines since the item before it."""

    grid: Grid
    before: tuple[Line, ...]
    after: tuple[Line, ...]


def stitch(document: Document) -> tuple[Table, ...]:
    """All tables of a document in order."""
    opened: list[_Open] = []
    sheets = document.format in ("xlsx", "xls")  # a sheet is a page of its own, empty or not
    printed = [page.number for page in document.pages if page.flow or sheets]
    for place in _places(document):
        current = opened[-1] if opened else None
        caption = read_caption(place.before)
        if current and _follows(current.last, place.grid, printed) and _continues(current, place, caption):
            drop = current.depth if not current.form and same_header(current.first, current.depth, place.grid) else 0
            current.parts.append((place.grid, drop))
        else:
            opened.append(_begin(place, caption))
        notes = read_notes(place.after)
        if notes:
            opened[-1].notes.extend(notes)
            opened[-1].closed = True
    return tuple(_table(number, item) for number, item in enumerate(opened, 1))


def _places(document: Document) -> Iterator[_Place]:
    """Every grid with its neighbouring lines; a title at the foot of one page belongs to the grid that opens the next."""
    items: list[Line | Grid] = [
        item
        for page in document.pages
        for item in page.flow
        if not (isinstance(item, Line) and _CONTENTS.search(item.text))
    ]
    grids = [i for i, item in enumerate(items) if isinstance(item, Grid)]
    for order, i in enumerate(grids):
        start = grids[order - 1] + 1 if order else 0
        end = grids[order + 1] if order + 1 < len(grids) else len(items)
        grid = items[i]
        assert isinstance(grid, Grid)
        before = tuple(item for item in items[start:i] if isinstance(item, Line))
        after = tuple(item for item in items[i + 1 : end] if isinstance(item, Line))
        yield _Place(grid, before, after)


def _begin(place: _Place, caption: Caption) -> _Open:
    grid = place.grid
    title = caption.title
    inner = _inner_title(grid)
    if inner and not title:
        caption = Caption(inner, caption.code, caption.unit, caption.organisation, caption.period)
        title = inner
    depth = header_depth(grid)
    form = is_form(title, grid, depth)
    return _Open(caption, grid, 0 if form else depth, form, [(grid, 0 if form else depth)])


def _inner_title(grid: Grid) -> str:
    """A title printed in the first row, across the whole table."""
    first = [cell for cell in grid.cells if cell.row == 0]
    if len(first) == 1 and first[0].cols == grid.n_cols and squeeze(first[0].text).endswith("表"):
        return close(first[0].text)
    return ""


def _follows(last: Grid, grid: Grid, printed: Sequence[int]) -> bool:
    """Whether a grid stands on the same page as another or on the next that is not blank."""
    return not any(last.page < page < grid.page for page in printed)


def _continues(current: _Open, place: _Place, caption: Caption) -> bool:
    """Whether a grid goes on with the table before it.

    It does when it opens its page (or follows at once), names itself not at all or as the table before, repeats its
    header or has its columns, and the table before was not closed by a note.
    """
    grid = place.grid
    last = current.last
    if current.closed and not caption.named:
        return False
    if _inner_title(grid):
        return False
    if caption.named:
        same = squeeze(caption.title) == squeeze(current.caption.title) and (
            not caption.code or caption.code == current.caption.code
        )
        return same and _same_columns(current.first, grid) and (not current.form or _form_goes_on(grid))
    prose = sum(len(squeeze(line.text)) for line in place.before)
    if prose > 60:
        return False
    if current.form:
        return _form_goes_on(grid) and (grid.n_cols == last.n_cols or _aligned(last, grid) > 0.5)
    return _same_columns(current.first, grid) or _same_columns(last, grid)


def _form_goes_on(grid: Grid) -> bool:
    return not is_form("", grid, 0)


def _same_columns(a: Grid, b: Grid) -> bool:
    return a.n_cols == b.n_cols or _aligned(a, b) > 0.8


def _edges(grid: Grid) -> list[float]:
    edges = {round(cell.bbox[0], 1) for cell in grid.cells if cell.bbox} | {
        round(cell.bbox[2], 1) for cell in grid.cells if cell.bbox
    }
    return sorted(edges)


def _aligned(a: Grid, b: Grid) -> float:
    """The share of b's vertical edges that are edges of a, within 3 points."""
    mine, other = _edges(a), _edges(b)
    if not mine or not other:
        return 0.0
    return sum(any(abs(x - y) <= 3 for x in mine) for y in other) / len(other)


# -- assembling --------------------------------------------------------------------------------------------------------


def _table(number: int, item: _Open) -> Table:
    first, width = item.first, _widest(item).n_cols
    columns = column_paths(first, item.depth) if not item.form else ((),) * width
    rows: list[tuple[Cell, ...]] = []
    for grid, drop in item.parts:
        more = _rows(grid, drop, item)
        if rows and more and not item.form and is_rest(rows, more[0]):
            rows[-1] = _whole(rows[-1], more.pop(0))
        rows.extend(more)
    kept = tuple(row for row in rows if any(cell.text.strip() for cell in row))
    caption = item.caption
    unit = caption.unit or _unit_in_header(columns)
    notes = tuple(item.notes)
    has_figures = any(is_figure(cell.text) for row in kept for cell in row)
    return Table(
        number=number,
        title=caption.title,
        code=caption.code,
        unit=unit,
        pages=tuple(sorted({grid.page for grid, _ in item.parts})),
        columns=columns,
        rows=kept,
        header=tuple(_rows(first, 0, item)[: item.depth]),
        notes=notes,
        organisation=caption.organisation,
        period=caption.period,
        form=item.form,
        empty=not has_figures and (states_nothing(notes) or (not item.form and not kept)),
        method=first.method,
    )


def _rows(grid: Grid, drop: int, item: _Open) -> list[tuple[Cell, ...]]:
    whole = _widest(item)
    width = whole.n_cols
    place = _column_map(whole, grid)
    out = []
    for row in rows_of(grid)[drop:]:
        cells = [Cell("", grid.page)] * width
        for cell in row:
            target, stop = place[cell.col], cell.col + cell.cols
            span = place[stop - 1] - target + 1 if stop - 1 < len(place) else cell.cols
            if item.form and grid.n_cols < width:  # it reaches to where the next column begins
                span = (place[stop] if stop < len(place) else width) - target
            if not cells[target].text:
                cells[target] = _cell(cell, grid.page, max(1, span))
        out.append(tuple(cells))
    return out


def _widest(item: _Open) -> Grid:
    """The part whose columns a table has: the first, or in a form a later one that divides the columns of all others."""
    most = max((grid for grid, _ in item.parts), key=lambda grid: grid.n_cols)
    if not item.form or most.n_cols == item.first.n_cols or len(_starts(most)) < most.n_cols:
        return item.first
    return most if all(_aligned(most, grid) == 1 for grid, _ in item.parts) else item.first


def is_rest(rows: Sequence[Sequence[Cell]], row: Sequence[Cell]) -> bool:
    """Whether the first row of a page is what a page break left of the row before: words only, where that has words.

    Tables that have rows of words alone (其中：…) are not mended: there a label without figures says nothing.
    """
    filled = [c for c, cell in enumerate(row) if cell.text.strip()]
    last = rows[-1]
    if not filled or any(is_figure(row[c].text) or begins_row(row[c].text) for c in filled):
        return False
    if any(not last[c].text.strip() or is_figure(last[c].text) for c in filled):
        return False
    alone = sum({c for c, cell in enumerate(other) if cell.text.strip()} <= set(filled) for other in rows)
    return any(is_figure(cell.text) for cell in last) and alone <= RARELY * len(rows)


def _whole(row: Sequence[Cell], rest: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row cut by a page break put together; its cells keep their place on the first page."""
    return tuple(replace(cell, text=cell.text + more.text) for cell, more in zip(row, rest, strict=True))


def _cell(cell: GridCell, page: int, span: int) -> Cell:
    return Cell(cell.text, page, cell.bbox, cell.rows, span, cell.score)


def _column_map(first: Grid, grid: Grid) -> list[int]:
    """Which column of the table each column of a continued grid is: by number, or by where it begins."""
    if first.n_cols == grid.n_cols:
        return list(range(grid.n_cols))
    starts = _starts(first)
    own = _starts(grid)
    if len(starts) < first.n_cols or len(own) < grid.n_cols:
        return [min(c, first.n_cols - 1) for c in range(grid.n_cols)]
    return [min(range(first.n_cols), key=lambda c: abs(starts[c] - x)) for x in own]


def _starts(grid: Grid) -> list[float]:
    """The left edge of every column in which some cell begins."""
    left: dict[int, float] = {}
    for cell in grid.cells:
        if cell.bbox:
            left.setdefault(cell.col, cell.bbox[0])
    return [left[c] for c in sorted(left)]


def _unit_in_header(columns: Sequence[Sequence[str]]) -> str:
    found = {
        m.group(1)
        for path in columns
        for text in path
        if (m := re.search(r"[(（]([百千万亿]{0,2}元)[)）]", squeeze(text)))
    }
    return found.pop() if len(found) == 1 else ""
