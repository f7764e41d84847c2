"""Tables that no rules frame: lines with figures side by side, one below the other, under the words that head them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from index.model import BBox
from index.read.glyphs import Glyph, RawPage, Rule
from index.read.layout import is_caption, is_note
from index.read.lines import is_page_number
from index.read.parts import SAME_ENDS, Part
from index.read.tokens import Token, TokenLine

LEAST_AMOUNTS = 4  # in a table without a frame
LEAST_LINES = 3  # with figures below one another
ALIGNED = 2.0  # points
GAP = 0.5  # ems between a figure and what stands beside it
HEADER_LINES = 6  # at most, where no caption says where they begin
PROSE = 0.6  # of the page width: a text without a gap that is as wide is prose
APART = 3.5  # ems between two lines of one table
CAPTION_LINES = 4
_UNIT = re.compile(r"单位\s*[:：].{0,4}元")
_SENTENCE = re.compile(r"[，。；]")


@dataclass(frozen=True, slots=True)
class _Region:
    """Lines, from the first to the last, that may be a table; `captioned` where a caption ends just above them."""

    first: int
    last: int
    captioned: bool


def may_hold_columns(glyphs: Sequence[Glyph]) -> bool:
    """Whether some decimal points stand below one another, which those of prose seldom do."""
    points = Counter(int(g.x0 / ALIGNED) for g in glyphs if g.text in ".,")
    return sum(count for count in points.values() if count >= LEAST_LINES) >= LEAST_AMOUNTS


def open_parts(
    lines: Sequence[TokenLine], framed: Sequence[Part], rules: Sequence[Rule], printed: RawPage, em: float
) -> list[Part]:
    """The parts of tables among lines that no pair of rules frames. Their ends are those of a rule where there is one.

    Where nothing is ruled, few figures make a table under a caption, and may be the rest of one at the top of a page.
    """
    ruled = bool(printed.vertical)
    free = [line for line in lines if not any(p.box[1] - 1 <= line[0].height <= p.box[3] + 1 for p in framed)]
    found = []
    for region in _regions(free, printed.width, em):
        inside = free[region.first : region.last + 1]
        aligned = _aligned([t for line in inside for t in line if t.is_amount])
        sure = aligned or (region.captioned and not ruled)
        if sure or (region.first == 0 and not ruled):
            found.append(replace(_part(inside, rules, printed.number, em), faint=not sure))
    return found


def _regions(lines: Sequence[TokenLine], width: float, em: float) -> Iterator[_Region]:
    """What may be tables: lines with figures below the lines that head them, or words below a caption."""
    begin = 0
    for k, line in enumerate(lines):
        ended = _ends(line, width)
        if ended or (k and _apart(lines[k - 1], line, em)):
            yield from _region(lines, begin, k, em)
            begin = k + ended
    yield from _region(lines, begin, len(lines), em)


def _region(lines: Sequence[TokenLine], begin: int, end: int, em: float) -> Iterator[_Region]:
    if begin == end:
        return
    figured = [k for k in range(begin, end) if _tabular(lines[k], em)]
    captioned = begin > 0 and not _apart(lines[begin - 1], lines[begin], em) and _states_unit(lines[:begin])
    if figured:
        top = begin if captioned or begin == 0 else max(begin, figured[0] - HEADER_LINES)
        last = end - 1 if _goes_over(lines, figured[-1] + 1, end) else figured[-1]
        yield _Region(top, last, captioned)
    elif captioned and any(len(line) > 1 for line in lines[begin:end]):
        yield _Region(begin, end - 1, captioned)


def _apart(above: TokenLine, below: TokenLine, em: float) -> bool:
    return below[0].top - above[0].bottom > APART * em


def _goes_over(lines: Sequence[TokenLine], begin: int, end: int) -> bool:
    """Whether words without figures at the foot of a page are rows: nothing but its number stands below them."""
    words = [t.text for line in lines[begin:end] for t in line]
    return not any(map(_SENTENCE.search, words)) and all(is_page_number(line[0].text) for line in lines[end:])


def _states_unit(above: Sequence[TokenLine]) -> bool:
    """Whether lines end in a caption that says in which unit a table is."""
    texts = [[t.text for t in line] for line in above[-CAPTION_LINES:]]
    caption = takewhile(is_caption, reversed(texts))
    return any(_UNIT.search(text) for row in caption for text in row)


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
