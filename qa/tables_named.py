"""The table that a question names in words, 基本支出明细里的, (财政拨款总表): it decides from where the figure is taken."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.model import Table
from index.wording import canonical
from qa.link import abbreviates

_NAMES_TABLE = re.compile(r"[一-龥]+?(?:表(?=[里中)]|$)|(?<![的下])明细(?=[里中)]))")
_DATED = re.compile(r"^20\d\d年(?:度)?")
_IN_BRACKETS = re.compile(r"\([^()]*\)$")
_LAST = 5  # how much of the name is held against a title; before it stands what is asked for


def named_tables(text: str) -> tuple[str, ...]:
    """The last words of the names of tables in a question, without 表, which titles leave out."""
    return tuple(name[-_LAST:].removesuffix("表") for name in _NAMES_TABLE.findall(text) if len(name) >= 4)


def bears(title: str, name: str) -> bool:
    """Whether the words of the name stand in the title in this order, with others between them."""
    return abbreviates(name, canonical(title))


def titled(text: str, tables: Iterable[Table]) -> list[tuple[Table, int, int]]:
    """The tables whose whole titles stand in a text, those of the longest title, each with its place."""
    found = [
        (table, at, at + len(name))
        for table in tables
        for name in _titles(table)
        if name.endswith("表") and (at := text.find(name)) >= 0
    ]
    longest = max((end - start for _, start, end in found), default=0)
    return [place for place in found if place[2] - place[1] == longest]


def _titles(table: Table) -> set[str]:
    """A title as it is said: without its year, and with or without what a bracket adds."""
    title = _DATED.sub("", canonical(table.title))
    return {title, _IN_BRACKETS.sub("", title)} - {""}
