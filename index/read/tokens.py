"""Glyphs -> tokens: what stands together on one printed line, as far as the next gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from index.read.glyphs import Glyph
from index.read.lines import row_text, rows_of

WORD_GAP = 0.7  # ems between two words that stand in one cell
FIGURE_GAP = 0.3  # ems beside a figure
WRAP = 1.4  # ems between the lines of one cell

_FIGURE = re.compile(r"^[-+−]?[\d,]+(?:\.\d+)?%?$|^[-—–]{1,2}$")
_AMOUNT = re.compile(r"^[-+−]?[\d,]*\d\.\d{1,6}%?$|^[-+−]?\d{1,3}(?:,\d{3})+$")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_SPREAD = frozenset(  # words that are often set wide to fill their cell
    [
        "合计",
        "小计",
        "总计",
        "项目",
        "金额",
        "支出",
        "收入",
        "单位",
        "备注",
        "科目",
        "类型",
        "名称",
        "编码",
        "代码",
        "类别",
        "类款",
        "款项",
        "分值",
        "得分",
        "行次",
        "栏次",
    ]
) - {"类款", "款项"}


@dataclass(frozen=True, slots=True)
class Token:
    """A run of glyphs on one line; `size` is the em of the region that it stands in."""

    glyphs: tuple[Glyph, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def height(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def is_figure(self) -> bool:
        return bool(_FIGURE.match(self.text))

    @property
    def is_amount(self) -> bool:
        return bool(_AMOUNT.match(self.text))

    @property
    def is_code(self) -> bool:
        return bool(_CODE.match(self.text))


TokenLine = tuple[Token, ...]


def em_of(glyphs: Iterable[Glyph]) -> float:
    """The width of a Chinese character where they stand."""
    widths = [g.x1 - g.x0 for g in glyphs if "一" <= g.text <= "龥"]
    return median(widths) if widths else 9.0


def token_lines(glyphs: Iterable[Glyph], em: float) -> list[TokenLine]:
    """The printed lines from top to bottom, each as its tokens from left to right."""
    return [tuple(_tokens(row, em)) for row in rows_of(glyphs)]


def finer(line: TokenLine, gap: float) -> TokenLine:
    """The line with words parted that stand `gap` points apart: headings that fill their columns."""
    return tuple(part for t in line for part in _parted(t, gap))


def _parted(item: Token, gap: float) -> list[Token]:
    runs: list[list[Glyph]] = []
    for g in item.glyphs:
        if runs and (g.x0 - runs[-1][-1].x1 < gap or g.text.isascii() or runs[-1][-1].text.isascii()):
            runs[-1].append(g)
        else:
            runs.append([g])
    return [token(run) for run in runs]


def token(glyphs: Sequence[Glyph]) -> Token:
    return Token(
        tuple(glyphs),
        row_text(glyphs).strip(),
        min(g.x0 for g in glyphs),
        min(g.top for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.bottom for g in glyphs),
        glyphs[0].base,
    )


def _tokens(row: Sequence[Glyph], em: float) -> list[Token]:
    merged: list[Token] = []
    for run in map(token, _runs(row, FIGURE_GAP * em)):
        if merged and _one_cell(merged[-1], run, em):
            merged[-1] = token((*merged[-1].glyphs, *run.glyphs))
        else:
            merged.append(run)
    return merged


def _runs(row: Sequence[Glyph], gap: float) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for g in row:
        if runs and g.x0 - runs[-1][-1].x1 < gap:
            runs[-1].append(g)
        else:
            runs.append([g])
    return runs


def _one_cell(left: Token, right: Token, em: float) -> bool:
    """Words a space apart, and words set wide: 合　　计."""
    gap = right.x0 - left.x1
    if len(left.text) == len(right.text) == 1 and left.text + right.text in _SPREAD:
        return gap < 6 * em
    if right.text in ("%", "％"):
        return gap < em
    return gap < WORD_GAP * em and not left.is_figure and not right.is_figure
