"""Tables: grids joined over pages, headers read, kinds named, facts taken, identities checked."""

from __future__ import annotations

from index.model import Document, Table
from index.tables.stitch import stitch

__all__ = ["extract_tables"]


def extract_tables(document: Document) -> tuple[Table, ...]:
    """Every table of a document, continued pages joined, in reading order."""
    return stitch(document)
