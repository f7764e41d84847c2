"""What the columns of a table are: which name the row and which hold figures.

Roles follow from the words of the header, and from the cells where the header says nothing. A block is a stretch of
columns that names its own rows: a two-sided table has two, the 基本支出 table three, a 绩效目标 table one for each
pair of 三级指标 and 指标值.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from index.amounts import is_dash, parse_amount
from index.model import Cell, Table
from index.tables.form_header import REACHED, TARGET
from index.wording import squeeze, subject


class Role(Enum):
    CODE = auto()  # account code or a part of it: 科目编码, 类, 款, 项
    UNIT_CODE = auto()  # code of a unit or a project, which names no account
    LABEL = auto()
    ENTITY = auto()  # 项目单位, 单位名称
    KIND = auto()  # 类型: qualifies the row
    LEVEL = auto()  # 一级指标, 二级指标: parents of the row's indicator
    BOUND = auto()  # 指标性质: the ≥ that belongs to the 指标值
    MEASURE = auto()  # 度量单位: the unit of the 指标值
    SERIAL = auto()  # 行次, 栏次, 序号
    REMARK = auto()
    PERIOD = auto()  # 年度: the year of the row's figures
    FIGURE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that belong together: the keys that name a row and the figures they name."""

    labels: tuple[int, ...]
    codes: tuple[int, ...]
    figures: tuple[int, ...]
    side: tuple[str, ...] = ()  # ("收入",), ("支出",), ("成本指标",): what the header says over the whole block


_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.SERIAL, r"行次|栏次|序号|行号"),
        (Role.PERIOD, r"(?:预算|决算|项目)?年[度份]"),
        (Role.LEVEL, r"[一二]级(?:绩效)?指标"),
        (Role.BOUND, r"(?:绩效)?指标性质|计算符号|运算符号"),
        (Role.MEASURE, r".*(?:度量|计量)单位"),
        (Role.FIGURE, rf"{TARGET}|{REACHED}|分值|得分|金额|预算数|决算数|合计|小计|总计|资金总额"),
        (Role.UNIT_CODE, r"\(?.*(?:单位|部门|项目|资金)\)?(?:编码|代码|编号)\)?(?:\(.*\))?"),
        (Role.CODE, r".*(?:编码|代码|编号)|类|款|项|目"),
        (Role.LABEL, r"(?:.*\()?(?:.*科目名称|.*项目名称|.*\(项目\)名称|.*专项名称|.*指标名称|名称|三级(?:绩效)?指标|科目|项目|"
                     r"收入项目|支出项目|指标|地区|预算科目|.*(?:资产|物品|货物|服务|标的)名称|采购品目|采购项目|采购内容|收入|支出|内容|"
                     r"经济分类名称)\)?(?:\(按[^()]*\))?"),
        (Role.ENTITY, r".*(?:项目单位|实施单位|预算单位|单位名称|部门名称|主管部门|单位)"),
        (Role.REMARK, r"(?:绩效)?指标(?:类型|方向性?|解释|说明)"),
        (Role.KIND, r".*(?:类型|类别|大类|性质|级次|来源)"),
        (Role.REMARK, r".*(?:备注|说明|原因|措施|主要内容|立项依据|绩效目标)"),
    )
)  # fmt: skip
_TOTAL = re.compile(r"(?:合计|总计)$")
_INDICATOR = re.compile(r"三级(?:绩效)?指标|指标(?:名称|内容)")
_MOSTLY = 0.6
_LONGEST_UNIT = 3


def roles(table: Table) -> tuple[Role, ...]:
    """The role of every column, header words first."""
    found = [_role(path) for path in table.columns]
    for i, role in enumerate(found):
        named = role in {Role.LABEL, Role.ENTITY}
        if role is None or (named and any(_column(table, i)) and _figures(table, i) > _MOSTLY):
            found[i] = Role.FIGURE if _figures(table, i) >= _MOSTLY else Role.REMARK
    if Role.LABEL not in found:
        words = (Role.ENTITY, Role.REMARK, Role.KIND)
        worded = [i for i, role in enumerate(found) if role in words and any(_column(table, i))]
        candidate = next((i for i in worded if not _heads_another(table, i, worded)), None)
        if candidate is not None and Role.FIGURE in found[candidate:]:
            found[candidate] = Role.LABEL
    for i in _names_beside(table, found):
        found[i] = Role.LABEL
    return tuple(role or Role.REMARK for role in found)


def _heads_another(table: Table, index: int, others: Sequence[int]) -> bool:
    """Whether a column is filled where the next one is not: 一、货物 stands alone over the names of what is bought."""
    later = next((i for i in others if i > index), None)
    if later is None:
        return False
    own, below = _column(table, index), _column(table, later)
    return not any(a and b for a, b in zip(own, below, strict=True)) and sum(map(bool, below)) > 1


def _names_beside(table: Table, found: Sequence[Role | None]) -> Iterator[int]:
    """Columns of names whose header is a word of their own, told by the column of figures that comes again beside them.

    项目 | 预算数 | 支出功能分类（按大类） | 预算数: the second 预算数 is of what stands on its left.
    """
    figures = [i for i, role in enumerate(found) if role is Role.FIGURE]
    heads = {i: squeeze("".join(table.columns[i][-1:])) for i in figures}
    for i in figures:
        again = any(j < i - 1 and heads[j] == heads[i] for j in figures)
        if again and found[i - 1] is Role.REMARK and _role(table.columns[i - 1]) is None:
            yield i - 1


def _role(path: tuple[str, ...]) -> Role | None:
    words = [squeeze(text) for text in path if squeeze(text) != "栏次"]
    leaf = words[-1] if words else ""
    for role, pattern in _ROLES:
        if pattern.fullmatch(leaf):
            if role is Role.CODE and len(leaf) == 1 and len(path) < 2:
                continue
            return role
    return None


def names_unit(path: tuple[str, ...]) -> bool:
    """Whether a column by its header names or numbers the units that its rows are."""
    return _role(path) in {Role.ENTITY, Role.UNIT_CODE}


def _column(table: Table, index: int) -> list[str]:
    return [squeeze(row[index].text) for row in table.rows]


def _figures(table: Table, index: int) -> float:
    """Share of the filled cells that hold a figure or a dash; 1 for a column without text."""
    filled = [text for text in _column(table, index) if text]
    return sum(map(_is_figure, filled)) / len(filled) if filled else 1.0


def _is_figure(text: str) -> bool:
    """2010301-行政运行 and 2024接待经费 begin with digits and are names."""
    amount = parse_amount(text)
    return is_dash(text) or (amount is not None and len(amount.unit) <= _LONGEST_UNIT)


def blocks(table: Table, found: tuple[Role, ...]) -> tuple[Block, ...]:
    """Split the columns where a key follows a figure, and where indicators follow the name of their project.

    A first block without figures only names what the others speak of.
    """
    groups: list[list[int]] = []
    for i, role in enumerate(found):
        if role in {Role.SERIAL, Role.REMARK}:
            continue
        starts = role is not Role.FIGURE and groups and any(found[j] is Role.FIGURE for j in groups[-1])
        if not groups or (starts and role in {Role.LABEL, Role.CODE}) or _indicates(table, i, groups[-1], found):
            groups.append([])
        groups[-1].append(i)

    def of(group: list[int], role: Role) -> tuple[int, ...]:
        return tuple(i for i in group if found[i] is role)

    made = [Block(of(g, Role.LABEL), of(g, Role.CODE), of(g, Role.FIGURE)) for g in groups]
    figured = [block for block in made if block.figures]
    owners = [block for block in made[:1] if not block.figures and block.labels and figured]
    kept = [replace(block, side=_side(table, block, len(figured))) for block in figured]
    if len(kept) > 1 and len({block.side for block in kept}) == 1:  # both halves go on with one list
        return (*owners, *(replace(block, side=()) for block in kept))
    return (*owners, *_told_apart(table, kept))


def _told_apart(table: Table, parts: Sequence[Block]) -> Iterator[Block]:
    """Lists of one side under headers of their own: 支出 by function, and again by economic class."""
    sides = [block.side for block in parts]
    for block in parts:
        head = subject("".join(table.columns[block.labels[0]][-1:])) if block.labels else ""
        yield replace(block, side=(*block.side, head)) if block.side and head and sides.count(block.side) > 1 else block


def _indicates(table: Table, index: int, group: Sequence[int], found: Sequence[Role]) -> bool:
    """Whether a column names indicators beside the one that names their projects."""
    head = squeeze("".join(table.columns[index][-1:]))
    return bool(_INDICATOR.fullmatch(head)) and any(found[i] is Role.LABEL for i in group)


def _side(table: Table, block: Block, count: int) -> tuple[str, ...]:
    """收入 or 支出 for the halves of a two-sided table; the indicator class for a pair of 三级指标 and 指标值."""
    if count < 2 or not block.labels:
        return ()
    path = [squeeze(part) for part in table.columns[block.labels[0]]]
    if len(path) > 1 and path[-1] == "三级指标":
        return (path[-2],) if path[-2] != "绩效指标" else ()
    top = path[0] if len(path) > 1 or (path and path[0] in {"收入", "支出"}) else ""
    if not top:
        labels = "".join(_column(table, block.labels[0]))
        top = "收入" if labels.count("收入") > labels.count("支出") else "支出" if "支出" in labels else ""
        return (top,) if top and not block.codes else ()
    return ("收入",) if "收入" in top else ("支出",) if "支出" in top else ()


def filled(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """The body with merged cells spread over every place they cover, so that each row reads whole."""
    rows = [list(row) for row in table.rows]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            spread = cell if cell.text else _from_page_before(rows, r, c, cell)
            if spread.text and (cell.rows > 1 or cell.cols > 1 or spread is not cell):
                for i in range(r, min(r + cell.rows, len(rows))):
                    for j in range(c, min(c + cell.cols, len(row))):
                        if not rows[i][j].text:
                            rows[i][j] = spread
    return tuple(tuple(row) for row in rows)


def reaching(rows: Sequence[tuple[Cell, ...]], parts: Sequence[Block]) -> tuple[tuple[Cell, ...], ...]:
    """Rows in which a total reaches to its figure in the next block, as if the cells between were merged with it.

    公用经费合计 | | | | 4,026,315.00: the block of 商品和服务支出 goes on in the block of 资本性支出, the total stands last.
    """
    out = [list(row) for row in rows]
    for row in out:
        for block, after in pairwise(parts):
            name = next((row[c] for c in block.labels if _TOTAL.search(squeeze(row[c].text))), None)
            between = (*block.figures, *after.codes, *after.labels)
            if name and not any(row[c].text for c in between) and any(row[c].text for c in after.figures):
                for c in between:
                    row[c] = name
    return tuple(map(tuple, out))


def _from_page_before(rows: list[list[Cell]], r: int, c: int, cell: Cell) -> Cell:
    """The merged name that a page break cut: on the new page its cell goes on without text."""
    if r == 0 or cell.page == rows[r - 1][c].page or cell.bbox is None:
        return cell
    above = rows[r - 1][c]
    merged = cell.rows > 1 or above.rows > 1
    return above if merged and above.text and parse_amount(above.text) is None else cell
