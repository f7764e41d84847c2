"""Plain text and Markdown -> Document: prose, and tables parted by tabs, pipes, tags or bare spaces.

Archives keep disclosures as dumps of a text layer or of a converter. Their lines are cut where the page was, their
emphasis is Markdown or HTML, their tables lose what held them together; `tabs` and `bare` put those back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.errors import NothingToRead
from index.model import Document, Finding, Grid, Line, Locator, Severity
from index.read.bare import read_bare, split_caption
from index.read.decode import decode
from index.read.layout import is_caption, numbered, paginate, unfold
from index.read.paragraphs import join_lines, wrap_width
from index.read.tabs import Block, continues, of_body, table_grids
from index.read.web import html_flow

_HTML_TABLE = re.compile(r"(<table\b.*?</table>)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?(?:b|strong|i|em|u|s|sup|sub|span|p|div|center|font|a)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_PAGE_NUMBER = re.compile(r"^[-—–]\s*\d{1,4}\s*[-—–]$|^第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?$")
_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_LATEX = {
    r"\geqslant": "≥",
    r"\geq": "≥",
    r"\ge": "≥",
    r"\leqslant": "≤",
    r"\leq": "≤",
    r"\le": "≤",
    r"\times": "×",
    r"\sim": "~",
    r"\pm": "±",
    r"\%": "%",
}
_COMMAND = re.compile("|".join(map(re.escape, _LATEX)))


def read_text(data: bytes, name: str, sha256: str) -> Document:
    """A text or Markdown file. Raises NotText, NothingToRead.

    Pages are parted by form feeds; a file without them has one a chapter.
    """
    sheets = decode(data, name).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    findings: list[Finding] = []
    pages = [list(_flow(sheet, number, findings)) for number, sheet in enumerate(sheets, 1)]
    if not any(pages):
        raise NothingToRead(name)
    if len(pages) == 1:
        return Document(name, sha256, "text", paginate(pages[0]), tuple(findings))
    numbers = (numbered(items, i) for i, items in enumerate(pages, 1))
    return Document(name, sha256, "text", tuple(numbers), tuple(findings))


def _flow(text: str, page: int, findings: list[Finding]) -> Iterator[Line | Grid]:
    for i, part in enumerate(_HTML_TABLE.split(text)):
        if i % 2:
            yield from html_flow(part)
        else:
            yield from _lines_flow([clean(line) for line in part.split("\n")], page, findings)


def _lines_flow(lines: Sequence[str], page: int, findings: list[Finding]) -> Iterator[Line | Grid]:
    limit = wrap_width(lines)
    for part in _parts(lines):
        if isinstance(part, Prose):
            items, found = read_bare(part.lines, page)
            findings += found
            yield from _paragraphs(items, limit, page)
        else:
            yield from _table(part.blocks, page, findings)


def _paragraphs(items: Sequence[str | Grid], limit: int | None, page: int) -> Iterator[Line | Grid]:
    """Lines joined to paragraphs between the grids; captions that a text layer runs together parted."""
    for _, run in groupby(items, key=lambda item: isinstance(item, str)):
        group = list(run)
        lines = [part for item in group if isinstance(item, str) for part in _fields(item)]
        yield from (Line(text, page) for text in join_lines(lines, limit))
        yield from (item for item in group if isinstance(item, Grid))


def _fields(line: str) -> list[str]:
    fields = split_caption(line)
    return fields if len(fields) > 1 and is_caption(fields) else [line]


def _table(blocks: Sequence[Block], page: int, findings: list[Finding]) -> Iterator[Line | Grid]:
    """The grids of a table; rows without header or caption that go on with nothing stay words."""
    if of_body(blocks[0][0]):
        message = "一段没有标题和表头的表格行未作为表格读取（前一页的内容缺失）。"
        findings.append(Finding("headless-rows", Severity.WARNING, message, (Locator(page),), origin="extraction"))
        yield from (Line(" ".join(text for text in row if text), page) for block in blocks for row in block if any(row))
        return
    grids, moved = table_grids(blocks, page)
    findings += moved
    for grid in grids:
        yield from unfold(grid)


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines that are no rows."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, a block a page."""

    blocks: tuple[Block, ...]


def _parts(lines: Sequence[str]) -> Iterator[Prose | Rows]:
    """Prose up to the next table, the table with what goes on after a page end, and so on."""
    prose: list[str] = []
    blocks: list[Block] = []
    for run in _runs(lines):
        if blocks and (run == "" or (isinstance(run, list) and continues(blocks, run))):
            blocks += [run] if isinstance(run, list) else []
            continue
        if blocks:
            yield Rows(tuple(blocks))
            blocks = []
        if isinstance(run, str):
            prose.append(run)
        elif _is_table(run):
            yield Prose(tuple(prose))
            prose, blocks = [], [run]
        else:
            prose += [text for row in run for text in row]
    yield Rows(tuple(blocks)) if blocks else Prose(tuple(prose))


def _runs(lines: Sequence[str]) -> Iterator[str | Block]:
    """Single lines of prose, and consecutive rows as a block."""
    block: Block = []
    for line in lines:
        row = split_row(line)
        if row is not None:
            block.append(row)
            continue
        if block and not (_RULE.match(line) and line):
            yield block
            block = []
        if not (_RULE.match(line) and line) and not (_PAGE_NUMBER.match(line.strip()) and line):
            yield line
    if block:
        yield block


def split_row(line: str) -> list[str] | None:
    """The cells of a row parted by tabs, or by pipes as Markdown writes them; None for prose."""
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    if line.startswith("|") and line.count("|") > 1 and not _RULE.match(line):
        cells = re.split(r"(?<!\\)\|", line.strip())
        return [cell.replace("\\|", "|").strip() for cell in cells[1 : -1 if cells[-1] == "" else None]]
    return None


def _is_table(block: Block) -> bool:
    """More than a line with a tab, and more than a table of contents (a heading and a page number a line)."""
    full = [[text for text in row if text] for row in block]
    if len(block) < 2 or not any(len(row) > 1 for row in full):
        return False
    return not all(len(row) == 1 or (len(row) == 2 and row[1].isdigit() and len(row[1]) < 4) for row in full)


def clean(line: str) -> str:
    """A line without the marks of Markdown, HTML and TeX that converters leave: **合计** -> 合计, \\geq 98% -> ≥98%."""
    if "\\" in line:
        line = _COMMAND.sub(lambda match: _LATEX[match.group()], line)
        line = re.sub(r"\$([^$]*)\$", r"\1", line)
    if "<" in line:
        line = _TAG.sub("", _BREAK.sub("", line))
    if "**" in line:
        line = line.replace("**", "")
    line = _HEADING.sub("", _IMAGE.sub("", line))
    return line if "\t" in line or line.startswith("　") else line.rstrip()
