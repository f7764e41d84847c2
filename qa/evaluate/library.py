"""What judging needs to know of the indexed documents: whose they are, of which year, and what they print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.model import CatalogueEntry, Paragraph, Section, Table
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
    def sections(self, document: str, /) -> Sequence[Section]: ...
    def tables(self, document: str, /) -> Sequence[Table]: ...


def read_library(shelf: Shelf) -> Library:
    """Origins and bodies of everything indexed."""
    entries = shelf.catalogue()
    return Library(
        origins={entry.name: Origin(entry.profile.organisation, entry.profile.year) for entry in entries},
        bodies={entry.name: _body(shelf, entry.name) for entry in entries},
    )


def _body(shelf: Shelf, name: str) -> str:
    return document_body(shelf.sections(name), shelf.paragraphs(name), shelf.tables(name))


def document_body(sections: Sequence[Section], paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> str:
    """Everything a document prints as one compact line: prose with its headings, then each table.

    Header and notes of a table count: a quote may be a table's remark.
    """
    printed: list[str] = []
    headed = 0  # sections whose heading is out
    for paragraph in paragraphs:
        printed.extend(section.title for section in sections[headed : paragraph.section])
        headed = max(headed, paragraph.section)
        printed.append(paragraph.text)
    printed.extend(section.title for section in sections[headed:])
    return compact("".join(printed)) + compact("\n".join(map(_table_text, tables)))


def _table_text(table: Table) -> str:
    header = (cell.text for row in table.header for cell in row)
    body = (cell.text for row in table.rows for cell in row)
    return " ".join(
        (table.title, table.code, f"单位：{table.unit}" if table.unit else "", *header, *body, *table.notes)
    )
