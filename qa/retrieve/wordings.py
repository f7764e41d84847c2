"""The wordings of one document, found by the pairs of characters they share with a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.model import Term
from qa.link import Topic, spellings


class Wordings:
    """The terms of a document with an index over their pairs of neighbouring characters, synonyms included."""

    def __init__(self, terms: Sequence[Term], synonyms: Mapping[str, Sequence[str]]) -> None:
        self.terms = tuple(terms)
        found: dict[str, set[int]] = {}
        for number, term in enumerate(self.terms):
            for spelling in spellings(term.text, synonyms):
                for i in range(len(spelling) - 1):
                    found.setdefault(spelling[i : i + 2], set()).add(number)
        self._pairs = found
        self._single = frozenset(n for n, t in enumerate(self.terms) if len(t.text) < 2)

    def touching(self, topic: Topic) -> tuple[Term, ...]:
        """The terms that share at least two neighbouring characters with the topic, in the document's order."""
        numbers = set(self._single).union(*(self._pairs[pair] for pair in topic.pairs if pair in self._pairs))
        return tuple(self.terms[n] for n in sorted(numbers))
