"""Pages without a text layer: rendered, straightened, their own rules found, their cells and lines recognised.

Recognition is per cell of our own grid, so that a figure can never slip into the next column; `proof` then holds the
figures against the sums of their table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from index.model import BBox, Document, Finding, Grid, GridCell, Line, Locator, Page, Severity
from index.read.image import Box, Drawn, Straight, drawn, line_height, straighten, text_rows
from index.read.lattice import frames, grid_of
from index.read.lines import is_page_number
from index.read.proof import proofread
from index.read.recognise import Recogniser, Seen, available, recogniser

if TYPE_CHECKING:
    from index.read.image import Grey

DPI = 200
MAX_SIDE = 6000  # pixels; a larger sheet is rendered at fewer dots an inch
SMALLEST = 4.0  # points: lower runs of ink are strokes and dots, not lines
MARGIN = 0.25  # paper around a line, in its height
DARK = 160  # grey level of ink
LEGIBLE = 0.5  # lines outside tables recognised with less are smudges
CERTAIN = 0.6  # mean score of its lines from which a page stands upright
PROBES = 10  # lines by which that is told
PROBE_WIDTH = 16  # and how much of each, in its height
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
Progress = Callable[[int, int], None]


def recognised(document: Document, data: bytes, progress: Progress | None = None) -> Document:
    """The document with every page that needs OCR recognised; without the extra `ocr`, with a finding that says so."""
    waiting = [page.number for page in document.pages if page.needs_ocr]
    if not waiting:
        return document
    others = tuple(finding for finding in document.findings if finding.rule != "needs-ocr")
    if not available():
        return replace(document, findings=(*others, _not_installed(waiting)))
    pages = {page.number: page for page in document.pages}
    findings: list[Finding] = []
    pdf = pdfium.PdfDocument(data)
    try:
        for done, number in enumerate(waiting, 1):
            handle = pdf[number - 1]
            pages[number], found = read_scan(handle, pages[number], recogniser())
            handle.close()
            findings += found
            if progress:
                progress(done, len(waiting))
    finally:
        pdf.close()
    kind = "scan" if len(waiting) == len(document.pages) else document.format
    return replace(document, format=kind, pages=tuple(pages.values()), findings=(*others, *findings))


def _not_installed(numbers: Sequence[int]) -> Finding:
    shown = "、".join(map(str, numbers[:10])) + (" 等" if len(numbers) > 10 else "")
    message = (
        f"第 {shown} 页（共 {len(numbers)} 页）是扫描图像，没有可读的文字；"
        "请运行 pip install 'mingzhang[ocr]' 安装文字识别组件后重新导入。"
    )
    return Finding("needs-ocr", Severity.WARNING, message, tuple(Locator(n) for n in numbers), origin="extraction")


def read_scan(handle: pdfium.PdfPage, page: Page, reader: Recogniser) -> tuple[Page, tuple[Finding, ...]]:
    """One page from its image, whichever way up it lies."""
    dpi = int(min(DPI, 72 * MAX_SIDE / max(page.width, page.height, 1.0)))
    grey = _rendered(handle, dpi)
    reading = read_image(grey, upright(grey, dpi, reader), dpi, page.number, reader)
    return replace(page, flow=reading.flow(), needs_ocr=False), reading.findings


def upright(grey: Grey, dpi: int, reader: Recogniser) -> int:
    """By how many quarter turns (counter-clockwise) a page comes to stand upright, told by its widest lines.

    Digits and strokes can be read upside down with confidence; Chinese cannot, so only lines with enough of it count.
    """
    best, certainty = 0, 0.0
    for turns in (0, 2, 1, 3):
        seen = reader.lines(_widest_lines(straighten(grey, dpi, turns)))
        scores = [line.score if len(_CHINESE.findall(line.text)) >= 4 else 0.0 for line in seen if len(line.text) > 1]
        mean = sum(scores) / len(scores) if scores else 0.0
        if mean > certainty:
            best, certainty = turns, mean
        if certainty >= CERTAIN:
            break
    return best


def _widest_lines(page: Straight) -> list[Grey]:
    """The beginnings of the lines with most ink on a page."""
    marks = drawn(page)
    height = line_height([marks.ink], SMALLEST * page.dpi / 72)
    boxes = [box for box in text_rows(marks.ink, height) if box[3] - box[1] < 3 * height]
    boxes.sort(key=lambda box: box[0] - box[2])
    pieces = ((x0, y0, min(x1, x0 + int(PROBE_WIDTH * height)), y1) for x0, y0, x1, y1 in boxes[:PROBES])
    return [_crop(marks.grey, piece, height * MARGIN) for piece in pieces]


def _rendered(handle: pdfium.PdfPage, dpi: int) -> Grey:
    import numpy as np

    pixels = handle.render(scale=dpi / 72, grayscale=True).to_numpy()
    return np.array(pixels[..., 0] if pixels.ndim == 3 else pixels, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read one way up. Grids and lines are in points of the upright page, from its top left."""

    page: Straight
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]
    certainty: float  # mean score by length of text
    findings: tuple[Finding, ...]

    def flow(self) -> tuple[Line | Grid, ...]:
        """Lines and grids from top to bottom, with their boxes on the page as it was scanned."""
        items: list[Line | Grid] = [*(line for line in self.lines if not is_page_number(line.text)), *self.grids]
        items.sort(key=lambda item: item.bbox[1] if item.bbox else 0.0)
        return tuple(self._placed(item) for item in items)

    def _placed(self, item: Line | Grid) -> Line | Grid:
        if isinstance(item, Line):
            return replace(item, bbox=self._original(item.bbox))
        cells = tuple(replace(cell, bbox=self._original(cell.bbox)) for cell in item.cells)
        return replace(item, cells=cells, bbox=self._original(item.bbox))

    def _original(self, box: BBox | None) -> BBox | None:
        if box is None:
            return None
        scale = self.page.dpi / 72
        x0, y0, x1, y1 = self.page.original(*(value * scale for value in box))
        return x0 / scale, y0 / scale, x1 / scale, y1 / scale


def read_image(grey: Grey, turns: int, dpi: int, number: int, reader: Recogniser) -> Reading:
    """Read a page image after so many quarter turns: the cells of its grids, then what stands outside them."""
    page = straighten(grey, dpi, turns)
    marks = drawn(page)
    ruled = [grid_of(frame, (), number) for frame in frames(marks.horizontal, marks.vertical)]
    grids: list[Grid] = []
    findings: list[Finding] = []
    for frame in ruled:
        grid = _filled(frame, marks, dpi, reader) if frame is not None and len(frame.cells) > 1 else None
        if grid is not None and any(cell.text for cell in grid.cells):
            checked, doubts = proofread(grid, lambda cell: _again(cell, marks, dpi, reader))
            grids.append(checked)
            findings += doubts
    lines, scores = _prose(page, grids, number, reader)
    scores += [(cell.score, len(cell.text)) for grid in grids for cell in grid.cells]
    weight = sum(length for _, length in scores)
    certainty = sum(score * length for score, length in scores) / weight if weight else 0.0
    return Reading(page, tuple(grids), tuple(lines), certainty, tuple(findings))


def _filled(grid: Grid, marks: Drawn, dpi: int, reader: Recogniser) -> Grid:
    """The grid with the text of every cell, its lines recognised in one batch; a blank cell is not looked at."""
    patches = [_patch(cell, marks.ink, dpi) for cell in grid.cells]
    height = line_height(patches, SMALLEST * dpi / 72)
    images: list[Grey] = []
    owners: list[int] = []
    for k, (cell, patch) in enumerate(zip(grid.cells, patches, strict=True)):
        for box in text_rows(patch, height):
            images.append(_crop(_patch(cell, marks.grey, dpi), box, height * MARGIN))
            owners.append(k)
    read: dict[int, list[Seen]] = {}
    for k, seen in zip(owners, reader.lines(images), strict=True):
        read.setdefault(k, []).append(seen)
    cells = tuple(_with_text(cell, read.get(k, [])) for k, cell in enumerate(grid.cells))
    return replace(grid, cells=cells, method="ocr")


def _with_text(cell: GridCell, lines: Sequence[Seen]) -> GridCell:
    """A cell with its lines joined; it is as sure as the least sure of them."""
    text = "".join(line.text.strip() for line in lines)
    return replace(cell, text=text, score=min((line.score for line in lines), default=1.0))


def _patch(cell: GridCell, image: Grey, dpi: int) -> Grey:
    x0, y0, x1, y1 = (int(value * dpi / 72) for value in cell.bbox or (0.0, 0.0, 0.0, 0.0))
    return image[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]


def _crop(patch: Grey, box: Box, margin: float) -> Grey:
    """A line of text with some paper around it, as the recogniser has learnt to see lines."""
    import numpy as np

    x0, y0, x1, y1 = box
    return np.pad(patch[y0:y1, x0:x1], int(margin), constant_values=255)


def _again(cell: GridCell, marks: Drawn, dpi: int, reader: Recogniser) -> list[str]:
    """The text of a cell read at other sizes and margins."""
    import cv2
    import numpy as np

    ink, grey = _patch(cell, marks.ink, dpi), _patch(cell, marks.grey, dpi)
    boxes = text_rows(ink, line_height([ink], SMALLEST * dpi / 72))
    texts = []
    for scale, margin in ((1.0, 0.6), (1.5, 0.3), (2.0, 0.5)):
        crops = [_crop(grey, box, (box[3] - box[1]) * margin) for box in boxes]
        sized = [
            cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC).astype(np.uint8) for crop in crops
        ]
        texts.append("".join(seen.text.strip() for seen in reader.lines(sized)))
    return texts


def _prose(
    page: Straight, grids: Sequence[Grid], number: int, reader: Recogniser
) -> tuple[list[Line], list[tuple[float, int]]]:
    """The lines outside the grids, those at one height made one, with the score and length of each piece."""
    grey, dpi = page.grey.copy(), page.dpi
    for grid in grids:
        x0, y0, x1, y1 = (int(value * dpi / 72) for value in grid.bbox or (0.0, 0.0, 0.0, 0.0))
        grey[y0 : y1 + 1, x0 : x1 + 1] = 255
    if not (grey < DARK).any():
        return [], []
    seen = sorted(
        (s for s in reader.search(grey) if s.box and s.score >= LEGIBLE), key=lambda s: s.box[1] if s.box else 0
    )
    rows: list[list[Seen]] = []
    for piece in seen:
        if rows and _level(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(row, number, 72 / dpi) for row in rows], [(s.score, len(s.text)) for s in seen]


def _level(a: Seen, b: Seen) -> bool:
    """Whether two pieces stand on one printed line: half of the lower one's height is shared."""
    assert a.box is not None
    assert b.box is not None
    shared = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return shared > 0.5 * min(a.box[3] - a.box[1], b.box[3] - b.box[1])


def _line(row: Sequence[Seen], number: int, scale: float) -> Line:
    ordered = sorted((seen.box, seen.text.strip()) for seen in row if seen.box is not None)
    boxes = [box for box, _ in ordered]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    x0, top, x1, bottom = (value * scale for value in box)
    return Line("  ".join(text for _, text in ordered), number, (x0, top, x1, bottom))
