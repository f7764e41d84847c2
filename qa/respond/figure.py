"""A figure of a list: its value, held against the other source of its document, and what a line says of it."""

from __future__ import annotations

from decimal import Decimal

from index.amounts import plain
from index.model import Found
from qa import calculate
from qa.cite import Ledger
from qa.draft import amount_in, source_of, with_unit
from qa.finder import Finder
from qa.model import Operand, Value
from qa.pick import Corroboration, Pick, corroborate


def verification(source: str, other: Corroboration) -> str:
    """How far a figure of one source is checked: "both", "conflict", or only the source itself."""
    if other.conflicting:
        return "conflict"
    return "both" if other.agreeing else source


def told_pick(p: Pick, name: str, unit: str, ledger: Ledger, finder: Finder) -> tuple[Value, str]:
    """`told` for the figure that is meant; of cells that are it together, their sum."""
    if not p.rows:
        return told(p.found, name, unit, ledger, finder)
    parts = [Operand(p.part_name(f.fact), f.fact.value or Decimal(0), f.fact.unit, ledger.fact(f)) for f in p.rows]
    total = calculate.total(parts, unit)
    marks = tuple(part.citation for part in parts)
    value = Value(name, plain(total.value), total.unit, "computed", total.formula, tuple(parts), marks)
    shown = "；".join(f"{o.label}{plain(o.value)}{o.unit}[{o.citation}]" for o in parts)
    return value, f"**{plain(total.value)}{total.unit}**：{total.formula}（{source_of(p.fact)}：{shown}）"


def told(found: Found, name: str, unit: str, ledger: Ledger, finder: Finder) -> tuple[Value, str]:
    """A figure under its name, in the unit asked for ("" as printed), and its words: **17.22万元**（公开09表…）[1]."""
    fact, mark = found.fact, ledger.fact(found)
    value, shown = amount_in(fact, unit)
    checked = verification(fact.source, corroborate(found, finder))
    words = f"**{with_unit(fact, unit)}**（{source_of(fact)}）[{mark}]"
    return Value(name, value, shown, checked, citations=(mark,)), words
