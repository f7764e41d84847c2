"""The rows of a table that are of one unit each, beside the row that adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import CatalogueEntry, Fact, Found
from index.wording import canonical
from qa.finder import Finder
from qa.link import is_total
from qa.readings import of_whole_unit
from qa.respond.row_kinds import is_unit_row

_ROUNDING = Decimal("0.05")  # what rounding each of the rows may leave

# Tables of a part of the money, and the words of which one asks for it.
_PARTS = {
    "项目支出": ("项目",), "专项": ("项目", "专项"), "基本支出": ("基本", "人员", "公用"), "三公": ("三公", "接待", "用车", "出国"),
    "采购": ("采购",), "购买服务": ("服务",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """One column of a table that prints a row for each unit, and its total where it is printed."""

    units: tuple[Found, ...]
    total: Found | None = None


def column_of(found: Found, entry: CatalogueEntry, finder: Finder) -> UnitColumn | None:
    """The column in which the row of a unit stands; None where the figure is in no such row."""
    fact = found.fact
    if fact.source != "table" or not of_whole_unit(fact):
        return None
    beside = [f for f in finder.facts(documents=(entry.name,), tables=(fact.table,)) if _same_column(f.fact, fact)]
    units = [f for f in beside if is_unit_row(f.fact, entry) and not is_total(f.fact.label)]
    kept = each_unit_once(units, entry)
    totals = [f for f in beside if is_total(f.fact.label) and not f.fact.entity and f.fact.value]
    return UnitColumn(kept, totals[0] if len(totals) == 1 else _department(units, entry)) if kept else None


def each_unit_once(rows: Sequence[Found], entry: CatalogueEntry) -> tuple[Found, ...]:
    """The rows of the units without the one that adds them up; none where a unit has several: once under each account."""
    whole = _department(rows, entry)
    kept = tuple(f for f in rows if f is not whole)
    owners = {canonical(f.fact.entity or f.fact.label) for f in kept}
    return kept if len(owners) == len(kept) else ()


def is_part_unsaid(fact: Fact, text: str) -> bool:
    """Whether the table is of a part of the money that a question does not ask for, nor for the class of the row."""
    if ("基本" in fact.title and "项目" in fact.title) or any(canonical(part) in text for part in fact.path):
        return False
    item = canonical(fact.column[-1]) if fact.column and "三公" in fact.title else ""  # 培训费, printed beside 三公经费
    over = (said for part, said in _PARTS.items() if part in fact.title)
    return any(not any(word in text for word in (*said, item) if word) for said in over)


def _same_column(a: Fact, b: Fact) -> bool:
    return (a.column, a.measure, a.year, a.unit) == (b.column, b.measure, b.year, b.unit)


def _department(rows: Sequence[Found], entry: CatalogueEntry) -> Found | None:
    """The row of the office that adds up all others: of the department, where its own level has a row too."""
    own = [f for f in rows if canonical(f.fact.label) == canonical(entry.profile.organisation)]
    if len(own) != 1 or own[0].fact.value is None or len(rows) < 3:
        return None
    others = sum((f.fact.value or Decimal(0) for f in rows if f is not own[0]), Decimal(0))
    return own[0] if abs(others - own[0].fact.value) <= _ROUNDING else None
