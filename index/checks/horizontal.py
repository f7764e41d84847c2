"""Within a table, along its rows: 合计 and 小计 columns are the sum of the columns that the header puts beside or below them.

Which columns a total sums is read from the header tree. A table in which the reading does not hold for most rows has a
header of another meaning: there the identity does not apply.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.amounts import MONEY
from index.checks.compare import ZERO, amount
from index.checks.layout import GENERIC, WITHIN, columns_of, header_path
from index.checks.model import Case, Outcome, Result
from index.checks.vertical import outcome_of
from index.model import Fact, Severity, State, Table

_MOSTLY = 0.7
_THREE = re.compile(r"因公出国|公务用?车|公务接待|^购置费|^运行")
_TOTALS = GENERIC | {"本年收入合计", "本年支出合计", "支出合计", "收入合计", "资金总额"}


@dataclass(frozen=True, slots=True)
class SumOfColumns:
    total: int
    parts: tuple[int, ...]


def rows_add_up(case: Case) -> Iterator[Outcome]:
    """H-ROW: 本年收入合计 = Σ its columns, 小计 = 基本支出 + 项目支出, 合计 = 出国 + 公车小计 + 接待."""
    for table in case.tables:
        if table.form or table.empty or table.number not in case.of_table:
            continue
        rows = _rows(case.of_table[table.number])
        for identity in sums_of_columns(table, _money_columns(case, table)):
            outcomes = list(_compare(case, rows, identity))
            failed = sum(outcome.result is Result.FAILS for outcome in outcomes)
            if failed and len(outcomes) - failed < _MOSTLY * len(outcomes) and not _single(table):
                yield Outcome("H-ROW", Result.NOT_APPLICABLE)
                continue
            yield from outcomes


def sums_of_columns(table: Table, money: Sequence[int]) -> list[SumOfColumns]:
    """What the header says adds up: the total of each group of columns, innermost groups first."""
    paths = {col: header_path(table, col) for col in money}
    made = [found for prefix in _prefixes(paths) if (found := _group(paths, prefix)) is not None]
    return [found for found in made if len(found.parts) > 1 or _has_empty_siblings(table, found)]


def _has_empty_siblings(table: Table, found: SumOfColumns) -> bool:
    """Whether the header has further columns to sum, all blank: 合计 = 一般公共预算 where there is no other money."""
    path = header_path(table, found.total)
    group = [header_path(table, col) for col in range(found.total + 1, len(table.columns))]
    names = {other[len(path) - 1] for other in group if other[: len(path) - 1] == path[:-1] and len(other) >= len(path)}
    return len({name for name in names if not WITHIN.match(name)}) > 1


def _prefixes(paths: Mapping[int, tuple[str, ...]]) -> list[tuple[str, ...]]:
    found = {path[:depth] for path in paths.values() for depth in range(len(path))}
    return sorted(found, key=lambda prefix: (-len(prefix), prefix))


def _group(paths: Mapping[int, tuple[str, ...]], prefix: tuple[str, ...]) -> SumOfColumns | None:
    """The total column directly below a prefix and one column for each of its siblings."""
    depth = len(prefix)
    inside = {col: path for col, path in paths.items() if path[:depth] == prefix and len(path) > depth}
    totals = [col for col, path in inside.items() if len(path) == depth + 1 and _is_total(path[depth])]
    if len(totals) != 1:
        return None
    siblings: dict[str, list[int]] = {}
    for col, path in inside.items():
        if col > totals[0] and not WITHIN.match(path[depth]):
            siblings.setdefault(path[depth], []).append(col)
    if sum(bool(_THREE.search(name)) for name in siblings) > 1:  # 会议费 and 培训费 stand beside, not in, the 三公
        siblings = {name: columns for name, columns in siblings.items() if _THREE.search(name)}
    parts: list[int] = []
    for columns in siblings.values():
        parts += _members(inside, columns, depth + 1)
    return SumOfColumns(totals[0], tuple(parts)) if parts else None


def _members(inside: Mapping[int, tuple[str, ...]], columns: Sequence[int], depth: int) -> list[int]:
    """A sibling that is a group counts by its own total, or by its columns where it prints none."""
    if len(columns) == 1:
        return list(columns)
    own = [col for col in columns if len(inside[col]) == depth + 1 and _is_total(inside[col][depth])]
    if own:
        return own[:1]
    lone = [col for col in columns if len(inside[col]) == depth]
    return lone or [col for col in columns if not WITHIN.match(inside[col][depth])]


def _is_total(part: str) -> bool:
    return part in _TOTALS or ("三公" in part and part.endswith("合计"))


def _money_columns(case: Case, table: Table) -> list[int]:
    columns = columns_of(case.of_table[table.number])
    filled = {fact.col for column in columns.values() for fact in column}
    named = {
        fact.col for fact in case.of_table[table.number] if fact.unit in MONEY and fact.measure not in _NO_SUMMANDS
    }
    others = {fact.col for fact in case.of_table[table.number] if fact.scope == "机关运行经费" and table.kind != "B13"}
    return sorted((filled | named) - others)


_NO_SUMMANDS = frozenset({"占比", "完成率", "增减率", "增减额"})


def _rows(facts: Sequence[Fact]) -> list[dict[int, Fact]]:
    rows: dict[int, dict[int, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.unit != "%":  # rates are never summed
            rows[fact.row][fact.col] = fact
    return list(rows.values())


def _compare(case: Case, rows: Sequence[Mapping[int, Fact]], identity: SumOfColumns) -> Iterator[Outcome]:
    for row in rows:
        total = row.get(identity.total)
        parts = [row[col] for col in identity.parts if col in row]
        if total is None or not parts or total.state is State.TEXT or not any(map(_filled, (total, *parts))):
            continue
        if total.state is State.BLANK and not any(map(_filled, parts)):
            continue
        outcome = outcome_of("H-ROW", case, total, parts, "同一行各列之和")
        weak = outcome.result is Result.FAILS and len(rows) < 3 and total.kind not in {"F09", "B09"}
        yield (
            Outcome(outcome.rule, outcome.result, outcome.facts, outcome.message, Severity.WARNING) if weak else outcome
        )


def _filled(fact: Fact) -> bool:
    return (amount(fact) or ZERO) != ZERO


def _single(table: Table) -> bool:
    return len(table.rows) < 3 and table.kind in {"F09", "B09"}
