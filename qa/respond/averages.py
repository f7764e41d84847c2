"""An amount for each person, visit, car or month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY, counted_alike, plain
from index.model import Fact, Found
from index.wording import canonical
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.frames import Divisor
from qa.model import Intent, Operand, Operation
from qa.pick import Pick
from qa.respond.operands import Reading, as_operand, line, operand, read, value_of


@dataclass(frozen=True, slots=True)
class _Count:
    """What documents print of things counted: the units, and words of the label or the sentence."""

    units: tuple[str, ...]
    words: re.Pattern[str]
    rather: re.Pattern[str]  # among several counts, the one usually meant


_VISITORS = _Count(("人次",), re.compile("接待|来宾"), re.compile("国内|公务接待"))
_VISITS = _Count(("批", "批次", "个"), re.compile("团组|批次"), re.compile("国内|公务接待"))
_CARS = _Count(("辆", "台"), re.compile("保有量|车辆"), re.compile("保有量"))
_STAFF = _Count(("人",), re.compile("在职|在编|实有|编制|人员"), re.compile("在职|实有|在编"))
_STUDENTS = _Count(("人", "名"), re.compile("在校(?:学)?生|学生(?:总)?人?数"), re.compile("在校"))
_COUNTS: Mapping[str, _Count] = {
    "职工": _STAFF, "在职人员": _STAFF, "在编人员": _STAFF, "学生": _STUDENTS, "在校学生": _STUDENTS,
    "人次": _VISITORS, "来宾": _VISITORS, "客人": _VISITORS, "批": _VISITS, "批次": _VISITS,
    "辆": _CARS, "台": _CARS, "车": _CARS, "人": _STAFF, "名": _STAFF,
}  # fmt: skip
_HOW_MANY = re.compile(r"(?:多少|几)个?(?:客?人|人次)")
_COME_OR_GONE = re.compile("报废|处置|更新|购置|新增|减少|调出")
_EVENT = re.compile("会议|培训")
_TIMES, _GUESTS = ("次", "期", "场"), ("人", "人次", "名")
_CALENDAR: Mapping[str, tuple[str, int]] = {
    "月": ("按全年12个月", 12), "季": ("按全年4个季度", 4), "季度": ("按全年4个季度", 4),
    "天": ("按全年365天", 365), "日": ("按全年365天", 365),
}  # fmt: skip


def per(intent: Intent, finder: Finder) -> Draft | None:
    """An amount over a count: of the document, as the question states it, or of the calendar."""
    divisor = intent.divisor or Divisor((), "", None)
    reading = _amount(intent, divisor, finder)
    if reading is None:
        return None
    ledger = new_ledger(finder)
    a = as_operand(reading, ledger, finder)
    count = _said(divisor, intent) or _of_calendar(divisor) or _printed(divisor, reading.first, intent, finder, ledger)
    if a is None or count is None:
        return None
    result = calculate.per(a, count, intent.unit)
    if result is None:
        return Draft(f"{line(count)}，分母为零，不适用（无法计算）。", ledger, warnings=intent.notes)
    text = f"{heading(reading.first.entry)}{a.label}平均为**{plain(result.value)}{result.unit}**：{result.formula}（{line(a)}；{line(count)}）。"
    return Draft(text, ledger, (value_of(f"{a.label}平均", result),), warnings=intent.notes)


def _amount(intent: Intent, divisor: Divisor, finder: Finder) -> Reading | None:
    """What is divided: money, or people where the question asks how many of them."""
    people = bool(_HOW_MANY.search(intent.text)) and divisor.unit in ("批", "批次") and not intent.money
    whole = replace(
        intent,
        operation=Operation.SUM if intent.operands else Operation.LOOKUP,
        measure=intent.measure if intent.measure in ("预算", "决算") else "",
        count_unit="人次" if people else "",
        money=not people,
    )
    readings = read((replace(whole, operands=tuple(replace(o, count_unit="") for o in whole.operands)),), finder)
    if not readings or (not people and any(p.fact.unit not in MONEY for p in readings[0].picks)):
        return None
    return readings[0]


def _said(divisor: Divisor, intent: Intent) -> Operand | None:
    """The number that the question itself states: 按81名, 除以12, 在编83人."""
    if divisor.number is not None:
        return Operand("按题中数量", divisor.number, _unit(divisor.unit), 0)
    wanted = _unit(divisor.unit)
    stated = next(((v, u) for v, u in intent.stated if u and (_unit(u) == wanted or not wanted)), None)
    return Operand("按题中数量", stated[0], stated[1], 0) if stated and stated[1] not in (*MONEY, "%") else None


def _unit(word: str) -> str:
    return {"名": "人", "批次": "批", "台": "辆", "车": "辆", "来宾": "人次", "客人": "人次", "月": ""}.get(word, word)


def _of_calendar(divisor: Divisor) -> Operand | None:
    label, number = _CALENDAR.get(divisor.unit, ("", 0))
    return Operand(label, Decimal(number), "", 0) if number else None


def _printed(divisor: Divisor, amount: Pick, intent: Intent, finder: Finder, ledger: Ledger) -> Operand | None:
    """The count that the document prints."""
    if event := _EVENT.search(amount.fact.label):
        return _of_event(event.group(), divisor, amount, finder, ledger)
    if own := _of_row(divisor, amount, finder):
        return operand(ledger, own, f"{own.fact.label}数量")
    counted = _COUNTS.get(divisor.unit) or _of_topic(amount.fact)
    if counted is _CARS and "车" not in "".join((amount.fact.label, *amount.fact.path)):
        return None  # cars share no other cost
    if counted in (_VISITORS, _VISITS) and "接待" not in "".join((amount.fact.label, *amount.fact.path)):
        return None  # guests received share no other cost
    if counted is _STAFF and "接待" in amount.fact.label:
        counted = _VISITORS
    if counted is None:
        return None
    found = [
        f
        for f in finder.facts(documents=(amount.entry.name,), sources=("text",))
        if f.fact.unit in counted.units
        and f.fact.value
        and counted.words.search(_words_of(f.fact, counted))
        and not _COME_OR_GONE.search(f.fact.label)
    ]
    found.sort(key=lambda f: _rank(f, counted, intent))
    if not found or (counted in (_STAFF, _STUDENTS) and _is_open(found, counted, intent)):
        return None
    return operand(ledger, found[0])


def _of_row(divisor: Divisor, amount: Pick, finder: Finder) -> Found | None:
    """How many of what is bought its own row prints: 数量 beside 金额."""
    fact = amount.fact
    if fact.source != "table":
        return None
    row = finder.facts(documents=(amount.entry.name,), tables=(fact.table,), labels=(fact.label,))
    counts = [f for f in row if f.fact.row == fact.row and "数量" in "".join(f.fact.column[-1:]) and f.fact.value]
    alike = [f for f in counts if f.fact.unit == divisor.unit or counted_alike(f.fact.unit, divisor.unit)]
    return alike[0] if len(alike) == 1 else None


def _words_of(fact: Fact, counted: _Count) -> str:
    """Where the words of a count may stand: pupils are only those that the label says they are."""
    return fact.label if counted is _STUDENTS else fact.label + fact.quote


def _of_event(event: str, divisor: Divisor, amount: Pick, finder: Finder, ledger: Ledger) -> Operand | None:
    """How many meetings or courses there were, or how many took part in them."""
    units = _TIMES if divisor.unit in _TIMES else _GUESTS if divisor.unit in _GUESTS else ()
    label = event if units is _TIMES else f"{event}人数"
    facts = finder.facts(documents=(amount.entry.name,), labels=(label,), sources=("text",))
    found = [f for f in facts if f.fact.unit in units and f.fact.value]
    return operand(ledger, found[0]) if len(found) == 1 else None


def _of_topic(fact: Fact) -> _Count | None:
    label = canonical(fact.label)
    return _CARS if "车" in label else _VISITORS if "接待" in label else None


def _rank(found: Found, counted: _Count, intent: Intent) -> tuple[bool, bool, bool, str]:
    fact = found.fact
    meant = re.compile("编制") if counted is _STAFF and "编制" in intent.text else counted.rather
    foreign = "国(境)外" in fact.quote and "外宾" in fact.label
    return (
        not counted.words.search(fact.label),
        counted in (_STAFF, _CARS) and not meant.search(fact.label),
        foreign,
        fact.key,
    )


def _is_open(found: list[Found], counted: _Count, intent: Intent) -> bool:
    """Whether several counts of people fit as well as the first."""
    first = _rank(found[0], counted, intent)[:3]
    return len({f.fact.value for f in found if _rank(f, counted, intent)[:3] == first}) > 1
