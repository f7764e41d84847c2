"""Parts of tables between long rules: what one page shows of a table that has no vertical rules.

A part reaches from one long rule to another of the same length, as far as the lines between them look like a table; a
title or a note between two rules parts two tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import BBox
from index.read.glyphs import Rule
from index.read.layout import is_caption, is_note
from index.read.tokens import TokenLine

PROSE = 0.6  # of the width of a table: texts that stand alone on their lines are no cells where they are wider
SAME_ENDS = 5.0  # points by which the ends of the rules of one table differ
LOOSE = 4.0  # ems by which the texts at the ends of unruled parts of one table differ
_FORM_START = re.compile(r"^(?:项目名称|(?:部门|单位)(?:[(（]单位[)）])?名称)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table on one page: its lines, the heights of rules that cross it whole, and shorter rules inside."""

    page: int
    box: BBox
    lines: tuple[TokenLine, ...]
    across: tuple[float, ...]
    short: tuple[Rule, ...]
    em: float
    loose: bool = False  # no rule says where the part begins and ends from left to right
    faint: bool = False  # too little to be a table by itself, but it may be the rest of one

    @property
    def opens_form(self) -> bool:
        return any(_FORM_START.match(t.text) for line in self.lines[:1] for t in line)

    def goes_on_from(self, other: Part) -> bool:
        """Whether both have the same left and right ends, as parts of one table have, and this one begins no form.

        Where no rule shows the ends, the texts do; fewer rows may leave columns at the ends empty.
        """
        if self.opens_form:
            return False
        left, right = other.box[0] - self.box[0], self.box[2] - other.box[2]  # by how much this one is wider
        if self.loose and other.loose:
            return max(left, right) <= LOOSE * self.em
        return max(abs(left), abs(right)) <= SAME_ENDS


def framed_parts(
    lines: Sequence[TokenLine], rules: Sequence[Rule], long: list[Rule], page: int, em: float
) -> list[Part]:
    """The parts between rules; `long` are those of `rules` that are long enough to frame a table."""
    parts: list[Part] = []
    while long:
        first = max(long, key=lambda r: r.end - r.start)
        same = [r for r in long if abs(r.start - first.start) <= SAME_ENDS and abs(r.end - first.end) <= SAME_ENDS]
        long = [r for r in long if r not in same]
        for run in _runs(same, lines):
            part = _part(run, rules, lines, page, em)
            if part.lines and not any(_within(part.box, other.box) for other in parts):
                parts.append(part)
    return parts


def _within(box: BBox, other: BBox) -> bool:
    """Whether a part lies in another: shorter rules inside a table part its merged cells."""
    return other[0] - 1 <= box[0] and box[2] <= other[2] + 1 and box[1] < other[3] - 1 and box[3] > other[1] + 1


def _runs(rules: Sequence[Rule], lines: Sequence[TokenLine]) -> list[list[Rule]]:
    """Rules from the top down, begun anew where what lies between two of them is no part of a table."""
    runs: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        above = runs[-1][-1].at if runs else rule.at
        between = [line for line in lines if above - 1 < line[0].height < rule.at + 1]
        if runs and (rule.at - above < 3 or (between and _tabular(between, rule.end - rule.start))):
            runs[-1].append(rule)
        else:
            runs.append([rule])
    return [run for run in runs if run[-1].at - run[0].at > 10]


def _tabular(lines: Sequence[TokenLine], width: float) -> bool:
    """Whether the lines between two rules belong to a table: cells side by side, no title or note."""
    texts = [[t.text for t in line] for line in lines]
    if any(is_note(row[0]) for row in texts):
        return False
    if any(is_caption(row) for row in texts) and not any(t.is_amount for line in lines for t in line):
        return False
    return any(len(row) > 1 for row in texts) or all(line[0].x1 - line[0].x0 < PROSE * width for line in lines)


def _part(run: Sequence[Rule], rules: Sequence[Rule], lines: Sequence[TokenLine], page: int, em: float) -> Part:
    box = (min(r.start for r in run), run[0].at, max(r.end for r in run), run[-1].at)
    inside = tuple(line for line in lines if box[1] - 1 <= line[0].height <= box[3] + 1)
    short = tuple(r for r in rules if r not in run and box[1] + 3 < r.at < box[3] - 3 and r.start >= box[0] - SAME_ENDS)
    return Part(page, box, inside, tuple(r.at for r in run), tuple(r for r in short if r.end <= box[2] + SAME_ENDS), em)
