"""One figure with everything that is known of it, and how facts are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from index.model.pages import Locator


class State(StrEnum):
    """What stands in the cell: things that must not be confused."""

    VALUE = "value"
    ZERO = "zero"
    BLANK = "blank"  # 未安排, which is not 0.00
    DASH = "dash"
    TEXT = "text"  # words where figures stand elsewhere: 长期, 受疫情影响


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure with everything needed to know what it says and where it stands.

    `measure` is what kind of figure it is: 预算 年初预算 全年预算 决算 上年 增减额 增减率 占比 完成率 执行率 分值 得分
    指标值 实际值 数量 偏差度 or "". `scope` is the money it counts: 全部 财政拨款 一般公共预算 政府性基金 国有资本经营
    基本支出 三公经费 机关运行经费 项目 or "".
    """

    key: str  # unique in the document: t3r12c5 for a cell, n45.2 for a figure of the prose
    source: str  # table | text
    label: str  # row label or subject, ordinal stripped: 公务接待费
    printed: str  # 1,043.40
    value: Decimal | None  # None unless state is VALUE or ZERO; a printed 减少 keeps its magnitude here
    unit: str  # 万元, 元, %, 人次, 辆, ... ; "" when unknown
    state: State
    place: Locator
    quote: str  # row | column | value for a cell; the sentence for a figure of the prose
    table: int = 0  # Table.number; 0 for prose
    kind: str = ""  # Table.kind
    title: str = ""  # Table.title
    table_code: str = ""  # Table.code: 公开09表
    code: str = ""  # account code of the row, digits only: 2013101, 30201
    path: tuple[str, ...] = ()  # parent labels from the top down: 一般公共服务支出, 党委办公厅（室）及相关机构事务
    column: tuple[str, ...] = ()  # header path of the column
    row: int = -1  # row in the table
    col: int = -1
    section: int = 0  # Section.number
    year: int | None = None
    measure: str = ""
    scope: str = ""
    direction: str = ""  # 增加 | 减少 | 持平, for changes
    basis: str = ""  # what a change or a rate is measured against: 年初预算, 上年决算, 2022年预算执行数
    reason: str = ""  # the 主要原因 clause that belongs to the figure, as printed
    entity: str = ""  # the unit inside the document that the figure belongs to, where a table lists several
    canonical: Decimal | None = None  # money in 元
    places: tuple[Locator, ...] = ()  # every line that the quote touches


@dataclass(frozen=True, slots=True)
class Found:
    """A fact together with the document it stands in."""

    document: str  # file name
    fact: Fact


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands in the place of a fact: all that an answer repeats of it."""

    value: Decimal | None
    unit: str
    printed: str


@dataclass(frozen=True, slots=True)
class Term:
    """A distinct wording of an indexed document, for linking questions to facts.

    `field` says where it stands: label | path | column | title | entity | code.
    """

    document: str
    field: str
    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class FactQuery:
    """Which facts to fetch; an empty tuple leaves that side open, several values of one side are alternatives."""

    documents: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    tables: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # column leaf
    sections: tuple[int, ...] = ()
    states: tuple[State, ...] = ()
    limit: int = 0
