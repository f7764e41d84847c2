"""The wordings of one document, found by the pairs of characters they share with a topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.model import Term
from qa.link import Topic


@dataclass(frozen=True, slots=True)
class Wording:
    """What a document prints in one field (`Term.field`), and that with what else the same thing is called."""

    field: str
    text: str
    spellings: tuple[str, ...]


class Wordings:
    """The terms of a document with an index over their pairs of neighbouring characters, synonyms included."""

    def __init__(self, terms: Sequence[Term], spellings: Callable[[str], tuple[str, ...]]) -> None:
        self._all = tuple(Wording(term.field, term.text, spellings(term.text)) for term in terms)
        found: dict[str, set[int]] = {}
        for number, wording in enumerate(self._all):
            for spelling in wording.spellings:
                for i in range(len(spelling) - 1):
                    found.setdefault(spelling[i : i + 2], set()).add(number)
        self._pairs = found
        self._single = frozenset(n for n, wording in enumerate(self._all) if len(wording.text) < 2)

    def touching(self, topic: Topic) -> tuple[Wording, ...]:
        """The wordings that share at least two neighbouring characters with the topic, in the document's order."""
        numbers = set(self._single).union(*(self._pairs[pair] for pair in topic.pairs if pair in self._pairs))
        return tuple(self._all[n] for n in sorted(numbers))
