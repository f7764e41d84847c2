"""The facts of the documents that were asked about last, whole and in memory, and the same queries over them.

A service asks for the same few documents again and again: building a thousand facts from rows takes longer than
choosing among them. A document's number stands for one reading of one file, so what is remembered is never outdated.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.model import Fact, FactQuery


@dataclass(frozen=True)
class FactTable:
    """All facts of one document in their order, with the positions of each key, label and code."""

    facts: tuple[Fact, ...]
    by_key: dict[str, list[int]]
    by_label: dict[str, list[int]]
    by_code: dict[str, list[int]]

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> FactTable:
        keys: dict[str, list[int]] = defaultdict(list)
        labels: dict[str, list[int]] = defaultdict(list)
        codes: dict[str, list[int]] = defaultdict(list)
        for position, fact in enumerate(facts):
            keys[fact.key].append(position)
            labels[fact.label].append(position)
            codes[fact.code].append(position)
        return cls(tuple(facts), dict(keys), dict(labels), dict(codes))

    def find(self, query: FactQuery) -> list[Fact]:
        """The facts that the query asks for, in the order of the document; `documents` and `limit` are not looked at."""
        return [self.facts[position] for position in self._candidates(query) if _fits(self.facts[position], query)]

    def _candidates(self, query: FactQuery) -> Iterable[int]:
        for wanted, places in ((query.keys, self.by_key), (query.labels, self.by_label), (query.codes, self.by_code)):
            if wanted:
                return sorted(position for word in set(wanted) for position in places.get(word, ()))
        return range(len(self.facts))


def _fits(fact: Fact, query: FactQuery) -> bool:
    """Whether a fact is on every side of the query; a column is found by any level of its header."""
    return (
        (not query.labels or fact.label in query.labels)
        and (not query.codes or fact.code in query.codes)
        and (not query.tables or fact.table in query.tables)
        and (not query.kinds or fact.kind in query.kinds)
        and (not query.keys or fact.key in query.keys)
        and (not query.sources or fact.source in query.sources)
        and (not query.measures or fact.measure in query.measures)
        and (not query.scopes or fact.scope in query.scopes)
        and (not query.entities or fact.entity in query.entities)
        and (not query.sections or fact.section in query.sections)
        and (not query.states or fact.state in query.states)
        and (not query.columns or any(word in query.columns for word in fact.column))
    )


class Remembered:
    """A bounded number of fact tables, those used last; shared by all views of one store."""

    def __init__(self, capacity: int = 64) -> None:
        self._capacity = capacity
        self._tables: OrderedDict[int, FactTable] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def capacity(self) -> int:
        return self._capacity

    def table(self, number: int, load: Callable[[], Sequence[Fact]]) -> FactTable:
        """The facts of the document with this number; `load` reads them where they are not in memory."""
        with self._lock:
            known = self._tables.get(number)
            if known is not None:
                self._tables.move_to_end(number)
                return known
        loaded = FactTable.of(load())
        with self._lock:
            self._tables[number] = loaded
            while len(self._tables) > self._capacity:
                self._tables.popitem(last=False)
        return loaded
