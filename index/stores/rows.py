"""The dataclasses of `index.model` as rows of the schema and back: pure functions, exact in both directions.

Tables and facts are in `figures`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from index.model import (
    BBox,
    CatalogueEntry,
    Chunk,
    Finding,
    IngestReport,
    Line,
    Locator,
    Paragraph,
    Profile,
    Section,
    Severity,
)
from index.stores.schema import storable

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

Row = dict[str, Any]  # what SQLAlchemy binds: column name -> str | int | float | bytes | None


def dumps(value: object) -> str:
    """JSON in ASCII, so that no text a document may hold can be refused by a database."""
    return json.dumps(value, separators=(",", ":"))


@lru_cache(maxsize=65536)
def strings_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text != "[]" else ()


def box_of(value: Sequence[float] | None) -> BBox | None:
    if value is None:
        return None
    x0, top, x1, bottom = value
    return x0, top, x1, bottom


def places_text(places: Sequence[Locator]) -> str:
    return dumps([[place.page, place.bbox] for place in places])


def places_of(text: str) -> tuple[Locator, ...]:
    return tuple(Locator(page, box_of(bbox)) for page, bbox in json.loads(text)) if text != "[]" else ()


def text_hash(text: str) -> str:
    """What an embedding is kept under, together with the name of its model."""
    return sha256(storable(text).encode()).hexdigest()


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
        aliases=strings_of(row["aliases"]),
        year=row["year"],
        stage=row["stage"],
        level=row["level"],
        region=row["region"],
        subordinates=strings_of(row["subordinates"]),
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
    return Section(row["number"], row["level"], row["title"], strings_of(row["path"]), row["page"])


def paragraph_row(paragraph: Paragraph) -> Row:
    return {
        "text": paragraph.text,
        "lines": dumps([[line.text, line.page, line.bbox] for line in paragraph.lines]),
        "starts": dumps(paragraph.starts),
        "section": paragraph.section,
    }


def paragraph_of(row: RowMapping) -> Paragraph:
    lines = tuple(Line(text, page, box_of(bbox)) for text, page, bbox in json.loads(row["lines"]))
    return Paragraph(row["text"], lines, tuple(json.loads(row["starts"])), row["section"])


# ----------------------------------------------------------------------------------------------------- chunks, findings


def chunk_row(chunk: Chunk) -> Row:
    return {
        "key": chunk.key,
        "text": chunk.text,
        "quote": chunk.quote,
        "section": chunk.section,
        "page": chunk.page,
        "places": places_text(chunk.places),
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
        places=places_of(row["places"]),
        table=row["table_number"],
        embed=bool(row["embed"]),
    )


def finding_row(finding: Finding) -> Row:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "places": places_text(finding.places),
        "figures": dumps(finding.figures),
        "origin": finding.origin,
        "facts": dumps(finding.facts),
    }


def finding_of(row: RowMapping) -> Finding:
    return Finding(
        rule=row["rule"],
        severity=Severity(row["severity"]),
        message=row["message"],
        places=places_of(row["places"]),
        figures=strings_of(row["figures"]),
        origin=row["origin"],
        facts=strings_of(row["facts"]),
    )
