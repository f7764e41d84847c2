"""One item against another: 比项目支出多吗, 基本支出是否大于项目支出."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.model import Found
from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent
from qa.respond.judged import judged, size
from qa.respond.operands import one
from qa.respond.sources import figure_in, hints_in, part

_THAN = re.compile(r"比(?!例|重|上年|去年|较|年初|全年|预算|20)(?P<other>.+?)(?:还|要|更)?(?P<how>多|少|高|低|大|小)")
_SIGN = re.compile(
    r"(?P<how>大|高|多|超|小|低|少)(?:于|过|出)了?(?P<other>[一-龥].*?)(?=的?(?:吗|么|吧|没有?|与否|[?？]|$))"
)
_NO_ITEM = re.compile(r"上年|去年|上一年|年初|全年|预算|标准|限额|目标|其他|平均")
_MORE = frozenset("多高大超")


@dataclass(frozen=True, slots=True)
class Sides:
    """Where the words of a comparison begin, where the second item stands, and whether it is asked for more."""

    start: int
    other: tuple[int, int]
    more: bool


def sides_compared(text: str) -> Sides | None:
    """The two items that a question compares; None where it compares with a bound, a budget or another year."""
    for pattern in (_THAN, _SIGN):
        match = pattern.search(text)
        if match and not _NO_ITEM.match(match["other"]):
            return Sides(match.start(), match.span("other"), match["how"] in _MORE)
    return None


def two_compared(intent: Intent, finder: Finder) -> Draft | None:
    """The verdict with both figures, of one office or of two."""
    sides = sides_compared(intent.text)
    if sides is None:
        return None
    return _operands(sides, intent, finder) or _parts(sides, intent, finder)


def _operands(sides: Sides, intent: Intent, finder: Finder) -> Draft | None:
    """Two figures that the question was already split into."""
    if len(intent.operands) != 2:
        return None
    first, second = intent.operands
    if not second.topic.size:
        second = second.about(first)
    if not first.topic.size:
        first = first.about(second)
    a, b = one(first, finder), one(second, finder)
    return _ranked(a.found, b.found, sides, intent, finder) if a and b and a.fact.key != b.fact.key else None


def _parts(sides: Sides, intent: Intent, finder: Finder) -> Draft | None:
    """Two items of one document."""
    hints = hints_in(intent.text)
    first, second = part(intent, 0, sides.start, hints), part(intent, *sides.other, hints)
    if not (first.topic.size and second.topic.size):
        return None
    for entry in intent.documents:
        a, b = (figure_in(side, intent, entry, finder) for side in (first, second))
        if a and b and a.fact.key != b.fact.key:
            return _ranked(a, b, sides, intent, finder)
    return None


def _ranked(a: Found, b: Found, sides: Sides, intent: Intent, finder: Finder) -> Draft:
    more, equal = size(a) > size(b), size(a) == size(b)
    relation = "等于" if equal else "多于" if more else "少于"
    return judged(not equal and more == sides.more, a, b, f"前者{relation}后者", intent, finder)
