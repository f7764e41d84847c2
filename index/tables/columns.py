"""What the columns of a table are: which name the row, which hold figures, and what kind of figure.

Roles follow from the words of the header, and from the cells where the header says nothing. A block is a stretch of
columns that names its own rows: a two-sided table has two, the 基本支出 table three, a 绩效目标 table one for each
pair of 三级指标 and 指标值.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from index.amounts import is_dash, parse_amount, unit_of
from index.model import Cell, Profile, Table
from index.tables.classify import stage_of
from index.vocabulary import load_vocabulary
from index.wording import squeeze


class Role(Enum):
    CODE = auto()  # account code or a part of it: 科目编码, 类, 款, 项
    UNIT_CODE = auto()  # code of a unit or a project, which names no account
    LABEL = auto()
    ENTITY = auto()  # 项目单位, 单位名称
    KIND = auto()  # 类型: qualifies the row
    SERIAL = auto()  # 行次, 栏次, 序号
    REMARK = auto()
    FIGURE = auto()


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure of a column is: see `Fact` for the words."""

    measure: str
    scope: str
    unit: str
    year: int | None


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
        (Role.FIGURE, r"(?:年度)?指标值|.*完成值|分值|得分|金额|预算数|决算数|合计|小计|总计|资金总额"),
        (Role.UNIT_CODE, r"\(?.*(?:单位|部门|项目|资金)\)?(?:编码|代码|编号)\)?(?:\(.*\))?"),
        (Role.CODE, r".*(?:编码|代码|编号)|类|款|项|目"),
        (Role.LABEL, r"(?:.*\()?(?:.*科目名称|.*项目名称|.*\(项目\)名称|.*指标名称|名称|三级指标|科目|项目|"
                     r"收入项目|支出项目|指标|地区|预算科目|资产名称|采购品目|采购项目|收入|支出|内容|经济分类名称)\)?"),
        (Role.ENTITY, r".*(?:项目单位|实施单位|预算单位|单位名称|部门名称|主管部门|单位)"),
        (Role.KIND, r".*(?:类型|类别|性质|级次)"),
        (Role.REMARK, r".*(?:备注|说明|原因|措施|主要内容|立项依据|绩效目标)"),
    )
)  # fmt: skip
_UNIT_IN_HEADER = re.compile(r"\(?(?:单位[::])?(%|亿元|百万元|万元|千元|元|人次|人|辆|台/套|台\(套\)|个|平方米)\)")
_RATE = re.compile(r"率|比重|占比|比例|%|偏差度|增减幅度|幅度")
_COUNT = re.compile(r"数量|人数|个数|编制数|面积|保有量")
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (measure, re.compile(pattern))
    for measure, pattern in (
        ("分值", r"分值|权重"),
        ("得分", r"得分"),
        ("偏差度", r"偏差(?:度|率)"),
        ("实际值", r"实际.*(?:完成)?值|完成值|实际完成"),
        ("指标值", r"指标值|目标值"),
        ("完成率", r"完成.*(?:率|%|比例)|(?:为|占)(?:年初|调整)?预算.*%"),
        ("执行率", r"执行率"),
        ("增减率", r"(?:增减|增长|变动|下降).*(?:率|%|比例|幅度)|同比"),
        ("增减额", r"增减|增长额|变动额"),
        ("占比", r"占比|比重|占.*%|为上年.*%"),
        ("上年", r"上年|上一年|去年"),
        ("年初预算", r"年初预算|年初数"),
        ("全年预算", r"全年预算|调整后?预算|预算调整"),
        ("决算", r"决算|执行数|支出数"),
        ("预算", r"(?<!公共)(?<!基金)(?<!经营)预算"),
        ("数量", _COUNT.pattern),
    )
)
_FUNDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (scope, re.compile(pattern))
    for scope, pattern in (
        ("机关运行经费", r"机[关构].*运行经费"),
        ("三公经费", r"三公"),
        ("一般公共预算", r"一般公共预算|公共财政预算"),
        ("政府性基金", r"政府性基金"),
        ("国有资本经营", r"国有资本经营"),
        ("财政拨款", r"财政拨款(?!结转)"),
    )
)
_NOT_THREE = re.compile(r"^(?:[一二三四五六七八九]、|\d[.、])?(?:会议费|培训费|行政经费|机[关构](?:\(机构\))?运行经费)")
_YEAR = re.compile(r"(20\d\d)年?")
_ANY_MONEY = frozenset({"全部", "财政拨款", "项目", ""})
_MOSTLY = 0.6


def roles(table: Table) -> tuple[Role, ...]:
    """The role of every column, header words first."""
    found = [_role(path) for path in table.columns]
    for i, role in enumerate(found):
        named = role in {Role.LABEL, Role.ENTITY}
        if role is None or (named and any(_column(table, i)) and _figures(table, i) > _MOSTLY):
            found[i] = Role.FIGURE if _figures(table, i) >= _MOSTLY else Role.REMARK
    if Role.LABEL not in found:
        words = (Role.ENTITY, Role.REMARK, Role.KIND)
        candidate = next((i for i, role in enumerate(found) if role in words and any(_column(table, i))), None)
        if candidate is not None and Role.FIGURE in found[candidate:]:
            found[candidate] = Role.LABEL
    return tuple(role or Role.REMARK for role in found)


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
    return sum(is_dash(t) or parse_amount(t) is not None for t in filled) / len(filled) if filled else 1.0


def blocks(table: Table, found: tuple[Role, ...]) -> tuple[Block, ...]:
    """Split the columns where a key follows a figure."""
    groups: list[list[int]] = []
    for i, role in enumerate(found):
        if role in {Role.SERIAL, Role.REMARK}:
            continue
        starts = role is not Role.FIGURE and groups and any(found[j] is Role.FIGURE for j in groups[-1])
        if not groups or (starts and role in {Role.LABEL, Role.CODE}):
            groups.append([])
        groups[-1].append(i)

    def of(group: list[int], role: Role) -> tuple[int, ...]:
        return tuple(i for i in group if found[i] is role)

    made = [Block(of(g, Role.LABEL), of(g, Role.CODE), of(g, Role.FIGURE)) for g in groups]
    return tuple(Block(b.labels, b.codes, b.figures, _side(table, b, len(made))) for b in made if b.figures)


def _side(table: Table, block: Block, count: int) -> tuple[str, ...]:
    """收入 or 支出 for the halves of a two-sided table; the indicator class for a pair of 三级指标 and 指标值."""
    if count < 2 or not block.labels:
        return ()
    path = [squeeze(part) for part in table.columns[block.labels[0]]]
    if len(path) > 1 and path[-1] == "三级指标":
        return (path[-2],)
    top = path[0] if len(path) > 1 or (path and path[0] in {"收入", "支出"}) else ""
    if not top:
        labels = "".join(_column(table, block.labels[0]))
        top = "收入" if labels.count("收入") > labels.count("支出") else "支出" if "支出" in labels else ""
        return (top,) if top and not block.codes else ()
    return ("收入",) if "收入" in top else ("支出",) if "支出" in top else ()


def sense(path: tuple[str, ...], table: Table, profile: Profile, row: str = "") -> Sense:
    """What a figure under this column path is; `row` is the label of its row, which can state a unit too."""
    plain = [squeeze(part) for part in path]
    measure = next((m for part in reversed(plain) for m, p in _MEASURES if p.search(part)), "")
    year = profile.year
    stated = next((int(m.group(1)) for part in reversed(plain) if (m := _YEAR.search(part))), None)
    if stated is None and measure == "上年":
        year = year - 1 if year else None
    elif stated is not None:
        if year and stated == year - 1 and measure in {"预算", "决算", ""}:
            measure = "上年"
        year = stated
    unit = _unit(plain, table, row, measure)
    if not measure:
        measure = stage_of(squeeze(table.title)) or profile.stage
    return Sense(measure, _scope(plain, table, squeeze(row)), unit, year)


def _unit(path: list[str], table: Table, row: str, measure: str) -> str:
    """The unit that the column states; else the one its measure has; else the row's; else the table's."""
    stated = next((m.group(1) for text in reversed(path) if (m := _UNIT_IN_HEADER.search(text))), "")
    if stated:
        return unit_of(stated)
    if measure in {"得分", "分值"}:
        return "分"
    if measure in {"指标值", "实际值", "数量"}:
        return ""
    leaf = path[-1] if path else ""
    if measure in {"偏差度", "执行率", "完成率", "占比", "增减率"} or _RATE.search(leaf):
        return "%"
    if match := _UNIT_IN_HEADER.search(squeeze(row)):
        return unit_of(match.group(1))
    return "" if _COUNT.search(leaf) else table.unit


def _scope(path: list[str], table: Table, row: str) -> str:
    """The fund that the column names where its table counts more than one; else the money of the table.

    A table of “三公”经费 can list other fees beside them, by column or by row.
    """
    kind = load_vocabulary().kinds.get(table.kind)
    title = squeeze(table.title)
    whole = kind.scope if kind else next((s for s, p in _FUNDS if p.search(title)), "")
    if whole == "三公经费" and any(_NOT_THREE.match(part) for part in (*path[-1:], row)):
        return (
            "机关运行经费" if "运行经费" in (path[-1] if path else "") + row else "财政拨款" if "拨款" in title else ""
        )
    fund = next((s for s, p in _FUNDS if any(p.search(part) for part in path)), "")
    return fund if fund and (whole in _ANY_MONEY or fund == "机关运行经费") else whole


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


def _from_page_before(rows: list[list[Cell]], r: int, c: int, cell: Cell) -> Cell:
    """The merged name that a page break cut: on the new page its cell goes on without text."""
    if r == 0 or cell.page == rows[r - 1][c].page or cell.bbox is None:
        return cell
    above = rows[r - 1][c]
    merged = cell.rows > 1 or above.rows > 1
    return above if merged and above.text and parse_amount(above.text) is None else cell
