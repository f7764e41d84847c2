"""What the rows of a list are: projects, purchases, units, sources of income, accounts, indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from index.model import CatalogueEntry, Fact, Found
from index.offices import without_level
from index.vocabulary import Account, load_vocabulary
from index.wording import canonical
from index.written import written_yaml
from qa.link import is_total
from qa.model import Intent
from qa.organisations import same_unit, span_mask

_UNIT = r"(?:单位|机构|部门|学校|小学|中学|初中|高中|幼儿园|医院|卫生院)"
_WITHIN = {"学校": "学|校|教育中心|幼儿园", "中学": "中学", "初中": "初级?中", "高中": "高级?中|高中"}
_SETTING = re.compile(r"合计|总计|小计|本年(?:收入|支出)$|^(?:收入|支出)$")
_ITEMISED = frozenset({"B12", "F13"})
_TWO_SIDED = frozenset({"B01", "F01", "B04", "F04"})


class RowKind(StrEnum):
    INDICATORS = "indicators"
    SERVICES = "services"  # bought from others: 政府购买服务
    PURCHASES = "purchases"
    UNITS = "units"
    SOURCES = "sources"
    PROJECTS = "projects"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class Rows:
    """The kind of row asked for, the characters that ask for it, and which units where only some are meant."""

    kind: RowKind
    mask: int
    unit: str = ""
    accounts: frozenset[Account] = frozenset()  # as the document prints them elsewhere

    def among(self, facts: Iterable[Found]) -> Rows:
        """The same rows in a document with these figures, which tell how its accounts are called."""
        coded = (f.fact for f in facts if f.fact.code and f.fact.kind not in _ITEMISED)
        return replace(self, accounts=frozenset(Account(fact.code, canonical(fact.label)) for fact in coded))

    @property
    def some(self) -> bool:
        """Whether only some of the rows of this kind are meant: schools among the units."""
        return self.unit not in ("", "单位", "机构", "部门")

    def holds(self, fact: Fact, entry: CatalogueEntry) -> bool:
        """Whether a figure stands in a row of this kind."""
        if fact.source != "table" or is_total(fact.label) or _SETTING.search(fact.label):
            return False
        return _HOLDS[self.kind](fact, entry, self)


@cache
def _asked() -> Mapping[RowKind, tuple[re.Pattern[str], ...]]:
    told: dict[str, list[str]] = written_yaml("qa.respond", "row_kinds.yaml")
    return {RowKind(kind): tuple(re.compile(p.replace("{unit}", _UNIT)) for p in some) for kind, some in told.items()}


def rows_asked(intent: Intent) -> Rows | None:
    """The kind of row that a question asks for; None where it names none."""
    return _named_in(intent.topic.text)


@lru_cache(maxsize=1024)
def _named_in(text: str) -> Rows | None:
    for kind, patterns in _asked().items():
        spans = [match.span() for pattern in patterns for match in pattern.finditer(text)]
        if spans:
            said = next((text[a:b] for a, b in spans), "")
            noun = re.search(_UNIT + "$", said) if kind is RowKind.UNITS else None
            return Rows(kind, span_mask(spans), noun.group() if noun else "")
    return None


def is_figure_of_unit(fact: Fact, entry: CatalogueEntry) -> bool:
    """Whether a header names the figure and the row is of a unit: 公务接待费 of each in a table of 三公经费."""
    named = canonical(fact.label) in map(canonical, fact.column) or fact.scope == "三公经费"
    owners, owner = (entry.profile.organisation, *entry.profile.subordinates), without_level(canonical(fact.entity))
    return named and bool(owner) and any(same_unit(owner, without_level(canonical(name))) for name in owners if name)


def is_unit_row(fact: Fact, entry: CatalogueEntry) -> bool:
    """Whether the row is of a unit as a whole."""
    label = canonical(fact.label)
    names = (fact.entity, entry.profile.organisation, *entry.profile.subordinates)
    return bool(label) and any(without_level(label) == without_level(canonical(name)) for name in names if name)


def _unit(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    wanted = _WITHIN.get(rows.unit, rows.unit) if rows.some else ""
    of_unit = is_unit_row(fact, entry) or is_figure_of_unit(fact, entry)
    return of_unit and bool(not wanted or re.search(wanted, fact.entity or fact.label))


def is_project(fact: Fact, accounts: frozenset[Account] = frozenset()) -> bool:
    """Whether the row of a table of projects is of one project, also where the account it is paid from is printed beside."""
    return fact.kind in _ITEMISED and not (fact.code and _is_of_account(fact, accounts))


def _is_of_account(fact: Fact, accounts: frozenset[Account]) -> bool:
    """Whether a coded row is of the account itself: it bears its name; one not known stands only under those above it."""
    printed = {account.name for account in accounts if account.code == fact.code}
    if known := load_vocabulary().accounts.get(fact.code):
        printed |= {canonical(name) for name in (known.name, *known.formerly)}
    levels = len(fact.code) // 2  # 类, 款 or 项: 3, 5 or 7 digits
    return canonical(fact.label) in printed if printed else len(fact.path) < levels


def _project(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    described = fact.kind == "B15" and bool(fact.column) and not fact.entity and not fact.code  # a row a project
    return (is_project(fact, rows.accounts) or described) and not is_unit_row(fact, entry)


def _purchase(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    whole_class = re.fullmatch("(?:货物|工程|服务)类?", canonical(fact.label))
    return fact.kind == "B16" and "采购" in fact.title and not whole_class and not is_unit_row(fact, entry)


def _service(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    return "购买服务" in fact.title


def _source(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    return fact.kind in _TWO_SIDED and fact.path == ("收入",)


def _account(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    if fact.code:
        return fact.code[0] in "235" and not is_project(fact, rows.accounts)
    if fact.kind in _TWO_SIDED:
        name = canonical(fact.label).removesuffix("支出")
        return fact.path[:1] == ("支出",) and name in class_names()
    return bool(fact.path) and not fact.entity  # what a row of no account is made up of: 项目支出, 日常运转类项目


def _indicator(fact: Fact, entry: CatalogueEntry, rows: Rows) -> bool:
    return bool(fact.entity) and fact.measure in ("指标值", "实际值", "得分", "分值") and "资金" not in fact.label


_HOLDS = {
    RowKind.INDICATORS: _indicator,
    RowKind.SERVICES: _service,
    RowKind.PURCHASES: _purchase,
    RowKind.UNITS: _unit,
    RowKind.SOURCES: _source,
    RowKind.PROJECTS: _project,
    RowKind.ACCOUNTS: _account,
}


@cache
def class_names() -> frozenset[str]:
    """The names of the functional classes, 类, without their usual ending."""
    accounts = load_vocabulary().accounts.values()
    return frozenset(
        canonical(n).removesuffix("支出") for a in accounts if len(a.code) == 3 for n in (a.name, *a.formerly)
    )
