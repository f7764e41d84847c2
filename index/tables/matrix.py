"""Tables whose columns name the figures (“三公”经费, 机关运行经费): rows have no names, or only those of units.

The leaf of the column path is the label; 合计 and 小计 take the name of the column above them, and a group such as
预算数 or 决算数 is the measure, not a part of the name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.model import Cell, Fact, Profile, Table
from index.tables.columns import Role, filled, names_unit
from index.tables.figure import Row, make_fact
from index.tables.sense import Sense, scope_beside_three, sense
from index.vocabulary import load_vocabulary
from index.wording import close, squeeze, subject

_YEAR = re.compile(r"20\d\d(?=年|$)")
_MEASURE_ONLY = re.compile(
    r"^(?:20\d\d年度?|上年度?|本年度?|年初|全年|当年)*(?:预算|决算|执行|预算执行|调整预算|支出)?(?:数|金额|额)?$"
)
_CHANGE_ONLY = re.compile(
    r"^(?:20\d\d年度?)?(?:[比较与](?:上年|20\d\d年)度?(?:预算|决算|执行)?数?(?:相比)?)?"
    r"增减(?:变化|变动)?(?:情况|数|额|金额|率|幅度|比例|百分比)?(?:\(?%\)?)?$"
)
_MEASURE_TAIL = re.compile(r"(?:年初|全年)?(?:预算|决算|执行)(?:数|金额)?$")
_YEAR_HEAD = re.compile(r"^(?:20\d\d年度?|上年度?|本年度?)")
_TOTALS = frozenset({"合计", "总计"})
_GENERIC = _TOTALS | {"小计", "计"}
_THREE = "三公经费合计"
_OTHER_FEES = re.compile(r"会议费|培训费|行政经费")
_CARS = re.compile(r"^(公务用?车)购置[及和与、]?.*运行")


def lists_units(table: Table, found: tuple[Role, ...]) -> bool:
    """Whether the rows of a table of named columns are units: 单位名称 | 合计 | 因公出国（境）费 | …."""
    kind = load_vocabulary().kinds.get(table.kind)
    names = [i for i, role in enumerate(found) if role in {Role.LABEL, Role.CODE, Role.ENTITY}]
    return kind is not None and kind.layout == "matrix" and all(names_unit(table.columns[i]) for i in names)


def lists_measures(table: Table, found: tuple[Role, ...]) -> bool:
    """Whether the rows say which kind of figure of what the columns name: 预算数, 决算数 and 增减额 of 公务接待费."""
    names = [i for i, role in enumerate(found) if role in {Role.LABEL, Role.CODE, Role.ENTITY}]
    figures = [table.columns[i] for i, role in enumerate(found) if role is Role.FIGURE]
    if len(names) != 1 or not all(path and not _only_measures(squeeze(path[-1])) for path in figures):
        return False
    rows = [squeeze(row[names[0]].text) for row in table.rows]
    return len(figures) > 1 and len(rows) > 1 and all(row and _only_measures(row) for row in rows)


def matrix_facts(table: Table, profile: Profile, found: tuple[Role, ...]) -> tuple[Fact, ...]:
    """One fact a cell; rows that only say 预算数 and 决算数 over the figures are a last row of the header."""
    facts = []
    columns = table.columns
    figures = [i for i, role in enumerate(found) if role is Role.FIGURE or (role is Role.REMARK and columns[i])]
    units = [i for i, role in enumerate(found) if role not in {Role.FIGURE, Role.REMARK, Role.SERIAL, Role.PERIOD}]
    for r, row in enumerate(filled(table)):
        if is_header_row(row):
            columns = tuple((*path, squeeze(cell.text)) for path, cell in zip(columns, row, strict=True))
            continue
        named = next((subject(row[i].text) for i in units if row[i].text and not row[i].text.isdigit()), "")
        unit, kind = ("", (named,)) if named and _only_measures(named) else (named, ())
        for c in figures:
            if table.rows[r][c] is not row[c]:
                continue
            label, path = _name(columns[c], table)
            own = of_year(sense((*columns[c], *kind), table, profile), row, found, profile)
            if label in _TOTALS and own.scope == "三公经费":
                own = replace(own, scope=scope_beside_three(label, table))
            above = tuple(close(part) for part in columns[c][-2:-1] if subject("".join(columns[c][-1:])) in _GENERIC)
            key = Row(label, (*filter(None, (named,)), *above), path, entity="" if unit in _GENERIC else unit)
            facts.append(make_fact(table, key, own, row[c], (r, c), columns[c]))
    return tuple(facts)


def of_year(own: Sense, row: tuple[Cell, ...], found: tuple[Role, ...], profile: Profile) -> Sense:
    """The sense of a figure in a row that names its year: 2023年 beside 2024年 is the year before."""
    years = (_YEAR.match(squeeze(row[c].text)) for c, role in enumerate(found) if role is Role.PERIOD)
    year = next((int(match.group()) for match in years if match), None)
    if year is None:
        return own
    before = profile.year is not None and year == profile.year - 1 and own.measure == profile.stage
    return replace(own, year=year, measure="上年" if before else own.measure)


def total_name(name: str, table: Table) -> str:
    """合计 as the first row of a “三公”经费 table is the 三公经费合计, unless the table counts other money too."""
    return _THREE if name in _TOTALS and _whole(table) == _THREE else name


def is_header_row(row: tuple[Cell, ...]) -> bool:
    """预算数 | 决算数 | 预算数 | …: no figure and no name, only measures."""
    return any(cell.text for cell in row) and all(_only_measures(squeeze(cell.text)) for cell in row)


def _only_measures(words: str) -> bool:
    """Whether words say which kind of figure stands there, and not of what it is: 预算数, 2023年增减额."""
    return bool(_MEASURE_ONLY.match(words) or _CHANGE_ONLY.match(words))


def _name(column: tuple[str, ...], table: Table) -> tuple[str, tuple[str, ...]]:
    """Label and parents of a column path: (预算数, 公务用车购置及运行费, 小计) -> 公务用车购置及运行费."""
    parts = [_bare(subject(part)) for part in column]
    parts = [part for part in parts if part and not _only_measures(part)]
    generic = bool(parts) and parts[-1] in _GENERIC
    names = [part for part in parts if part not in _GENERIC]
    if not names:
        return _whole(table) if not generic or parts[-1] in _TOTALS else parts[-1], ()
    leaf = names[-1]
    if generic and len(names) == 1:
        return _THREE if "三公" in leaf else leaf, ()
    parent = names[-2] if len(names) > 1 else ""
    if (cars := _CARS.match(parent)) and not leaf.startswith("公务"):
        leaf = cars.group(1) + leaf
    if leaf.startswith("三公"):
        leaf = _THREE
    return leaf, tuple(name for name in names[:-1] if "三公" not in name)


def _whole(table: Table) -> str:
    """What 合计 is the total of."""
    three = "三公" in squeeze(table.title) or table.kind in {"F09", "B09"}
    wider = _OTHER_FEES.search(squeeze(table.title)) or any(
        _OTHER_FEES.search(squeeze(p[-1])) for p in table.columns if p
    )
    return _THREE if three and not wider else "合计"


def _bare(part: str) -> str:
    plain = _YEAR_HEAD.sub("", part)
    return plain if _only_measures(plain) else _MEASURE_TAIL.sub("", plain)
