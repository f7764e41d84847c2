"""Printed rates computed again: growth and completion of the prose from its own amounts, indicators from their definitions.

The indicators are those of the whole-department evaluation (部门整体绩效共性指标, 财预〔2013〕53号 and the provincial forms
that follow it), each defined there as one figure over another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Fact, Found
from qa import calculate
from qa.calculate import Calculation
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed, source_of, subject_of
from qa.finder import Finder
from qa.link import Topic
from qa.model import Intent, Operand, Value
from qa.respond.sources import Part, Source, figure_in, hints_in, part, said

Work = Callable[[Operand, Operand], Calculation | None]
_RATES = ("增减率", "完成率", "占比", "执行率")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate with the two figures it comes from: (what, measure, where)."""

    name: str
    asked: re.Pattern[str]
    above: tuple[str, str, Source]
    below: tuple[str, str, Source]
    growth: bool = False


INDICATORS: tuple[Indicator, ...] = (
    Indicator("三公经费控制率", re.compile(r"三公.{0,4}控制率"), ("三公经费", "决算", Source.TABLE), ("三公经费", "预算", Source.TABLE)),
    Indicator("预算调整率", re.compile(r"预算调整率|调整率"), ("", "全年预算", Source.FORM), ("", "年初预算", Source.FORM), growth=True),
    Indicator("预算执行率", re.compile(r"预算执行率"), ("", "决算", Source.FORM), ("", "全年预算", Source.FORM)),
    Indicator("结转结余率", re.compile(r"结转结余率|结余率"), ("年末结转和结余", "", Source.TABLE), ("", "全年预算", Source.FORM)),
)  # fmt: skip


def indicator(intent: Intent, entry: CatalogueEntry, finder: Finder) -> Draft | None:
    """An indicator of the evaluation form against the figures that define it."""
    for rate in INDICATORS:
        if not rate.asked.search(intent.text):
            continue
        name = _part(rate.name, "实际值", Source.FORM)
        shown = figure_in(name, intent, entry, finder)
        above, below = (figure_in(_part(*side), intent, entry, finder) for side in (rate.above, rate.below))
        if shown and above and below:
            work = calculate.growth if rate.growth else calculate.share
            return _compared(shown, above, below, work, entry, intent, finder)
    return None


def _part(name: str, measure: str, source: Source) -> Part:
    return Part(Topic(name, (1 << len(name)) - 1), measure, 0, source)


def stated_rate(intent: Intent, entry: CatalogueEntry, finder: Finder) -> Draft | None:
    """A rate of the prose against the amounts that stand beside it."""
    wanted = part(intent, 0, len(intent.text), hints_in(intent.text), Source.PROSE)
    topic = wanted.topic.without(wanted.measure_mask)
    measures = (wanted.measure,) if wanted.measure in _RATES else _RATES
    rates: list[tuple[float, Found]] = []
    for found in finder.facts(documents=(entry.name,), sources=("text",), measures=measures):
        fact = found.fact
        name, whole = "".join((*fact.path, fact.label)), "".join((*fact.path, fact.label, fact.quote))
        if (
            said(whole, topic).bit_count() >= 0.66 * topic.size
            and said(name, topic)
            and fact.unit == "%"
            and fact.value is not None
        ):
            rates.append(
                (said(name, topic).bit_count() + 0.5 * said(whole, topic).bit_count() - 0.1 * len(fact.path), found)
            )
    for _, rate in sorted(rates, key=lambda pair: -pair[0]):
        if beside := _beside(rate, finder):
            return _compared(rate, *beside, entry, intent, finder)
    return None


def _beside(rate: Found, finder: Finder) -> tuple[Found, Found, Work] | None:
    """What a rate was worked out from: the amounts of the same item beside it, and how.

    A growth may stand with last year's amount, or with the change alone; then last year's is this year's less the change.
    """
    fact = rate.fact
    same = [
        f
        for f in finder.facts(documents=(rate.document,), sources=("text",), sections=(fact.section,))
        if f.fact.label == fact.label and f.fact.path == fact.path and f.fact.unit in MONEY and f.fact.value is not None
    ]
    paragraph = fact.key.split(".")[0]
    same.sort(key=lambda f: f.fact.key.split(".")[0] != paragraph)

    def first(*measures: str) -> Found | None:
        return next((f for f in same if f.fact.measure in measures and f.fact.value), None)

    now, change = first("预算", "决算"), first("增减额")
    if now is None:
        return None
    if fact.measure == "占比":
        above = _whole_of(fact, rate.document, finder)
        return (now, above, calculate.share) if above else None
    if fact.measure != "增减率":
        whole = first("年初预算", "全年预算")
        return (now, whole, calculate.share) if whole else None
    before = first("年初预算") if "预算数" in fact.basis and not first("上年") else first("上年")
    if before:
        return now, before, calculate.growth
    if change is None:
        return None
    return now, change, partial(calculate.growth_of_change, rose=change.fact.direction == "增加")


def _whole_of(share: Fact, document: str, finder: Finder) -> Found | None:
    """The amount that the share is of: what stands above it in its paragraph."""
    if not share.path:
        return None
    labelled = finder.facts(documents=(document,), sources=("text",), labels=(share.path[-1],))
    paragraph = share.key.partition(".")[0]
    here = (f for f in labelled if f.fact.key.partition(".")[0] == paragraph and f.fact.unit in MONEY and f.fact.value)
    return next(here, None)


def _compared(
    shown: Found, above: Found, below: Found, work: Work, entry: CatalogueEntry, intent: Intent, finder: Finder
) -> Draft | None:
    ledger = new_ledger(finder)
    marks = [ledger.fact(f) for f in (shown, above, below)]
    a, b = (
        Operand(subject_of(f.fact), f.fact.value or Decimal(0), f.fact.unit, mark)
        for f, mark in ((above, marks[1]), (below, marks[2]))
    )
    result = work(a, b)
    if result is None:
        return None
    right = agrees(shown, result)
    fact = shown.fact
    verdict = "与计算相符" if right else "两者不一致，原文有误或取数口径不同，请核对"
    text = (
        f"{heading(entry)}{subject_of(fact)}：原文写{fact.direction}{printed(fact)}（{source_of(fact)}）[{marks[0]}]，"
        f"按{printed(below.fact)}（{source_of(below.fact)}）[{marks[2]}]与{printed(above.fact)}（{source_of(above.fact)}）[{marks[1]}]"
        f"计算为**{plain(abs(result.value))}%**（{result.formula}），{verdict}。"
    )
    value = Value("按金额计算的比率", plain(result.value), "%", "computed", result.formula, result.operands, (marks[1], marks[2]))  # fmt: skip
    printed_value = Value(subject_of(fact), plain(fact.value or Decimal(0)), fact.unit, "conflict", citations=(marks[0],))  # fmt: skip
    values = (value,) if right else (value, printed_value)
    warnings = () if right else (f"{subject_of(fact)}：原文比率{printed(fact)}与其金额不符。",)
    return Draft(text, ledger, values, verdict="yes" if right else "no", warnings=(*intent.notes, *warnings))


def agrees(shown: Found, result: Calculation) -> bool:
    """Within the rounding of the figure printed; a fall may be printed without its sign."""
    value = shown.fact.value or Decimal(0)
    places = -int(value.as_tuple().exponent) if isinstance(value.as_tuple().exponent, int) else 2
    return abs(abs(result.value) - abs(value)) <= Decimal(2) * Decimal(10) ** -min(places, 2)
