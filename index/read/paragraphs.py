"""Lines of a text file that belong together: hard wraps undone, sentences cut by the end of a page joined."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_STOP = tuple("。！？；：!?;:…”》】")
_OPEN = tuple("，、,（(“《")
_START = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|章|条)|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"\d{1,2}[、.．](?!\d)|[①-⑳]|(?:附?注|备注|说明|附件)\s*\d?\s*[:：]|单位\s*[:：]|[^。，；]{2,30}表$)"
)
_TAIL = re.compile(r"^(?:[（(](?:类|款|项|境|含)[）)]|[，。；、）)%％])")  # no paragraph begins so
_UNBROKEN = re.compile(r"[（(][^（）()]{1,4}[）)]|[\d,.]+(?:[%％]|[万亿]?元)?|.")  # no line is broken inside these
_INDENT = ("　　", "\t", "    ")
LONG = 60  # half-width units: what is longer and ends without a stop is no heading
_WINDOW = 6


def wrap_width(lines: Iterable[str]) -> int | None:
    """The width at which the lines of a text are cut, in half-width units; None where each line is a paragraph.

    Wrapped prose crowds just below its limit: more than two fifths of the longer lines are within three characters.
    """
    widths = Counter(w for line in lines if (w := width(line.strip())) >= 40)
    if widths.total() < 20:
        return None
    limit = max(widths, key=lambda top: sum(widths[w] for w in range(top - _WINDOW + 1, top + 1)))
    crowd = sum(widths[w] for w in range(limit - _WINDOW + 1, limit + 1))
    return limit if crowd > 0.4 * widths.total() else None


def join_lines(lines: Sequence[str], limit: int | None) -> list[str]:
    """Paragraphs of lines (blank ones are no breaks); `limit` is the wrap width of the document.

    A line goes on in the next when it is full, or long and without a stop, or ends inside a list, unless the next
    begins something: a heading, a numbered item, a note, an indented paragraph.
    """
    paragraphs: list[list[str]] = []
    last = ""
    for raw in lines:
        line = raw.strip()
        if not line:
            continue
        begins = _START.match(line) or raw.startswith(_INDENT)
        if last and (_TAIL.match(line) or (_goes_on(last, line, limit) and not begins)):
            paragraphs[-1] += [" ", line] if _letters_meet(last, line) else [line]
        else:
            paragraphs.append([line])
        last = line
    return ["".join(parts) for parts in paragraphs]


def _goes_on(line: str, following: str, limit: int | None) -> bool:
    if line.endswith(_OPEN):
        return True
    if limit is None:
        return width(line) > LONG and not line.endswith(_STOP)
    if limit - _WINDOW < width(line) <= limit + 2:
        return True
    token = _UNBROKEN.match(following)
    no_room = token is not None and width(line) + width(token.group()) > limit - 2
    return no_room and width(line) > limit / 2 and not line.endswith(_STOP)


def _letters_meet(head: str, tail: str) -> bool:
    """Words of letters are joined with a space, Chinese without."""
    return head[-1].isascii() and head[-1].isalpha() and tail[0].isascii() and tail[0].isalpha()


def width(text: str) -> int:
    """Printed width in half-width units."""
    return sum(_unit(char) for char in text)


@lru_cache(maxsize=65536)
def _unit(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
