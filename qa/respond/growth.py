"""A change that the document does not print, from the two figures that it does print: this year's and last year's."""

from __future__ import annotations

from dataclasses import replace

from index.amounts import MONEY, plain
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, heading, subject_of
from qa.finder import Finder
from qa.model import Intent
from qa.pick import Pick, item_of, pick_is_open
from qa.respond.operands import line, one, operand, value_of

_CHANGES = ("增减额", "增减率")


def growth_of(intent: Intent, finder: Finder) -> Draft | None:
    """By how much, or by how many per cent, a figure differs from last year's beside it."""
    if intent.measure not in _CHANGES or len(intent.documents) != 1:
        return None
    now, before = one(intent, finder, ""), one(intent, finder, "上年")
    if now is None or before is None or pick_is_open(now) or not _of_one_row(now, before):
        return None
    ledger = new_ledger(finder)
    a, b = operand(ledger, now.found, "本年"), operand(ledger, before.found, before.fact.basis or "上年")
    if a is None or b is None or a.citation == b.citation or {a.unit, b.unit} - set(MONEY):
        return None
    name = f"{heading(now.entry)}{subject_of(now.fact)}"
    rate = calculate.growth(a, b)
    if intent.measure == "增减率" and rate is None:
        return Draft(f"{name}：{line(b)}，基数为零，增减率不适用（无法计算）。", ledger, warnings=intent.notes)
    result = rate if intent.measure == "增减率" and rate else calculate.difference(a, b, intent.unit)
    if result.value < 0 and intent.measure == "增减额":
        result = replace(calculate.difference(b, a, intent.unit), value=abs(result.value))
    rose = calculate.difference(a, b).value >= 0
    text = f"{name}比{b.label}{'增加' if rose else '减少'}**{plain(abs(result.value))}{result.unit}**：{result.formula}（{line(a)}；{line(b)}）。原文未列增减，按两年的数计算。"
    return Draft(text, ledger, (value_of(f"{subject_of(now.fact)}{intent.measure}", result),), warnings=intent.notes)


def _of_one_row(now: Pick, before: Pick) -> bool:
    """Whether both are of one item in one place, so that nothing but the year tells them apart."""
    a, b = now.fact, before.fact
    if item_of(a) != item_of(b) or a.code != b.code or a.entity != b.entity or a.source != b.source:
        return False
    return (a.table, a.row) == (b.table, b.row) if a.source == "table" else a.quote == b.quote
