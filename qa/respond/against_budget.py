"""Accounts that spent more than their 年初预算, or just as much: by the pair of figures that the prose gives of each.

The rate of completion is no ground for such a list: of an account without a budget there is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.model import CatalogueEntry, Found
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, subject_of, with_unit
from qa.finder import Finder
from qa.model import Intent, Value
from qa.respond.completion import Item, items_of
from qa.respond.row_kinds import RowKind, rows_asked

_WORDS = {">": "超过年初预算", "=": "与年初预算相等", "<": "低于年初预算"}
_GENERAL = frozenset({"F05", "F06"})  # what the prose goes through item by item
_ITEM = 7  # digits of the code of a 项


def asked(intent: Intent) -> bool:
    """Whether accounts are asked for by how their outturn stands to their budget, as far as no rate tells of it."""
    bound = intent.condition
    if bound is None or bound.measure != "完成率" or len(intent.documents) != 1 or "三公" in intent.text:
        return False
    if bound.relation == "<" and intent.measure == "完成率":
        return False  # the rates tell
    rows = rows_asked(intent)
    return rows is None or rows.kind is RowKind.ACCOUNTS


def against_budget(intent: Intent, finder: Finder) -> Draft | None:
    """The accounts of the prose that stand so to their budget; None where the prose gives no such pairs."""
    if not asked(intent) or intent.condition is None:
        return None
    entry, relation = intent.documents[0], intent.condition.relation
    items = items_of(entry, finder)
    if len(items) < 2 or len({_place(item) for item in items}) < len(items):
        return None
    kept = [item for item in items if _stands(item, relation)]
    if intent.largest is not None or intent.top:
        return None  # by how much is another question
    return _draft(intent, entry, kept, items, finder)


def _place(item: Item) -> tuple[str, str]:
    return item.spent.fact.code, item.spent.fact.label


def _stands(item: Item, relation: str) -> bool:
    spent, planned = item.spent.fact.value, item.planned.fact.value
    if spent is None or planned is None or item.spent.fact.unit != item.planned.fact.unit:
        return False
    return {">": spent > planned, "<": spent < planned, "=": spent == planned}[relation]


def _draft(intent: Intent, entry: CatalogueEntry, kept: Sequence[Item], items: Sequence[Item], finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    words = _WORDS[intent.condition.relation] if intent.condition else ""
    values: list[Value] = []
    lines: list[str] = []
    for number, item in enumerate(kept, 1):
        name, shown = subject_of(item.spent.fact), []
        for found in (item.spent, item.planned):
            mark, fact = ledger.fact(found), found.fact
            amount, unit = amount_in(fact, intent.unit)
            values.append(Value(f"{name}{fact.measure}", amount, unit, fact.source, citations=(mark,)))
            shown.append(f"{fact.measure}**{with_unit(fact, intent.unit)}**[{mark}]")
        lines.append(f"{number}. {name}：{'，'.join(shown)}")
    beside = _untold(entry, items, finder)
    note = (
        (f"表中另有{len(beside)}个项级科目，说明中没有逐项的年初预算和决算：{'、'.join(beside)}。",) if beside else ()
    )
    if not kept:
        mark = ledger.fact(items[0].spent)
        text = f"{heading(entry)}没有决算{words}的科目（已逐项核对说明中有年初预算和决算的{len(items)}项[{mark}]）。"
        return Draft(text, ledger, warnings=(*intent.notes, *note))
    head = f"{heading(entry)}决算{words}的科目共{len(kept)}项（逐项说明，全部{len(items)}项中）：\n"
    return Draft(head + "\n".join(lines), ledger, tuple(values), warnings=(*intent.notes, *note))


def _untold(entry: CatalogueEntry, items: Sequence[Item], finder: Finder) -> tuple[str, ...]:
    """The accounts of the table on which the prose gives no pair: they may stand so to their budget as well."""
    told = {item.spent.fact.code for item in items}
    return tuple(dict.fromkeys(f.fact.label for f in _of_table(entry, finder) if f.fact.code not in told))


def _of_table(entry: CatalogueEntry, finder: Finder) -> list[Found]:
    printed = finder.facts(documents=(entry.name,), sources=("table",), measures=("决算",))
    return [f for f in printed if f.fact.kind in _GENERAL and len(f.fact.code) == _ITEM and f.fact.value]
