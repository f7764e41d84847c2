"""Which of the figures of a failed identity is to blame, and whether the document or its extraction is.

A wrong figure breaks every identity it stands in, a right one only those it shares with it. A table in which most
identities fail was misread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.checks.model import Case, Outcome, Result
from index.checks.repair import misprinted
from index.model import Fact, Severity

_WITHIN = frozenset({"H-SUM", "H-TOT", "H-UNIT", "H-ROW", "H-SIDE", "H-BAL", "H-THREE"})
_SUMS = _WITHIN | {"06-2", "06-3", "X-3", "X-5", "X-8", "X-11", "BX-4", "N-6", "N-8", "N-16", "P-11", "P-13"}
_BOUNDS = frozenset({"N-D", "N-Z", "C-5", "C-9", "K-1", "X-10", "X-12", "BX-6", "P-2", "P-14"})  # hold for many figures
_NAMED = 3
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
    """Failures with the figures that are likeliest wrong right behind the one that is stated, and named in the sentence."""
    broken: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for outcome in outcomes:
        for fact in outcome.facts:
            broken[fact.key] += outcome.result is Result.FAILS
            kept[fact.key] += outcome.result is Result.HOLDS and outcome.rule not in _BOUNDS
    ranks = {key: (-broken[key], kept[key]) for key in broken}
    return tuple(_named(outcome, case, ranks) for outcome in outcomes)


def _named(outcome: Outcome, case: Case, ranks: Mapping[str, tuple[int, int]]) -> Outcome:
    if outcome.result is not Result.FAILS or len(outcome.facts) < 3:
        return outcome
    total, *others = outcome.facts
    if outcome.rule not in _SUMS:
        return replace(outcome, facts=(total, *sorted(others, key=lambda fact: ranks[fact.key])))
    suspects = _suspects(total, others, ranks)
    if not suspects:
        return outcome
    message = outcome.message.rstrip("。")
    if len(suspects) <= _NAMED:
        message += f"，{'疑' if len(suspects) == 1 else '可能'}{'或'.join(map(case.brief, suspects))}有误"
    behind = [fact for fact in suspects if fact is not total]
    rest = [fact for fact in others if fact not in behind]
    return replace(outcome, message=message + "。", facts=(total, *behind, *rest))


def _suspects(total: Fact, parts: Sequence[Fact], ranks: Mapping[str, tuple[int, int]]) -> list[Fact]:
    """The figure that breaks more identities than any other; else those that one other digit would put right, of which
    only those stay that other identities confirm least.
    """
    first, second = sorted((total, *parts), key=lambda fact: ranks[fact.key])[:2]
    if ranks[first.key][0] < min(-1, ranks[second.key][0]):
        return [first]
    candidates = misprinted(total, parts)
    least = min((ranks[fact.key][1] for fact in candidates), default=0)
    return [fact for fact in candidates if ranks[fact.key][1] == least]
