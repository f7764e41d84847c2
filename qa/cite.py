"""Evidence -> citations: document, page, box, quote. One ledger an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from index.model import BBox, CatalogueEntry, Found, Locator, Section, Table
from qa.model import Citation, Passage

Evidence = Found | Passage

_FILE_NUMBER = re.compile(
    r"[\dA-Za-z\-]{15,}"
)  # of a project, over several lines of a narrow column: no help to a reader


class Ledger:
    """Gives each piece of evidence its number in order of first use and keeps it for the verifier."""

    def __init__(
        self,
        entry: Callable[[str], CatalogueEntry],
        sections: Callable[[str], Sequence[Section]],
        tables: Callable[[str], Sequence[Table]],
    ) -> None:
        self._entry = entry
        self._sections = sections
        self._tables = tables
        self._numbers: dict[tuple[str, str], int] = {}
        self._evidence: list[Evidence] = []

    def fact(self, found: Found) -> int:
        return self._number((found.document, found.fact.key), found)

    def passage(self, passage: Passage) -> int:
        return self._number((passage.document, passage.quote), passage)

    def add(self, evidence: Evidence) -> int:
        return self.passage(evidence) if isinstance(evidence, Passage) else self.fact(evidence)

    def _number(self, key: tuple[str, str], evidence: Evidence) -> int:
        if key not in self._numbers:
            self._evidence.append(evidence)
            self._numbers[key] = len(self._evidence)
        return self._numbers[key]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self._evidence)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._cite(number, evidence) for number, evidence in enumerate(self._evidence, 1))

    def _cite(self, number: int, evidence: Evidence) -> Citation:
        title = self._entry(evidence.document).profile.title
        if isinstance(evidence, Passage):
            first = evidence.places[0] if evidence.places else Locator(0)
            return Citation(
                number, evidence.document, title, "text", first.page, first.bbox, _boxes(evidence.places),
                section=self._section(evidence.document, evidence.section), quote=evidence.quote,
            )  # fmt: skip
        fact = evidence.fact
        places = fact.places or (fact.place,)
        return Citation(
            number, evidence.document, title, "cell" if fact.source == "table" else "text", fact.place.page, fact.place.bbox, _boxes(places),
            section=self._section(evidence.document, fact.section) if fact.section else "",
            table=f"{fact.table_code} {fact.title}".strip(), row=fact.label, column=" > ".join(fact.column), value=fact.printed,
            quote=self._printed_row(evidence) if fact.source == "table" else fact.quote,
        )  # fmt: skip

    def _printed_row(self, found: Found) -> str:
        """row | column | value: the whole row as printed, so that a reader sees what stands beside the figure."""
        fact = found.fact
        table = next((t for t in self._tables(found.document) if t.number == fact.table), None)
        if table is None or not 0 <= fact.row < len(table.rows):
            return fact.quote
        row = [text for text in table.texts[fact.row] if text.strip() and not _FILE_NUMBER.fullmatch(text)]
        return "|".join((*row, *fact.column[-1:], fact.printed) if fact.printed else (*row, *fact.column[-1:]))

    def _section(self, document: str, number: int) -> str:
        return next((s.title for s in self._sections(document) if s.number == number), "")


def _boxes(places: Sequence[Locator]) -> tuple[tuple[int, BBox], ...]:
    return tuple((place.page, place.bbox) for place in places if place.bbox is not None)


class Sources(Protocol):
    """What a ledger asks of the index."""

    def entry(self, name: str) -> CatalogueEntry: ...
    def sections(self, name: str) -> Sequence[Section]: ...
    def tables(self, name: str) -> Sequence[Table]: ...


def new_ledger(sources: Sources) -> Ledger:
    return Ledger(sources.entry, sources.sections, sources.tables)
