"""Letters and rules on a reportlab canvas: wrapping, mixed Chinese and Latin runs, the ways of ruling a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

SONG = "STSong-Light"
_LATIN = re.compile(r"[0-9A-Za-z.,%\-]+|[^0-9A-Za-z.,%\-]+")
_PIECES = re.compile(r"[0-9A-Za-z.,%]+|.", re.S)
_NOT_FIRST = set("，。；：、）”》？！%")


@dataclass(frozen=True, slots=True)
class Look:
    """How one document is set."""

    small: float = 9.0  # tables, points
    latin: str = ""  # a second face for digits ("Times-Roman"), as offices do; "" keeps one face
    footer: str = "— {} —"


@lru_cache(maxsize=1)
def register() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))


class Ink:
    """A canvas that knows its page. Coordinates have their origin at the top left, like the product's."""

    def __init__(self, path: Path, look: Look) -> None:
        register()
        self.look = look
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.page = 0
        self.width, self.height = A4

    def new_page(self, landscape: bool = False, turned: bool = False) -> None:
        """`turned`: a landscape page drawn on its side on a portrait sheet that a viewer rotates."""
        self.end_page()
        self.page += 1
        self.width, self.height = (A4[1], A4[0]) if landscape or turned else A4
        self.canvas.setPageSize((self.width, self.height))  # reportlab exchanges the sides of a rotated page itself
        self.canvas.setPageRotation(90 if turned else 0)
        if turned:
            self.canvas.translate(A4[0], 0)
            self.canvas.rotate(90)

    def end_page(self) -> None:
        if self.page:
            if self.look.footer and self.page > 1:
                text = self.look.footer.format(self.page)
                self.write(self.width / 2, self.height - 34, text, 9, "centre")
            self.canvas.showPage()

    def save(self) -> None:
        self.end_page()
        self.canvas.save()

    def _runs(self, text: str) -> list[tuple[str, str]]:
        if not self.look.latin:
            return [(SONG, text)]
        return [(self.look.latin if run[0].isascii() else SONG, run) for run in _LATIN.findall(text)]

    def measure(self, text: str, size: float) -> float:
        return float(sum(pdfmetrics.stringWidth(run, face, size) for face, run in self._runs(text)))

    def write(self, x: float, top: float, text: str, size: float, align: str = "left") -> None:
        """`top` is the top of the line; `x` its left end, middle or right end according to `align`."""
        width = self.measure(text, size)
        x -= {"left": 0.0, "centre": width / 2, "right": width}[align]
        for face, run in self._runs(text):
            self.canvas.setFont(face, size)
            self.canvas.drawString(x, self.height - top - size * 0.88, run)
            x += pdfmetrics.stringWidth(run, face, size)

    def wrap(self, text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
        """Lines no wider than `width` (the first by `indent` less); words and figures stay whole where they can."""
        lines: list[str] = []
        line, room = "", width - indent
        for piece in _PIECES.findall(text):
            if piece == "\n":
                lines, line, room = [*lines, line], "", width
                continue
            for part in [piece] if self.measure(piece, size) <= width else list(piece):
                if line and self.measure(line + part, size) > room and part not in _NOT_FIRST:
                    lines, line, room = [*lines, line], "", width
                line += part
        return [*lines, line] if line or not lines else lines

    def box(self, x0: float, top0: float, x1: float, top1: float) -> None:
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x0, self.height - top1, x1 - x0, top1 - top0, stroke=1, fill=0)

    def rule(self, x0: float, top0: float, x1: float, top1: float, filled: bool = False) -> None:
        if filled:
            wide, high = max(x1 - x0, 0.7), max(top1 - top0, 0.7)
            self.canvas.rect(x0, self.height - top1, wide, high, stroke=0, fill=1)
            return
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x0, self.height - top0, x1, self.height - top1)
