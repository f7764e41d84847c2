"""One figure in several years, of which not each has a document: this year's table prints the year before beside it."""

from __future__ import annotations

from dataclasses import replace

from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.pick import Pick, pick_is_open
from qa.readings import item_of
from qa.respond.chosen_rows import parts_named
from qa.respond.lookup import several_documents
from qa.respond.operands import one


def several_years(intent: Intent, finder: Finder) -> Draft | None:
    """The figure of each year that the question names; None where one of them is not printed, or is of another item."""
    years = intent.periods.years
    covered = {e.profile.year for e in intent.documents}
    offices = {e.profile.organisation for e in intent.documents}
    if len(years) < 2 or len(offices) != 1 or set(years) <= covered or intent.condition or parts_named(intent.text):
        return None
    picks = [_of_year(year, intent, finder) for year in years]
    found = [p for p in picks if p is not None]
    if len(found) < len(years) or len({item_of(p.fact) for p in found}) > 1:
        return None
    return several_documents(found, replace(intent, absent_years=()), finder)


def _of_year(year: int, intent: Intent, finder: Finder) -> Pick | None:
    """The figure of one year, from its own document or the one after it."""
    own = sorted(intent.documents, key=lambda e: abs((e.profile.year or 0) - year))
    asked = replace(
        intent,
        operation=Operation.LOOKUP,
        periods=replace(intent.periods, years=(year,)),
        operands=(),
        measure="" if intent.measure in ("预算", "决算") else intent.measure,
    )
    for entry in own:
        pick = one(replace(asked, documents=(entry,)), finder)
        if pick and not pick_is_open(pick) and pick.fact.year == year and pick.fact.value is not None:
            return pick
    return None
