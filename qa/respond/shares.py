"""A part of a whole: 占比, 几成, 几倍."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import Fact, Found
from index.wording import canonical
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.frames import Form
from qa.link import is_total
from qa.model import Intent, Operand, Operation
from qa.pick import Pick
from qa.respond.operands import (
    Reading,
    as_operand,
    as_part_of,
    is_money,
    line,
    one,
    operand,
    quantity,
    read,
    several_documents,
    value_of,
)

_ROUNDING = Decimal("0.01")
_WHOLE = frozenset({"合计", "本年支出合计", "本年收入合计", "总计"})


def share(intent: Intent, finder: Finder) -> Draft | None:
    """A over B, where A may be named as the part of B that it is (政府采购总额里工程); without B the printed share, or A over
    the row that A is part of."""
    if len(intent.operands) == 2:
        first, second = intent.operands
        for part in (first, first.within(second)):
            readings = read((part, second), finder)
            if readings and (draft := _ratio(readings[0], readings[1], intent, finder)):
                return draft
        return None
    topic_intent = replace(intent, operation=Operation.LOOKUP, measure="占比")
    if one(topic_intent, finder) is not None:
        return None  # the printed share is a plain lookup
    found = one(intent, finder, "")
    whole = _whole_of(found, finder) if found else None
    if found is None or whole is None or (found.entry.name, found.fact.key) == (whole.document, whole.fact.key):
        return None
    ledger = new_ledger(finder)
    a, b = quantity(ledger, found, finder), operand(ledger, whole)
    return (
        _drafted(a, b, heading(found.entry), intent, ledger, _printed_share(found.found, finder)) if a and b else None
    )


def _ratio(part: Reading, whole: Reading, intent: Intent, finder: Finder) -> Draft | None:
    ledger = new_ledger(finder)
    apart = several_documents((part, whole))
    if not apart and not part.by_unit:
        within = as_part_of(whole.first.fact, part)
        if within is None:
            return None
        part = within
    a, b = (as_operand(r, ledger, finder, apart=apart) for r in (part, whole))
    if a is None or b is None or is_money(a) != is_money(b):
        return None
    head = "" if apart else heading(part.first.entry)
    said = _printed_share(part.first.found, finder) if len(part.picks) == 1 and not apart else ()
    if _printed_otherwise(said, whole.first.fact, calculate.share(a, b), intent):
        return None
    return _drafted(a, b, head, intent, ledger, said)


def _printed_otherwise(
    said: Sequence[Found], whole: Fact, result: calculate.Calculation | None, intent: Intent
) -> bool:
    """Whether the prose prints the share in the total of a year's money, and a grand total gave another."""
    of_total = [f.fact.value for f in said if f.fact.path and is_total(f.fact.path[-1]) and f.fact.value is not None]
    if not of_total or result is None or intent.form != Form.PERCENT:
        return False
    grand = canonical(whole.label).endswith("总计") and "总计" not in intent.text
    return grand and all(abs(value - result.value) > _ROUNDING for value in of_total)


_MULTIPLES = {
    Form.TIMES: (calculate.times, "的{}倍"),
    Form.TIMES_MORE: (calculate.times_more, "多{}倍"),
    Form.QUOTIENT: (calculate.times, "的{}倍"),
}


def _drafted(a: Operand, b: Operand, head: str, intent: Intent, ledger: Ledger, said: Sequence[Found]) -> Draft | None:
    """The ratio as it is asked for: a multiple, or per cent with the same share as the prose prints it."""
    work, shape = _MULTIPLES.get(Form(intent.form), (None, "")) if intent.form else (None, "")
    result = work(a, b) if work else calculate.share(a, b)
    if result is None:
        return Draft(f"{line(b)}，分母为零，占比不适用（无法计算）。", ledger, warnings=intent.notes)
    if intent.form == Form.PART and result.value > 100:
        return None  # what is more than the whole is no part of it: one of the two is another figure than is meant
    figures = f"{result.formula}（{line(a)}；{line(b)}）。"
    if work:
        is_more = intent.form == Form.TIMES_MORE
        shown = shape.format(f"**{plain(result.value)}**")
        text = f"{head}{a.label}{'比' if is_more else '是'}{b.label}{shown}：{figures}"
        return Draft(text, ledger, (value_of(f"{a.label}与{b.label}之比", result),), warnings=intent.notes)
    text = f"{head}{a.label}占{b.label}的比重为**{plain(result.value)}%**：{figures}"
    value = value_of(f"{a.label}占{b.label}", result)
    same = next((f for f in said if f.fact.value is not None and abs(f.fact.value - result.value) <= _ROUNDING), None)
    if same:
        mark = ledger.fact(same)
        text += f"文字说明中也写明占{same.fact.printed}%[{mark}]。"
        value = replace(value, citations=(*value.citations, mark))
    return Draft(text, ledger, (value,), warnings=intent.notes)


def _printed_share(part: Found, finder: Finder) -> tuple[Found, ...]:
    """The shares of this item that the prose prints."""
    names = tuple({part.fact.label, *(n for n in finder.synonyms.get(canonical(part.fact.label), ()))})
    return tuple(finder.facts(documents=(part.document,), labels=names, sources=("text",), measures=("占比",)))


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
