"""Text that its clip path hides.

Spreadsheets print a text that is too long for its cell whole and clip it at the cell's edge: the rest is in the file,
twice at times, and nobody sees it. Looking up the clip of every character costs more than all other reading. What
stands on a line without a gap was drawn into one cell, so the clips of its first and last character are looked up,
and those of all only where one of the two does not show the whole run.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2.raw as raw

from index.model import BBox
from index.read.strokes import address
from index.read.view import IDENTITY, Matrix, View

LOOSE = 1.0  # points by which a clip may cut into the box of a run without hiding any of its characters

Placed = tuple[int, BBox]  # index of a character in the text page, its box


def hidden(text_page: object, placed: Sequence[Placed], view: View, inner: dict[int, Matrix]) -> set[int]:
    """The indices of characters whose middle lies outside their clip. `inner` maps text in form objects to matrices."""
    clips = _Clips(text_page, view, inner)
    out: set[int] = set()
    for run in _runs(placed):
        whole = _around(run)
        if _inside(whole, clips.window(run[0][0])) and _inside(whole, clips.window(run[-1][0])):
            continue
        for index, box in run:
            window = clips.window(index)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if window and not (window[0] <= x <= window[2] and window[1] <= y <= window[3]):
                out.add(index)
    return out


def _runs(placed: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    """Characters that follow one another on one line without a gap or an overlap."""
    begin = 0
    for k in range(1, len(placed) + 1):
        if k < len(placed):
            (_, a), (_, b) = placed[k - 1], placed[k]
            if abs(a[1] - b[1]) < 0.5 and -1.0 < b[0] - a[2] < 0.5 * (a[3] - a[1]):
                continue
        if placed:
            yield placed[begin:k]
        begin = k


def _around(run: Sequence[Placed]) -> BBox:
    return (
        min(box[0] for _, box in run),
        min(box[1] for _, box in run),
        max(box[2] for _, box in run),
        max(box[3] for _, box in run),
    )


def _inside(box: BBox, window: BBox | None) -> bool:
    if window is None:
        return True
    (x0, top, x1, bottom), (left, above, right, below) = box, window
    return left - LOOSE <= x0 and above - LOOSE <= top and x1 <= right + LOOSE and bottom <= below + LOOSE


class _Clips:
    """Looks up what part of the page the clip of a character shows."""

    def __init__(self, text_page: object, view: View, inner: dict[int, Matrix]) -> None:
        self._text_page, self._view, self._inner = text_page, view, inner
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._at = ctypes.byref(self._x), ctypes.byref(self._y)

    def window(self, index: int) -> BBox | None:
        """The part that is shown; None where nothing is cut off."""
        item = raw.FPDFText_GetTextObject(self._text_page, index)
        if not item:
            return None
        clip = raw.FPDFPageObj_GetClipPath(item)
        matrix = self._inner.get(address(item), IDENTITY) if self._inner else IDENTITY
        window: BBox | None = None
        for k in range(raw.FPDFClipPath_CountPaths(clip)):
            bounds = self._bounds(clip, k)
            if bounds is None:
                continue
            x0, top, x1, bottom = self._view.through(bounds, matrix)
            if window is not None:
                x0, top = max(x0, window[0]), max(top, window[1])
                x1, bottom = min(x1, window[2]), min(bottom, window[3])
            window = x0, top, x1, bottom
        return window

    def _bounds(self, clip: object, path: int) -> BBox | None:
        """The box around a clip path, in the space it is drawn in."""
        count = raw.FPDFClipPath_CountPathSegments(clip, path)
        if count in (4, 5):  # a rectangle, nearly always: two corners that face each other say it all
            (x0, y0), (x1, y1), (x2, y2) = (self._point(clip, path, k) for k in range(3))
            if (x0 == x1 and y1 == y2) or (y0 == y1 and x1 == x2):
                return min(x0, x2), min(y0, y2), max(x0, x2), max(y0, y2)
        points = [self._point(clip, path, k) for k in range(count)]
        if not points:
            return None
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _point(self, clip: object, path: int, segment: int) -> tuple[float, float]:
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, segment), *self._at)
        return self._x.value, self._y.value
