"""The words the index speaks: what travels between reading, table understanding, facts and the stores.

Every value is frozen. Geometry is in PDF points with the origin at the top left of the page; money is `Decimal` beside
its printed text and its unit; a page number counts from 1 (a sheet, a chapter or a screenful where a format has no pages).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

BBox = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a document: a page and, where the format has geometry, the box on it."""

    page: int
    bbox: BBox | None = None


# ---------------------------------------------------------------------------------------------- what a reader returns


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters on one line without a gap."""

    text: str
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of prose (never of a table), in reading order."""

    text: str
    page: int
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a ruled region; `rows` and `cols` are its spans."""

    row: int
    col: int
    rows: int
    cols: int
    text: str
    bbox: BBox | None = None
    score: float = 1.0  # how sure the reader is of the text; below 1 only for recognised (OCR) text


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled (or inferred) region of one page. Cells do not overlap and are sorted by row, then column."""

    page: int
    n_rows: int
    n_cols: int
    cells: tuple[GridCell, ...]
    bbox: BBox | None = None
    method: str = "rules"  # rules | lines | words | pdfplumber | ocr | markup | text


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: prose lines (table text excluded), grids, and the order in which both stand on the page.

    `flow` lists the page's items from top to bottom: a Line or a Grid.
    """

    number: int
    width: float
    height: float
    flow: tuple[Line | Grid, ...] = ()
    rotation: int = 0
    needs_ocr: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(item for item in self.flow if isinstance(item, Line))

    @property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(item for item in self.flow if isinstance(item, Grid))


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ROUNDING = "rounding"
    SCOPE = "scope"  # two figures of different scope that a reader could confuse
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault or oddity in the data, with its place. `rule` names the check (see index/tables/check.py)."""

    rule: str
    severity: Severity
    message: str  # one sentence, Chinese
    places: tuple[Locator, ...] = ()
    figures: tuple[str, ...] = ()  # the figures compared, as printed with unit
    origin: str = "document"  # document | extraction: whose fault it looks like
    facts: tuple[str, ...] = ()  # keys of the facts compared


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `sha256` is of the file's bytes and is its identity in the stores."""

    name: str  # file name with suffix
    sha256: str
    format: str  # pdf | scan | docx | xlsx | xls | html | text
    pages: tuple[Page, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def stem(self) -> str:
        return self.name.rsplit(".", 1)[0]


# ------------------------------------------------------------------------------------------ what understanding returns


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


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to retrieve. `text` is what is embedded and matched (context line first); `quote` is the bare passage."""

    key: str
    text: str
    quote: str
    section: int
    page: int
    places: tuple[Locator, ...] = ()
    table: int = 0  # a description of a table, not prose
    embed: bool = True


@dataclass(frozen=True)
class Reading:
    """Everything that is known of one document: what ingest hands to the stores."""

    document: Document
    profile: Profile
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    chunks: tuple[Chunk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one file gave: shown after an ingest and kept with the document."""

    name: str
    sha256: str
    status: str  # added | unchanged | replaced | failed
    pages: int = 0
    tables: int = 0
    facts: int = 0
    chunks: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    pages_without_text: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A document as the question understander sees it."""

    name: str
    sha256: str
    format: str
    profile: Profile
    pages: int
    tables: int
    facts: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: the better the higher `score` (comparable only within one search)."""

    document: str
    chunk: Chunk
    score: float


Catalogue = Sequence[CatalogueEntry]
