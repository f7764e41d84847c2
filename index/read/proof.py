"""Proofreading a recognised table by its own arithmetic.

A budget table says most things twice: a total beside its parts, an account above its children. Sums that hold in nearly
every row are taken to be the table's; a row that breaks one is read again, and what still breaks it is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from index.amounts import is_dash, parse_amount
from index.model import Finding, Grid, GridCell, Locator, Severity

MENDED = 0.9  # score of a figure that a second reading and a sum agree on
DOUBTED = 0.6  # no reading makes its sum hold, though all readings agree
CONTRADICTED = 0.3  # readings differ and no sum decides
LEAST_ROWS = 3  # rows in which a sum must hold before it is taken to be the table's
MOSTLY = 0.8

_LOOKALIKE = str.maketrans(
    {"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "|": "1", "，": ",", "。": ".", "：": ".", "·": "."}
)
_FIGURE_LIKE = re.compile(r"^[-−+]?[\dOoIl|〇][\dOoIl|〇,，.。:：·\s]*[%％]?$")
_GROUPED = re.compile(r"^([-−+]?)(\d{1,3}(?:[.,]\d{3})+)[.,](\d{2})([%％]?)$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")

Place = tuple[int, int]  # row, column
Reread = Callable[[GridCell], Sequence[str]]  # further readings of a cell, at other sizes


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed total and the cells it should be the sum of."""

    total: Place
    parts: tuple[Place, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.total, *self.parts)

    def holds(self, values: dict[Place, Decimal]) -> bool:
        """Within the rounding of its parts: half a last place each."""
        total = values.get(self.total, Decimal(0))
        step = Decimal(1).scaleb(
            min(int(v.as_tuple().exponent) for p in self.places if (v := values.get(p)) is not None)
        )
        gap = abs(total - sum((values.get(place, Decimal(0)) for place in self.parts), Decimal(0)))
        return gap <= step * (len(self.parts) + 1) / 2

    def says_something(self, values: dict[Place, Decimal]) -> bool:
        return any(values.get(place) for place in self.places)


def proofread(grid: Grid, reread: Reread) -> tuple[Grid, tuple[Finding, ...]]:
    """The grid with figures spelt as figures, those that break a sum mended or doubted, and a finding for each."""
    cells = {(cell.row, cell.col): replace(cell, text=spelt(cell.text)) for cell in grid.cells}
    findings: list[Finding] = []
    sums = [found for found in table_sums(cells) if found.says_something(values_of(cells))]
    for wrong in [found for found in sums if not found.holds(values_of(cells))]:
        values = values_of(cells)
        if wrong.holds(values):
            continue  # a cell shared with another sum has been mended meanwhile
        vouched = {place for found in sums if found.holds(values) for place in found.places if values.get(place)}
        suspects = [place for place in wrong.places if place in cells and place not in vouched] or [*wrong.places]
        findings.append(_settle(wrong, [place for place in suspects if place in cells], cells, sums, reread, grid.page))
    return replace(grid, cells=tuple(cells[cell.row, cell.col] for cell in grid.cells)), tuple(findings)


def _settle(
    wrong: Sum, suspects: Sequence[Place], cells: dict[Place, GridCell], sums: Sequence[Sum], reread: Reread, page: int
) -> Finding:
    """Mend the one suspect whose other reading makes the sum hold and breaks no other; doubt them all otherwise."""
    before = _broken(sums, cells)
    other = {place: [spelt(text) for text in reread(cells[place])] for place in suspects}
    for place, texts in other.items():
        printed = cells[place]
        for text in dict.fromkeys(texts):
            trial = cells | {place: replace(printed, text=text, score=min(printed.score, MENDED))}
            if text != printed.text and wrong.holds(values_of(trial)) and _broken(sums, trial) < before:
                cells[place] = trial[place]
                message = f"第{page}页一个识别为“{printed.text}”的数字与合计不符，重新识别为“{text}”后相符。"
                return _finding("ocr-mended", Severity.INFO, message, page, [cells[place]])
    for place, texts in other.items():
        doubt = DOUBTED if all(text == cells[place].text for text in texts) else CONTRADICTED
        cells[place] = replace(cells[place], score=min(cells[place].score, doubt))
    figures = "、".join(cells[place].text for place in wrong.places if place in cells and cells[place].text)
    message = f"第{page}页识别出的数字与合计不符，请对照原件核实：{figures[:80]}。"
    return _finding("ocr-doubt", Severity.WARNING, message, page, [cells[place] for place in suspects])


def _finding(rule: str, severity: Severity, message: str, page: int, cells: Sequence[GridCell]) -> Finding:
    places = tuple(Locator(page, cell.bbox) for cell in cells)
    return Finding(rule, severity, message, places, tuple(cell.text for cell in cells), origin="extraction")


def _broken(sums: Sequence[Sum], cells: dict[Place, GridCell]) -> int:
    values = values_of(cells)
    return sum(not found.holds(values) for found in sums)


def spelt(text: str) -> str:
    """A figure without what a recogniser mistakes in it: "0.O0" -> "0.00", "1.043.57" and "1，043,57" -> "1,043.57".

    Thousands are parted by commas and decimals by one point, so the last mark before two digits is the point.
    """
    if not _FIGURE_LIKE.match(text) or not re.search(r"\d", text):
        return text
    plain = re.sub(r"\s+", "", text).translate(_LOOKALIKE)
    if found := _GROUPED.match(plain):
        sign, groups, decimals, percent = found.groups()
        plain = f"{sign}{groups.replace('.', ',')}.{decimals}{percent}"
    return plain if parse_amount(plain) is not None else text


def values_of(cells: dict[Place, GridCell]) -> dict[Place, Decimal]:
    """The amounts of a table; account codes and words are none, a dash is nothing."""
    out: dict[Place, Decimal] = {}
    for place, cell in cells.items():
        amount = None if is_dash(cell.text) else parse_amount(cell.text)
        if amount is not None and not amount.unit:
            out[place] = amount.value
    return out


def table_sums(cells: dict[Place, GridCell]) -> Iterator[Sum]:
    """The sums that the table as a whole keeps: totals over the columns after them, accounts over their children."""
    values = values_of(cells)
    money = _money_columns(cells)
    rows = sorted({row for row, col in values if col in money})
    for total, parts in row_rules(values, money, rows):
        for row in rows:
            if (row, total) in values and "." in cells[row, total].text:  # not the row that numbers the columns
                yield Sum((row, total), tuple((row, part) for part in parts))
    yield from _account_sums(cells, money)


def _money_columns(cells: dict[Place, GridCell]) -> list[int]:
    """Columns that hold amounts with decimals, from left to right."""
    decimals: dict[int, list[bool]] = {}
    for (_, col), cell in cells.items():
        if cell.text and cell.rows == 1 and cell.cols == 1:
            decimals.setdefault(col, []).append(bool(re.fullmatch(r"-?[\d,]+\.\d+", cell.text)))
    return [
        col
        for col in sorted(decimals)
        if sum(decimals[col]) >= LEAST_ROWS and sum(decimals[col]) * 2 >= len(decimals[col])
    ]


def row_rules(
    values: dict[Place, Decimal], money: Sequence[int], rows: Sequence[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Column `total` is the sum of the columns after it, for the longest such run that holds in nearly every row."""
    for i, total in enumerate(money):
        for end in range(len(money), i + 2, -1):
            parts = tuple(money[i + 1 : end])
            told = [Sum((row, total), tuple((row, part) for part in parts)) for row in rows if values.get((row, total))]
            held = sum(found.holds(values) for found in told)
            if held >= LEAST_ROWS and held >= MOSTLY * len(told):
                yield total, parts
                break


def _account_sums(cells: dict[Place, GridCell], money: Sequence[int]) -> Iterator[Sum]:
    """201 over 20101, 20103 ...: the children that follow it, when another account after them closes the family."""
    codes: dict[int, list[tuple[int, str]]] = {}
    for (row, col), cell in sorted(cells.items()):
        if _CODE.match(cell.text) and col not in money:
            codes.setdefault(col, []).append((row, cell.text))
    starts = sorted(col for col, listed in codes.items() if len(listed) >= LEAST_ROWS)
    for start, end in pairwise([*starts, 10**6]):
        listed = codes[start]
        figures = [col for col in money if start < col < end]
        for i, (row, code) in enumerate(listed):
            family = [(r, c) for r, c in listed[i + 1 :] if c.startswith(code)]
            children = [r for r, c in family if len(c) == len(code) + 2]
            closed = i + 1 + len(family) < len(listed)
            if children and closed:
                for col in figures:
                    yield Sum((row, col), tuple((r, col) for r in children))
