"""Rules -> grids: connected groups of rules, their axes, and the boxes that no rule separates joined into cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import BBox, Grid, GridCell
from index.read.glyphs import Glyph, Rule
from index.read.lines import cell_text

SNAP = 2.0  # rules closer than this are one


class _Union:
    """Disjoint sets over 0..n-1."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def find(self, i: int) -> int:
        parent = self._parent
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        a, b = self.find(i), self.find(j)
        if a != b:
            self._parent[max(a, b)] = min(a, b)


@dataclass(frozen=True, slots=True)
class Frame:
    """A connected group of rules."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one rule made one: a border drawn cell by cell goes on where no rule crosses it."""
    ordered = sorted(rules, key=lambda r: r.at)
    out: list[Rule] = []
    first = 0
    while first < len(ordered):
        last = first
        while last < len(ordered) and ordered[last].at - ordered[first].at <= SNAP / 2:
            last += 1
        at = sum(r.at for r in ordered[first:last]) / (last - first)
        pieces = sorted((r.start, r.end) for r in ordered[first:last])
        start, end = pieces[0]
        for a, b in pieces[1:]:
            if a > end + SNAP:
                out.append(Rule(at, start, end))
                start, end = a, b
            end = max(end, b)
        out.append(Rule(at, start, end))
        first = last
    return out


def frames(horizontal_pieces: Sequence[Rule], vertical_pieces: Sequence[Rule]) -> tuple[Frame, ...]:
    """Groups of rules that touch, each with at least two rules in both directions."""
    horizontal, vertical = joined(horizontal_pieces), joined(vertical_pieces)
    union = _Union(len(horizontal) + len(vertical))
    order = sorted(range(len(horizontal)), key=lambda i: horizontal[i].at)
    heights = [horizontal[i].at for i in order]
    for j, v in enumerate(vertical):
        for k in range(bisect_left(heights, v.start - SNAP), bisect_right(heights, v.end + SNAP)):
            h = horizontal[order[k]]
            if h.start - SNAP <= v.at <= h.end + SNAP:
                union.join(order[k], len(horizontal) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(union.find(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(union.find(len(horizontal) + j), ([], []))[1].append(v)
    return tuple(Frame(tuple(h), tuple(v)) for h, v in groups.values() if len(h) >= 2 and len(v) >= 2)


def axis(values: Iterable[float]) -> list[float]:
    """Positions with those closer than SNAP made one."""
    out: list[float] = []
    run: list[float] = []
    for value in sorted(values):
        if run and value - run[-1] > SNAP:
            out.append(sum(run) / len(run))
            run = []
        run.append(value)
    if run:
        out.append(sum(run) / len(run))
    return out


def grid_of(frame: Frame, glyphs: Sequence[Glyph], page: int) -> Grid | None:
    """The cells that a frame rules off, with their text; None where it rules off nothing."""
    xs, ys = axis(v.at for v in frame.vertical), axis(h.at for h in frame.horizontal)
    if len(xs) < 2 or len(ys) < 2:
        return None
    union = _joined_boxes(xs, ys, frame)
    columns, rows = len(xs) - 1, len(ys) - 1
    extent: dict[int, tuple[int, int, int, int]] = {}
    roots = [union.find(k) for k in range(rows * columns)]
    for k, root in enumerate(roots):
        i, j = divmod(k, columns)
        a, b, c, d = extent.get(root, (i, j, i, j))
        extent[root] = (min(a, i), min(b, j), max(c, i), max(d, j))
    texts: dict[int, list[Glyph]] = {root: [] for root in extent}
    left, top, right, bottom = xs[0], ys[0], xs[-1], ys[-1]
    for g in glyphs:
        x, y = (g.x0 + g.x1) / 2, (g.top + g.bottom) / 2
        if left <= x <= right and top <= y <= bottom:
            i, j = min(rows - 1, bisect_right(ys, y) - 1), min(columns - 1, bisect_right(xs, x) - 1)
            texts[roots[i * columns + j]].append(g)
    cells = [
        GridCell(i, j, i2 - i + 1, j2 - j + 1, cell_text(texts[root]), (xs[j], ys[i], xs[j2 + 1], ys[i2 + 1]))
        for root, (i, j, i2, j2) in extent.items()
    ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return Grid(page, rows, columns, tuple(cells), (xs[0], ys[0], xs[-1], ys[-1]))


def _joined_boxes(xs: list[float], ys: list[float], frame: Frame) -> _Union:
    """Boxes of the lattice with no rule (over half of the shared side) between them are one cell."""
    columns, rows = len(xs) - 1, len(ys) - 1
    above = [[0.0] * columns for _ in range(rows + 1)]
    left = [[0.0] * rows for _ in range(columns + 1)]
    for h in frame.horizontal:
        _lay(above[_nearest(ys, h.at)], xs, h)
    for v in frame.vertical:
        _lay(left[_nearest(xs, v.at)], ys, v)
    union = _Union(rows * columns)
    for i in range(rows):
        for j in range(columns):
            k = i * columns + j
            if j + 1 < columns and left[j + 1][i] < 0.5 * (ys[i + 1] - ys[i]):
                union.join(k, k + 1)
            if i + 1 < rows and above[i + 1][j] < 0.5 * (xs[j + 1] - xs[j]):
                union.join(k, k + columns)
    return union


def _lay(lengths: list[float], marks: list[float], rule: Rule) -> None:
    """Add to each stretch between two marks how much of it the rule covers."""
    for j in range(max(0, bisect_left(marks, rule.start + SNAP) - 1), len(lengths)):
        if marks[j] > rule.end:
            break
        lengths[j] += max(0.0, min(rule.end, marks[j + 1]) - max(rule.start, marks[j]))


def _nearest(values: list[float], value: float) -> int:
    i = bisect_left(values, value)
    if i == len(values) or (i and value - values[i - 1] < values[i] - value):
        i -= 1
    return i


def uncovered(box: BBox, glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs whose middle does not lie in a box."""
    left, top, right, bottom = 2 * box[0] - 2, 2 * box[1] - 2, 2 * box[2] + 2, 2 * box[3] + 2
    return [g for g in glyphs if not (left <= g.x0 + g.x1 <= right and top <= g.top + g.bottom <= bottom)]
