"""Tables that no rules frame: lines with figures side by side, one below the other, under the words that head them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.model import BBox
from index.read.glyphs import Glyph, RawPage, Rule
from index.read.layout import is_caption, is_note
from index.read.parts import SAME_ENDS, Part
from index.read.tokens import Token, TokenLine

LEAST_AMOUNTS = 4  # in a table without a frame
LEAST_LINES = 3  # with figures below one another
ALIGNED = 2.0  # points
GAP = 0.5  # ems between a figure and what stands beside it
HEADER_LINES = 6
PROSE = 0.6  # of the page width: a text without a gap that is as wide is prose
APART = 3.5  # ems between two lines of one table
_SENTENCE = re.compile(r"[，。；]")


def may_hold_columns(glyphs: Iterable[Glyph]) -> bool:
    """Whether some decimal points stand below one another, which those of prose seldom do."""
    points = Counter(int(g.x0 / ALIGNED) for g in glyphs if g.text in ".,")
    return sum(count for count in points.values() if count >= LEAST_LINES) >= LEAST_AMOUNTS


def open_parts(
    lines: Sequence[TokenLine], framed: Sequence[Part], rules: Sequence[Rule], printed: RawPage, em: float
) -> list[Part]:
    """The parts of tables among lines that no pair of rules frames. Their ends are those of a rule where there is one."""
    free = [line for line in lines if not any(p.box[1] - 1 <= line[0].height <= p.box[3] + 1 for p in framed)]
    found = []
    for first, last in _bodies(free, printed.width, em):
        top = _header_from(free, first, printed.width, em)
        inside = free[top : last + 1]
        if _aligned([t for line in inside for t in line if t.is_amount]):
            found.append(_part(inside, rules, printed.number, em))
    return found


def _bodies(lines: Sequence[TokenLine], width: float, em: float) -> Iterator[tuple[int, int]]:
    """First and last line of runs of lines with figures; broken labels may stand between them."""
    first = last = -1
    for k, line in enumerate(lines):
        if first >= 0 and (_ends(line, width) or line[0].top - lines[k - 1][0].bottom > APART * em):
            yield first, last
            first = -1
        if _tabular(line, em) and not _ends(line, width):
            first, last = (k if first < 0 else first), k
    if first >= 0:
        yield first, last


def _tabular(line: TokenLine, em: float) -> bool:
    """Figures side by side with other texts, well apart from them, in no sentence."""
    if len(line) < 2 or not any(t.is_amount for t in line) or any(_SENTENCE.search(t.text) for t in line):
        return False
    return all(b.x0 - a.x1 > GAP * em for a, b in pairwise(line) if a.is_amount or b.is_amount)


def _aligned(amounts: Sequence[Token]) -> bool:
    """Whether there are enough amounts, and most end or stand in the middle where others do."""
    ends, middles = Counter(round(t.x1) for t in amounts), Counter(round(t.middle) for t in amounts)
    shared = sum(max(ends[round(t.x1)], middles[round(t.middle)]) > 1 for t in amounts)
    return len(amounts) >= LEAST_AMOUNTS and 2 * shared >= len(amounts)


def _ends(line: TokenLine, width: float) -> bool:
    """Whether a line is no part of a table: a caption, a note, prose."""
    texts = [t.text for t in line]
    return is_caption(texts) or is_note(texts[0]) or any(t.x1 - t.x0 > PROSE * width for t in line)


def _header_from(lines: Sequence[TokenLine], first: int, width: float, em: float) -> int:
    top = first
    while top and first - top < HEADER_LINES:
        above = lines[top - 1]
        if _ends(above, width) or lines[top][0].top - above[0].bottom > APART * em:
            break
        top -= 1
    return top


def _part(lines: Sequence[TokenLine], rules: Sequence[Rule], page: int, em: float) -> Part:
    tokens = [t for line in lines for t in line]
    top, bottom = min(t.top for t in tokens) - 2, max(t.bottom for t in tokens) + 2
    left, right = min(t.x0 for t in tokens), max(t.x1 for t in tokens)
    near = [r for r in rules if top - em <= r.at <= bottom + em and r.start <= left + 1 and r.end >= right - 1]
    box: BBox = (left, top, right, bottom)
    if near:
        widest = max(near, key=lambda r: r.end - r.start)
        box = widest.start, top, widest.end, bottom
    across = [r.at for r in near if top + 2 < r.at < bottom - 2]
    short = [r for r in rules if r not in near and top < r.at < bottom and r.start >= box[0] - SAME_ENDS]
    return Part(page, box, tuple(lines), (top, *across, bottom), tuple(short), em, loose=not near)
