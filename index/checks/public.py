"""三公 tables that name their figures in rows: 合计 = 出国 + 公车 + 接待, 公车 = 购置 + 运行, in every column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from index.checks.compare import amount, is_money
from index.checks.model import Case, Outcome
from index.checks.names import ABROAD, BOUGHT, CARS, GUESTS, RUN, THREE, public_name
from index.checks.vertical import outcome_of
from index.model import Fact, State

_WHOLES = ((THREE, (ABROAD, CARS, GUESTS)), (CARS, (BOUGHT, RUN)))


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
            for total, parts in _WHOLES:
                yield from _sum(case, column, total, parts)


def _sum(case: Case, column: Sequence[Fact], total: str, parts: Sequence[str]) -> Iterator[Outcome]:
    named = [(THREE if fact.label == "合计" else public_name(fact.label), fact) for fact in column]
    whole = [fact for name, fact in named if name == total]
    found = [fact for part in parts for name, fact in named if name == part]
    each_once = all(sum(name == part for name, _ in named) == 1 for part in parts)
    if len(whole) == 1 and each_once and any(map(amount, (whole[0], *found))):
        yield outcome_of("H-THREE", case, whole[0], found, "各项之和")
