"""A table as sums see it: its money columns, each a list of figures from the top down, and the rows that total others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.amounts import MONEY
from index.model import Fact, State, Table
from index.wording import squeeze

TOTAL = re.compile(r"^(?:合计|总计|小计|共计|.*(?:收入|支出|经费)?(?:合计|总计))$")
WITHIN = re.compile(r"^[\s(（]*(?:其中|含)[:：]?")
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}[、.]")
_PRINTED_AMOUNT = re.compile(r"^-?[\d,]*[.,]\d+$")
_UNIT_CODE = re.compile(r"^\d{3,12}$")
GENERIC = frozenset({"合计", "小计", "总计", "计", "金额合计"})
_OF_BASIC = re.compile(r"^(?:人员经费|公用经费|日常公用经费)$")


class Kind(Enum):
    TOTAL = auto()
    UNIT = auto()  # names a unit whose rows follow, or what the units in the rows below divide
    ACCOUNT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a column with what its row is."""

    fact: Fact
    kind: Kind
    level: int = 0  # of a unit: digits of its code

    @property
    def code(self) -> str:
        return self.fact.code


def columns_of(facts: Sequence[Fact]) -> dict[tuple[str, ...], list[Fact]]:
    """Money figures by column path, from the top down, blanks included; parallel blocks of one path are one column."""
    found: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.unit in MONEY and fact.state is not State.TEXT:
            found[fact.column].append(fact)
    return {path: column for path, column in found.items() if any(fact.value for fact in column)}


def lines_of(column: Sequence[Fact], table: Table) -> list[Line]:
    """A column with what each of its rows is; what has neither key nor figure is the rest of the row above it."""
    divided = {fact.path[-1] for fact in column if fact.path and fact.entity == fact.label}  # unit by unit
    return [_line(fact, table, divided) for fact in column if fact.value is not None or any(_keys(fact, table))]


def nameless_totals(column: Sequence[Fact], table: Table) -> list[int]:
    """Rows with an amount in the column and no name, of which no figure was made: a total stands there unsaid."""
    col, known = column[0].col, {fact.row for fact in column}
    return [
        r
        for r, row in enumerate(table.rows)
        if r not in known and _PRINTED_AMOUNT.match(squeeze(row[col].text)) and not any(cell.text for cell in row[:col])
    ]


def shifted_rows(facts: Sequence[Fact]) -> frozenset[int]:
    """Rows whose words stand under an amount: their figures were pushed into other columns."""
    money = {fact.col for fact in facts if fact.unit in MONEY and fact.state is State.VALUE}
    return frozenset(
        fact.row for fact in facts if fact.state is State.TEXT and fact.unit in MONEY and fact.col in money
    )


def _line(fact: Fact, table: Table, divided: Collection[str]) -> Line:
    if fact.code:
        return Line(fact, Kind.ACCOUNT)
    if TOTAL.match(fact.label) or (table.rows and not any(_keys(fact, table))):
        return Line(fact, Kind.TOTAL)
    code = "" if fact.path else _unit_code(fact, table)
    if code:
        return Line(fact, Kind.UNIT, len(code))
    names_unit = bool(fact.entity) and fact.entity == fact.label
    if (names_unit and not fact.path) or (fact.label in divided and not names_unit):
        return Line(fact, Kind.UNIT)
    return Line(fact, Kind.OTHER)


def _unit_code(fact: Fact, table: Table) -> str:
    """The code of a unit in the key cells before the figure; "" where there is none."""
    return next((text for text in _keys(fact, table) if _UNIT_CODE.match(text)), "")


def _keys(fact: Fact, table: Table) -> list[str]:
    """The texts before the first figure of a row; what names a row of a parallel block stands behind one."""
    if not 0 <= fact.row < len(table.rows):
        return [fact.label]
    texts = (squeeze(cell.text) for cell in table.rows[fact.row][: fact.col])
    return [text for text in texts if not _PRINTED_AMOUNT.match(text)]


def is_within(fact: Fact, table: Table) -> bool:
    """Whether the row only divides the row above it: 其中：财政拨款."""
    return bool(WITHIN.match(_printed_label(fact, table)))


def is_numbered(fact: Fact, table: Table) -> bool:
    """Whether the row is counted: 一、一般公共服务支出."""
    return bool(_NUMBERED.match(_printed_label(fact, table)))


def _printed_label(fact: Fact, table: Table) -> str:
    cells = table.rows[fact.row][: fact.col] if 0 <= fact.row < len(table.rows) else ()
    texts = (squeeze(cell.text) for cell in reversed(cells))
    return next((text for text in texts if text and not text.isdigit()), "")


def header_path(table: Table, col: int) -> tuple[str, ...]:
    """Header of a column with 人员经费 and 公用经费 below 基本支出, wherever the rules of the header were drawn."""
    path = tuple(squeeze(part) for part in table.columns[col])
    for at, part in enumerate(path):
        if at and _OF_BASIC.match(part) and path[at - 1] == "项目支出":
            return (*path[: at - 1], "基本支出", *path[at:])
    return path


def uppermost_codes(codes: Iterable[str]) -> list[str]:
    """Accounts that have no account above them among the others."""
    given = set(codes)
    return sorted(code for code in given if not any(code[:length] in given for length in (3, 5) if length < len(code)))
