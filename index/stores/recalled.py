"""An index whose facts are answered from memory: for whoever asks many questions of one open index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from index.model import Fact, FactQuery, Found, Term
from index.stores.remembered import Remembered
from index.stores.store import Index

_FEW = 16  # documents of one query that are read whole; more are left to the database


class Recalled:
    """The facts of an index as they are now; the documents asked about last are kept whole."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._remembered = Remembered()
        self._version: object = None
        self._numbers: Mapping[str, int] = {}

    def terms(self, documents: Sequence[str] = ()) -> tuple[Term, ...]:
        return self._index.terms(documents)

    def facts(self, query: FactQuery) -> tuple[Found, ...]:
        """As `Index.facts`, in the same order."""
        names, numbers = sorted(set(query.documents)), self._current()
        if not 0 < len(names) <= _FEW or not all(name in numbers for name in names):
            return self._index.facts(query)
        tables = ((name, self._remembered.table(numbers[name], partial(self._read, name))) for name in names)
        found = [Found(name, fact) for name, table in tables for fact in table.find(query)]
        return tuple(found[: query.limit or None])

    def _current(self) -> Mapping[str, int]:
        if (version := self._index.version) != self._version:
            self._version, self._numbers = version, self._index.numbers()
        return self._numbers

    def _read(self, name: str) -> list[Fact]:
        return [found.fact for found in self._index.facts(FactQuery(documents=(name,)))]
