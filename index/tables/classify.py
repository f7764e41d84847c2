"""Table -> kind (an id of vocabulary/tables.yaml), by what it says of itself; never by its number.

Provinces number the same tables differently and use the same numbers for different tables, so the words of the title
decide, then the sentence printed under the table, then the wordings of its columns and rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.model import Table
from index.vocabulary import TableKind, load_vocabulary
from index.wording import canonical, squeeze

# 预算 in these names says which money, not which stage.
_FUND_NAMES = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|预算单位|预算部门|公共财政预算")
_ENOUGH_ROWS = 3
_ENOUGH_HEADER = 0.6


_OF_ALL_GRANTS = {"F05": "F12", "F06": "F16", "B05": "B18", "B06": "B19"}  # of all 财政拨款, beside 一般公共预算


def kinds_of(tables: Sequence[Table], stage: str) -> tuple[str, ...]:
    """The kinds of all tables of a document.

    财政拨款支出表 is what some provinces call the table of 一般公共预算; where a document has both, it counts the funds too.
    """
    titles = [squeeze(table.title) for table in tables]
    kinds = [table.kind or classify(table, stage) for table in tables]
    general = {kind for kind, title in zip(kinds, titles, strict=True) if "一般公共预算" in title}
    return tuple(
        _OF_ALL_GRANTS.get(kind, kind)
        if kind in general and "财政拨款" in title and "一般公共预算" not in title
        else kind
        for kind, title in zip(kinds, titles, strict=True)
    )


def classify(table: Table, stage: str = "") -> str:
    """The kind of a table, "" where nothing known fits; `stage` is the document's, for titles that name none."""
    title = squeeze(table.title)
    stage = stage_of(title) or stage
    kinds = load_vocabulary().kinds.values()
    candidates = [kind for kind in kinds if not kind.stage or kind.stage == stage]
    named = [kind for kind in candidates if title and _names(kind, title)]
    if named:
        return _refine(named, table).id
    return _by_note(candidates, table) or _by_wordings(candidates, table)


def stage_of(title: str) -> str:
    """预算 or 决算 as a title says it, "" where it says neither: 一般公共预算 alone names the money."""
    plain = _FUND_NAMES.sub("", title)
    if "决算" in plain or "自评" in plain:
        return "决算"
    return "预算" if "预算" in plain or "绩效目标" in plain else ""


def _names(kind: TableKind, title: str) -> bool:
    has = all(any(word in title for word in words.split("|")) for words in kind.title)
    return bool(kind.title) and has and not any(word in title for word in kind.without)


def _refine(named: list[TableKind], table: Table) -> TableKind:
    """The first kind named, unless the columns speak for the next: a 基本支出明细表 lists projects or accounts."""
    first = named[0]
    if len(named) > 1 and first.header and not _share(first.header, _header(table)) and table.columns:
        second = named[1]
        speaks = second.stage == first.stage and _share(second.header, _header(table)) >= _ENOUGH_HEADER
        return second if speaks else first
    return first


def _by_note(kinds: Iterable[TableKind], table: Table) -> str:
    notes = squeeze("".join(table.notes))
    return next((kind.id for kind in kinds if kind.note and kind.note in notes), "")


def _by_wordings(kinds: Iterable[TableKind], table: Table) -> str:
    header = _header(table)
    labels = {canonical(text) for row in table.texts for text in row if text}
    best, best_score = "", 0.0
    for kind in kinds:
        if not kind.telling:
            continue
        rows = sum(row in labels for row in map(canonical, kind.rows))
        share = _share(kind.header, header)
        if rows >= min(_ENOUGH_ROWS, len(kind.rows) or 99) or (share >= _ENOUGH_HEADER and len(kind.header) > 1):
            score = rows + len(kind.header) * share
            if score > best_score:
                best, best_score = kind.id, score
    return best


def _header(table: Table) -> str:
    return "|".join(squeeze(part) for path in table.columns for part in path)


def _share(words: tuple[str, ...], header: str) -> float:
    return sum(squeeze(word) in header for word in words) / len(words) if words else 0.0
