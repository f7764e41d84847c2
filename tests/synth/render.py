"""Items to a PDF: prose, headings, contents, tables."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.synth.ink import Ink, Look
from tests.synth.page import Break, Contents, Cover, Heading, Item, Para
from tests.synth.sheet import GoldTable, Sheet
from tests.synth.table_ink import draw_sheet


@dataclass
class _Progress:
    """Where the pen stands, and what has been met so far."""

    top: float
    entries: list[tuple[str, int, int]] = field(default_factory=list)  # text, level, page
    gold: list[GoldTable] = field(default_factory=list)


def render(path: Path, stem: str, items: Sequence[Item], look: Look, *, cut_rows: bool = False) -> list[GoldTable]:
    """Write the PDF; returns the gold tables with the pages that they came to stand on."""
    with tempfile.TemporaryDirectory() as folder:  # a first pass to learn the page numbers of the contents
        entries = _draw(Path(folder) / "draft.pdf", stem, items, look, cut_rows, []).entries
    return _draw(path, stem, items, look, cut_rows, entries).gold


def _draw(
    path: Path, stem: str, items: Sequence[Item], look: Look, cut_rows: bool, contents: list[tuple[str, int, int]]
) -> _Progress:
    ink = Ink(path, look)
    ink.canvas.setTitle(stem)
    state = _Progress(top=1e9)
    after_sheet = False
    for item in items:
        if isinstance(item, Sheet):
            parts = draw_sheet(ink, item, cut_rows=cut_rows)
            state.entries.append((item.title, 3, parts[0]["page"]))
            state.gold.append(item.gold(stem, parts))
            after_sheet = True
            continue
        if after_sheet:
            ink.new_page()
            state.top, after_sheet = 72.0, False
        match item:
            case Cover():
                _cover(ink, item)
                after_sheet = True
            case Contents():
                _contents(ink, state, item, contents)
                after_sheet = True
            case Heading():
                _heading(ink, state, item)
            case Para():
                _lines(ink, state, item.text, look.body, indent=2 * look.body)
            case Break():
                after_sheet = True
    ink.save()
    return state


def _cover(ink: Ink, cover: Cover) -> None:
    ink.new_page()
    top = 230.0
    for text in cover.lines:
        for line in ink.wrap(text, 26, ink.width - 160):
            ink.write(ink.width / 2, top, line, 26, "centre")
            top += 42
    ink.write(ink.width / 2, 620, cover.date, 18, "centre")


def _contents(ink: Ink, state: _Progress, item: Contents, entries: list[tuple[str, int, int]]) -> None:
    ink.write(ink.width / 2, state.top, item.title, 18, "centre")
    state.top += 40
    for text, level, page in entries:
        if level > 3:
            continue
        size, left = 11.0, ink.look.margin + 16 * (level - 1)
        lines = ink.wrap(text, size, ink.width - 2 * ink.look.margin - 60)
        for n, line in enumerate(lines):
            _room(ink, state, 20)
            ink.write(left, state.top, line, size)
            if n == len(lines) - 1:
                right = ink.width - ink.look.margin
                gap = right - 24 - left - ink.measure(line, size) - 6
                dots = "." * max(3, int(gap / max(ink.measure(".", size), 1)))
                ink.write(right - 20, state.top, dots, size, "right")
                ink.write(right, state.top, str(page), size, "right")
            state.top += 20


def _room(ink: Ink, state: _Progress, height: float) -> None:
    if state.top + height > ink.height - 68:
        ink.new_page()
        state.top = 72.0


def _heading(ink: Ink, state: _Progress, item: Heading) -> None:
    look = ink.look
    if (item.page and state.top > 72.0) or state.top > 1e6:
        ink.new_page()
        state.top = 72.0
    size = look.body + (4 if item.level == 1 else 0)
    lines = ink.wrap(item.text, size, ink.width - 2 * look.margin - (0 if item.level == 1 else 2 * size))
    _room(ink, state, len(lines) * size * look.lead + size * look.lead)
    state.entries.append((item.text, item.level, ink.page))
    for line in lines:
        if item.level == 1:
            ink.write(ink.width / 2, state.top, line, size, "centre")
        else:
            ink.write(look.margin + 2 * look.body, state.top, line, size)
        state.top += size * look.lead


def _lines(ink: Ink, state: _Progress, text: str, size: float, indent: float) -> None:
    look = ink.look
    for n, line in enumerate(ink.wrap(text, size, ink.width - 2 * look.margin, indent)):
        _room(ink, state, size * look.lead)
        ink.write(look.margin + (indent if n == 0 else 0), state.top, line, size)
        state.top += size * look.lead
