"""Codes and names of accounts against the classification, and against each other inside the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from index.checks.model import Case, Outcome, Result
from index.model import Fact
from index.vocabulary import bare, load_vocabulary
from index.wording import canonical

_ACCOUNT_RULE = "account-code"
_MISSPELT = 0.6


def codes_well_formed(case: Case) -> Iterator[Outcome]:
    """K-1, K-2: what reading the tables remarked about their codes."""
    remarks = [finding for finding in case.read if finding.rule == _ACCOUNT_RULE]
    for finding in remarks:
        rule = "K-1" if "不一致" in finding.message else "K-2"
        yield Outcome(
            rule, Result.FAILS, (), finding.message, finding.severity, finding.origin, finding.places, remarked=True
        )
    if not remarks and any(fact.code for fact in case.facts):
        yield Outcome("K-2", Result.HOLDS)


def names_agree(case: Case) -> Iterator[Outcome]:
    """K-1: an account's printed name is the one the classification gives its code, now or in earlier years."""
    accounts = load_vocabulary().accounts
    for code, fact in _first_prints(case).items():
        account = accounts.get(code)
        if account is None:
            continue
        printed, current = bare(canonical(fact.label)), bare(canonical(account.name))
        former = {bare(canonical(name)) for name in account.formerly}
        alike = max(SequenceMatcher(None, printed, name).ratio() for name in (current, *former)) >= _MISSPELT
        if printed == current or ((printed in current or current in printed) and printed not in former):
            yield Outcome("K-1", Result.HOLDS, (fact,))
        elif alike:
            message = f"科目{code}的名称“{fact.label}”与政府收支分类科目的现行名称“{account.name}”不同。"
            yield Outcome("K-1", Result.FAILS, (), message, places=(fact.place,), quote=fact.label)


def one_name_a_code(case: Case) -> Iterator[Outcome]:
    """K-1: one code goes by one name throughout the document."""
    prints: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in case.facts:
        if fact.code and fact.table:
            prints[fact.code].setdefault(bare(canonical(fact.label)), fact)
    for code, names in prints.items():
        first, *others = names.values()
        for other in others:
            if canonical(first.label) in canonical(other.label) or canonical(other.label) in canonical(first.label):
                continue  # one of them was cut off at a page break
            message = f"科目{code}在文件中有两个名称：“{first.label}”与“{other.label}”。"
            yield Outcome("K-1", Result.FAILS, (first, other), message)


def _first_prints(case: Case) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for fact in case.facts:
        if fact.code and fact.table:
            found.setdefault(fact.code, fact)
    return found
