"""One account in the rows of several units of a department: whose figure is it, and what do they come to together?

A table by units prints 行政运行 once under each of them. Where no unit is asked for, the row of the whole department is
meant if there is one; else the rows of all units, but only if the units of the table add up to its total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import CatalogueEntry, Fact, Found
from index.wording import canonical
from qa.draft import Draft
from qa.finder import Finder
from qa.link import Topic, cover, is_total
from qa.model import Intent, Operation

_ITEM = 7  # digits of the code of a 项


@dataclass(frozen=True, slots=True)
class ByUnit:
    """The rows of one account in one column; `whole` is the department's own, `settled` whether the units add up."""

    rows: tuple[Found, ...]
    whole: Found | None
    settled: bool


def by_unit(fact: Fact, entry: CatalogueEntry, finder: Finder) -> ByUnit | None:
    """The rows of the account of a cell; None where the table prints it for one owner only."""
    if fact.source != "table" or not fact.entity or not fact.code:
        return None
    table = finder.facts(documents=(entry.name,), tables=(fact.table,))
    column = [f for f in table if f.fact.column == fact.column and f.fact.value is not None]
    rows = tuple(f for f in column if (f.fact.code, f.fact.label) == (fact.code, fact.label))
    owners = {f.fact.entity for f in rows}
    if len(owners) < 2:
        return None
    total = next((f.fact for f in column if is_total(f.fact.label) and not f.fact.entity), None)
    heads = {f.fact.entity: f.fact for f in column if f.fact.label == f.fact.entity or is_total(f.fact.label)}
    of_all = {name for name, head in heads.items() if total and _come_to([head], total)}
    whole = [f for f in rows if f.fact.entity in of_all or not f.fact.entity]
    units = [head for name, head in heads.items() if name not in of_all] or _items(column)
    known = owners <= set(heads) or set(heads) <= of_all
    return ByUnit(rows, whole[0] if len(whole) == 1 else None, known and total is not None and _come_to(units, total))


def _items(column: Sequence[Found]) -> list[Fact]:
    """The rows of 项 of all units, where no row is of a unit as a whole."""
    return [f.fact for f in column if len(f.fact.code) == _ITEM]


def _come_to(parts: Sequence[Fact], total: Fact) -> bool:
    """Whether figures add up to another, each rounded to the places that the total has."""
    if total.value is None:
        return False
    step = Decimal(1).scaleb(min(0, int(total.value.as_tuple().exponent)))
    added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    return 2 * abs(added - total.value) <= step * (len(parts) - 1)


def of_one_unit(intent: Intent, draft: Draft, finder: Finder) -> bool:
    """Whether a draft gives rows of some units for the account of the whole department; a list may choose among them."""
    if intent.entity or intent.units or "本级" in intent.text or intent.operation is Operation.LIST:
        return False
    led = {number for value in draft.values for number in value.citations}
    cited = [e for n, e in enumerate(draft.ledger.evidence, 1) if n in led and isinstance(e, Found)]
    return any(not (_names(intent.topic.text, found.fact) or _whole_given(found, cited, finder)) for found in cited)


def _names(text: str, fact: Fact) -> bool:
    """Whether a question says whose row is meant, with more words than those of the row itself."""
    rest = text.replace(canonical(fact.label), "□")
    return cover(fact.entity, Topic(rest, (1 << len(rest)) - 1)).covered > 2


def _whole_given(found: Found, cited: Sequence[Found], finder: Finder) -> bool:
    units = by_unit(found.fact, finder.entry(found.document), finder)
    return units is None or units.whole == found or set(units.rows) <= set(cited)
