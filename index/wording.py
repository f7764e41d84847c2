"""One spelling: widths, brackets, quotes, broken lines, ordinals.

Two wordings are the same to us when `squeeze` makes them equal; `subject` also drops what only counts or introduces
(一、 （二） 1. 其中：). Nothing here knows a table or an organisation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
# Quotes and emphasis go, dashes become one.
_MARKS = str.maketrans({**dict.fromkeys("“”‘’\"'＂＇「」『』*"), **dict.fromkeys("—–－−―﹣‐‑", "-")})

# 一、 （一） 1. 1、 (1) ① 第一部分 stand before a subject and are no part of it.
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+(?:部分|章|节)[、：:]?|[一二三四五六七八九十]{1,3}[、．.]|"
    r"[(（][一二三四五六七八九十]{1,3}[)）][、.]?|\d{1,2}[、．](?!\d)|\d{1,2}\.(?!\d)|[(（]\d{1,2}[)）]|[①-⑳])"
)
_WITHIN = re.compile(r"^(?:其中|其|另|附)[：:]")
_VARIANTS = (
    ("结转与结余", "结转和结余"),
    ("出国(境)费用", "出国(境)费"),
    ("因公出国费", "因公出国(境)费"),
    ("运行维护费", "运行费"),
    ("代码", "编码"),
    ("单位价值", "单价"),
    ("参照公务员法管理的", "参公"),
    ("参照公务员法管理", "参公"),
    ("小型和微型企业", "小微企业"),
    ("小型、微型企业", "小微企业"),
)


def squeeze(text: str) -> str:
    """NFKC without white space, quotes and emphasis: how wordings are compared and shown in one line."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).translate(_MARKS)


def close(text: str) -> str:
    """White space removed, nothing else: a title or a cell as one would quote it."""
    return _SPACE.sub("", text)


def without_ordinal(text: str) -> str:
    """The wording without what counts or introduces it: （二）其中：基本支出 -> 基本支出."""
    before = None
    while text != before:
        before = text
        text = _WITHIN.sub("", _ORDINAL.sub("", text)).lstrip("、.：:")
    return text


@lru_cache(maxsize=65536)
def subject(text: str) -> str:
    """A label as facts carry it: squeezed, ordinal and 其中 dropped; never empty where the text is not."""
    plain = squeeze(text)
    return without_ordinal(plain).rstrip(":") or plain


@lru_cache(maxsize=65536)
def canonical(text: str) -> str:
    """`subject` with the spellings that vary between years and provinces made one (结转与结余 = 结转和结余)."""
    return one_spelling(subject(text))


def one_spelling(plain: str) -> str:
    """A squeezed text with those spellings made one."""
    for variant, usual in _VARIANTS:
        plain = plain.replace(variant, usual)
    return plain


def sanitise(text: str) -> str:
    """Text that any library takes: NFKC, no NUL, no lone surrogates, no other control characters."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
