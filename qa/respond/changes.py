"""A change as the prose prints it: by how much, in which direction, against what, and why."""

from __future__ import annotations

import re
from dataclasses import replace

from index.model import Fact, Found, State
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, amount_in, heading, source_of, subject_of, with_unit
from qa.finder import Finder
from qa.model import Intent, Value
from qa.pick import Pick

_UP = re.compile(r"增加|增幅|涨幅|增长|上升|涨|提高|多花|多了|增多|多(?=多少|几)")
_DOWN = re.compile(r"减少|减幅|降幅|下降|降低|压减|少花|少了|降了|减了|少(?=多少|几)")
_OTHER = {"增减额": "增减率", "增减率": "增减额"}


def change(p: Pick, intent: Intent, finder: Finder) -> Draft:
    """The change with the rate (or the amount) that stands in the same sentence; a wrong direction is corrected."""
    ledger = new_ledger(finder)
    fact = _in_words(p.fact)
    mark = ledger.fact(p.found)
    value, unit = amount_in(fact, intent.unit)
    name = fact.measure.replace("增减", fact.direction) if fact.source == "table" else fact.measure
    values = [Value(f"{subject_of(fact)}{name}", value, unit, fact.source, citations=(mark,))]
    who = f"{heading(p.entry, fact.year)}{subject_of(fact)}"
    basis = f"比{fact.basis}" if fact.basis and not fact.basis.startswith(("与", "比")) else "比上年"
    if fact.direction == "持平" or fact.value is None:
        text = f"{who}与{fact.basis or '上年'}**{fact.direction}**（{source_of(fact)}）[{mark}]。"
        return Draft(text, ledger, tuple(values), warnings=intent.notes, verdict=_verdict(intent, fact))
    wrong = _other_direction(fact, intent)
    said = f"不是{wrong}，而是{fact.direction}" if wrong else fact.direction
    text = f"{who}{basis}{said}**{with_unit(fact, intent.unit)}**（{source_of(fact)}）[{mark}]"
    if beside := _beside(p.found, finder):
        text += _companion(beside, ledger, values)
    text += "。"
    if fact.reason:
        text += f"原文说明的原因：{fact.reason}。"
    return Draft(text, ledger, tuple(values), warnings=intent.notes, verdict=_verdict(intent, fact))


def is_change(p: Pick, intent: Intent) -> bool:
    """Whether a figure is a change in one direction: as prose tells it, or a signed cell where a direction is asked for."""
    fact = p.fact
    signed = fact.measure in _OTHER and fact.source == "table" and fact.value is not None
    return bool(fact.direction) or (signed and bool(direction_asked(intent.text)))


def _in_words(fact: Fact) -> Fact:
    """A signed cell as prose says it: -31.40 is 减少31.40."""
    if fact.direction or fact.value is None:
        return fact
    direction = "持平" if not fact.value else "增加" if fact.value > 0 else "减少"
    return replace(fact, value=abs(fact.value), printed=fact.printed.lstrip("-－−"), direction=direction)


def _companion(beside: Found, ledger: Ledger, values: list[Value]) -> str:
    """The rate beside the amount, or the amount beside the rate."""
    fact = beside.fact
    mark = ledger.fact(beside)
    values.append(Value(f"{subject_of(fact)}{fact.measure}", *amount_in(fact, ""), fact.source, citations=(mark,)))
    return (
        f"，{fact.direction or '变动'}{fact.printed}{fact.unit if not fact.printed.endswith(fact.unit) else ''}[{mark}]"
    )


def _beside(found: Found, finder: Finder) -> Found | None:
    """The other form of the same change in the same sentence."""
    fact = found.fact
    measure = _OTHER.get(fact.measure)
    if not measure:
        return None
    same = finder.facts(documents=(found.document,), labels=(fact.label,), sources=("text",), measures=(measure,))
    near = (
        f for f in same if f.fact.quote == fact.quote and f.fact.entity == fact.entity and f.fact.state is State.VALUE
    )
    return next(near, None)


def direction_asked(text: str) -> str:
    """The direction that a question names, 增加 or 减少; "" where it names none or both."""
    up, down = _UP.search(text), _DOWN.search(text)
    return "" if bool(up) == bool(down) else "增加" if up else "减少"


def _other_direction(fact: Fact, intent: Intent) -> str:
    """The direction that the question takes for granted, where the document prints the other one."""
    asked = direction_asked(intent.text)
    return "" if fact.direction not in ("增加", "减少", asked) or not fact.value or asked == fact.direction else asked


def _verdict(intent: Intent, fact: Fact) -> str | None:
    """Whether what a yes-or-no question supposes is so: 压减了吗 of a figure that fell is yes."""
    if not intent.yesno:
        return None
    up, down = _UP.search(intent.text), _DOWN.search(intent.text)
    if not up and not down:
        return "yes" if fact.value else "no"
    return "yes" if fact.direction == ("增加" if up else "减少") and fact.value else "no"
