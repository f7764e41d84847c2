"""Rows of a table whose records take several rows: a project with its amounts, its indicators beside it.

The cells of the record are merged over the rows of its details and stand in their middle. So the columns of the record
are those from the left whose texts stand at common heights, and each record takes the run of detail rows around whose
middle it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.read.stacks import Stack

SAME = 0.35  # ems between two texts at one height
MATCHED = 0.65  # share of the texts of a column of the record that stand at the height of its names
DETAILS = 1.3  # detail rows to records from which records are taken to be merged
ALONE = 0.3  # ems that a record without details costs
FITTING = 0.6  # mean distance in ems between records and the middles of their rows

Group = Sequence[Stack]
Run = tuple[int, int]  # detail rows from..to (exclusive)


def split_records(cells: Sequence[Stack], em: float) -> tuple[list[list[Stack]], list[Stack]] | None:
    """The texts of records, grouped by height, and those of their details; None where every row is a record."""
    names = [c.height for c in cells if c.first == 0]
    last = -1
    for column in range(max((c.last for c in cells), default=0) + 1):
        own = [c for c in cells if c.first == column]
        matched = sum(any(abs(c.height - name) <= SAME * em for name in names) for c in own)
        if matched < MATCHED * len(own):
            break
        last = column
    inside = [c for c in cells if c.first <= last]
    details = [c for c in cells if c.first > last]
    amounts = any(c.is_figure and c.tokens[0].is_amount for c in inside)
    if len(names) < 2 or not details or not amounts:
        return None
    return _by_height(inside, em), details


def _by_height(cells: Sequence[Stack], em: float) -> list[list[Stack]]:
    groups: list[list[Stack]] = []
    for cell in sorted(cells, key=lambda c: c.height):
        if groups and cell.height - groups[-1][0].height <= SAME * em:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return [sorted(group, key=lambda c: c.first) for group in groups]


def runs_of(records: Sequence[Group], rows: Sequence[Group], em: float) -> tuple[Run, ...] | None:
    """The detail rows of each record; rows above the first belong to a record of the page before. None if none fits."""
    if len(rows) < DETAILS * len(records):
        return None
    heights = [sum(c.height for c in record) / len(record) for record in records]
    tops = [min(c.top for c in row) for row in rows]
    bottoms = [max(c.bottom for c in row) for row in rows]

    def cost(record: int, start: int, end: int) -> float:
        height = heights[record]
        if start == end:
            above = bottoms[start - 1] if start else float("-inf")
            below = tops[start] if start < len(rows) else float("inf")
            return ALONE if above < height + em / 2 and height < below + em / 2 else float("inf")
        return abs((tops[start] + bottoms[end - 1]) / 2 - height) / em

    @cache
    def best(record: int, start: int) -> tuple[float, tuple[Run, ...]]:
        """The least cost of giving the rows from `start` on to the records from `record` on."""
        if record == len(records):
            return (0.0, ()) if start == len(rows) else (float("inf"), ())
        choices = []
        for end in range(start, len(rows) + 1):
            own = cost(record, start, end)
            if own < 2:
                rest, runs = best(record + 1, end)
                choices.append((own + rest, ((start, end), *runs)))
        return min(choices, default=(float("inf"), ()))

    first = [k for k in range(len(rows) + 1) if k == 0 or bottoms[k - 1] < heights[0] + em / 2]
    least, runs = min((best(0, k) for k in first), key=lambda found: found[0])
    return runs if least <= FITTING * len(records) else None
