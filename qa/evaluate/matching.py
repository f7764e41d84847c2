"""When two wordings or two figures say the same, for judging: loose about spelling, strict about value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from index.amounts import MONEY

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_IGNORED = re.compile(r"[\s*|]+")
_SUFFIX = re.compile(r"\.\w{2,5}$")
_CLAUSE = re.compile(r"…|\.{3,}|[\t\n|｜。；;，、：:]")
_PERCENT = frozenset({"%", "百分点", "个百分点"})


def compact(text: str) -> str:
    """One spelling: NFKC, without white space, thousands separators and Markdown marks."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    return _IGNORED.sub("", text)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure in its base unit (money in 元) and what it counts: money | % | count."""

    value: Decimal
    kind: str


def measured(value: str, unit: str) -> Measured | None:
    """A value with its unit; None where the value is no number. A bound before it (≥, ≤) is dropped."""
    digits = unicodedata.normalize("NFKC", value).replace(",", "").strip("≥≤><= \t")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    unit = unicodedata.normalize("NFKC", unit).strip()
    if unit in MONEY:
        return Measured(number * MONEY[unit], "money")
    return Measured(number, "%" if unit in _PERCENT else "count")


def equal(got: Measured | None, wanted: Measured | None, tolerance: Decimal, unit: str) -> bool:
    """Whether both are one figure; `tolerance` is in the wanted figure's own `unit`."""
    if got is None or wanted is None or got.kind != wanted.kind:
        return False
    slack = tolerance * MONEY.get(unit, Decimal(1)) if wanted.kind == "money" else tolerance
    return abs(got.value - wanted.value) <= slack


def names_document(document: str, doc: str) -> bool:
    """Whether a file is the document that a set names by its stem or the stem's first part (000 = 000_某局.pdf)."""
    stem = PurePath(document).stem if _SUFFIX.search(document) else document
    return stem == doc or stem.startswith((f"{doc}_", f"{doc} "))


def contains(groups: Iterable[Iterable[str]], text: str) -> bool:
    """Whether the text has at least one wording of every group."""
    body = compact(text)
    return all(any(compact(option) in body for option in group) for group in groups)


def stands_in(piece: str, body: str) -> bool:
    """Whether a compact piece is in a compact body, whole or broken once (by a line, a column or a page)."""
    if piece in body:
        return True
    return any(piece[:cut] in body and piece[cut:] in body for cut in range(2, len(piece) - 1))


def quoted_from(quote: str, body: str) -> bool:
    """Whether a quote stands in a compact body: whole, or clause by clause where an ellipsis or a cell joins it."""
    if compact(quote) in body:
        return True
    return all(stands_in(piece, body) for piece in map(compact, _CLAUSE.split(quote)) if piece)
