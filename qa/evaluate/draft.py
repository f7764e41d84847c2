"""Questions proposed from the facts of a document, with gold values and evidence, for a person to keep or drop.

A draft is only as right as the extraction it comes from: it spares typing, and becomes gold when someone has looked
at the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import TypeVar

from index.amounts import plain
from index.model import CatalogueEntry, Fact, State
from qa.evaluate.cases import AnswerType, Case, Gold, Proof, RefuseKind

NOTE = "草稿，请对照原文核对后保留或删除"
_T = TypeVar("_T")


def draft_cases(entry: CatalogueEntry, facts: Sequence[Fact], size: int = 30) -> tuple[Case, ...]:
    """About `size` cases of several categories, spread over the document's tables and prose; the same every time."""
    writers: tuple[Callable[[CatalogueEntry, Sequence[Fact]], Iterator[Case]], ...] = (
        _cells,
        _prose_figures,
        _reasons,
        _shares,
        _against_budget,
    )
    each = [list(writer(entry, facts)) for writer in writers]
    mixed = [case for row in zip_longest(*each) for case in row if case is not None]
    answerable = mixed[: max(1, size - 1)]
    return _numbered((*answerable, *_next_year(entry, answerable)))


def _numbered(cases: Iterable[Case]) -> tuple[Case, ...]:
    counts: Counter[str] = Counter()
    numbered = []
    for case in cases:
        counts[case.category] += 1
        numbered.append(replace(case, id=f"d-{case.category}-{counts[case.category]:03d}"))
    return tuple(numbered)


# ------------------------------------------------------------------------------------------------------------- figures


def _cells(entry: CatalogueEntry, facts: Sequence[Fact]) -> Iterator[Case]:
    usable = [f for f in facts if f.source == "table" and f.state is State.VALUE and f.label and f.unit]
    for fact in _spread(usable, lambda f: f.table):
        yield _figure_case(entry, fact, "cell", f"{_who(entry)}{_name(fact)}{_column(fact)}是多少{fact.unit}？")


def _prose_figures(entry: CatalogueEntry, facts: Sequence[Fact]) -> Iterator[Case]:
    usable = [f for f in facts if f.source == "text" and f.state is State.VALUE and f.label and f.unit and f.measure]
    for fact in _spread(usable, lambda f: f.section):
        asked = f"{_who(entry)}{_name(fact)}的{fact.measure}是多少{fact.unit}？"
        yield _figure_case(entry, fact, "narrative", asked)


def _figure_case(entry: CatalogueEntry, fact: Fact, category: str, asked: str) -> Case:
    return replace(
        _case(entry, category, asked, AnswerType.NUMBER, fact),
        gold=Gold(plain(fact.value), fact.unit) if fact.value is not None else None,
    )


def _shares(entry: CatalogueEntry, facts: Sequence[Fact]) -> Iterator[Case]:
    """A row's share of its table's total, within one column."""
    columns: defaultdict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.source == "table" and fact.state is State.VALUE and fact.canonical:
            columns[fact.table, fact.col].append(fact)
    for column in columns.values():
        total = next((f for f in column if f.label == "合计"), None)
        part = next((f for f in column if f.code and f is not total), None)
        if total and part and total.value and part.value and part.value < total.value:
            share = (part.value / total.value * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
            asked = f"{_who(entry)}{_name(part)}{_column(part)}占合计的百分之多少？"
            yield replace(
                _case(entry, "compute", asked, AnswerType.RATIO, part, total),
                gold=Gold(plain(share), "%"),
                tolerance=Decimal("0.01"),
                formula=f"{plain(part.value)} / {plain(total.value)} * 100",
            )


# --------------------------------------------------------------------------------------------------------------- words


def _reasons(entry: CatalogueEntry, facts: Sequence[Fact]) -> Iterator[Case]:
    explained = {f.reason: f for f in facts if f.reason and f.label}
    for reason, fact in explained.items():
        change = fact.direction or "变化"
        asked = f"{_who(entry)}{_name(fact)}{change}的原因是什么？"
        yield replace(_case(entry, "text", asked, AnswerType.TEXT, fact), must_contain=((reason,),))


def _against_budget(entry: CatalogueEntry, facts: Sequence[Fact]) -> Iterator[Case]:
    """Whether the outturn of a row exceeds its budget, where one table prints both."""
    rows: defaultdict[tuple[int, str, tuple[str, ...], str], dict[str, Fact]] = defaultdict(dict)
    for fact in facts:
        if fact.source == "table" and fact.state is State.VALUE:
            rows[fact.table, fact.label, fact.path, fact.code].setdefault(fact.measure, fact)
    for row in rows.values():
        budget, outturn = row.get("预算") or row.get("年初预算"), row.get("决算")
        if (
            budget
            and outturn
            and budget.value is not None
            and outturn.value is not None
            and budget.unit == outturn.unit
        ):
            asked = f"{_who(entry)}{_name(outturn)}决算超过预算了吗？"
            yield replace(
                _case(entry, "yesno", asked, AnswerType.YESNO, outturn, budget),
                yes=outturn.value > budget.value,
                must_contain=((plain(outturn.value),), (plain(budget.value),)),
            )


def _next_year(entry: CatalogueEntry, answerable: Sequence[Case]) -> Iterator[Case]:
    """A question that the document cannot answer: the first figure asked for, of the year after."""
    year = entry.profile.year
    first = next((case for case in answerable if case.answer_type is AnswerType.NUMBER), None)
    if year and first and str(year) in first.question:
        yield Case(
            id="",
            category="unanswerable",
            question=first.question.replace(str(year), str(year + 1)),
            answer_type=AnswerType.REFUSE,
            docs=first.docs,
            refuse_kind=RefuseKind.OUT_OF_CORPUS,
            note=NOTE,
        )


# --------------------------------------------------------------------------------------------------------------- parts


def _case(entry: CatalogueEntry, category: str, asked: str, kind: AnswerType, *facts: Fact) -> Case:
    stem = entry.name.rsplit(".", 1)[0]
    proofs = tuple(Proof(stem, fact.table_code or fact.title, fact.quote) for fact in facts)
    return Case("", category, asked, kind, docs=(stem,), evidence=proofs, note=NOTE)


def _who(entry: CatalogueEntry) -> str:
    year = f"{entry.profile.year}年" if entry.profile.year else ""
    return f"{entry.profile.organisation}{year}"


def _name(fact: Fact) -> str:
    """The row with its code, or with the row above it where it has none: 行政运行 alone occurs many times."""
    if fact.code:
        return f"{fact.label}（{fact.code}）"
    return f"{fact.path[-1]}的{fact.label}" if fact.path else fact.label


def _column(fact: Fact) -> str:
    leaf = next((part for part in reversed(fact.column) if part), "")
    return "" if leaf in ("", "决算数", "预算数", "金额", fact.label) else f"的{leaf}"


def _spread(items: Sequence[_T], group: Callable[[_T], int]) -> Iterator[_T]:
    """One of each group in turn, so that a long table does not crowd out the others."""
    groups: defaultdict[int, list[_T]] = defaultdict(list)
    for item in items:
        groups[group(item)].append(item)
    for row in zip_longest(*groups.values()):
        yield from (item for item in row if item is not None)
