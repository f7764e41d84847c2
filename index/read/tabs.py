"""Rows whose cells are parted by tabs or pipes -> the grids of one table.

Dumps write the text of a merged cell once and leave its other slots blank, lose or add a blank slot here and there, and
cut a table where the page ended. A body row that does not fit the columns is moved as a whole to the only place where
it does; where there is no such place its figures are left out and a finding says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from index.amounts import is_dash
from index.model import Finding, Grid, GridCell, Locator, Severity
from index.read.layout import make_grid
from index.read.spans import header_cells
from index.wording import squeeze

Row = list[str]
Block = list[Row]  # the rows between two page ends

_INTEGER = re.compile(r"^\d{1,4}$|^0\d+$|^\d{5,}$")  # counts, line numbers, account codes
_FIGURE = re.compile(r"^[-−(（]?\d[\d,]*(?:\.\d+)?[%％]?[)）]?$")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计)$")
_ITEM = re.compile(
    r"^[一二三四五六七八九十]{1,3}、|^[(（][一二三四五六七八九十]{1,3}[)）]"
)  # 一、 begins a body, never a header
_KEYED = re.compile(
    r"^(?:项目名称|部门\(单位\)名称|单位名称|主管部门)$"
)  # the first cell of a form: a name and its value
MAX_HEADER = 6
PURE = 0.8  # the share of one kind that makes a column one of that kind
MAX_SHIFT = 3
STRANGE = 0.1  # the share of body rows that may fit nowhere in a table


class Kind(Enum):
    """What a column holds."""

    FIGURES = "figures"
    RATES = "rates"  # percentages, which stand among indicators as well as in columns of their own
    INTEGERS = "integers"
    WORDS = "words"
    MIXED = "mixed"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Columns:
    """The kinds of a table's columns, and the one in which most rows have their first figure."""

    kinds: tuple[Kind, ...]
    first: int

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> Columns:
        counts = [Counter(kind_of(row[c]) for row in rows if row[c]) for c in range(width)]
        firsts = Counter(c for row in rows if (c := _first_figure(row)) is not None)
        return cls(tuple(_column_kind(count) for count in counts), firsts.most_common(1)[0][0] if firsts else -1)

    def fits(self, row: Row, words_anywhere: bool = True) -> bool:
        """Whether each cell stands in a column of its kind; 合计 and other words may stand among codes if allowed."""
        cells = zip(self.kinds, row, strict=True)
        return all(
            _agree(kind, kind_of(text), words_anywhere or bool(_TOTAL.match(text))) for kind, text in cells if text
        )

    def begins(self, row: Row) -> bool:
        """Whether the row has its first figure where most rows have it, or none."""
        return _first_figure(row) in (None, self.first)


def kind_of(text: str) -> Kind:
    """Figures are bare amounts, percentages and dashes; what has words around it (2023接待经费, ≥3次) is words."""
    if _INTEGER.match(text):
        return Kind.INTEGERS
    if not _FIGURE.match(re.sub(r"\s+", "", text)) and not is_dash(text):
        return Kind.WORDS
    return Kind.RATES if text.endswith(("%", "％")) else Kind.FIGURES


def _column_kind(count: Counter[Kind]) -> Kind:
    if not count:
        return Kind.BLANK
    kind, most = count.most_common(1)[0]
    if most >= PURE * count.total():
        return kind
    if count[Kind.WORDS] <= (1 - PURE) * count.total():
        return Kind.FIGURES  # 0 and 100 among 3.50
    return Kind.MIXED


def _agree(column: Kind, cell: Kind, word_among_codes: bool) -> bool:
    if column in (Kind.MIXED, Kind.BLANK) or cell is Kind.INTEGERS:
        return True
    if cell is Kind.RATES or column is Kind.RATES:
        return column is not Kind.INTEGERS
    return column is cell or (column is Kind.INTEGERS and cell is Kind.WORDS and word_among_codes)


def _first_figure(row: Row) -> int | None:
    return next((c for c, text in enumerate(row) if kind_of(text) is Kind.FIGURES), None)


def table_grids(blocks: Sequence[Block], page: int) -> tuple[list[Grid], list[Finding]]:
    """The grids of one table that page ends have cut into `blocks` (the first with its header), and what was moved."""
    squared, width = _squared(blocks)
    header = squared[0][: header_height(squared[0])]
    bodies = [_after(block, header) for block in squared]
    heads = [block[: len(block) - len(body)] for block, body in zip(squared, bodies, strict=True)]
    columns = Columns.of([row for body in bodies for row in body], width)
    findings: list[Finding] = []
    if not is_form(squared[0]) and is_regular(bodies, columns):
        bodies = [[_settled(row, columns, page, findings) for row in body] for body in _uncut(bodies)]
        merged = [header_cells(head[: _numbers_at(head)]) for head in heads]
    else:
        merged = [[] for _ in heads]
    grids = (
        make_grid([*cells, *_plain([*head, *body])], page, "text")
        for cells, head, body in zip(merged, heads, bodies, strict=True)
    )
    return [grid for grid in grids if grid is not None], findings


def continues(blocks: Sequence[Block], block: Block) -> bool:
    """Whether a block without words before it goes on with the table of `blocks`."""
    squared, width = _squared([*blocks, block])
    first, last = squared[0], squared[-1]
    header = first[: header_height(first)]
    if header and _same(last[: len(header)], header):
        return True
    bodies = [_after(rows, header) for rows in squared[:-1]]
    columns = Columns.of([row for rows in bodies for row in rows], width)
    if is_form(first) or not is_regular(bodies, columns):
        return abs(len(block[0]) - len(blocks[-1][0])) <= MAX_SHIFT
    strange = [
        row for row in last if not any(columns.fits(place, words_anywhere=False) for place in _places(row, columns))
    ]
    return len(strange) <= STRANGE * len(last) and not any(_first_figure(row) is not None for row in strange)


def header_height(block: Block) -> int:
    """The rows before the first of the body; 0 where the body begins at once or too late for a header."""
    height = next((r for r, row in enumerate(block) if of_body(row)), len(block))
    return height if height <= MAX_HEADER else 0


def of_body(row: Row) -> bool:
    """Whether a row belongs to no header: it holds an amount, an account code, a counted item or a lone total."""
    cells = [text for text in row if text]
    if any(kind_of(text) is Kind.FIGURES or (len(text) > 2 and _INTEGER.match(text)) for text in cells):
        return True
    return any(_ITEM.match(text) for text in cells) or (len(cells) == 1 and bool(_TOTAL.match(cells[0])))


def is_form(block: Block) -> bool:
    """Whether the first row is a name and its value, as in 自评表, rather than a header."""
    return bool(_KEYED.match(squeeze(block[0][0])))


def is_regular(bodies: Sequence[Block], columns: Columns) -> bool:
    """Whether the rows are those of one table with columns of figures, rather than a form of nested blocks."""
    rows = [row for block in bodies for row in block]
    figures = [c for row in rows for c, text in enumerate(row) if kind_of(text) is Kind.FIGURES and not is_dash(text)]
    settled = sum(columns.kinds[c] in (Kind.FIGURES, Kind.INTEGERS) for c in figures)
    strange = sum(not _places(row, columns) for row in rows)
    return settled >= PURE * max(len(figures), 1) and strange <= STRANGE * len(rows)


def _uncut(bodies: Sequence[Block]) -> list[Block]:
    """A cell that the end of a page cut in two: a lone word on top of a page, where no other row is that bare."""
    bare = sum(sum(map(bool, row)) == 1 for body in bodies for row in body)
    out = [list(body) for body in bodies]
    cut = [i for i in range(1, len(out)) if out[i] and out[i - 1] and sum(map(bool, out[i][0])) == 1]
    if bare > len(cut):
        return out
    for i in cut:
        column, text = next((c, text) for c, text in enumerate(out[i][0]) if text)
        above = out[i - 1][-1]
        if above[column] and kind_of(text) is Kind.WORDS:
            out[i - 1][-1] = [*above[:column], above[column] + text, *above[column + 1 :]]
            del out[i][0]
    return out


def _squared(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """Blocks of one width, without the columns that hold nothing anywhere."""
    width = max(len(row) for block in blocks for row in block)
    padded = [[row + [""] * (width - len(row)) for row in block] for block in blocks]
    used = [c for c in range(width) if any(row[c] for block in padded for row in block)]
    return [[[row[c] for c in used] for row in block] for block in padded], len(used)


def _after(block: Block, header: Block) -> Block:
    return block[len(header) :] if header and _same(block[: len(header)], header) else block


def _same(a: Block, b: Block) -> bool:
    return [[squeeze(text) for text in row] for row in a] == [[squeeze(text) for text in row] for row in b]


def _numbers_at(header: Block) -> int:
    """Where the line that numbers the columns (栏次 1 2 3) stands in a header; its length when there is none."""
    for r, row in enumerate(header):
        rest = [text for text in row if text and squeeze(text) != "栏次"]
        if rest and all(text.isdigit() for text in rest):
            return r
    return len(header)


def _places(row: Row, columns: Columns) -> list[Row]:
    """The row where it stands, if it fits there; else every whole shift of it that does."""
    if columns.fits(row):
        return [row]
    shifted = (_shift(row, by) for by in range(-MAX_SHIFT, MAX_SHIFT + 1) if by)
    return [moved for moved in shifted if moved and columns.fits(moved, words_anywhere=False) and columns.begins(moved)]


def _shift(row: Row, by: int) -> Row | None:
    """The row moved by so many slots; None when that would push words out of the table."""
    if by < 0:
        return None if any(row[:-by]) else row[-by:] + [""] * -by
    return None if any(row[len(row) - by :]) else [""] * by + row[: len(row) - by]


def _settled(row: Row, columns: Columns, page: int, findings: list[Finding]) -> Row:
    places = _places(row, columns)
    if len(places) == 1:
        if places[0] != row:
            words = "｜".join(text for text in row if text)
            findings.append(
                Finding(
                    "row-moved",
                    Severity.INFO,
                    f"表格的一行错位，已按列的内容归位：{words[:60]}",
                    (Locator(page),),
                    origin="extraction",
                )
            )
        return places[0]
    words = "｜".join(text for text in row if text)
    message = f"表格的一行与各列对不上，其中的数字未采用：{words[:60]}"
    findings.append(Finding("row-misfit", Severity.WARNING, message, (Locator(page),), origin="extraction"))
    return ["" if kind_of(text) is Kind.FIGURES else text for text in row]


def _plain(rows: Iterable[Row]) -> list[GridCell]:
    return [GridCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
