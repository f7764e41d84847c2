"""Yes or no, decided by comparing figures: over budget, more than last year, A more than B."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY
from index.model import Found
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed, source_of, subject_of
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.pick import Pick
from qa.respond.operands import one

_OVER = re.compile(r"(超|超过|超出|高于|突破|多于|大于)(?:了|过)?(?:年初|全年)?预算|超支")
_UNDER = re.compile(r"(低于|少于|没超|未超|不超|小于|比年初预算低|比预算(?:低|少))(?:过|了)?(?:年初|全年)?(?:预算)?")
_VERSUS = re.compile(r"比(?!例|重|上年|去年|较).+?(多|少|高|低|大|小)")
_MORE = frozenset("多高大")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """Only for questions that ask for yes or no."""
    if not intent.yesno or intent.operation in (Operation.WHY, Operation.DEFINE, Operation.CHECK):
        return None
    if intent.change:
        return _against_last_year(intent, finder)
    if re.search(r"预算", intent.text) and (
        _OVER.search(intent.text) or _UNDER.search(intent.text) or re.search(r"比(?:年初|全年)?预算", intent.text)
    ):
        return _against_budget(intent, finder)
    if len(intent.operands) == 2 or _VERSUS.search(intent.text):
        return _two_items(intent, finder)
    return None


def _against_budget(intent: Intent, finder: Finder) -> Draft | None:
    budget = "年初预算" if "年初" in intent.text else "预算"
    actual, planned = one(intent, finder, "决算"), one(intent, finder, budget)
    if actual is None or planned is None:
        return None
    over = _size(actual.found) > _size(planned.found)
    asks_over = not re.search(r"低于|少于|没超|未超|不超|小于|比(?:年初|全年)?预算数?(?:低|少)", intent.text)
    holds = over if asks_over else _size(actual.found) < _size(planned.found)
    relation = "高于" if over else "等于" if _size(actual.found) == _size(planned.found) else "低于"
    return _draft(holds, actual, planned, f"决算{relation}{planned.fact.measure or '预算'}", intent, finder)


def _two_items(intent: Intent, finder: Finder) -> Draft | None:
    match = _VERSUS.search(intent.text)
    if match is None or len(intent.operands) != 2:
        return None
    first, second = intent.operands
    if not second.topic.size:
        second = replace(second, topic=first.topic)
    if not first.topic.size:
        first = replace(first, topic=second.topic)
    a, b = one(first, finder), one(second, finder)
    if a is None or b is None:
        return None
    more = _size(a.found) > _size(b.found)
    holds = more if match.group(1) in _MORE else _size(a.found) < _size(b.found)
    relation = "多于" if more else "等于" if _size(a.found) == _size(b.found) else "少于"
    return _draft(holds, a, b, f"前者{relation}后者", intent, finder)


def _against_last_year(intent: Intent, finder: Finder) -> Draft | None:
    """The printed change decides; its amount and sentence are shown."""
    change = one(replace(intent, measure="", measure_mask=0), finder, "增减额") or one(intent, finder, "增减率")
    if change is None or change.fact.direction not in ("增加", "减少", "持平"):
        return None
    asks_more = not re.search(r"少|减|降|低|下", re.sub(r"减少额|多少", "", intent.text))
    holds = change.fact.direction == ("增加" if asks_more else "减少")
    ledger = new_ledger(finder)
    mark = ledger.fact(change.found)
    size = "" if change.fact.direction == "持平" else printed(change.fact)
    text = f"{'是' if holds else '否'}。{heading(change.entry)}{subject_of(change.fact)}比上年{change.fact.direction}{size}[{mark}]。"
    return Draft(text, ledger, verdict="yes" if holds else "no", warnings=intent.notes)


def _draft(holds: bool, a: Pick, b: Pick, finding: str, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    x, y = ledger.fact(a.found), ledger.fact(b.found)
    text = (
        f"{'是' if holds else '否'}。{heading(a.entry, a.fact.year)}{subject_of(a.fact)}{a.fact.measure}为{printed(a.fact)}（{source_of(a.fact)}）[{x}]，"
        f"{subject_of(b.fact)}{b.fact.measure}为{printed(b.fact)}（{source_of(b.fact)}）[{y}]，{finding}。"
    )
    return Draft(text, ledger, verdict="yes" if holds else "no", warnings=intent.notes)


def _size(found: Found) -> Decimal:
    fact = found.fact
    return (fact.value or Decimal(0)) * MONEY.get(fact.unit, Decimal(1))
