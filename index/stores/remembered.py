"""The facts of the documents that were asked about last, whole and in memory, and the same queries over them.

A service asks for the same few documents again and again: building a thousand facts from rows takes longer than
choosing among them. A document's number stands for one reading of one file, so what is remembered is never outdated.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from index.model import Fact, FactQuery, Found

# The sides of a query and what they look at in a fact; those that narrow most are indexed, the narrowest first.
_SIDES: Mapping[str, str] = {
    "keys": "key",
    "labels": "label",
    "codes": "code",
    "entities": "entity",
    "sections": "section",
    "tables": "table",
    "kinds": "kind",
    "sources": "source",
    "measures": "measure",
    "scopes": "scope",
    "states": "state",
}
_INDEXED = ("keys", "labels", "codes", "entities", "sections")


@dataclass(frozen=True)
class FactTable:
    """All facts of one document in their order; `places` holds the positions of each word of the indexed sides."""

    facts: tuple[Found, ...]
    places: Mapping[str, Mapping[object, Sequence[int]]]

    @classmethod
    def of(cls, facts: Sequence[Found]) -> FactTable:
        return cls(tuple(facts), {side: _positions(facts, _SIDES[side]) for side in _INDEXED})

    def find(self, query: FactQuery) -> list[Found]:
        """The facts that the query asks for, in the order of the document; `documents` and `limit` are not looked at."""
        wanted = {side: frozenset(words) for side in _SIDES if (words := getattr(query, side))}
        found: Sequence[Found] = self.facts
        if side := next((side for side in _INDEXED if side in wanted), ""):
            places = self.places[side]
            found = [self.facts[n] for n in sorted(n for word in wanted.pop(side) for n in places.get(word, ()))]
        for side, words in wanted.items():
            field = _SIDES[side]
            found = [f for f in found if getattr(f.fact, field) in words]
        if query.columns:  # a column is found by any level of its header
            levels = frozenset(query.columns)
            found = [f for f in found if not levels.isdisjoint(f.fact.column)]
        return list(found)


def _positions(facts: Sequence[Found], field: str) -> dict[object, list[int]]:
    positions: dict[object, list[int]] = defaultdict(list)
    for position, found in enumerate(facts):
        positions[getattr(found.fact, field)].append(position)
    return dict(positions)


class Remembered:
    """The fact tables of a bounded number of documents, those used last; shared by all views of one store."""

    def __init__(self, capacity: int = 64) -> None:
        self._capacity = capacity
        self._tables: OrderedDict[int, dict[str, FactTable]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def capacity(self) -> int:
        return self._capacity

    def table(self, number: int, name: str, load: Callable[[], Sequence[Fact]]) -> FactTable:
        """The facts of the document with this number, under the name its reader knows; `load` where none are in memory."""
        with self._lock:
            known = self._tables.setdefault(number, {})
            self._tables.move_to_end(number)
            if name in known:
                return known[name]
            other = next(iter(known.values()), None)
        facts = (found.fact for found in other.facts) if other else load()
        table = FactTable.of([Found(name, fact) for fact in facts])
        with self._lock:
            self._tables.setdefault(number, {})[name] = table
            while len(self._tables) > self._capacity:
                self._tables.popitem(last=False)
        return table
