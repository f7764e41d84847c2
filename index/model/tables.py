"""What understanding returns: who published a document, its whole tables, its sections and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from index.model.pages import BBox, Line, Locator


@dataclass(frozen=True, slots=True)
class Profile:
    """Who published the document, for which year, at which stage; read from its title page, prose and tables."""

    organisation: str  # full name as printed: 青山市工业和信息化局
    aliases: tuple[str, ...]  # abbreviations the document itself uses, and those derived from the name
    year: int | None
    stage: str  # 预算 | 决算 | ""
    level: str  # 部门 | 单位 | ""
    region: str  # 青山市 | 青山市东湖区 | ""
    subordinates: tuple[str, ...] = ()
    title: str = ""  # 2022年度青山市工业和信息化局部门决算


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a stitched table: the text of a merged cell stands once, at its top left."""

    text: str
    page: int
    bbox: BBox | None = None
    rows: int = 1
    cols: int = 1
    score: float = 1.0


@dataclass(frozen=True)
class Table:
    """A whole table: continued pages joined, repeated headers dropped.

    `columns[i]` is the header path of column i from the top down ("决算数", "公务用车购置及运行维护费", "小计");
    `rows` hold body cells only and are as wide as `columns`. `form` tables (自评表, 绩效目标表) nest blocks and have no
    single header: their `columns` may be empty paths.
    """

    number: int  # 1-based order in the document
    title: str  # as printed, white space inside removed: 2023年部门收支预算表
    code: str  # 公开01表, 预算01表, ""
    unit: str  # 元 | 万元 | ... | "" (not stated)
    pages: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[str, ...] = ()
    organisation: str = ""
    period: str = ""  # as printed: 2022年度
    form: bool = False
    kind: str = ""  # id in vocabulary/tables.yaml: F05; "" when unknown
    empty: bool = False  # exists only as a heading and a note: 本表为空表
    confidence: float = 1.0
    method: str = "rules"

    @cached_property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(cell.text for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the span of prose under it."""

    number: int  # order in the document
    level: int  # 1 第一部分, 2 一、, 3 （一）, 4 1.
    title: str  # 九、财政拨款“三公”经费支出决算情况说明
    path: tuple[str, ...]  # titles from the top down, itself last
    page: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose between two breaks. `text` is its lines joined without a break; `starts[i]` is where line i begins in it."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    section: int  # Section.number; 0 before the first heading

    def places(self, start: int, end: int) -> tuple[Locator, ...]:
        """Where the characters start..end stand: one locator a printed line that they touch."""
        ends = (*self.starts[1:], len(self.text))
        spans = zip(self.lines, self.starts, ends, strict=True)
        return tuple(Locator(line.page, line.bbox) for line, a, b in spans if a < end and start < b)
