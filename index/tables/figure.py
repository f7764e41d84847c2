"""A cell with its place among rows and columns -> Fact: the one place where table facts are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.amounts import MONEY, in_yuan, is_dash, parse_amount
from index.model import Cell, Fact, Locator, State, Table
from index.tables.sense import Sense
from index.wording import close, squeeze, subject

_CALENDAR = re.compile(r"^(?:年|月|日|号|点|时)")
_ROUGHLY = re.compile(r"(?:\(含\)|及)?以[上下内]$|左右$")  # 90%以上
_YEAR_AND_WORDS = re.compile(r"^20\d\d[\u4e00-\u9fff]{3,}")  # 2022如期完成


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a cell: `unit` is the one printed in it, "" where it prints none."""

    value: Decimal | None
    state: State
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Who a row is about; `words` are its key cells as printed, for the quote."""

    label: str
    words: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    code: str = ""
    entity: str = ""
    reason: str = ""


def read_figure(text: str) -> Reading:
    """Tell a figure, 0.00, a blank, a dash and words apart."""
    plain = squeeze(text)
    if not plain:
        return Reading(None, State.BLANK)
    if is_dash(plain):
        return Reading(None, State.DASH)
    amount = parse_amount(plain)
    if amount is None or _CALENDAR.match(amount.unit) or _YEAR_AND_WORDS.match(plain):
        return Reading(None, State.TEXT)
    unit = _ROUGHLY.sub("", amount.unit)
    return Reading(amount.value, State.ZERO if not amount.value else State.VALUE, unit)


def make_fact(table: Table, row: Row, sense: Sense, cell: Cell, at: tuple[int, int], column: tuple[str, ...]) -> Fact:
    """The fact of one body cell; `at` is its row and column, `column` the header path that holds for it."""
    reading = read_figure(cell.text)
    unit = _unit(reading.unit, sense)
    printed = close(cell.text)
    leaf = close(column[-1]) if column else ""
    return Fact(
        key=f"t{table.number}r{at[0]}c{at[1]}",
        source="table",
        label=row.label,
        printed=printed,
        value=reading.value,
        unit=unit,
        state=reading.state,
        place=Locator(cell.page, cell.bbox),
        quote="|".join(part for part in (*row.words, leaf, printed) if part),
        table=table.number,
        kind=table.kind,
        title=table.title,
        table_code=table.code,
        code=row.code,
        path=row.path,
        column=tuple(subject(part) for part in column),
        row=at[0],
        col=at[1],
        year=sense.year,
        measure=sense.measure,
        scope=sense.scope,
        reason=row.reason,
        entity=row.entity,
        canonical=in_yuan(reading.value, unit),
        places=(Locator(cell.page, cell.bbox),),
    )


def _unit(printed: str, sense: Sense) -> str:
    """The unit printed in the cell wins, but 万 behind a figure in a table of 万元 changes nothing."""
    if not printed:
        return sense.unit
    return sense.unit if printed in MONEY and sense.unit == printed else printed
