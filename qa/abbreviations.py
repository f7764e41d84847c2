"""Abbreviations of offices: 工信局 for 青山市工业和信息化局, 商委 for 商务委, 东湖财政 for 青山市东湖区财政局.

An abbreviation of a Chinese office keeps characters of the full name in their order and ends as the name (or its usual
short head) ends. That one rule stands in for a list of nicknames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.wording import squeeze

# Full heads and what people say for them.
_HEADS: tuple[tuple[str, str], ...] = (
    ("委员会办公室", "委办"),
    ("人民政府办公室", "政府办"),
    ("人民政府办公厅", "政府办"),
    ("街道办事处", "街道"),
    ("办事处", "办"),
    ("联络处", "办"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("委员会", "委"),
    ("联合会", "联"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("管理局", "局"),
    ("总工会", "工会"),
    ("服务中心", "中心"),
)
_TOO_GENERAL = frozenset(
    {
        "中心",
        "服务中心",
        "务中心",
        "管理中心",
        "事务中心",
        "理中心",
        "街道",
        "办公室",
        "委员会",
        "政府",
        "单位",
        "部门",
        "机关",
        "局",
        "学校",
        "医院",
        "公室",
        "员会",
        "区办",
        "市办",
    }
)
_PLACE_INSIDE = re.compile(r"街道|[镇乡村]|社区|[一-龥]{2}[区县]|开发区|园区|校区")
FILLING = re.compile(
    r"请问|一下|看看|咱们?|我们|关于|对比|比较|相比|以及|还有|另外|查|那个?|这个?|和|跟|与|比|问|下|年|度|的|是|把|给|由|在|按"
)


@lru_cache(maxsize=4096)
def forms(name: str) -> tuple[str, ...]:
    """The name and the name with its head shortened."""
    plain = squeeze(name)
    found = [plain]
    for full, short in _HEADS:
        if plain.endswith(full):
            found.append(plain[: -len(full)] + short)
    return tuple(dict.fromkeys(found))


def is_abbreviation(short: str, name: str) -> bool:
    """Whether `short` keeps characters of `name` in order and ends where it ends."""
    if not short or short[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(char in rest for char in short)


def _leaps(short: str, form: str) -> bool:
    """Whether an abbreviation leaps over a place that stands inside the name: 政府办 is no 人民政府…街道办."""
    at, gaps = len(form), []
    for char in reversed(short):
        found = form.rfind(char, 0, at)
        gaps.append(form[found + 1 : at])
        at = found
    return any(_PLACE_INSIDE.search(gap) for gap in gaps[1:])


def spans(text: str, name: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Longest spans of `text` that abbreviate `name`, one for each place where its head can stand."""
    if whole:  # an abbreviation is not abbreviated again
        for form in forms(name):
            for found in re.finditer(_as_typed(form), text):
                if found.group() not in _TOO_GENERAL and is_abbreviation(found.group(), form):
                    yield found.span()
        return
    heads = tuple(full for full, _ in _HEADS)
    for form in forms(name):
        last = form[-1]
        for end in range(len(text), 1, -1):
            if text[end - 1] != last:
                continue
            start = _reach(text, end, form)
            start += text[start - 1 : start + 1] == "其中"
            span = text[start:end]
            if (
                len(span) >= 2
                and (span.endswith(heads) or not form.endswith(heads))  # 商会 is no 商务委员会
                and span not in _TOO_GENERAL
                and (_distinct(span, form) or _stands_alone(text, start))
                and not _leaps(span, form)
                and (len(span) > 2 or len(form) <= 6)
            ):
                yield start, end


@lru_cache(maxsize=4096)
def _as_typed(alias: str) -> str:
    """A pattern for an alias and its contractions: 商委 for 商务委, the ends stay, up to two characters go between them."""
    whole = re.escape(alias)
    if len(alias) < 3:
        return whole
    fewest = max(0, len(alias) - 4)
    return (
        rf"{whole}|{re.escape(alias[0])}[{re.escape(alias[1:-1])}]{{{fewest},{len(alias) - 2}}}{re.escape(alias[-1])}"
    )


def _distinct(span: str, form: str) -> bool:
    """Whether an abbreviation says more than what kind of office it is: 市委办 does, 委办公室 does not."""
    heads = [head for pair in _HEADS for head in pair if form.endswith(head)]
    kind = max(heads, key=len, default="")
    return not kind or len(span) > len(kind) or not is_abbreviation(span, kind)


def _stands_alone(text: str, start: int) -> bool:
    """Whether no other name runs into the span: 政府办 in 请问政府办, not 委办公室 in 纪委办公室."""
    before = text[max(0, start - 2) : start]
    return not re.search(r"[一-龥]$", before) or bool(FILLING.search(before))


def _reach(text: str, end: int, form: str) -> int:
    """How far back from `end` the text still keeps the order of `form`."""
    position, start = len(form), end
    while start > 0:
        position = form.rfind(text[start - 1], 0, position)
        if position < 0:
            break
        start -= 1
    return start


def without_bureau(organisation: str, region: str) -> Iterator[str]:
    """东湖财政, 东湖区财政 for 青山市东湖区财政局: a place and what the bureau is for."""
    plain, place = squeeze(organisation), squeeze(region)
    if place and plain.startswith(place) and plain.endswith("局") and len(plain) - len(place) >= 3:
        nearest = re.findall(r"[一-龥]{2,4}?[省市县区州]", place)[-1:] or [place]
        for name in (nearest[0], nearest[0][:-1]):
            yield f"{name}{plain[len(place) : -1]}"
