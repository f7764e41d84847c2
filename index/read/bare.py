"""Tables of a bare text layer: found below their captions, their header and rows put back together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.model import Finding, Grid, GridCell, Locator, Severity
from index.read.bare_header import Names as Kind
from index.read.bare_header import PrintedLine, header_paths
from index.read.bare_rows import Row, RowReader, Token, begins_item, tokens
from index.read.layout import is_caption, is_chapter, is_note, make_grid

Item = str | Grid

MAX_HEADER = 40  # lines: headers are broken into many
MAX_SHAPES = 5
FULL = 0.8  # a label that was broken is about as long as the longest of its table
TABULAR = 6  # figures in a captioned region from which it must have been a table
_FIELDS = re.compile(r"(?=(?:金额)?单位[:：]|(?:编制)?部门(?:名称)?[:：]|(?<=元)\d{4}年度)|(?<=年度)(?=部门|单位)")
_CODED = re.compile(r"\d\s*表$")


def read_bare(lines: Sequence[str], page: int) -> tuple[list[Item], list[Finding]]:
    """The lines of a text layer with the tables among them: lines stay lines, a table becomes a grid in their place.

    A table is looked for below a caption (a title with a code or a unit) and ends at its notes, the next caption or
    the next chapter. What cannot be made out stays text.
    """
    out: list[Item] = []
    findings: list[Finding] = []
    start = 0
    for top, bottom in _regions(lines):
        out += lines[start:top]
        grid, found = _table(lines[top:bottom], page)
        findings += found
        if grid is None and _figures(lines[top:bottom]) >= TABULAR:
            findings.append(_lost(lines, top, page))
        out += lines[top:bottom] if grid is None else [grid]
        start = bottom
    return [*out, *lines[start:]], findings


def _figures(lines: Sequence[str]) -> int:
    return sum(token.kind is Kind.FIGURE for line in lines for token in tokens(line))


def _lost(lines: Sequence[str], top: int, page: int) -> Finding:
    title = next((text for line in reversed(lines[:top]) for text in split_caption(line) if text.endswith("表")), "")
    message = f"“{title}”在文本中没有分隔符，表头与各行对不上，未作为表格读取；请改用 PDF、docx 或 xlsx 原件。"
    return Finding("bare-table", Severity.WARNING, message, (Locator(page),), origin="extraction")


def _regions(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last line (exclusive) of what stands between a caption and the end of its table."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    k = 0
    while k < len(filled):
        caption = k
        while k < len(filled) and is_caption(split_caption(lines[filled[k]])):
            k += 1
        words = [text for i in filled[caption:k] for text in split_caption(lines[i])]
        if not _names_table(words):
            k = max(k, caption + 1)
            continue
        body = k
        while k < len(filled) and not _ends_table(lines[filled[k]]):
            k += 1
        if k > body:
            yield filled[body], filled[k - 1] + 1


def split_caption(line: str) -> list[str]:
    """The fields that a text layer runs together: 单位：万元2022年度部门：某局 -> three."""
    return [part.strip() for part in _FIELDS.split(line) if part.strip()]


def _names_table(words: Sequence[str]) -> bool:
    """A title together with a code or a unit; a heading alone names a section as often as a table."""
    titles = [word for word in words if word.endswith("表") and not _CODED.search(word)]
    return bool(titles) and len(words) > len(titles)


def _ends_table(line: str) -> bool:
    fields = split_caption(line)
    return is_note(line.strip()) or is_chapter(line.strip()) or "。" in line or is_caption(fields)


def _table(lines: Sequence[str], page: int) -> tuple[Grid | None, list[Finding]]:
    """The grid of a region, or None where its header does not fit its rows."""
    printed = _printed(lines)
    depth = _header_depth(printed)
    header, rest = printed[:depth], _without_repeats(printed[depth:], printed[:depth])
    numbered = [line for line in header if _numbers(tokens(" ".join(line.words)))]
    words = [line for line in header if line not in numbered]
    figures = sum(word.isdigit() for line in numbered for word in line.words)
    for columns in _likely_columns(rest):
        if figures and sum(kind is Kind.FIGURE for kind in columns) != figures:
            continue
        paths = header_paths(words, columns)
        if paths is not None:
            sides = tuple(path[0] if path[0] in ("收入", "支出") else "" for path in paths)
            reader = RowReader(columns, sides, page)
            _read_rows(rest, reader)
            reader.finish()
            return _grid(paths, reader.rows, page), reader.findings
    return None, []


def _printed(lines: Sequence[str]) -> list[PrintedLine]:
    out: list[PrintedLine] = []
    apart = True
    for line in lines:
        if line.strip():
            out.append(PrintedLine(tuple(line.split()), apart))
        apart = not line.strip()
    return out


def _header_depth(printed: Sequence[PrintedLine]) -> int:
    """Lines down to the one that numbers the columns, or to the first with a figure."""
    for i, line in enumerate(printed[:MAX_HEADER]):
        row = tokens(" ".join(line.words))
        if _numbers(row):
            return i + 1
        if any(token.kind is Kind.FIGURE for token in row):
            return i
    return 0


def _numbers(row: Row) -> bool:
    """栏次 1 栏次 2 3: words that say so, and numbers rising from 1."""
    counted = [int(token.text) for token in row if token.kind is Kind.SERIAL]
    words = [token.text for token in row if token.kind is not Kind.SERIAL]
    return counted == list(range(1, len(counted) + 1)) and len(counted) > 1 - bool(words) and set(words) <= {"栏次"}


def _without_repeats(rest: Sequence[PrintedLine], header: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The rows without the header that a new page repeats."""
    shape = [line.words for line in header]
    out: list[PrintedLine] = []
    i = 0
    while i < len(rest):
        if shape and [line.words for line in rest[i : i + len(shape)]] == shape:
            i += len(shape)
        else:
            out.append(rest[i])
            i += 1
    return out


def _likely_columns(rest: Sequence[PrintedLine]) -> Iterator[tuple[Kind, ...]]:
    """What the columns may hold: as the fullest row says, and with a column of codes that no row fills."""
    shapes = Counter(tuple(token.kind for token in tokens(" ".join(line.words))) for line in rest)
    figured = [shape for shape in shapes if Kind.FIGURE in shape]
    for shape in sorted(figured, key=lambda shape: (-len(shape), -shapes[shape]))[:MAX_SHAPES]:
        yield shape
        yield (Kind.CODE, *shape)
        yield (Kind.CODE, Kind.WORDS, *shape)


def _read_rows(rest: Sequence[PrintedLine], reader: RowReader) -> None:
    """Lines joined to rows: a line goes on with the row as long as both together still fit the columns."""
    row: Row = ()
    full = FULL * max((len(word) for line in rest for word in line.words), default=0)
    for line in rest:
        more = tokens(" ".join(line.words))
        if row and _goes_on(row, more, line.apart, full, reader):
            row = _joined(row, more)
        else:
            if row:
                reader.add(row)
            row = more
    if row:
        reader.add(row)


def _goes_on(row: Row, more: Row, apart: bool, full: float, reader: RowReader) -> bool:
    """Whether a line belongs to the row before it: a broken label fills its line, and no line begins an item anew."""
    last, first = row[-1], more[0]
    if last.kind is Kind.WORDS and first.kind is Kind.WORDS and (len(last.text) < full or begins_item(first.text)):
        return False
    if apart and last.kind is Kind.FIGURE and first.kind is not Kind.FIGURE and reader.arrangements(more):
        return False
    return bool(reader.arrangements(_joined(row, more)))


def _joined(row: Row, more: Row) -> Row:
    """A row and the line that goes on with it; words that meet are one broken label."""
    if row[-1].kind is Kind.WORDS and more[0].kind is Kind.WORDS:
        return (*row[:-1], Token(row[-1].text + more[0].text, Kind.WORDS), *more[1:])
    return (*row, *more)


def _grid(paths: Sequence[tuple[str, ...]], rows: Sequence[dict[int, str]], page: int) -> Grid | None:
    """Header paths as merged cells over the rows."""
    depth = max(len(path) for path in paths)
    cells: list[GridCell] = []
    for level in range(depth):
        for c, path in enumerate(paths):
            if level >= len(path) or (c and paths[c - 1][: level + 1] == path[: level + 1] and level + 1 < len(path)):
                continue
            last = level + 1 == len(path)
            width = 1
            while not last and c + width < len(paths) and paths[c + width][: level + 1] == path[: level + 1]:
                width += 1
            cells.append(GridCell(level, c, depth - level if last else 1, width, path[level]))
    cells += [GridCell(depth + r, c, 1, 1, row.get(c, "")) for r, row in enumerate(rows) for c in range(len(paths))]
    return make_grid(cells, page, "text")
