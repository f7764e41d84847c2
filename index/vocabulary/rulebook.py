"""The rule book of the self-check: identities.yaml as typed rules, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.model import Severity
from index.written import written_yaml


@dataclass(frozen=True, slots=True)
class Selector:
    """Which figures a side of an equation takes; patterns match whole words, an empty one leaves that side open.

    `kind` lists kinds of tables (F01|B01). `said` takes figures of the prose instead. `side` is 收入 or 支出 of a
    two-sided table, `under` the figure of the prose that this one divides. `column` is a pattern over the header path
    without its last 小计 (本年支出/基本支出), or "total" for the first column of the table. `measure` "stage" stands for
    预算 or 决算, whichever the document is.
    """

    kind: str = ""
    said: bool = False
    side: str = ""
    label: str = ""
    code: str = ""
    column: str = ""
    measure: str = ""
    scope: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """`left` = the sum of `right`; where the document has no `right`, each of `alternatives` is tried in turn.

    Beside `right`, any figure of `also` may be the one that `left` equals. It is skipped where a figure of `unless` is
    there and not zero. `tolerance`: exact (one figure printed twice) or sum.
    """

    left: tuple[Selector, ...]
    right: tuple[Selector, ...]
    alternatives: tuple[Selector, ...] = ()
    also: tuple[Selector, ...] = ()
    unless: tuple[Selector, ...] = ()
    tolerance: str = "exact"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the book (see the head of identities.yaml)."""

    id: str
    title: str
    group: str
    severity: Severity
    formula: str
    equations: tuple[Equation, ...] = ()


@lru_cache(maxsize=1)
def load_rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of the book."""
    return {rule.id: rule for rule in map(_rule, written_yaml(__package__, "identities.yaml"))}


def _rule(entry: Mapping[str, Any]) -> Rule:
    equations = tuple(_equation(each) for each in entry.get("equations", ()))
    severity = Severity(entry["severity"])
    return Rule(entry["id"], entry["title"], entry["group"], severity, entry["formula"], equations)


def _equation(entry: Mapping[str, Any]) -> Equation:
    return Equation(
        left=_selectors(entry["left"]),
        right=_selectors(entry["right"]),
        alternatives=_selectors(entry.get("or", ())),
        also=_selectors(entry.get("also", ())),
        unless=_selectors(entry.get("unless", ())),
        tolerance=entry.get("tolerance", "sum" if len(entry["right"]) > 1 else "exact"),
    )


def _selectors(entries: Sequence[Mapping[str, Any]]) -> tuple[Selector, ...]:
    return tuple(Selector(**entry) for entry in entries)
