"""Rows without a code below an account: the projects that its money goes to, as far as they add up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.amounts import parse_amount
from index.model import Cell
from index.tables.columns import Block
from index.wording import squeeze

_TOTAL = re.compile(r"合计|总计|小计")
_ROUNDING = Decimal("0.01")

Rows = Sequence[tuple[Cell, ...]]


def divided_accounts(rows: Rows, block: Block) -> dict[int, int]:
    """Row of a project -> row of the account that it and the projects beside it divide.

    文物保护 320.50 / 修缮工程 320.50: names that follow an account and add up to it in the first column of figures.
    """
    found: dict[int, int] = {}
    for account, projects in _runs(rows, block):
        whole, *parts = (_amount(rows[r], block) for r in (account, *projects))
        if parts and whole and all(part is not None for part in parts):
            apart = abs(whole - sum((part for part in parts if part), Decimal(0)))
            if apart <= _ROUNDING * (len(parts) + 1) / 2:
                found |= dict.fromkeys(projects, account)
    return found


def _runs(rows: Rows, block: Block) -> Iterator[tuple[int, list[int]]]:
    """Each row with a code, and the named rows without one that follow it."""
    account, below = -1, list[int]()
    for r, row in enumerate(rows):
        name = "".join(squeeze(row[c].text) for c in block.labels[:1])
        if any(row[c].text for c in block.codes) or not name or _TOTAL.search(name):
            if account >= 0:
                yield account, below
            account, below = (r if any(row[c].text for c in block.codes) else -1), []
        elif account >= 0:
            below.append(r)
    if account >= 0:
        yield account, below


def _amount(row: tuple[Cell, ...], block: Block) -> Decimal | None:
    amount = parse_amount(row[block.figures[0]].text) if block.figures else None
    return amount.value if amount else None
