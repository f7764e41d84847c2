"""Along a row, from one time to another: what came in, went out and is left; last year, this year and the change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.checks.compare import ZERO, adds_up, amount, is_money, percent, rate_holds, step
from index.checks.layout import header_path
from index.checks.model import Case, Outcome, Result
from index.checks.select import total_column
from index.model import Fact, State, Table

_FLOW: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            r"(?:年初|上年).*结转.*",
            r"本年收入(?:/(?:小计|合计))?",
            r"本年支出(?:/(?:小计|合计))?",
            r"(?:年末|年终).*结转.*",
        ),
    )
)
_MOSTLY = 0.7


def funds_flow(case: Case) -> Iterator[Outcome]:
    """F07-1: 年初结转 + 本年收入 = 本年支出 + 年末结转, row by row."""
    for table in _tables(case):
        columns = [_column(table, pattern) for pattern in _FLOW]
        if None in columns:
            continue
        for row in _rows(case.of_table[table.number]):
            facts = [row[col] for col in columns if col is not None and col in row]
            if len(facts) == len(_FLOW) and any(map(amount, facts)):
                opening, received, spent, closing = facts
                result = adds_up(closing, (opening, received, spent), (1, 1, -1))
                message = f"{case.name(closing)}不等于年初结转加本年收入减本年支出。" if result is Result.FAILS else ""
                yield Outcome("F07-1", result, (closing, opening, received, spent), message)


def changes_of_rows(case: Case) -> Iterator[Outcome]:
    """H-CHG: 增减额 = this year − last year and 增减% = 增减额 / last year, where a table prints all of them. A table in
    which most rows say otherwise compares with something else.
    """
    for table in _tables(case):
        facts = case.of_table[table.number]
        columns = {m: {f.col for f in facts if f.measure == m} for m in ("上年", "增减额", "增减率")}
        if len(columns["上年"]) != 1 or not (columns["增减额"] or columns["增减率"]):
            continue
        outcomes = list(_changes(case, facts, columns))
        failed = sum(outcome.result is Result.FAILS for outcome in outcomes)
        yield from outcomes if len(outcomes) - failed >= _MOSTLY * len(outcomes) else ()


def _changes(case: Case, facts: Sequence[Fact], columns: Mapping[str, set[int]]) -> Iterator[Outcome]:
    now_column, then_column = total_column(facts, case.profile), next(iter(columns["上年"]))
    for row in _rows(facts):
        now, then = row.get(now_column), row.get(then_column)
        if now is None or then is None or not is_money(now) or not is_money(then):
            continue
        a, b = amount(now) or ZERO, amount(then) or ZERO
        for fact in row.values():
            if fact.col in columns["增减额"] and is_money(fact) and fact.value is not None:
                result = adds_up(fact, (now, then), (1, -1))
                message = f"{case.name(fact)}不等于{case.brief(now)}与{case.brief(then)}之差。"
                yield _outcome(result, (fact, now, then), message)
            elif fact.col in columns["增减率"] and fact.value is not None and b:
                result = rate_holds(fact, abs(a - b), b, max(step(now), step(then)) / 2)
                message = f"{case.name(fact)}与按{case.brief(now)}、{case.brief(then)}计算的{percent(a - b, b)}不一致。"
                yield _outcome(result, (fact, now, then), message)


def _outcome(result: Result, facts: tuple[Fact, ...], message: str) -> Outcome:
    return Outcome("H-CHG", result, facts, message if result in (Result.FAILS, Result.ROUNDING) else "")


def _tables(case: Case) -> Iterator[Table]:
    return (table for table in case.tables if not table.form and not table.empty and table.number in case.of_table)


def _rows(facts: Sequence[Fact]) -> list[dict[int, Fact]]:
    rows: dict[int, dict[int, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.state is not State.TEXT:
            rows[fact.row][fact.col] = fact
    return list(rows.values())


def _column(table: Table, pattern: re.Pattern[str]) -> int | None:
    """The column of that header, or the total of the group so named."""
    paths = ["/".join(header_path(table, col)) for col in range(len(table.columns))]
    return next((col for col, path in enumerate(paths) if pattern.fullmatch(path)), None)
