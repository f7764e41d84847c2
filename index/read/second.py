"""A second opinion where columns had to be inferred: pdfplumber's other strategies, and the reading that ties out.

A budget table says most things twice. Where the sums of an inferred table break, or where lines of figures gave no
columns at all, the region is read again; another reading is taken only if it loses no figure and all its sums hold.
"""

from __future__ import annotations

import io
import logging
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.model import BBox, Grid, GridCell
from index.read.layout import make_grid
from index.read.proof import table_sums, values_of
from index.wording import squeeze

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

MARGIN = 3.0  # points around a region
FEW_BROKEN = 0.15  # share of the sums of a table
MAX_REGIONS = 40  # of one document: each costs as much as ten pages
_log = logging.getLogger(__name__)
STRATEGIES = (("text", "text"), ("text", "lines"), ("lines", "text"))  # vertical, horizontal


@dataclass(frozen=True, slots=True)
class Tie:
    """How many sums of a table hold and how many break."""

    held: int
    broken: int

    @property
    def out(self) -> bool:
        return self.held > 0 and not self.broken


@dataclass
class SecondReader:
    """Reads regions of one PDF with pdfplumber, which is opened at the first question."""

    source: bytes | Path
    _pdf: PDF | None = field(default=None, init=False)
    _asked: int = field(default=0, init=False)

    def close(self) -> None:
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None

    def readings(self, page: int, region: BBox) -> Iterator[Grid]:
        """What each strategy sees in a region; nothing where pdfplumber cannot read the page, or after too many."""
        self._asked += 1
        if self._asked > MAX_REGIONS:
            return
        try:
            yield from self._readings(page, region)
        except Exception as error:  # noqa: BLE001 - whatever it stumbles over, its opinion is only the second
            _log.info("pdfplumber could not read page %d: %s", page, error)

    def _readings(self, page: int, region: BBox) -> list[Grid]:
        import pdfplumber

        if self._pdf is None:
            self._pdf = pdfplumber.open(io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source)
        sheet = self._pdf.pages[page - 1]
        x0, top, x1, bottom = region
        left, above = max(x0 - MARGIN, 0), max(top - MARGIN, 0)
        cropped = sheet.crop((left, above, min(x1 + MARGIN, sheet.width), min(bottom + MARGIN, sheet.height)))
        grids = []
        for vertical, horizontal in STRATEGIES:
            for found in cropped.find_tables({"vertical_strategy": vertical, "horizontal_strategy": horizontal}):
                rows = zip(found.rows, found.extract(), strict=True)
                cells = [
                    (box, text or "") for row, texts in rows for box, text in zip(row.cells, texts, strict=True) if box
                ]
                grids.append(_grid(page, cells))
        sheet.close()
        return [grid for grid in grids if grid]


def best_reading(grid: Grid, reader: SecondReader) -> Grid:
    """The grid, or another reading of its region that has all its figures and sums, of which none breaks.

    One sum of many that breaks is the document's fault, or that of the guess which sums there are.
    """
    own = tie(grid)
    if own.broken <= FEW_BROKEN * (own.held + own.broken) or grid.bbox is None:
        return grid
    for other in reader.readings(grid.page, grid.bbox):
        found = tie(other)
        if found.out and found.held >= own.held and not figures(grid) - figures(other):
            return other
    return grid


def found_again(page: int, region: BBox, reader: SecondReader) -> Grid | None:
    """A reading of a region without columns whose sums all hold; None where there is none."""
    tied = [grid for grid in reader.readings(page, region) if tie(grid).out]
    return max(tied, key=lambda grid: tie(grid).held, default=None)


def tie(grid: Grid) -> Tie:
    cells = {(cell.row, cell.col): cell for cell in grid.cells}
    values = values_of(cells)
    sums = [found for found in table_sums(cells) if found.says_something(values)]
    held = sum(found.holds(values) for found in sums)
    return Tie(held, len(sums) - held)


def figures(grid: Grid) -> Counter[str]:
    """The figures of a grid with how often each is printed."""
    return Counter(text for text in map(squeeze, (cell.text for cell in grid.cells)) if re.search(r"\d", text))


def _grid(page: int, texts: Sequence[tuple[BBox, str]]) -> Grid | None:
    """pdfplumber's cells on the lattice of their own edges."""
    xs, ys = sorted({box[0] for box, _ in texts}), sorted({box[1] for box, _ in texts})
    cells = []
    for (x0, top, x1, bottom), text in texts:
        row, col = bisect_left(ys, top), bisect_left(xs, x0)
        rows, cols = bisect_left(ys, bottom) - row, bisect_left(xs, x1) - col
        cells.append(GridCell(row, col, rows, cols, text.replace("\n", ""), (x0, top, x1, bottom)))
    grid = make_grid(cells, page, "pdfplumber")
    if grid is None:
        return None
    return replace(grid, bbox=(xs[0], ys[0], max(box[2] for box, _ in texts), max(box[3] for box, _ in texts)))
