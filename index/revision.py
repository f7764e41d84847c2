"""Which program read a document: a file is read again once that program has changed, even if the file has not."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_SUFFIXES = frozenset({".py", ".yaml", ".csv", ".txt"})
_WITHOUT = frozenset({"stores", "__pycache__"})  # how things are kept does not change what is read


@cache
def revision() -> str:
    """A hash over the sources and the vocabulary of this package; milliseconds, once a process."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix in _SUFFIXES and parts[0] not in _WITHOUT:
            digest.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
