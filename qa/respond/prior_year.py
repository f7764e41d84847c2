"""Last year's figure, worked out from this year's and its printed change: 推算."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Fact, Found
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, short_name, subject_of
from qa.explain import explains
from qa.finder import Finder, asked_of
from qa.model import Intent, Operand, Operation
from qa.pick import Pick, pick, pick_is_open
from qa.readings import item_of
from qa.respond.operands import line, operand, value_of


def prior(intent: Intent, finder: Finder) -> Draft | None:
    """This year's figure and its printed change give last year's, which is said to be worked out, and of which stage."""
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
    for entry in _documents(intent):
        change = pick(bare, asked_of(replace(plain_intent, measure="增减额", documents=(entry,))), entry, finder)
        step = next((f for f in _changes(change, entry) if _of_stage(intent, f.fact, entry)), None) if change else None
        if step is None:
            continue
        now = _same_subject(step, entry, finder) or _level(pick(bare, asked_of(plain_intent), entry, finder), step)
        if now is None or (a := operand(ledger, now)) is None:
            continue
        year = (entry.profile.year or 0) - 1
        if intent.absent_years and year not in intent.absent_years:
            continue  # two years back cannot be worked out
        b = operand(ledger, step, f"比上年{step.fact.direction}")
        if b is None:
            b = Operand("比上年持平", Decimal(0), a.unit, ledger.fact(step))
        result = calculate.prior(a, b, step.fact.direction != "减少")
        label = f"{year}年{subject_of(now.fact)}{_stage_of(step.fact, entry)}（推算）"
        text = f"推算{short_name(entry)}{label.removesuffix('（推算）')}为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(b)}）。这是由{entry.profile.year}年文件倒推的数，不是{year}年公开的数。"
        return Draft(text, ledger, (value_of(label, result),), warnings=intent.notes)
    return None


def _documents(intent: Intent) -> Sequence[CatalogueEntry]:
    """The documents that tell what changed: of the year after one that is asked for by its number."""
    years = () if intent.periods.last or intent.absent_years else intent.periods.years
    after = [e for e in (*intent.documents, *intent.of_office) if e.profile.year and e.profile.year - 1 in years]
    return after if years and any(e.profile.year in years for e in intent.documents) else intent.documents


def _changes(change: Pick, entry: CatalogueEntry) -> Iterator[Found]:
    """The changes of this item against last year; one against this year's budget says nothing of last year."""
    for scored in change.ranking.near(1.0):
        fact = scored.fact
        same = item_of(fact) == item_of(change.fact) and fact.path == change.fact.path
        moved = fact.direction == "持平" or (fact.direction in ("增加", "减少") and fact.value is not None)
        if same and moved and explains(change.ranking, scored) and _of_last_year(fact, entry):
            yield scored.found


def _of_last_year(fact: Fact, entry: CatalogueEntry) -> bool:
    own = str(entry.profile.year or "")
    plan_of_this_year = re.search(r"年初|全年|调整|本年", fact.basis) or (own and own in fact.basis)
    return not plan_of_this_year or bool(re.search(r"上年|去年|上一年", fact.basis))


def _stage_of(step: Fact, entry: CatalogueEntry) -> str:
    """What a change is measured against: last year's budget or its outturn."""
    return "决算" if re.search(r"决算|执行", step.basis) else "预算" if "预算" in step.basis else entry.profile.stage


def _of_stage(intent: Intent, step: Fact, entry: CatalogueEntry) -> bool:
    """Whether the change is measured against what is asked for: last year's budget is not its outturn."""
    return intent.measure not in ("预算", "决算") or intent.measure == _stage_of(step, entry)


def _level(p: Pick | None, step: Found) -> Found | None:
    """This year's figure of the item that changed, where it is found by the same words."""
    if p is None or pick_is_open(p) or not _is_level(p.fact, p.entry) or p.fact.unit not in MONEY:
        return None
    return p.found if p.fact.key != step.fact.key else None


def _is_level(fact: Fact, entry: CatalogueEntry) -> bool:
    """Whether a figure is what the document is about: in a document of outturns its budgets are not what changed."""
    return fact.measure in (entry.profile.stage, "")


def _same_subject(step: Found, entry: CatalogueEntry, finder: Finder) -> Found | None:
    """The figure of this year that stands with its change in one sentence."""
    same = finder.facts(documents=(step.document,), labels=(step.fact.label,), sources=("text",))
    return next(
        (
            f
            for f in same
            if _is_level(f.fact, entry)
            and f.fact.unit in MONEY
            and f.fact.section == step.fact.section
            and f.fact.value
        ),
        None,
    )
