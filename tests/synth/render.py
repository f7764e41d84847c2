"""Sheets to a PDF: a cover, a heading, then every table on pages of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.synth.ink import Ink, Look
from tests.synth.sheet import GoldTable, Sheet
from tests.synth.table_ink import draw_sheet


def render(path: Path, cover: Sequence[str], sheets: Sequence[Sheet], look: Look) -> list[GoldTable]:
    """Write the PDF; returns the gold tables with the pages that they came to stand on."""
    ink = Ink(path, look)
    ink.canvas.setTitle(path.stem)
    ink.new_page()
    for n, line in enumerate(cover):
        ink.write(ink.width / 2, 230 + 42 * n, line, 24, "centre")
    gold = [sheet.gold(path.stem, draw_sheet(ink, sheet)) for sheet in sheets]
    ink.save()
    return gold
