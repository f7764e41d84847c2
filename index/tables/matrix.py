"""Tables without row names: the columns name the figures (“三公”经费, 机关运行经费).

The leaf of the column path is the label; 合计 and 小计 take the name of the column above them, and a group such as
预算数 or 决算数 is the measure, not a part of the name.
"""

from __future__ import annotations

import re

from index.model import Cell, Fact, Profile, Table
from index.tables.columns import filled, sense
from index.tables.figure import Row, make_fact
from index.wording import close, squeeze, subject

_MEASURE_ONLY = re.compile(
    r"^(?:20\d\d年度?|上年度?|本年度?|年初|全年|当年)*(?:预算|决算|执行|预算执行|调整预算|支出)?(?:数|金额|额)?$"
)
_MEASURE_TAIL = re.compile(r"(?:年初|全年)?(?:预算|决算|执行)(?:数|金额)?$")
_YEAR_HEAD = re.compile(r"^(?:20\d\d年度?|上年度?|本年度?)")
_GENERIC = frozenset({"合计", "小计", "总计", "计"})
_CARS = re.compile(r"^(公务用?车)购置[及和与、]?.*运行")


def matrix_facts(table: Table, profile: Profile) -> tuple[Fact, ...]:
    """One fact a cell; rows that only say 预算数 and 决算数 over the figures are a last row of the header."""
    facts = []
    columns = table.columns
    for r, row in enumerate(filled(table)):
        if is_header_row(row):
            columns = tuple((*path, squeeze(cell.text)) for path, cell in zip(columns, row, strict=True))
            continue
        for c, cell in enumerate(row):
            if table.rows[r][c] is not cell or not columns[c]:
                continue
            label, path = _name(columns[c], table)
            own = sense(columns[c], table, profile)
            above = tuple(close(part) for part in columns[c][-2:-1] if subject(columns[c][-1]) in _GENERIC)
            facts.append(make_fact(table, Row(label, above, path), own, cell, (r, c), columns[c]))
    return tuple(facts)


def is_header_row(row: tuple[Cell, ...]) -> bool:
    """预算数 | 决算数 | 预算数 | …: no figure and no name, only measures."""
    return any(cell.text for cell in row) and all(_MEASURE_ONLY.match(squeeze(cell.text)) for cell in row)


def _name(column: tuple[str, ...], table: Table) -> tuple[str, tuple[str, ...]]:
    """Label and parents of a column path: (预算数, 公务用车购置及运行费, 小计) -> 公务用车购置及运行费."""
    parts = [_bare(subject(part)) for part in column]
    parts = [part for part in parts if part and not _MEASURE_ONLY.match(part)]
    generic = bool(parts) and parts[-1] in _GENERIC
    names = [part for part in parts if part not in _GENERIC]
    if not names:
        return _whole(table), ()
    leaf = names[-1]
    if generic and len(names) == 1:
        return _whole(table) if "三公" in leaf else leaf, ()
    parent = names[-2] if len(names) > 1 else ""
    if (cars := _CARS.match(parent)) and not leaf.startswith("公务"):
        leaf = cars.group(1) + leaf
    if "三公" in leaf and leaf.startswith("三公"):
        leaf = _whole(table)
    return leaf, tuple(name for name in names[:-1] if "三公" not in name)


def _whole(table: Table) -> str:
    return "三公经费合计" if "三公" in squeeze(table.title) or table.kind in {"F09", "B09"} else "合计"


def _bare(part: str) -> str:
    plain = _YEAR_HEAD.sub("", part)
    return _MEASURE_TAIL.sub("", plain) if not _MEASURE_ONLY.match(plain) else plain
