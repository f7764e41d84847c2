"""Sections and tables -> passages to retrieve.

A passage never crosses a section and ends where a sentence or a paragraph ends; short items of a list stay together.
The line of context before it (title of the document, sections) is what retrieval gains most from. A table gives one
description, and its long cells of words (goals, explanations) are passages like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from index.model import BBox, Cell, Chunk, Locator, Paragraph, Profile, Section, Table
from index.wording import squeeze

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

SHORTEST = 120
"""Characters that a passage has at least, where its section has as many."""
LONGEST = 350
"""Characters that a passage has at most."""
_WORDY = 40  # Chinese characters that make a cell a passage
_LABELS = 24  # row labels that a description of a table lists
_COLUMNS = 16
_TOP = 4  # rows in which a form says what it is about
_HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters start..end of a paragraph."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def size(self) -> int:
        return self.end - self.start


def make_chunks(
    profile: Profile, sections: Sequence[Section], paragraphs: Sequence[Paragraph], tables: Sequence[Table]
) -> tuple[Chunk, ...]:
    """All passages of a document: its prose in reading order, then its tables."""
    title = document_title(profile)
    by_number = {section.number: section for section in sections}
    chunks: list[Chunk] = []
    for number, group in groupby(paragraphs, key=lambda paragraph: paragraph.section):
        path = by_number[number].path if number in by_number else ()
        for pieces in _packed(_pieces(group)):
            chunks.append(_prose_chunk(f"p{len(chunks) + 1}", _context(title, path), pieces, number))
    for table in tables:
        chunks.extend(_table_chunks(title, table))
    return tuple(chunks)


def document_title(profile: Profile) -> str:
    """The title with the year and stage that it may not say itself."""
    title = profile.title or profile.organisation
    missing = [f"{profile.year}年度"] if profile.year and str(profile.year) not in title else []
    missing += [profile.stage] if profile.stage and profile.stage not in title else []
    return " ".join((title, *missing))


def _context(title: str, path: Iterable[str]) -> str:
    return " > ".join((title, *path))


# ---------------------------------------------------------------------------------------------------------------- prose


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[_Piece]:
    """Paragraphs, the long ones cut at sentences (else at commas) into parts of about the same size."""
    for paragraph in paragraphs:
        length = len(paragraph.text)
        if length <= LONGEST:
            if paragraph.text.strip():
                yield _Piece(paragraph, 0, length)
            continue
        parts = -(-length // LONGEST)
        start = 0
        for text in _splitter(min(LONGEST, length // parts + SHORTEST // 2)).split_text(paragraph.text):
            yield _Piece(paragraph, start, start + len(text))
            start += len(text)


@cache
def _splitter(size: int) -> RecursiveCharacterTextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=["。", "；", "，", "、", ""],
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=size,
        chunk_overlap=0,
    )


def _packed(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Neighbours put together until a passage is long enough; one that stays short joins the passage before it."""
    open_: list[_Piece] = []
    done: list[_Piece] = []
    for piece in pieces:
        size = _size(open_)
        full = size >= SHORTEST and not open_[-1].text.rstrip().endswith(("：", ":"))  # 其中： wants what follows
        if open_ and (full or size + piece.size > LONGEST):
            if done:
                yield done
            done, open_ = open_, []
        open_.append(piece)
    if done and _size(open_) < SHORTEST // 2 and _size(done) + _size(open_) <= LONGEST:
        done, open_ = done + open_, []
    yield from (group for group in (done, open_) if group)


def _size(pieces: Sequence[_Piece]) -> int:
    return sum(piece.size for piece in pieces)


def _prose_chunk(key: str, context: str, pieces: Sequence[_Piece], section: int) -> Chunk:
    quote = "".join(_joined(pieces))
    places = tuple(dict.fromkeys(place for piece in pieces for place in piece.paragraph.places(piece.start, piece.end)))
    page = places[0].page if places else 1
    return Chunk(key, f"{context}\n{quote}", quote, section, page, places)


def _joined(pieces: Sequence[_Piece]) -> Iterator[str]:
    """The texts; a new line only where a new paragraph begins."""
    before: Paragraph | None = None
    for piece in pieces:
        if before is not None and piece.paragraph is not before:
            yield "\n"
        yield piece.text
        before = piece.paragraph


# --------------------------------------------------------------------------------------------------------------- tables


def _table_chunks(title: str, table: Table) -> Iterator[Chunk]:
    context = _context(title, filter(None, (f"{table.code} {table.title}".strip(), _subject(table))))
    page = table.pages[0] if table.pages else 1
    place = Locator(page, _box(cell for row in (*table.header, *table.rows) for cell in row if cell.page == page))
    heading = table.title or table.code
    yield Chunk(f"t{table.number}", f"{context}\n{describe(table)}", heading, 0, page, (place,), table.number)
    seen: set[str] = set()
    for row in table.rows:
        for cell in row:
            if len(_HAN.findall(cell.text)) >= _WORDY and cell.text not in seen:
                seen.add(cell.text)
                yield _cell_chunk(f"t{table.number}w{len(seen)}", context, row, cell, table.number)


def describe(table: Table) -> str:
    """What a table is about, in a line: code, title, unit, columns, the first labels, what its notes say."""
    columns = _distinct(squeeze(wording) for path in table.columns for wording in path)
    labels = _distinct(label for row in table.rows for label in [_label(row)] if label)
    parts = [f"{table.code}{table.title}".strip() or "表格"]
    if table.unit:
        parts.append(f"单位：{table.unit}")
    if columns:
        parts.append("栏目：" + "、".join(columns[:_COLUMNS]))
    if labels:
        parts.append("项目：" + "、".join(labels[:_LABELS]))
    parts.extend(squeeze(note) for note in table.notes[:1])
    return "；".join(parts)[: 2 * LONGEST]


def _subject(table: Table) -> str:
    """What a form is about: the text beside 项目名称, 政策名称 and the like near its top."""
    for row in table.rows[:_TOP] if table.form else ():
        texts = [squeeze(cell.text) for cell in row if cell.text.strip()]
        for name, value in pairwise(texts):
            if name.rstrip(":").endswith("名称"):
                return value
    return ""


def _label(row: Sequence[Cell]) -> str:
    """The first short wording of a row."""
    texts = (squeeze(cell.text) for cell in row)
    return next((text for text in texts if _HAN.search(text) and len(text) < _WORDY), "")


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _cell_chunk(key: str, context: str, row: Sequence[Cell], cell: Cell, table: int) -> Chunk:
    label = _label(row)
    quote = cell.text
    text = f"{context} > {label}\n{quote}" if label else f"{context}\n{quote}"
    return Chunk(key, text, quote, 0, cell.page, (Locator(cell.page, cell.bbox),), table)


def _box(cells: Iterable[Cell]) -> BBox | None:
    """The box around cells; None where none has one."""
    boxes = [cell.bbox for cell in cells if cell.bbox is not None]
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)
