"""Figures derived from figures: which calculation answers which operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qa.cite import new_ledger
from qa.draft import Draft, heading, short_name
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.respond.averages import per
from qa.respond.differences import difference
from qa.respond.operands import picks_of_all
from qa.respond.prior_year import prior
from qa.respond.ranking import compare
from qa.respond.shares import share
from qa.respond.sums import total

CALCULATIONS: Mapping[Operation, Callable[[Intent, Finder], Draft | None]] = {
    Operation.SHARE: share,
    Operation.DIFFERENCE: difference,
    Operation.SUM: total,
    Operation.PRIOR: prior,
    Operation.PER: per,
    Operation.COMPARE: compare,
}


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """The calculation asked for, or None where its operands are not there."""
    calculation = CALCULATIONS.get(intent.operation)
    draft = calculation(intent, finder) if calculation else None
    return draft or (_which_document(intent, finder) if calculation and intent.operands else None)


def _which_document(intent: Intent, finder: Finder) -> Draft | None:
    """Ask back where the question names no office and several documents print all that it names."""
    picks = picks_of_all(intent.operands, finder) if intent.offices_named <= 1 else ()
    if len(picks) < 2:
        return None
    ledger = new_ledger(finder)
    names = [f"{heading(p.entry)}{p.entry.profile.stage}[{ledger.fact(p.found)}]" for p in picks[:8]]
    asked = [f"{short_name(p.entry)}{p.entry.profile.year or ''}年{p.entry.profile.stage}" for p in picks[:8]]
    text = f"这个问题可以指多份文件，请问您要查哪个单位、哪一年？可以是：{'、'.join(names)}。"
    options = tuple(f"{one}{intent.text}" for one in asked)
    return Draft(text, ledger, status="clarify", options=options, warnings=intent.notes)
