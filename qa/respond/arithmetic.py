"""Figures derived from figures: which calculation answers which operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.respond.averages import per
from qa.respond.differences import difference
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
    return calculation(intent, finder) if calculation else None
