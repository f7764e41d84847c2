"""Who answers: the refusals that need no search, then the responders in order, until a draft meets no objection."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.model import Found
from qa.accounts_by_unit import of_one_unit
from qa.asides import is_thanks
from qa.draft import Draft
from qa.finder import Finder
from qa.link import cover
from qa.model import Intent, Operation
from qa.objections import CALCULATED, objected
from qa.respond import (
    against_budget,
    arithmetic,
    checks,
    codes,
    indicators,
    listed_rows,
    listing,
    lists,
    lookup,
    named_cell,
    printed_shares,
    purchase_classes,
    refuse,
    several_measures,
    stated,
    texts,
    units,
    verdicts,
)
from qa.respond.completion import completion_of
from qa.respond.facets import NO_SINGLE_FIGURE, ONLY_WORDS, Facet, manner_of, wants_words
from qa.respond.growth import growth_of
from qa.respond.printed_change import printed_change
from qa.respond.prior_year import prior
from qa.respond.several_measures import asked_measures
from qa.units_named import units_apart
from qa.words import DUTY, OPEN, PART_OF_YEAR, QUANTITY, SEVERAL, STRUCTURE, TOLD

LONGEST = 1000  # characters of a question

Responder = Callable[[Intent, Finder], Draft | None]


def respond(intent: Intent, finder: Finder) -> Draft:
    """The first draft that answers what was asked; a refusal where there is none."""
    if refusal := _guarded(intent, finder):
        return refusal
    draft = named_cell.respond(intent, finder) or _first(intent, finder)
    if draft and not named_cell.from_other_table(intent, draft, finder):
        return draft
    if intent.absent_years:
        return _offered(refuse.absent_year(intent, intent.documents, finder), intent, finder)
    return _from_next_year(intent, finder) or refuse.not_disclosed(intent, finder)


def _first(intent: Intent, finder: Finder) -> Draft | None:
    """The first draft that answers and meets no objection."""
    for responder in responders(intent):
        if responder is texts.respond and not _open_ended(intent):
            continue
        draft = responder(intent, finder)
        if draft is not None and not objected(intent, draft) and not of_one_unit(intent, draft, finder):
            return draft
    return None


def _guarded(intent: Intent, finder: Finder) -> Draft | None:
    """Refusals that need no search."""
    if is_thanks(intent.question):
        return refuse.courtesy(intent, finder)
    if intent.off_topic:
        return refuse.off_topic(intent, finder)
    if not finder.catalogue:
        return refuse.nothing_indexed(intent, finder)
    if len(intent.text) > LONGEST:
        return refuse.too_long(intent, finder)
    words_wanted = (Operation.WHY, Operation.DEFINE, Operation.DESCRIBE, Operation.CHECK)
    if PART_OF_YEAR.search(intent.text) and intent.operation not in words_wanted and not DUTY.search(intent.text):
        return refuse.not_disclosed(intent, finder)
    if intent.unknown_offices:
        return refuse.unknown_office(intent, finder)
    if any(unit.rivals for unit in intent.units):
        return refuse.which_unit(intent, finder)
    if not intent.documents:
        return refuse.absent_year(intent, intent.of_office, finder)
    return None


def responders(intent: Intent) -> tuple[Responder, ...]:
    """Which responders to try, in order."""
    if units_apart(intent.operands):
        words = () if intent.operation in (*CALCULATED, Operation.COMPARE) else (texts.respond,)
        return (units.respond, verdicts.respond, arithmetic.respond, *words)
    if intent.entity and intent.yesno and intent.largest is not None:
        return (units.respond,)  # whether it has the most no sentence tells
    if intent.units:
        return (units.respond, *_by_words(intent))
    return _by_words(intent)


def _by_words(intent: Intent) -> tuple[Responder, ...]:
    if asked_measures(intent.text):
        return (several_measures.respond, *_of_rows(intent))
    if against_budget.asked(intent):
        return (against_budget.against_budget, *(r for r in _of_rows(intent) if r is not texts.respond))
    if printed_shares.asked(intent):
        return (printed_shares.printed_shares, texts.respond)
    if checks.asked(intent):
        return (checks.respond, *_of_rows(intent))
    if manner_of(intent).facet in (Facet.STATUS, Facet.CONTACT):
        return (texts.respond,)
    return _of_rows(intent)


def _of_rows(intent: Intent) -> tuple[Responder, ...]:
    """Rows of a kind first, where they are asked for."""
    if listing.asked(intent):
        return (listed_rows.rows_of_kind, *_usual(intent))
    return (indicators.respond, *_usual(intent)) if indicators.class_asked(intent) else _usual(intent)


def _usual(intent: Intent) -> tuple[Responder, ...]:
    if intent.operation in (Operation.WHY, Operation.DEFINE):
        return (texts.respond,)
    if intent.operation in (Operation.LOOKUP, Operation.LIST) and wants_words(intent):
        if manner_of(intent).facet in ONLY_WORDS:
            return (texts.respond, verdicts.respond)
        if manner_of(intent).facet in NO_SINGLE_FIGURE:
            return (texts.respond, verdicts.respond, lists.respond)
        return (texts.respond, verdicts.respond, lists.respond, lookup.respond)
    if intent.operation is Operation.LIST:
        return (
            (texts.respond, lists.respond, _single)
            if TOLD.search(intent.text)
            else (lists.respond, _single, texts.respond)
        )
    if intent.yesno and stated.claimed(intent):
        return (codes.respond, verdicts.respond, arithmetic.respond, _single)
    if intent.yesno and not _EXISTS.search(intent.text):
        return (codes.respond, verdicts.respond, arithmetic.respond, texts.respond, _single)
    return (
        codes.respond,
        verdicts.respond,
        arithmetic.respond,
        _single,
        completion_of,
        printed_change,
        _as_printed,
        growth_of,
        purchase_classes.by_class,
        texts.respond,
    )


# Whether there is any is settled by a figure; anything else that is so or not by what the document says.
_EXISTS = re.compile(r"有|买|购|发生|安排|存在|列|花|用")

# A calculation that found no operands may be a figure that the document prints, but only under that very measure:
# an answer to another question than the one asked is worse than none.
_PRINTED = {Operation.SHARE: "占比", Operation.DIFFERENCE: "增减额", Operation.PRIOR: "上年"}


def _as_printed(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is Operation.SUM and len(intent.operands) < 2:
        return lookup.respond(replace(intent, operation=Operation.LOOKUP), finder)  # X合计: the total as printed
    if "结余" in intent.text:
        return None  # what is left over is no change against last year
    measure = _PRINTED.get(intent.operation, "")
    if not measure:
        return None
    if intent.operation is Operation.SHARE and len(intent.operands) > 1:
        return _printed_share(intent, finder)
    return lookup.respond(replace(intent, operation=Operation.LOOKUP, measure=measure), finder)


def _printed_share(intent: Intent, finder: Finder) -> Draft | None:
    """The share that the document prints of the part in the very whole asked for: 服务采购授予中小企业…占服务支出91.33%."""
    named = intent.operands[0].topic.content | intent.operands[1].topic.content
    both = intent.topic.without(intent.topic.content & ~named)
    draft = lookup.respond(replace(intent, operation=Operation.LOOKUP, measure="占比", operands=(), topic=both), finder)
    if draft is None or len(draft.values) != 1 or draft.status != "answered":
        return None
    whole = intent.operands[1].topic
    facts = [f.fact for f in draft.ledger.evidence if isinstance(f, Found)]
    return draft if any(cover(fact.basis, whole).found for fact in facts if fact.measure == "占比") else None


def _single(intent: Intent, finder: Finder) -> Draft | None:
    """One figure; a list that asks for several, ordered or bounded rows is not answered with one."""
    if intent.operation is Operation.LOOKUP:
        return lookup.respond(intent, finder)
    plural = intent.condition or intent.top or intent.largest is not None or SEVERAL.search(intent.text)
    return None if intent.operation is not Operation.LIST or plural else lookup.respond(intent, finder)


def _offered(refusal: Draft, intent: Intent, finder: Finder) -> Draft:
    """A refusal for want of a year; what can be worked out from the year after it is offered, not given.

    What is worked out is no published figure of that year: scopes and units change between two years.
    """
    one_year = intent.operation is Operation.LOOKUP and len(intent.periods.years) == 1
    if not one_year or not intent.topic.without(intent.measure_mask).size:  # 2021年决算 names no figure
        return refusal
    draft = prior(replace(intent, operation=Operation.PRIOR), finder)
    if draft is None or objected(intent, draft):
        return refusal
    return replace(refusal, suggestions=(f"{intent.text}（倒推）", *refusal.suggestions))


def _from_next_year(intent: Intent, finder: Finder) -> Draft | None:
    """A budget of a year of which only the outturn is indexed: the budget of the year after prints it beside its own."""
    stage = intent.stage or ("预算" if intent.measure == "年初预算" else "")
    if intent.operation is not Operation.LOOKUP or len(intent.periods.years) != 1 or not stage:
        return None
    if any(e.profile.stage == stage for e in intent.documents):
        return None
    year = intent.periods.years[0]
    following = tuple(e for e in intent.of_office if e.profile.year == year + 1 and e.profile.stage == stage)
    if len(following) != 1:
        return None
    there = replace(intent, documents=following, absent_years=(year,))
    return _first(there, finder)


def _open_ended(intent: Intent) -> bool:
    """Whether words can answer: a question for a figure that is not there is refused, not answered with prose."""
    if intent.operation in (Operation.WHY, Operation.DEFINE):
        return True
    if intent.absent_years:
        return False
    text = intent.text
    if wants_words(intent):
        return True
    if DUTY.search(text) or STRUCTURE.search(text) or intent.yesno:
        return True
    return bool(OPEN.search(text)) and not QUANTITY.search(text) and not intent.money
