"""What judging needs to know of the indexed documents: whose they are, of which year, and what they print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.model import CatalogueEntry, Paragraph, Table
from qa.evaluate.matching import compact, names_document


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose document it is and for which year."""

    organisation: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Library:
    """What judging needs to know of the indexed documents, by file name: origins and compact bodies."""

    origins: Mapping[str, Origin]
    bodies: Mapping[str, str]

    def origin(self, document: str) -> Origin | None:
        found = (origin for name, origin in self.origins.items() if names_document(name, document))
        return self.origins.get(document) or next(found, None)


NO_LIBRARY = Library({}, {})


class Shelf(Protocol):
    """The part of the index that a library is read from."""

    def catalogue(self) -> Sequence[CatalogueEntry]: ...
    def paragraphs(self, document: str, /) -> Sequence[Paragraph]: ...
    def tables(self, document: str, /) -> Sequence[Table]: ...


def read_library(shelf: Shelf) -> Library:
    """Origins and bodies of everything indexed."""
    entries = shelf.catalogue()
    return Library(
        origins={entry.name: Origin(entry.profile.organisation, entry.profile.year) for entry in entries},
        bodies={entry.name: document_body(shelf.paragraphs(entry.name), shelf.tables(entry.name)) for entry in entries},
    )


def document_body(paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> str:
    """Everything a document prints, in reading order within prose and within each table, as one compact line.

    Both headers and notes of a table count: a quote may be a table's remark.
    """
    prose = "".join(paragraph.text for paragraph in paragraphs)
    return compact(prose) + compact("\n".join(_table_text(table) for table in tables))


def _table_text(table: Table) -> str:
    header = (cell.text for row in table.header for cell in row)
    body = (cell.text for row in table.rows for cell in row)
    return " ".join((table.title, table.code, *header, *body, *table.notes))
