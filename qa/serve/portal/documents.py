"""Documents and tables as JSON, the same for programs and for agents."""

from __future__ import annotations

from index.model import CatalogueEntry, Table
from qa.serve.wire import Json


def entry_json(entry: CatalogueEntry) -> Json:
    p = entry.profile
    return {
        "name": entry.name,
        "sha256": entry.sha256,
        "format": entry.format,
        "title": p.title,
        "organisation": p.organisation,
        "aliases": list(p.aliases),
        "year": p.year,
        "stage": p.stage,
        "level": p.level,
        "region": p.region,
        "subordinates": list(p.subordinates),
        "pages": entry.pages,
        "tables": entry.tables,
        "facts": entry.facts,
        "confidence": entry.confidence,
    }


def table_json(table: Table) -> Json:
    return {
        "number": table.number,
        "title": table.title,
        "code": table.code,
        "unit": table.unit,
        "pages": list(table.pages),
        "columns": [list(path) for path in table.columns],
        "rows": [list(row) for row in table.texts],
    }
