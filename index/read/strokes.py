"""The drawing objects of a page that are rules: strokes, thin fills, the outlines of boxes; also inside form objects."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import NamedTuple

import pypdfium2.raw as raw

from index.model import BBox
from index.read.view import IDENTITY, Matrix, View, times

THIN = 2.5  # a filled shape no thicker than this is a rule
SHORTEST = 4.0  # a rule shorter than this is a dash or a dot
_UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
MAX_OBJECTS = 60_000  # rules past this number are decoration: no table has so many


class Rule(NamedTuple):
    """A straight rule: at `at`, from `start` to `end` (x of a vertical rule, y of a horizontal one)."""

    at: float
    start: float
    end: float


class Strokes:
    """Walks the drawing objects of a page; what it has found stands in its fields afterwards."""

    def __init__(self, page: object, view: View) -> None:
        self._view = view
        self._bounds = tuple(ctypes.c_float() for _ in range(4))
        self._corners = tuple(ctypes.byref(value) for value in self._bounds)
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.images = 0
        self.seen = 0
        self.clips = False  # whether some text has a clip path
        self.painted = False  # whether some text is
        self.unpainted: set[int] = set()  # text that is neither filled nor stroked
        self.inner: dict[int, Matrix] = {}  # text inside form objects -> the matrix out of them
        self._walk(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page, IDENTITY)

    @property
    def crowded(self) -> bool:
        return self.seen > MAX_OBJECTS

    def _walk(
        self, count: Callable[[object], int], get: Callable[[object, int], object], parent: object, outer: Matrix
    ) -> None:
        kind_of = raw.FPDFPageObj_GetType
        for i in range(count(parent)):
            item = get(parent, i)
            kind = kind_of(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(item, outer)
                continue
            self.seen += 1
            if self.crowded:
                return
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self._walk(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, item, times(_matrix(item), outer))

    def _text(self, item: object, outer: Matrix) -> None:
        if not self.clips:
            self.clips = raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(item)) > 0
        if outer is not IDENTITY:
            self.inner[address(item)] = outer
        if raw.FPDFTextObj_GetTextRenderMode(item) in _UNPAINTED:
            self.unpainted.add(address(item))
        else:
            self.painted = True

    def _box(self, item: object, outer: Matrix) -> BBox | None:
        if not raw.FPDFPageObj_GetBounds(item, *self._corners):
            return None
        left, bottom, right, top = self._bounds
        return self._view.through((left.value, bottom.value, right.value, top.value), outer)

    def _path(self, item: object, outer: Matrix) -> None:
        box = self._box(item, outer)
        if box is None:
            return
        x0, top, x1, bottom = box
        wide, high = x1 - x0, bottom - top
        if high <= THIN and wide >= SHORTEST:
            self.horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif wide <= THIN and high >= SHORTEST:
            self.vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif wide > THIN and high > THIN and _drawn(item):
            self._segments(item, times(_matrix(item), outer))

    def _segments(self, item: object, matrix: Matrix) -> None:
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        at = ctypes.byref(x), ctypes.byref(y)
        start = last = (0.0, 0.0)
        for s in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, s)
            raw.FPDFPathSegment_GetPoint(segment, *at)
            point = self._view.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                self._segment(last, point)
            last = point
            if raw.FPDFPathSegment_GetClose(segment):
                self._segment(point, start)
                last = start

    def _segment(self, p: tuple[float, float], q: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = p, q
        if abs(y0 - y1) < 1 and abs(x0 - x1) >= SHORTEST:
            self.horizontal.append(Rule(y0, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) >= SHORTEST:
            self.vertical.append(Rule(x0, min(y0, y1), max(y0, y1)))


def _drawn(item: object) -> bool:
    """Stroked, or a fill of more than one box; a filled box without a stroke is shading, not a frame."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
    return bool(stroke.value) or raw.FPDFPath_CountSegments(item) > 8


def _matrix(item: object) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def address(pointer: object) -> int:
    """Where an object of PDFium lies: its identity as long as its page is open."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
