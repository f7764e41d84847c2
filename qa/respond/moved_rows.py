"""Rows that rose or fell against the year before: by the change that the table prints, else worked out from its two years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Found
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, heading, subject_of, with_unit
from qa.finder import Finder
from qa.link import is_total
from qa.model import Intent, Operation, Value
from qa.organisations import span_mask
from qa.periods import Periods
from qa.respond.changes import direction_asked
from qa.respond.listing import candidates
from qa.respond.operands import operand
from qa.respond.row_kinds import rows_asked
from qa.respond.rows import RowSet
from qa.retrieve.columns import is_quiet

_SAYS = re.compile(
    r"(?:有(?:所)?)?(?:增加|增长|上升|上涨|减少|下降|降低|压减|涨|降|增|减)了?(?:额|的?幅度)?|[比较与]|持平|(?:没有?|无|不)变[动化]?|变[动化]"
)
_SAME = re.compile(r"持平|(?:没有?|无)变[动化]|不变")
_RATE = re.compile(r"增幅|降幅|幅度|率|百分")
_YEARS_SAID = re.compile(r"(?:20)?\d\d年|上一?年度?|去年|前一年")


@dataclass(frozen=True, slots=True)
class Moved:
    """A row with its figure, what it was before, and by how much it moved where the table prints that."""

    now: Found
    before: Found | None
    change: Found | None

    @property
    def by(self) -> Decimal:
        if self.change:
            return self.change.fact.value or Decimal(0)
        before = (self.before.fact.value if self.before else None) or Decimal(0)
        return (self.now.fact.value or Decimal(0)) - before


def moved_rows(intent: Intent, finder: Finder) -> Draft | None:
    """The rows that moved in the direction asked for, with both years where they are printed."""
    way = "持平" if _SAME.search(intent.text) else direction_asked(intent.text)
    rows = rows_asked(intent)
    if not way or rows is None or not _against_last_year(intent) or intent.condition or _RATE.search(intent.text):
        return None
    text = intent.topic.text
    said = span_mask(m.span() for pattern in (_SAYS, _YEARS_SAID) for m in pattern.finditer(text))
    bare = replace(
        intent, operation=Operation.LIST, topic=intent.topic.without(said), periods=Periods(), measure="", measure_mask=0
    )  # fmt: skip
    entries = sorted(intent.documents[:6], key=lambda e: -(e.profile.year or 0))
    for entry in entries:
        for chosen in sorted(candidates(rows, bare, entry, finder), key=lambda c: -c.score):
            if moved := _moved(chosen, entry, finder):
                return _draft(chosen, moved, way, entry, intent, finder)
    return None


def _against_last_year(intent: Intent) -> bool:
    """Whether the change is from the year before: a budget that rises is set against the last one, an outturn may not be."""
    return intent.change or all(entry.profile.stage == "预算" for entry in intent.documents)


def _moved(rows: RowSet, entry: CatalogueEntry, finder: Finder) -> list[Moved]:
    """Each row with its change; none where the table tells of no other year."""
    first = rows.facts[0].fact
    beside: dict[int, list[Found]] = {}
    for f in finder.facts(documents=(entry.name,), tables=(first.table or 0,)):
        if f.fact.unit in MONEY and f.fact.value is not None:
            beside.setdefault(f.fact.row, []).append(f)
    changes = {row: f for row, all_of in beside.items() for f in all_of if f.fact.measure == "增减额"}
    if not changes and not any(_before(all_of) for all_of in beside.values()):
        return []
    return [_of_row(f, beside, changes) for f in rows.facts]


def _of_row(now: Found, beside: Mapping[int, Sequence[Found]], changes: Mapping[int, Found]) -> Moved:
    row = now.fact.row
    return Moved(now, _before(beside.get(row, ())), changes.get(row))


def _before(figures: Sequence[Found]) -> Found | None:
    """What a row was in the year before, as a whole."""
    whole = (f for f in figures if f.fact.measure == "上年" and _is_whole(f))
    return next(whole, None)


def _is_whole(found: Found) -> bool:
    leaf = found.fact.column[-1] if found.fact.column else ""
    return is_quiet(leaf) or is_total(leaf) or len(found.fact.column) == 1


def _went(m: Moved, way: str) -> bool:
    if way == "持平":
        return m.before is not None and m.before.fact.value == m.now.fact.value
    return m.by > 0 if way == "增加" else m.by < 0


def _draft(
    rows: RowSet, moved: Sequence[Moved], way: str, entry: CatalogueEntry, intent: Intent, finder: Finder
) -> Draft | None:
    kept = [m for m in moved if _went(m, way)]
    if intent.largest is not None:
        kept.sort(key=lambda m: abs(m.by), reverse=intent.largest)
    against = "与上年" if way == "持平" else "比上年"
    count = len(kept)
    kept = kept[: intent.top or count]
    ledger = new_ledger(finder)
    if not kept:
        mark = ledger.fact(moved[0].change or moved[0].now)
        none = f"{heading(entry)}没有{against}{way}的（已逐项核对{rows.title}的{len(moved)}项[{mark}]）。"
        return Draft(none, ledger, warnings=intent.notes)
    lines, values = [], list[Value]()
    for number, m in enumerate(kept, 1):
        now, name = operand(ledger, m.now), subject_of(m.now.fact)
        before = operand(ledger, m.before) if m.before else None
        shown = f"**{with_unit(m.now.fact, '')}**[{now.citation if now else 0}]"
        shown += f"，上年{with_unit(m.before.fact, '')}[{before.citation}]" if m.before and before else ""
        if way == "持平" and now:
            values.append(Value(name, plain(now.value), now.unit, "table", citations=(now.citation,)))
        elif m.change:
            mark = ledger.fact(m.change)
            values.append(Value(f"{name}增减额", plain(m.by), m.change.fact.unit, "table", citations=(mark,)))
            shown += f"，增减{m.change.fact.printed}{m.change.fact.unit}[{mark}]"
        elif now and before:
            result = calculate.difference(*((now, before) if m.by > 0 else (before, now)))
            values.append(
                Value(f"{name}{way}", plain(result.value), result.unit, "computed", result.formula, (now, before), (now.citation, before.citation))
            )  # fmt: skip
            shown += f"，{way}{plain(result.value)}{result.unit}（{result.formula}）"
        else:
            return None  # a row that was not there a year ago
        lines.append(f"{number}. {name}：{shown}")
    cut = f"，列出其中的{len(kept)}项" if len(kept) < count else ""
    head = f"{heading(entry)}{against}{way}的共{count}项（{rows.title}，全部{len(moved)}项中）{cut}：\n"
    return Draft(head + "\n".join(lines), ledger, tuple(values), warnings=intent.notes)
