"""An answer as a Word file with its sources as notes, as an Excel workbook with a sheet of sources, as plain text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from qa.model import Answer, Citation

_MARK = re.compile(r"\[(\d{1,3})\]")


def source_line(citation: Citation) -> str:
    """One source in a line: [1] document, page, table: quote."""
    parts = [citation.document, f"第{citation.page}页", citation.table or citation.section]
    return f"[{citation.id}] " + "，".join(part for part in parts if part) + f"：{citation.quote}"


def as_text(question: str, answer: Answer) -> str:
    """The answer with its sources, for the clipboard."""
    lines = [question, "", answer.text.replace("**", ""), ""]
    lines += [source_line(c) for c in answer.citations]
    return "\n".join(lines).strip()


def as_docx(turns: Sequence[tuple[str, Answer]]) -> bytes:
    """Questions and answers; the sources stand under each answer, numbered as the marks in the text."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.add_heading("明账问答记录", level=1)
    for question, answer in turns:
        document.add_heading(question, level=2)
        for line in answer.text.split("\n"):
            paragraph = document.add_paragraph()
            for i, part in enumerate(line.split("**")):
                run = paragraph.add_run(part)
                run.bold = i % 2 == 1
        for citation in answer.citations:
            note = document.add_paragraph(style="List Bullet")
            note.add_run(source_line(citation)).font.size = Pt(9)
        for warning in answer.warnings:
            document.add_paragraph(f"注意：{warning}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(turns: Sequence[tuple[str, Answer]]) -> bytes:
    """One sheet of figures and one of sources; a figure names its sources by number."""
    from openpyxl import Workbook

    book = Workbook()
    figures = book.active
    figures.title = "数字"
    figures.append(["问题", "项目", "数值", "单位", "核验", "算式", "出处"])
    sources = book.create_sheet("Sources")
    sources.append(["问题", "编号", "文件", "页", "表或章节", "行", "列", "原文"])
    for question, answer in turns:
        for value in answer.values:
            marks = "、".join(f"[{n}]" for n in value.citations)
            figures.append(
                [
                    _cell(question),
                    _cell(value.label),
                    _number(value.value),
                    value.unit,
                    value.verification,
                    _cell(value.formula or ""),
                    marks,
                ]
            )
        for c in answer.citations:
            sources.append(
                [
                    _cell(question),
                    c.id,
                    _cell(c.document),
                    c.page,
                    _cell(c.table or c.section),
                    _cell(c.row),
                    _cell(c.column),
                    _cell(c.quote),
                ]
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(text: str) -> float | str:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return _cell(text)


def _cell(text: str) -> str:
    """Text that a spreadsheet does not take for a formula."""
    return "'" + text if text[:1] in "=+-@" else text
