"""docx -> Document: paragraphs and tables in the order of the body, merged and nested cells, automatic numbering."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from index.errors import BrokenFile, NothingToRead
from index.model import Document, Grid, GridCell, Line
from index.read.archive import guard_package
from index.read.layout import make_grid, numbered, paginate, unfold
from index.read.numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})  # struck out by a revision, or said a second time
_WRAPPERS = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"})
_PAGE = None  # the mark of a page break in the flow


def read_docx(data: bytes, name: str, sha256: str) -> Document:
    """A Word document. Raises BrokenFile, ArchiveBomb, NothingToRead.

    Pages are those that Word last laid out (or that explicit breaks make); a document that says nothing of pages has
    one a chapter.
    """
    import docx  # 0.3 s to import
    from docx.exceptions import PythonDocxError

    guard_package(data, name)
    try:
        package = docx.Document(io.BytesIO(data))
        body = package.element.body
    except (AttributeError, KeyError, ValueError, OSError, etree.XMLSyntaxError, PythonDocxError) as fault:
        raise BrokenFile(name, "Word 文档") from fault
    numbering = Numbering.of(package)
    rendered = next(body.iter(f"{_W}lastRenderedPageBreak"), None) is not None
    pages: list[list[Line | Grid]] = [[]]
    for item in _Body(numbering, rendered).flow(body):
        if item is _PAGE:
            pages.append([])
        else:
            pages[-1].append(item)
    if not any(pages):
        raise NothingToRead(name)
    if len(pages) == 1:
        return Document(name, sha256, "docx", paginate(pages[0]))
    return Document(name, sha256, "docx", tuple(numbered(items, i) for i, items in enumerate(pages, 1)))


@dataclass(frozen=True)
class _Body:
    """A walk over the block elements of a document."""

    numbering: Numbering
    rendered: bool  # whether Word left its own page breaks; explicit ones then count twice

    def flow(self, container: etree._Element) -> Iterator[Line | Grid | None]:
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                before, within = _breaks(element) if self.rendered else (0, 0)
                yield from [_PAGE] * before
                yield from self._table(element)
                yield from [_PAGE] * within
            elif element.tag in _WRAPPERS:
                yield from self.flow(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line | Grid | None]:
        pieces = [""]
        for piece in _runs(paragraph):
            if piece in ("\f", "\v"):
                if (piece == "\v") == self.rendered:
                    pieces.append("")
            else:
                pieces[-1] += piece
        label = self.numbering.label(paragraph) if any(piece.strip() for piece in pieces) else ""
        for i, piece in enumerate(pieces):
            if i:
                yield _PAGE
            for line in piece.splitlines():
                if line.strip():
                    yield Line(label + line.strip(), 1)
                    label = ""
        section = paragraph.find(f"{_W}pPr/{_W}sectPr")
        if section is not None and not self.rendered and section.find(f"{_W}type[@{_W}val='continuous']") is None:
            yield _PAGE
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(parent.tag in _DELETED for parent in box.iterancestors()):
                yield from (item for item in self.flow(box) if item is not _PAGE)

    def _table(self, table: etree._Element) -> Iterator[Line | Grid]:
        nested: list[etree._Element] = []
        grid = make_grid(self._cells(table, nested), 1, "markup")
        if grid is not None:
            yield from unfold(grid)
        for inner in nested:
            yield from self._table(inner)

    def _cells(self, table: etree._Element, nested: list[etree._Element]) -> Iterator[GridCell]:
        """The cells with their spans; a cell that continues the one above (vMerge) lengthens it and is no cell."""
        open_merges: dict[int, _Cell] = {}
        done: list[_Cell] = []
        for r, row in enumerate(_children(table, "tr")):
            col = _number(row, "trPr", "gridBefore")
            for element in _children(row, "tc"):
                cols = max(_number(element, "tcPr", "gridSpan"), 1)
                merge = element.find(f"{_W}tcPr/{_W}vMerge")
                above = open_merges.get(col)
                if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and above is not None:
                    above.rows = r - above.row + 1
                    text = self._text(element, nested)  # rarely, words hide in the covered cell
                    above.text = f"{above.text}\n{text}".strip() if text else above.text
                else:
                    cell = _Cell(r, col, cols, self._text(element, nested))
                    done.append(cell)
                    open_merges.pop(col, None)
                    if merge is not None:
                        open_merges[col] = cell
                col += cols
        for cell in done:
            yield GridCell(cell.row, cell.col, cell.rows, cell.cols, cell.text)

    def _text(self, cell: etree._Element, nested: list[etree._Element]) -> str:
        lines: list[str] = []
        for element in _blocks(cell):
            if element.tag == f"{_W}tbl":
                nested.append(element)
            else:
                lines += (item.text for item in self._paragraph(element) if isinstance(item, Line))
        return "\n".join(lines)


@dataclass
class _Cell:
    """A cell while its table is being read: it grows as rows below continue it."""

    row: int
    col: int
    cols: int
    text: str
    rows: int = field(default=1)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table, cells of a row: also those inside content controls and revisions."""
    for element in parent:
        if element.tag == _W + tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _children(element, tag)


def _blocks(cell: etree._Element) -> Iterator[etree._Element]:
    for element in cell:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _blocks(element)


def _number(element: etree._Element, properties: str, name: str) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    value = found.get(f"{_W}val", "0") if found is not None else "0"
    return min(int(value), 1000) if value.isdigit() else 0


def _breaks(table: etree._Element) -> tuple[int, int]:
    """How many pages begin with the first row of a table, and with later ones, when Word last laid it out."""
    starts = [next(row.iter(f"{_W}lastRenderedPageBreak"), None) is not None for row in _children(table, "tr")]
    return sum(starts[:1]), sum(starts[1:])


def _runs(paragraph: etree._Element) -> Iterator[str]:
    """The visible text of a paragraph; a form feed is an explicit page break, a vertical tab one that Word noted."""
    properties = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore")
    if properties is not None and properties.get(f"{_W}val", "1") not in ("0", "false"):
        yield "\f"
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        tag = element.tag
        if tag in _DELETED or tag == f"{_W}txbxContent" or (tag == f"{_W}r" and _vanished(element)):
            walker.skip_subtree()
        elif tag == f"{_W}t":
            yield element.text or ""
        elif tag in (f"{_W}tab", f"{_W}ptab") and element.getparent().tag == f"{_W}r":
            yield "\t"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}br":
            yield "\f" if element.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}lastRenderedPageBreak":
            yield "\v"


def _vanished(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false")
