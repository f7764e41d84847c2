"""A change that the document does not print, from the two figures that are printed: this year's and last year's.

Last year's stands in the same row (a column of last year) or in the document of the year before, at the same stage.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Fact
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, short_name, subject_of
from qa.finder import Finder
from qa.model import Intent
from qa.organisations import span_mask
from qa.pick import Pick, pick_is_open
from qa.readings import item_of
from qa.respond.bases import outturn_before
from qa.respond.changes import direction_asked
from qa.respond.operands import is_money, line, one, quantity, value_of

_STAGES = re.compile("预算|决算")
_CHANGES = ("增减额", "增减率")


def growth_of(intent: Intent, finder: Finder) -> Draft | None:
    """By how much, or by how many per cent, a figure differs from last year's."""
    if intent.measure not in _CHANGES or not intent.change:
        return None
    pair = two_years(intent, finder)
    if pair is None:
        return None
    now, before = pair
    ledger = new_ledger(finder)
    a = quantity(ledger, now, finder, f"{now.entry.profile.year or '本'}年")
    b = quantity(ledger, before, finder, f"{before.fact.year or before.entry.profile.year or '上'}年")
    if a is None or b is None or a.citation == b.citation or (a.unit != b.unit and not is_money(a, b)):
        return None
    name = f"{short_name(now.entry)}{subject_of(now.fact)}"
    step = calculate.difference(a, b, intent.unit)
    if intent.measure == "增减率":
        result = calculate.growth(a, b)
        if result is None:
            return Draft(f"{name}：{line(b)}，基数为零，增减率不适用（无法计算）。", ledger, warnings=intent.notes)
    else:
        result = step if step.value >= 0 else calculate.difference(b, a, intent.unit)
    word = "增加" if step.value >= 0 else "减少"
    if direction_asked(intent.text) == word == "减少":
        result = calculate.decline(a, b) if intent.measure == "增减率" else result  # the question says the direction
    text = f"{name}{a.label}比{b.label}{word}**{plain(abs(result.value))}{result.unit}**：{result.formula}（{line(a)}；{line(b)}）。"
    return Draft(text, ledger, (value_of(f"{subject_of(now.fact)}{intent.measure}", result),), warnings=intent.notes)


def two_years(intent: Intent, finder: Finder) -> tuple[Pick, Pick] | None:
    """This year's figure and last year's of one item: in one row, or in the documents of both years."""
    asked = _of_later_year(intent)
    return _pair(asked, finder) if asked else None


def _pair(intent: Intent, finder: Finder) -> tuple[Pick, Pick] | None:
    any_year = replace(intent, periods=replace(intent.periods, years=()))
    beside, now = one(any_year, finder, "上年"), one(intent, finder, "")
    if (
        beside is not None
        and not pick_is_open(beside)
        and not outturn_before(intent)
        and (own := _in_row_of(beside, any_year, finder))
    ):
        return own, beside
    earlier = _year_before(now, intent) if now and not pick_is_open(now) else None
    if now is None or earlier is None or earlier.profile.year is None:
        return None
    years = replace(intent.periods, years=(earlier.profile.year,))
    then = replace(intent, documents=(earlier,), periods=years)
    if outturn_before(intent):
        stages = span_mask(m.span() for m in _STAGES.finditer(intent.text))
        before = one(replace(then, topic=intent.topic.without(stages)), finder, "决算")
    else:
        before = one(then, finder, "")
    return (now, before) if before is not None and _same_item(now, before) else None


def _of_later_year(intent: Intent) -> Intent | None:
    """The question asked of one document: the later of two where it names both years of an office."""
    if len(intent.documents) == 1:
        return intent
    years = sorted(intent.periods.years)
    offices = {e.profile.organisation for e in intent.documents}
    if len(offices) != 1 or len(years) != 2 or years[1] - years[0] != 1:
        return None
    later = tuple(e for e in intent.documents if e.profile.year == years[1])
    periods = replace(intent.periods, years=(years[1],))
    return replace(intent, documents=later, periods=periods) if len(later) == 1 else None


def _in_row_of(beside: Pick, intent: Intent, finder: Finder) -> Pick | None:
    """This year's figure in the row of last year's: its one column of this stage, or the one that the words fit best."""
    stage = beside.entry.profile.stage
    level = one(replace(intent, measure=stage), finder, stage)
    cells = [s.found for s in level.ranking.scored if s.fact.measure == stage] if level else []
    same = [f for f in cells if _beside(f.fact, beside.fact) and f.fact.value is not None]
    return replace(beside, best=replace(beside.best, found=same[0])) if same else None


def _beside(now: Fact, before: Fact) -> bool:
    """Whether two figures stand in one row, or are told of one item in one paragraph."""
    if before.table:
        return (now.table, now.row) == (before.table, before.row)
    paragraph = before.key.partition(".")[0]
    same_item = (now.label, now.path, now.unit) == (before.label, before.path, before.unit)
    return not now.table and now.key.partition(".")[0] == paragraph and same_item


def _year_before(now: Pick, intent: Intent) -> CatalogueEntry | None:
    """The document of the same office and level for the year before, of the same stage where money is told of."""
    own = now.entry.profile
    same = [
        e
        for e in intent.of_office
        if (e.profile.organisation, e.profile.level) == (own.organisation, own.level)
        and (e.profile.stage == ("决算" if outturn_before(intent) else own.stage) or now.fact.unit not in MONEY)
        and own.year is not None
        and e.profile.year == own.year - 1
    ]
    return same[0] if len(same) == 1 else None


def _same_item(now: Pick, before: Pick) -> bool:
    a, b = now.fact, before.fact
    return not pick_is_open(before) and item_of(a) == item_of(b) and a.code == b.code and a.scope == b.scope
