"""The dataclasses of `index.model` as rows of the schema and back: pure functions, exact in both directions.

Facts come back in the thousands for one question, so `fact_of` reads positions of a plain tuple and shares the
tuples that repeat (paths, columns) between facts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from index.model import (
    BBox,
    CatalogueEntry,
    Cell,
    Chunk,
    Fact,
    Finding,
    IngestReport,
    Line,
    Locator,
    Paragraph,
    Profile,
    Section,
    Severity,
    State,
    Table,
)

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

Row = dict[str, Any]  # what SQLAlchemy binds: column name -> str | int | float | bytes | None

FACT_COLUMNS = (
    "key", "source", "label", "printed", "value", "unit", "state", "page", "x0", "top", "x1", "bottom", "quote",
    "table_number", "kind", "title", "table_code", "code", "path", "column_path", "row", "col", "section", "year",
    "measure", "scope", "direction", "basis", "reason", "entity", "canonical", "places",
)  # fmt: skip


def dumps(value: object) -> str:
    """JSON in ASCII, so that no text a document may hold can be refused by a database."""
    return json.dumps(value, separators=(",", ":"))


@lru_cache(maxsize=65536)
def _strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def _bbox(value: Sequence[float] | None) -> BBox | None:
    if value is None:
        return None
    x0, top, x1, bottom = value
    return x0, top, x1, bottom


def _places(places: Sequence[Locator]) -> str:
    return dumps([[place.page, place.bbox] for place in places])


def _places_of(text: str) -> tuple[Locator, ...]:
    return tuple(Locator(page, _bbox(bbox)) for page, bbox in json.loads(text)) if text != "[]" else ()


def text_hash(text: str) -> str:
    """What an embedding is kept under, together with the name of its model."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def texts_to_embed(found: Sequence[Chunk]) -> dict[str, str]:
    """text hash -> text of the chunks that get a vector."""
    return {text_hash(chunk.text): chunk.text for chunk in found if chunk.embed}


# ------------------------------------------------------------------------------------------------------------ documents


def profile_row(profile: Profile) -> Row:
    return {
        "organisation": profile.organisation,
        "aliases": dumps(profile.aliases),
        "year": profile.year,
        "stage": profile.stage,
        "level": profile.level,
        "region": profile.region,
        "subordinates": dumps(profile.subordinates),
        "title": profile.title,
    }


def entry_of(row: RowMapping) -> CatalogueEntry:
    profile = Profile(
        organisation=row["organisation"],
        aliases=_strings(row["aliases"]),
        year=row["year"],
        stage=row["stage"],
        level=row["level"],
        region=row["region"],
        subordinates=_strings(row["subordinates"]),
        title=row["title"],
    )
    return CatalogueEntry(
        row["name"], row["sha256"], row["format"], profile, row["pages"], row["tables"], row["facts"], row["confidence"]
    )


def report_text(report: IngestReport) -> str:
    """The report as JSON, without its findings: they have a table of their own."""
    return dumps(
        {
            "name": report.name,
            "sha256": report.sha256,
            "status": report.status,
            "pages": report.pages,
            "tables": report.tables,
            "facts": report.facts,
            "chunks": report.chunks,
            "kinds": report.kinds,
            "pages_without_text": report.pages_without_text,
            "seconds": report.seconds,
            "error": report.error,
        }
    )


def report_of(text: str, findings: tuple[Finding, ...]) -> IngestReport:
    value = json.loads(text)
    return IngestReport(
        name=value["name"],
        sha256=value["sha256"],
        status=value["status"],
        pages=value["pages"],
        tables=value["tables"],
        facts=value["facts"],
        chunks=value["chunks"],
        kinds=tuple((kind, count) for kind, count in value["kinds"]),
        pages_without_text=tuple(value["pages_without_text"]),
        findings=findings,
        seconds=tuple((stage, seconds) for stage, seconds in value["seconds"]),
        error=value["error"],
    )


# ------------------------------------------------------------------------------------------------- sections, paragraphs


def section_row(section: Section) -> Row:
    return {
        "number": section.number,
        "level": section.level,
        "title": section.title,
        "path": dumps(section.path),
        "page": section.page,
    }


def section_of(row: RowMapping) -> Section:
    return Section(row["number"], row["level"], row["title"], _strings(row["path"]), row["page"])


def paragraph_row(paragraph: Paragraph) -> Row:
    return {
        "text": paragraph.text,
        "lines": dumps([[line.text, line.page, line.bbox] for line in paragraph.lines]),
        "starts": dumps(paragraph.starts),
        "section": paragraph.section,
    }


def paragraph_of(row: RowMapping) -> Paragraph:
    lines = tuple(Line(text, page, _bbox(bbox)) for text, page, bbox in json.loads(row["lines"]))
    return Paragraph(row["text"], lines, tuple(json.loads(row["starts"])), row["section"])


# --------------------------------------------------------------------------------------------------------------- tables


def _cells(rows: Sequence[Sequence[Cell]]) -> str:
    return dumps([[_cell(cell) for cell in row] for row in rows])


def _cell(cell: Cell) -> list[object]:
    """[text, page, bbox], and the spans and the score only where they are not 1."""
    values = [cell.text, cell.page, cell.bbox, cell.rows, cell.cols, cell.score]
    return values if (cell.rows, cell.cols, cell.score) != (1, 1, 1.0) else values[:3]


def _cells_of(text: str) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(Cell(cell[0], cell[1], _bbox(cell[2]), *cell[3:]) for cell in row) for row in json.loads(text))


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
        notes=_strings(row["notes"]),
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
        "places": _places(fact.places),
    }


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
        path=_strings(path),
        column=_strings(column),
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
        places=_places_of(places),
    )


# ----------------------------------------------------------------------------------------------------- chunks, findings


def chunk_row(chunk: Chunk) -> Row:
    return {
        "key": chunk.key,
        "text": chunk.text,
        "quote": chunk.quote,
        "section": chunk.section,
        "page": chunk.page,
        "places": _places(chunk.places),
        "table_number": chunk.table,
        "embed": chunk.embed,
        "text_hash": text_hash(chunk.text),
    }


def chunk_of(row: RowMapping) -> Chunk:
    return Chunk(
        key=row["key"],
        text=row["text"],
        quote=row["quote"],
        section=row["section"],
        page=row["page"],
        places=_places_of(row["places"]),
        table=row["table_number"],
        embed=bool(row["embed"]),
    )


def finding_row(finding: Finding) -> Row:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "places": _places(finding.places),
        "figures": dumps(finding.figures),
        "origin": finding.origin,
        "facts": dumps(finding.facts),
    }


def finding_of(row: RowMapping) -> Finding:
    return Finding(
        rule=row["rule"],
        severity=Severity(row["severity"]),
        message=row["message"],
        places=_places_of(row["places"]),
        figures=_strings(row["figures"]),
        origin=row["origin"],
        facts=_strings(row["facts"]),
    )
