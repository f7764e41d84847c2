"""Questions and answers as a Word file whose [1] marks are footnotes that name the source.

python-docx writes no footnotes, so their part is written here (ECMA-376, part 1, 17.11: footnotes -1 and 0 are the
separators that Word asks for).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from qa.model import Answer, Citation
from qa.serve.page.export import cell_text, source_line
from qa.serve.page.rich import Block, blocks_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_STYLES = {"item": "List Bullet", "quote": "Quote"}
_NUMBER = re.compile(r"^\[\d+\] ")


def as_docx(turns: Sequence[tuple[str, Answer]]) -> bytes:
    """One heading a question, its answer with footnotes, a table of its figures, its warnings."""
    from docx import Document

    document = Document()
    document.core_properties.title = "明账问答记录"
    document.add_heading("明账问答记录", level=1)
    notes: list[str] = []
    for question, answer in turns:
        document.add_heading(cell_text(question), level=2)
        for block in blocks_of(answer.text):
            _write(document, block, answer, notes)
        _figures(document, answer)
        for warning in answer.warnings:
            document.add_paragraph(f"注意：{cell_text(warning)}")
    _attach(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, block: Block, answer: Answer, notes: list[str]) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
    if block.lead:
        paragraph.add_run(f"{block.lead} ")
    cited = {citation.id: citation for citation in answer.citations}
    for piece in block.pieces:
        citation = cited.get(piece.mark)
        if citation is None:
            paragraph.add_run(cell_text(piece.words)).bold = piece.bold
        else:
            _refer(paragraph, citation, notes)


def _refer(paragraph: Any, citation: Citation, notes: list[str]) -> None:
    """A raised number; its note stands at the foot of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    notes.append(_NUMBER.sub("", source_line(citation)))
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(len(notes)))
    run._r.append(reference)


def _figures(document: Any, answer: Answer) -> None:
    if not answer.values:
        return
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("项目", "数值", "单位", "算式"), strict=True):
        cell.text = text
    for value in answer.values:
        texts = (value.label, value.value, value.unit, value.formula or "")
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = cell_text(text)


def _attach(document: Any, notes: Sequence[str]) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = "".join(
        (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">',
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
            *(_note(number, text) for number, text in enumerate(notes, 1)),
            "</w:footnotes>",
        )
    )
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml.encode(), document.part.package)
    document.part.relate_to(part, _RELATION)


def _note(number: int, text: str) -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    words = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> {escape(cell_text(text))}</w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{mark}{words}</w:p></w:footnote>'
