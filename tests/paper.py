"""Small PDFs drawn in a test: text and rules placed in points from the top left of the page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from index.model import Document, Grid, Table
from index.read.pdf import read_pdf
from index.tables import extract_tables
from tests.synth.ink import SONG, Ink, Look, register
from tests.synth.sheet import Sheet
from tests.synth.table_ink import draw_sheet

A4 = (595.0, 842.0)
PAD = 3.0
SIZE = 9.0
Row = Sequence[str]


class Paper:
    """A PDF in the making."""

    def __init__(self, size: tuple[float, float] = A4, password: str | None = None) -> None:
        register()
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=size, invariant=1, encrypt=password, pageCompression=0)
        self.width, self.height = size

    def write(self, x: float, top: float, text: str, size: float = SIZE, align: str = "left") -> None:
        """`top` is the top of the line; `x` its left end, middle or right end."""
        width = pdfmetrics.stringWidth(text, SONG, size)
        self.canvas.setFont(SONG, size)
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        self.canvas.drawString(left, self.height - top - 0.88 * size, text)

    def rule(self, x0: float, top0: float, x1: float, top1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - top0, x1, self.height - top1)

    def box(self, x0: float, top: float, x1: float, bottom: float, *, fill: bool = False) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=not fill, fill=fill)

    def page(self) -> None:
        self.canvas.showPage()

    def data(self) -> bytes:
        """The file so far; nothing can be drawn afterwards."""
        self.canvas.save()
        return self._out.getvalue()


def lattice(paper: Paper, rows: Sequence[Row], xs: Sequence[float], top: float = 100.0, height: float = 20.0) -> None:
    """A fully ruled table; `xs` are the edges of its columns."""
    ys = [top + height * k for k in range(len(rows) + 1)]
    for y in ys:
        paper.rule(xs[0], y, xs[-1], y)
    for x in xs:
        paper.rule(x, ys[0], x, ys[-1])
    fill(paper, rows, xs, top, height)


def fill(paper: Paper, rows: Sequence[Row], xs: Sequence[float], top: float = 100.0, height: float = 20.0) -> None:
    """The texts of a table without its rules."""
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            paper.write(xs[c] + PAD, top + height * r + (height - SIZE) / 2, text)


def read(data: bytes | Path, name: str = "样本.pdf") -> Document:
    return read_pdf(data, name, "")


def texts(grid: Grid) -> list[list[str]]:
    """The texts of a grid; a merged cell's stands at its top left, "" elsewhere."""
    out = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row][cell.col] = cell.text
    return out


def only_table(document: Document) -> Table:
    (table,) = extract_tables(document)
    return table


def printed(sheet: Sheet, folder: Path) -> Document:
    """A sheet printed over as many pages as it takes, and read back."""
    path = folder / "样本.pdf"
    ink = Ink(path, Look())
    draw_sheet(ink, sheet)
    ink.save()
    return read(path)
