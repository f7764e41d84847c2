"""Printed lines -> the prose of a document: contents pages, captions and notes of tables left out, wraps undone.

A wrapped line goes on in the next unless that one begins something. Where lines have geometry the margins decide (an
indented line begins a paragraph, a line that stops early ends one); where they have none, a reader of flowing text has
already made each line a paragraph, and only what is plainly cut off is joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import Document, Grid, Line, Table
from index.wording import squeeze

_STOPS = tuple("。！？!?")
_ENDINGS = (*_STOPS, "：", ":", "；", ";")
_LEADERS = re.compile(r"\.{4,}|…{2,}|·{4,}|(?:\. ){4,}")
_CONTENTS = frozenset({"目录", "目次", "目录:"})
_CAPTION = re.compile(
    r"^(?:公开|预算|财决|附件?|表)?\(?\d{0,2}\)?表\(?\d{0,2}[-\d]*\)?$|(?:^|[^\u4e00-\u9fff])(?:金额)?单位[:：]|"
    r"^(?:编制)?(?:部门|单位)(?:名称)?[:：]|^(?:编制|填报)(?:部门|单位)|^\(20\d\d年度?\)$|^20\d\d年度$|^附[件表]\d{1,2}$"
)
_NOTE = re.compile(r"^(?:附?注|备注|说明)[:：\d]")
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|章|条)|[一二三四五六七八九十]{1,3}[、.．]|"
    r"[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])"
)
_SHORT_STOP = 2.0  # characters that a line may stop before the margin and still be full
_SHORT_WORD = 3.5  # the same for a line that ends in the middle of a sentence: justified text leaves gaps
_NAMES_A_SECTION = re.compile(r"(?:情况|说明|结果|方面|概况|目标|职责|职能|依据)$")
_INDENT = 0.8  # characters from the left margin at which a line counts as indented
_CENTRED = 4.0  # characters from the left margin at which a line stands in the middle
_MOST_OF_LINE = 0.5
_LINES_ENOUGH = 8
_LONGEST_CAPTION = 90
_SHORTEST_PART = 5  # a piece of a broken title has more characters than this
_LONG_LINE = 12
_FIRST_WORD = re.compile(r"^[（(“《]*(?:[\d.,%A-Za-z]+|.)[，。、；：）”》%)]*")  # what cannot be broken
_CUT_OFF = 30  # a line of this length without a full stop was cut off, where nothing is known of margins


@dataclass(frozen=True, slots=True)
class Margins:
    """The text block of pages of one size, and the width of a character on them."""

    left: float
    right: float
    width: float

    @property
    def measure(self) -> float:
        """Full-width characters in a line."""
        return (self.right - self.left) / self.width


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that form one paragraph or one heading; `fresh` tells that something other than prose came before."""

    lines: tuple[Line, ...]
    fresh: bool = False

    @property
    def text(self) -> str:
        return "".join(line.text.strip() for line in self.lines)


def pieces(document: Document, tables: Sequence[Table]) -> list[Piece]:
    """The prose of a document in reading order."""
    margins = _margins(document)
    made: list[list[Line]] = []
    fresh: list[bool] = []
    broken = True
    for item in prose_lines(document, tables):
        if item is None:
            broken = True
            continue
        if not broken and _goes_on(made[-1], item, margins.get(item.page)):
            made[-1].append(item)
        else:
            made.append([item])
            fresh.append(broken)
        broken = False
    return [Piece(tuple(lines), new) for lines, new in zip(made, fresh, strict=True)]


def prose_lines(document: Document, tables: Sequence[Table]) -> Iterable[Line | None]:
    """Lines of prose; None where a table, its caption or a contents page stands between."""
    titles = {squeeze(table.title) for table in tables if table.title}
    notes = squeeze("".join(note for table in tables for note in table.notes))
    skipped = _contents(document)
    for page in document.pages:
        for at, item in enumerate(page.flow):
            if isinstance(item, Grid) or (page.number, at) in skipped:
                yield None
                continue
            plain = squeeze(item.text)
            if not plain:
                continue
            beside = any(isinstance(near, Grid) for near in page.flow[max(0, at - 3) : at + 8])
            caption = plain in titles or (beside and _is_caption(plain, titles))
            note = len(plain) > 3 and plain in notes and (beside or bool(_NOTE.match(plain)))
            yield None if caption or note or _LEADERS.search(item.text) else item


def _is_caption(plain: str, titles: set[str]) -> bool:
    if _CAPTION.search(plain):
        return len(plain) < _LONGEST_CAPTION
    return len(plain) > _SHORTEST_PART and any(plain in title for title in titles)


def _contents(document: Document) -> set[tuple[int, int]]:
    """Places (page, position in its flow) of the contents: from 目录 to its last page or its first entry come again."""
    skipped: set[tuple[int, int]] = set()
    first, running, since = "", False, 0
    for page in document.pages:
        if running and page.number != since and not _mostly_leaders(page.lines):
            running = False
        for at, item in enumerate(page.flow):
            plain = squeeze(item.text) if isinstance(item, Line) else ""
            entry = re.sub(r"[.…·\-\d\s]+$", "", plain)
            if plain in _CONTENTS:
                running, since, first = True, page.number, ""
            elif running and (isinstance(item, Grid) or (first and entry == first) or len(plain) > 80):
                running = False
            elif running and not first:
                first = entry
            if running:
                skipped.add((page.number, at))
    return skipped


def _mostly_leaders(lines: Sequence[Line]) -> bool:
    return sum(bool(_LEADERS.search(line.text)) for line in lines) * 2 > len(lines) > 0


def _margins(document: Document) -> dict[int, Margins]:
    """Margins per page: its own where it has lines enough, else those of all pages of its size."""
    sizes: dict[tuple[int, int], list[Line]] = {}
    for page in document.pages:
        sizes.setdefault((round(page.width), round(page.height)), []).extend(page.lines)
    common = {size: _margins_of(lines) for size, lines in sizes.items()}
    made = {}
    for page in document.pages:
        whole = common[round(page.width), round(page.height)]
        own = _margins_of(page.lines) if len(page.lines) >= _LINES_ENOUGH else None
        if found := own or whole:
            made[page.number] = found
    return made


def _margins_of(lines: Sequence[Line]) -> Margins | None:
    """The leftmost edge that two long lines share, and the rightmost that lines reach."""
    long = [(line, line.bbox) for line in lines if line.bbox and len(line.text) > _LONG_LINE]
    if not long:
        return None
    edges = Counter(round(box[0]) for _, box in long)
    left = min(x for x, count in edges.items() if count > 1 or count == max(edges.values()))
    rights = sorted(box[2] for _, box in long)
    widths = sorted((box[2] - box[0]) / max(1.0, _em(line.text)) for line, box in long)
    return Margins(float(left), rights[int(len(rights) * 0.95)], widths[len(widths) // 2])


def _em(text: str) -> float:
    """Width in full-width characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _goes_on(before: Sequence[Line], line: Line, margins: Margins | None) -> bool:
    """Whether `line` continues the paragraph `before`."""
    last = before[-1]
    text, following = last.text.strip(), line.text.strip()
    ended = text.endswith(_ENDINGS)
    if _unfinished_heading(text, following):
        return True
    if margins is None or last.bbox is None or line.bbox is None:
        cut_off = len(text) >= _CUT_OFF and not ended
        return cut_off and not _ORDINAL.match(following) and not is_heading_line(text)
    room = (margins.right - last.bbox[2]) / margins.width
    if _ORDINAL.match(following):
        return not ended and room < _SHORT_STOP and not is_heading_line(following)
    indent = (line.bbox[0] - margins.left) / margins.width
    begun = ((before[0].bbox or last.bbox)[0] - margins.left) / margins.width
    if len(before) == 1 and begun > _CENTRED and abs(begun - indent) > _CENTRED / 2:
        return False
    full = room < max(_SHORT_WORD, _em(_FIRST_WORD.match(following).group()) + 1)  # type: ignore[union-attr]
    if is_heading_line(text) and len(before) == 1:
        return full and not ended and indent < _INDENT
    if not ended and begun < _CENTRED:
        return full or text.endswith(("，", ",", "、")) or _em(text) > margins.measure * _MOST_OF_LINE
    if indent > _INDENT:
        return not ended and full
    hanging = begun > _INDENT
    return room < _SHORT_STOP or (hanging and text.endswith(_STOPS) and room < margins.measure / 2)


def is_heading_line(text: str) -> bool:
    """一、收入支出预算总体情况说明: an ordinal, few words, no stop inside and no sum of money."""
    plain = squeeze(text)
    if not _ORDINAL.match(plain) or len(plain) > 48 or re.search(r"\([类款项]\)", plain):
        return False
    body = plain.rstrip("。.")
    if body != plain and not _NAMES_A_SECTION.search(body):
        return False
    return not re.search(r"[，,；;。：:]|\d[\d.]*(?:万?元|%|人|辆|个|台)", body[3:])


def _unfinished_heading(text: str, following: str) -> bool:
    """A heading that goes on: 第二部分 | 2023年度预算情况说明, 第一部分某局 | 概况, or with an open bracket."""
    plain = squeeze(text)
    if _ORDINAL.match(following):
        return False
    if re.fullmatch(r"第[一二三四五六七八九十]{1,3}(?:部分|章)", plain):
        return True
    if not is_heading_line(text):
        return False
    chapter = plain.startswith("第") and not re.search(r"(?:概况|说明|解释|附件|表)$", plain)
    unclosed = plain.count("(") > plain.count(")") or text.count("“") > text.count("”")
    return unclosed or (chapter and len(squeeze(following)) <= 12)
