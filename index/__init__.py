"""Disclosures as searchable evidence: read, understood, stored.

    from index import Index, ingest_paths, read_document, extract_tables

The names below are what others may build on; they are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.ingest import ingest_paths as ingest_paths
    from index.model import Document as Document
    from index.model import Fact as Fact
    from index.model import FactQuery as FactQuery
    from index.model import Reading as Reading
    from index.model import Table as Table
    from index.read import read_document as read_document
    from index.stores import Index as Index
    from index.tables import extract_tables as extract_tables

_HOMES = {
    "ingest_paths": "index.ingest",
    "Document": "index.model",
    "Fact": "index.model",
    "FactQuery": "index.model",
    "Reading": "index.model",
    "Table": "index.model",
    "read_document": "index.read",
    "Index": "index.stores",
    "extract_tables": "index.tables",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
