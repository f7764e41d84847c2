"""An amount for each person, visit or car."""

from __future__ import annotations

import re
from dataclasses import replace

from index.amounts import MONEY, plain
from index.wording import canonical
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.model import Intent, Operand
from qa.pick import Pick
from qa.respond.operands import line, one, operand, value_of

_COUNTED: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("辆", ("辆", "台"), ("保有量", "车辆")),
    ("台", ("辆", "台"), ("保有量", "车辆")),
    ("人次", ("人次",), ("接待", "来宾")),
    ("批", ("批", "批次", "个"), ("团组", "批次")),
    ("人", ("人",), ("在职", "编制", "人员")),
)


def per(intent: Intent, finder: Finder) -> Draft | None:
    """An amount for each person, visit or car; the count from the document or as the question states it."""
    amount = one(
        replace(intent, count_unit="", money=True), finder, intent.measure if intent.measure in ("预算", "决算") else ""
    )
    if amount is None or amount.fact.unit not in MONEY:
        return None
    ledger = new_ledger(finder)
    a = operand(ledger, amount.found)
    count = _stated_count(intent) or _count_of(amount, intent, finder, ledger)
    if a is None or count is None:
        return None
    result = calculate.per(a, count, intent.unit)
    if result is None:
        return Draft(f"{line(count)}，分母为零，不适用（无法计算）。", ledger, warnings=intent.notes)
    text = f"{heading(amount.entry)}{a.label}平均为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(count)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}平均", result),), warnings=intent.notes)


def _stated_count(intent: Intent) -> Operand | None:
    stated = next(((v, u) for v, u in intent.stated if u in ("辆", "人", "名", "人次", "个", "批", "台")), None)
    return Operand("按题中数量", stated[0], stated[1], 0) if stated else None


def _count_of(amount: Pick, intent: Intent, finder: Finder, ledger: Ledger) -> Operand | None:
    topic = canonical(amount.fact.label)
    for word, units, labels in _COUNTED:
        meant = (
            word in intent.text
            or (
                word == "人次"
                and re.search(r"人均|来宾|客人|每人|一人", intent.text)
                and "批" not in intent.text
                and "接待" in topic
            )
            or (word == "人" and "人均" in intent.text and "接待" not in topic)
            or (word == "辆" and "车" in topic)
        )
        if not meant:
            continue
        counts = [
            f
            for f in finder.facts(documents=(amount.entry.name,), sources=("text",))
            if f.fact.unit in units and any(w in f.fact.label or w in f.fact.quote for w in labels) and f.fact.value
        ]
        counts.sort(
            key=lambda f: (
                not any(w in f.fact.label for w in labels),
                "国(境)外" in f.fact.quote and "外宾" in f.fact.label,
                f.fact.key,
            )
        )
        if counts:
            return operand(ledger, counts[0])
    return None
