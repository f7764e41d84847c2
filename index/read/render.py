"""A page of a document as a picture, with boxes drawn around what is cited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from index.errors import BrokenFile
from index.model import BBox

FRAME = (214, 40, 40)
MARGIN = 2.0  # points between what is cited and its box


def page_count(path: Path) -> int:
    """Pages of a PDF; 0 for a format without pages."""
    if path.suffix.lower() != ".pdf":
        return 0
    pdf = pdfium.PdfDocument(path)
    try:
        return len(pdf)
    finally:
        pdf.close()


def page_size(path: Path, page: int) -> tuple[float, float]:
    """Width and height of page `page` (from 1) in points. Raises BrokenFile where there is no such page."""
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise BrokenFile(path.name, " PDF ") from error
    try:
        if not 1 <= page <= len(pdf):
            raise BrokenFile(path.name, " PDF ")
        width, height = pdf.get_page_size(page - 1)
    finally:
        pdf.close()
    return width, height


def render_page(path: Path, page: int, boxes: Sequence[BBox] = (), scale: float = 1.6) -> bytes:
    """PNG of page `page` (from 1) at `scale` pixels a point; `boxes` are in points from the top left.

    Raises BrokenFile where the file is no PDF or has no such page.
    """
    from PIL import ImageDraw

    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise BrokenFile(path.name, " PDF ") from error
    try:
        if not 1 <= page <= len(pdf):
            raise BrokenFile(path.name, " PDF ")
        image = pdf[page - 1].render(scale=scale).to_pil().convert("RGB")
    finally:
        pdf.close()
    pen = ImageDraw.Draw(image)
    for x0, top, x1, bottom in boxes:
        frame = ((x0 - MARGIN) * scale, (top - MARGIN) * scale, (x1 + MARGIN) * scale, (bottom + MARGIN) * scale)
        pen.rectangle(frame, outline=FRAME, width=max(2, round(1.6 * scale)))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
