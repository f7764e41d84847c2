"""Characters and rules of a PDF page, from PDFium's raw interface.

pdfplumber's own objects cost ten times as much to build; PDFium parses the page in C++ and Python sees only boxes.
Geometry comes out in points from the top left of the page as it is shown (its rotation applied).
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.read.clips import Placed, hidden
from index.read.strokes import Rule, Strokes, address
from index.read.view import View

__all__ = ["Glyph", "RawPage", "Rule", "raw_page"]

SAMPLE = 5  # every fifth character is asked whether its font has a Unicode map; all of them if one has none
SAME_SPOT = 1.5  # points between two prints of one character that are one
_HYPHEN = 2  # PDFium reports a hyphen or minus at a line end as U+0002
_SPACES = frozenset((0x20, 0xA0, 0x3000, 0x200B, 0xFEFF))


class Glyph(NamedTuple):
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


def raw_page(page: pdfium.PdfPage, number: int) -> RawPage:
    """Read one page. Text that is not shown (outside the page or clipped away) is left out."""
    view = View.of(page)
    strokes = Strokes(page.raw, view)
    text_page = raw.FPDFText_LoadPage(page.raw)
    try:
        glyphs, unmapped = _glyphs(text_page, view, strokes)
    finally:
        raw.FPDFText_ClosePage(text_page)
    return RawPage(
        number,
        view.width,
        view.height,
        view.quarters * 90,
        glyphs,
        tuple(strokes.horizontal),
        tuple(strokes.vertical),
        unmapped,
        strokes.images,
        strokes.crowded,
    )


def _glyphs(text_page: object, view: View, strokes: Strokes) -> tuple[tuple[Glyph, ...], int]:
    """The characters that are shown, and how many have no Unicode."""
    codes, placed, unmapped = _on_page(text_page, view)
    unseen = hidden(text_page, placed, view, strokes.inner) if strokes.clips else set()
    if strokes.painted and strokes.unpainted:  # where no text is painted, it is the text layer of a scan
        text_of = raw.FPDFText_GetTextObject
        unseen |= {i for i, _ in placed if address(text_of(text_page, i)) in strokes.unpainted}
    guessed = _guessed(text_page, placed)
    unmapped += len(guessed - unseen)
    unseen |= guessed
    baseline = _Baselines(text_page, view)
    seen: set[tuple[int, int, int]] = set()
    glyphs: list[Glyph] = []
    made = partial(tuple.__new__, Glyph)  # a page has thousands: twice as quick as naming each part
    line_top = line_bottom = base = -1.0
    for code, (i, (x0, top, x1, bottom)) in zip(codes, placed, strict=True):
        # The same character printed twice on (nearly) the same spot, for a bold look or a shadow, counts once.
        spot = code, int(x0 / SAME_SPOT + 0.5), int(top / SAME_SPOT + 0.5)
        if i in unseen or spot in seen:
            continue
        seen.add(spot)
        if top != line_top or bottom != line_bottom:  # the characters of one font on one line share top and bottom
            line_top, line_bottom, base = top, bottom, baseline.of(i, bottom)
        glyphs.append(made(("-" if code == _HYPHEN else chr(code), x0, top, x1, bottom, base)))
    return tuple(glyphs), unmapped


def _on_page(text_page: object, view: View) -> tuple[list[int], list[Placed], int]:
    """Codes and boxes of the characters whose middle lies on the page, and how many others have no Unicode."""
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    unicode_of, box_of, box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, view.box
    width, height, upright = 2 * view.width, 2 * view.height, view.quarters == 0
    codes: list[int] = []
    placed: list[Placed] = []
    unmapped = 0
    shift, top_edge = view.left, view.bottom + view.up
    for i in range(raw.FPDFText_CountChars(text_page)):
        code = unicode_of(text_page, i)
        if (code <= 0x20 and code != _HYPHEN) or code in _SPACES:
            unmapped += code == 0
        elif 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            unmapped += 1
        elif box_of(text_page, i, pointer):
            if upright:
                where = rect.left - shift, top_edge - rect.top, rect.right - shift, top_edge - rect.bottom
            else:
                where = box(rect.left, rect.bottom, rect.right, rect.top)
            x0, top, x1, bottom = where
            if 0 <= x0 + x1 <= width and 0 <= top + bottom <= height:
                codes.append(code)
                placed.append((i, where))
    return codes, placed, unmapped


def _guessed(text_page: object, placed: Sequence[Placed]) -> set[int]:
    """Characters for which PDFium has no Unicode but reports the number of the glyph, as if it were one: "!\"#$"."""
    wrong = raw.FPDFText_HasUnicodeMapError
    if not any(wrong(text_page, i) == 1 for i, _ in placed[::SAMPLE]):
        return set()
    return {i for i, _ in placed if wrong(text_page, i) == 1}


class _Baselines:
    """Looks up the height of the line on which a character stands."""

    def __init__(self, text_page: object, view: View) -> None:
        self._text_page, self._view = text_page, view
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.byref(self._x), ctypes.byref(self._y)

    def of(self, index: int, otherwise: float) -> float:
        if not raw.FPDFText_GetCharOrigin(self._text_page, index, *self._at):
            return otherwise
        return self._view.point(self._x.value, self._y.value)[1]
