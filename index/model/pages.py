"""What a reader returns: places, printed lines and ruled regions by page, and what was found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

BBox = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a document: a page and, where the format has geometry, the box on it."""

    page: int
    bbox: BBox | None = None


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
