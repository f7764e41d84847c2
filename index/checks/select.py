"""Selectors of the rule book -> figures of a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.checks.compare import is_money
from index.checks.layout import GENERIC
from index.checks.model import Case
from index.checks.names import public_name
from index.model import Fact, Profile, State
from index.vocabulary.rulebook import Selector
from index.wording import squeeze

_SIDES = frozenset({"收入", "支出"})
_OTHERS = frozenset({"上年", "增减额", "增减率", "占比", "完成率"})
_BALANCE = re.compile(r"结转|结余|增减|上年")
_STAGE = {"决算": "决算", "预算": "预算|年初预算"}


def column_name(fact: Fact) -> str:
    """The header path as one name, without the side it stands on and without a last 小计: 本年支出/基本支出."""
    path = [squeeze(part) for part in fact.column]
    if len(path) > 1 and fact.path[:1] and path[0].endswith(fact.path[0]):
        path = path[1:]
    if len(path) > 1 and path[-1] in GENERIC:
        path = path[:-1]
    return "/".join(path)


def total_column(facts: Sequence[Fact], profile: Profile) -> int:
    """The column of the whole in the year of the document: the first that is no last year's, no change, no balance."""
    plan = profile.stage == "预算"
    own = [
        fact.col
        for fact in facts
        if is_money(fact)
        and fact.measure not in _OTHERS
        and (plan or "预算" not in fact.measure)
        and not (plan and fact.measure == "决算")
        and fact.year in (None, profile.year)
        and not _BALANCE.search("".join(fact.column))
    ]
    return min(own or [fact.col for fact in facts if is_money(fact)], default=-1)


def select(case: Case, selector: Selector) -> list[list[Fact]]:
    """The figures that a selector takes, table by table; for the prose one list a figure."""
    if selector.said:
        return [[fact] for fact in case.said if _said(case, fact, selector)]
    found = []
    for table in case.tables:
        if table.kind not in selector.kind.split("|") or table.empty:
            continue
        facts = [fact for fact in case.of_table.get(table.number, ()) if is_money(fact)]
        side = [fact for fact in facts if not selector.side or fact.path[:1] == (selector.side,)]
        first = total_column(side, case.profile)
        taken = [fact for fact in facts if _tabled(fact, selector, first)]
        if taken:
            found.append(taken)
    return found


def _tabled(fact: Fact, selector: Selector, first: int) -> bool:
    if fact.state is State.TEXT or (selector.side and fact.path[:1] != (selector.side,)):
        return False
    if selector.side and len(fact.path) > 1 and "总计" not in fact.label and "合计" not in fact.label:
        return False
    if not _fits(selector.label, public_name(fact.label)) or not _fits(selector.code, fact.code):
        return False
    if selector.label and fact.code:
        return False
    if not _fits(selector.measure, fact.measure):
        return False
    if fact.col == first and selector.column.startswith("total"):
        return True
    return selector.column != "total" and _fits(selector.column, column_name(fact))


def _said(case: Case, fact: Fact, selector: Selector) -> bool:
    if not is_money(fact) or fact.entity or fact.year not in (None, case.profile.year) or fact.code:
        return False
    if _BALANCE.search("".join(fact.path)) and not _BALANCE.search(selector.label):
        return False  # 上年结转的一般公共预算收入 is no income of the year
    measure = _STAGE.get(case.profile.stage, "") if selector.measure == "stage" else selector.measure
    above = fact.path[-1] if fact.path else ""
    return (
        _fits(selector.label, public_name(fact.label))
        and _fits(measure, fact.measure)
        and (not selector.scope or fact.scope == selector.scope)
        and (not selector.under or _fits(selector.under, above))
    )


def _fits(pattern: str, text: str) -> bool:
    return not pattern or bool(_compiled(pattern).fullmatch(text))


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def printed(facts: Sequence[Fact]) -> bool:
    """Whether any of the figures is printed at all."""
    return any(fact.value is not None for fact in facts)
