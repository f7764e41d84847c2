"""The indicators of one project as its form prints them: target, outcome and points, one line an indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, with_unit
from qa.finder import Finder
from qa.link import Topic, cover, runs
from qa.model import Intent, Value
from qa.organisations import span_mask
from qa.respond.row_kinds import RowKind, rows_asked

_FILLING = re.compile(
    r"绩效|目标|考核|[一二三]级|指标|项目|专项|情况|具体|值|完成|实际|自评|分别|下|内容|最[高低多少]|设[置定]|的|各项?|都"
)
_MEASURES = (
    ("得分", re.compile(r"得分|几分|多少分")),
    ("分值", re.compile(r"分值|权重")),
    ("实际值", re.compile(r"完成值|实际值|实际完成|完成情况|完成得")),
    ("指标值", re.compile(r"指标值|目标值|目标|要求")),
)
_POINTS = re.compile(r"得分最|最[高低]分|分数?最")
_SHORTFALL = re.compile(r"没(?:有)?完成|未完成|没达|未达|扣分|丢分|低于|偏差|原因|满分")
_CLASS = re.compile(
    r"(?:产出|效益|满意度|数量|质量|时效|成本)指标(?:的?目标)?(?:都?有?(?:哪些|什么|哪几个)|是(?:什么|多少|哪些)|分别|各|多少)*$"
)
_LEAST = 3  # characters of the name of a project that single it out


def class_asked(intent: Intent) -> bool:
    """Whether a question ends with a class of indicators, 产出指标: all of that class are meant, not the first of them."""
    return bool(_CLASS.search(intent.text))


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """All indicators of the project that a question names; None where it names none, or asks more of them."""
    rows = rows_asked(intent)
    if rows is None or rows.kind is not RowKind.INDICATORS or intent.condition:
        return None
    if intent.largest is not None and not _POINTS.search(intent.text):
        return None
    if _SHORTFALL.search(intent.text) or intent.yesno:
        return None
    named = [
        (found.mask.bit_count(), entry, project, facts)
        for entry in intent.documents[:12]
        for project, facts in _by_project(finder.facts(documents=(entry.name,), sources=("table",))).items()
        if (found := cover(project, intent.topic)).covered >= _LEAST or found.exact
    ]
    best = max((size for size, *_ in named), default=0)
    chosen = [one for one in named if one[0] == best]
    if len(chosen) != 1:
        return None
    _, entry, project, facts = chosen[0]
    kept, mask = _of_class(facts, intent.topic)
    kept = kept if intent.largest is None else _with_most(kept, intent.largest)
    mask |= cover(project, intent.topic).mask | rows.mask | intent.measure_mask
    if not kept or not _explained(intent, mask):
        return None
    return _draft(kept, project, entry, intent, finder)


def _by_project(facts: Iterable[Found]) -> dict[str, list[Found]]:
    """The indicators of each project: the rows that print a target."""
    found: dict[str, list[Found]] = {}
    every = [f for f in facts if f.fact.entity and f.fact.state not in (State.BLANK, State.DASH)]
    rows = {(f.fact.table, f.fact.row) for f in every if f.fact.measure == "指标值"}
    for f in every:
        if (f.fact.table, f.fact.row) in rows:
            found.setdefault(f.fact.entity, []).append(f)
    return found


def _of_class(facts: Sequence[Found], topic: Topic) -> tuple[list[Found], int]:
    """The indicators of the class that is named, 满意度指标; all where none is."""
    mask, named = 0, set[str]()
    for part in {part for f in facts for part in f.fact.path}:
        plain = canonical(part)
        if len(plain) > 3 and plain in topic.text:
            mask |= cover(plain, topic).mask
            named.add(part)
    return [f for f in facts if not named or named & set(f.fact.path)], mask


def _with_most(facts: Sequence[Found], most: bool) -> list[Found]:
    """The indicators with the most points or the fewest: all that have so many."""
    points = {
        (f.fact.table, f.fact.row): f.fact.value for f in facts if f.fact.measure == "得分" and f.fact.value is not None
    }
    if len(points) < 2:
        return []
    extreme = max(points.values()) if most else min(points.values())
    return [f for f in facts if points.get((f.fact.table, f.fact.row)) == extreme]


def _explained(intent: Intent, mask: int) -> bool:
    left = intent.topic.content & ~mask & ~span_mask(m.span() for m in _FILLING.finditer(intent.topic.text))
    return not any(len(run) > 1 for run in runs(left, intent.topic.text))


def _wanted(text: str, facts: Sequence[Found]) -> tuple[str, ...]:
    """Which figures of each indicator: those asked for, else target and outcome."""
    asked = tuple(measure for measure, words in _MEASURES if words.search(text))
    printed = {f.fact.measure for f in facts}
    return tuple(m for m in asked or ("指标值", "实际值") if m in printed)


def _draft(facts: Sequence[Found], project: str, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    measures = ("得分", "分值") if intent.largest is not None else _wanted(intent.text.replace("绩效目标", ""), facts)
    ledger = new_ledger(finder)
    lines, values = list[str](), list[Value]()
    for row in dict.fromkeys((f.fact.table, f.fact.row) for f in facts):
        here = [f for f in facts if (f.fact.table, f.fact.row) == row]
        ordered = [f for measure in measures for f in here if f.fact.measure == measure]
        if not ordered:
            continue
        shown = []
        for f in ordered:
            mark, (value, unit) = ledger.fact(f), amount_in(f.fact, "")
            values.append(Value(f"{f.fact.label}{f.fact.measure}", value, unit, "table", citations=(mark,)))
            shown.append(f"{f.fact.measure}**{_printed(f.fact)}**[{mark}]")
        lines.append(f"{len(lines) + 1}. {ordered[0].fact.label}：{'，'.join(shown)}")
    if not lines:
        return None
    which = "绩效" if intent.largest is None else f"得分最{'高' if intent.largest else '低'}的"
    head = f"{heading(entry)}{project}的{which}指标共{len(lines)}项（{facts[0].fact.title}）：\n"
    return Draft(head + "\n".join(lines), ledger, tuple(values), warnings=intent.notes)


def _printed(fact: Fact) -> str:
    """The figure with its bound, ≥95%, as the form prints it."""
    return fact.printed if fact.unit and fact.unit in fact.printed else with_unit(fact, "")
