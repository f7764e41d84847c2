"""One digit changed in a table, in the prose or in a share of a real disclosure: the self-check finds it and names it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from index.amounts import in_yuan, parse_amount
from index.checks import Case, Outcome, Result, check
from index.model import Fact
from index.read import read_document
from index.tables import extract_tables
from index.understand import understand

DOCUMENTS = Path(__file__).parent.parent / "eval_sets" / "documents"
DRAWS = int(os.environ.get("MINGZHANG_PLANTED_DRAWS", "100"))
FOUND_SHARE = 0.98
NAMED_SHARE = 0.9  # a sum alone cannot tell which of its summands is wrong
FIRST = 4
COVERING = (Result.HOLDS, Result.ROUNDING)
BOUNDS = frozenset(
    {"P-15", "S-1", "N-D", "N-Z", "S-3", "X-9", "X-10", "X-12", "BX-6", "P-2", "P-14"}
)  # they bound, or name, but fix nothing
WRONG = (Result.FAILS, Result.ROUNDING)


@dataclass(frozen=True)
class Draw:
    document: str
    fact: Fact
    printed: str
    found: bool  # a finding names the figure at all
    named: bool  # among the figures that it doubts first, right behind the one that is stated


def planted(fact: Fact, chance: random.Random) -> Fact:
    """The figure with one of its digits changed; never into another print of the same value."""
    digits = [at for at, character in enumerate(fact.printed) if character.isdigit()]
    while True:
        at = chance.choice(digits)
        digit = chance.choice([d for d in "0123456789" if d != fact.printed[at]])
        printed = fact.printed[:at] + digit + fact.printed[at + 1 :]
        amount = parse_amount(printed)
        if amount is not None and amount.value != fact.value:
            value = abs(amount.value) if fact.source == "text" else amount.value
            return replace(fact, printed=printed, value=value, canonical=in_yuan(value, fact.unit))


def covered(outcomes: Sequence[Outcome], case: Case) -> list[Fact]:
    """Figures that take part in an identity that holds; a blank has no digit to change."""
    fixed = [o for o in outcomes if o.result in COVERING and o.rule not in BOUNDS and o.rule[0] not in "CK"]
    keys = {fact.key for outcome in fixed for fact in outcome.facts}
    return [fact for fact in case.facts if fact.key in keys and fact.value not in (None, Decimal(0))]


def draws(case: Case, name: str, count: int, chance: random.Random) -> Iterator[Draw]:
    before = check(case)
    known = {(o.rule, tuple(f.key for f in o.facts), o.result) for o in before if o.result in WRONG}
    candidates = covered(before, case)
    for fact in chance.choices(candidates, k=count):
        wrong = planted(fact, chance)
        changed = replace(case, facts=tuple(wrong if f.key == fact.key else f for f in case.facts))
        new = [
            outcome
            for outcome in check(changed)
            if outcome.result in WRONG
            and (outcome.rule, tuple(f.key for f in outcome.facts), outcome.result) not in known
        ]
        found = any(wrong in outcome.facts for outcome in new)
        yield Draw(name, fact, wrong.printed, found, any(wrong in outcome.facts[:FIRST] for outcome in new))


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    found = {}
    for path in sorted(DOCUMENTS.glob("*.pdf")):
        document = read_document(path)
        found[path.stem] = Case.of(understand(document, extract_tables(document)))
    return found


def test_a_changed_digit_is_found_and_named(cases: dict[str, Case]) -> None:
    chance = random.Random(2026)
    made = [draw for name, case in cases.items() for draw in draws(case, name, DRAWS // len(cases), chance)]
    missed = [draw for draw in made if not draw.found]
    unnamed = [draw for draw in made if not draw.named]
    assert len(made) - len(missed) >= FOUND_SHARE * len(made), missed
    assert len(made) - len(unnamed) >= NAMED_SHARE * len(made), unnamed
