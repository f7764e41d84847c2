"""Bytes of a text file -> str: the encodings that Chinese archives and web pages use."""

from __future__ import annotations

import codecs

from index.errors import NotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GB = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "936", "gb18030", "hz-gb-2312"})
BROKEN_SHARE = 0.005  # a few broken or control characters are damage; more means that the bytes are something else
_LOST = "\ufffd"


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of `data`, `declared` being the encoding that the file claims (a page's charset).

    A byte-order mark decides; then UTF-8, which text in another encoding never resembles, a few damaged characters
    aside; then what was declared; then GB 18030, the superset of what Chinese systems write. Raises NotText for bytes
    that are none of them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030" if declared.lower() in _GB else declared or "gb18030", "gb18030"):
        try:
            text = data.decode(encoding, "replace")
        except LookupError:
            continue
        if _readable(text):
            return text
    raise NotText(name)


def _readable(text: str) -> bool:
    broken = text.count(_LOST) + sum(1 for c in text[:100_000] if c < " " and c not in "\t\n\r\f\x0b")
    return broken <= len(text) * BROKEN_SHARE
