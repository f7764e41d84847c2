"""Which of the figures of a failed identity is to blame, and whether the document or its extraction is.

A wrong figure breaks every identity it stands in, a right one only those it shares with it. A table in which most
identities fail was misread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.checks.model import Case, Outcome, Result
from index.model import Severity

_WITHIN = frozenset({"H-SUM", "H-TOT", "H-UNIT", "H-ROW", "H-SIDE", "H-BAL"})
_FEW = 5
_MISREAD = 0.3
_UNSURE = 0.9  # recognised text below this score


def doubted(outcomes: Sequence[Outcome], case: Case) -> tuple[Outcome, ...]:
    """Failures in tables that do not add up anywhere, or whose text was hard to recognise, are the extraction's."""
    tried: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    for outcome in outcomes:
        if outcome.rule in _WITHIN and outcome.facts:
            tried[outcome.facts[0].table] += 1
            failed[outcome.facts[0].table] += outcome.result is Result.FAILS
    misread = {t for t, count in failed.items() if count >= _FEW and count > _MISREAD * tried[t]}
    return tuple(_doubt(outcome, case, misread) for outcome in outcomes)


def _doubt(outcome: Outcome, case: Case, misread: set[int]) -> Outcome:
    if outcome.result is not Result.FAILS or not outcome.facts:
        return outcome
    if not any(fact.table in misread or _unsure(case, fact.table, fact.row, fact.col) for fact in outcome.facts):
        return outcome
    return replace(outcome, severity=outcome.severity or Severity.WARNING, origin="extraction")


def _unsure(case: Case, number: int, row: int, col: int) -> bool:
    table = case.table.get(number)
    if table is None or not (0 <= row < len(table.rows) and 0 <= col < len(table.rows[row])):
        return False
    return table.rows[row][col].score < _UNSURE


def named_suspects(outcomes: Sequence[Outcome], case: Case) -> tuple[Outcome, ...]:
    """Sums that fail, with the figure put second that breaks the most identities and keeps the fewest."""
    broken: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for outcome in outcomes:
        for fact in outcome.facts:
            broken[fact.key] += outcome.result is Result.FAILS
            kept[fact.key] += outcome.result is Result.HOLDS
    return tuple(_named(outcome, case, broken, kept) for outcome in outcomes)


def _named(outcome: Outcome, case: Case, broken: Counter[str], kept: Counter[str]) -> Outcome:
    if outcome.result is not Result.FAILS or len(outcome.facts) < 3:
        return outcome
    ranked = sorted(outcome.facts, key=lambda fact: (-broken[fact.key], kept[fact.key]))
    suspect, runner_up = ranked[0], ranked[1]
    if broken[suspect.key] < 2 or broken[suspect.key] == broken[runner_up.key]:
        return outcome
    total, *others = outcome.facts
    message = f"{outcome.message.rstrip('。')}，疑{case.name(suspect)}有误。"
    if suspect is total:
        return replace(outcome, message=message)
    return replace(outcome, message=message, facts=(total, suspect, *(fact for fact in others if fact is not suspect)))
