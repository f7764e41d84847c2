"""How sure a table is as extracted: whether its own sums hold, and how well its text was recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.checks.model import Outcome, Result
from index.model import Table

_OF_TABLE = frozenset(
    {
        "H-SUM",
        "H-TOT",
        "H-UNIT",
        "H-ROW",
        "H-SIDE",
        "H-BAL",
        "H-THREE",
        "H-CHG",
        "F07-1",
        "X-9",
        "06-2",
        "06-3",
        "P-1",
        "P-11",
        "P-13",
    }
)
_UNPROVED = 0.95  # figures that no identity covers


def with_confidence(tables: Sequence[Table], outcomes: Iterable[Outcome]) -> tuple[Table, ...]:
    """Tables with `confidence` = share of their identities that hold × mean score of their recognised text.

    Identities are those within the table and its twin (全部支出 and 一般公共预算支出 by account); each table that takes
    part counts. A table with figures that nothing covers has 0.95 of its score, an empty one its score.
    """
    tried: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for outcome in outcomes:
        if outcome.rule not in _OF_TABLE or outcome.result is Result.NOT_APPLICABLE:
            continue
        for number in {fact.table for fact in outcome.facts}:
            tried[number] += 1
            held[number] += outcome.result is not Result.FAILS
    return tuple(
        replace(table, confidence=_confidence(table, tried[table.number], held[table.number])) for table in tables
    )


def _confidence(table: Table, tried: int, held: int) -> float:
    scores = [cell.score for row in table.rows for cell in row if cell.text]
    score = sum(scores) / len(scores) if scores else 1.0
    proved = held / tried if tried else 1.0 if table.empty else _UNPROVED
    return round(score * proved, 4)
