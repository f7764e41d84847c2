"""A stored number and its number format -> what the sheet shows, which is what people quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_FILLER = re.compile(r"_.|\*.|\[[^\]]*\]")  # the width of a character, a repeated one, a colour or a condition
_DIGITS = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*)?")
_SIGNIFICANT = 15  # digits that a sheet keeps of a number; what a double holds beyond them is noise


@dataclass(frozen=True, slots=True)
class _Section:
    """How one section of a format (positive; negative; zero) writes a number."""

    decimals: int = 0
    required: int = 0  # decimals that are printed even when zero
    grouped: bool = False
    percent: bool = False
    thousands: int = 0  # how many times the number is divided by a thousand
    negative: bool = False  # the section writes a minus or brackets
    suffix: str = ""
    literal: str | None = None  # the section prints this and no number
    general: bool = False


def show(value: object, number_format: str = "General") -> str:
    """The text of a cell: 1043.4 under "#,##0.00" -> "1,043.40", 0.125 under "0.0%" -> "12.5%", 0.1+0.2 -> "0.3"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(Decimal(format(value, f".{_SIGNIFICANT}g")), number_format)
    if isinstance(value, int | Decimal):
        return _number(Decimal(value), number_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _number(value: Decimal, number_format: str) -> str:
    if not value.is_finite():
        return ""
    sections = (number_format or "General").split(";")
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = _section(sections[chosen])
    if section.literal is not None:
        return section.literal
    if section.general:
        return _plain(value)
    size = abs(value) * (100 if section.percent else 1)
    size = size.scaleb(-3 * section.thousands).quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    text = format(size, ",f" if section.grouped else "f")
    if section.required < section.decimals:
        stem, _, tail = text.partition(".")
        tail = tail[: section.required] + tail[section.required :].rstrip("0")
        text = f"{stem}.{tail}" if tail else stem
    minus = value < 0 and size and (chosen == 0 or section.negative)
    return f"{'-' if minus else ''}{text}{'%' if section.percent else ''}{section.suffix}"


@lru_cache(maxsize=1024)
def _section(code: str) -> _Section:
    code = _FILLER.sub("", code)
    bare = _QUOTED.sub("", code)
    digits = _DIGITS.search(bare)
    if digits is None and not re.search(r"General|@|[ymdhs]", bare, re.IGNORECASE):
        return _Section(literal=_said(code).strip())
    if digits is None or "E+" in bare or "/" in bare:
        return _Section(general=True)
    whole, _, fraction = digits.group().partition(".")
    behind = code[code.rindex(digits.group()) + len(digits.group()) :] if digits.group() in code else ""
    return _Section(
        decimals=len(fraction),
        required=len(fraction.rstrip("#?")),
        grouped="," in whole.rstrip(","),
        percent="%" in bare,
        thousands=len(whole) - len(whole.rstrip(",")) + _leading_commas(bare[digits.end() :]),
        negative=bool(re.search(r"[-(（]", _said(code[: max(code.find(digits.group()), 0)]))),
        suffix="".join(a or b for a, b in _QUOTED.findall(behind)),
    )


def _said(code: str) -> str:
    """A part of a format with its quoted words as they are printed."""
    return _QUOTED.sub(lambda match: match.group(1) or match.group(2) or "", code)


def _leading_commas(text: str) -> int:
    return len(text) - len(text.lstrip(","))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
