"""Workbooks (xlsx, xls) -> Document: a page a sheet, figures as the sheet shows them, merged cells as spans."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from index.errors import BrokenFile, NothingToRead, PasswordNeeded, TableTooLarge
from index.model import Document, Finding, Grid, GridCell, Line, Locator, Page, Severity
from index.read.archive import guard_package
from index.read.layout import is_caption, make_grid, numbered, unfold
from index.read.shown import show

MAX_EMPTY_ROWS = 10_000  # a sheet has ended when that many rows one after another hold nothing
MAX_CELLS = 1_000_000  # cells with content in one sheet

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_UNCOMPUTED = re.compile(  # a formula whose result was never stored: <c r="B7"><f>B5+B6</f><v/></c>
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CHUNK = 4 << 20
_OVERLAP = 16_384
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_DEFAULT_TITLE = re.compile(r"^(?:Sheet|工作表|表)\s*\d*$", re.IGNORECASE)

Span = tuple[int, int]  # rows, columns


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a sheet holds: `cells` by (row, column) from 0, only those with text; spans of merged cells."""

    title: str
    cells: dict[tuple[int, int], str]
    spans: dict[tuple[int, int], Span]
    findings: tuple[Finding, ...] = ()


def read_xlsx(data: bytes, name: str, sha256: str) -> Document:
    """An Excel workbook. Raises BrokenFile, ArchiveBomb, TableTooLarge, NothingToRead."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    guard_package(data, name)
    sheets: list[_Sheet] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = _sheet_parts(package)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for number, sheet in enumerate(book.worksheets, 1):
                if sheet.sheet_state != "visible":
                    sheets.append(_hidden(sheet.title, number))
                    continue
                sheet.reset_dimensions()  # what the file claims of its extent is often wrong
                cells, ended = _collect(
                    ("" if cell.value is None else show(cell.value, cell.number_format) for cell in row)
                    for row in sheet.iter_rows()
                )
                spans, uncomputed = _scan(package, parts.get(sheet.title, ""))
                findings = _findings(number, sheet.title, ended, uncomputed)
                sheets.append(_Sheet(sheet.title, cells, spans, findings))
    except (InvalidFileException, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, OSError) as fault:
        raise BrokenFile(name, "Excel 工作簿") from fault
    return _document(sheets, name, sha256, "xlsx")


def read_xls(data: bytes, name: str, sha256: str) -> Document:
    """An Excel 97–2003 workbook. Raises BrokenFile, PasswordNeeded, TableTooLarge, NothingToRead.

    The reader gives numbers without their formats: in a column whose figures have at most two decimals, and some have
    them, all are shown with two, as budget tables are printed.
    """
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    sheets: list[_Sheet] = []
    try:
        book = load_workbook(io.BytesIO(data))
        for number, meta in enumerate(book.sheets_metadata, 1):
            if meta.visible != SheetVisibleEnum.Visible:
                sheets.append(_hidden(meta.name, number))
                continue
            sheet = book.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=False)
            money = _money_columns(rows)
            cells, ended = _collect(
                (
                    show(value, "0.00" if c in money and type(value) in (int, float) else "")
                    for c, value in enumerate(row)
                )
                for row in rows
            )
            spans = {
                top: (bottom[0] - top[0] + 1, bottom[1] - top[1] + 1) for top, bottom in sheet.merged_cell_ranges or ()
            }
            sheets.append(_Sheet(meta.name, cells, spans, _findings(number, meta.name, ended, ())))
    except PasswordError as fault:
        raise PasswordNeeded(name) from fault
    except (CalamineError, ValueError, OSError) as fault:
        raise BrokenFile(name, "Excel 工作簿") from fault
    return _document(sheets, name, sha256, "xls")


def _document(sheets: Iterable[_Sheet], name: str, sha256: str, kind: str) -> Document:
    pages: list[Page] = []
    findings: list[Finding] = []
    for number, sheet in enumerate(sheets, 1):
        pages.append(numbered(_flow(sheet), number))
        findings += sheet.findings
    if not any(page.flow for page in pages):
        raise NothingToRead(name)
    return Document(name, sha256, kind, tuple(pages), tuple(findings))


def _flow(sheet: _Sheet) -> Iterator[Line | Grid]:
    """The tables of a sheet one after another; a sheet that prints no title over its table is called by its tab."""
    items = [item for cells in _blocks(sheet) for item in _unfolded(cells)]
    if items and isinstance(items[0], Grid) and not _DEFAULT_TITLE.match(sheet.title):
        yield Line(sheet.title, 1)
    yield from items


def _unfolded(cells: list[GridCell]) -> tuple[Line | Grid, ...]:
    grid = make_grid(cells, 1, "markup")
    return unfold(grid) if grid else ()


def _blocks(sheet: _Sheet) -> list[list[GridCell]]:
    """The cells of each table of a sheet: a caption after a blank row begins the next."""
    rows: dict[int, list[GridCell]] = {}
    for (row, col), text in sorted(sheet.cells.items()):
        rows.setdefault(row, []).append(GridCell(row, col, *sheet.spans.get((row, col), (1, 1)), text))
    blocks: list[list[GridCell]] = []
    reached = -1  # the last row that belongs to what has been read, merged cells included
    for row, cells in rows.items():
        if not blocks or (row > reached + 1 and is_caption([cell.text for cell in cells])):
            blocks.append([])
        blocks[-1] += cells
        reached = max(reached, *(row + cell.rows - 1 for cell in cells))
    return blocks


def _collect(rows: Iterable[Iterable[str]]) -> tuple[dict[tuple[int, int], str], int | None]:
    """The cells with text, and the row after which a sheet that goes on empty was given up."""
    cells: dict[tuple[int, int], str] = {}
    last = -1
    for r, row in enumerate(rows):
        before = len(cells)
        cells.update({(r, c): text for c, text in enumerate(row) if text})
        if len(cells) > before:
            last = r
        elif r - last > MAX_EMPTY_ROWS:
            return cells, last
        if len(cells) > MAX_CELLS:
            raise TableTooLarge(r, max(c for _, c in cells) + 1)
    return cells, None


def _findings(number: int, title: str, ended: int | None, uncomputed: tuple[str, ...]) -> tuple[Finding, ...]:
    out: list[Finding] = []
    if ended is not None:
        message = f"工作表“{title}”第 {ended + 1} 行之后连续 {MAX_EMPTY_ROWS} 行以上为空，其后的内容未读取。"
        out.append(Finding("sheet-end", Severity.INFO, message, (Locator(number),)))
    if uncomputed:
        some = "、".join(uncomputed[:5])
        message = (
            f"工作表“{title}”有 {len(uncomputed)} 个公式没有保存计算结果（{some} 等），这些单元格按空白读取；"
            "请用 Excel 打开并保存一次后重新上传。"
        )
        out.append(Finding("sheet-formula", Severity.WARNING, message, (Locator(number),), origin="extraction"))
    return tuple(out)


def _hidden(title: str, number: int) -> _Sheet:
    message = f"工作表“{title}”是隐藏的，没有读取。"
    return _Sheet(title, {}, {}, (Finding("sheet-hidden", Severity.INFO, message, (Locator(number),)),))


# ------------------------------------------------------------------------------------------------------------- xlsx


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet title -> part of the package that holds it."""
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    sheets = etree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    parts = {sheet.get("name", ""): targets.get(sheet.get(_RELATION), "") for sheet in sheets}
    return {title: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for title, part in parts.items()}


def _scan(package: zipfile.ZipFile, part: str) -> tuple[dict[tuple[int, int], Span], tuple[str, ...]]:
    """Merged cells, and formulas without a result, straight from the part: streamed reading passes over both."""
    from openpyxl.utils.cell import column_index_from_string

    spans: dict[tuple[int, int], Span] = {}
    uncomputed: dict[str, None] = {}
    if part not in package.namelist():
        return spans, ()
    window = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = window[-_OVERLAP:] + chunk
            uncomputed |= dict.fromkeys(found.group(1).decode() for found in _UNCOMPUTED.finditer(window))
            for found in _MERGE.finditer(window):
                left, top, right, bottom = (part.decode() for part in found.groups())
                start = (int(top) - 1, column_index_from_string(left) - 1)
                spans[start] = (int(bottom) - start[0], column_index_from_string(right) - start[1])
    return spans, tuple(uncomputed)


# -------------------------------------------------------------------------------------------------------------- xls


def _money_columns(rows: Sequence[Sequence[object]]) -> set[int]:
    """Columns whose figures have at most two decimals, and some of them have them."""
    broken: dict[int, set[int]] = {}
    for row in rows:
        for col, value in enumerate(row):
            if isinstance(value, float):
                places = len(show(value).partition(".")[2])
                broken.setdefault(col, set()).add(places)
    return {col for col, places in broken.items() if max(places) in (1, 2)}
