"""What a question fixes besides its topic, and how well a fact fits it: measure, year, unit, place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.amounts import MONEY, counted_alike
from index.model import CatalogueEntry, Fact, State
from index.offices import without_level
from index.wording import canonical

# What may answer when this measure is asked for, the closest first.
ACCEPTS: Mapping[str, tuple[str, ...]] = {
    "预算": ("预算", "全年预算", "年初预算", "指标值"),
    "年初预算": ("年初预算", "预算"),
    "全年预算": ("全年预算", "预算"),
    "决算": ("决算", "实际值", "执行数", "数量"),
    "上年": ("上年",),
    "增减额": ("增减额",),
    "增减率": ("增减率",),
    "占比": ("占比",),
    "完成率": ("完成率", "执行率"),
    "执行率": ("执行率", "完成率"),
    "得分": ("得分",),
    "分值": ("分值",),
    "指标值": ("指标值",),
    "实际值": ("实际值", "决算", "数量"),
    "偏差度": ("偏差度",),
    "数量": ("数量", "实际值", "指标值"),
}
_OWN_BUDGET = re.compile("年初预算|全年预算|调整预算")
_PLAIN = frozenset({"", "数量", "指标值", "实际值", "得分"})
_AREAS = frozenset({"平方米", "万平方米", "亩", "万亩", "平方公里"})  # 面积 asks for any of them


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question fixes besides its topic."""

    measure: str = ""
    measure_mask: int = 0
    years: tuple[int, ...] = ()
    unit: str = ""  # 辆, 人次, %; "" where money or anything
    money: bool = False  # a sum of money is asked for
    table_code: str = ""
    codes: tuple[str, ...] = ()
    entity: str = ""
    entity_mask: int = 0  # the characters that name it: they name no account and no project
    units: tuple[str, ...] = ()  # how the documents print that unit: as the owner of rows, or as a row of its own
    income: bool = False  # 收入 is said
    outgo: bool = False  # 支出 is said, and nothing of what comes in
    spent: bool = False  # nothing but the year and the stage is said: 2022年决算多少
    people: bool = False  # 接待了多少人 asks for 人次
    change: bool = False  # against last year, which a change against the budget is not
    prior: bool = False  # 上年数: the year before the document's own
    own_level: bool = False  # 本级: the office itself, without its subordinate units


def fit(fact: Fact, asked: Asked, entry: CatalogueEntry) -> float:
    """How well a fact fits what is fixed; -6 and less rules it out."""
    parts = (
        _fit_measure(fact, asked, entry),
        _fit_year(fact, asked, entry),
        _fit_unit(fact, asked),
        _fit_place(fact, asked, entry),
    )
    return sum(parts)


def _fit_measure(fact: Fact, asked: Asked, entry: CatalogueEntry) -> float:
    if asked.change and fact.direction and _OWN_BUDGET.search(fact.basis):
        return -6.0
    if not asked.measure:
        if fact.measure == "上年" and fact.year in asked.years:
            return 0.0
        if fact.measure in ("增减额", "增减率", "占比", "完成率", "执行率", "上年", "偏差度", "分值"):
            return -2.2
        if fact.measure in ("预算", "年初预算", "全年预算") and entry.profile.stage == "决算":
            return -1.2
        if fact.measure == "指标值" and entry.profile.stage == "决算":
            return -0.5  # what was to be reached, where what was reached stands beside it
        return 0.0
    accepted = ACCEPTS.get(asked.measure, (asked.measure,))
    if fact.measure == "上年" and fact.year in asked.years and asked.measure in ("预算", "决算"):
        return 0.0 if stage_of_prior(fact, entry) == asked.measure else -6.0
    if fact.measure in accepted:
        return -0.35 * accepted.index(fact.measure)
    if planned(fact, asked, entry):
        return -0.4
    if fact.measure in _PLAIN and asked.measure in ("预算", "决算") and entry.profile.stage == asked.measure:
        return -0.4
    return -6.0


def planned(fact: Fact, asked: Asked, entry: CatalogueEntry) -> bool:
    """Whether a target is asked for and the prose of a budget counts what is to be done."""
    return (
        asked.measure == "指标值"
        and (fact.measure == "数量" or (not fact.measure and fact.unit == "%"))
        and fact.source == "text"
        and entry.profile.stage == "预算"
    )


def stage_of_prior(fact: Fact, entry: CatalogueEntry) -> str:
    """Whether last year's figure in this year's document is of a budget or of an outturn: 2022年预算数, 上年执行数."""
    words = "".join((*fact.column, fact.basis))
    if "决算" in words or "执行" in words:
        return "决算"
    return "预算" if "预算" in words else entry.profile.stage


def _fit_year(fact: Fact, asked: Asked, entry: CatalogueEntry) -> float:
    year = fact.year or entry.profile.year
    if asked.prior and (not asked.years or entry.profile.year in asked.years):
        earlier = year is not None and entry.profile.year is not None and year < entry.profile.year
        return 0.0 if earlier or fact.measure == "上年" else -6.0
    if asked.years:
        if year in asked.years or year is None:
            return 0.0
        return (
            -0.3 if _is_stock(fact) and entry.profile.year in asked.years and year == entry.profile.year - 1 else -6.0
        )
    if year == entry.profile.year or year is None:
        return 0.0
    return -0.3 if _is_stock(fact) else -2.0


def _is_stock(fact: Fact) -> bool:
    """What an office holds is counted at the end of the year before its budget: 截至上年末共有车辆."""
    counted = fact.measure == "数量" and fact.unit not in MONEY
    return fact.source == "text" and (counted or (not fact.measure and "资产" in fact.label))


def _fit_unit(fact: Fact, asked: Asked) -> float:
    money = fact.unit in MONEY
    if fact.state is State.TEXT and (asked.unit or asked.money):
        return -6.0
    if asked.unit:
        if fact.unit == asked.unit:
            return 0.6
        if not fact.unit:
            return -1.5
        if asked.people and asked.unit == "人" and fact.unit == "人次":
            return 0.3
        return 0.0 if counted_alike(fact.unit, asked.unit) or {fact.unit, asked.unit} <= _AREAS else -6.0
    if asked.money and not money:
        return -6.0 if fact.unit else -1.0
    if not money and fact.measure in ("", "数量") and fact.source == "text":
        return -0.3
    return 0.0


def _fit_place(fact: Fact, asked: Asked, entry: CatalogueEntry) -> float:
    """The table that the question names by number, and the unit that it narrows the office to."""
    fit = 0.0
    if asked.table_code:
        digits = "".join(c for c in fact.table_code if c.isdigit())[-2:].zfill(2) if fact.table_code else fact.kind[1:]
        fit += 1.0 if digits == asked.table_code else -6.0
    if asked.own_level and not fact.entity and fact.source == "table" and entry.profile.subordinates:
        fit -= 6.0  # of all units together
    if (
        asked.own_level
        and fact.entity
        and without_level(canonical(fact.entity)) != canonical(entry.profile.organisation)
    ):
        fit -= 3.0
    return fit
