"""Do these figures agree: find where each stands, say what each counts, and whether they contradict each other."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, Amount, agree, plain
from index.model import CatalogueEntry, Fact, Found, State
from qa import calculate
from qa.draft import Draft, heading, printed, scope_of, source_of, subject_of
from qa.finder import Finder, asked_of
from qa.model import Intent, Operand, Operation, Value
from qa.pick import corroborate, pick
from qa.respond.lookup import new_ledger
from qa.retrieve.facts import Scored


def respond(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is not Operation.CHECK:
        return None
    return stated_figures(intent, finder) or two_sources(intent, finder)


def stated_figures(intent: Intent, finder: Finder) -> Draft | None:
    """The question states two figures: find each in the document by its value and say what it is."""
    stated = [s for s in intent.stated if s[0] != 0]
    if len(stated) < 2:
        return None
    for entry in intent.documents:
        located = [_locate(value, unit, intent, entry, finder) for value, unit in stated[:3]]
        if all(located):
            return _explain([found for found in located if found], entry, intent, finder)
    return None


def _locate(value: Decimal, unit: str, intent: Intent, entry: CatalogueEntry, finder: Finder) -> Found | None:
    """The fact with this value whose wording is nearest to the question."""
    ranking = finder.figures(
        intent.topic, replace(asked_of(intent), measure="", money=False, unit="", years=()), (entry,)
    )
    same = [s for s in ranking.scored if _equals(s.fact, value, unit)]
    return same[0].found if same else None


def _equals(fact: Fact, value: Decimal, unit: str) -> bool:
    if fact.value is None:
        return False
    if unit in MONEY and fact.unit in MONEY:
        return agree(Amount(value, unit, ""), Amount(fact.value, fact.unit, ""))
    return fact.value == value


def _explain(located: list[Found], entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    lines, operands = [], []
    for found in located:
        mark = ledger.fact(found)
        fact = found.fact
        scope = f"，口径：{scope_of(fact)}" if scope_of(fact) else ""
        lines.append(f"- {printed(fact)}：{subject_of(fact)}{fact.measure}（{source_of(fact)}{scope}）[{mark}]")
        operands.append(Operand(subject_of(fact), fact.value or Decimal(0), fact.unit, mark))
    gap = calculate.difference(operands[0], operands[1])
    size = abs(gap.value)
    formula = gap.formula if gap.value >= 0 else calculate.difference(operands[1], operands[0]).formula
    a, b = located[0].fact, located[1].fact
    if size == 0:
        verdict = "两个数一致"
    elif size <= Decimal("0.02") and (a.unit in MONEY) and a.label == b.label:
        verdict = f"两个数相差{plain(size)}{gap.unit}（{formula}），属于口径不同或四舍五入形成的尾差"
    elif scope_of(a) != scope_of(b) or a.title != b.title:
        verdict = f"两个数口径不同，不能直接相等：差异为{plain(size)}{gap.unit}（{formula}），分别统计{scope_of(a)}与{scope_of(b)}"
    else:
        verdict = f"两处不一致，差额{plain(size)}{gap.unit}（{formula}），请核对原文"
    difference = Value(
        "差额", plain(size), gap.unit, "computed", formula, tuple(operands), tuple(o.citation for o in operands)
    )
    return Draft(f"{heading(entry)}：{verdict}。\n" + "\n".join(lines), ledger, (difference,), warnings=intent.notes)


def two_sources(intent: Intent, finder: Finder) -> Draft | None:
    """Prose against table for one item, or a printed rate against the figures it comes from."""
    asked = replace(asked_of(intent), money=False)
    for entry in intent.documents:
        found = pick(intent.topic, asked, entry, finder) or pick(
            intent.topic, replace(asked, measure="", measure_mask=0), entry, finder
        )
        if found is None:
            continue
        if found.fact.measure in ("增减率", "完成率", "占比"):
            draft = _recompute(found.best, entry, intent, finder)
            if draft:
                return draft
        return _compare_sources(found.found, entry, intent, finder)
    return None


def _compare_sources(found: Found, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    other = corroborate(found, finder)
    twin = other.agreeing or other.conflicting
    if twin is None:
        return None
    ledger = new_ledger(finder)
    a, b = ledger.fact(found), ledger.fact(twin)
    if other.agreeing:
        text = f"{heading(entry)}{subject_of(found.fact)}一致：{source_of(found.fact)}为{printed(found.fact)}[{a}]，{source_of(twin.fact)}为{printed(twin.fact)}[{b}]，折算后相符（允许四舍五入或截尾）。"
        return Draft(text, ledger, verdict="yes", warnings=intent.notes)
    text = f"{heading(entry)}{subject_of(found.fact)}不一致：{source_of(found.fact)}为{printed(found.fact)}[{a}]，{source_of(twin.fact)}为{printed(twin.fact)}[{b}]，请核对原文。"
    return Draft(text, ledger, verdict="no", warnings=(*intent.notes, "文件自身存在不一致。"))


def _recompute(scored: Scored, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    """A printed rate of the prose against the amounts of the same sentence."""
    fact = scored.fact
    same = [
        f
        for f in finder.facts(documents=(entry.name,), sources=("text",), sections=(fact.section,))
        if f.fact.label == fact.label and f.fact.path == fact.path
    ]
    now = next(
        (f for f in same if f.fact.measure in ("预算", "决算") and f.fact.unit in MONEY and f.fact.value is not None),
        None,
    )
    before = next(
        (f for f in same if f.fact.measure in ("上年", "年初预算") and f.fact.unit in MONEY and f.fact.value), None
    )
    if now is None or before is None or fact.value is None:
        return None
    ledger = new_ledger(finder)
    marks = [ledger.fact(f) for f in (scored.found, now, before)]
    a = Operand("本期", now.fact.value or Decimal(0), now.fact.unit, marks[1])
    b = Operand("基期", before.fact.value or Decimal(0), before.fact.unit, marks[2])
    result = calculate.share(a, b) if fact.measure == "完成率" else calculate.growth(a, b)
    if result is None:
        return None
    right = abs(abs(result.value) - abs(fact.value)) <= Decimal("0.02")
    verdict = "与计算相符" if right else "与计算不一致，原文有误"
    text = (
        f"{heading(entry)}{subject_of(fact)}：原文写{fact.direction}{printed(fact)}[{marks[0]}]，按{printed(before.fact)}[{marks[2]}]与{printed(now.fact)}[{marks[1]}]"
        f"计算为{plain(abs(result.value))}%（{result.formula}），{verdict}。"
    )
    value = Value(
        "按金额计算的比率", plain(result.value), "%", "computed", result.formula, result.operands, (marks[1], marks[2])
    )
    return Draft(
        text, ledger, (value,), verdict="yes" if right else "no", warnings=() if right else ("原文比率与其金额不符。",)
    )


def is_blank(fact: Fact) -> bool:
    return fact.state in (State.BLANK, State.DASH)


def digits_of(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?:\.\d+)?", text)
