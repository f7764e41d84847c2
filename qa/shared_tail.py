"""Names that share their end: 小学、初中、高中教育 are 小学教育, 初中教育 and 高中教育.

The end is shared only where the documents print every one of the names that come of it. Looked for only where several
figures are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.wording import canonical

_TOGETHER = re.compile(r"合计|一共|总共|共计|加起来|之和|总和|分别|各(?:是|有|为)?(?:多少|几)|相差|谁|哪个")
_JOINT = re.compile(r"(?:[、,，]|以?及|[和与跟])$")
_USUAL = re.compile(r"(?:支出|经费|费用?|收入|\([^()]*\))$")
_GENERIC = re.compile(r"合计|总计|小计|总额|支出|收入|预算|决算|经费|资金|费用?|数|项目")
_SHORTEST, _LONGEST = 4, 14  # characters of a name that may lend its end
_HEAD = 8  # characters of what stands before it
_INSTITUTION = re.compile("学校|学院|中心|医院|[局院所馆站]")  # what makes of a name that of an office
_FIGURE = re.compile(r"[\dA-Za-z]")


def with_shared_tail(text: str, known: frozenset[str]) -> str:
    """The question with the shared end written out behind each name."""
    if not _TOGETHER.search(text):
        return text
    names = _names(known)
    for start, end in _named(text, names):
        if _INSTITUTION.match(text, end):
            continue  # 小学和特殊教育学校 are two schools
        for size in range(2, end - start - 1):
            tail = text[end - size : end]
            if len(_GENERIC.sub("", tail)) < 2:
                continue  # 基本支出合计 lends its end to nothing
            begin, heads = _heads_before(text, start, tail, names)
            if heads and not any(text[begin:end] in name for name in names):  # 一般公共预算财政拨款 is one name
                return f"{text[:begin]}{'、'.join(head + tail for head in heads)}、{text[start:]}"
    return text


def _named(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the text holds a printed name, the longest first, without those inside a longer one."""
    seen: list[tuple[int, int]] = []
    for size in range(min(_LONGEST, len(text)), _SHORTEST - 1, -1):
        for start in range(len(text) - size + 1):
            end = start + size
            if text[start:end] in names and not any(a <= start and end <= b for a, b in seen):
                seen.append((start, end))
                yield start, end


def _heads_before(text: str, start: int, tail: str, names: frozenset[str]) -> tuple[int, list[str]]:
    """The words side by side before a place that are printed names once the end is put behind them."""
    heads: list[str] = []
    while True:
        joint = _JOINT.search(text[:start])
        stop = joint.start() if joint else start
        ends = (text[stop - size : stop] for size in range(min(_HEAD, stop), 1, -1))
        head = next((end for end in ends if end + tail in names and not _FIGURE.search(end)), "")
        if not head:
            return start, heads
        heads.insert(0, head)
        start = stop - len(head)


@lru_cache(maxsize=4)
def _names(known: frozenset[str]) -> frozenset[str]:
    """The wordings of the documents, with and without a usual end."""
    plain = {canonical(name) for name in known}
    return frozenset(plain | {_USUAL.sub("", name) for name in plain if len(name) > _SHORTEST})
