"""What to draw where a person would rather look: shares, comparisons, trends, plan against outturn.

A chart holds nothing but figures with their citation: cells as indexed, or verified answers. Nothing is summed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from index.amounts import plain
from index.model import CatalogueEntry, Found, State
from index.vocabulary import Vocabulary
from qa.cite import Ledger, new_ledger
from qa.finder import Finder
from qa.link import is_total
from qa.model import Answer, Citation, Question, Value

Form = Literal["shares", "bars", "line", "pairs"]
Ask = Callable[[Question], Answer]
_RESIDUE = Decimal("0.01")  # what rounding may add to or take from a total for each part
FEWEST, MOST = 3, 20  # figures of an answer that are worth a chart


@dataclass(frozen=True, slots=True)
class Point:
    """One figure; `citation` is the id of its source, 0 where it has none of its own."""

    label: str
    value: Decimal
    shown: str
    series: str = ""
    citation: int = 0
    share: str = ""  # of the printed total, with its sign: 47.8%


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one unit; `shares` are parts of one whole, `pairs` two series of the same labels."""

    form: Form
    title: str
    unit: str
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]

    def source(self, point: Point) -> Citation | None:
        return next((c for c in self.citations if c.id == point.citation), None)


# -- from an answer ----------------------------------------------------------------------------------------------------


def chart_of(answer: Answer) -> Chart | None:
    """The figures of an answer side by side, where they are several of one unit."""
    values = [v for v in answer.values if v.verification != "conflict"]
    points = tuple(point for value in values if (point := _point(value)))
    units = {value.unit for value in values}
    labels = {point.label for point in points}
    if not FEWEST <= len(points) <= MOST or len(units) != 1 or len(labels) != len(points):
        return None
    return Chart("bars", answer.question, values[0].unit, points, answer.citations)


def _point(value: Value, label: str = "") -> Point | None:
    try:
        number = Decimal(value.value.replace(",", ""))
    except InvalidOperation:
        return None
    return Point(label or value.label, number, value.value, citation=value.citations[0] if value.citations else 0)


# -- from what is indexed ----------------------------------------------------------------------------------------------


def composition(entry: CatalogueEntry, finder: Finder, vocabulary: Vocabulary) -> Chart | None:
    """Expenditure by class (类) as the 收支总表 prints it, with the share of the total where that is printed too."""
    facts = finder.facts(documents=(entry.name,), kinds=("F01", "B01"), states=(State.VALUE,))
    spent = [f for f in facts if f.fact.path[:1] == ("支出",)]
    classes = [f for f in spent if _is_class(f, vocabulary)]
    chart = _drawn("shares", entry, classes, finder)
    whole = sum((f.fact.value or Decimal(0) for f in classes), Decimal(0))
    totals = (f.fact.value for f in spent if is_total(f.fact.label) and f.fact.value)
    total = next((t for t in totals if abs(t - whole) <= _RESIDUE * len(classes)), None)
    if chart is None or total is None:
        return chart
    points = (replace(p, share=f"{p.value / total * 100:.1f}%") for p in chart.points)
    return replace(chart, points=tuple(sorted(points, key=lambda p: -p.value)))


def _is_class(found: Found, vocabulary: Vocabulary) -> bool:
    return any(len(code) == 3 and code.startswith("2") for code in vocabulary.codes_of(found.fact.label))


def outturn(entry: CatalogueEntry, finder: Finder) -> Chart | None:
    """Plan and outturn of the figures that one table prints in both columns."""
    facts = finder.facts(documents=(entry.name,), sources=("table",), measures=("预算", "决算"))
    facts = tuple(f for f in facts if f.fact.value is not None)
    for table in sorted({f.fact.table for f in facts}):
        here = [f for f in facts if f.fact.table == table]
        plan = {f.fact.label for f in here if f.fact.measure == "预算"}
        done = {f.fact.label for f in here if f.fact.measure == "决算"}
        both = [f for f in here if f.fact.label in plan & done]
        if len(plan & done) > 1 and len(both) == 2 * len(plan & done):
            return _drawn("pairs", entry, both, finder, series=True)
    return None


def _drawn(
    form: Form, entry: CatalogueEntry, facts: Sequence[Found], finder: Finder, *, series: bool = False
) -> Chart | None:
    ledger = new_ledger(finder)
    points = tuple(_printed(found, ledger, series) for found in facts)
    if len(points) < 2:
        return None
    title = f"{entry.profile.title or entry.name}：{facts[0].fact.title}"
    return Chart(form, title, facts[0].fact.unit, points, ledger.citations)


def _printed(found: Found, ledger: Ledger, series: bool) -> Point:
    fact = found.fact
    value = fact.value or Decimal(0)
    return Point(fact.label, value, plain(value), fact.measure if series else "", ledger.fact(found))


# -- from verified answers ---------------------------------------------------------------------------------------------


def comparison(metric: str, entries: Sequence[CatalogueEntry], ask: Ask) -> Chart | None:
    """One figure of several offices (bars) or of one office over the years (line): each a verified answer.

    Documents that do not answer with one figure of the same unit are left out.
    """
    found = [(e, a) for e in entries for a in _asked(metric, e, ask)]
    if len(found) < 2:
        return None
    unit = found[0][1].values[0].unit
    same = [(e, a) for e, a in found if a.values[0].unit == unit]
    over_years = len({e.profile.organisation for e, _ in same}) == 1
    citations, points = [], []
    for number, (entry, answer) in enumerate(same, 1):
        point = _point(answer.values[0], _name(entry, over_years))
        cited = next((c for c in answer.citations if c.id in answer.values[0].citations), None)
        if point and cited:
            citations.append(_numbered(cited, number))
            points.append(Point(point.label, point.value, point.shown, citation=number))
    if over_years:
        points.sort(key=lambda p: p.label)
    title = f"{same[0][0].profile.organisation} {metric}" if over_years else metric
    return Chart("line" if over_years else "bars", title, unit, tuple(points), tuple(citations)) if points else None


def _asked(metric: str, entry: CatalogueEntry, ask: Ask) -> Iterator[Answer]:
    profile = entry.profile
    text = f"{profile.organisation}{profile.year or ''}年{metric}{profile.stage}是多少？"
    answer = ask(Question(text, documents=(entry.name,)))
    if answer.status == "answered" and len(answer.values) == 1 and answer.values[0].verification != "conflict":
        yield answer


def _name(entry: CatalogueEntry, over_years: bool) -> str:
    profile = entry.profile
    when = f"{profile.year or ''}年{profile.stage}"
    return when if over_years else f"{profile.organisation} {when}"


def _numbered(citation: Citation, number: int) -> Citation:
    return replace(citation, id=number)
