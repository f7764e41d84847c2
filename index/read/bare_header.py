"""The header of a table in a bare text layer: lines of words -> the path of words over each column.

The words come in the order in which they are printed: groups above their parts, parts that stand deeper after what
stands beside them. How many columns there are and what they hold is known from the rows; the arrangement of the words
that uses each of them once and fits that is the header. Where none does, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import combinations, pairwise

from index.wording import squeeze

Line = tuple[str, ...]
Path = tuple[str, ...]


class Names(Enum):
    """What kind of column a header word can stand over."""

    CODE = "code"
    SERIAL = "serial"
    WORDS = "words"
    FIGURE = "figure"


_CODE = re.compile(r"(?:编码|代码)$|^[类款项]$")
_SERIAL = re.compile(r"^(?:行次|序号|行号)$")
_WORDS = re.compile(r"(?:项目|名称|科目|内容|单位)$")
_PART = re.compile(r"^(?:小计|合计)$")
MAX_WRAPS = 6


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of header words and whether a blank line stood before it."""

    words: Line
    apart: bool


def names(word: str) -> Names:
    plain = squeeze(word)
    if _CODE.search(plain):
        return Names.CODE
    if _SERIAL.match(plain):
        return Names.SERIAL
    return Names.WORDS if _WORDS.search(plain) else Names.FIGURE


def header_paths(lines: Sequence[PrintedLine], columns: Sequence[Names]) -> list[Path] | None:
    """The path of header words over each column from the top down, or None where the words do not fit the columns."""
    for variant in _unwrapped(lines):
        paths = _arranged(variant, columns)
        if paths is not None:
            return paths
    return None


def _unwrapped(lines: Sequence[PrintedLine]) -> Iterator[list[Line]]:
    """The lines with broken words joined: first every lone word with the lone word below it, then fewer and fewer."""
    pairs = [i for i in range(1, len(lines)) if _broken(lines[i - 1], lines[i])][:MAX_WRAPS]
    for count in range(len(pairs), -1, -1):
        for chosen in combinations(pairs, count):
            out: list[Line] = []
            for i, line in enumerate(lines):
                if i in chosen:
                    out[-1] = (*out[-1][:-1], out[-1][-1] + line.words[0])
                else:
                    out.append(line.words)
            yield out


def _broken(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether two lone words can be one that was broken: the first piece filled its line, so it is no shorter."""
    lone = below.apart and len(below.words) == 1 and len(above.words) == 1
    return lone and len(above.words[0]) >= len(below.words[0])


def _arranged(lines: Sequence[Line], columns: Sequence[Names]) -> list[Path] | None:
    words = [word for line in lines for word in line]
    tops = list(lines[0]) if lines and len(lines) > 1 and len(lines[0]) < len(columns) else []
    for used in ([], tops):
        rest = words[len(used) :]
        leaves = _leaves(rest, columns)
        if leaves is not None:
            return _under(used, leaves, columns)
    return None


def _leaves(words: Sequence[str], columns: Sequence[Names]) -> list[Path] | None:
    """Each word over one column of its kind, in order; parts (小计 ...) stand where the group does that they divide."""
    queues: dict[Names, list[Path]] = {kind: [(word,) for word in words if names(word) is kind] for kind in Names}
    queues[Names.FIGURE] = _with_parts([word for word in words if names(word) is Names.FIGURE])
    if any(len(queue) != sum(column is kind for column in columns) for kind, queue in queues.items()):
        return None
    return [queues[column].pop(0) for column in columns]


def _with_parts(words: Sequence[str]) -> list[Path]:
    """年初结转 本年收入 本年支出 年末结转 小计 基本支出 项目支出 -> 本年支出 gives way to its three parts."""
    starts = [i for i, word in enumerate(words) if squeeze(word) == "小计"]
    plain: list[Path] = [(word,) for word in words[: starts[0]]] if starts else [(word,) for word in words]
    for start, end in pairwise([*starts, len(words)]):
        parts = list(words[start:end])
        groups = [i for i, path in enumerate(plain) if len(path) == 1 and not _PART.match(squeeze(path[0]))]
        if not groups:
            return [(word,) for word in words]
        group = max(groups, key=lambda i: (_alike(plain[i][0], parts[1:]), -i))
        plain[group : group + 1] = [(plain[group][0], part) for part in parts]
    return plain


def _alike(group: str, parts: Sequence[str]) -> float:
    """How much of the wording of its parts a group shares: 公务用车购置及运行维护费 over 公务用车购置费."""
    shared = (
        sum(block.size for block in SequenceMatcher(None, group, part, autojunk=False).get_matching_blocks())
        / len(part)
        for part in parts
    )
    return sum(shared) / max(1, len(parts))


def _under(tops: Sequence[str], leaves: Sequence[Path], columns: Sequence[Names]) -> list[Path] | None:
    """The words of the first line over the leaves: over the columns that name the rows, and over each repetition."""
    if not tops:
        return list(leaves)
    keys = next((c for c, kind in enumerate(columns) if kind is Names.FIGURE), len(columns))
    heads = [squeeze(path[-1] if len(path) == 1 else path[0]) for path in leaves]
    repeats = [c for c, head in enumerate(heads) if head == heads[0]]
    if len(tops) == 1 and keys:
        return [(tops[0], *path) if c < keys else path for c, path in enumerate(leaves)]
    if len(tops) == len(repeats):
        starts = repeats
    elif len(tops) == 2 and 0 < keys < len(columns):
        starts = [0, keys]
    else:
        return None
    group = [max((k for k, start in enumerate(starts) if start <= c), default=-1) for c in range(len(leaves))]
    if min(group) < 0:
        return None
    return [(tops[k], *path) for k, path in zip(group, leaves, strict=True)]
