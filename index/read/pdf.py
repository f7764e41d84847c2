"""PDF -> Document: glyphs and rules through PDFium, grids where rules enclose cells, lines everywhere else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from index.errors import BrokenFile, PasswordNeeded
from index.model import Document, Finding, Grid, Line, Locator, Page, Severity
from index.read.few_rules import part_grids, sparse_parts
from index.read.glyphs import Glyph, RawPage, raw_page
from index.read.lattice import frames, grid_of, uncovered
from index.read.lines import is_page_number, lines_of
from index.read.no_rules import LEAST_AMOUNTS
from index.read.parts import Part
from index.read.second import SecondReader, best_reading, found_again

SECONDS_A_PAGE = 20.0
UNREADABLE = 0.25  # characters without Unicode to those with one, from which a page needs OCR
NOTED = 10  # characters without Unicode on a page that are worth a word; fewer are bullets
_MARGIN = 0.08  # of the page height: where running page numbers stand
_FEW = 40  # glyphs outside grids: fewer are captions

Progress = Callable[[int, int], None]  # pages read, pages in all


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page laid out as far as it can be without its neighbours: parts of tables without rules wait for them."""

    page: Page  # without flow
    grids: tuple[Grid, ...]
    parts: tuple[Part, ...]
    rest: tuple[Glyph, ...]  # outside grids
    findings: tuple[Finding, ...]

    def goes_on_from(self, other: Sheet) -> bool:
        """Whether the first thing on this page is a part that the last part of the other page can continue to."""
        if not self.parts or not other.parts or not self.parts[0].goes_on_from(other.parts[-1]):
            return False
        top, bottom = self.parts[0].box[1], other.parts[-1].box[3]
        head = _words(g for g in self.rest if g.middle < top)
        foot = _words(g for g in other.rest if g.middle > bottom)
        return not foot and head <= _words(g for g in other.rest if g.middle < other.parts[0].box[1])


def _words(glyphs: Iterable[Glyph]) -> set[str]:
    """The printed lines without page numbers."""
    return {line.text for line in lines_of(glyphs, 0) if not is_page_number(line.text)}


def read_pdf(data: bytes | Path, name: str, sha256: str, progress: Progress | None = None) -> Document:
    """Read every page. Raises PasswordNeeded and BrokenFile; a page that fails alone is a Finding."""
    pdf = _open(data, name)
    second = SecondReader(data)
    pages: list[Page] = []
    findings: list[Finding] = []
    waiting: list[Sheet] = []
    try:
        total = len(pdf)
        for number in range(1, total + 1):
            sheet = _read_sheet(pdf, number)
            findings.extend(sheet.findings)
            if waiting and not sheet.goes_on_from(waiting[-1]):
                pages.extend(finished(waiting, second))
                waiting.clear()
            waiting.append(sheet)
            if progress:
                progress(number, total)
        pages.extend(finished(waiting, second))
    finally:
        pdf.close()
        second.close()
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


def _read_sheet(pdf: pdfium.PdfDocument, number: int) -> Sheet:
    try:
        handle = pdf[number - 1]
    except pdfium.PdfiumError:
        fault = _page_fault("unreadable-page", number, f"第{number}页无法解析，已跳过。")
        return Sheet(Page(number, 0.0, 0.0), (), (), (), (fault,))
    try:
        printed = raw_page(handle, number)
    finally:
        handle.close()
    return lay_out(printed)


def lay_out(printed: RawPage) -> Sheet:
    """What is printed on a page -> its ruled grids, the parts of tables with few rules, and what is left."""
    number = printed.number
    page = Page(number, printed.width, printed.height, (), printed.rotation)
    if printed.unmapped > UNREADABLE * len(printed.glyphs) or (not printed.glyphs and printed.images):
        page = Page(number, printed.width, printed.height, (), printed.rotation, needs_ocr=True)
        message = f"第{number}页没有可读的文字层（扫描件或字体无文字编码），需要文字识别（OCR）。"
        return Sheet(page, (), (), (), (_page_fault("needs-ocr", number, message),))
    findings = []
    if printed.unmapped >= NOTED:
        message = f"第{number}页有{printed.unmapped}个字符没有文字编码，未能读取，请对照原件。"
        findings.append(_page_fault("unmapped-characters", number, message))
    if printed.crowded:
        findings.append(_page_fault("crowded-page", number, f"第{number}页的线条过多，超出部分未作为表格线处理。"))
    deadline = time.monotonic() + SECONDS_A_PAGE
    grids = ruled_grids(printed, deadline)
    rest = outside(printed.glyphs, grids)
    parts = sparse_parts(rest, printed) if not grids or len(rest) > _FEW else ()
    if time.monotonic() > deadline:
        findings.append(_page_fault("slow-page", number, f"第{number}页过于复杂，读取超时，表格可能不完整。"))
    return Sheet(page, grids, parts, rest, tuple(findings))


def finished(sheets: Sequence[Sheet], second: SecondReader) -> Iterator[Page]:
    """The pages of sheets whose parts continue from one to the next."""
    chains: list[list[Part]] = []
    for i, sheet in enumerate(sheets):
        for k, part in enumerate(sheet.parts):
            if i and k == 0 and chains:
                chains[-1].append(part)
            else:
                chains.append([part])
    found = [grid for chain in chains for grid in _inferred(chain, second)]
    for sheet in sheets:
        own = [grid for grid in found if grid.page == sheet.page.number]
        grids = sorted((*sheet.grids, *own), key=lambda grid: grid.bbox[1] if grid.bbox else 0.0)
        flow = _flow(lines_of(outside(sheet.rest, own), sheet.page.number), grids, sheet.page.height)
        yield Page(
            sheet.page.number, sheet.page.width, sheet.page.height, flow, sheet.page.rotation, sheet.page.needs_ocr
        )


def _inferred(chain: Sequence[Part], second: SecondReader) -> Iterator[Grid]:
    """The grids of parts of one table; where the first reading does not tie out, one that does."""
    if chain[0].faint:
        return
    for part, grid in zip(chain, part_grids(chain), strict=True):
        if grid:
            yield best_reading(grid, second)
        elif sum(t.is_amount for line in part.lines for t in line) >= LEAST_AMOUNTS and (
            other := found_again(part.page, part.box, second)
        ):
            yield other


def outside(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[Glyph, ...]:
    """The glyphs that no grid encloses."""
    rest = list(glyphs)
    for grid in grids:
        if grid.bbox:
            rest = uncovered(grid.bbox, rest)
    return tuple(rest)


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
