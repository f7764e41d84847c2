"""Page space, as a PDF draws in it, and the page as it is shown."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from index.model import BBox

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


@dataclass(frozen=True, slots=True)
class View:
    """Page space (origin bottom left, unrotated) -> shown space (origin top left)."""

    left: float
    bottom: float
    across: float  # width of the unrotated page
    up: float  # its height
    quarters: int  # turns to the right

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> View:
        left, bottom, right, top = page.get_bbox()  # inherited boxes too, which get_cropbox() takes for letter paper
        return cls(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4)

    @property
    def width(self) -> float:
        """Of the page as shown."""
        return self.up if self.quarters in (1, 3) else self.across

    @property
    def height(self) -> float:
        return self.across if self.quarters in (1, 3) else self.up

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return self.across - x, y
        if self.quarters == 3:
            return self.up - y, self.across - x
        return x, self.up - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> BBox:
        if self.quarters == 0 and x0 <= x1 and y0 <= y1:  # nearly always
            top = self.bottom + self.up
            return x0 - self.left, top - y1, x1 - self.left, top - y0
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def through(self, box: BBox, matrix: Matrix) -> BBox:
        """The box around a box of the space that `matrix` leads out of."""
        if matrix is IDENTITY:
            return self.box(*box)
        a, b, c, d, e, f = matrix
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return self.box(min(xs), min(ys), max(xs), max(ys))
