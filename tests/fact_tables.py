"""Tables written down by hand and the facts that are read from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.model import Fact, Finding, Table
from index.tables.classify import classify
from index.tables.facts import table_facts
from tests.builders import profile, table

Rows = Sequence[Sequence[str]]


def made(title: str, columns: Sequence[str], rows: Rows, *, stage: str = "预算", unit: str = "万元") -> Table:
    """A table whose columns are written as paths: 支出>合计."""
    wide = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    plain = table(wide, [column.split(">") for column in columns], title=title, unit=unit, code="", kind="")
    return replace(plain, kind=classify(plain, stage))


def read(
    title: str, columns: Sequence[str], rows: Rows, *, stage: str = "预算", unit: str = "万元"
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    about = profile("青山省交通运输厅", year=2024, stage=stage)
    return table_facts(made(title, columns, rows, stage=stage, unit=unit), about)


def at(facts: Sequence[Fact], row: int, col: int) -> Fact:
    return next(fact for fact in facts if (fact.row, fact.col) == (row, col))
