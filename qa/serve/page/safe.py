"""Text of documents and users as Markdown that means nothing but itself."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"([\\`*_{}\[\]<>#|~$!:])")
_OURS = re.compile(r"(\*\*|\[\d{1,3}\])")
_LINE = re.compile(r"^(> |- |\d{1,3}\. )?(.*)$")


def escaped(text: str) -> str:
    """Every character that Markdown, HTML, LaTeX or an emoji code could take for itself stands for itself."""
    return _ESCAPE.sub(r"\\\1", text).replace("\\<", "&lt;").replace("\\>", "&gt;")


def answer_markdown(text: str) -> str:
    """The text of an answer: our own bold, marks, quotes and lists kept, all else escaped."""
    lines = []
    for line in text.split("\n"):
        match = _LINE.match(line)
        lead, rest = (match.group(1) or "", match.group(2)) if match else ("", line)
        parts = [
            part if part == "**" else _mark(part) if _OURS.fullmatch(part) else escaped(part)
            for part in _OURS.split(rest)
        ]
        lines.append(lead + "".join(parts))
    return "\n".join(lines)


def _mark(part: str) -> str:
    return f" **\\{part[:-1]}\\]**" if part.startswith("[") else part
