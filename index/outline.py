"""Prose -> sections and paragraphs: 第一部分, 一、 （一） 1. and the headings that have no ordinal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import Document, Paragraph, Section, Table
from index.prose import Piece, is_heading_line, pieces
from index.wording import close, squeeze

_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|附件?[:：])")),
    (2, re.compile(r"^[一二三四五六七八九十]{1,3}[、.]")),
    (3, re.compile(r"^\([一二三四五六七八九十]{1,3}\)")),
    (4, re.compile(r"^\d{1,2}[、.](?!\d)")),
)
_NUMBERED = 4  # the level of 1. and 2.
# A heading without an ordinal: 2025年部门预算编制说明, 名词解释, 科技创新专项经费情况说明.
_BARE = re.compile(
    r"(?:主要职[能责]|部门职[能责]|单位职[能责]|机构设置|机构设置情况|名词解释|编制说明|情况说明|概况|预算表|决算表|"
    r"附件|附表|基本情况)$"
)
# The title of a report that is attached, which counts its sections anew: 2023年度河道整治项目绩效评价报告.
_REPORT = re.compile(r"(?:绩效|自评|评价|评估)(?:情况)?报告$")
_SENTENCE = re.compile(r"[，,；;。:：]|^(?:我|本)(?:部门|单位|局|办)|未|没有")
_LONGEST = 44


def find_sections(document: Document, tables: Sequence[Table]) -> tuple[tuple[Section, ...], tuple[Paragraph, ...]]:
    """The outline of a document and its paragraphs; each names the section it stands in, 0 before the first."""
    sections: list[Section] = []
    paragraphs: list[Paragraph] = []
    path: list[tuple[int, str]] = []
    listed = False  # whether the piece before is no heading
    flow = pieces(document, tables)
    for at, piece in enumerate(flow):
        level = _level(piece, flow[at + 1] if at + 1 < len(flow) else None) or _report(flow, at)
        if level == _NUMBERED and listed and _level_of(squeeze(flow[at - 1].text)) == _NUMBERED:
            level = 0  # the last of a list, which a long paragraph follows
        listed = not level
        if not level:
            paragraphs.append(_paragraph(piece, len(sections)))
            continue
        title = close(piece.text)
        path = [entry for entry in path if entry[0] < level] + [(level, title)]
        titles = tuple(name for _, name in path)
        sections.append(Section(len(sections) + 1, level, title, titles, piece.lines[0].page))
    return tuple(sections), tuple(paragraphs)


def _level(piece: Piece, after: Piece | None) -> int:
    """Level of a heading; 0 for a paragraph."""
    plain = squeeze(piece.text)
    level = _level_of(plain)
    if level == 1:
        return 1 if len(plain) <= 60 and not re.search(r"[。；;]", plain[:-1]) else 0
    if level:
        return level if is_heading_line(piece.text) and not (level == 4 and _is_item(plain, after)) else 0
    return 1 if len(plain) <= _LONGEST and _BARE.search(plain) and not _SENTENCE.search(plain) else 0


def _level_of(plain: str) -> int:
    """What the ordinal of a line says; 0 where it has none."""
    return next((number for number, pattern in _LEVELS if pattern.match(plain)), 0)


def _report(flow: Sequence[Piece], at: int) -> int:
    """1 for a line that heads a report, which the first of its sections follows as the next heading; else 0."""
    plain = squeeze(flow[at].text)
    if not _REPORT.search(plain) or len(plain) > _LONGEST or _SENTENCE.search(plain):
        return 0
    after = (squeeze(piece.text) for piece in flow[at + 1 :])
    return int(next((words for words in after if _level_of(words) == 2), "").startswith("一"))


def _is_item(plain: str, after: Piece | None) -> bool:
    """A numbered item of a list is no heading: it ends with a stop, or no long paragraph follows."""
    if plain.endswith(("。", "；", ";")) or after is None or after.fresh:
        return True
    return len(after.text) < _LONGEST or bool(_LEVELS[3][1].match(squeeze(after.text)))


def _paragraph(piece: Piece, section: int) -> Paragraph:
    starts, length = [], 0
    for line in piece.lines:
        starts.append(length)
        length += len(line.text.strip())
    return Paragraph(piece.text, piece.lines, tuple(starts), section)
