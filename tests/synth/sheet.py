"""A table as it will be printed, and as the gold states it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class Ruling(StrEnum):
    GRID = "grid"  # every cell boxed
    OPEN = "open"  # horizontal rules only
    THREE_LINE = "three-line"  # rules above, below and under the header
    CELLS = "cells"  # one stroked rectangle a cell
    NONE = "none"  # texts alone
    BOXES = "boxes"  # one thin filled rectangle a rule, as spreadsheets export


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell over `rows` by `cols` leaf cells."""

    text: str
    row: int
    col: int
    rows: int = 1
    cols: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """A merged body cell; its text stands in the top left cell of `rows`."""

    row: int
    col: int
    rows: int = 1
    cols: int = 1


class GoldPart(TypedDict):
    page: int
    row_from: int
    row_to: int
    has_header: bool


class GoldTable(TypedDict):
    """The schema of the gold tables of the samples."""

    doc: str
    title: str
    code: str
    dept: str
    year: str
    unit: str
    kind: str
    page_start: int
    page_end: int
    parts: list[GoldPart]
    ncols: int
    header_rows: list[list[str]]
    rows: list[list[str]]
    notes: list[str]


@dataclass(frozen=True)
class Sheet:
    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]  # relative
    code: str = ""
    dept: str = ""
    period: str = ""
    unit: str = "单位：万元"
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    left: tuple[int, ...] = ()  # columns set flush left; the others: figures flush right, texts centred
    landscape: bool = False
    turned: bool = False  # a landscape page drawn on its side, with /Rotate
    ruling: Ruling = Ruling.GRID
    caption: str = "code-title-dept"  # order of the lines above the table, see render
    repeat_header: bool = True
    cut_rows: bool = False  # a page break may fall between the lines of one row
    row_limit: int = 0  # most rows on one page, for breaks where a real office's software put them

    @property
    def printed_code(self) -> str:
        return "" if self.caption == "title-period-dept" else self.code

    @property
    def n_cols(self) -> int:
        return len(self.widths)

    @property
    def n_head(self) -> int:
        return max((h.row + h.rows for h in self.heads), default=0)

    def header_rows(self) -> list[list[str]]:
        """Header texts with merged cells repeated over all they span."""
        grid = [[""] * self.n_cols for _ in range(self.n_head)]
        for head in self.heads:
            for r in range(head.row, head.row + head.rows):
                for c in range(head.col, head.col + head.cols):
                    grid[r][c] = head.text
        return grid

    def gold(self, doc: str, parts: list[GoldPart]) -> GoldTable:
        return {
            "doc": doc,
            "title": self.title,
            "code": self.printed_code,
            "dept": self.dept,
            "year": self.period,
            "unit": self.unit,
            "kind": "grid",
            "page_start": parts[0]["page"],
            "page_end": parts[-1]["page"],
            "parts": parts,
            "ncols": self.n_cols,
            "header_rows": self.header_rows(),
            "rows": [list(row) for row in self.rows],
            "notes": list(self.notes),
        }


def header(*lines: tuple[str, ...]) -> tuple[Head, ...]:
    """Header cells from a drawing: equal neighbours in a line merge, "^" continues the cell above, "<" the one at its left.

    >>> header(("项目", "<", "决算数"), ("编码", "名称", "^"))[0]
    Head(text='项目', row=0, col=0, rows=1, cols=2)
    """
    heads = []
    for r, line in enumerate(lines):
        for c, text in enumerate(line):
            if text in {"^", "<"}:
                continue
            cols = 1
            while c + cols < len(line) and line[c + cols] == "<":
                cols += 1
            rows = 1
            while r + rows < len(lines) and lines[r + rows][c] == "^":
                rows += 1
            heads.append(Head(text, r, c, rows, cols))
    return tuple(heads)
