"""三公 tables that name their figures in rows: 合计 = 出国 + 公车 + 接待, 公车 = 购置 + 运行, in every column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.checks.compare import amount, is_money
from index.checks.model import Case, Outcome
from index.checks.vertical import outcome_of
from index.model import Fact, State

_TOTAL = re.compile(r"三公经费.*(?:合计|总额|小计|支出)|三公经费|合计")
_ABROAD = re.compile(r"因公出国.*费.*")
_CARS = re.compile(r"公务用?车(?:用车)?购置(?:及|和)运行(?:维护)?费.*")
_BOUGHT = re.compile(r"公务用?车(?:用车)?购置费.*")
_RUN = re.compile(r"公务用?车(?:用车)?运行(?:维护)?费.*")
_GUESTS = re.compile(r"公务接待费.*")


def three_add_up(case: Case) -> Iterator[Outcome]:
    """H-THREE; a column in which a part is missing from the rows is left alone."""
    for table in case.tables:
        if table.form or table.empty:
            continue
        columns: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
        for fact in case.of_table.get(table.number, ()):
            if is_money(fact) and fact.state is not State.TEXT:
                columns[fact.column].append(fact)
        for column in columns.values():
            for total, parts in ((_TOTAL, (_ABROAD, _CARS, _GUESTS)), (_CARS, (_BOUGHT, _RUN))):
                yield from _sum(case, column, total, parts)


def _sum(
    case: Case, column: Sequence[Fact], total: re.Pattern[str], parts: Sequence[re.Pattern[str]]
) -> Iterator[Outcome]:
    whole = [fact for fact in column if total.fullmatch(fact.label)]
    found = [fact for part in parts for fact in column if part.fullmatch(fact.label)]
    each_once = all(sum(bool(part.fullmatch(fact.label)) for fact in found) == 1 for part in parts)
    if len(whole) == 1 and each_once and any(map(amount, (whole[0], *found))):
        yield outcome_of("H-THREE", case, whole[0], found, "各项之和")
