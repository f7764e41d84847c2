"""Tokens of a table part -> texts of its cells: what stands tightly stacked in one column is one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.model import BBox
from index.read.glyphs import Glyph
from index.read.lines import cell_text
from index.read.tokens import WRAP, Token, TokenLine, token

_BEGINS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.]\D|其中)")
LONG = 7  # digits of a figure that may go on in the next line
NEAR = 0.3  # ems between the middle of a text and that of its cell
_SLACK = 0.3  # ems by which a token may reach over an edge without spanning both columns


@dataclass(frozen=True, slots=True)
class Stack:
    """The text of one cell: its tokens from the top down and the columns (first, last) that it reaches over."""

    tokens: tuple[Token, ...]
    first: int
    last: int

    @property
    def text(self) -> str:
        return cell_text([g for t in self.tokens for g in t.glyphs])

    @property
    def top(self) -> float:
        return self.tokens[0].top

    @property
    def bottom(self) -> float:
        return self.tokens[-1].bottom

    @property
    def height(self) -> float:
        """The middle of the text on the vertical axis."""
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return min(t.x0 for t in self.tokens)

    @property
    def x1(self) -> float:
        return max(t.x1 for t in self.tokens)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def box(self) -> BBox:
        return self.x0, self.top, self.x1, self.bottom

    @property
    def is_figure(self) -> bool:
        return len(self.tokens) == 1 and self.tokens[0].is_figure


def stacks(lines: Sequence[TokenLine], edges: Sequence[float], breaks: Sequence[float], em: float) -> list[Stack]:
    """All cell texts; no text goes on across a height in `breaks`."""
    parts = sorted(
        (part for line in lines for item in line for part in _cut(item, edges, em)), key=lambda p: (p[1], p[0].base)
    )
    pitch = _pitch(parts, em)
    out: list[Stack] = []
    for item, first, last in parts:
        before = out[-1] if out else None
        width = edges[last + 1] - edges[first]
        if before and before.first == first and _goes_on(before.tokens[-1], item, min(WRAP * em, pitch), breaks, width):
            out[-1] = Stack((*before.tokens, item), first, max(before.last, last))
        else:
            out.append(Stack((item,), first, last))
    return out


def _cut(item: Token, edges: Sequence[float], em: float) -> list[tuple[Token, int, int]]:
    """A token with the columns it stands in; cut in two where a gap in it lies on an edge."""
    inner = [x for x in edges[1:-1] if item.x0 + _SLACK * em < x < item.x1 - _SLACK * em]
    pieces: list[list[Glyph]] = [[]]
    for g in item.glyphs:
        if (
            pieces[-1]
            and g.x0 - pieces[-1][-1].x1 > 0.25 * em
            and any(pieces[-1][-1].x1 - 1 <= x <= g.x0 + 1 for x in inner)
        ):
            pieces.append([])
        pieces[-1].append(g)
    out = []
    for piece in pieces:
        part = token(piece)
        crossed = [x for x in inner if part.x0 + _SLACK * em < x < part.x1 - _SLACK * em]
        if crossed:
            out.append((part, _column(edges, crossed[0] - 0.01), _column(edges, crossed[-1] + 0.01)))
        else:
            out.append((part, _column(edges, part.middle), _column(edges, part.middle)))
    return out


def centred(texts: Sequence[Stack], edges: Sequence[float], em: float) -> list[Stack]:
    """Texts in the middle of several columns, merged there, moved to the first of them: 合计 over 类 款 项.

    A text that keeps to one side of its column, or to its middle, is for that column alone.
    """
    return [replace(text, first=a, last=b) for text in texts for a, b in [_reach(text, texts, edges, em)]]


def _reach(text: Stack, texts: Sequence[Stack], edges: Sequence[float], em: float) -> tuple[int, int]:
    own = text.first, text.last
    left, right = edges[text.first], edges[text.last + 1]
    off = abs((left + right) / 2 - text.middle)
    if off < NEAR * em or 0 <= text.x0 - left < 0.5 * em or 0 <= right - text.x1 < 0.5 * em:
        return own
    beside = [o for o in texts if o is not text and o.top < text.bottom and o.bottom > text.top]
    low = max((o.last + 1 for o in beside if o.x1 <= text.x0 + 1), default=0)
    high = min((o.first - 1 for o in beside if o.x0 >= text.x1 - 1), default=len(edges) - 2)
    choices = [
        (abs((edges[a] + edges[b + 1]) / 2 - text.middle), b - a, (a, b))
        for a in range(low, text.first + 1)
        for b in range(text.last, high + 1)
    ]
    best = min(choices, default=(off, 0, own))
    return best[2] if best[0] < NEAR * em else own


def _column(edges: Sequence[float], x: float) -> int:
    return max(0, min(len(edges) - 2, bisect_right(edges, x) - 1))


def _pitch(parts: Sequence[tuple[Token, int, int]], em: float) -> float:
    """A little less than the smallest distance between two amounts of one column: rows are no closer."""
    distances = [
        b.base - a.base
        for (a, c, _), (b, d, _) in pairwise(parts)
        if c == d and a.is_amount and b.is_amount and b.base - a.base > 0.5 * em
    ]
    return 0.93 * min(distances, default=1e9)


def _goes_on(above: Token, below: Token, reach: float, breaks: Sequence[float], width: float) -> bool:
    """Whether a line is the next of the same cell; a figure goes on only where it could not end."""
    if below.base - above.base > reach or any(above.height < y < below.height for y in breaks):
        return False
    if above.is_figure and below.is_figure:
        return len(above.text) >= LONG and above.x1 - above.x0 + below.x1 - below.x0 > width - 4
    return not (below.is_code or above.is_code or _BEGINS.match(below.text))
