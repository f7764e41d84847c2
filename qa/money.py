"""Whose money a figure counts and whose a question asks for: the general budget's, a fund's, what is granted, or all.

One account stands in tables of all money, of what the treasury grants and of the general budget, with three figures.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.model import Fact
from index.wording import canonical
from qa.retrieve.columns import PARTS_OF_SPENDING

GENERAL, FUND, CAPITAL, GRANTED, ALL = "一般公共预算", "政府性基金", "国有资本经营", "财政拨款", "全部"
_NAMES = {
    FUND: re.compile(r"政府性基金"),
    CAPITAL: re.compile(r"国有资本经营|国资预算"),
    GENERAL: re.compile(r"(?:一般)?公共(?:财政)?预算"),
    GRANTED: re.compile(r"(?<!预算)财政拨款"),
}
_AHEAD = re.compile(r"^(?:本年|(?:一般)?公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|财政拨款)+(?=.)")
FUNDS = (FUND, CAPITAL, GENERAL)


@lru_cache(maxsize=16384)
def money_said(text: str) -> str:
    """The money that a text names, the narrowest of them; "" where it names none, or several funds side by side."""
    said = [money for money, name in _NAMES.items() if name.search(text)]
    funds = [money for money in said if money in FUNDS]
    return funds[0] if len(funds) == 1 else "" if funds or not said else GRANTED


def money_of(fact: Fact) -> str:
    """The money that a figure counts, as its column says, else its row, its table, its section."""
    for words in ("".join(fact.column), fact.label, "".join(fact.path), fact.title):
        if said := money_said(canonical(words)):
            return said
    return fact.scope if fact.scope in _NAMES else ALL


def without_money(name: str) -> str:
    """What a name says besides the money: 基本支出 of 一般公共预算财政拨款基本支出."""
    return _AHEAD.sub("", name)


def of_other_money(text: str, fact: Fact) -> bool:
    """Whether a text asks for one money, and a figure counts another or all of it.

    Where a document knows of no fund, what is granted is of the general budget: the two stand for each other.
    """
    said = money_said(text)
    if not said or said == (counted := money_of(fact)):
        return False
    if counted == ALL:
        return fact.scope == ALL and money_said(canonical(fact.quote)) != said
    return {said, counted} != {GENERAL, GRANTED}


def of_unsaid_fund(text: str, fact: Fact) -> bool:
    """Whether a figure counts one fund alone, which a text does not name."""
    counted, said = money_of(fact), money_said(text)
    return counted in FUNDS and said != counted and {said, counted} != {GENERAL, GRANTED}


def lies_within(part: Fact, whole: Fact) -> bool:
    """Whether a figure can be a part of another: not what all money is spent on of what one money gives."""
    inner, outer = money_of(part), money_of(whole)
    if outer == ALL and inner != ALL and without_money(canonical(whole.label)) in PARTS_OF_SPENDING:
        return False  # basic expenditure is of one money where its parts are
    return outer in (inner, ALL) or (outer == GRANTED and inner in FUNDS) or inner == GRANTED or part.scope != ALL
