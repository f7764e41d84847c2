"""Where the columns of a table stand that has no vertical rules.

Every gap between neighbouring texts must hold a separator, and a separator should cross no text. So the separators are
chosen one after the other, each where most gaps without one lie over each other, less the texts that it would cut. A
gap in one line is weak evidence, the same gap in twenty lines is a column. Words that span columns are outvoted; and
as a form may part its columns in one block and join them in the next, the votes of the best run of lines count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.read.tokens import WRAP, Token, TokenLine

if TYPE_CHECKING:
    import numpy as np

    Votes = np.ndarray[tuple[int, int], np.dtype[np.float32]]  # lines x bins of STEP points

STEP = 0.5  # points
ENOUGH = 1.8  # votes that a separator needs
ENOUGH_OF_FEW = 0.9  # the same in a part of up to FEW lines
FEW = 3
PAD = 3.0  # points between a cell's edge and its text


def separators(lines: Sequence[TokenLine], left: float, right: float, em: float) -> list[float]:
    """The x positions between `left` and `right` that part columns, in order."""
    import numpy as np

    size = int((right - left) / STEP) + 2
    enough = ENOUGH_OF_FEW if len(lines) <= FEW else ENOUGH

    def bin_of(x: float) -> int:
        return max(0, min(size - 1, round((x - left) / STEP)))

    gaps = [(row, bin_of(a), bin_of(b)) for row, a, b in _gaps(lines)]
    votes = np.zeros((len(lines), size), dtype=np.float32)
    for row, item, weight in _weighted(lines, em):
        votes[row, bin_of(item.x0) + 1 : bin_of(item.x1)] -= weight
    for row, a, b in gaps:
        votes[row, a : b + 1] += 1
    found = []
    while gaps:
        scores = _best_runs(votes)
        best = float(scores.max())
        if best < enough:
            break
        middle = _middle_of_widest(scores >= best - 1e-3)
        found.append(left + middle * STEP)
        for row, a, b in gaps:
            if a <= middle <= b:
                votes[row, a : b + 1] -= 1
        gaps = [(row, a, b) for row, a, b in gaps if not a <= middle <= b]
    return sorted(found)


def _gaps(lines: Sequence[TokenLine]) -> list[tuple[int, float, float]]:
    """For each text the gap to its neighbour on the right, which may stand half a line higher or lower."""
    out = []
    for row, line in enumerate(lines):
        near = [
            other
            for k in (row - 1, row, row + 1)
            if 0 <= k < len(lines)
            and line
            and lines[k]
            and abs(lines[k][0].height - line[0].height) < 0.8 * _tall(line[0])
            for other in lines[k]
        ]
        for item in line:
            after = [other for other in near if other.x0 >= item.x1]
            if after:
                out.append((row, item.x1, min(other.x0 for other in after)))
    return out


def _tall(item: Token) -> float:
    return item.bottom - item.top


def _weighted(lines: Sequence[TokenLine], em: float) -> list[tuple[int, Token, float]]:
    """Every text with its line and its weight: the lines of one paragraph weigh together as much as one text."""
    out: list[tuple[int, Token, float]] = []
    live: list[list[tuple[int, Token]]] = []
    done: list[list[tuple[int, Token]]] = []
    for row, line in enumerate(lines):
        if not line:
            continue
        ended = [block for block in live if not 0 <= line[0].base - block[-1][1].base <= WRAP * em]
        done += ended
        live = [block for block in live if block not in ended]
        for item in line:
            block = next((b for b in live if _stacked(b[-1][1], item, em)), None)
            if block is None:
                live.append([(row, item)])
            else:
                block.append((row, item))
    for block in (*done, *live):
        out += [(row, item, 1 / len(block)) for row, item in block]
    return out


def _stacked(above: Token, below: Token, em: float) -> bool:
    if below.base - above.base < 0.5 * em or above.is_figure or below.is_figure:
        return False
    return abs(above.x0 - below.x0) < 0.3 * em or abs(above.middle - below.middle) < 0.3 * em


def _best_runs(votes: Votes) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """For each bin the greatest sum of votes over lines that follow one another."""
    import numpy as np

    running = np.zeros(votes.shape[1], dtype=np.float32)
    best = running.copy()
    for line in votes:
        running = np.maximum(running + line, 0)
        best = np.maximum(best, running)
    return best


def _middle_of_widest(marked: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    """The middle of the longest stretch of marked bins."""
    best = begin = -1
    width = 0
    for i, mark in enumerate((*marked.tolist(), False)):
        if mark:
            begin = i if begin < 0 else begin
        elif begin >= 0:
            if i - begin > width:
                best, width = (begin + i - 1) // 2, i - begin
            begin = -1
    return best


def true_edges(cuts: Sequence[float], body: Sequence[Token], left: float, right: float, em: float) -> list[float]:
    """The edges of the columns: where figures set flush right end, or words set flush left begin, the edge is a pad away."""
    edges = [left, *cuts, right]
    for k in range(1, len(edges) - 1):
        before = [t for t in body if edges[k - 1] <= t.middle < edges[k] and t.x1 <= edges[k] + em]
        after = [t for t in body if edges[k] <= t.middle < edges[k + 1] and t.x0 >= edges[k] - em]
        low = max((t.x1 for t in before), default=edges[k - 1])
        high = min((t.x0 for t in after), default=edges[k + 1])
        if (end := _flush([t.x1 for t in before], [t.x0 for t in before])) is not None:
            edges[k] = min(end + PAD, max(high, low))
        elif (start := _flush([t.x0 for t in after], [t.x1 for t in after])) is not None:
            edges[k] = max(start - PAD, min(high, low))
    return edges


def _flush(ends: Sequence[float], others: Sequence[float]) -> float | None:
    """The common end of tokens of different length; None where they have none."""
    if len(ends) < 2:
        return None
    usual = sorted(ends)[len(ends) // 2]
    near = [i for i, x in enumerate(ends) if abs(x - usual) < 1]
    varied = max(others) - min(others) > 2
    return usual if varied and len(near) >= 0.7 * len(ends) else None
