"""A change that is printed beside another of the same item: against the budget, or against last year."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.draft import Draft
from qa.explain import explains
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.organisations import span_mask
from qa.readings import item_of
from qa.respond.bases import YEAR_BEFORE
from qa.respond.changes import change
from qa.respond.operands import one

_SOME_YEAR = re.compile(r"[比较]20\d\d年?")
_PLAN = re.compile(r"(?:年初|全年|调整)?预算数?")
_CHANGES = ("增减额", "增减率")


def printed_change(intent: Intent, finder: Finder) -> Draft | None:
    """The change that is asked for where two stand in one sentence: 比年初预算数减少…，比上年决算数减少…."""
    if intent.operands or not (intent.measure in _CHANGES or intent.operation is Operation.DIFFERENCE):
        return None
    measure = intent.measure if intent.measure in _CHANGES else "增减额"
    stages = span_mask(m.span() for m in _PLAN.finditer(intent.text))
    p = one(replace(intent, operation=Operation.LOOKUP, topic=intent.topic.without(stages)), finder, measure)
    if p is None:
        return None
    text = intent.text
    against_plan = bool(_PLAN.search(text)) and not YEAR_BEFORE.search(text) and not _SOME_YEAR.search(text)
    for scored in p.ranking.near(1.0):
        fact = scored.fact
        same = item_of(fact) == item_of(p.fact) and fact.measure == measure and explains(p.ranking, scored)
        if same and ("预算" in fact.basis) == against_plan:
            return change(replace(p, best=scored, others=(), rivals=()), intent, finder)
    return None
