"""The text of an answer taken apart: paragraphs, lists and quotes of words, bold words and [1] marks.

Only what answers are written with is recognised (`**`, `- `, `1. `, `> `, `[1]`); all else, whatever it looks like, is
words. The page sets the words as text, so nothing that a document prints can become markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_PIECE = re.compile(r"(\*\*|\[\d{1,3}\])")
_LEAD = re.compile(r"(> |- |\d{1,3}\. )?(.*)", re.S)
BlockKind = Literal["text", "item", "numbered", "quote"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, bold or not; with `mark` it is the sign of that citation."""

    words: str
    bold: bool = False
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an answer."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    lead: str = ""  # the number of a numbered line, as written: "2."


def blocks_of(text: str) -> tuple[Block, ...]:
    """An answer's text, line by line; empty lines are left out."""
    return tuple(_block(line) for line in text.split("\n") if line.strip())


def plain_text(text: str) -> str:
    """The text without its bold signs; marks stay."""
    return text.replace("**", "")


def _block(line: str) -> Block:
    match = _LEAD.fullmatch(line)
    lead, rest = (match.group(1) or "", match.group(2)) if match else ("", line)
    kind: BlockKind = "quote" if lead == "> " else "item" if lead == "- " else "numbered" if lead else "text"
    return Block(kind, _pieces(rest), lead.strip() if kind == "numbered" else "")


def _pieces(line: str) -> tuple[Piece, ...]:
    pieces, bold = [], False
    closed = line.count("**") // 2 * 2  # an odd sign at the end is words
    for part in _PIECE.split(line):
        if part == "**" and closed:
            bold, closed = not bold, closed - 1
        elif part.startswith("[") and _PIECE.fullmatch(part):
            pieces.append(Piece(part, bold, int(part[1:-1])))
        elif part:
            pieces.append(Piece(part, bold))
    return tuple(pieces)
