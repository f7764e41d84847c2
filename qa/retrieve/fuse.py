"""Reciprocal rank fusion: one ranking from several that cannot be compared by score.

Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods",
SIGIR 2009: score(d) = sum over rankings of 1 / (k + rank(d)), k = 60.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[T]], *, weights: Sequence[float] = (), k: int = 60
) -> list[tuple[T, float]]:
    """Items with their fused score, best first; ties keep the order of first appearance. A weight for each ranking, else 1."""
    scores: dict[T, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for place, item in enumerate(ranking):
            scores[item] = scores.get(item, 0.0) + weight / (k + place + 1)
    return sorted(scores.items(), key=lambda pair: -pair[1])
