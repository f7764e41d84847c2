"""Figures that bound others: what 基本支出 spends on 三公 is within the 三公 table, which counts project money too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.checks.compare import ZERO, amount, is_money, step
from index.checks.model import Case, Outcome, Result
from index.checks.names import ABROAD, BOUGHT, GUESTS, RUN, public_name
from index.checks.select import column_name, total_column
from index.model import Fact, Profile, Severity

_THREE: tuple[tuple[str, str, str], ...] = (  # account, name of the 三公 figure, what the account's name holds
    ("30212", ABROAD, "出国"),
    ("30217", GUESTS, "接待"),
    ("30231", RUN, "运行"),
    ("31013", BOUGHT, "购置"),
)
_CONTRIBUTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("30108", frozenset({"2080505"})),
    ("30109", frozenset({"2080506"})),
    ("30110", frozenset({"2101101", "2101102"})),
    ("30111", frozenset({"2101103"})),
    ("30113", frozenset({"2210201"})),
)


def basic_within_three(case: Case) -> Iterator[Outcome]:
    """X-12, BX-6: each 三公 account of the 基本支出 table is no more than the figure of the 三公 table."""
    for rule, basic, three, measures in (
        ("X-12", "F06", "F09", ("决算",)),
        ("BX-6", "B06", "B09", ("预算", "年初预算")),
    ):
        found = False
        for code, name, word in _THREE:
            inner = [f for f in case.of_kind.get(basic, ()) if f.code == code and is_money(f) and word in f.label]
            outer = [
                f
                for f in case.of_kind.get(three, ())
                if is_money(f) and public_name(f.label) == name and f.measure in measures
            ]
            if not inner or len(outer) != 1:
                continue
            found = True
            yield _within(case, rule, _of_total(inner, case.profile), outer[0])
        if not found:
            yield Outcome(rule, Result.NOT_APPLICABLE)


def contributions_match(case: Case) -> Iterator[Outcome]:
    """S-1: what is paid into pensions, insurance and housing goes by an economic and by a functional account. Equal sums
    confirm each other; others may have been paid from other accounts and say nothing.
    """
    for basic, general in (("F06", "F05"), ("B06", "B05")):
        for economic, functional in _CONTRIBUTIONS:
            listed = [f for f in case.of_kind.get(basic, ()) if f.code == economic and is_money(f)]
            paid = _of_total(listed, case.profile)
            spent = [f for f in case.of_kind.get(general, ()) if f.code in functional and "基本支出" in column_name(f)]
            if len(paid) == 1 and spent and sum(map(_sum_of, spent), ZERO) == amount(paid[0]):
                yield Outcome("S-1", Result.HOLDS, (paid[0], *spent))


def _sum_of(fact: Fact) -> Decimal:
    return amount(fact) or ZERO


def _of_total(facts: Sequence[Fact], profile: Profile) -> list[Fact]:
    """An account can stand on several rows, one for each class of the government's classification."""
    of_one_table = [fact for fact in facts if fact.table == facts[0].table]
    first = total_column(of_one_table, profile)
    return [fact for fact in of_one_table if fact.col == first]


def _within(case: Case, rule: str, inner: Sequence[Fact], outer: Fact) -> Outcome:
    spent = sum((amount(fact) or ZERO for fact in inner), ZERO)
    limit = amount(outer) or ZERO
    over = spent - limit
    slack = max(step(outer), *(step(fact) for fact in inner))
    result = Result.HOLDS if over <= ZERO else Result.ROUNDING if over <= slack else Result.FAILS
    message = f"{case.name(inner[0])}大于{case.name(outer)}。" if over > ZERO else ""
    severity = Severity.WARNING if rule == "BX-6" else None  # the 三公 table may leave out what other money pays
    return Outcome(rule, result, (*inner, outer), message, severity)
