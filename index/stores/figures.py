"""Tables and facts as rows of the schema and back.

Facts come back in the thousands for one question, so `fact_of` reads the positions of a plain tuple, and the tuples
that repeat (paths, columns) are shared between facts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from index.model import Cell, Fact, Locator, Printed, State, Table
from index.stores.rows import Row, box_of, dumps, places_of, places_text, strings_of

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

FACT_COLUMNS = (
    "key", "source", "label", "printed", "value", "unit", "state", "page", "x0", "top", "x1", "bottom", "quote",
    "table_number", "kind", "title", "table_code", "code", "path", "column_path", "row", "col", "section", "year",
    "measure", "scope", "direction", "basis", "reason", "entity", "canonical", "places",
)  # fmt: skip


def _cells(rows: Sequence[Sequence[Cell]]) -> str:
    return dumps([[_cell(cell) for cell in row] for row in rows])


def _cell(cell: Cell) -> list[object]:
    """[text, page, bbox], and the spans and the score only where they are not 1."""
    values = [cell.text, cell.page, cell.bbox, cell.rows, cell.cols, cell.score]
    return values if (cell.rows, cell.cols, cell.score) != (1, 1, 1.0) else values[:3]


def _cells_of(text: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(cell[0], cell[1], box_of(cell[2]), *cell[3:]) for cell in row) for row in json.loads(text))


def table_row(table: Table) -> Row:
    return {
        "number": table.number,
        "title": table.title,
        "code": table.code,
        "unit": table.unit,
        "kind": table.kind,
        "pages": dumps(table.pages),
        "columns": dumps(table.columns),
        "rows": _cells(table.rows),
        "header": _cells(table.header),
        "notes": dumps(table.notes),
        "organisation": table.organisation,
        "period": table.period,
        "form": table.form,
        "empty": table.empty,
        "confidence": table.confidence,
        "method": table.method,
    }


def table_of(row: RowMapping) -> Table:
    return Table(
        number=row["number"],
        title=row["title"],
        code=row["code"],
        unit=row["unit"],
        pages=tuple(json.loads(row["pages"])),
        columns=tuple(tuple(path) for path in json.loads(row["columns"])),
        rows=_cells_of(row["rows"]),
        header=_cells_of(row["header"]),
        notes=strings_of(row["notes"]),
        organisation=row["organisation"],
        period=row["period"],
        form=bool(row["form"]),
        kind=row["kind"],
        empty=bool(row["empty"]),
        confidence=row["confidence"],
        method=row["method"],
    )


# ---------------------------------------------------------------------------------------------------------------- facts


def fact_row(fact: Fact) -> Row:
    x0, top, x1, bottom = fact.place.bbox or (None, None, None, None)
    return {
        "key": fact.key,
        "source": fact.source,
        "label": fact.label,
        "printed": fact.printed,
        "value": None if fact.value is None else str(fact.value),
        "unit": fact.unit,
        "state": fact.state.value,
        "page": fact.place.page,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "quote": fact.quote,
        "table_number": fact.table,
        "kind": fact.kind,
        "title": fact.title,
        "table_code": fact.table_code,
        "code": fact.code,
        "path": dumps(fact.path),
        "column_path": dumps(fact.column),
        "row": fact.row,
        "col": fact.col,
        "section": fact.section,
        "year": fact.year,
        "measure": fact.measure,
        "scope": fact.scope,
        "direction": fact.direction,
        "basis": fact.basis,
        "reason": fact.reason,
        "entity": fact.entity,
        "canonical": None if fact.canonical is None else str(fact.canonical),
        "places": places_text(fact.places),
    }


def printed_of(value: str | None, unit: str, printed: str) -> Printed:
    return Printed(None if value is None else Decimal(value), unit, printed)


_STATES = {state.value: state for state in State}


def fact_of(row: Sequence[Any]) -> Fact:
    """A fact from its columns in the order of FACT_COLUMNS."""
    (
        key, source, label, printed, value, unit, state, page, x0, top, x1, bottom, quote, table, kind,
        title, table_code, code, path, column, row_number, col, section, year, measure, scope,
        direction, basis, reason, entity, canonical, places,
    ) = row  # fmt: skip
    return Fact(
        key=key,
        source=source,
        label=label,
        printed=printed,
        value=None if value is None else Decimal(value),
        unit=unit,
        state=_STATES[state],
        place=Locator(page, None if x0 is None else (x0, top, x1, bottom)),
        quote=quote,
        table=table,
        kind=kind,
        title=title,
        table_code=table_code,
        code=code,
        path=strings_of(path),
        column=strings_of(column),
        row=row_number,
        col=col,
        section=section,
        year=year,
        measure=measure,
        scope=scope,
        direction=direction,
        basis=basis,
        reason=reason,
        entity=entity,
        canonical=None if canonical is None else Decimal(canonical),
        places=places_of(places),
    )
