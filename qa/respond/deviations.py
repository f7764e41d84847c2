"""Why an indicator was missed: the reason that stands beside it in its form (偏差原因分析及改进措施).

The indicator asked about is the row whose wordings, project and figures say most of the question; where that row gives
no reason, none of another row is told for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from index.model import Fact, Found, Locator, State
from index.wording import canonical, squeeze
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed
from qa.finder import Finder
from qa.model import Intent, Passage
from qa.respond.facets import Manner
from qa.respond.spans import wanted_of

LEAST = 0.6  # the share of the question that a row must say
_STATED = 0.35  # what a figure of the question adds that the row prints
_STATED_FIGURE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(%|[一-鿿])?")
_REACHED, _AIMED = ("实际值", "决算"), ("指标值", "目标值", "全年预算")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a form with its figures."""

    document: str
    facts: tuple[Fact, ...]

    @property
    def first(self) -> Fact:
        return self.facts[0]

    @property
    def reason(self) -> str:
        return next((f.reason for f in self.facts if f.reason), "")

    def figure(self, measures: Sequence[str]) -> Fact | None:
        return next((f for f in self.facts if f.measure in measures and f.state in (State.VALUE, State.ZERO)), None)


def explain(intent: Intent, manner: Manner, finder: Finder) -> Draft | None:
    """The reason beside the indicator asked about; None where the question names none or it has none."""
    stated = _stated(intent)
    readings = [set(_pairs(reading)) for reading in wanted_of(intent, manner, finder).readings]
    rows = [row for entry in intent.documents for row in _indicators(entry.name, finder)]
    scored = [(_said(row, readings, stated), -number) for number, row in enumerate(rows)]
    share, place = max(scored, default=(0.0, 0))
    if share < LEAST or not rows[-place].reason:
        return None
    return _told(rows[-place], intent, finder)


def _indicators(document: str, finder: Finder) -> Iterator[Indicator]:
    forms = {t.number for t in finder.tables(document) if t.form}
    facts = (
        [f.fact for f in finder.facts(documents=(document,), sources=("table",), tables=tuple(forms))] if forms else []
    )
    facts.sort(key=lambda f: (f.table, f.row))
    for _, group in groupby(facts, key=lambda f: (f.table, f.row, f.label)):
        yield Indicator(document, tuple(group))


def _stated(intent: Intent) -> list[tuple[Decimal, str]]:
    """The figures in the question that are no years: 只办了2场, 得了1.6分."""
    found = [(Decimal(m[1]), m[2] or "") for m in _STATED_FIGURE.finditer(intent.text)]
    return [(value, unit) for value, unit in found if unit != "年" and not 1990 <= value <= 2100]


def _pairs(runs: Sequence[str]) -> Iterator[str]:
    for run in runs:
        plain = canonical(run)
        yield from (plain[i : i + 2] for i in range(len(plain) - 1))


def _said(row: Indicator, readings: Sequence[set[str]], stated: Sequence[tuple[Decimal, str]]) -> float:
    """The share of the question that a row says (0..1), more where it prints a figure of the question.

    A row of which the question says neither the name nor a figure is not asked about.
    """
    fact = row.first
    own, above = canonical(fact.label), canonical("".join((fact.entity, *fact.path)))
    printed_here = any(_prints(f, value, unit) for f in row.facts for value, unit in stated)
    best = 0.0
    for pairs in readings:
        named = {pair for pair in pairs if pair in own}
        if pairs and (named or printed_here):
            around = {pair for pair in pairs - named if pair in above}
            best = max(best, (len(named) + len(around)) / len(pairs) + 0.001 * len(named) - 0.0001 * len(own))
    return best + (_STATED if best and printed_here else 0.0)


def _prints(fact: Fact, value: Decimal, unit: str) -> bool:
    return fact.value == value and (not unit or fact.unit[:1] == unit)


def _told(row: Indicator, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    fact = row.first
    passage = _cell(row, finder)
    reason = passage.quote if passage else row.reason
    mark = ledger.passage(passage) if passage else ledger.fact(Found(row.document, fact))
    name = f"{fact.entity}“{fact.label}”" if fact.entity else f"“{fact.label}”"
    figures = [
        f"{f.measure}{printed(f)}[{ledger.fact(Found(row.document, f))}]"
        for measures in (_AIMED, _REACHED)
        if (f := row.figure(measures))
    ]
    shown = f"（{'，'.join(figures)}）" if figures else ""
    where = heading(finder.entry(row.document))
    text = f"{where}{name}{shown}，《{fact.title}》写明的原因是：\n\n> {reason}[{mark}]"
    return Draft(text, ledger, warnings=intent.notes)


def _cell(row: Indicator, finder: Finder) -> Passage | None:
    """The cell that the reason stands in, merged over this row or in it."""
    table = next((t for t in finder.tables(row.document) if t.number == row.first.table), None)
    if table is None or not 0 <= row.first.row < len(table.rows):
        return None
    wanted = squeeze(row.reason)
    cell = next((c for c in table.rows[row.first.row] if squeeze(c.text) == wanted), None)
    return Passage(row.document, cell.text.strip(), 0, (Locator(cell.page, cell.bbox),)) if cell else None
