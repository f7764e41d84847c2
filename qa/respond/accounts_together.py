"""The rows of a list, each with all figures that are one row together: an account printed once for each unit.

An account under several units is the department's only as their sum; a bound or an order is of that sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from index.model import CatalogueEntry, Found
from index.wording import canonical
from qa.accounts_by_unit import by_unit
from qa.finder import Finder
from qa.respond.row_fit import merged


def together(rows: Sequence[Found], entry: CatalogueEntry, finder: Finder) -> list[tuple[Found, ...]] | None:
    """The rows by what they are of; None where an account stands under several units that do not add up."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for group in merged(rows):
        fact = group[0].fact
        account = (
            fact.source == "table" and fact.code and fact.entity and canonical(fact.label) != canonical(fact.entity)
        )
        key = (fact.table, fact.column, fact.code, canonical(fact.label)) if account else (fact.key,)
        groups.setdefault(key, []).extend(group)
    found: list[tuple[Found, ...]] = []
    for rows_of_one in groups.values():
        owners = {f.fact.entity for f in rows_of_one}
        if len(owners) > 1:
            shared = by_unit(rows_of_one[0].fact, entry, finder)
            if shared is None or (shared.whole is None and not shared.settled):
                return None
            rows_of_one = [shared.whole] if shared.whole else rows_of_one
        found.append(tuple(rows_of_one))
    return found


def amount_of(row: Sequence[Found]) -> Decimal | None:
    """What the figures of a row come to; None where none of them is printed."""
    printed = [f.fact.value for f in row if f.fact.value is not None]
    return sum(printed, Decimal(0)) if printed else None
