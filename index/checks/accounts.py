"""Account by account: the same 类, 款 or 项 in two tables, or in the prose and a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from index.checks.compare import ZERO, adds_up, amount, is_money, same, step, total_of
from index.checks.layout import uppermost_codes
from index.checks.model import Case, Outcome, Result
from index.checks.select import column_name, total_column
from index.model import Fact, Severity, State
from index.vocabulary import bare, load_vocabulary
from index.wording import canonical

_TWINS = (("F05", "F03"), ("B05", "B03"))
_CLASS_DIGITS = 3
_CARRIED = re.compile(r"(?:上年|年初).*结[转余]")
_FEW = 3


def classes_agree(case: Case) -> Iterator[Outcome]:
    """X-5, X-8: the 类 rows of a two-sided table against the accounts of the table that details them."""
    for rule, upper, lower, scope in (
        ("X-5", "F01", "F03", ""),
        ("X-5", "B01", "B03", ""),
        ("X-8", "F04", "F05", "一般公共预算"),
        ("X-8", "B04", "B05", "一般公共预算"),
    ):
        listed = _totals_by_code(case, lower)
        made = list(_classes(case, rule, upper, listed, scope)) if listed else []
        if _carried_over(case, upper, made):
            made = [outcome for outcome in made if outcome.result is not Result.FAILS]
        yield from made or [Outcome(rule, Result.NOT_APPLICABLE)]


def _classes(case: Case, rule: str, upper: str, listed: Mapping[str, Sequence[Fact]], scope: str) -> Iterator[Outcome]:
    for code, facts in _class_rows(case, upper, scope).items():
        stated = [fact for fact in facts if amount(fact)]
        fact, parts = (stated or facts)[0], _under(listed, code)
        if not stated and not any(map(amount, parts)):
            continue
        if not parts:
            message = f"{case.name(fact)}在{_title(listed)}中没有对应的科目。"
            yield Outcome(rule, Result.FAILS, (fact,), message, Severity.WARNING)
            continue
        yield _against(case, rule, fact, parts)


def _carried_over(case: Case, upper: str, made: Sequence[Outcome]) -> bool:
    """Whether the classes exceed the table that details them by no more than what the sheet carries over from last
    year: many tables of 一般公共预算 list the money of the year alone.
    """
    failed = [outcome.facts for outcome in made if outcome.result is Result.FAILS and len(outcome.facts) > 1]
    gaps = [(amount(fact) or ZERO) - sum((amount(part) or ZERO for part in parts), ZERO) for fact, *parts in failed]
    rows = (f for f in case.of_kind.get(upper, ()) if f.path[:1] == ("收入",) and is_money(f))
    carried = [amount(fact) or ZERO for fact in rows if _CARRIED.search(fact.label + "".join(fact.path))]
    return bool(gaps) and min(gaps) > ZERO and sum(gaps, ZERO) in carried


def _class_rows(case: Case, kind: str, scope: str) -> dict[str, list[Fact]]:
    """The 支出 rows of a two-sided table by the account they name: of one fund, or in the first column."""
    rows = [fact for fact in case.of_kind.get(kind, ()) if fact.path[:1] == ("支出",) and is_money(fact)]
    if scope:
        rows = [fact for fact in rows if fact.scope == scope and "/" not in column_name(fact)]
    else:
        first = total_column(rows, case.profile)
        rows = [fact for fact in rows if fact.col == first]
    numbers = {fact.table for fact in rows}
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in rows:
        codes = [code for code in load_vocabulary().codes_of(fact.label) if len(code) == _CLASS_DIGITS]
        if len(codes) == 1 and fact.table == min(numbers):
            found[codes[0]].append(fact)
    return found


def _against(case: Case, rule: str, fact: Fact, parts: Sequence[Fact]) -> Outcome:
    result = same(fact, parts[0]) if len(parts) == 1 else adds_up(fact, parts)
    if result not in (Result.FAILS, Result.ROUNDING):
        return Outcome(rule, result, (fact, *parts))
    other = case.name(parts[0]) if len(parts) == 1 else f"{_where(parts[0])}同类各项之和{total_of(parts, fact.unit)}"
    verb = "不一致" if result is Result.FAILS else "相差尾数"
    return Outcome(rule, result, (fact, *parts), f"{case.name(fact)}与{other}{verb}。")


def _under(listed: Mapping[str, Sequence[Fact]], code: str) -> list[Fact]:
    """The account itself where the table has a row for it, else the uppermost accounts below it."""
    if code in listed:
        return list(listed[code])
    below = {other: facts for other, facts in listed.items() if other.startswith(code)}
    return [fact for other in uppermost_codes(below) for fact in below[other]]


def _totals_by_code(case: Case, kind: str) -> dict[str, list[Fact]]:
    """The first money column of the first table of a kind, by account."""
    facts = _figures(case, kind)
    first = total_column([fact for fact in facts if fact.code], case.profile)
    by_code: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.code and fact.col == first:
            by_code[fact.code].append(fact)
    return by_code


def _figures(case: Case, kind: str) -> list[Fact]:
    """Money of the table of a kind: where there are several, of the first that is whole, which its 合计 row tells."""
    tables = [case.of_table.get(table.number, ()) for table in case.tables if table.kind == kind and not table.empty]
    whole = [facts for facts in tables if any(fact.label == "合计" and fact.value is not None for fact in facts)]
    chosen = whole[:1] or (tables if len(tables) == 1 else [])
    return [fact for facts in chosen for fact in facts if is_money(fact) and fact.state is not State.TEXT]


def twins_agree(case: Case) -> Iterator[Outcome]:
    """X-9: 一般公共预算 spending is part of all spending; where the totals are equal, every figure is."""
    for part, whole in _TWINS:
        inner, outer = _cells(case, part), _cells(case, whole)
        if not inner or not outer:
            yield Outcome("X-9", Result.NOT_APPLICABLE)
            continue
        equal = _all_equal(inner, outer)
        for key, fact in inner.items():
            other = outer.get(key)
            if other is not None and (amount(fact) or amount(other)):
                yield _part_of(case, fact, other, equal)


_Cell = tuple[str, str]


def _cells(case: Case, kind: str) -> dict[_Cell, Fact]:
    """Figures by account and column; an account that is listed twice is left out."""
    facts = _figures(case, kind)
    first = total_column(facts, case.profile)
    facts = [fact for fact in facts if fact.col >= first and fact.year in (None, case.profile.year)]
    facts = [fact for fact in facts if fact.measure not in {"上年", "增减额"}]
    found: dict[_Cell, list[Fact]] = defaultdict(list)
    for fact in facts:
        name = "合计" if fact.col == first else column_name(fact).split("/")[-1]
        found[fact.code or fact.label, name].append(fact)
    return {key: same_key[0] for key, same_key in found.items() if len(same_key) == 1}


def _all_equal(inner: Mapping[_Cell, Fact], outer: Mapping[_Cell, Fact]) -> bool:
    """Whether nearly all shared figures are equal: then the document has no other money, and all should be."""
    pairs = [(fact, outer[key]) for key, fact in inner.items() if key in outer and (amount(fact) or amount(outer[key]))]
    equal = sum(amount(a) == amount(b) for a, b in pairs)
    return len(pairs) >= _FEW and equal >= len(pairs) - max(1, len(pairs) // 20)


def _part_of(case: Case, fact: Fact, other: Fact, equal: bool) -> Outcome:
    a, b = amount(fact) or ZERO, amount(other) or ZERO
    if equal:
        result = same(fact, other)
        message = f"{case.name(fact)}与{case.name(other)}不一致，而两表其余各数均相等。"
    else:
        over = a - b
        allowed = max(step(fact), step(other))
        result = Result.HOLDS if over <= ZERO or b < ZERO else Result.ROUNDING if over <= allowed else Result.FAILS
        message = f"{case.name(fact)}大于{case.name(other)}。"
    return Outcome("X-9", result, (fact, other), message if result in (Result.FAILS, Result.ROUNDING) else "")


def accounts_listed(case: Case) -> Iterator[Outcome]:
    """X-10: what 一般公共预算 spends is among what is spent."""
    for part, whole in _TWINS:
        inner, outer = _totals_by_code(case, part), _totals_by_code(case, whole)
        if not inner or not outer:
            yield Outcome("X-10", Result.NOT_APPLICABLE)
        for code, facts in inner.items():
            if outer and (amount(facts[0]) or ZERO):
                fits = code in outer or bool(_under(outer, code))
                message = "" if fits else f"{case.name(facts[0])}的科目{code}未列入{_title(outer)}。"
                yield Outcome("X-10", Result.HOLDS if fits else Result.FAILS, (facts[0],), message)


def said_accounts_agree(case: Case) -> Iterator[Outcome]:
    """N-6, N-8: what the prose says of an account, against the 一般公共预算 table."""
    kind = "F05" if case.profile.stage == "决算" else "B05"
    listed = _totals_by_code(case, kind)
    measures = {"决算"} if case.profile.stage == "决算" else {"预算", "年初预算"}
    for fact in case.said:
        code = fact.code or _class_of(fact)
        if (
            not code
            or fact.measure not in measures
            or not is_money(fact)
            or fact.entity
            or fact.scope != "一般公共预算"
        ):
            continue
        if fact.year not in (None, case.profile.year):
            continue
        rule = "N-6" if len(code) == _CLASS_DIGITS else "N-8"
        parts = _under(listed, code) if listed else []
        if not parts:
            yield Outcome(rule, Result.NOT_APPLICABLE, (fact,))
            continue
        yield _against(case, rule, fact, parts)


def _class_of(fact: Fact) -> str:
    """The 类 that a name without code and parents means: 一般公共服务支出."""
    codes = [code for code in load_vocabulary().codes_of(fact.label) if len(code) == _CLASS_DIGITS and code[0] == "2"]
    named = canonical(fact.label).endswith("支出") or bare(canonical(fact.label)) != canonical(fact.label)
    return codes[0] if len(codes) == 1 and named and fact.label != "其他支出" else ""


def _where(fact: Fact) -> str:
    return fact.table_code or fact.title


def _title(listed: Mapping[str, Sequence[Fact]]) -> str:
    return next((_where(facts[0]) for facts in listed.values()), "")
