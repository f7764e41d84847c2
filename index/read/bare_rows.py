"""Rows of a bare text layer: cells parted by nothing but a space, blank cells gone.

Where a figure belongs follows from what is certain: the kinds of the words around it, the order of account codes, the
sums of the row. A row for which that leaves one arrangement is placed; of one that has several only what is the same in
all is kept, and a finding says so. A wrong column would be worse than a missing figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from index.amounts import parse_amount
from index.model import Finding, Locator, Severity
from index.read.bare_header import Names as Kind
from index.read.proof import row_rules
from index.vocabulary import load_vocabulary
from index.wording import canonical

ROUNDING = Decimal("0.02")
MAX_ARRANGEMENTS = 2_000  # of one row; more means that nothing is certain


_FIGURE = re.compile(r"^[-−]?\d{1,3}(?:,\d{3})*\.\d+$|^[-−]?\d+\.\d+$|^[-−]?\d{1,3}(?:,\d{3})+$|^[-—–]{1,2}$")
_BEGINS = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|其中[:：])")
_TOTAL = re.compile(r"^(?:本年|上年)?(?:收入|支出|收支)?(?:合计|总计)$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_SERIAL = re.compile(r"^\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    kind: Kind


Row = tuple[Token, ...]
Arrangement = dict[int, Token]  # column -> token


def tokens(line: str) -> Row:
    return tuple(Token(text, kind_of(text)) for text in line.split())


def begins_item(text: str) -> bool:
    """Whether words begin a row label rather than go on with one: 一、 （二） 其中： 本年收入合计."""
    return bool(_BEGINS.match(text) or _TOTAL.match(text))


def joined(row: Row, i: int) -> Row:
    """The row with words i and i+1 made one cell."""
    return (*row[:i], Token(f"{row[i].text} {row[i + 1].text}", Kind.WORDS), *row[i + 2 :])


def as_cells(row: Row, joins: int) -> Iterator[Row]:
    """The row with so many of its neighbouring words taken to be one cell; 一、 or 其中 always begins a cell."""
    pairs = [
        i
        for i in range(len(row) - 1)
        if row[i].kind is Kind.WORDS is row[i + 1].kind and not begins_item(row[i + 1].text)
    ]
    for chosen in combinations(pairs, joins):
        cells = row
        for i in reversed(chosen):
            cells = joined(cells, i)
        yield cells


def side_of(label: str) -> str:
    """收入 or 支出 for a label that stands on one side only: revenues say so, 类 accounts are expenditures."""
    plain = canonical(label)
    if re.search(r"收入(?:合计|总计)?$", plain):
        return "收入"
    spent = re.search(r"支出(?:合计|总计)$", plain) or any(len(c) == 3 for c in load_vocabulary().codes_of(label, "2"))
    return "支出" if spent else ""


def kind_of(text: str) -> Kind:
    if _FIGURE.match(text):
        return Kind.FIGURE
    if _CODE.match(text):
        return Kind.CODE
    return Kind.SERIAL if _SERIAL.match(text) else Kind.WORDS


@dataclass
class RowReader:
    """Reads the rows of one table from the top down."""

    columns: tuple[Kind, ...]
    sides: tuple[str, ...]  # 收入 or 支出 where the header says so over a column
    page: int
    codes: dict[int, str] = field(default_factory=dict)  # the last account in each column of codes
    tops: dict[int, Decimal] = field(default_factory=dict)  # the sum of 类 accounts in each column of figures
    rows: list[dict[int, str]] = field(default_factory=list)  # the text in each column
    open: list[tuple[int, Row, list[Arrangement]]] = field(default_factory=list)  # rows with several arrangements
    findings: list[Finding] = field(default_factory=list)

    def arrangements(self, row: Row) -> list[Arrangement]:
        """Every way to lay the row on the columns: words apart where that is possible, joined where it is not."""
        for joins in range(sum(token.kind is Kind.WORDS for token in row) or 1):
            found = [laid for cells in as_cells(row, joins) for laid in self._laid(cells)]
            if found:
                return found
        return []

    def _laid(self, row: Row) -> list[Arrangement]:
        """Every way to lay the tokens on columns of their kind, in order, accounts rising down their column."""
        found: list[Arrangement] = []

        def lay(i: int, start: int, laid: tuple[int, ...]) -> None:
            if len(found) > MAX_ARRANGEMENTS:
                return
            if i == len(row):
                found.append({column: row[k] for k, column in enumerate(laid)})
                return
            for c in range(start, len(self.columns) - (len(row) - i) + 1):
                if self._may_stand(row[i], c) and (not laid or self._follows(laid[-1], row[i], c)):
                    lay(i + 1, c + 1, (*laid, c))

        lay(0, 0, ())
        return found

    def _may_stand(self, token: Token, column: int) -> bool:
        kind = self.columns[column]
        if token.kind is Kind.CODE and kind is Kind.CODE:
            return token.text > self.codes.get(column, "")
        if token.kind is Kind.WORDS and kind is Kind.WORDS and self.sides[column]:
            return side_of(token.text) in ("", self.sides[column])
        whole = token.kind is Kind.SERIAL and Kind.SERIAL not in self.columns  # 0 among figures with decimals
        return kind is token.kind or (kind is Kind.FIGURE and whole)

    def _follows(self, before: int, token: Token, column: int) -> bool:
        """Whether a token stays in the group of the token before it, as a figure must and words where there is room."""
        groups = self._groups
        if groups[column] == groups[before]:
            return True
        room = any(groups[c] == groups[before] and self.columns[c] is token.kind for c in range(before + 1, column))
        return token.kind is not Kind.FIGURE and not room

    @cached_property
    def _groups(self) -> tuple[int, ...]:
        """The number of the group that each column belongs to: a group begins where labels follow figures."""
        group, out = 0, []
        for c, kind in enumerate(self.columns):
            group += c > 0 and kind is not Kind.FIGURE and self.columns[c - 1] is Kind.FIGURE
            out.append(group)
        return tuple(out)

    def add(self, row: Row) -> None:
        found = self._proven(self.arrangements(row))
        if not found:
            self._doubt(row, "放不进任何一列")
            return
        placed = _certain(found)
        if len(placed) < len(found[0]):
            self.open.append((len(self.rows), row, found))
        self.rows.append(placed)
        self._remember(placed)

    def finish(self) -> None:
        """Place what was left open by the sums that other rows keep (合计 = 基本支出 + 项目支出); doubt the rest."""
        values = {
            (r, c): amount.value
            for r, row in enumerate(self.rows)
            for c, text in row.items()
            if self.columns[c] is Kind.FIGURE and (amount := parse_amount(text))
        }
        whole = [r for r in range(len(self.rows)) if all(r != index for index, _, _ in self.open)]
        figures = [c for c, kind in enumerate(self.columns) if kind is Kind.FIGURE]
        rules = list(row_rules(values, figures, whole))
        for index, row, found in self.open:
            kept = [laid for laid in found if rules and _keeps(laid, rules)] or found
            self.rows[index] = _certain(kept)
            lost = [token for c, token in kept[0].items() if c not in self.rows[index]]
            if any(token.kind is Kind.FIGURE for token in lost):
                self._doubt(row, "属于哪一列不能确定")

    def _remember(self, placed: dict[int, str]) -> None:
        """Codes in their columns, and the amounts of 类 accounts in the next column of figures."""
        for column, text in placed.items():
            if self.columns[column] is not Kind.CODE:
                continue
            self.codes[column] = text
            figure = next((c for c in range(column, len(self.columns)) if self.columns[c] is Kind.FIGURE), None)
            amount = parse_amount(placed.get(figure, "")) if figure is not None else None
            if figure is not None and amount is not None and len(text) == 3:
                self.tops[figure] = self.tops.get(figure, Decimal(0)) + amount.value

    def _proven(self, found: list[Arrangement]) -> list[Arrangement]:
        """Of several arrangements those that a sum bears out, if any is."""
        if len(found) < 2 or any(token.kind is Kind.CODE for token in found[0].values()):
            return found
        return [laid for laid in found if self._totals(laid)] or found

    def _totals(self, laid: Arrangement) -> bool:
        """Whether each figure is the sum of the 类 accounts from its group back to the one before it, up to the last.

        人员经费合计 and 公用经费合计 stand below three groups of accounts: each total ends the groups that it adds up,
        and together they add up all groups.
        """
        figures = [c for c, kind in enumerate(self.columns) if kind is Kind.FIGURE]
        begin = 0
        for column, token in laid.items():
            if token.kind is not Kind.FIGURE:
                if token.kind is Kind.WORDS and column + 1 not in laid:
                    return False
                continue
            end = figures.index(column) + 1
            amount = parse_amount(token.text)
            parts = sum((self.tops.get(c, Decimal(0)) for c in figures[begin:end]), Decimal(0))
            if amount is None or abs(amount.value - parts) > ROUNDING:
                return False
            begin = end
        return begin == len(figures) and bool(self.tops)

    def _doubt(self, row: Row, why: str) -> None:
        words = " ".join(token.text for token in row)
        message = f"文本中没有分隔的一行，数字{why}，未全部采用：{words[:60]}"
        self.findings.append(Finding("bare-row", Severity.WARNING, message, (Locator(self.page),), origin="extraction"))


def _certain(found: Sequence[Arrangement]) -> dict[int, str]:
    """What stands in the same column in every arrangement."""
    return {c: token.text for c, token in found[0].items() if all(laid.get(c) == token for laid in found)}


def _keeps(laid: Arrangement, rules: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
    amounts = {c: amount.value for c, token in laid.items() if (amount := parse_amount(token.text))}
    gaps = (
        abs(amounts.get(total, Decimal(0)) - sum((amounts.get(c, Decimal(0)) for c in parts), Decimal(0)))
        for total, parts in rules
    )
    return all(gap <= ROUNDING for gap in gaps)
