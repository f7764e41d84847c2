"""Replacements in a text, worked out where words are whole and carried out where lines break them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in place of the characters start..end."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit carried out; of two that overlap the earlier stands."""
    return apply_pieces((text,), edits)[0]


def apply_pieces(pieces: Sequence[str], edits: Iterable[Edit]) -> tuple[str, ...]:
    """Edits of the joined pieces, carried out piece by piece: a replacement stands whole where its original begins."""
    out, start = [], 0
    kept = without_overlap(edits)
    for piece in pieces:
        end, at, parts = start + len(piece), start, []
        for edit in kept:
            if edit.end <= start or edit.start >= end:
                continue
            parts.append("".join(pieces)[at : max(at, edit.start)])
            parts.append(edit.text if edit.start >= start else "")
            at = max(at, min(edit.end, end))
        parts.append("".join(pieces)[at:end])
        out.append("".join(parts))
        start = end
    return tuple(out)


def without_overlap(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)
