"""Two runs of the same questions held against each other: what was won, what was lost, and whether it can be chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

from qa.evaluate.cases import Case
from qa.evaluate.errors import NothingInCommon
from qa.evaluate.run import Result, Run
from qa.evaluate.summary import Share
from qa.model import Answer


@dataclass(frozen=True, slots=True)
class Pair:
    """One question answered twice."""

    before: Result
    after: Result

    @property
    def case(self) -> Case:
        return self.after.case


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changed` are answered differently and judged the same. Questions of only one run are counted, not compared."""

    won: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    same: int
    only_before: int
    only_after: int
    before: Share  # right, among the questions in common
    after: Share

    @property
    def p_value(self) -> float:
        return mcnemar(len(self.won), len(self.lost))


def compare(before: Run, after: Run) -> Comparison:
    """Pairs questions by id and wording. Raises NothingInCommon."""
    olds = {_key(result): result for result in before.results}
    pairs = [Pair(olds[_key(result)], result) for result in after.results if _key(result) in olds]
    if not pairs:
        raise NothingInCommon
    won = tuple(p for p in pairs if p.after.score.right and not p.before.score.right)
    lost = tuple(p for p in pairs if p.before.score.right and not p.after.score.right)
    level = [p for p in pairs if p.before.score.right == p.after.score.right]
    changed = tuple(p for p in level if _said(p.before.answer) != _said(p.after.answer))
    return Comparison(
        won=won,
        lost=lost,
        changed=changed,
        same=len(level) - len(changed),
        only_before=len(olds) - len({_key(p.after) for p in pairs}),
        only_after=len(after.results) - len(pairs),
        before=_right(p.before for p in pairs),
        after=_right(p.after for p in pairs),
    )


def mcnemar(won: int, lost: int) -> float:
    """Two-sided exact McNemar test: how likely so uneven a split is if winning and losing were equally likely."""
    discordant = won + lost
    tail = sum(comb(discordant, k) for k in range(min(won, lost) + 1))
    return min(1.0, 2 * tail / (1 << discordant))


def _key(result: Result) -> tuple[str, str]:
    return result.case.id, result.case.question


def _said(answer: Answer) -> tuple[object, ...]:
    """What a reader sees of an answer; how long it took is no part of it."""
    figures = tuple((v.label, v.value, v.unit, v.verification) for v in answer.values)
    return answer.status, answer.verdict, answer.text, figures, answer.options


def _right(results: Iterable[Result]) -> Share:
    outcomes = [result.score.right for result in results]
    return Share(sum(outcomes), len(outcomes))
