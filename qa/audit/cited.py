"""A cited cell -> the identities (勾稽) of its table: how many held, and which ones the cell itself stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.checks import Case, Outcome, Result, check, stated
from index.model import CatalogueEntry, Fact, Locator
from index.stores import Index, View
from index.vocabulary.rulebook import load_rules
from qa.audit.run import case_of
from qa.model import Citation

_FIGURES = 4  # of one identity named in its line; the others are counted
_ORDER = (Result.FAILS, Result.ROUNDING, Result.HOLDS)


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity in words: what it is and the figures it compared, or what is wrong with them."""

    result: Result
    text: str  # one sentence, Chinese


@dataclass(frozen=True, slots=True)
class TableAudit:
    """The identities that a table takes part in. `of_cell` are those of the cited cell, `failed` those of other cells."""

    document: str  # file name
    table: str  # 公开09表 财政拨款“三公”经费支出决算表
    holds: int
    rounding: int
    fails: int
    of_cell: tuple[Identity, ...]
    failed: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with all that was compared in it."""

    name: str
    case: Case
    outcomes: tuple[Outcome, ...]


def check_document(index: Index | View, entry: CatalogueEntry) -> CheckedDocument:
    """Every check on an indexed document; some 100 ms, so keep it as long as the index does not change."""
    case = case_of(index, entry)
    return CheckedDocument(entry.name, case, check(case))


def audit_cited(document: CheckedDocument, citations: Iterable[Citation]) -> tuple[TableAudit, ...]:
    """The tables of this document that are cited, in the order of the citations; what cites no cell is passed over."""
    cells: dict[int, list[Fact]] = {}
    for citation in citations:
        if citation.kind == "cell" and citation.document == document.name:
            place = Locator(citation.page, citation.bbox)
            for fact in document.case.facts:
                if fact.table and fact.place == place:
                    cells.setdefault(fact.table, []).append(fact)
                    break
    return tuple(_audit(document, table, facts) for table, facts in cells.items())


def _audit(document: CheckedDocument, table: int, cells: Sequence[Fact]) -> TableAudit:
    compared = [o for o in document.outcomes if any(fact.table == table for fact in o.facts)]
    tally = Counter(outcome.result for outcome in compared)
    keys = {fact.key for fact in cells}
    own = [outcome for outcome in compared if any(fact.key in keys for fact in outcome.facts)]
    others = [outcome for outcome in compared if outcome.result is Result.FAILS and outcome not in own]
    source = document.case.table[table]
    return TableAudit(
        document.name,
        f"{source.code} {source.title}".strip(),
        tally[Result.HOLDS],
        tally[Result.ROUNDING],
        tally[Result.FAILS],
        _identities(document.case, sorted(own, key=lambda outcome: _ORDER.index(outcome.result))),
        _identities(document.case, others),
    )


def _identities(case: Case, outcomes: Iterable[Outcome]) -> tuple[Identity, ...]:
    """In words; the same sentence once, however often it was compared."""
    return tuple(dict.fromkeys(Identity(o.result, o.message or _compared(case, o)) for o in outcomes))


def _compared(case: Case, outcome: Outcome) -> str:
    figures = stated(outcome)
    names = "，".join(case.name(fact) for fact in figures[:_FIGURES])
    more = f"等{len(figures)}个数" if len(figures) > _FIGURES else ""
    return f"{load_rules()[outcome.rule].title}：{names}{more}。"
