"""HTML -> Document: prose in reading order, tables with their rowspans and colspans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from index.errors import NothingToRead
from index.model import Document, Grid, GridCell, Line
from index.read.decode import decode
from index.read.layout import make_grid, paginate, unfold

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "select", "button", "svg", "object"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "o:p",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    }
)
MAX_COLSPAN = 1000  # the limits of the HTML standard
MAX_ROWSPAN = 65534


def read_html(data: bytes, name: str, sha256: str) -> Document:
    """A saved web page, or a "worksheet" that is one. Raises NotText, NothingToRead."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, name, declared.group(1).decode("ascii", "ignore") if declared else "")
    flow = tuple(html_flow(text))
    if not flow:
        raise NothingToRead(name)
    return Document(name, sha256, "html", paginate(flow))


def html_flow(text: str) -> Iterator[Line | Grid]:
    """The lines and grids of a page or of a fragment, in the order in which they stand."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml takes no declared encoding with a str
    if not text.strip():
        return
    root = document_fromstring(text, parser=HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False))
    yield from _walk(root)


def _walk(root: HtmlElement, tables: bool = True) -> Iterator[Line | Grid]:
    """Text runs joined up to the next block; a table at once, without what stands in it (or not at all)."""
    run: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        inside = element is not root
        if element.tag not in _INLINE:
            yield from _flush(run)
        if event == "end":
            run.append(element.tail or "" if inside else "")
        elif inside and (element.tag in _SILENT or _hidden(element)):
            walker.skip_subtree()
        elif inside and element.tag == "table" and not (tables and _is_layout(element)):
            walker.skip_subtree()
            if tables:
                yield from _table(element)
        else:
            run.append(element.text or "")
    yield from _flush(run)


def _flush(run: list[str]) -> Iterator[Line]:
    text = _collapse("".join(run))
    run.clear()
    if text:
        yield Line(text, 1)


def _collapse(text: str) -> str:
    return re.sub(r"[ \t\r\n\xa0\u3000]+", " ", text).strip()


def _hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN_STYLE.search(element.get("style", "")))


def _is_layout(table: HtmlElement) -> bool:
    """A table that only arranges the page: it holds tables, and no row of its own has two cells with words."""
    if table.find(".//table") is None:
        return False
    rows = (row for row in table.iter("tr") if _owner(row) is table)
    return not any(sum(1 for cell in _cells_of(row) if _own_text(cell)) > 1 for row in rows)


def _table(table: HtmlElement) -> Iterator[Line | Grid]:
    cells = list(_lattice(table))
    grid = make_grid(cells, 1, "markup")
    caption = table.find("caption")
    if caption is not None and (text := _collapse(caption.text_content())):
        yield Line(text, 1)
    if grid is not None:
        yield from unfold(grid)
    for nested in table.iter("table"):
        if nested is not table and _owner(nested.getparent()) is table:
            yield from _table(nested)


def _lattice(table: HtmlElement) -> Iterator[GridCell]:
    """The standard's table model: a cell takes the first free slot of its row and blocks what it spans."""
    rows = [row for row in table.iter("tr") if _owner(row) is table and not _hidden(row)]
    blocked: dict[int, int] = {}  # column -> first row that is free again
    for r, row in enumerate(rows):
        col = 0
        for cell in _cells_of(row):
            while blocked.get(col, 0) > r:
                col += 1
            cols = _span(cell, "colspan", MAX_COLSPAN)
            height = _span(cell, "rowspan", MAX_ROWSPAN) if cell.get("rowspan", "").strip() != "0" else len(rows)
            for c in range(col, col + cols):
                blocked[c] = r + height
            yield GridCell(r, col, min(height, len(rows) - r), cols, _own_text(cell))
            col += cols


def _span(cell: HtmlElement, attribute: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(attribute, ""))
    return min(max(int(digits.group(1)), 1), most) if digits else 1


def _cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _hidden(cell)]


def _own_text(cell: HtmlElement) -> str:
    """The words of a cell without those of a table nested in it, a line a block."""
    return "\n".join(item.text for item in _walk(cell, tables=False) if isinstance(item, Line))


def _owner(element: HtmlElement | None) -> HtmlElement | None:
    """The table that an element belongs to."""
    while element is not None and element.tag != "table":
        element = element.getparent()
    return element
