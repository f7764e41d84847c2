"""Where the header of a grid ends, and the path of header texts above each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.amounts import is_dash, parse_amount
from index.model import Grid, GridCell
from index.tables.form_header import TARGET
from index.wording import canonical, squeeze

_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_CODE_PARTS = frozenset("类款项目")
_TOTAL = re.compile(r"^(?:合计|总计|小计|本年(?:收入|支出)合计|收入总计|支出总计)$")
_ORDINAL_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.])\S")
_MOSTLY = 0.6
_HEADS = re.compile(
    r"(?:[合小总]计|金额|预算数?|决算数?|经费|基金|结转|结余|项目|目录|科目|品目|编号|序号|拨款|资金|收入|支出|费用?|总额|名称|单位|编码|代码|类型|类别|性质|方式|内容|数量|单价|规格|形式|备注|说明|指标值?)"
    r"(?:[(（][^()（）]*[)）])?$|^20\d\d年"
)
_NUMBERING = re.compile(r"^(?:栏次|行次|栏目|列次)$")
_NAMES_ROWS = re.compile(r"名称$|^项目$|^内容$")
_FORM_TITLE = re.compile(r"自评|评价表|整体绩效目标|绩效目标(?:申报|填报)|目标申报|项目绩效目标表|绩效目标填报")
_FORM_START = re.compile(
    r"^(?:(?:一级|预算)?项目名称|(?:专项)?资金名称|项目单位|部门(?:\(单位\))?名称|单位名称|财政项目支出.*表|项目支出.*表|主管部门|年度)$"
)

_NAMED = re.compile(
    r"(?:项目|专项|资金|部门|单位|政策).{0,6}(?:名称|编码|代码)|资金(?:总额|金额|来源)|(?:总体|年度|绩效)目标"
)
_INDICATOR = re.compile(r"(?:绩效)?指标|[一二三]级(?:绩效)?指标|指标(?:名称|内容)")
_TARGET = re.compile(TARGET)


def rows_of(grid: Grid) -> list[list[GridCell]]:
    """The cells that begin in each row."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return rows


def is_figure(text: str) -> bool:
    """A printed figure: an amount, a percentage or a dash, not an account code or an ordinal."""
    plain = squeeze(text)
    return bool(plain) and not _CODE.match(plain) and ((is_dash(plain) and plain != "/") or _amount(plain))


def begins_row(text: str) -> bool:
    """Whether words can only be the beginning of a label: a code, an ordinal, a total, 其中."""
    plain = squeeze(text)
    return bool(_CODE.match(plain) or _ORDINAL_ITEM.match(plain) or _TOTAL.match(plain) or plain.startswith("其中"))


def _amount(plain: str) -> bool:
    return bool(re.match(r"^[-+]?[\d,.]+%?$", plain)) and parse_amount(plain) is not None


def header_depth(grid: Grid) -> int:
    """How many rows from the top are header: until a row with a figure, a total, a code or a counted item.

    The row that numbers the columns (栏次 1 2 3) belongs to the header. Where a table prints no figure at all, the
    header is as deep as the cells that begin in its first row reach.
    """
    rows = rows_of(grid)
    depth = 0
    while depth < grid.n_rows and not _is_body(rows[depth], depth, grid) and not _heads_all(rows[:depth], grid):
        depth += 1
    if (depth >= grid.n_rows and not _heads_all(rows[:1], grid)) or depth == 0:
        depth = 0 if grid.n_rows and depth == 0 else _span_depth(rows)
    while depth < grid.n_rows and _numbers_columns(rows[depth]):
        depth += 1
    return depth


def _heads_all(rows: Sequence[Sequence[GridCell]], grid: Grid) -> bool:
    """Whether every column has words of its own that end with the last of the rows: nothing is left to divide."""
    ends = {
        cell.col for row in rows for cell in row if cell.text and cell.cols == 1 and cell.row + cell.rows == len(rows)
    }
    return len(ends) == grid.n_cols


def _is_body(row: Sequence[GridCell], index: int, grid: Grid) -> bool:
    texts = [squeeze(cell.text) for cell in row]
    filled = [t for t in texts if t]
    if _numbers_columns(row):
        return False
    if not filled:
        return index > 0
    spanning = any(cell.rows > 1 and cell.text for cell in row)
    if any(_TOTAL.match(t) for t in filled) and any(is_figure(t) for t in filled):
        return True
    if any(is_figure(t) for t in filled) or any(_CODE.match(t) for t in filled):
        return True
    first = filled[0]
    if _ORDINAL_ITEM.match(first) and not spanning:
        return True
    covered = _covered_from_above(grid, index)
    return bool(_TOTAL.match(first) and len(filled) == 1 and index > 0 and not covered)


def _covered_from_above(grid: Grid, index: int) -> bool:
    return any(cell.row < index < cell.row + cell.rows and cell.text for cell in grid.cells)


def _span_depth(rows: Sequence[Sequence[GridCell]]) -> int:
    depth, row = 1, 0
    while row < depth and row < len(rows):
        depth = max([depth, *(cell.row + cell.rows for cell in rows[row] if cell.text)])
        row += 1
    if depth == 1 and len(rows) > 2 and any(cell.cols > 1 for cell in rows[0]):
        depth = 2
    return min(depth, max(1, len(rows) - 1)) if len(rows) > 1 else 1


def _numbers_columns(row: Sequence[GridCell]) -> bool:
    """栏次 | 1 | 2 | 3, or the bare numbers in order; the parts of a code (类 | 款 | 项) may stand beside them."""
    texts = [squeeze(cell.text) for cell in row if cell.text.strip() and not _is_code_part(cell)]
    if not texts:
        return False
    numbers = [int(t) for t in texts if re.fullmatch(r"\d{1,2}", t)]
    words = [t for t in texts if not re.fullmatch(r"\d{1,2}", t)]
    if any(not _NUMBERING.match(t) and not re.fullmatch(r"\d{1,2}=.*|[+\-=()]*\d[\d+\-=()]*", t) for t in words):
        return False
    rising = all(b > a for a, b in pairwise(numbers))
    return rising and (bool(words) or (len(numbers) >= 3 and numbers[0] == 1))


def _is_code_part(cell: GridCell) -> bool:
    return cell.cols == 1 and squeeze(cell.text) in _CODE_PARTS


def column_paths(grid: Grid, depth: int) -> tuple[tuple[str, ...], ...]:
    """For each column the header texts from the top down, repeats and the numbering of columns left out.

    The word 栏次 heads the numbering where it stands in the column that names the rows; under another header (the code
    of an account whose name reaches down beside it) it is kept as the printed foot of that header. Across both it says
    nothing of either.
    """
    paths: list[list[str]] = [[] for _ in range(grid.n_cols)]
    numbering = {r for r, row in enumerate(rows_of(grid)[:depth]) if _numbers_columns(row)}
    for cell in grid.cells:
        text = cell.text.strip()
        if cell.row >= depth or not text:
            continue
        above = squeeze(paths[cell.col][-1]) if paths[cell.col] else ""
        foot = squeeze(text) == "栏次" and cell.cols == 1 and above and not _NAMES_ROWS.search(above)
        if cell.row in numbering and not foot and not _is_code_part(cell):
            continue
        for c in range(cell.col, min(grid.n_cols, cell.col + cell.cols)):
            if not paths[c] or paths[c][-1] != text:
                paths[c].append(text)
    return tuple(tuple(path) for path in paths)


def same_header(a: Grid, depth: int, b: Grid) -> bool:
    """Whether b begins with the header of a."""
    if b.n_rows < depth or b.n_cols != a.n_cols or depth == 0:
        return False
    mine = {(c.row, c.col): canonical(c.text) for c in a.cells if c.row < depth}
    other = {(c.row, c.col): canonical(c.text) for c in b.cells if c.row < depth}
    return mine == other


def is_form(title: str, grid: Grid, depth: int) -> bool:
    """A form nests blocks and has no one header: 自评表, 整体绩效目标表."""
    plain = squeeze(title)
    first = next((squeeze(cell.text) for cell in grid.cells if cell.text.strip()), "")
    if _FORM_START.match(first):
        return not _lists(grid)
    if _nests_indicators(grid):
        return True
    return bool(_FORM_TITLE.search(plain)) and depth <= 1 and bool(re.search(r"自评|整体|申报|填报", plain))


def _nests_indicators(grid: Grid) -> bool:
    """Whether indicators with a header of their own, from the left edge on, follow rows that name a project or its money."""
    if not any("指标" in cell.text for cell in grid.cells):
        return False
    named = False
    for row in rows_of(grid):
        texts = [squeeze(cell.text) for cell in row]
        if named and row and row[0].col == 0 and _INDICATOR.fullmatch(texts[0]):
            return any(_TARGET.fullmatch(text) for text in texts)
        named = named or any(_NAMED.match(text) for text in texts)
    return False


def _lists(grid: Grid) -> bool:
    """Whether what begins like a form (项目名称 | …) is the header of a list: only headings, or names beside figures below."""
    first, *rows = ([squeeze(cell.text) for cell in row] for row in rows_of(grid))
    if any(map(_INDICATOR.fullmatch, first)) and any(map(_TARGET.fullmatch, first)):
        return True
    filled = any(is_figure(text) for row in rows for text in row) or all(len(row) == len(first) for row in rows)
    reaching = any(cell.rows > 1 for cell in grid.cells if cell.row == 0)
    if all(_HEADS.search(text) for text in first) and ((len(first) > 2 and filled) or (len(first) > 1 and reaching)):
        return True
    named = [row for row in rows if row and row[0] and not is_figure(row[0])]
    figured = sum(any(map(is_figure, row)) and all(is_figure(text) for text in row[1:] if text) for row in named)
    return len(rows) > 1 and grid.n_cols > 1 and figured >= _MOSTLY * len(rows)
