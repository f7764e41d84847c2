"""A document as read, redrawn: every line and every cell, before anything is understood of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.model import BBox, Document, Fact, Grid, GridCell, Line, Reading
from tests.redraw.cast import Cast
from tests.redraw.edits import apply, apply_pieces
from tests.redraw.figures import COUNTS, Figures, Printed, parsed, reprinted

Place = tuple[int, BBox | None]
_BARE = re.compile(r"-?\s*\d[\d,]*(?:\s?\.\s?\d+)?")


@dataclass(frozen=True)
class Draw:
    """Names, years and figures that one draw puts in the place of the old ones."""

    cast: Cast
    figures: Figures

    def text(self, text: str, asked: bool = False) -> str:
        return apply(text, (*self.cast.edits(text), *self.figures.edits(text, asked)))

    def name(self, name: str) -> str:
        """A file name or its stem: the number in front stays, years stand between lower lines."""
        renamed = self.cast.rename(name)
        return re.sub(r"(?<!\d)20[0-3]\d(?!\d)", lambda year: self.figures.year(year.group()), renamed)


def printed_in(readings: Iterable[Reading]) -> Printed:
    """The figures of the documents, by what they are."""
    facts = [fact for reading in readings for fact in reading.facts if fact.value]
    return Printed(
        exact=frozenset(f.canonical for f in facts if f.canonical and f.source == "table"),
        money=frozenset(f.value for f in facts if f.value and f.canonical is not None),
        other=frozenset(f.value for f in facts if f.value and f.canonical is None),
    )


def rename_document(document: Document, cast: Cast) -> Document:
    """The document under other names, wherever lines and pages break the old ones."""
    lines = [line for page in document.pages for line in page.lines]
    texts = apply_pieces([line.text for line in lines], cast.edits("".join(line.text for line in lines)))
    renamed = dict(zip(map(id, lines), texts, strict=True))

    def item(old: Line | Grid) -> Line | Grid:
        if isinstance(old, Line):
            return replace(old, text=renamed[id(old)])
        return replace(old, cells=tuple(replace(cell, text=cast.rename(cell.text)) for cell in old.cells))

    pages = (replace(page, flow=tuple(map(item, page.flow))) for page in document.pages)
    return replace(document, pages=tuple(replace(p, flow=tuple(filter(_says, p.flow))) for p in pages))


def _says(item: Line | Grid) -> bool:
    return isinstance(item, Grid) or bool(item.text.strip())


def refigure_document(reading: Reading, draw: Draw) -> Document:
    """The document with other years and figures. The reading says which cells hold money or counts, and which lines
    are one text."""
    document = reading.document
    cells = {(f.place.page, f.place.bbox): f for f in reading.facts if f.source == "table"}
    lines = dict(_paragraph_lines(reading, draw.figures))
    grouped = any("," in f.printed for f in cells.values())

    def item(old: Line | Grid) -> Line | Grid:
        if isinstance(old, Line):
            return replace(old, text=lines.get((old.page, old.bbox)) or draw.figures.redraw(old.text))
        figures = (_cell(cell, cells.get((old.page, cell.bbox)), draw.figures, grouped) for cell in old.cells)
        return replace(old, cells=tuple(replace(c, text=text) for c, text in zip(old.cells, figures, strict=True)))

    pages = tuple(replace(page, flow=tuple(map(item, page.flow))) for page in document.pages)
    name = draw.name(document.name)
    identity = hashlib.sha256(f"{document.sha256}{name}{draw.figures.money}".encode()).hexdigest()
    return replace(document, name=name, sha256=identity, pages=pages)


def _paragraph_lines(reading: Reading, figures: Figures) -> Iterator[tuple[Place, str]]:
    """Paragraphs redrawn whole: a figure may begin on one line and end, or have its unit, on the next."""
    for paragraph in reading.paragraphs:
        bounds = zip(paragraph.starts, (*paragraph.starts[1:], len(paragraph.text)), strict=True)
        pieces = [paragraph.text[a:b] for a, b in bounds]
        for line, text in zip(paragraph.lines, apply_pieces(pieces, figures.edits(paragraph.text)), strict=True):
            yield (line.page, line.bbox), text


def _cell(cell: GridCell, fact: Fact | None, figures: Figures, grouped: bool) -> str:
    """A bare figure is what the table says it is; anything else is a text."""
    printed = cell.text.strip()
    if not _BARE.fullmatch(printed):
        return figures.redraw(cell.text)
    sign, digits = ("-", printed[1:].strip()) if printed.startswith("-") else ("", printed)
    value = parsed(digits)
    if fact is None:
        return (
            sign + reprinted(digits, value * figures.money) if "." in digits and figures.is_money(value) else cell.text
        )
    if fact.canonical is not None:
        return sign + reprinted(digits, figures.amount(value, fact.unit), grouped)
    return sign + reprinted(digits, value * figures.count) if fact.unit in COUNTS else cell.text
