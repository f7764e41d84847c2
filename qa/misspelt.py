"""Terms typed with a character that sounds like the right one: 公务接带费, 三功经费; 决X数 can only be 决算数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.wording import canonical

_SHORTEST = 3  # characters of a term; two sound like too many others
_APART = 1  # characters that may be mistyped in one term


def mended(text: str, names: Sequence[str]) -> str:
    """The text with every stretch that sounds like one of the terms, and is written like none, spelled as the term."""
    text = re.sub(r"(?<=[预决])[一-龥](?=数)", "算", text)
    for name, sound in _sounds(tuple(names)):
        if sum(char not in text for char in name) > _APART:
            continue
        size = len(name)
        for start in range(len(text) - size + 1):
            window = text[start : start + size]
            wrong = sum(a != b for a, b in zip(window, name, strict=True))
            if 0 < wrong <= _APART and _sound(window) == sound:
                text = text[:start] + name + text[start + size :]
    return text


@lru_cache(maxsize=4)
def _sounds(names: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Terms with their sound, the longest first; brackets are not typed."""
    plain = dict.fromkeys(canonical(name) for name in names)
    usable = [name for name in plain if len(name) >= _SHORTEST and name.isalnum()]
    return tuple((name, _sound(name)) for name in sorted(usable, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=65536)
def _sound(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))
