"""Open evidence: passages by words, by pairs of characters and, where a model is at hand, by meaning; fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from index.model import Hit
from qa.model import Passage
from qa.retrieve.fuse import reciprocal_rank_fusion

DENSE = 0.3
"""What the ranking by meaning counts beside each of the two by words.

On 94 questions with evidence in prose, all of it within the first 4 / 10 passages: words alone .87/.91, weight 0.3
.86/.93, weight 1 .82/.90. Disclosures repeat their sentences with other subjects, and meaning does not tell these apart.
"""


class PassageStore(Protocol):
    """What is asked of the index here."""

    def search_words(self, text: str, documents: Sequence[str] = (), k: int = 20) -> tuple[Hit, ...]: ...
    def search_bigrams(self, text: str, documents: Sequence[str] = (), k: int = 20) -> tuple[Hit, ...]: ...
    def search_vectors(
        self, vector: Sequence[float], documents: Sequence[str] = (), k: int = 20
    ) -> tuple[Hit, ...]: ...


def find_passages(
    text: str,
    documents: Sequence[str],
    store: PassageStore,
    embed_query: Callable[[str], Sequence[float] | None] | None,
    k: int,
    *,
    depth: int = 30,
) -> tuple[Passage, ...]:
    """The k passages of these documents that best fit `text`."""
    lists = [store.search_words(text, documents, depth), store.search_bigrams(text, documents, depth)]
    vector = embed_query(text) if embed_query else None
    if vector is not None:
        lists.append(store.search_vectors(vector, documents, depth))
    by_key = {(hit.document, hit.chunk.key): hit for hits in lists for hit in hits}
    keys = [[(hit.document, hit.chunk.key) for hit in hits] for hits in lists]
    fused = reciprocal_rank_fusion(keys, weights=(1.0, 1.0, DENSE)[: len(keys)])
    passages = []
    for key, score in fused[:k]:
        hit = by_key[key]
        passages.append(Passage(hit.document, hit.chunk.quote, hit.chunk.section, hit.chunk.places, score))
    return tuple(passages)
