"""A figure of a list: its value, held against the other source of its document, and what a line says of it."""

from __future__ import annotations

from index.model import Found
from qa.cite import Ledger
from qa.draft import amount_in, source_of, with_unit
from qa.finder import Finder
from qa.model import Value
from qa.pick import Corroboration, corroborate


def verification(source: str, other: Corroboration) -> str:
    """How far a figure of one source is checked: "both", "conflict", or only the source itself."""
    if other.conflicting:
        return "conflict"
    return "both" if other.agreeing else source


def told(found: Found, name: str, unit: str, ledger: Ledger, finder: Finder) -> tuple[Value, str]:
    """A figure under its name, in the unit asked for ("" as printed), and its words: **17.22万元**（公开09表…）[1]."""
    fact, mark = found.fact, ledger.fact(found)
    value, shown = amount_in(fact, unit)
    checked = verification(fact.source, corroborate(found, finder))
    words = f"**{with_unit(fact, unit)}**（{source_of(fact)}）[{mark}]"
    return Value(name, value, shown, checked, citations=(mark,)), words
