"""Last year's figure, worked out from this year's and its printed change: 推算."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Fact, Found
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, short_name, subject_of
from qa.finder import Finder, asked_of
from qa.model import Intent, Operand, Operation
from qa.pick import Pick, pick
from qa.respond.operands import line, operand, value_of


def prior(intent: Intent, finder: Finder) -> Draft | None:
    """This year's figure and its printed change give last year's: 推算."""
    bare = intent.topic.without(intent.measure_mask)
    plain_intent = replace(
        intent,
        topic=bare,
        periods=replace(intent.periods, years=()),
        measure="",
        measure_mask=0,
        operation=Operation.LOOKUP,
    )
    ledger = new_ledger(finder)
    for entry in intent.documents:
        step = pick(bare, asked_of(replace(plain_intent, measure="增减额", documents=(entry,))), entry, finder)
        if step is None or not step.fact.direction or not _of_stage(intent, step.fact, entry):
            continue
        now = _same_subject(step.found, finder) or _found(pick(bare, asked_of(plain_intent), entry, finder))
        if now is None or (a := operand(ledger, now)) is None:
            continue
        year = (entry.profile.year or 0) - 1
        label = f"{year}年{subject_of(now.fact)}（推算）"
        b = operand(ledger, step.found, f"比上年{step.fact.direction}")
        if b is not None:
            result = calculate.prior(a, b, step.fact.direction == "增加")
        elif step.fact.direction == "持平":
            b = Operand("比上年持平", Decimal(0), a.unit, ledger.fact(step.found))
            result = calculate.prior(a, b, True)
        else:
            continue
        text = f"推算{short_name(entry)}{year}年{subject_of(now.fact)}为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(b)}）。这是由{entry.profile.year}年文件倒推的数，不是{year}年公开的数。"
        return Draft(text, ledger, (value_of(label, result),), warnings=intent.notes)
    return None


def _of_stage(intent: Intent, step: Fact, entry: CatalogueEntry) -> bool:
    """Whether the change is measured against what is asked for: last year's budget is not its outturn."""
    against = "决算" if re.search(r"决算|执行", step.basis) else "预算" if "预算" in step.basis else entry.profile.stage
    return intent.measure not in ("预算", "决算") or intent.measure == against


def _found(p: Pick | None) -> Found | None:
    return p.found if p else None


def _same_subject(step: Found, finder: Finder) -> Found | None:
    """The figure of this year that stands with its change in one sentence."""
    same = finder.facts(documents=(step.document,), labels=(step.fact.label,), sources=("text",))
    return next(
        (
            f
            for f in same
            if f.fact.measure in ("决算", "预算", "")
            and f.fact.unit in MONEY
            and f.fact.section == step.fact.section
            and f.fact.value
        ),
        None,
    )
