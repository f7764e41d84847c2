"""A part of a whole: 占比, 几成, 几倍."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Found
from index.wording import canonical
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.link import is_total
from qa.model import Intent, Operation
from qa.pick import Pick
from qa.respond.operands import line, one, operand, value_of

_WHOLE = frozenset({"合计", "本年支出合计", "本年收入合计", "总计"})


def share(intent: Intent, finder: Finder) -> Draft | None:
    """A 占 B; without B the printed share, or A over the row that A is part of."""
    if len(intent.operands) == 2 and not intent.operands[1].topic.size and intent.offices_named == 2:
        first, second = intent.operands
        intent = replace(intent, operands=(first, replace(second.about(first), measure=first.measure)))
    if len(intent.operands) == 2 and intent.operands[1].topic.size:
        a, b = (
            one(replace(i, measure=i.measure if i.measure not in ("占比",) else "", measure_mask=0), finder)
            for i in intent.operands
        )
        if a is None or b is None:
            return None
        part, whole = _aligned(a.found, b.found, finder)
        return _share_of(part, whole, a.entry, intent, finder)
    topic_intent = replace(intent, operation=Operation.LOOKUP, measure="占比")
    shown = one(topic_intent, finder)
    if shown is not None:
        return None  # the printed share is a plain lookup
    a = one(intent, finder, "")
    parent = _whole_of(a, finder) if a else None
    if a is None or parent is None:
        return None
    return _share_of(a.found, parent, a.entry, intent, finder)


def _aligned(part: Found, whole: Found, finder: Finder) -> tuple[Found, Found]:
    """Part and whole in one column of one table, where either table prints both."""
    for own, other, swap in ((whole, part, False), (part, whole, True)):
        if own.fact.table in (0, other.fact.table) or own.document != other.document or is_total(other.fact.label):
            continue
        for found in finder.facts(documents=(own.document,), tables=(own.fact.table,), labels=(other.fact.label,)):
            same = found.fact.column == own.fact.column and found.fact.code == other.fact.code and found.fact.value
            if same and found.fact.entity == own.fact.entity:
                return (own, found) if swap else (found, own)
    return part, whole


def _share_of(part: Found, whole: Found, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    ledger = new_ledger(finder)
    if (part.document, part.fact.key) == (whole.document, whole.fact.key):
        return None
    a, b = operand(ledger, part), operand(ledger, whole)
    if a is None or b is None:
        return None
    if re.search(r"倍", intent.text) and (multiple := calculate.times(a, b)):
        text = f"{heading(entry)}{a.label}是{b.label}的**{plain(multiple.value)}倍**：{multiple.formula}（{line(a)}；{line(b)}）。"
        return Draft(text, ledger, (value_of(f"{a.label}与{b.label}之比", multiple),), warnings=intent.notes)
    result = calculate.share(a, b)
    if result is None:
        text = f"{line(b)}，分母为零，占比不适用（无法计算）。"
        return Draft(text, ledger, warnings=intent.notes)
    text = f"{heading(entry)}{a.label}占{b.label}的比重为**{plain(result.value)}%**：{result.formula}（{line(a)}；{line(b)}）。"
    value = value_of(f"{a.label}占{b.label}", result)
    said = _printed_share(part, result.value, finder)
    if said:
        mark = ledger.fact(said)
        text += f"文字说明中也写明占{said.fact.printed}%[{mark}]。"
        value = replace(value, citations=(*value.citations, mark))
    return Draft(text, ledger, (value,), warnings=intent.notes)


def _printed_share(part: Found, share: Decimal, finder: Finder) -> Found | None:
    """The same share as the prose prints it: of this item, and equal but for its rounding."""
    names = tuple({part.fact.label, *(n for n in finder.synonyms.get(canonical(part.fact.label), ()))})
    printed = finder.facts(documents=(part.document,), labels=names, sources=("text",), measures=("占比",))
    return next((f for f in printed if f.fact.value is not None and abs(f.fact.value - share) <= Decimal("0.01")), None)


def _beside_total(part: Found, finder: Finder) -> Found | None:
    """For a column of the total row (基本支出), the total itself: the plain column of the same row."""
    fact = part.fact
    same = finder.facts(documents=(part.document,), tables=(fact.table,), labels=(fact.label,))
    wide = [
        f
        for f in same
        if f.fact.row == fact.row and f.fact.value and f.fact.column and canonical(f.fact.column[-1]) in _WHOLE
    ]
    return wide[0] if wide and wide[0].fact.key != fact.key else None


def _whole_of(part: Pick | None, finder: Finder) -> Found | None:
    """The figure that a figure is part of: its parent row in the same column, or the total of its project."""
    if part is None:
        return None
    fact = part.fact
    if is_total(fact.label):
        halves = finder.facts(documents=(part.entry.name,), columns=("基本支出", "项目支出"), sources=("table",))
        twins = [f for f in halves if is_total(f.fact.label) and f.fact.canonical == fact.canonical]
        for twin in (part.found, *twins):
            if found := _beside_total(twin, finder):
                return found
    for parent in reversed(fact.path):
        for found in finder.facts(
            documents=(part.entry.name,), labels=(parent,), tables=(fact.table,) if fact.table else ()
        ):
            if (
                found.fact.column == fact.column
                and found.fact.measure == fact.measure
                and found.fact.value
                and found.fact.entity == fact.entity
            ):
                return found
    if fact.entity:
        same = finder.facts(documents=(part.entry.name,), entities=(fact.entity,))
        totals = [f for f in same if "总" in f.fact.label and f.fact.value and f.fact.unit in MONEY]
        return totals[0] if totals else None
    return None
