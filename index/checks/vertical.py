"""Within a table, down its columns: 类 = Σ款, 款 = Σ项, 合计 = Σ类, and what units and numbered rows add up to."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.checks.compare import adds_up, total_of
from index.checks.layout import Kind, Line, columns_of, lines_of, nameless_totals, shifted_rows, uppermost_codes
from index.checks.model import Case, Outcome, Result
from index.checks.repair import misprinted
from index.model import Fact, Severity, Table

_LEVELS = (3, 5, 7)


def accounts_add_up(case: Case) -> Iterator[Outcome]:
    """H-SUM: every account is the sum of the accounts one level below it, in every money column."""
    for table in _listed(case):
        for column in columns_of(case.of_table[table.number]).values():
            lines = lines_of(column, table)
            for parent, children in _families(lines):
                yield outcome_of("H-SUM", case, parent, children, "下级科目之和")


def totals_add_up(case: Case) -> Iterator[Outcome]:
    """H-TOT: a 合计 row over accounts is the sum of the uppermost accounts that the table lists."""
    for table in _listed(case):
        for column in columns_of(case.of_table[table.number]).values():
            lines = lines_of(column, table)
            totals = [
                line.fact
                for line in lines
                if line.kind is Kind.TOTAL and line.fact.label in {"合计", "总计", "支出合计", "收入合计"}
            ]
            top = uppermost(lines)
            if len(totals) == 1 and top:
                yield outcome_of("H-TOT", case, totals[0], top, "各类之和")


def units_add_up(case: Case) -> Iterator[Outcome]:
    """H-UNIT: a unit's row is the sum of what is listed under it, a total the sum of the units below it."""
    for table in _listed(case):
        for column in columns_of(case.of_table[table.number]).values():
            lines = lines_of(column, table)
            if not any(line.kind is Kind.UNIT for line in lines):
                continue
            shifted = shifted_rows(case.of_table[table.number])
            for parent, children in _stretches(lines, nameless_totals(column, table)):
                outcome = outcome_of("H-UNIT", case, parent, children, "所列明细之和")
                if outcome.result is not Result.FAILS or (not shifted and misprinted(parent, children)):
                    yield outcome
                elif shifted:
                    yield _doubted(outcome, shifted)
                else:  # long lists lose rows in print as well as in reading, and may print subtotals of their own
                    yield replace(outcome, severity=Severity.WARNING)


def _doubted(outcome: Outcome, shifted: frozenset[int]) -> Outcome:
    """A sum over rows of which one was read into the wrong columns: its figure is named right behind the total."""
    total, *parts = outcome.facts
    moved = [fact for fact in parts if fact.row in shifted]
    rest = [fact for fact in parts if fact.row not in shifted]
    message = f"{outcome.message.rstrip('。')}，表中有一行错列。"
    return replace(
        outcome, facts=(total, *moved, *rest), message=message, severity=Severity.WARNING, origin="extraction"
    )


def outcome_of(rule: str, case: Case, total: Fact, parts: Sequence[Fact], words: str) -> Outcome:
    """A total against the sum of its parts."""
    result = adds_up(total, parts)
    if result is Result.FAILS:
        message = f"{case.name(total)}不等于{words}{total_of(parts, total.unit)}。"
    elif result is Result.ROUNDING:
        message = f"{case.name(total)}与{words}{total_of(parts, total.unit)}相差尾数。"
    else:
        message = ""
    return Outcome(rule, result, (total, *parts), message)


def uppermost(lines: Sequence[Line]) -> list[Fact]:
    """Figures of the accounts that have no account above them in the column."""
    top = set(uppermost_codes(line.code for line in lines if line.kind is Kind.ACCOUNT))
    return [line.fact for line in lines if line.kind is Kind.ACCOUNT and line.code in top]


def _above(code: str) -> set[str]:
    return {code[:length] for length in _LEVELS if length < len(code)}


def _families(lines: Sequence[Line]) -> Iterator[tuple[Fact, list[Fact]]]:
    """Each account with the accounts directly below it; where one is listed for several units, unit by unit."""
    by_owner: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind is Kind.ACCOUNT:
            by_owner[line.fact.entity].append(line)
    for owned in by_owner.values():
        parents: dict[str, list[Fact]] = defaultdict(list)
        children: dict[str, list[Fact]] = defaultdict(list)
        codes = {line.code for line in owned}
        for line in owned:
            parents[line.code].append(line.fact)
            above = sorted(_above(line.code) & codes, key=len)
            if above:
                children[above[-1]].append(line.fact)
        for code, below in children.items():
            if len(parents[code]) == 1:
                yield parents[code][0], below


def _stretches(lines: Sequence[Line], bounds: Sequence[int]) -> Iterator[tuple[Fact, list[Fact]]]:
    """A total or a unit with the lines up to the next one of its rank; higher ranks sum the ranks just below them.
    Nothing reaches over a row of `bounds`, where another total begins.
    """
    ranks = [_rank(line) for line in lines]
    for i, line in enumerate(lines):
        if ranks[i] == _ITEM:
            continue
        bound = min((row for row in bounds if row > line.fact.row), default=sys.maxsize)
        ends = (j for j in range(i + 1, len(lines)) if ranks[j] <= ranks[i] or lines[j].fact.row > bound)
        end = next(ends, len(lines))
        inside = range(i + 1, end)
        if not inside:
            continue
        below = min(ranks[j] for j in inside)
        if below == _ITEM:
            yield line.fact, uppermost([lines[j] for j in inside]) or _once(line.fact, [lines[j].fact for j in inside])
        elif ranks[i + 1] == below:
            yield line.fact, _once(line.fact, [lines[j].fact for j in inside if ranks[j] == below])


def _once(whole: Fact, items: list[Fact]) -> list[Fact]:
    """The items without a first one that says the whole again: 专项业务经费 above the projects that it is made of, the
    department above its own level and its units.
    """
    first, *rest = items
    again = len(rest) > 0 and first.value == whole.value and adds_up(whole, rest) is Result.HOLDS
    return rest if again else items


_ITEM = 99


def _rank(line: Line) -> int:
    if line.kind is Kind.TOTAL:
        return 0
    return 1 + line.level if line.kind is Kind.UNIT else _ITEM


def _listed(case: Case) -> Iterator[Table]:
    return (table for table in case.tables if not table.form and not table.empty and table.number in case.of_table)
