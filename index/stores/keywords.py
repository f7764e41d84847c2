"""Keyword search: jieba words and pairs of characters, in postings that any SQL database can hold, ranked by BM25.

Both kinds share one postings table: a term is "w" + word or "b" + pair. A row holds all places of a term in one
document, packed, each with the length of its chunk, so that one query by primary key is all a search reads. The
statistics are those of the documents searched: what every passage of one disclosure says carries no weight inside it.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING

from index.stores.vectors import Place
from index.wording import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "w"
BIGRAMS = "b"

POSTING = Struct("<IHH")  # position of the chunk, times the term stands in it, terms of that kind in the chunk
_K1 = 1.2
_B = 0.75
_MAX = 0xFFFF

_RUN = re.compile(r"[一-鿿㐀-䶿〇]+|[a-z0-9]+(?:\.[0-9]+)*%?")
_FEW = frozenset("的了和与及或在为是对等中其之于以由从到也都把被将按所该本")


@cache
def _jieba_cut() -> Callable[[str], Iterator[str]]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.WARNING)
    cut: Callable[[str], Iterator[str]] = jieba.cut_for_search
    return cut


def word_terms(text: str) -> list[str]:
    """Words of Chinese as jieba's search mode cuts them, numbers and Latin words whole; no function words."""
    cut = _jieba_cut()
    terms: list[str] = []
    for run in _RUN.findall(squeeze(text).lower()):
        terms.extend(cut(run) if run[0] >= "㐀" else (run,))
    return [term for term in terms if term not in _FEW]


def bigram_terms(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters (a lone one stands for itself), numbers and Latin words whole."""
    terms: list[str] = []
    for run in _RUN.findall(squeeze(text).lower()):
        if run[0] >= "㐀" and len(run) > 1:
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            terms.append(run)
    return terms


def terms_of(text: str, kind: str) -> list[str]:
    """The terms of a text under one of the two kinds, prefixed by it."""
    return [kind + term for term in (word_terms(text) if kind == WORDS else bigram_terms(text))]


def postings_of(texts: Sequence[str]) -> dict[str, bytes]:
    """Packed postings of one document's chunks: term -> POSTING records ordered by position."""
    packed: dict[str, bytearray] = {}
    for position, text in enumerate(texts):
        for kind in (WORDS, BIGRAMS):
            terms = terms_of(text, kind)
            length = min(len(terms), _MAX)
            for term, times in Counter(terms).items():
                packed.setdefault(term, bytearray()).extend(POSTING.pack(position, min(times, _MAX), length))
    return {term: bytes(entries) for term, entries in packed.items()}


@dataclass(frozen=True, slots=True)
class Collection:
    """How many chunks are searched, and how long they are on average (in terms of the kind searched)."""

    chunks: int
    length: float


def rank(
    found: Iterable[tuple[str, int, bytes]], weights: Mapping[str, int], collection: Collection, k: int
) -> list[tuple[Place, float]]:
    """The k best places with their BM25 score, from postings (term, document number, entries).

    `weights` tells how often a term stands in the question. Ties go to the earlier document and position.
    """
    import numpy as np

    record = np.dtype([("position", "<u4"), ("times", "<u2"), ("length", "<u2")])
    by_term: dict[str, list[tuple[int, np.ndarray]]] = {}
    for term, document, entries in found:
        by_term.setdefault(term, []).append((document, np.frombuffer(entries, record)))
    ids, scores = [], []
    for term, parts in sorted(by_term.items()):
        frequency = sum(len(part) for _, part in parts)
        idf = np.log1p((collection.chunks - frequency + 0.5) / (frequency + 0.5))
        for document, part in parts:
            times = part["times"].astype(np.float64)
            norm = _K1 * (1 - _B + _B * part["length"] / max(collection.length, 1.0))
            scores.append(weights[term] * idf * times * (_K1 + 1) / (times + norm))
            ids.append((np.int64(document) << 32) | part["position"].astype(np.int64))
    if not ids:
        return []
    unique, inverse = np.unique(np.concatenate(ids), return_inverse=True)
    total = np.bincount(inverse, weights=np.concatenate(scores))
    best = np.lexsort((unique, -total.round(9)))[:k]
    return [((int(unique[i] >> 32), int(unique[i] & 0xFFFFFFFF)), float(total[i])) for i in best if total[i] > 0]
