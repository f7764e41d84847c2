"""The three items of 三公经费 with several measures of each, 预算 and 决算, from the one table that prints all of them."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Found, State
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, with_unit
from qa.finder import Finder
from qa.model import Intent, Value
from qa.respond.chosen_rows import parts_named, three_items
from qa.retrieve.fit import ACCEPTS


def of_three(intent: Intent, measures: Sequence[str], finder: Finder) -> Draft | None:
    """Each measure of each item; None where the question asks for no parts or no table prints all measures of one."""
    if "三公" not in intent.text or not parts_named(intent.text) or len(intent.documents) != 1 or len(measures) < 2:
        return None
    entry = intent.documents[0]
    tables: dict[int, list[Found]] = {}
    for f in finder.facts(documents=(entry.name,), sources=("table",)):
        if f.fact.scope == "三公经费" and f.fact.state in (State.VALUE, State.ZERO) and not f.fact.entity:
            tables.setdefault(f.fact.table or 0, []).append(f)
    for printed in tables.values():
        if items := _items(intent, measures, printed):
            return _draft(intent, measures, items, finder)
    return None


def _items(intent: Intent, measures: Sequence[str], printed: Sequence[Found]) -> dict[str, dict[str, Found]]:
    """The figures of each item by measure; empty where an item has two of one or none of the table has all."""
    items: dict[str, dict[str, Found]] = {}
    for f in three_items(intent, printed):
        for measure in measures:
            if f.fact.measure in ACCEPTS.get(measure, (measure,)):
                if measure in items.setdefault(f.fact.label, {}):
                    return {}
                items[f.fact.label][measure] = f
    return items if any(len(found) == len(measures) for found in items.values()) else {}


def _draft(intent: Intent, measures: Sequence[str], items: dict[str, dict[str, Found]], finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    values: list[Value] = []
    lines: list[str] = []
    for name, found in items.items():
        shown: list[str] = []
        for measure in measures:
            if measure not in found:
                shown.append(f"{measure}未列数")
                continue
            f = found[measure]
            mark = ledger.fact(f)
            amount, unit = amount_in(f.fact, intent.unit)
            values.append(Value(f"{name}{measure}", amount, unit, f.fact.source, citations=(mark,)))
            shown.append(f"{measure}**{with_unit(f.fact, intent.unit)}**[{mark}]")
        lines.append(f"- {name}：{'，'.join(shown)}")
    title = next(f.fact.title for found in items.values() for f in found.values())
    head = f"{heading(intent.documents[0])}“三公”经费各项（{title}）：\n"
    return Draft(head + "\n".join(lines), ledger, tuple(values), warnings=intent.notes)
