"""Completion rates of the items of a disclosure that prints budget and outturn of each, but not the rate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.amounts import plain
from index.model import CatalogueEntry, Found
from qa import calculate
from qa.calculate import Calculation
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading, subject_of
from qa.finder import Finder
from qa.model import Intent, Value
from qa.respond.differences import outturn_of
from qa.respond.operands import line, one, operand, value_of

_TOGETHER = re.compile("合起来|加起来|加一起|之和|相加")  # of several items, which have no rate of their own
_ADJUSTED = re.compile(r"全年预算|调整(?:后)?(?:的)?预算|调整预算")
_FEWEST = 3  # items that make a list worth working out


@dataclass(frozen=True)
class Item:
    """An account of the prose with its 年初预算 and its 决算."""

    planned: Found
    spent: Found


def completion(intent: Intent, finder: Finder) -> Draft | None:
    """The items by 决算 ÷ 年初预算, filtered, ordered and cut as asked; None where the document prints the rates."""
    if intent.measure != "完成率" or len(intent.documents) != 1:
        return None
    entry = intent.documents[0]
    items = items_of(entry, finder)
    printed = finder.facts(documents=(entry.name,), sources=("text",), measures=("完成率",))
    if len(items) < _FEWEST or sum(1 for f in printed if f.fact.code) * 2 >= len(items):
        return None
    ledger = new_ledger(finder)
    rated = [(item, rate) for item in items if (rate := _rate(item, ledger))]
    if intent.condition and intent.condition.unit == "%":
        rated = [(item, rate) for item, rate in rated if intent.condition.holds(rate.value)]
    if intent.largest is not None or intent.top:
        rated.sort(key=lambda pair: pair[1].value, reverse=intent.largest is not False)
    if intent.top:
        rated = rated[: intent.top]
    return _draft(intent, entry, rated, len(items), ledger)


def items_of(entry: CatalogueEntry, finder: Finder) -> list[Item]:
    """Budget and outturn that stand in one paragraph under one account."""
    said = finder.facts(documents=(entry.name,), sources=("text",), measures=("年初预算", "决算"))
    groups: dict[tuple[object, ...], dict[str, Found]] = {}
    for found in said:
        fact = found.fact
        if fact.value is not None and fact.code:
            key = (fact.key.rsplit(".", 1)[0], fact.code, fact.entity)
            groups.setdefault(key, {}).setdefault(fact.measure, found)
    return [Item(group["年初预算"], group["决算"]) for group in groups.values() if len(group) == 2]


def _rate(item: Item, ledger: Ledger) -> Calculation | None:
    """None where the budget is zero: the rate does not apply."""
    spent, planned = operand(ledger, item.spent, "决算"), operand(ledger, item.planned, "年初预算")
    return calculate.share(spent, planned) if spent and planned else None


def _draft(
    intent: Intent, entry: CatalogueEntry, rated: list[tuple[Item, Calculation]], whole: int, ledger: Ledger
) -> Draft:
    values: list[Value] = []
    lines: list[str] = []
    for number, (item, rate) in enumerate(rated, 1):
        spent, planned = rate.operands
        name = subject_of(item.spent.fact)
        marks = tuple(dict.fromkeys((spent.citation, planned.citation)))
        values.append(Value(f"{name}完成率", plain(rate.value), "%", "computed", rate.formula, rate.operands, marks))
        values.append(Value(f"{name}决算", plain(spent.value), spent.unit, "text", citations=(spent.citation,)))
        lines.append(
            f"{number}. {name}：完成率**{plain(rate.value)}%**（决算{plain(spent.value)}{spent.unit}[{spent.citation}]÷年初预算{plain(planned.value)}{planned.unit}[{planned.citation}]）"
        )
    bound = "符合条件的" if intent.condition else ""
    head = f"{heading(entry)}{bound}共{len(rated)}项（原文未列完成率，按逐项的年初预算和决算计算，全部{whole}项中）"
    return Draft(f"{head}：\n" + "\n".join(lines), ledger, tuple(values), warnings=intent.notes)


def completion_of(intent: Intent, finder: Finder) -> Draft | None:
    """The rate of one item, worked out where the document prints only its budget and its outturn."""
    if intent.measure not in ("完成率", "执行率") or _TOGETHER.search(intent.text):
        return None
    planned = one(intent, finder, "全年预算" if _ADJUSTED.search(intent.text) else "年初预算")
    spent = outturn_of(planned, finder) if planned else None
    if planned is None or spent is None:
        return None
    ledger = new_ledger(finder)
    over, under = operand(ledger, spent.found, "决算"), operand(ledger, planned.found, planned.fact.measure or "预算")
    rate = calculate.share(over, under) if over and under else None
    name, base = subject_of(planned.fact), planned.fact.measure or "预算"
    if over and under and rate is None:
        return Draft(
            f"{heading(planned.entry)}{name}{base}为零[{under.citation}]，完成率不适用。",
            ledger,
            warnings=intent.notes,
        )
    if over is None or under is None or rate is None:
        return None
    text = f"{heading(planned.entry)}{name}完成{base}的**{plain(rate.value)}%**：{rate.formula}（{line(over)}；{line(under)}）。原文未列完成率，按{base}和决算计算。"
    return Draft(text, ledger, (value_of(f"{name}完成率", rate),), warnings=intent.notes)
