"""Accounts that the prose lists by name against those that the table of 基本支出 spends on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.checks.model import Case, Outcome, Result
from index.model import Fact, Paragraph
from index.vocabulary import bare, load_vocabulary
from index.wording import canonical, squeeze

_LIST = re.compile(r"(?:人员经费|公用经费)[^。；;：:]{0,30}?主要(?:包括|用于)[:：]?([^。；;]+)")
_OPEN = re.compile(r"等(?:支出|费用|方面)?$")
_APART = 2  # names by which a list of this year's accounts may go wrong; one that differs more is the template's
_LEAST = 5  # names of a list
_ITEM_DIGITS = 5


def items_listed(case: Case) -> Iterator[Outcome]:
    """N-11: 主要包括：基本工资、津贴补贴 … names the accounts of the 基本支出 table that are not zero."""
    spent = _spent(case)
    for paragraph in case.paragraphs:
        lists = _LIST.findall(squeeze(paragraph.text))
        if spent and lists and "基本支出" in paragraph.text:
            yield _compared(case, paragraph, lists, spent)
            return
    yield Outcome("N-11", Result.NOT_APPLICABLE)


def _spent(case: Case) -> dict[str, Fact]:
    """The accounts with a figure other than zero, by their plain names."""
    rows = (*case.of_kind.get("F06", ()), *case.of_kind.get("B06", ()))
    return {_plain(f.label): f for f in rows if len(f.code) == _ITEM_DIGITS and f.value}


def _plain(name: str) -> str:
    return bare(canonical(name))


def _compared(case: Case, paragraph: Paragraph, lists: list[str], spent: dict[str, Fact]) -> Outcome:
    names = [name for words in lists for name in re.split("[、，,]", _OPEN.sub("", words)) if name]
    listed = {_plain(name): name for name in names}
    known = {_plain(account.name) for account in load_vocabulary().accounts.values() if account.code[0] == "3"}
    unspent = [name for plain, name in listed.items() if plain not in spent and plain in known]
    untold = [] if any(map(_OPEN.search, lists)) else [f.label for plain, f in spent.items() if plain not in listed]
    if not unspent and not untold:
        return Outcome("N-11", Result.HOLDS)
    if len(unspent) + len(untold) > _APART or len(listed) < _LEAST:
        return Outcome("N-11", Result.NOT_APPLICABLE)
    section = case.section.get(paragraph.section)
    where = f"“{section.title.rstrip('。')}”" if section else ""
    told = f"列出了表中没有金额的“{'”“'.join(unspent)}”" if unspent else ""
    left_out = f"漏列了表中有金额的“{'”“'.join(untold)}”" if untold else ""
    message = f"说明{where}的基本支出“主要包括”{'，'.join(filter(None, (told, left_out)))}。"
    places = paragraph.places(0, len(paragraph.text))[:1]
    return Outcome("N-11", Result.FAILS, (), message, places=places, quote="主要包括")
