"""What is asked of the units of one department: each of several, one of all, whether one has the most."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.organisations import span_mask
from qa.pick import Pick, pick_is_open
from qa.readings import subject_of_unit
from qa.respond.figure import told
from qa.respond.judged import said, verdict
from qa.respond.lookup import picks_in
from qa.respond.operands import line, operand, read, value_of
from qa.respond.unit_rows import UnitColumn, column_of
from qa.units_named import units_apart

_SIDE_BY_SIDE = frozenset({Operation.LOOKUP, Operation.LIST, Operation.COMPARE})
_OF_DEPARTMENT = re.compile(
    r"占(?:了|到)?(?:全(?:部门|系统|局|委|院)|(?:整个|本|该)?部门|(?:所有|全部|全体|各个?)(?:下属|所属|预算)*单位(?!资金)|(?=总(?:预算|支出|收入)))"
)
_SHARE = re.compile(r"的?(?:所占)?(?:比重|比例|百分比|百分之(?:几|多少)|份额|几成|多少|占比)?(?:是|为)?(?:多少|几)?$")
_TOTAL = re.compile(r"20\d\d年度?|的|总(?:额|量|数|计|体)?|合计|全部|整体|是|了|□")
_EXTREME = re.compile(
    r"最[多高大少低小](?:的)?(?:单位|一[个家])?|排(?:名|在)?第一位?|(?:居|列)?首位|的(?:单位|一[个家])$"
)


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """A figure for each unit that is named, one unit of the whole, or whether it has the most; else None."""
    if len(intent.operands) > 1 and units_apart(intent.operands):
        return _side_by_side(intent, finder) if intent.operation in _SIDE_BY_SIDE and not intent.yesno else None
    if not intent.entity:
        return None
    if _OF_DEPARTMENT.search(intent.text):
        return _share_of_department(intent, finder)
    return _extreme(intent, finder) if intent.yesno and intent.largest is not None else None


def _side_by_side(intent: Intent, finder: Finder) -> Draft | None:
    """The figures of the units that are named, in their order; the most first where that is asked."""
    readings = read(intent.operands, finder)
    if readings is None:
        return None
    picks = [reading.first for reading in readings]
    ranked = intent.operation is Operation.COMPARE or intent.largest is not None
    if ranked:
        picks.sort(key=_size, reverse=intent.largest is not False)
    ledger = new_ledger(finder)
    shown = [told(p.found, subject_of_unit(p.fact), intent.unit, ledger, finder) for p in picks]
    lines = [f"- {heading(p.entry)}{value.label}：{words}" for p, (value, words) in zip(picks, shown, strict=True)]
    word = "最少" if intent.largest is False else "最多"
    head = (
        [f"{word}的是**{subject_of_unit(picks[0].fact)}**："] if ranked and _size(picks[0]) != _size(picks[1]) else []
    )
    return Draft("\n".join((*head, *lines)), ledger, tuple(value for value, _ in shown), warnings=intent.notes)


def _share_of_department(intent: Intent, finder: Finder) -> Draft | None:
    """The figure of a unit over the total printed in its column."""
    asked = _part_of_department(intent)
    found = _one(asked, finder) if asked else None
    column = _column(found, finder)
    if found is None or column is None or column.total is None:
        return None
    ledger = new_ledger(finder)
    part, whole = operand(ledger, found.found, subject_of_unit(found.fact)), operand(ledger, column.total, "部门合计")
    result = calculate.share(part, whole) if part and whole else None
    if part is None or whole is None or result is None or result.value > 100:
        return None
    text = (
        f"{heading(found.entry)}{part.label}占{whole.label}的比重为**{result.value}%**："
        f"{result.formula}（{line(part)}；{line(whole)}）。"
    )
    return Draft(text, ledger, (value_of(f"{part.label}占{whole.label}", result),), warnings=intent.notes)


def _part_of_department(intent: Intent) -> Intent | None:
    """The question for the part alone; None where part and whole are said to be of different money."""
    text = intent.text
    match = _OF_DEPARTMENT.search(text)
    share = _SHARE.search(text)
    if match is None or share is None:
        return None
    part = _TOTAL.sub("", text[intent.entity_mask.bit_length() : match.start()])
    whole = _TOTAL.sub("", text[match.end() : share.start()])
    if part and whole and part != whole:
        return None
    end = match.end() if whole and not part else len(text)
    return _asked_alone(intent, span_mask([(match.start(), end), share.span()]))


def _extreme(intent: Intent, finder: Finder) -> Draft | None:
    """Whether no other unit has more, or less, in the column."""
    found = _one(_asked_alone(intent, span_mask(m.span() for m in _EXTREME.finditer(intent.text))), finder)
    column = _column(found, finder)
    if found is None or column is None or len(column.units) < 2:
        return None
    filled = [f for f in column.units if f.fact.value is not None]
    most = intent.largest is not False
    first = (max if most else min)(filled, key=lambda f: f.fact.value or Decimal(0))
    holds = first.fact.value == found.fact.value
    ledger = new_ledger(finder)
    value, words = told(found.found, subject_of_unit(found.fact), intent.unit, ledger, finder)
    word = "最多" if most else "最少"
    text = f"{said(holds)}。{heading(found.entry)}{value.label}为{words}"
    if holds:
        text += f"，在表中列出的各单位中{word}。"
    else:
        text += f"；{word}的是{subject_of_unit(first.fact)}，为{printed(first.fact)}[{ledger.fact(first)}]。"
    return Draft(text, ledger, (value,), verdict=verdict(holds), warnings=intent.notes)


def _asked_alone(intent: Intent, mask: int) -> Intent:
    """The question for the figure, without the words that ask for more."""
    topic = intent.topic.without(mask)
    measure = "" if intent.measure == "占比" else intent.measure
    return replace(
        intent, operation=Operation.LOOKUP, topic=topic, measure=measure, measure_mask=intent.measure_mask & ~mask,
        operands=(), largest=None, top=0, yesno=False,
    )  # fmt: skip


def _one(intent: Intent, finder: Finder) -> Pick | None:
    picks = [p for p in picks_in(intent, finder) if p.fact.value is not None]
    return picks[0] if len(picks) == 1 and not pick_is_open(picks[0]) else None


def _column(found: Pick | None, finder: Finder) -> UnitColumn | None:
    return column_of(found.found, found.entry, finder) if found else None


def _size(p: Pick) -> Decimal:
    return p.fact.canonical if p.fact.canonical is not None else (p.fact.value or Decimal(0))
