"""The grammar of arithmetic: what a question wants calculated, and which of its spans name the figures.

The words stand in frames.yaml. A frame says only where the operands are named; what they mean is found for each by
itself, so that a frame which cuts a question at the wrong place finds nothing rather than something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

from index.vocabulary import load_vocabulary
from index.wording import canonical, subject
from index.written import written_yaml

Span = tuple[int, int]
HIDDEN, ASIDE = "□", "■"  # inside a name; inside brackets


class Form(StrEnum):
    """How a result is wanted."""

    PERCENT = "percent"
    PART = "part"  # per cent of what it lies within
    TIMES = "times"
    TIMES_MORE = "times_more"
    QUOTIENT = "quotient"
    REMAINDER = "remainder"
    DIFFERENCE = "difference"
    SUM = "sum"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Frame:
    """A calculation over figures that the question names, one span each."""

    form: Form
    operands: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Divisor:
    """What an amount is to be divided by: a number said, or a unit of which the document prints the count."""

    words: tuple[Span, ...]
    unit: str
    number: Decimal | None


@cache
def _grammar() -> Mapping[str, Any]:
    loaded: dict[str, Any] = written_yaml("qa", "frames.yaml")
    classes: Mapping[str, str] = loaded.pop("classes")
    return {name: _spelled(value, classes) for name, value in loaded.items()}


def _spelled(value: str | list[str], classes: Mapping[str, str]) -> str | list[str]:
    """Patterns with their word classes written out."""
    if isinstance(value, list):
        return [str(_spelled(one, classes)) for one in value]
    return re.sub(r"\{([a-z]+)\}", lambda m: classes[m.group(1)], value)


@cache
def _patterns(form: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(f"(?:{one.replace('A', '(?P<a>.+?)', 1).replace('B', '(?P<b>.+?)', 1)})$")
        for one in _grammar()[form]
    )


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(_grammar()[name])


@cache
def _listed(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in _grammar()[name])


_RATIOS = (Form.PART, Form.PERCENT, Form.TIMES_MORE, Form.TIMES, Form.QUOTIENT)
_GAPS = (Form.REMAINDER, Form.DIFFERENCE)


def find_ratio(text: str, meaning: Callable[[Span], bool]) -> Frame | None:
    """A over B. `meaning` tells whether a span says anything that could name a figure."""
    return _two(text, _RATIOS, meaning)


def find_gap(text: str, meaning: Callable[[Span], bool]) -> Frame | None:
    """A less B."""
    return _two(text, _GAPS, meaning)


def _two(text: str, forms: tuple[Form, ...], meaning: Callable[[Span], bool]) -> Frame | None:
    for form in forms:
        for pattern in _patterns(form):
            match = pattern.match(text)
            if match and meaning(match.span("a")) and meaning(match.span("b")):
                return Frame(form, (match.span("a"), match.span("b")))
    return None


def implies_gap(text: str) -> bool:
    """Whether a difference is asked for whose sides are not named one by one: 比预算少花多少."""
    return any(pattern.search(text) for pattern in _listed("implied_gap"))


def find_sum(text: str, meaning: Callable[[Span], bool]) -> Frame | None:
    """Two figures or more that are to be added up."""
    if not _word("sum_tail").search(text) and not _word("sum_joint").search(text):
        return None
    parts = coordinated(text, (0, len(text)), meaning)
    return Frame(Form.SUM, parts) if len(parts) > 1 else None


def coordinated(text: str, span: Span, meaning: Callable[[Span], bool]) -> tuple[Span, ...]:
    """The names that a span holds side by side: 培训费和会议费; the span itself where it holds no more than one."""
    offset = span[0]
    parts = [(offset + a, offset + b) for a, b in _parts(text[offset : span[1]])]
    cleared = [_without_sum(text, part, meaning) for part in parts if _names(text, part, meaning)]
    named = tuple(part for part in cleared if part)
    return named if len(named) > 1 and len(named) == len(cleared) else (span,)


def side_by_side(text: str) -> tuple[Span, ...]:
    """The parts of a list of figures, each for itself: words of a sum, 收入总计和支出总计, belong to the names there."""
    parts = tuple(part for part in _parts(text) if text[slice(*part)].strip(ASIDE))
    return parts if len(parts) > 1 else ()


def _names(text: str, span: Span, meaning: Callable[[Span], bool]) -> bool:
    return meaning(span) and bool(text[slice(*span)].strip(ASIDE))


def _without_sum(text: str, span: Span, meaning: Callable[[Span], bool]) -> Span | None:
    """A part without the words that ask for the sum; None where it names something on both sides of them."""
    match = _word("sum_tail").search(text, *span)
    if match is None:
        return span
    sides = [side for side in ((span[0], match.start()), (match.end(), span[1])) if _names(text, side, meaning)]
    return sides[0] if len(sides) == 1 else None


def _parts(text: str) -> Iterator[Span]:
    """Between the separators."""
    cuts = [m.span() for name in ("sum_joint", "sum_separator") for m in _word(name).finditer(text)]
    start = 0
    for a, b in sorted(cuts):
        if a >= start:
            yield start, a
        start = max(start, b)
    yield start, len(text)


def asides(text: str) -> tuple[Span, ...]:
    """What stands in brackets."""
    return tuple((m.start() + 1, m.end() - 1) for m in _BRACKETS.finditer(text))


def itemised(text: str, known: frozenset[str]) -> tuple[Span, ...]:
    """The items that brackets add up: 离退休费(离休+退休); joined by other words where each is a printed name."""
    for start, end in asides(text):
        parts = [(start + a, start + b) for a, b in _parts(text[start:end])]
        added = re.fullmatch(r"[一-龥]+(?:\+[一-龥]+)+", text[start:end])
        if len(parts) > 1 and (added or all(text[a:b] in known for a, b in parts)):
            return tuple(parts)
    return ()


def sum_words(text: str) -> tuple[Span, ...]:
    """What asks for a sum and names nothing."""
    return tuple(m.span() for m in _word("sum_tail").finditer(text))


def run_together(text: str, start: int) -> tuple[Span, ...]:
    """Accounts that stand side by side without anything between them before 合计 or 分别: 离休费退休费合计.

    `start` is where the names begin, behind office and year; none where the words are one name or no names.
    """
    asked = _word("sum_tail").search(text, start) or _word("each_tail").search(text, start)
    return (_accounts_in(text, start, asked.start()) or ()) if asked else ()


def _accounts_in(text: str, start: int, end: int) -> tuple[Span, ...] | None:
    """A run of characters as names of accounts from end to end, the longest first; None where it is not."""
    if start == end:
        return ()
    for stop in range(min(end, start + _LONGEST_NAME), start + 1, -1):
        if text[start:stop] in load_vocabulary().account_names and (rest := _accounts_in(text, stop, end)) is not None:
            return ((start, stop), *rest)
    return None


def head_of(text: str, spans: Sequence[Span]) -> Span | None:
    """What the first of several spans says for all: 生命健康专项中 in 生命健康专项中创新化和国际化."""
    start, end = spans[0]
    match = _word("sum_head").match(text[start:end])
    return (start, start + match.end("head")) if match and len(spans) > 1 else None


def find_divisor(text: str) -> Divisor | None:
    """What the amount is wanted for each of."""
    spans: list[Span] = []
    unit, number = "", None
    for pattern in _listed("per"):
        for match in pattern.finditer(text):
            if any(match.start() < b and a < match.end() for a, b in spans):
                continue
            spans.append(match.span())
            groups = match.groupdict()
            if groups.get("number"):
                number, unit = Decimal(groups["number"]), groups["unit"] or unit
            unit = unit or groups.get("unit") or ""
    return Divisor(tuple(spans), unit, number) if spans else None


def hidden(text: str, known: frozenset[str], taken: int) -> str:
    """The text with what connects inside a printed name, an office (`taken`) or brackets made unmatchable."""
    names = _connected(known)
    chars = list(text)
    for match in _BRACKETS.finditer(text):
        chars[match.start() : match.end()] = ASIDE * len(match.group())
    for i, char in enumerate(text):
        if taken >> i & 1 or (char in _CONNECTORS and _inside_name(text, i, names)):
            chars[i] = HIDDEN
    return "".join(chars)


_CONNECTORS = "和与及跟同、,，加占比较减在里内中是为超差-/"
_ARITHMETIC_ENDS = (
    "率",
    "比",
    "例",
    "重",
    "额",
    "差",
    "计",
    "数",
)  # 占比, 差额: words of a frame, though columns bear them
_BRACKETS = re.compile(r"\([^()]*\)")
_SHORTEST_NAME, _LONGEST_NAME = 3, 24
_ENDINGS = ("支出", "等支出", "经费", "费用", "费", "收入", "资金", "事务", "缴费", "运行费", "维护费")


@lru_cache(maxsize=4)
def _connected(known: frozenset[str]) -> frozenset[str]:
    """Names with a connector inside, also without their usual ending: 社会保障和就业(支出)."""
    names: set[str] = set()
    for wording in known:
        for plain in {canonical(wording), subject(wording)}:
            fits = _SHORTEST_NAME <= len(plain) <= _LONGEST_NAME and not plain.endswith(_ARITHMETIC_ENDS)
            if fits and any(c in plain[:-1] for c in _CONNECTORS):
                names.update((plain, *(plain.removesuffix(ending) for ending in _ENDINGS)))
    return frozenset(names)


def _inside_name(text: str, at: int, names: frozenset[str]) -> bool:
    """Whether the character stands inside a printed name that the text says whole."""
    starts = range(max(0, at - _LONGEST_NAME + 2), at + 1)
    ends = (range(max(at + 2, a + _SHORTEST_NAME), min(len(text), a + _LONGEST_NAME) + 1) for a in starts)
    return any(text[a:b] in names for a, stops in zip(starts, ends, strict=True) for b in stops)
