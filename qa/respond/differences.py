"""What lies between two figures: offices, items, years, an outturn and its budget, a whole and its part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.amounts import plain
from index.model import Fact, Found
from index.wording import canonical
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading, source_of, subject_of
from qa.finder import Finder
from qa.frames import Form
from qa.link import Topic
from qa.model import Intent, Operand
from qa.organisations import span_mask
from qa.pick import Pick
from qa.respond.compared import sides_compared
from qa.respond.judged import said, verdict
from qa.respond.lookup import picks_in
from qa.respond.operands import Reading, as_operand, is_money, line, one, operand, read, several_documents, value_of

_STAGE = re.compile(r"(?:年初|全年|调整)?(?<!公共)(?<!基金)(?<!经营)预算数?|决算数?|执行数")


def difference(intent: Intent, finder: Finder) -> Draft | None:
    """Between two offices, two items, two years, an outturn and its budget, or a whole and its part."""
    if intent.form == Form.REMAINDER:
        return remainder(intent, finder)
    ledger = new_ledger(finder)
    pair = _named(intent, finder, ledger) if len(intent.operands) == 2 else _implied(intent, finder, ledger)
    if pair is None:
        return None
    a, b = pair
    if is_money(a) != is_money(b) or (not is_money(a) and a.unit != b.unit):
        return None
    result = calculate.difference(a, b, intent.unit)
    word = "多" if result.value > 0 else "少"
    gap = replace(
        result,
        value=abs(result.value),
        formula=result.formula if result.value >= 0 else f"{calculate.difference(b, a, intent.unit).formula}",
    )
    if result.value == 0:
        text = f"两者相等，差额为**{plain(gap.value)}{gap.unit}**：{line(a)}，{line(b)}。"
    else:
        text = f"{a.label}比{b.label}{word}**{plain(gap.value)}{gap.unit}**：{gap.formula}（{line(a)}；{line(b)}）。"
    values = (value_of(f"{a.label}与{b.label}之差", gap),)
    sides = sides_compared(intent.text) if intent.yesno else None
    if sides is None:
        return Draft(text, ledger, values, warnings=intent.notes)
    holds = result.value != 0 and (result.value > 0) == sides.more
    return Draft(f"{said(holds)}。{text}", ledger, values, verdict=verdict(holds), warnings=intent.notes)


def remainder(intent: Intent, finder: Finder) -> Draft | None:
    """What is left of a whole without its part: A中不是B的. The part is A in the scope B, else the item B."""
    if len(intent.operands) != 2:
        return None
    first, second = intent.operands
    both = Topic(first.topic.text, first.topic.content)
    within = replace(second, topic=Topic(intent.topic.text, both.content | second.topic.content))
    if (first.operands or second.operands) or (readings := read((first, within), finder)) is None:
        readings = read((first, second), finder)
    if readings is None:
        return None
    ledger = new_ledger(finder)
    a, b = (as_operand(r, ledger, finder) for r in readings)
    if a is None or b is None or not is_money(a, b):
        return None
    result = calculate.difference(a, b, intent.unit)
    if result.value < 0:
        return None
    whole, part = (r.first for r in readings)
    text = f"{heading(whole.entry)}{a.label}中除{b.label}以外为**{plain(result.value)}{result.unit}**：{result.formula}（{source_of(whole.fact)}{line(a)}；{source_of(part.fact)}{line(b)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}（不含{b.label}）", result),), warnings=intent.notes)


def _named(intent: Intent, finder: Finder, ledger: Ledger) -> tuple[Operand, Operand] | None:
    """The two figures that the question names one by one."""
    readings = read(intent.operands, finder)
    if readings is None:
        return None
    apart = several_documents(readings)
    a, b = (as_operand(r, ledger, finder, apart=apart) for r in _of_one_money(readings, finder))
    return (a, b) if a and b else None


def _of_one_money(readings: Sequence[Reading], finder: Finder) -> Sequence[Reading]:
    """An outturn and the budget of the same item, as one sentence prints both."""
    actual, planned = (r.first for r in readings)
    stages = (actual.fact.measure, planned.fact.measure)
    if stages != ("决算", "年初预算") or any(len(r.picks) > 1 for r in readings) or not _alike(actual, planned, finder):
        return readings
    return (Reading((of_one_sentence(actual, planned, finder),)), readings[1])


def _implied(intent: Intent, finder: Finder, ledger: Ledger) -> tuple[Operand, Operand] | None:
    pair = _pair(intent, finder)
    if pair is None:
        return None
    (first, first_name), (second, second_name) = pair
    a, b = operand(ledger, first, first_name), operand(ledger, second, second_name)
    return (a, b) if a and b else None


def _pair(intent: Intent, finder: Finder) -> tuple[tuple[Found, str], tuple[Found, str]] | None:
    if intent.offices_named == 2 or (len(intent.periods.years) == 2 and len(intent.documents) == 2):
        picks = _in_order(
            picks_in(
                replace(intent, measure="" if intent.measure == "增减额" or _both_stages(intent) else intent.measure),
                finder,
            ),
            intent,
        )
        if len(picks) == 2:
            return tuple((p.found, f"{heading(p.entry)}{p.entry.profile.stage}{subject_of(p.fact)}") for p in picks)  # type: ignore[return-value]
    if intent.change:
        return None  # against last year, not against the budget
    intent = replace(intent, topic=_without_stages(intent.topic), measure_mask=0)
    budget = "年初预算" if "年初" in intent.text else "预算"
    actual, planned = one(intent, finder, "决算"), one(intent, finder, budget)
    if planned is not None and (actual is None or not _alike(actual, planned, finder)):
        actual = outturn_of(planned, finder) or actual
    elif planned is not None and actual is not None:
        actual = of_one_sentence(actual, planned, finder)
    if actual is None or planned is None or not _alike(actual, planned, finder):
        return None
    label = subject_of(actual.fact)
    return (actual.found, f"{label}决算"), (planned.found, f"{label}{planned.fact.measure or '预算'}")


def _alike(a: Pick, b: Pick, finder: Finder) -> bool:
    """Whether two figures are of one item, by whatever name it is printed."""
    return a.entry.name == b.entry.name and a.fact.label in (
        b.fact.label,
        *finder.labels_like(b.entry.name, b.fact.label),
    )


def outturn_of(planned: Pick, finder: Finder) -> Pick | None:
    """The outturn printed for the item whose budget this is, best in the same paragraph."""
    fact = planned.fact
    same = finder.facts(
        documents=(planned.entry.name,), labels=finder.labels_like(planned.entry.name, fact.label), measures=("决算",)
    )
    found = [f for f in same if f.fact.value is not None and f.fact.entity == fact.entity and f.fact.path == fact.path]
    found.sort(
        key=lambda f: (
            _paragraph(f.fact) != _paragraph(fact),
            f.fact.section != fact.section,
            f.fact.source != fact.source,
            f.fact.key,
        )
    )
    return replace(planned, best=replace(planned.best, found=found[0])) if found else None


def of_one_sentence(actual: Pick, planned: Pick, finder: Finder) -> Pick:
    """The outturn beside a budget that the prose prints, for both are of the same money; else the outturn as found."""
    beside = outturn_of(planned, finder) if planned.fact.source == "text" else None
    return beside if beside and _paragraph(beside.fact) == _paragraph(planned.fact) else actual


def _paragraph(fact: Fact) -> str:
    """What the keys of all figures of one paragraph begin with."""
    return fact.key.partition(".")[0] if fact.source == "text" else ""


def _both_stages(intent: Intent) -> bool:
    """从2024年决算到2025年预算: each document gives the figure of its own stage."""
    return "预算" in intent.text and "决算" in intent.text


def _without_stages(topic: Topic) -> Topic:
    return topic.without(span_mask(m.span() for m in _STAGE.finditer(topic.text)))


def _in_order(picks: Sequence[Pick], intent: Intent) -> list[Pick]:
    """The picks in the order in which the question names their offices or years."""

    def place(p: Pick) -> int:
        names = (p.entry.profile.organisation, *p.entry.profile.aliases, str(p.entry.profile.year))
        at = [intent.text.find(canonical(n)) for n in names if canonical(n) in intent.text]
        return min(at, default=len(intent.text))

    return sorted(picks, key=place)
