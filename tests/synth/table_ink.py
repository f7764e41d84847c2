"""Draws one Sheet over as many pages as it takes, and says which rows stand on which page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from tests.synth.ink import Ink
from tests.synth.sheet import GoldPart, Ruling, Sheet

_PAD = 3.0


@dataclass(frozen=True, slots=True)
class _Box:
    row: int
    col: int
    rows: int
    cols: int
    text: str


def draw_sheet(ink: Ink, sheet: Sheet) -> list[GoldPart]:
    """The sheet from a fresh page on."""
    return _Drawing(ink, sheet).run()


class _Drawing:
    def __init__(self, ink: Ink, sheet: Sheet) -> None:
        self.ink, self.sheet = ink, sheet
        self.size = ink.look.small
        self.line = self.size * 1.25
        ink.new_page(sheet.landscape, sheet.turned)
        room = ink.width - 2 * 42
        scale = room / sum(sheet.widths)
        self.x = [42.0, *(42 + x * scale for x in accumulate(sheet.widths))]
        self.bottom = ink.height - 58

    def run(self) -> list[GoldPart]:
        sheet, ink = self.sheet, self.ink
        top = self._caption()
        heads = [_Box(h.row, h.col, h.rows, h.cols, h.text) for h in sheet.heads]
        body = self._boxes()
        heights = self._heights(len(sheet.rows), body)
        parts: list[GoldPart] = []
        start, carried = 0, 0
        while True:
            if start or carried:
                ink.new_page(sheet.landscape, sheet.turned)
                top = 46.0
            first = not parts
            has_header = bool(heads) and (first or sheet.repeat_header)
            if has_header:
                top = self._block(heads, self._heights(sheet.n_head, heads), 0, sheet.n_head, top, True)
            end, cut = self._fit(start, heights, body, top, carried)
            parts.append({"page": ink.page, "row_from": start, "row_to": end, "has_header": has_header})
            top = self._block(body, heights, start, end, top, False, carried, cut)
            if end == len(sheet.rows) and not cut:
                break
            start, carried = end - (1 if cut else 0), cut
        for note in sheet.notes:
            for line in ink.wrap(note, self.size, self.x[-1] - self.x[0]):
                top += self.line
                ink.write(self.x[0], top - self.size * 0.6, line, self.size)
        return parts

    def _caption(self) -> float:
        """The lines above the table; returns where the table starts."""
        sheet, ink = self.sheet, self.ink
        left, right, middle = self.x[0], self.x[-1], ink.width / 2
        top = 40.0
        order = sheet.caption
        if order == "code-title-dept" and sheet.code:
            ink.write(left, top, sheet.code, self.size)
            top += 18
        for line in ink.wrap(sheet.title, 16, right - left):
            ink.write(middle, top, line, 16, "centre")
            top += 24
        if order == "title-code-dept" and sheet.code:
            ink.write(right, top, sheet.code, self.size, "right")
            top += 14
        if order == "title-period-dept" and sheet.period:
            ink.write(middle, top, sheet.period, self.size, "centre")
            top += 14
        if order == "dept-code-unit":
            ink.write(left, top, sheet.dept, self.size)
            ink.write(right, top, sheet.code, self.size, "right")
            ink.write(right, top + 14, sheet.unit, self.size, "right")
            return top + 28
        ink.write(left, top, sheet.dept, self.size)
        if sheet.period and order != "title-period-dept":
            ink.write(middle, top, sheet.period, self.size, "centre")
        ink.write(right, top, sheet.unit, self.size, "right")
        return top + 15

    def _boxes(self) -> list[_Box]:
        sheet = self.sheet
        covered = {
            (r, c) for s in sheet.spans for r in range(s.row, s.row + s.rows) for c in range(s.col, s.col + s.cols)
        }
        merged = [_Box(s.row, s.col, s.rows, s.cols, sheet.rows[s.row][s.col]) for s in sheet.spans]
        single = [
            _Box(r, c, 1, 1, text)
            for r, row in enumerate(sheet.rows)
            for c, text in enumerate(row)
            if (r, c) not in covered
        ]
        return sorted([*merged, *single], key=lambda b: (b.row, b.col))

    def _lines(self, box: _Box) -> list[str]:
        return self.ink.wrap(box.text, self.size, self.x[box.col + box.cols] - self.x[box.col] - 2 * _PAD)

    def _heights(self, n_rows: int, boxes: list[_Box]) -> list[float]:
        lines = [1] * n_rows
        for box in boxes:
            if box.rows == 1:
                lines[box.row] = max(lines[box.row], len(self._lines(box)))
        for box in boxes:
            lack = len(self._lines(box)) - sum(lines[box.row : box.row + box.rows])
            if box.rows > 1 and lack > 0:
                lines[box.row + box.rows - 1] += lack
        return [n * self.line + 2 * _PAD for n in lines]

    def _fit(self, start: int, heights: list[float], body: list[_Box], top: float, carried: int) -> tuple[int, int]:
        """The first row that no longer fits, and how many lines of the last one are cut over to the next page."""
        end = start
        for row in range(start, len(heights)):
            height = heights[row] - (carried * self.line if row == start and carried else 0)
            if self.sheet.row_limit and row - start >= self.sheet.row_limit:
                return row, 0
            if top + height > self.bottom:
                lines = max((len(self._lines(b)) for b in body if b.row == row and b.rows == 1), default=1)
                fits = int((self.bottom - top - 2 * _PAD) // self.line)
                if self.sheet.cut_rows and lines > 1 and 0 < fits < lines:
                    return row + 1, fits
                return max(row, start + 1), 0
            top += height
            end = row + 1
        return end, 0

    def _block(self, boxes: list[_Box], heights: list[float], start: int, end: int, top: float, head: bool,
               carried: int = 0, cut: int = 0) -> float:  # fmt: skip
        """Rows start..end from `top` on. Of the first row `carried` lines stood on the page before; of the last, `cut` fit."""
        tops = [top]
        for row in range(start, end):
            height = heights[row]
            if row == start and carried:
                height -= carried * self.line
            if row == end - 1 and cut:
                height = cut * self.line + 2 * _PAD
            tops.append(tops[-1] + height)
        for box in boxes:
            if box.row + box.rows <= start or box.row >= end:
                continue
            low, high = max(box.row, start), min(box.row + box.rows, end)
            y0, y1 = tops[low - start], tops[high - start]
            lines = self._lines(box)
            if box.row < start:
                lines = []
            elif box.row == start and carried:
                lines = lines[carried:]
            if box.row == end - 1 and cut:
                lines = lines[:cut]
            self._cell(box, lines, y0, y1, head)
        self._rules(boxes, tops, start, end, head)
        return tops[-1]

    def _cell(self, box: _Box, lines: list[str], y0: float, y1: float, head: bool) -> None:
        x0, x1 = self.x[box.col], self.x[box.col + box.cols]
        number = (
            box.text.replace(",", "").replace(".", "").replace("-", "").replace("%", "").isdigit() and box.text != "-"
        )
        align = "centre" if head else "left" if box.col in self.sheet.left else "right" if number else "centre"
        y = (y0 + y1 - len(lines) * self.line) / 2 + 0.1 * self.size
        for text in lines:
            x = {"left": x0 + _PAD, "centre": (x0 + x1) / 2, "right": x1 - _PAD}[align]
            self.ink.write(x, y, text, self.size, align)
            y += self.line

    def _rules(self, boxes: list[_Box], tops: list[float], start: int, end: int, head: bool) -> None:
        ruling = self.sheet.ruling
        x0, x1 = self.x[0], self.x[-1]
        if ruling is Ruling.THREE_LINE:
            for y in (tops[0], tops[-1]) if head or not self.sheet.heads else (tops[-1],):
                self.ink.rule(x0, y, x1, y)
            return
        if ruling is Ruling.NONE:
            return
        if ruling is Ruling.OPEN:
            for y in tops:
                self.ink.rule(x0, y, x1, y)
            return
        for box in boxes:
            if box.row + box.rows <= start or box.row >= end:
                continue
            y0 = tops[max(box.row, start) - start]
            y1 = tops[min(box.row + box.rows, end) - start]
            left, right = self.x[box.col], self.x[box.col + box.cols]
            if ruling is Ruling.CELLS:
                self.ink.box(left, y0, right, y1)
                continue
            filled = ruling is Ruling.BOXES
            self.ink.rule(left, y0, right, y0, filled)
            self.ink.rule(left, y1, right, y1, filled)
            self.ink.rule(left, y0, left, y1, filled)
            self.ink.rule(right, y0, right, y1, filled)
