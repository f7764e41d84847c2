"""Within a two-sided table: each side adds up from its numbered rows to its totals, and both sides balance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.checks.compare import ZERO, amount
from index.checks.layout import columns_of, is_numbered, is_within
from index.checks.model import Case, Outcome, Result
from index.checks.vertical import outcome_of
from index.model import Fact, State, Table

_SIDES = ("收入", "支出")
_OF_YEAR = re.compile(r"^(?:本年|当年)(?:收入|支出)(?:合计|小计)?$|^(?:收入|支出)(?:合计|小计)$")
_GRAND = re.compile(r"^(?:收入|支出)?总计$|^(?:收入|支出)总(?:计|额)$|^(?:收入|支出)合计$|^合计$")
_CARRIED = re.compile(r"结转|结余|弥补|结余分配|调入|上缴|专用基金")
_FUND = re.compile(r"^(?:一般公共预算|政府性基金|国有资本经营)")


def sides_add_up(case: Case) -> Iterator[Outcome]:
    """H-SIDE: 本年收入合计 = Σ一、二、…; 总计 = 本年合计 + 结转结余; a numbered row is the sum of the rows under it."""
    for table, _, column in _columns(case):
        rows = _without_fund_rows(column)
        for parent, children in _nested(rows, table):
            yield outcome_of("H-SIDE", case, parent, children, "其下各行之和")
        yield from _totals(case, rows, table)


def sides_balance(case: Case) -> Iterator[Outcome]:
    """H-BAL: 收入总计 = 支出总计."""
    for table in case.tables:
        ends = {side: total for side in _SIDES if (total := _grand(case, table, side)) is not None}
        if len(ends) == 2:
            outcome = outcome_of("H-BAL", case, ends["收入"], [ends["支出"]], "支出总计")
            failed = outcome.result is not Result.HOLDS
            result = Result.FAILS if failed else Result.HOLDS
            message = f"{case.name(ends['收入'])}与{case.name(ends['支出'])}不相等。" if failed else ""
            yield Outcome("H-BAL", result, outcome.facts, message)


def _columns(case: Case) -> Iterator[tuple[Table, str, list[Fact]]]:
    for table in case.tables:
        if table.form or table.empty:
            continue
        for column in columns_of(case.of_table.get(table.number, ())).values():
            sides = {fact.path[0] if fact.path else "" for fact in column}
            if len(sides) == 1 and (side := sides.pop()) in _SIDES:
                yield table, side, column


def _grand(case: Case, table: Table, side: str) -> Fact | None:
    """The last total of a side, in its first money column."""
    for found, own, column in _columns(case):
        if found is table and own == side:
            totals = [fact for fact in column if _GRAND.match(fact.label)]
            return totals[-1] if totals else None
    return None


def _without_fund_rows(column: Sequence[Fact]) -> list[Fact]:
    """Leave out the funds that divide a 结转 row, where they are numbered like the rows above it."""
    kept: list[Fact] = []
    carried = False
    for fact in column:
        if carried and _FUND.match(fact.label) and len(fact.path) == 1:
            continue
        kept.append(fact)
        carried = (carried and bool(_FUND.match(fact.label))) or bool(_CARRIED.search(fact.label))
    return kept


def _nested(rows: Sequence[Fact], table: Table) -> Iterator[tuple[Fact, list[Fact]]]:
    for i, parent in enumerate(rows):
        below = (*parent.path, parent.label)
        children = []
        for fact in rows[i + 1 :]:
            if fact.path[: len(below)] != below:
                break
            if fact.path == below:
                children.append(fact)
        if len(children) > 1 and not any(is_within(fact, table) for fact in children):
            yield parent, children


def _totals(case: Case, rows: Sequence[Fact], table: Table) -> Iterator[Outcome]:
    """Walk down the uppermost rows: the first total closes the items, a later one adds what stands between."""
    items: list[Fact] = []
    closed: Fact | None = None
    for fact in rows:
        if len(fact.path) != 1 or is_within(fact, table):
            continue
        of_year = bool(_OF_YEAR.match(fact.label)) and not (closed and _GRAND.match(fact.label))
        if not of_year and not _GRAND.match(fact.label):
            items.append(fact)
            continue
        if _opens(fact, rows):
            items.append(fact)
            continue
        parts = [*([closed] if closed else []), *items]
        if parts and any(map(_stated, (fact, *parts))) and len(parts) + (closed is None) > 1:
            outcome = outcome_of("H-SIDE", case, fact, parts, "各项之和")
            numbered = [part for part in parts if part is closed or is_numbered(part, table)]
            if outcome.result is Result.FAILS and len(numbered) > 1 and closed is None:
                outcome = outcome_of("H-SIDE", case, fact, numbered, "各项之和")  # rows without a number divide others
            yield outcome
        closed, items = fact, []


def _opens(fact: Fact, rows: Sequence[Fact]) -> bool:
    """一、本年收入 stands over its rows, not under them."""
    below = (*fact.path, fact.label)
    return any(other.path[: len(below)] == below for other in rows)


def _stated(fact: Fact) -> bool:
    return fact.state is not State.BLANK and (amount(fact) or ZERO) != ZERO
