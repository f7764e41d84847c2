"""Header rows of forms: which rows are one, and how a body row stands under it."""

from __future__ import annotations

import re

from index.model import Cell, State
from index.tables.figure import read_figure
from index.wording import squeeze

LEVEL = re.compile(r"^(?:一级|二级|三级)(?:绩效)?指标$|^指标(?:名称|内容)$")
_NOTED = r"(?:\([^()]*\))?"
TARGET = rf"(?:年度|全年|年初|绩效|预期|计划|指标)*(?:\(/?项目\))?(?:指标值|目标值){_NOTED}"
REACHED = r".*实际(?:.*完成)?(?:指标)?值|.*完成(?:指标)?值"
_VALUES = (
    rf"年初预算数?|全年预算数?|调整后?预算数?|全年执行数?|执行数|预算数|决算数|分值{_NOTED}|(?:指标)?权重{_NOTED}|执行率%?|得分|"
    rf"{TARGET}|{REACHED}|偏差(?:度|率)%?"
)
WORDS_ONLY = re.compile(
    r"情况说明|存在问题.*|偏差原因.*|未完成原因.*|扣分原因.*|指标值说明|评分标准|指标解释|备注|"
    r"(?:绩效)?指标性质|指标方向|(?:绩效|指标)?[度计]量单位|预期目标|.*实际完成情况|任务名称|主要内容|项目总目标|年度总体目标|总体目标|年度目标"
)
UNIT = re.compile(r"(?:绩效|指标)?[度计]量单位")
_MONEY = r"(?:预算)?(?:金额|总额)(?:\(万元\)|\(元\))?|资金总额|财政拨款|(?:其中:)?(?:当年)?财政(?:拨款|资金)|其他资金|小计|合计"
_MONEY_WORD = re.compile(_MONEY)
_LEVELS = r"[一二三]级(?:绩效)?指标|指标名称|指标内容"
HEADER = re.compile(rf"{_VALUES}|{WORDS_ONLY.pattern}|{_LEVELS}")
MEASURE = re.compile(r"(?:年初|全年|调整后?)?预算数|(?:全年|预算)?执行数|决算数")
FIGURES = frozenset({State.VALUE, State.ZERO})


def distinct(row: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """The cells with text of a filled row, each merged cell once."""
    return [(c, cell) for c, cell in enumerate(row) if cell.text and (not c or row[c - 1] is not cell)]


def header_of(row: tuple[Cell, ...]) -> dict[int, str]:
    """Column -> header word, where the row is a header: two or more different such words, and no figure.

    Names of funds are a header only as a whole row of them: 总额 | 财政拨款 | 其他资金.
    """
    if any(read_figure(cell.text).state in FIGURES for cell in row):
        return {}
    cells = [(c, squeeze(cell.text)) for c, cell in distinct(row)]
    funds = {c: text for c, text in cells if _MONEY_WORD.fullmatch(text)}
    words = {c: text for c, text in cells if HEADER.fullmatch(text)}
    if words and not any(LEVEL.match(text) for text in words.values()):
        words = words | funds
    if not words and len(funds) == len(cells):
        words = funds
    return words if len(set(words.values())) > 1 else {}


def under(header: dict[int, str], above: dict[int, str]) -> dict[int, str]:
    """A second header row below a first: what stands left of it holds on."""
    return {c: word for c, word in above.items() if c < min(header)} | header


def is_total(row: tuple[Cell, ...]) -> bool:
    cells = distinct(row)
    return bool(cells) and bool(re.fullmatch(r"总分|合计|总计", squeeze(cells[0][1].text)))


def shift_of(row: tuple[Cell, ...], words: dict[int, str], slots_lost: bool = False) -> int:
    """By how many columns the row stands beside its header: 0 unless another fits clearly better.

    Dumps of texts lose blank slots (`slots_lost`); there a target in % beside a result without it betrays the row.
    """
    scores = {shift: _fit(row, words, shift, slots_lost) for shift in (0, 1, 2, -1)}
    best = max(scores, key=lambda shift: (scores[shift], shift == 0))
    return best if scores[best] > scores[0] + 1 else 0


def _fit(row: tuple[Cell, ...], words: dict[int, str], shift: int, slots_lost: bool) -> int:
    """How well the cells of a row, moved by `shift`, are what the header promises."""
    score = 0
    values: list[str] = []
    for c, word in words.items():
        if not 0 <= c + shift < len(row):
            continue
        text = squeeze(row[c + shift].text)
        figure = read_figure(text).state in FIGURES
        if word.startswith(("分值", "得分")):
            score += 1 if re.fullmatch(r"-?[\d.]+|-", text) else -1 if text else 0
        elif word.startswith("三级"):
            score += -1 if figure else 1 if text else 0
        elif "值" in word:
            score += 1 if figure else 0
            values += [text] if figure else []
        elif slots_lost and word.startswith("偏差"):
            score += 1 if figure else 0
    mixed = len(values) > 1 and len({text.endswith("%") for text in values}) > 1
    return score - 2 if slots_lost and mixed else score
