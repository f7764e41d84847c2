"""PDF -> Document: glyphs and rules through PDFium, grids where rules enclose cells, lines everywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium

from index.errors import BrokenFile, PasswordNeeded
from index.model import Document, Finding, Grid, Line, Locator, Page, Severity
from index.read.few_rules import sparse_grids
from index.read.glyphs import Glyph, RawPage, raw_page
from index.read.lattice import covers, frames, grid_of
from index.read.lines import is_page_number, lines_of

SECONDS_A_PAGE = 20.0
_MARGIN = 0.08  # of the page height: where running page numbers stand

Progress = Callable[[int, int], None]  # pages read, pages in all


def read_pdf(data: bytes | Path, name: str, sha256: str, progress: Progress | None = None) -> Document:
    """Read every page. Raises PasswordNeeded and BrokenFile; a page that fails alone is a Finding."""
    pdf = _open(data, name)
    pages: list[Page] = []
    findings: list[Finding] = []
    try:
        total = len(pdf)
        for number in range(1, total + 1):
            page, found = _read_page(pdf, number)
            pages.append(page)
            findings.extend(found)
            if progress:
                progress(number, total)
    finally:
        pdf.close()
    if not pages:
        raise BrokenFile(name, " PDF ")
    return Document(name, sha256, "pdf", tuple(pages), tuple(findings))


def _open(data: bytes | Path, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordNeeded(name) from error
        raise BrokenFile(name, " PDF ") from error


def _read_page(pdf: pdfium.PdfDocument, number: int) -> tuple[Page, tuple[Finding, ...]]:
    try:
        handle = pdf[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0.0, 0.0), (_page_fault("unreadable-page", number, f"第{number}页无法解析，已跳过。"),)
    try:
        printed = raw_page(handle, number)
    finally:
        handle.close()
    return lay_out(printed)


def lay_out(printed: RawPage) -> tuple[Page, tuple[Finding, ...]]:
    """What is printed on a page -> its flow of lines and grids."""
    number = printed.number
    if printed.unmapped > len(printed.glyphs) or (not printed.glyphs and printed.images):
        page = Page(number, printed.width, printed.height, (), printed.rotation, needs_ocr=True)
        return page, (
            _page_fault(
                "needs-ocr", number, f"第{number}页没有可读的文字层（扫描件或字体无文字编码），需要文字识别（OCR）。"
            ),
        )
    findings = []
    if printed.crowded:
        findings.append(_page_fault("crowded-page", number, f"第{number}页的线条过多，超出部分未作为表格线处理。"))
    deadline = time.monotonic() + SECONDS_A_PAGE
    grids = ruled_grids(printed, deadline)
    rest = [g for g in printed.glyphs if not any(grid.bbox and covers(grid.bbox, g) for grid in grids)]
    if not grids or len(rest) > 40:
        sparse = sparse_grids(rest, printed)
        if sparse:
            grids = (*grids, *sparse)
            rest = [g for g in rest if not any(grid.bbox and covers(grid.bbox, g) for grid in sparse)]
    if time.monotonic() > deadline:
        findings.append(_page_fault("slow-page", number, f"第{number}页过于复杂，读取超时，表格可能不完整。"))
    flow = _flow(lines_of(rest, number), grids, printed.height)
    return Page(number, printed.width, printed.height, flow, printed.rotation), tuple(findings)


def ruled_grids(printed: RawPage, deadline: float) -> tuple[Grid, ...]:
    """The grids whose cells are ruled on both sides. A lone box around prose is no grid."""
    grids: list[Grid] = []
    for frame in frames(printed.horizontal, printed.vertical):
        if time.monotonic() > deadline:
            break
        grid = grid_of(frame, printed.glyphs, printed.number)
        if grid and len(grid.cells) >= 2 and any(cell.text for cell in grid.cells):
            grids.append(grid)
    grids.sort(key=lambda grid: (grid.bbox or (0, 0, 0, 0))[1])
    return tuple(_outermost(grids))


def _outermost(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Grids that do not lie inside another."""
    for grid in grids:
        a = grid.bbox
        inside = any(
            a
            and b
            and other is not grid
            and b[0] - 1 <= a[0]
            and b[1] - 1 <= a[1]
            and a[2] <= b[2] + 1
            and a[3] <= b[3] + 1
            for other in grids
            if (b := other.bbox)
        )
        if not inside:
            yield grid


def _flow(lines: Sequence[Line], grids: Sequence[Grid], height: float) -> tuple[Line | Grid, ...]:
    """Lines and grids from top to bottom, running page numbers left out."""
    items: list[tuple[float, Line | Grid]] = []
    for line in lines:
        top, bottom = (line.bbox[1], line.bbox[3]) if line.bbox else (0.0, 0.0)
        if is_page_number(line.text) and (bottom < _MARGIN * height or top > (1 - _MARGIN) * height):
            continue
        items.append((top, line))
    items += [(grid.bbox[1] if grid.bbox else 0.0, grid) for grid in grids]
    items.sort(key=lambda pair: pair[0])
    return tuple(item for _, item in items)


def _page_fault(rule: str, page: int, message: str) -> Finding:
    return Finding(rule, Severity.WARNING, message, (Locator(page),), origin="extraction")


def visible_text(glyphs: Sequence[Glyph]) -> str:
    """The glyphs as one string, for counting and comparing."""
    return "".join(g.text for g in glyphs)
