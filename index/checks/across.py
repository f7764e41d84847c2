"""Between documents: year against year, and a budget against the outturn of the same year.

Documents belong together when one office published them, or when a department lists the other's office as its unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.checks.compare import ZERO, adds_up, amount, is_money, same, step, total_of
from index.checks.families import families, family_adds_up
from index.checks.model import Case, Outcome, Result
from index.checks.select import total_column
from index.model import Fact, Profile
from index.wording import canonical

_OPENING = re.compile(r"年初结转[和与]结余|上年结转(?:结余)?")
_CLOSING = re.compile(r"年末结转[和与]结余|年终结转结余|结转下年.*")
_LAST_YEAR = re.compile(r"上年|上一年|去年|20\d\d年")


@dataclass(frozen=True, slots=True)
class Across:
    """An outcome between two documents: `owners[i]` is the name of the document that `outcome.facts[i]` stands in."""

    outcome: Outcome
    owners: tuple[str, ...]


Pair = tuple[str, Case, str, Case]  # name and case of the later document, then of the earlier
CrossCheck = Callable[[Pair], Iterator[Across]]


def between(cases: Mapping[str, Case]) -> tuple[Across, ...]:
    """Every check between two documents on every pair that belongs together, and of departments against their units."""
    found = [across for pair in pairs(cases) for check in CROSS_CHECKS for across in check(pair)]
    summed = (outcome for family in families(cases) for outcome in family_adds_up(family))
    return (*found, *(Across(outcome, owners) for outcome, owners in summed))


def pairs(cases: Mapping[str, Case]) -> Iterator[Pair]:
    """Two documents of one office: of the same stage and successive years, or budget and outturn of one year."""
    for later, a in cases.items():
        for earlier, b in cases.items():
            if later == earlier or not _same_office(a.profile, b.profile):
                continue
            if _follows(a.profile, b.profile) or _of_one_year(a.profile, b.profile):
                yield later, a, earlier, b


def _same_office(a: Profile, b: Profile) -> bool:
    same_name = canonical(a.organisation) == canonical(b.organisation)
    return same_name and bool(a.organisation) and (not a.level or not b.level or a.level == b.level)


def _follows(a: Profile, b: Profile) -> bool:
    return a.stage == b.stage and a.year is not None and b.year is not None and a.year == b.year + 1


def _of_one_year(a: Profile, b: Profile) -> bool:
    return a.stage == "决算" and b.stage == "预算" and a.year is not None and a.year == b.year


def carried_over(pair: Pair) -> Iterator[Across]:
    """Y-1: what was left at the end of the year before is what this year began with."""
    later, a, earlier, b = pair
    if not _follows(a.profile, b.profile) or a.profile.stage != "决算":
        return
    for kind in ("F01", "F04"):
        opening, closing = _row(a, kind, _OPENING), _row(b, kind, _CLOSING)
        if opening is not None and closing is not None:
            result = same(opening, closing)
            message = f"本年{a.name(opening)}与上年{b.name(closing)}不一致，差异应有调整说明。"
            yield _across("Y-1", result, (opening, closing), message, (later, earlier))


def _row(case: Case, kind: str, label: re.Pattern[str]) -> Fact | None:
    rows = (f for f in case.of_kind.get(kind, ()) if len(f.path) == 1 and is_money(f))
    return next((fact for fact in rows if label.match(fact.label) or label.match("年初" + fact.label)), None)


def budget_is_the_budget(pair: Pair) -> Iterator[Across]:
    """Y-2: the 年初预算 that the outturn tells of an account is that of the year's 一般公共预算 table."""
    later, a, earlier, b = pair
    if not _of_one_year(a.profile, b.profile):
        return
    listed = _by_code(b)
    told: set[str] = set()
    for fact in a.said:
        if fact.measure != "年初预算" or fact.scope != "一般公共预算" or fact.code in told or len(fact.code) != 7:
            continue
        told.add(fact.code)
        planned = listed.get(fact.code)
        if planned:
            result = same(fact, planned[0]) if len(planned) == 1 else adds_up(fact, planned)
            shown = b.name(planned[0]) if len(planned) == 1 else f"预算所列之和{total_of(planned, fact.unit)}"
            message = f"决算{a.name(fact)}与当年预算{shown}不一致。"
            yield _across("Y-2", result, (fact, *planned), message, (later, *[earlier] * len(planned)))


def _by_code(case: Case) -> dict[str, list[Fact]]:
    rows = [f for f in case.of_kind.get("B05", ()) if f.code and is_money(f)]
    first = total_column(rows, case.profile)
    found: dict[str, list[Fact]] = {}
    for fact in rows:
        if fact.col == first:
            found.setdefault(fact.code, []).append(fact)
    return found


def last_year_was(pair: Pair) -> Iterator[Across]:
    """Y-4: what this year's figure and its change say of last year is what last year's document states."""
    _, a, _, b = pair
    if not _follows(a.profile, b.profile):
        return
    stated = _stated(b)
    for facts in a.of_paragraph.values():
        for moved in facts:
            if moved.measure != "增减额" or not is_money(moved) or moved.entity or not _LAST_YEAR.search(moved.basis):
                continue
            if ("决算" in moved.basis or "执行" in moved.basis) and b.profile.stage != "决算":
                continue
            now = next((f for f in facts if f.label == moved.label and f.measure == a.profile.stage), None)
            before = stated.get((canonical(moved.label), moved.code))
            if now is not None and before is not None and moved.direction:
                yield _derived(pair, moved, now, before)


def _stated(case: Case) -> dict[tuple[str, str], Fact]:
    found: dict[tuple[str, str], Fact] = {}
    for fact in case.said:
        if fact.measure == case.profile.stage and is_money(fact) and not fact.entity and fact.year == case.profile.year:
            found.setdefault((canonical(fact.label), fact.code), fact)
    return found


def _derived(pair: Pair, moved: Fact, now: Fact, before: Fact) -> Across:
    later, a, earlier, b = pair
    change = amount(moved) or ZERO
    was = (amount(now) or ZERO) + (change if moved.direction == "减少" else -change)
    apart = abs(was - (amount(before) or ZERO))
    slack = max(step(fact) for fact in (moved, now, before)) * 3 / 2
    result = Result.HOLDS if not apart else Result.ROUNDING if apart <= slack else Result.FAILS
    message = f"由{a.name(now)}和{a.name(moved)}推算的上年数，与上年文件{b.name(before)}不一致。"
    return _across("Y-4", result, (now, moved, before), message, (later, later, earlier))


def _across(rule: str, result: Result, facts: Sequence[Fact], message: str, owners: Sequence[str]) -> Across:
    told = message if result in (Result.FAILS, Result.ROUNDING) else ""
    return Across(Outcome(rule, result, tuple(facts), told), tuple(owners))


CROSS_CHECKS: tuple[CrossCheck, ...] = (carried_over, budget_is_the_budget, last_year_was)
