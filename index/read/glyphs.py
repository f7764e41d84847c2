"""Characters and rules of a PDF page, from PDFium's raw interface.

pdfplumber's own objects cost ten times as much to build; PDFium parses the page in C++ and Python sees only boxes.
Geometry comes out in points from the top left of the page as it is shown (its rotation applied).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

THIN = 2.5  # a filled shape no thicker than this is a rule
SHORTEST = 4.0  # a rule shorter than this is a dash or a dot
MAX_OBJECTS = 60_000  # rules past this number are decoration: no table has so many
_HYPHEN = 2  # PDFium reports a hyphen or minus at a line end as U+0002
_SPACES = frozenset((0x20, 0xA0, 0x3000, 0x200B, 0xFEFF))


@dataclass(frozen=True, slots=True)
class Glyph:
    """A visible character, its box (the font's ascent and descent) and the line it stands on.

    `base` is the height of the baseline: the fonts of one printed line differ in ascent, never in that.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: at `at`, from `start` to `end` (x of a vertical rule, y of a horizontal one)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RawPage:
    """What is printed on a page; `unmapped` counts characters whose font gives no Unicode."""

    number: int
    width: float
    height: float
    rotation: int
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    unmapped: int = 0
    images: int = 0
    crowded: bool = False  # more drawing objects than any table has; rules past the limit were left out


@dataclass(frozen=True, slots=True)
class _View:
    """Page space (origin bottom left, unrotated) -> shown space (origin top left)."""

    left: float
    bottom: float
    width: float  # of the unrotated page
    height: float
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.rotation == 1:
            return y, x
        if self.rotation == 2:
            return self.width - x, y
        if self.rotation == 3:
            return self.height - y, self.width - x
        return x, self.height - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def raw_page(page: pdfium.PdfPage, number: int) -> RawPage:
    """Read one page. Text that is not shown (outside the page or clipped away) is left out."""
    view = _view(page)
    shown_width, shown_height = (view.height, view.width) if view.rotation in (1, 3) else (view.width, view.height)
    painter = _Painter(view)
    painter.walk(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw, _IDENTITY)
    glyphs, unmapped = _glyphs(page, view, shown_width, shown_height, painter.clipped)
    return RawPage(
        number,
        shown_width,
        shown_height,
        view.rotation * 90,
        glyphs,
        tuple(painter.horizontal),
        tuple(painter.vertical),
        unmapped,
        painter.images,
        painter.seen > MAX_OBJECTS,
    )


def _view(page: pdfium.PdfPage) -> _View:
    left, bottom, right, top = page.get_cropbox()
    return _View(left, bottom, right - left, top - bottom, page.get_rotation() // 90 % 4)


# -- characters --------------------------------------------------------------------------------------------------------


def _glyphs(
    page: pdfium.PdfPage,
    view: _View,
    width: float,
    height: float,
    clipped: dict[int, tuple[float, float, float, float]],
) -> tuple[tuple[Glyph, ...], int]:
    text_page = raw.FPDFText_LoadPage(page.raw)
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    glyphs: list[Glyph] = []
    unmapped = 0
    px, py = ctypes.c_double(), ctypes.c_double()
    origin = ctypes.byref(px), ctypes.byref(py)
    unicode_of, box_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
    origin_of = raw.FPDFText_GetCharOrigin
    try:
        for i in range(raw.FPDFText_CountChars(text_page)):
            code = unicode_of(text_page, i)
            if (code <= 0x20 and code != _HYPHEN) or code in _SPACES:
                unmapped += code == 0
                continue
            if 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
                unmapped += 1
                continue
            if not box_of(text_page, i, pointer):
                continue
            x0, top, x1, bottom = view.box(rect.left, rect.bottom, rect.right, rect.top)
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not (0 <= x <= width and 0 <= y <= height):
                continue
            if clipped:
                window = clipped.get(_address(object_of(text_page, i)))
                if window and not (window[0] <= x <= window[2] and window[1] <= y <= window[3]):
                    continue
            base = view.point(px.value, py.value)[1] if origin_of(text_page, i, *origin) else bottom
            glyphs.append(Glyph("-" if code == _HYPHEN else chr(code), x0, top, x1, bottom, base))
    finally:
        raw.FPDFText_ClosePage(text_page)
    return _without_doubles(glyphs), unmapped


def _without_doubles(glyphs: list[Glyph]) -> tuple[Glyph, ...]:
    """The same character printed twice on (nearly) the same spot, for a bold look or a shadow, counts once."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for g in glyphs:
        key = (g.text, round(g.x0 / 1.5), round(g.top / 1.5))
        if key not in seen:
            seen.add(key)
            kept.append(g)
    return tuple(kept)


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


# -- rules -------------------------------------------------------------------------------------------------------------

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


class _Painter:
    """Walks the drawing objects of a page and keeps what are rules: strokes, thin fills, the outlines of boxes."""

    def __init__(self, view: _View) -> None:
        self._view = view
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []
        self.clipped: dict[int, tuple[float, float, float, float]] = {}
        self.images = 0
        self.seen = 0

    def walk(
        self, count: Callable[[object], int], get: Callable[[object, int], object], parent: object, outer: _Matrix
    ) -> None:
        for i in range(count(parent)):
            if self.seen > MAX_OBJECTS:
                return
            item = get(parent, i)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self._note_clip(item, outer)
                continue
            self.seen += 1
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self.walk(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, item, _times(_matrix(item), outer))

    def _note_clip(self, item: object, outer: _Matrix) -> None:
        """Remember text that reaches beyond its clip path: the part outside is not shown."""
        clip = raw.FPDFPageObj_GetClipPath(item)
        paths = raw.FPDFClipPath_CountPaths(clip) if clip else 0
        if paths <= 0:
            return
        window: tuple[float, float, float, float] | None = None
        for p in range(paths):
            box = self._clip_box(clip, p, outer)
            if box:
                window = (
                    box
                    if window is None
                    else (
                        max(window[0], box[0]),
                        max(window[1], box[1]),
                        min(window[2], box[2]),
                        min(window[3], box[3]),
                    )
                )
        bounds = _bounds(item)
        if window is None or bounds is None:
            return
        x0, top, x1, bottom = self._through(bounds, outer)
        if x0 < window[0] - 1 or top < window[1] - 1 or x1 > window[2] + 1 or bottom > window[3] + 1:
            self.clipped[_address(item)] = (window[0] - 1, window[1] - 1, window[2] + 1, window[3] + 1)

    def _clip_box(self, clip: object, path: int, outer: _Matrix) -> tuple[float, float, float, float] | None:
        x, y = ctypes.c_float(), ctypes.c_float()
        points = []
        for s in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, s)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
        if not points:
            return None
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return self._through((min(xs), min(ys), max(xs), max(ys)), outer)

    def _through(self, box: tuple[float, float, float, float], outer: _Matrix) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = outer
        x0, y0, x1, y1 = box
        return self._view.box(a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f)

    def _path(self, item: object, outer: _Matrix) -> None:
        bounds = _bounds(item)
        if bounds is None:
            return
        x0, top, x1, bottom = self._through(bounds, outer)
        wide, high = x1 - x0, bottom - top
        if high <= THIN and wide >= SHORTEST:
            self.horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif wide <= THIN and high >= SHORTEST:
            self.vertical.append(Rule((x0 + x1) / 2, top, bottom))
        elif wide > THIN and high > THIN and self._drawn(item):
            self._segments(item, _times(_matrix(item), outer))

    @staticmethod
    def _drawn(item: object) -> bool:
        """Stroked; a filled area without a stroke is shading, not a frame."""
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroke))
        return bool(stroke.value) or raw.FPDFPath_CountSegments(item) > 8

    def _segments(self, item: object, matrix: _Matrix) -> None:
        a, b, c, d, e, f = matrix
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = (0.0, 0.0)
        for s in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, s)
            raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
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


def _bounds(item: object) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(
        item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    ):
        return None
    return left.value, bottom.value, right.value, top.value


def _matrix(item: object) -> _Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f
