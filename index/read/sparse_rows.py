"""Rows of a table part without rules between them, and labels that stand in the middle of the rows they are for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.read.records import runs_of, split_records
from index.read.stacks import Stack

SAME = 0.35  # ems between two texts at one height


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cell texts; `spans[i]` is how many rows `cells[i]` is for."""

    cells: tuple[Stack, ...]
    spans: tuple[int, ...]
    top: float
    bottom: float


def body_rows(
    cells: Sequence[Stack], breaks: Sequence[float], top: float, bottom: float, em: float, *, form: bool = False
) -> list[Row]:
    """Cell texts grouped to rows between `top` and `bottom`; a height in `breaks` always parts two rows."""
    if not cells:
        return []
    if not form and not breaks and (merged := _records(cells, em)):
        return _contiguous(merged, breaks, top, bottom)
    groups = _banded(cells, breaks) if _one_row_a_band(cells, breaks) else _aligned(cells, em)
    rows = [_row(group) for group in groups]
    return _merged_labels(_contiguous(rows, breaks, top, bottom), em)


def _records(cells: Sequence[Stack], em: float) -> list[Row]:
    """Rows of details, the record they belong to merged over them; none where the table has no such records."""
    split = split_records(cells, em)
    if split is None:
        return []
    records, details = split
    rows = _aligned(details, em)
    runs = runs_of(records, rows, em)
    if runs is None:
        return []
    out = [_row(group) for group in rows[: runs[0][0]]]
    for record, (start, end) in zip(records, runs, strict=True):
        out += [_row(record)] if start == end else [_row(group) for group in rows[start:end]]
        if start < end:
            for cell in record:
                out[start - end] = _with(out[start - end], cell, end - start)
    return out


def _row(group: Sequence[Stack]) -> Row:
    return Row(tuple(group), (1,) * len(group), min(c.top for c in group), max(c.bottom for c in group))


def _one_row_a_band(cells: Sequence[Stack], breaks: Sequence[float]) -> bool:
    """Whether rules part every row: no column shows two texts in one band."""
    if len(breaks) < 1:
        return False
    seen: set[tuple[int, int]] = set()
    for cell in cells:
        key = _band(cell, breaks), cell.first
        if key in seen:
            return False
        seen.add(key)
    return True


def _band(cell: Stack, breaks: Sequence[float]) -> int:
    return sum(y < cell.height for y in breaks)


def _banded(cells: Sequence[Stack], breaks: Sequence[float]) -> list[list[Stack]]:
    bands: dict[int, list[Stack]] = {}
    for cell in cells:
        bands.setdefault(_band(cell, breaks), []).append(cell)
    return [sorted(bands[band], key=lambda c: c.first) for band in sorted(bands)]


def _aligned(cells: Sequence[Stack], em: float) -> list[list[Stack]]:
    """Rows by the height at which cells agree best: their middles, their first or their last lines."""
    keys: tuple[Callable[[Stack], float], ...] = (
        lambda c: c.height,
        lambda c: c.tokens[0].base,
        lambda c: c.tokens[-1].base,
    )
    return min((_clustered(cells, key, em) for key in keys), key=len)


def _clustered(cells: Sequence[Stack], key: Callable[[Stack], float], em: float) -> list[list[Stack]]:
    ordered = sorted(cells, key=key)
    groups: list[list[Stack]] = [[ordered[0]]]
    for cell in ordered[1:]:
        if key(cell) - key(groups[-1][0]) <= SAME * em and all(cell.first != other.first for other in groups[-1]):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return _settled(groups)


def _settled(groups: list[list[Stack]]) -> list[list[Stack]]:
    """Groups that float beside others (a label in the middle of its rows) move into the nearest of those."""
    kept: list[list[Stack]] = []
    floating: list[list[Stack]] = []
    for i, group in enumerate(groups):
        rivals = [o for j, o in enumerate(groups) if j != i and _overlaps(group, o) and len(o) > len(group)]
        (floating if rivals and len(group) <= 2 else kept).append(group)
    for group in floating:
        for cell in group:
            homes = [home for home in kept if all(cell.first != other.first for other in home)]
            if homes:
                min(homes, key=lambda home: abs(_height(home) - cell.height)).append(cell)
            else:
                kept.append([cell])
    kept.sort(key=_height)
    return [sorted(group, key=lambda c: c.first) for group in kept]


def _overlaps(a: Sequence[Stack], b: Sequence[Stack]) -> bool:
    top, bottom = (
        max(min(c.top for c in a), min(c.top for c in b)),
        min(max(c.bottom for c in a), max(c.bottom for c in b)),
    )
    least = min(max(c.bottom for c in a) - min(c.top for c in a), max(c.bottom for c in b) - min(c.top for c in b))
    return bottom - top > 0.25 * least


def _height(group: Sequence[Stack]) -> float:
    fullest = max(group, key=lambda c: c.is_figure)
    return fullest.height


def _contiguous(rows: list[Row], breaks: Sequence[float], top: float, bottom: float) -> list[Row]:
    """Rows whose extents meet: at a rule, or midway between their texts."""
    out = []
    for i, row in enumerate(rows):
        out.append(
            replace(
                row,
                top=top if i == 0 else _between(rows[i - 1], row, breaks),
                bottom=bottom if i + 1 == len(rows) else _between(row, rows[i + 1], breaks),
            )
        )
    return out


def _between(above: Row, below: Row, breaks: Sequence[float]) -> float:
    a, b = max(_edge(above, False), above.top), min(_edge(below, True), below.bottom)
    ruled = [y for y in breaks if min(a, b) - 3 <= y <= max(a, b) + 3]
    return ruled[0] if ruled else (a + b) / 2


def _edge(row: Row, upper: bool) -> float:
    """The top or bottom of the texts in a row that do not float over others."""
    figures = [c for c in row.cells if c.is_figure] or list(row.cells)
    tall = [c for c in row.cells if c.top <= figures[0].height <= c.bottom]
    return min(c.top for c in tall) if upper else max(c.bottom for c in tall)


# -- labels for several rows -------------------------------------------------------------------------------------------


def _merged_labels(rows: list[Row], em: float) -> list[Row]:
    """Columns from the left whose labels stand in the middle of runs of rows that follow one another without a rest."""
    column = 0
    while rows and (labels := [(i, c) for i, row in enumerate(rows) for c in row.cells if c.first <= column <= c.last]):
        runs = _runs([(c.height, i) for i, c in labels], rows, em) if len(labels) < len(rows) else None
        if runs is None:
            break
        for (row, cell), (start, end) in zip(labels, runs, strict=True):
            rows[row] = _without(rows[row], cell)
            rows[start] = _with(rows[start], cell, end - start + 1)
        column += 1
    return rows


def _runs(labels: Sequence[tuple[float, int]], rows: Sequence[Row], em: float) -> list[tuple[int, int]] | None:
    """For each label the rows (first, last) around whose middle it stands; None where that does not come out."""
    for begin in range(len(rows)):
        found: list[tuple[int, int]] = []
        start = begin
        for height, _ in labels:
            if start >= len(rows):
                break
            end = min(range(start, len(rows)), key=lambda e: abs((rows[start].top + rows[e].bottom) / 2 - height))
            if abs((rows[start].top + rows[end].bottom) / 2 - height) > 0.5 * em:
                break
            found.append((start, end))
            start = end + 1
        if len(found) == len(labels) and start == len(rows):
            return found
        if begin and begin > labels[0][1]:
            break
    return None


def _without(row: Row, cell: Stack) -> Row:
    pairs = [(c, s) for c, s in zip(row.cells, row.spans, strict=True) if c is not cell]
    return replace(row, cells=tuple(c for c, _ in pairs), spans=tuple(s for _, s in pairs))


def _with(row: Row, cell: Stack, span: int) -> Row:
    pairs = sorted([*zip(row.cells, row.spans, strict=True), (cell, span)], key=lambda pair: pair[0].first)
    return replace(row, cells=tuple(c for c, _ in pairs), spans=tuple(s for _, s in pairs))
