"""Linking: which words of a question are wordings of the documents.

A topic is the question with a bit for every character that carries meaning. Each wording of the documents (label,
parent, column, title, code, unit) is laid over the topic; what it covers is a bit mask, so that "how much of the
question does this fact explain" is a union of masks and a bit count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from index.wording import canonical

# What a label may leave unsaid without becoming another label.
_TAIL = re.compile(
    r"(?:\([类款项]\))?(?:支出|经费|费用|费|收入|资金|等支出|合计|小计|总额|数|数量|情况|总计|金额|工作|项目|专项|\([^()]{1,8}\))$"
)
_HEAD = re.compile(r"^(?:其他|本年|一般公共预算|财政拨款|机关事业单位|行政事业单位|全年|年度|本级|部门|单位|公务)")
TOTAL = re.compile(
    r"^(?:合计|总计|小计|总额|本年(?:收入|支出)?合计|(?:收入|支出|收支)(?:总计|合计)|部门(?:收入|支出)?合计|(?:年度|项目)?资金总额|部门预算总额|)$"
)


@dataclass(frozen=True)
class Topic:
    """A squeezed text and the characters of it that carry meaning."""

    text: str
    content: int
    ignored: int = 0  # characters already understood otherwise: they need no explaining, whatever wording they stand in

    @cached_property
    def pairs(self) -> Mapping[str, tuple[int, ...]]:
        """Where each pair of neighbouring characters begins."""
        found: dict[str, list[int]] = {}
        for i in range(len(self.text) - 1):
            found.setdefault(self.text[i : i + 2], []).append(i)
        return {pair: tuple(places) for pair, places in found.items()}

    @cached_property
    def meaning(self) -> str:
        """The characters that carry meaning."""
        return self.spelled(self.content)

    @property
    def size(self) -> int:
        return self.content.bit_count()

    def without(self, mask: int) -> Topic:
        """The topic with some characters understood otherwise."""
        return Topic(self.text, self.content & ~mask, self.ignored | mask)

    def spelled(self, mask: int) -> str:
        """The characters under a mask, for messages."""
        return "".join(c if mask >> i & 1 else " " for i, c in enumerate(self.text)).strip()


@dataclass(frozen=True, slots=True)
class Cover:
    """How a wording lies over a topic: characters of the topic (mask), of the wording (count), and what stays unsaid."""

    mask: int
    covered: int
    unsaid: float
    exact: bool
    whole: bool = False  # word for word, no usual ending left out

    @property
    def found(self) -> bool:
        return self.mask != 0


NOTHING = Cover(0, 0, 0.0, False)


@lru_cache(maxsize=16384)
def cover(wording: str, topic: Topic) -> Cover:
    """Lay one wording over the topic: exactly where it occurs, else by the longest pieces of two characters or more.

    Beside such a piece single characters count too where they follow in the wording: 应急保障车 is short for 应急保障用车.
    """
    plain = canonical(wording)
    if not plain:
        return NOTHING
    if plain in topic.text:
        return Cover(_occurrences(plain, topic.text), len(plain), 0.0, True, True)
    trimmed = _trimmed(plain)
    if len(trimmed) >= 2 and trimmed in topic.text:
        ending = plain[len(trimmed) :]
        return Cover(
            _occurrences(trimmed, topic.text), len(trimmed), 0.1 * len(ending), True, bool(TOTAL.match(ending))
        )
    mask, said, i = 0, 0, 0
    while i < len(plain):
        size, mask_here = _longest_at(plain, i, topic) if plain[i : i + 2] in topic.pairs else (0, 0)
        if size:
            mask |= mask_here
            said |= ((1 << size) - 1) << i
            end = mask_here.bit_length()
            following = topic.text[end] if end < len(topic.text) and topic.content >> end & 1 else ""
            skip = plain.find(following, i + size) if following else -1
            if skip > 0 and not _longest_at(plain, skip, topic)[0]:
                mask |= 1 << end
                said |= 1 << skip
        i += size or 1
    if not said:
        return NOTHING
    unsaid = "".join([c for i, c in enumerate(plain) if not said >> i & 1])
    return Cover(mask, said.bit_count(), _weight(unsaid, plain), False)


_TABLE_NAMED = re.compile(r"([一-龥]{2,16}?)(?:总|明细)?表(?!示|明|现|格|彰|决)")


def title_cover(title: str, topic: Topic) -> Cover:
    """Lay a title over the topic; a table may be named by some characters of its title: 收支总表 for 收入支出决算总表."""
    found, plain = cover(title, topic), canonical(title)
    mask = found.mask
    for match in _TABLE_NAMED.finditer(topic.text):
        start, end = match.span()
        while end - start > 2 and not abbreviates(topic.text[start:end], plain):
            start += 1
        if end - start > 2:
            mask |= ((1 << (end - start)) - 1) << start
    return replace(found, mask=mask) if mask != found.mask else found


def abbreviates(short: str, long: str) -> bool:
    """Whether the characters of one wording stand in the other in this order."""
    rest = iter(long)
    return all(char in rest for char in short)


def best_cover(wordings: Iterable[str], topic: Topic, *, whole: bool = False) -> Cover:
    """Several spellings of one thing: the best, with all that the exact ones explain.

    The first is the printed wording; the others are synonyms, which count only when their head is said, the word that
    the rest qualifies: 一般公共预算财政拨款 alone is no 一般公共预算财政拨款基本支出. `whole` asks that of the first too.
    """
    best = printed = NOTHING
    said = 0
    for number, wording in enumerate(wordings):
        if (number or whole) and not _head_said(wording, topic):
            continue  # nor is it covered exactly, then
        found = cover(wording, topic)
        if found.whole and not number:
            printed = found
        said |= found.mask if found.exact else 0
        if (_gain(found), found.exact) > (_gain(best), best.exact):
            best = found
    if printed.found and not best.exact:
        best = printed  # its own name is said; pieces of another name are no better
    if not best.found or (said & ~best.mask == 0 and best.whole == printed.found):
        return best
    return replace(best, mask=best.mask | said, whole=printed.found)


def _head_said(wording: str, topic: Topic) -> bool:
    return _last_word(wording) in topic.text


@lru_cache(maxsize=65536)
def _last_word(wording: str) -> str:
    plain = canonical(wording)
    return _trimmed(plain)[-2:] or plain[-2:]


@lru_cache(maxsize=65536)
def _trimmed(plain: str) -> str:
    """A wording without its tail."""
    return _TAIL.sub("", plain)


def _gain(found: Cover) -> float:
    return found.mask.bit_count() - 0.6 * found.unsaid


def _occurrences(piece: str, text: str) -> int:
    mask, start = 0, text.find(piece)
    bits = (1 << len(piece)) - 1
    while start >= 0:
        mask |= bits << start
        start = text.find(piece, start + 1)
    return mask


def _longest_at(plain: str, i: int, topic: Topic) -> tuple[int, int]:
    best_size = best_mask = 0
    for place in topic.pairs.get(plain[i : i + 2], ()):
        size = 2
        while i + size < len(plain) and place + size < len(topic.text) and plain[i + size] == topic.text[place + size]:
            size += 1
        if size > best_size:
            best_size, best_mask = size, ((1 << size) - 1) << place
    return best_size, best_mask


@lru_cache(maxsize=65536)
def _head_of(plain: str) -> str:
    """What usually stands before a wording."""
    head = _HEAD.match(plain)
    return head.group() if head else ""


def _weight(unsaid: str, plain: str) -> float:
    """How much of the wording the question leaves out; brackets and usual tails weigh little."""
    head, tail = _head_of(plain), plain[len(_trimmed(plain)) :]
    light = len(tail) if unsaid.endswith(tail) else 0
    light += len(head) if unsaid.startswith(head) else 0
    light = min(light, len(unsaid))
    return (len(unsaid) - light) * 1.0 + light * 0.3


def runs(mask: int, text: str) -> tuple[str, ...]:
    """The stretches of neighbouring characters under a mask."""
    return tuple(text[start:end] for start, end in stretches(mask, len(text)))


def stretches(mask: int, length: int) -> Iterator[tuple[int, int]]:
    """Start and end of each run of neighbouring bits among the lowest of a mask."""
    mask &= (1 << length) - 1
    while mask:
        start = (mask & -mask).bit_length() - 1
        ones = mask >> start
        end = start + (~ones & (ones + 1)).bit_length() - 1
        yield start, end
        mask &= -1 << end


@lru_cache(maxsize=65536)
def is_total(label: str) -> bool:
    """Whether a label is that of a total row."""
    return bool(TOTAL.match(canonical(label)))
