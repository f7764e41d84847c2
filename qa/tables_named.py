"""The table that a question names in words, 基本支出明细里的, (财政拨款总表): it decides from where the figure is taken."""

from __future__ import annotations

import re

from index.wording import canonical
from qa.link import abbreviates

_NAMES_TABLE = re.compile(r"[一-龥]+?(?:表(?=[里中)]|$)|(?<![的下])明细(?=[里中)]))")
_LAST = 5  # how much of the name is held against a title; before it stands what is asked for


def named_tables(text: str) -> tuple[str, ...]:
    """The last words of the names of tables in a question, without 表, which titles leave out."""
    return tuple(name[-_LAST:].removesuffix("表") for name in _NAMES_TABLE.findall(text) if len(name) >= 4)


def bears(title: str, name: str) -> bool:
    """Whether the words of the name stand in the title in this order, with others between them."""
    return abbreviates(name, canonical(title))
