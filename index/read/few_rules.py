"""Tables without vertical rules: columns from their headings, rows from the heights at which texts stand.

The parts of a table that goes on over pages are read
together: what one page leaves open about the columns, another settles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.model import Grid, GridCell
from index.read.centres import ACCEPTED, divided, fit_columns, fit_form, header_over, misfits, spans_within
from index.read.columns import separators, true_edges
from index.read.glyphs import Glyph, RawPage
from index.read.headings import numbering
from index.read.lattice import joined
from index.read.no_rules import may_hold_columns, open_parts
from index.read.parts import Part, framed_parts
from index.read.sparse_header import header_cells
from index.read.sparse_rows import Row, body_rows
from index.read.stacks import centred, stacks
from index.read.tokens import WRAP, TokenLine, em_of, token_lines

SHORTEST = 0.3  # of the page width: a shorter rule frames no table
LITTLE = 400  # glyphs on a page that may hold a table of few figures, or the rest of one
LOOSE_ENDS = 6.0  # ems by which a table without rules may reach beyond its texts
STRANGE = 0.3  # misfits from which a part has other columns than the part before it
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|本年(?:收入|支出)合计|收入总计|支出总计)$")
_FORM = re.compile(r"^(?:主管部门|实施单位|项目资金|年度资金|年度总体目标|预算情况|年度履职目标)")


def sparse_parts(glyphs: Sequence[Glyph], printed: RawPage) -> tuple[Part, ...]:
    """The parts of tables among glyphs that no grid encloses."""
    rules = joined(printed.horizontal)
    long = [rule for rule in rules if rule.end - rule.start >= SHORTEST * printed.width]
    loose = may_hold_columns(glyphs) or (len(glyphs) <= LITTLE and not printed.vertical)
    if len(long) < 2 and not loose:
        return ()
    em = em_of(glyphs)
    lines = token_lines(glyphs, em)
    framed = framed_parts(lines, rules, long, printed.number, em)
    others = open_parts(lines, framed, rules, printed, em) if loose else []
    return tuple(sorted((*framed, *others), key=lambda part: part.box[1]))


@dataclass(frozen=True, slots=True)
class Layout:
    """The edges of columns and the header over them: its cells and how many rows they take."""

    edges: tuple[float, ...]
    header: list[GridCell]
    depth: int


# -- parts of one table ------------------------------------------------------------------------------------------------


def part_grids(parts: Sequence[Part]) -> list[Grid | None]:
    """The grids of parts that follow one another as one table; None for a part that shows no columns."""
    ends = _header_ends(parts)
    common = _layout(parts, ends)
    if common is None:
        return [None] * len(parts)
    return [_grid(part, end, _own_layout(part, end, common)) for part, end in zip(parts, ends, strict=True)]


def _layout(parts: Sequence[Part], ends: Sequence[float]) -> Layout | None:
    """The columns of parts that have them in common, under the header of the first."""
    first = parts[0]
    left, right = first.box[0], first.box[2]
    reach = first.box[1], ends[0]
    head = [line for line in first.lines if line[0].height <= ends[0]]
    own = [line for line in first.lines if line[0].height > ends[0]]
    body = [line for part, end in zip(parts, ends, strict=True) for line in part.lines if line[0].height > end]
    slack = LOOSE_ENDS * first.em if first.loose else 0.0
    fit = fit_columns(head, own, first.short, left, right, first.em, slack) if head else None
    if fit and fit.cost <= ACCEPTED:
        edges = divided(fit.edges, own, first.em)
        return Layout(
            tuple(edges),
            *header_cells(fit.header, spans_within(fit.edges, edges), edges, first.short, reach, first.em),
        )
    cuts = separators([*head, *body], left, right, first.em)
    if not cuts:
        return None
    edges = true_edges(cuts, [t for line in body for t in line], left, right, first.em)
    if not head:
        return Layout(tuple(_form_edges(parts, edges, body, first)), [], 0)
    header, spans = header_over(edges, head, first.short, first.em)
    return Layout(tuple(edges), *header_cells(header, spans, edges, first.short, reach, first.em))


def _form_edges(
    parts: Sequence[Part], gaps: Sequence[float], body: Sequence[TokenLine], first: Part
) -> Sequence[float]:
    """Edges from the fullest row of a form where they suit it as well as those from the gaps between its texts."""
    edges = fit_form([part.lines for part in parts], first.box[0], first.box[2], first.em)
    if len(edges) == len(gaps) or (edges and misfits(edges, body, first.em) < misfits(gaps, body, first.em)):
        return edges
    return gaps


def _own_layout(part: Part, end: float, common: Layout) -> Layout:
    """The columns of a part that repeats the header but sets its columns elsewhere, the common ones otherwise."""
    body = [line for line in part.lines if line[0].height > end]
    if end <= part.box[1] or misfits(common.edges, body, part.em) <= STRANGE:
        return common
    own = _layout([part], [end])
    return own if own and len(own.edges) == len(common.edges) else common


def _header_ends(parts: Sequence[Part]) -> list[float]:
    """Where the header of each part ends: a later part has one only if it begins with the header of the first."""
    end = _header_end(parts[0])
    head = sorted(t.text for line in parts[0].lines for t in line if t.height <= end)
    return [end, *(_repeated_end(part, head) for part in parts[1:])]


def _repeated_end(part: Part, head: Sequence[str]) -> float:
    """The height below the lines that repeat a header; above the part where none do."""
    words: list[str] = []
    for line, after in zip(part.lines, (*part.lines[1:], ()), strict=True):
        words += [t.text for t in line]
        if head and sorted(words) == head:
            return (max(t.bottom for t in line) + min((t.top for t in after), default=part.box[3])) / 2
        if len(words) >= len(head):
            break
    return part.box[1] - 1


def _header_end(part: Part) -> float:
    """The height where the header ends; above the part where it has none."""
    top = part.box[1] - 1
    first = next((i for i, line in enumerate(part.lines) if _is_body(line, part)), None)
    if any(_FORM.match(t.text) for line in part.lines[:5] for t in line):
        return top
    if first is None:
        return _above_total(part) or (part.across[1] if len(part.across) > 2 else top)
    if first == 0:
        return top
    start, before = part.lines[first], part.lines[first - 1]
    ruled = [y for y in part.across[1:] if y <= min(t.height for t in start)]
    if ruled:
        return ruled[-1]
    if 1 < first < len(part.lines) - 1 and _one_label(before, start, part.lines[first + 1], part.em):
        start, before = before, part.lines[first - 2]
    return (max(t.bottom for t in before) + min(t.top for t in start)) / 2 if first <= 6 else top


def _above_total(part: Part) -> float:
    """The height of the rule over a last line that only names the total, as an empty table has it; 0 where none is."""
    before, last = ((), ()) if len(part.lines) < 2 else part.lines[-2:]
    if len(last) != 1 or not _TOTAL.match(last[0].text):
        return 0.0
    return max((y for y in part.across if max(t.height for t in before) < y < last[0].top + 1), default=0.0)


def _one_label(above: TokenLine, row: TokenLine, below: TokenLine, em: float) -> bool:
    """Whether the words above a row begin a label of that row which goes on as far below it."""
    up, down = row[0].height - above[0].height, below[0].height - row[0].height
    if down > WRAP * em or abs(up - down) > 0.3 * em or any(t.is_figure for t in above):
        return False
    return all(any(abs(t.x0 - other.x0) < 0.3 * em for other in below) for t in above)


def _is_body(line: TokenLine, part: Part) -> bool:
    if _numbers_columns(line) or numbering(line):
        return False
    figures = sum(t.is_figure for t in line)
    if any(t.is_amount or t.is_code for t in line) or figures >= 2:
        return True
    leading = line[0].x0 < part.box[0] + 0.4 * (part.box[2] - part.box[0])
    return leading and bool(
        _ITEM.match(line[0].text) or (_TOTAL.match(line[0].text) and len(line) == 1 and len(part.across) < 3)
    )


def _numbers_columns(line: TokenLine) -> bool:
    numbers = [int(t.text) for t in line if re.fullmatch(r"\d{1,2}", t.text)]
    words = [t.text for t in line if not re.fullmatch(r"\d{1,2}", t.text)]
    if not numbers or any(w not in ("栏次", "行次") and "=" not in w for w in words):
        return False
    return all(b > a for a, b in pairwise(numbers)) and (bool(words) or len(numbers) > 2)


def _grid(part: Part, end: float, layout: Layout) -> Grid | None:
    top, bottom = part.box[1], part.box[3]
    inner = [y for y in (*part.across, end) if top + 3 < y < bottom - 3]
    edges = layout.edges
    header, depth = (layout.header, layout.depth) if end > top else ([], 0)
    below = [line for line in part.lines if line[0].height > end]
    texts = centred(stacks(below, edges, inner, part.em), edges, part.em)
    breaks = [y for y in inner if y > end + 3]
    rows = body_rows(texts, breaks, max(top, end), bottom, part.em, form=not layout.header)
    if not rows and not header:
        return None
    heights = [top + (end - top) * k / depth for k in range(depth)] + [row.top for row in rows] + [bottom]
    cells = _placed([*header, *_row_cells(rows, depth)], depth + len(rows), len(edges) - 1)
    boxed = [
        replace(c, bbox=(edges[c.col], heights[c.row], edges[c.col + c.cols], heights[c.row + c.rows])) for c in cells
    ]
    return Grid(part.page, depth + len(rows), len(edges) - 1, tuple(boxed), part.box, "lines")


def _row_cells(rows: Sequence[Row], depth: int) -> list[GridCell]:
    return [
        GridCell(i, cell.first, span, cell.last - cell.first + 1, cell.text)
        for i, row in enumerate(rows, depth)
        for cell, span in zip(row.cells, row.spans, strict=True)
    ]


def _placed(cells: Sequence[GridCell], n_rows: int, n_cols: int) -> list[GridCell]:
    """Cells cut back where they would cover another, texts of one slot joined, blanks filled in."""
    starts: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        known = starts.get((cell.row, cell.col))
        starts[cell.row, cell.col] = replace(cell, text=known.text + cell.text) if known else cell
    taken: set[tuple[int, int]] = set()
    out: list[GridCell] = []
    for (row, col), cell in sorted(starts.items()):
        if (row, col) in taken:
            continue
        busy = {(r, c) for r, c in (*starts, *taken) if r >= row and (r, c) != (row, col)}
        cols = next((k for k in range(1, cell.cols) if (row, col + k) in busy), cell.cols)
        rows = next((k for k in range(1, cell.rows) if any((row + k, col + j) in busy for j in range(cols))), cell.rows)
        taken |= {(row + i, col + j) for i in range(rows) for j in range(cols)}
        out.append(replace(cell, rows=rows, cols=cols))
    out += [GridCell(i, j, 1, 1, "") for i in range(n_rows) for j in range(n_cols) if (i, j) not in taken]
    return sorted(out, key=lambda cell: (cell.row, cell.col))
