"""What kind of figure stands under a column: measure, money that it counts, unit, year.

The words of the column speak first, then those of its row and of the rows above that, then the table's and the
document's. A row speaks where it states a unit: 公务用车保有量（辆） in a table of 万元.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.amounts import MONEY, unit_of
from index.model import Profile, Table
from index.tables.classify import stage_of
from index.vocabulary import load_vocabulary
from index.wording import squeeze


@dataclass(frozen=True, slots=True)
class Sense:
    """What a figure of a column is: see `Fact` for the words."""

    measure: str
    scope: str
    unit: str
    year: int | None


_STATED_UNIT = re.compile(
    r"\(?(?:单位[::])?(%|亿元|百万元|万元|千元|元|人次|人|名|辆|台[/、,，]套|台\(套\)|台[/、,，]辆|台|套|家|公里|个|批次|平方米)\)"
)
# Behind the name of an indicator or of a thing counted: 清掏检查井（座）.
_COUNTED_UNIT = re.compile(
    r"\((万?(?:座|吨|亩|米|千米|株|户|所|条|处|册|份|本|只|头|件|件次|场|场次|次|期|项|部|批|批次|人天|平方公里|立方米|千瓦时)(?:/[年月日天])?|"
    r"小时|天|日|个?月|年|分钟|学时)\)$"
)
_MONEY_COLUMN = re.compile(r"价值|金额|原值|净值")
_RATE = re.compile(r"率|比重|占比|比例|%|偏差度|增减幅度|幅度")
_COUNT = re.compile(r"数量|人数|个数|编制数|面积|保有量")
_MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (measure, re.compile(pattern))
    for measure, pattern in (
        ("分值", r"分值|权重"),
        ("得分", r"得分"),
        ("偏差度", r"偏差(?:度|率)"),
        ("实际值", r"实际.*值|完成值|实际完成"),
        ("指标值", r"指标值|目标值"),
        ("完成率", r"完成.*(?:率|%|比例)|(?:为|占)(?:年初|调整)?预算.*%"),
        ("执行率", r"执行率"),
        ("增减率", r"(?:增减|增长|变动|下降).*(?:率|%|比例|幅度)|同比"),
        ("增减额", r"增减|增长额|变动额"),
        ("占比", r"占比|比重|占.*%|为上年.*%"),
        ("上年", r"(?:上年|上一年|去年)(?!度?(?:财政拨款)?结[转余])"),
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
        ("财政拨款", r"(?<!非)财政拨款(?!结转)"),
    )
)
_NOT_THREE = re.compile(r"^(?:[一二三四五六七八九]、|\d[.、])?(?:会议费|培训费|行政经费|机[关构](?:\(机构\))?运行经费)")
_YEAR = re.compile(r"(20\d\d)年?")
_ANY_MONEY = frozenset({"全部", "财政拨款", "项目", ""})


def sense(path: tuple[str, ...], table: Table, profile: Profile) -> Sense:
    """What a figure under this column path is, whatever its row."""
    plain = [squeeze(part) for part in path]
    measure = _measure(plain)
    year = profile.year
    stated = next((int(m.group(1)) for part in reversed(plain) if (m := _YEAR.search(part))), None)
    if stated is None and measure == "上年":
        year = year - 1 if year else None
    elif stated is not None:
        if year and stated == year - 1 and measure in {"预算", "决算", ""}:
            measure = "上年"
        year = stated
    unit = _unit(plain, table, measure)
    if not measure:
        measure = stage_of(squeeze(table.title)) or profile.stage
    return Sense(measure, _scope(plain, table), unit, year)


def _measure(path: list[str]) -> str:
    """The words nearest to the figure say it; but all that stands below a change is one."""
    said = [m for part in reversed(path) for m, p in _MEASURES if p.search(part)]
    if "增减额" in said and said[0] not in {"增减额", "增减率"}:
        return "增减率" if _RATE.search(path[-1]) else "增减额"
    return said[0] if said else ""


def sense_in_row(found: Sense, column: tuple[str, ...], labels: Sequence[str], table: Table) -> Sense:
    """The same figure where its row speaks too; `labels` are the row's and those above it, the nearest first."""
    plain = [squeeze(label) for label in labels]
    stated = (m for label in plain for p in (_STATED_UNIT, _COUNTED_UNIT) if (m := p.search(label)))
    unit = next((m.group(1) for m in stated), "")
    if unit and (found.unit in ("", table.unit) or found.measure == "数量"):
        counted = unit not in MONEY and any(_MONEY_COLUMN.search(squeeze(part)) for part in column)
        found = found if counted else replace(found, unit=unit_of(unit))
    if not found.scope and found.unit in MONEY:
        scope = next((s for label in plain for s, p in _FUNDS[:2] if p.search(label)), "")
        return replace(found, scope=scope)
    if found.scope == "三公经费" and plain and _NOT_THREE.match(plain[0]):
        return replace(found, scope=scope_beside_three(plain[0], table))
    return found


def _unit(path: list[str], table: Table, measure: str) -> str:
    """The unit that the column states; else the one its measure has; else the table's."""
    stated = next((m.group(1) for text in reversed(path) if (m := _STATED_UNIT.search(text))), "")
    if stated:
        return unit_of(stated)
    if measure in {"得分", "分值"}:
        return "分"
    if measure in {"指标值", "实际值", "数量"}:
        return ""
    leaf = path[-1] if path else ""
    if measure in {"偏差度", "执行率", "完成率", "占比", "增减率"} or _RATE.search(leaf):
        return "%"
    return "" if _COUNT.search(leaf) else table.unit


def _scope(path: list[str], table: Table) -> str:
    """The fund that the column names where its table counts more than one; else the money of the table."""
    kind = load_vocabulary().kinds.get(table.kind)
    whole = kind.scope if kind else next((s for s, p in _FUNDS if p.search(squeeze(table.title))), "")
    beside = next((part for part in path if _NOT_THREE.match(part)), "")
    if whole == "三公经费" and beside:
        return scope_beside_three(beside, table)
    fund = next((s for s, p in _FUNDS if any(p.search(part) for part in path)), "")
    return fund if fund and (whole in _ANY_MONEY or fund == "机关运行经费") else whole


def scope_beside_three(name: str, table: Table) -> str:
    """The money of what a table of “三公”经费 lists beside them: 会议费, 培训费, 机关运行经费."""
    if "运行经费" in name:
        return "机关运行经费"
    return "财政拨款" if "拨款" in squeeze(table.title) else ""
