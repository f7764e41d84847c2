"""The rules of the book that are nothing but an equation between tables, or between the prose and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.checks.compare import ZERO, adds_up, amount, same, total_of
from index.checks.model import Case, Outcome, Result
from index.checks.select import printed, select
from index.model import Fact, Severity
from index.vocabulary.rulebook import Equation, Rule, Selector, load_rules


def equations_hold(case: Case) -> Iterator[Outcome]:
    """Every equation of the book. A side that the document does not have makes it not applicable."""
    for rule in load_rules().values():
        for equation in rule.equations:
            outcomes = list(_equation(case, rule, equation))
            yield from outcomes or [Outcome(rule.id, Result.NOT_APPLICABLE)]


def _equation(case: Case, rule: Rule, equation: Equation) -> Iterator[Outcome]:
    if any(amount(fact) for selector in equation.unless for group in select(case, selector) for fact in group):
        return
    lefts = [group for selector in equation.left for group in select(case, selector)]
    rights = _rights(case, equation)
    if not lefts or not rights:
        return
    if equation.left[0].said:
        for group in lefts:
            yield _compare(case, rule, group[0], rights, equation.tolerance)
    elif len(lefts) == len(rights) or len(rights) == 1:
        also = [group for selector in equation.also for group in select(case, selector)]
        for number, group in enumerate(lefts):
            facing = rights[number] if len(lefts) == len(rights) else rights[0]
            if printed((group[0], *facing)):
                yield _compare(case, rule, group[0], [facing, *also], equation.tolerance)


def _rights(case: Case, equation: Equation) -> list[list[Fact]]:
    """The right side, table by table; where there is none, the first alternative that the document has."""
    found = _joined(case, equation.right)
    for selector in equation.alternatives:
        found = found or select(case, selector)
    return found


def _joined(case: Case, selectors: Sequence[Selector]) -> list[list[Fact]]:
    groups = [select(case, selector) for selector in selectors]
    if len(groups) == 1:
        return groups[0]
    return [[fact for group in groups for fact in group[0]]] if all(groups) else []


def _compare(case: Case, rule: Rule, left: Fact, rights: Sequence[Sequence[Fact]], tolerance: str) -> Outcome:
    """One figure against each candidate for the right side; the best of them counts."""
    candidates = rights if tolerance == "sum" else [[fact] for right in rights for fact in right]
    verdicts = [(_result(left, right, tolerance), right) for right in candidates]
    order = [Result.HOLDS, Result.ROUNDING, Result.FAILS, Result.NOT_APPLICABLE]
    result, right = min(verdicts, key=lambda verdict: order.index(verdict[0]))
    if result is Result.FAILS and rule.severity is Severity.SCOPE:
        return Outcome(rule.id, result, (left, *right), f"{case.name(left)}与{case.name(right[0])}口径不同，请勿混用。")
    return Outcome(rule.id, result, (left, *right), _sentence(case, left, right, result))


def _result(left: Fact, right: Sequence[Fact], tolerance: str) -> Result:
    return adds_up(left, right) if tolerance == "sum" else same(left, right[0])


def _sentence(case: Case, left: Fact, right: Sequence[Fact], result: Result) -> str:
    if result not in (Result.FAILS, Result.ROUNDING):
        return ""
    shown = [fact for fact in right if (amount(fact) or ZERO) != ZERO]
    if len(right) == 1:
        other = case.name(right[0])
    else:
        other = f"{'、'.join(case.name(fact) for fact in shown[:4])}{'等' if len(shown) > 4 else ''}之和{total_of(right, left.unit)}"
    verb = "不一致" if result is Result.FAILS else "相差尾数"
    return f"{case.name(left)}与{other}{verb}。"
