"""Tables as an Excel workbook: one sheet a table, figures as figures, text as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.amounts import parse_amount
from index.model import Table
from qa.errors import OutputUnwritable

if TYPE_CHECKING:
    from openpyxl import Workbook

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$|^0\d")


def save_tables(tables: Sequence[Table], path: Path) -> None:
    """Write all tables. Raises OutputUnwritable."""
    try:
        table_workbook(tables).save(path)
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error


def table_workbook(tables: Sequence[Table]) -> Workbook:
    """All tables, one sheet each."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(_sheet_name(table))
        sheet.append([safe_text(f"{table.code} {table.title}".strip()), safe_text(table.unit)])
        depth = max((len(column) for column in table.columns), default=0)
        for level in range(depth):
            sheet.append([safe_text(column[level]) if level < len(column) else "" for column in table.columns])
        for row in table.texts:
            sheet.append([cell_value(text) for text in row])
    if not tables:
        book.create_sheet("无表格")
    return book


def cell_value(text: str) -> float | int | str:
    """A figure as a number, everything else as text; a code keeps its digits, a formula never runs."""
    amount = parse_amount(text)
    if amount is None or amount.unit or amount.bound or _CODE.match(text):
        return safe_text(text)
    return (
        int(amount.value)
        if amount.value == amount.value.to_integral_value() and "." not in text
        else float(amount.value)
    )


def safe_text(text: str) -> str:
    """Text that a spreadsheet does not take for a formula; a negative figure stays one."""
    risky = text.startswith(("=", "+", "@", "\t", "\r")) or (
        len(text) > 1 and text[0] == "-" and not parse_amount(text)
    )
    return "'" + text if risky else text


def _sheet_name(table: Table) -> str:
    return _FORBIDDEN.sub("", f"{table.number}{table.code or table.title}")[:31] or str(table.number)
