"""Page images: straightening, the rules drawn on them, and where ink stands.

Shapes: an image is a grey array (height, width) of uint8, 255 is paper. Positions are pixels of the straightened image.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.read.glyphs import Rule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

MAX_SKEW = 5.0  # degrees
SHORTEST_RULE = 0.2  # inch
_BLOCK = 0.2  # inch: the neighbourhood against which a pixel is ink
_CONTRAST = 18  # grey levels below its neighbourhood


@dataclass(frozen=True, slots=True)
class Straight:
    """A page set upright: turned by quarters, then by `angle` degrees (both counter-clockwise)."""

    grey: Grey
    dpi: int
    turns: int = 0
    angle: float = 0.0

    def original(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the upright image as a box of the page as it was scanned."""
        import cv2
        import numpy as np

        height, width = self.grey.shape
        back = cv2.invertAffineTransform(cv2.getRotationMatrix2D((width / 2, height / 2), self.angle, 1.0))
        corners = np.array([(x0, y0, 1.0), (x1, y0, 1.0), (x0, y1, 1.0), (x1, y1, 1.0)]) @ back.T
        for _ in range(self.turns):  # undo one quarter turn: x of the page is what y was counted from the right
            corners = np.stack([height - corners[:, 1], corners[:, 0]], axis=1)
            height, width = width, height
        left, top = corners.min(axis=0)
        right, bottom = corners.max(axis=0)
        return float(left), float(top), float(right), float(bottom)


def straighten(grey: Grey, dpi: int, turns: int = 0) -> Straight:
    """Turn the page until its rows of ink are level: the angle at which their profile is sharpest."""
    import cv2
    import numpy as np

    grey = np.ascontiguousarray(np.rot90(grey, turns))
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = _ink(small.astype(np.uint8), dpi // 2)
    height, width = dark.shape

    def sharpness(angle: float) -> tuple[float, float]:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        profile = cv2.warpAffine(dark, matrix, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(profile)).sum()), -abs(angle)

    angle = 0.0
    for step, reach in ((0.5, MAX_SKEW), (0.1, 0.5), (0.02, 0.1)):
        angle = max((angle + float(turn) for turn in np.arange(-reach, reach + step / 2, step)), key=sharpness)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return Straight(level.astype(np.uint8), dpi, turns, angle)


def _ink(grey: Grey, dpi: int) -> Grey:
    """255 where a pixel is darker than what surrounds it."""
    import cv2
    import numpy as np

    block = int(dpi * _BLOCK) | 1
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, _CONTRAST)
    return dark.astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: rules in points; the page and its ink without them, as the cells of a grid show."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    grey: Grey
    ink: Grey


def drawn(page: Straight) -> Drawn:
    """Part rules from text: a rule is a run of ink as long as no stroke of a character is."""
    import cv2
    import numpy as np

    dark = _ink(page.grey, page.dpi)
    length = int(page.dpi * SHORTEST_RULE)
    bridge = length // 3
    flat = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    tall = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    flat = cv2.dilate(flat, np.ones((3, bridge), np.uint8)).astype(np.uint8)  # joins what noise has broken
    tall = cv2.dilate(tall, np.ones((bridge, 3), np.uint8)).astype(np.uint8)
    scale = 72 / page.dpi
    horizontal = tuple(
        Rule((y + h / 2) * scale, (x + bridge / 2) * scale, (x + w - bridge / 2) * scale)
        for x, y, w, h in _pieces(flat)
        if w > 3 * h
    )
    vertical = tuple(
        Rule((x + w / 2) * scale, (y + bridge / 2) * scale, (y + h - bridge / 2) * scale)
        for x, y, w, h in _pieces(tall)
        if h > 3 * w
    )
    rules = cv2.dilate(cv2.bitwise_or(flat, tall), np.ones((3, 3), np.uint8))
    grey = page.grey.copy()
    grey[rules > 0] = 255
    dark[rules > 0] = 0
    return Drawn(horizontal, vertical, grey, _without_specks(dark))


def _pieces(mask: NDArray[Any]) -> list[tuple[int, int, int, int]]:
    """x, y, width, height of every connected piece."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]


def _without_specks(dark: Grey, least: int = 4) -> Grey:
    """Ink without pieces of a few pixels: the grain of the paper."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < least)
    dark[np.isin(labels, small)] = 0
    return dark


Box = tuple[int, int, int, int]  # x0, y0, x1, y1


def runs_of_ink(ink: Grey) -> list[tuple[int, int]]:
    """The stretches of rows (first, last) of a patch that hold ink."""
    import numpy as np

    runs: list[tuple[int, int]] = []
    for row in np.flatnonzero(ink.any(axis=1)).tolist():
        if runs and row - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def line_height(patches: Iterable[Grey], least: float) -> float:
    """The height of a usual line of text among the patches of a page, in pixels; `least` is the smallest print."""
    heights = sorted(
        last - first + 1 for patch in patches for first, last in runs_of_ink(patch) if last - first >= least
    )
    return float(heights[len(heights) * 3 // 4]) if heights else 2 * least


def text_rows(ink: Grey, height: float) -> list[Box]:
    """Boxes of the lines of text in a patch; runs of ink that fit into one line are one: the strokes of 三."""
    import numpy as np

    lines: list[tuple[int, int]] = []
    for first, last in runs_of_ink(ink):
        if lines and last - lines[-1][0] < 1.15 * height:
            lines[-1] = (lines[-1][0], last)
        else:
            lines.append((first, last))
    boxes = []
    for first, last in lines:
        columns = np.flatnonzero(ink[first : last + 1].any(axis=0))
        boxes.append((int(columns[0]), first, int(columns[-1]) + 1, last + 1))
    return boxes
