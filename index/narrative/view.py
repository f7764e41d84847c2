"""A paragraph as the grammar reads it: no white space, one kind of brackets and stops, every character traceable.

Only spellings change that mean nothing (full-width digits, ASCII commas between clauses); `origin` leads from each
character back to the printed text, so that quotes and places are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SAME = str.maketrans("（）［］【】％．：；？！﹪０１２３４５６７８９／", "()[]()%.：；？！%0123456789/")
_ASCII_STOPS = {":": "：", ";": "；", "?": "？", "!": "！"}
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_BETWEEN_DIGITS = re.compile(r"\s+(?=\d)")
GAP = "□"
_STOP = re.compile(r"[。！？]")
_TITLE = re.compile(r"《[^》]*》|〔[^〕]*〕|\[\d{4}\]")


@dataclass(frozen=True, slots=True)
class View:
    """`text[i]` stands for the printed character `origin[i]`."""

    text: str
    origin: tuple[int, ...]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """The span of the printed text behind characters start..end."""
        return (self.origin[start], self.origin[end - 1] + 1) if end > start else (0, 0)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Spans between full stops; a stop inside quotation marks does not end a sentence."""
        start = 0
        for stop in _STOP.finditer(self.text):
            end = stop.end()
            while end < len(self.text) and self.text[end] in "”’)":
                end += 1
            if self.text[start:end].count("“") > self.text[start:end].count("”"):
                continue
            yield start, end
            start = end
        if start < len(self.text):
            yield start, len(self.text)


def view_of(printed: str) -> View:
    """Normalise a printed paragraph; names of laws and document numbers are blanked, their figures say nothing.

    White space between two digits stays as a mark: whether "10 25.00" is one figure or two cannot be told.
    """
    hidden = [False] * len(printed)
    for match in _TITLE.finditer(printed):
        for i in range(match.start() + 1, match.end() - 1):
            hidden[i] = True
    characters: list[str] = []
    origin: list[int] = []
    for i, character in enumerate(printed):
        if character.isspace() or character in "\u200b\ufeff":
            if _BETWEEN_DIGITS.match(printed, i) and characters and characters[-1].isdigit():
                characters.append(GAP)
                origin.append(i)
            continue
        plain = GAP if hidden[i] else character.translate(_SAME)
        if plain in ",，":
            between = characters and characters[-1].isdigit() and _THOUSANDS.match(printed, i + 1)
            plain = "," if between and plain == "," else "，"
        characters.append(_ASCII_STOPS.get(plain, plain))
        origin.append(i)
    return View("".join(characters), tuple(origin))
