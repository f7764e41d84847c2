"""How the figures of an answer are shown: digits in groups of three, and which of them stand large."""

from __future__ import annotations

import re

from qa.model import Answer, Value
from qa.serve.page.rich import blocks_of

LARGE = 3  # figures shown large side by side
_AMOUNT = re.compile(r"-?\d{4,}(\.\d+)?")
_NEVER_GROUPED = ("", "年", "年度")  # what has no unit may be a year or a code


def shown(value: Value) -> str:
    """The figure to read: 3,414.13. What is no plain number stays as it is."""
    if value.unit in _NEVER_GROUPED or not _AMOUNT.fullmatch(value.value):
        return value.value
    whole, point, rest = value.value.partition(".")
    return f"{int(whole):,}{point}{rest}"


def large(answer: Answer) -> tuple[Value, ...]:
    """The figures that answer the question by themselves: a few, or the first of many unless it is one line of a list."""
    if len(answer.values) <= LARGE:
        return answer.values
    lead = answer.values[0]
    lines = ("".join(p.words for p in b.pieces) for b in blocks_of(answer.text) if b.kind in ("item", "numbered"))
    return () if any(shown(lead) in line or lead.value in line for line in lines) else (lead,)
