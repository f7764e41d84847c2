"""An answer as one text: for clients that show nothing but text, its sources stand below it."""

from __future__ import annotations

from qa.model import Answer
from qa.serve.page.export import source_line


def whole_text(answer: Answer) -> str:
    """Markdown: the answer, what to choose from, what to mind, the sources numbered as the marks in the text."""
    parts = [answer.text]
    if answer.options:
        parts.append("\n".join(f"- {option}" for option in answer.options))
    if answer.warnings:
        parts.append("\n".join(f"> 注意：{warning}" for warning in answer.warnings))
    if answer.citations:
        parts.append("出处：\n" + "\n".join(f"- {source_line(citation)}" for citation in answer.citations))
    if answer.suggestions:
        parts.append("可以接着问：\n" + "\n".join(f"- {suggestion}" for suggestion in answer.suggestions))
    return "\n\n".join(parts)
