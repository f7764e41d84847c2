"""The words of a table header, put together line by line, and which of them head a column of their own.

A heading is printed in the middle of its cell, whatever stands below it. So the headings that have none under them
give the columns: each column reaches as far to the right of its heading's middle as to the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from index.model import BBox
from index.read.glyphs import Rule
from index.read.lines import cell_text
from index.read.tokens import WRAP, Token, TokenLine

MAX_DOUBTS = 10  # headings that may or may not have others under them; every choice of two is tried
_WITHIN = re.compile(r"^其\s*中\s*[:：]?$")
_NUMBERING = re.compile(r"^(?:栏次|行次|栏目|列次|\d{1,2}(?:=[\d+\-=()（）]+)?)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """The text of one header cell: its lines from the top down."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        return cell_text([g for t in self.tokens for g in t.glyphs])

    @property
    def box(self) -> BBox:
        lines = self.tokens
        return min(t.x0 for t in lines), lines[0].top, max(t.x1 for t in lines), lines[-1].bottom

    @property
    def top(self) -> float:
        return self.tokens[0].top

    @property
    def middle(self) -> float:
        x0, _, x1, _ = self.box
        return (x0 + x1) / 2

    @property
    def height(self) -> float:
        return (self.tokens[0].top + self.tokens[-1].bottom) / 2


@dataclass(frozen=True, slots=True)
class Header:
    """Headings in their roles. `leaves` are in the order of the columns, `numbers` those of the line 栏次 1 2 3."""

    leaves: tuple[Heading, ...]
    groups: tuple[Heading, ...]
    numbers: tuple[Heading, ...]


def read_headings(lines: Sequence[TokenLine], rules: Sequence[Rule], em: float) -> tuple[list[Heading], list[Heading]]:
    """The headings of a header and those of them that number the columns."""
    words = list(lines)
    numbers = numbering(words[-1]) if words else ()
    if numbers:
        words[-1] = tuple(t for t in words[-1] if t not in numbers)
    done: list[Heading] = []
    live: list[list[Token]] = []
    for line in words:
        live.sort(key=lambda block: block[-1].base)
        for item in line:
            block = next((b for b in live if _goes_on(b[-1], item, rules, em)), None)
            if block is None:
                live.append([item])
            else:
                block.append(item)
    done += [Heading(tuple(block)) for block in live]
    return sorted(done, key=lambda h: (h.middle, h.height)), [Heading((t,)) for t in numbers]


def numbering(line: TokenLine) -> TokenLine:
    """The texts of a line that number the columns: 栏次 1 2 3. The last line of a broken heading may stand among them."""
    found = tuple(t for t in line if _NUMBERING.match(t.text))
    digits = [int(t.text) for t in found if t.text.isdigit()]
    if len(found) == len(line):
        return found if len(digits) >= 2 or 0 < len(digits) < len(found) else ()
    in_order = all(b == a + 1 for a, b in pairwise(digits))
    return found if len(digits) >= 3 and in_order and not any(t.is_amount or t.is_code for t in line) else ()


def _goes_on(above: Token, below: Token, rules: Sequence[Rule], em: float) -> bool:
    """Whether a line is the next of the same heading: close below it, with the same middle or beginning.

    Where lines of neighbouring cells stand half a line apart, a token can hold two lines of its own: the lower counts.
    """
    if not 0.5 * em < below.base - max(g.base for g in above.glyphs) <= WRAP * em:
        return False
    if any(above.height < r.at < below.height and r.start < below.middle < r.end for r in rules):
        return False
    return abs(above.middle - below.middle) < 0.5 * em or abs(above.x0 - below.x0) < 0.3 * em


# -- roles -------------------------------------------------------------------------------------------------------------


def roles(found: Sequence[Heading], numbers: Sequence[Heading], rules: Sequence[Rule], em: float) -> Iterator[Header]:
    """The ways to take a header, the likeliest first: which headings have others under them."""
    groups = [h for h in found if _spans(h, found, rules, em) or any(_under(h, other, em) for other in found)]
    rest = [h for h in found if all(h is not g for g in groups)]
    doubts = [h for h in rest if _between_lower(h, rest, em)][:MAX_DOUBTS]
    likely = [h for h in doubts if _drop(h, rest) > 1.3 * em and not _numbered(h, numbers)]
    for size in range(3):
        for flipped in combinations(doubts, size):
            over = [h for h in doubts if any(h is x for x in likely) != any(h is x for x in flipped)]
            leaves = [h for h in rest if all(h is not x for x in over)]
            bare = [n for n in numbers if not any(_above(n, leaf) for leaf in leaves)]
            wide = [n for n in bare if not n.text[0].isdigit() and _between(n, leaves)]
            for left_out in (wide, ()) if wide else ((),):  # 栏次 over 科目编码 | 科目名称 is no column between the two
                columns = [*leaves, *(n for n in bare if all(n is not w for w in left_out))]
                yield Header(tuple(sorted(columns, key=lambda h: h.middle)), (*groups, *over), tuple(numbers))


def _spans(heading: Heading, others: Sequence[Heading], rules: Sequence[Rule], em: float) -> bool:
    """Whether a heading stands over others though none is printed right below it: a rule says so, or it says 其中."""
    within = _WITHIN.match(heading.text) and _between_lower(heading, others, em)
    return bool(within) or _underlined(heading, rules, em)


def _underlined(heading: Heading, rules: Sequence[Rule], em: float) -> bool:
    """Whether a short rule below it says over what it reaches."""
    x0, _, x1, bottom = heading.box
    return any(
        0 <= r.at - bottom + 0.3 * em < 1.2 * em
        and r.start < x0 + 1
        and r.end > x1 - 1
        and abs((r.start + r.end) / 2 - heading.middle) < em
        for r in rules
    )


def _under(heading: Heading, other: Heading, em: float) -> bool:
    """Whether another stands below it, one over the other."""
    a, b = heading.box, other.box
    return b[1] > a[3] - 0.3 * em and min(a[2], b[2]) - max(a[0], b[0]) > 0.3 * em


def _above(number: Heading, heading: Heading) -> bool:
    return min(number.box[2], heading.box[2]) > max(number.box[0], heading.box[0])


def _between(number: Heading, leaves: Sequence[Heading]) -> bool:
    return any(h.middle < number.middle for h in leaves) and any(h.middle > number.middle for h in leaves)


def _numbered(heading: Heading, numbers: Sequence[Heading]) -> bool:
    return any(abs(n.middle - heading.middle) < 2 for n in numbers)


def _between_lower(heading: Heading, others: Sequence[Heading], em: float) -> bool:
    lower = [o for o in others if o.height > heading.height + 0.5 * em]
    return any(o.middle < heading.middle for o in lower) and any(o.middle > heading.middle for o in lower)


def _drop(heading: Heading, others: Sequence[Heading]) -> float:
    """How much lower its neighbours on both sides stand."""
    left = max((o for o in others if o.middle < heading.middle), key=lambda o: o.middle, default=heading)
    right = min((o for o in others if o.middle > heading.middle), key=lambda o: o.middle, default=heading)
    return min(left.height, right.height) - heading.height
