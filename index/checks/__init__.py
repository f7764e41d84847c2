"""The self-check (勾稽): one list of checks, each a pure function of a `Case` that gives `Outcome`s.

    outcomes = check(Case.of(reading))
    findings(outcomes)

What the rules are called and how grave a failure is stands in index/vocabulary/identities.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.checks import (
    accounts,
    codes,
    complete,
    counts,
    equations,
    flows,
    forms,
    horizontal,
    items,
    limits,
    parts,
    public,
    rates,
    scores,
    sides,
    vertical,
)
from index.checks.compare import amount
from index.checks.model import Case, Check, Outcome, Result, shown
from index.checks.suspects import doubted, named_suspects
from index.model import Fact, Finding, Severity
from index.vocabulary.rulebook import load_rules

__all__ = ["CHECKS", "Case", "Outcome", "Result", "check", "findings", "severity_of", "stated"]

CHECKS: tuple[Check, ...] = (
    # within a table
    vertical.accounts_add_up,
    vertical.totals_add_up,
    vertical.units_add_up,
    horizontal.rows_add_up,
    public.three_add_up,
    flows.funds_flow,
    flows.changes_of_rows,
    sides.sides_add_up,
    sides.sides_balance,
    # between tables, and between the prose and the tables
    equations.equations_hold,
    accounts.classes_agree,
    accounts.twins_agree,
    accounts.accounts_listed,
    accounts.said_accounts_agree,
    items.items_listed,
    counts.counts_agree,
    limits.basic_within_three,
    limits.contributions_match,
    # inside the prose
    rates.completion_rates,
    rates.shares,
    rates.shares_of_one_whole,
    rates.changes,
    rates.changes_possible,
    parts.parts_add_up,
    parts.budgets_add_up,
    # performance
    parts.self_evaluation_covers_all,
    forms.forms_agree,
    forms.projects_agree,
    forms.targets_funded,
    scores.scores_follow,
    scores.scores_told,
    # codes and completeness
    codes.codes_well_formed,
    codes.names_agree,
    codes.one_name_a_code,
    complete.tables_present,
    complete.empty_tables_say_so,
    complete.units_stated,
    complete.detailed_to_items,
    complete.reasons_given,
    complete.years_agree,
    complete.no_leftovers,
)
_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.SCOPE, Severity.INFO, Severity.ROUNDING)
_TOLD = frozenset({Result.FAILS, Result.ROUNDING})


def check(case: Case) -> tuple[Outcome, ...]:
    """Every check on one document, in the order of the list; a figure that several identities doubt is named as suspect."""
    outcomes = _once(outcome for each in CHECKS for outcome in each(case))
    return named_suspects(doubted(outcomes, case), case)


def _once(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Without what says the same again: a figure that a sentence repeats disagrees with the table once."""
    told: set[tuple[str, str]] = set()
    kept = []
    for outcome in outcomes:
        said = outcome.rule, outcome.message
        if not (outcome.facts and outcome.message and said in told):
            kept.append(outcome)
        told.add(said)
    return kept


def severity_of(outcome: Outcome) -> Severity:
    """How grave it is: rounding where it is no more than that, else what the outcome or its rule says."""
    if outcome.result is Result.ROUNDING:
        return Severity.ROUNDING
    return outcome.severity or load_rules()[outcome.rule].severity


def findings(outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """What failed, and what is off by rounding, as findings to store with the document: the gravest first."""
    told = [_finding(outcome) for outcome in outcomes if outcome.result in _TOLD and not outcome.remarked]
    return tuple(sorted(told, key=lambda finding: _GRAVEST.index(finding.severity)))


def _finding(outcome: Outcome) -> Finding:
    facts = stated(outcome)
    return Finding(
        outcome.rule,
        severity_of(outcome),
        outcome.message,
        places=tuple(fact.place for fact in facts) or outcome.places,
        figures=tuple(shown(fact) for fact in facts) or ((outcome.quote,) if outcome.quote else ()),
        origin=outcome.origin,
        facts=tuple(fact.key for fact in facts),
    )


def stated(outcome: Outcome) -> tuple[Fact, ...]:
    """The figures of an outcome without the empty summands: the two that are compared first always stay."""
    return tuple(fact for at, fact in enumerate(outcome.facts) if at < 2 or amount(fact))
