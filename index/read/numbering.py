"""Automatic numbering of Word: the 一、 （一） 1. that are printed before a paragraph but stand in none of its runs."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document as Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCountingThousand"}
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its counter is written and what is printed around it (%1、)."""

    style: str
    text: str
    start: int


@dataclass(frozen=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]]  # list id -> level -> how it looks
    styles: dict[str, tuple[str, int]]  # paragraph style -> list id, level
    counters: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, package: Package) -> Numbering:
        try:
            root = package.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return cls({}, {})
        abstract = {
            item.get(f"{_W}abstractNumId"): {
                int(level.get(f"{_W}ilvl", "0")): _level(level) for level in item.findall(f"{_W}lvl")
            }
            for item in root.findall(f"{_W}abstractNum")
        }
        levels = {
            item.get(f"{_W}numId", ""): abstract.get(_value(item, "abstractNumId"), {})
            for item in root.findall(f"{_W}num")
        }
        styles: dict[str, tuple[str, int]] = {}
        for style in package.styles.element.findall(f"{_W}style"):
            reference = style.find(f"{_W}pPr/{_W}numPr")
            if reference is not None:
                level = _value(reference, "ilvl")
                styles[style.get(f"{_W}styleId", "")] = (_value(reference, "numId"), int(level) if level else 0)
        return cls(levels, styles)

    def label(self, paragraph: etree._Element) -> str:
        """What Word prints before this paragraph, the counter moved on; "" for one that is in no list."""
        number, depth = self._place(paragraph)
        levels = self.levels.get(number, {})
        if depth not in levels:
            return ""
        counts = self.counters[number]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if levels[depth].style in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = levels.get(at)
            return _count(counts.get(at, level.start), level.style) if level else ""

        return re.sub(r"%(\d)", written, levels[depth].text)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        number, depth = self.styles.get(style.get(f"{_W}val", ""), ("", 0)) if style is not None else ("", 0)
        if own is not None:
            level = _value(own, "ilvl")
            return _value(own, "numId") or number, int(level) if level.isdigit() else depth
        return number, depth


def _level(element: etree._Element) -> Level:
    start = _value(element, "start")
    return Level(
        _value(element, "numFmt") or "decimal", _value(element, "lvlText"), int(start) if start.isdigit() else 1
    )


def _value(element: etree._Element, name: str) -> str:
    found = element.find(_W + name)
    return found.get(f"{_W}val", "") if found is not None else ""


def _count(number: int, style: str) -> str:
    if style in _CHINESE:
        return chinese_number(number)
    if style == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if style in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr(ord("A" if style == "upperLetter" else "a") + number - 1)
    return str(number)


def chinese_number(number: int) -> str:
    """1..99 as headings count: 一, 十, 十二, 三十一; other numbers in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
