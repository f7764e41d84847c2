"""A reader's part of a store: only the documents of their collections, under the names they know, at one version.

Everything that answers questions reads through here what it would read from an `Index`, so what a reader may not see
cannot be found, cited, suggested or counted. A view is made for one version of the contents and never changes; whoever
holds one looks at `Index.version` and makes the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self, TypeVar

from index.errors import NotIndexed
from index.model import (
    CatalogueEntry,
    Chunk,
    Fact,
    FactQuery,
    Finding,
    Found,
    Hit,
    IngestReport,
    Paragraph,
    Printed,
    Section,
    Table,
    Term,
)
from index.stores.remembered import FactTable, Remembered
from index.stores.shelves import EVERYTHING
from index.stores.store import Index

_FEW = 16  # documents of one query that are read whole; more are left to the database
T = TypeVar("T")


class View:
    """The documents `shown` (name in the store -> name for the reader) of an index."""

    def __init__(self, index: Index, shown: Mapping[str, str], remembered: Remembered) -> None:
        self._index = index
        self._remembered = remembered
        self.version = index.version
        self.model = index.model
        numbers = index.numbers()
        entries = [entry for entry in index.catalogue() if entry.name in shown and entry.name in numbers]
        self._shown = {entry.name: shown[entry.name] for entry in entries}
        self._stored = {seen: name for name, seen in self._shown.items()}
        self._numbers = {name: numbers[name] for name in self._shown}
        self._catalogue = tuple(
            sorted((replace(e, name=self._shown[e.name]) for e in entries), key=lambda entry: entry.name)
        )

    @classmethod
    def of_everything(cls, index: Index, remembered: Remembered) -> Self:
        """All documents under the names of the store."""
        return cls(index, index.shelves.names((EVERYTHING,)), remembered)

    # -- what is there -------------------------------------------------------------------------------------------------

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """The documents of the view by the names their readers know."""
        return self._catalogue

    def stored(self, document: str) -> str:
        """The name in the store. Raises NotIndexed for a document that is not of this view, whether it exists or not."""
        try:
            return self._stored[document]
        except KeyError:
            raise NotIndexed(document) from None

    def report(self, document: str) -> IngestReport:
        """What the document gave when it was taken in."""
        return replace(self._index.report(self.stored(document)), name=document)

    def source(self, document: str) -> Path:
        """The stored copy of the original file; OriginalMissing where none was kept."""
        return self._index.source(self.stored(document))

    # -- exact evidence ------------------------------------------------------------------------------------------------

    def facts(self, query: FactQuery) -> tuple[Found, ...]:
        """Facts by document name, table, row and column; those of the prose last, in their order."""
        names = sorted(self._own(query.documents), key=lambda name: self._shown[name])
        if len(names) > _FEW:
            narrowed = replace(query, documents=tuple(names), limit=0)
            found = [Found(self._shown[f.document], f.fact) for f in self._index.facts(narrowed)]
            found.sort(key=lambda f: f.document)  # stable: the order inside a document stays
        else:
            found = [fact for name in names for fact in self._table(name).find(query)]
        return tuple(found[: query.limit or None])

    def read_again(self, cited: Sequence[Found]) -> tuple[Printed | None, ...]:
        """What the database holds in their places now, whatever is remembered; None where it holds nothing."""
        places = [(self._stored.get(found.document, ""), found.fact.key) for found in cited]
        names, keys = {name for name, _ in places}, {key for _, key in places}
        now = self._index.printed(sorted(names), sorted(keys))
        return tuple(now.get(place) for place in places)

    def _table(self, name: str) -> FactTable:
        def load() -> list[Fact]:
            return [found.fact for found in self._index.facts(FactQuery(documents=(name,)))]

        return self._remembered.table(self._numbers[name], self._shown[name], load)

    def terms(self, documents: Sequence[str] = ()) -> tuple[Term, ...]:
        """The distinct wordings of these documents (all of the view where empty)."""
        names = self._own(documents)
        return tuple(replace(term, document=self._shown[term.document]) for term in self._of(self._index.terms, names))

    def tables(self, document: str) -> tuple[Table, ...]:
        return self._index.tables(self.stored(document))

    def sections(self, document: str) -> tuple[Section, ...]:
        return self._index.sections(self.stored(document))

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        return self._index.paragraphs(self.stored(document))

    def findings(self, document: str) -> tuple[Finding, ...]:
        return self._index.findings(self.stored(document))

    def chunks(self, document: str) -> tuple[Chunk, ...]:
        return self._index.chunks(self.stored(document))

    # -- passages ------------------------------------------------------------------------------------------------------

    def search_words(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by BM25 over words; what is rare is counted in the documents of the view alone."""
        return self._hits(lambda names: self._index.search_words(text, names, k, prose=prose), documents)

    def search_bigrams(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by BM25 over pairs of characters."""
        return self._hits(lambda names: self._index.search_bigrams(text, names, k, prose=prose), documents)

    def search_keywords(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by the sum of both BM25 scores."""
        return self._hits(lambda names: self._index.search_keywords(text, names, k, prose=prose), documents)

    def search_vectors(
        self, vector: Sequence[float], documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by cosine similarity to a vector of `self.model`."""
        return self._hits(lambda names: self._index.search_vectors(vector, names, k, prose=prose), documents)

    def _hits(self, search: Callable[[Sequence[str]], tuple[Hit, ...]], documents: Sequence[str]) -> tuple[Hit, ...]:
        hits = self._of(search, self._own(documents))
        return tuple(replace(hit, document=self._shown[hit.document]) for hit in hits if hit.document in self._shown)

    def _own(self, documents: Sequence[str]) -> tuple[str, ...]:
        """These documents by their names in the store, but for those that are not of this view; all where empty."""
        if not documents:
            return tuple(self._shown)
        return tuple(self._stored[name] for name in documents if name in self._stored)

    @staticmethod
    def _of(ask: Callable[[Sequence[str]], tuple[T, ...]], names: Sequence[str]) -> tuple[T, ...]:
        """To the index no names mean all documents; here they mean none."""
        return ask(names) if names else ()
