"""Search for passages: by words, by pairs of characters, by both, by meaning; best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from index.model import Hit
from index.stores import keywords
from index.stores.tables import TableStore
from index.stores.vector_index import VectorIndex
from index.stores.vectors import Place

Ranked = list[tuple[Place, float]]
_WIDER = 4  # how many more are ranked where tables are left out: every second passage may be one


class PassageSearch:
    """The searches over one store; `prose` leaves out descriptions of tables and the words in their cells."""

    def __init__(self, tables: TableStore, vectors: VectorIndex) -> None:
        self._tables = tables
        self._vectors = vectors

    def by_words(self, text: str, documents: Sequence[str], k: int, prose: bool) -> tuple[Hit, ...]:
        return self._hits(lambda n: self._ranked(text, keywords.WORDS, documents, n), k, prose)

    def by_bigrams(self, text: str, documents: Sequence[str], k: int, prose: bool) -> tuple[Hit, ...]:
        return self._hits(lambda n: self._ranked(text, keywords.BIGRAMS, documents, n), k, prose)

    def by_both(self, text: str, documents: Sequence[str], k: int, prose: bool) -> tuple[Hit, ...]:
        def ranked(n: int) -> Ranked:
            score: defaultdict[Place, float] = defaultdict(float)
            for kind in (keywords.WORDS, keywords.BIGRAMS):
                for place, points in self._ranked(text, kind, documents, 4 * n):
                    score[place] += points
            return sorted(score.items(), key=lambda item: (-item[1], item[0]))[:n]

        return self._hits(ranked, k, prose)

    def by_vector(self, vector: Sequence[float], documents: Sequence[str], k: int, prose: bool) -> tuple[Hit, ...]:
        return self._hits(lambda n: self._vectors.search(vector, documents, n), k, prose)

    def _ranked(self, text: str, kind: str, documents: Sequence[str], k: int) -> Ranked:
        weights = Counter(keywords.terms_of(text, kind))
        if not weights:
            return []
        found = self._tables.postings(tuple(weights), documents)
        return keywords.rank(found, weights, self._tables.collection(kind, documents), k)

    def _hits(self, ranked: Callable[[int], Ranked], k: int, prose: bool) -> tuple[Hit, ...]:
        places = ranked(_WIDER * k if prose else k)
        known = self._tables.chunks_at([place for place, _ in places]) if places else {}
        hits = (Hit(*known[place], score) for place, score in places if place in known)
        return tuple(hit for hit in hits if not (prose and hit.chunk.table))[:k]
