"""A draft: what a responder wants to say, before the verifier has read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from index.amounts import MONEY, Amount, agree, counted_alike, plain, tidy, to_unit
from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.cite import Ledger
from qa.link import is_total
from qa.model import Value

_PLAIN_COLUMN = re.compile(
    r"^(?:合计|总计|小计|金额|数额|支出|收入|(?:20\d\d年)?(?:本年|年初|全年)?(?:预算|决算|执行)数?|.*\((?:万元|元)\))$"
)


@dataclass(frozen=True)
class Draft:
    """Text with [n] marks, the figures it leads with, and the ledger the marks refer to."""

    text: str
    ledger: Ledger
    values: tuple[Value, ...] = ()
    status: str = "answered"
    reason: str | None = None
    verdict: str | None = None
    warnings: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def facts_of(value: Value, draft: Draft) -> Iterator[Fact]:
    """The figures of documents that a value cites."""
    evidence = draft.ledger.evidence
    for number in value.citations:
        if 0 < number <= len(evidence) and isinstance(found := evidence[number - 1], Found):
            yield found.fact


def cited_in(draft: Draft) -> list[Fact]:
    """The figures of documents that a draft cites, also beside its values."""
    return [found.fact for found in draft.ledger.evidence if isinstance(found, Found)]


def printed(fact: Fact) -> str:
    """The figure with its unit as a sentence shows it."""
    if fact.state is State.BLANK:
        return "未填列（空白，不等于0.00）"
    if fact.state is State.DASH:
        return f"“{fact.printed}”"
    if fact.state is State.TEXT or fact.value is None:
        return fact.printed
    if fact.source == "text" and fact.state is State.ZERO and not any(c.isdigit() for c in fact.printed):
        return fact.printed
    number = fact.printed if any(c.isdigit() for c in fact.printed) else plain(fact.value)
    return number if fact.unit and number.endswith(fact.unit) else f"{number}{fact.unit}"


def amount_in(fact: Fact, unit: str) -> tuple[str, str]:
    """(value, unit) of a fact for `Value`: in the unit asked for where both are money, else as printed."""
    if fact.value is None:
        return fact.printed, fact.unit
    if unit and fact.unit in MONEY and unit in MONEY and unit != fact.unit:
        converted = to_unit(fact.value, fact.unit, unit)
        if converted is not None:
            return tidy(converted), unit
    return plain(fact.value), fact.unit


def with_unit(fact: Fact, unit: str) -> str:
    """A figure in the unit asked for, with the printed one beside it where they differ."""
    value, shown = amount_in(fact, unit)
    if fact.value is None or shown == fact.unit:
        return printed(fact)
    return f"{value}{shown}（原文{printed(fact)}）"


def rounded(value: Decimal, places: int = 2) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def short_name(entry: CatalogueEntry) -> str:
    return entry.profile.organisation or entry.name


def heading(entry: CatalogueEntry, year: int | None = None) -> str:
    """工信局2022年度, as a sentence begins."""
    when = year or entry.profile.year
    return f"{short_name(entry)}{when}年度" if when else short_name(entry)


def subject_of(fact: Fact) -> str:
    """The row as a reader would name it, with the parent that tells it apart and the column where it is not the plain one."""
    name = _total_name(fact) if is_total(fact.label) else fact.label
    parent = next((p for p in reversed(fact.path) if canonical(p) not in (canonical(name), "收入", "支出")), "")
    shown = f"{parent}—{name}" if parent and (fact.code or len(name) <= 4) else name
    if fact.code:
        shown = f"{shown}（{fact.code}）"
    return shown


def leaf_of(fact: Fact) -> str:
    """The last header that says which figure of its row this is, or ""."""
    return next((c for c in reversed(fact.column) if not _PLAIN_COLUMN.match(canonical(c))), "")


def _total_name(fact: Fact) -> str:
    """A total is named by its column: 项目支出合计; 合计 where the column says no more."""
    leaf = leaf_of(fact)
    label = fact.label or "合计"
    return f"{leaf}{label}" if leaf and not leaf.endswith(label) else leaf or label


def column_of(fact: Fact) -> str:
    parts = [c for c in fact.column if c]
    return "·".join(dict.fromkeys(parts))


def source_of(fact: Fact) -> str:
    """Where the figure stands, in a few words."""
    if fact.source == "table":
        where = f"{fact.table_code}《{fact.title}》".strip() if fact.title else fact.table_code or "表"
        column = column_of(fact)
        return f"{where}“{column}”栏" if column else where
    return "文字说明"


def scope_of(fact: Fact) -> str:
    """The money a figure counts, for telling two readings apart."""
    scope = fact.scope or (fact.title if fact.source == "table" else "文字说明")
    leaf = canonical(fact.column[-1]) if fact.column else ""
    return f"{scope}，{fact.column[-1]}" if leaf in ("基本支出", "项目支出") else scope


def same_figure(a: Fact, b: Fact) -> bool:
    """Both print the same quantity."""
    if a.canonical is not None and b.canonical is not None and a.value is not None and b.value is not None:
        return a.canonical == b.canonical or (
            a.unit != b.unit and agree(Amount(a.value, a.unit, a.printed), Amount(b.value, b.unit, b.printed))
        )
    if not a.value and not b.value and State.ZERO in (a.state, b.state) and a.unit == b.unit:
        return a.state is b.state
    return a.value == b.value and counted_alike(a.unit, b.unit) and a.state == b.state
