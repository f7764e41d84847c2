"""Codes and names of accounts against the classification, and against each other inside the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from index.checks.model import Case, Outcome, Result
from index.model import Fact
from index.tables.accounts import misnamed
from index.vocabulary import bare, load_vocabulary
from index.wording import canonical

_ACCOUNT_RULE = "account-code"
_MISSPELT = 0.6
# Kinds of tables in which a project or what is bought stands beside the code, not the account.
_OF_THINGS = frozenset({"B12", "B15", "B16", "F13"})


def codes_well_formed(case: Case) -> Iterator[Outcome]:
    """K-2: what reading the tables remarked about the spelling of codes."""
    remarks = [f for f in case.read if f.rule == _ACCOUNT_RULE and "不一致" not in f.message]
    for found in remarks:
        yield Outcome("K-2", Result.FAILS, (), found.message, found.severity, found.origin, found.places, remarked=True)
    if not remarks and any(fact.code for fact in case.facts):
        yield Outcome("K-2", Result.HOLDS)


def names_agree(case: Case) -> Iterator[Outcome]:
    """K-1: an account's printed name is the one the classification gives its code, in the year of the document.

    Names of other accounts are told together: where rows have moved against their codes, one slip made them all.
    """
    vocabulary = load_vocabulary()
    others: list[Fact] = []
    for code, fact in _first_prints(case).items():
        account = vocabulary.accounts.get(code)
        if account is None:
            continue
        if misnamed(code, fact.label, vocabulary):
            others.append(fact)
            continue
        printed, current = bare(canonical(fact.label)), bare(canonical(account.name))
        former = {bare(canonical(name)) for name in account.formerly}
        alike = max(SequenceMatcher(None, printed, name).ratio() for name in (current, *former)) >= _MISSPELT
        then = {bare(canonical(name)) for name in account.formerly_in(case.profile.year or 0)}
        cut = (printed in current or current in printed) and printed not in former
        if printed == current or printed in then or cut:
            yield Outcome("K-1", Result.HOLDS, (fact,))
        elif alike:
            message = f"科目{code}的名称“{fact.label}”与政府收支分类科目的现行名称“{account.name}”不同。"
            yield Outcome("K-1", Result.FAILS, (), message, places=(fact.place,), quote=fact.label)
    if others:
        listed = "、".join(f"{f.code}“{f.label}”（应为“{vocabulary.accounts[f.code].name}”）" for f in others)
        message = f"有{len(others)}个科目编码与所列名称不是同一科目：{listed}。"
        yield Outcome("K-1", Result.FAILS, (), message, places=tuple(f.place for f in others), remarked=True)


def one_name_a_code(case: Case) -> Iterator[Outcome]:
    """K-1: one code goes by one name throughout the document."""
    prints: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in case.facts:
        if fact.code and fact.table and fact.kind not in _OF_THINGS:
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
        if fact.code and fact.table and fact.kind not in _OF_THINGS:
            found.setdefault(fact.code, fact)
    return found
