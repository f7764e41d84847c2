"""An answer to take away: an Excel workbook with a sheet of sources, plain text. The Word file is in `word_file`."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from qa.model import Answer, Citation
from qa.serve.page.rich import plain_text

_FIGURE = re.compile(r"-?[0-9][0-9,]{0,18}(\.[0-9]{1,8})?")


def source_line(citation: Citation) -> str:
    """One source in a line: [1] document, page, table: quote."""
    parts = [citation.document, f"第{citation.page}页", citation.table or citation.section]
    return f"[{citation.id}] " + "，".join(part for part in parts if part) + f"：{citation.quote}"


def as_text(question: str, answer: Answer) -> str:
    """The answer with its sources, for the clipboard."""
    lines = [question, "", plain_text(answer.text), ""]
    lines += [source_line(c) for c in answer.citations]
    return "\n".join(lines).strip()


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
                    cell_text(question),
                    cell_text(value.label),
                    _number(value.value),
                    cell_text(value.unit),
                    value.verification,
                    cell_text(value.formula or ""),
                    marks,
                ]
            )
        for c in answer.citations:
            sources.append(
                [
                    cell_text(question),
                    c.id,
                    cell_text(c.document),
                    c.page,
                    cell_text(c.table or c.section),
                    cell_text(c.row),
                    cell_text(c.column),
                    cell_text(c.quote),
                ]
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _number(text: str) -> float | str:
    """A spreadsheet counts in doubles: 15 digits, which no published amount exceeds."""
    return float(text.replace(",", "")) if _FIGURE.fullmatch(text) else cell_text(text)


def cell_text(text: str) -> str:
    """Text that a spreadsheet does not take for a formula and its file can hold."""
    clean = "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    return "'" + clean if clean[:1] in tuple("=+-@\t") else clean
