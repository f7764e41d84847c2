"""Open evidence: passages by words, by pairs of characters and, where a model is at hand, by meaning; fused by rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from index.model import Hit
from qa.model import Passage
from qa.retrieve.fuse import reciprocal_rank_fusion


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
    fused = reciprocal_rank_fusion([[(hit.document, hit.chunk.key) for hit in hits] for hits in lists])
    passages = []
    for key, score in fused[:k]:
        hit = by_key[key]
        passages.append(Passage(hit.document, hit.chunk.quote, hit.chunk.section, hit.chunk.places, score))
    return tuple(passages)
