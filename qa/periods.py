"""Which years a question names: 2022, 22年, ２０２２, 2O22, 二〇二二年, 2022—2024, 去年, 今年."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.organisations import span_mask
from qa.words import CHANGE_BASIS, LAST_YEAR, THIS_YEAR

_RANGE = re.compile(r"((?:19|20)\d{2})年?(?:[-~至到])((?:19|20)\d{2})年?度?")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|\.\d|万|亿|元|人|辆|个|项(?!目)|%)(?:年度?(?![末底初])|财年)?")
_SHORT = re.compile(r"(?<![\d.])(\d{2})年度?(?!期|以|内|来|前|后)")
_CHINESE = re.compile(r"([二2][〇零oO0]([一二三四五六七八九〇零])([一二三四五六七八九〇零]))年?度?")
# 2024年…的2023年预算数: the year directly before a measure names the column, the one behind the office the document.
_COLUMN = re.compile(
    r"(?<![比较和与跟同及、或至到~-])((?:19|20)\d{2})年度?(?=(?:年初|全年)?(?:预算|决算|执行)数)"
    r"|(?<=[的中里])((?:19|20)\d{2})年度?(?=(?:年初|全年)?(?:预算|决算)(?!表|公开|草案|文件|和|与))"
)
_CHINESE_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0"}


@dataclass(frozen=True, slots=True)
class Periods:
    """Years as named (in order, without repeats), relative words, and where they stand in the text."""

    years: tuple[int, ...] = ()
    last: bool = False  # 去年, 上年
    this: bool = False  # 今年, 本年
    mask: int = 0
    column: int = 0  # 2023年预算数 said of another year's document; `years` are then of the documents
    column_mask: int = 0
    against: int = 0  # 比2023年: the year that a change is told against


def column_year(text: str) -> tuple[int, tuple[int, int]] | None:
    """The year that stands directly before 预算数, 决算数 or 执行数, and where; None where there is none or several."""
    found = tuple(_COLUMN.finditer(text))
    return (int(found[0][1] or found[0][2]), found[0].span()) if len(found) == 1 else None


def mend_digits(text: str) -> str:
    """The letter O typed for a zero between digits: 2O23 -> 2023."""
    return re.sub(r"(?<=\d)[oO](?=\d)|(?<=\d)[oO](?=年)", "0", text)


def find_periods(text: str) -> Periods:
    """The periods of a squeezed, mended question."""
    years: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text):
        first, final = int(match[1]), int(match[2])
        if first <= final <= first + 10:
            years.extend(range(first, final + 1))
            spans.append(match.span())
    bases = tuple(CHANGE_BASIS.finditer(text))
    compared = [m.span() for m in bases]
    against = next((int(y[-2:]) + 2000 for m in bases for y in re.findall(r"\d{2,4}", m.group())), 0)
    for pattern in (_FULL, _SHORT):
        for match in pattern.finditer(text):
            if any(a <= match.start() < b for a, b in (*spans, *compared)):
                continue
            digits = match[1]
            years.append(int(digits) if len(digits) == 4 else 2000 + int(digits))
            spans.append(match.span())
    for match in _CHINESE.finditer(text):
        years.append(2000 + int(_CHINESE_DIGIT[match[2]] + _CHINESE_DIGIT[match[3]]))
        spans.append(match.span())
    last = [m.span() for m in LAST_YEAR.finditer(text) if not any(a <= m.start() < b for a, b in compared)]
    this = [m.span() for m in THIS_YEAR.finditer(text)]
    mask, named = span_mask(spans + last + this), tuple(dict.fromkeys(years))
    column = column_year(text)
    if column and len(named) == 2 and named[1] == column[0] and years.count(column[0]) == 1:
        return Periods(named[:1], bool(last), bool(this), mask, column[0], span_mask([column[1]]), against)
    return Periods(named, bool(last), bool(this), mask, against=against)
