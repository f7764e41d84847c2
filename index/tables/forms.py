"""Forms (自评表, 绩效目标表): nested blocks, each with its own header row, and pairs of a name and a value.

The form is read from the top down. A row with two or more words of a header becomes the header of the rows below it;
other figures belong to the nearest words on their left. A row can stand one column beside its header, where a merged
cell was drawn too wide: then the shift under which every column holds what its header promises is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.model import Cell, Fact, Profile, State, Table
from index.tables.columns import filled
from index.tables.figure import Row, make_fact, read_figure
from index.tables.sense import sense, sense_in_row
from index.wording import close, squeeze, subject

_LEVEL = re.compile(r"^(?:一级|二级|三级)指标$|^指标(?:名称|内容)$")
_VALUE_WORDS = (
    r"年初预算数?|全年预算数?|调整预算数|全年执行数?|执行数|预算数|决算数|分值(?:\(\d+\))?|权重|执行率%?|得分|"
    r"(?:年度|绩效)?(?:\(/?项目\))?指标值|.*实际.*完成值|完成值|目标值|偏差(?:度|率)%?"
)
_WORDS_ONLY = (
    r"情况说明|存在问题.*|偏差原因.*|未完成原因.*|扣分原因.*|指标值说明|评分标准|指标解释|备注|"
    r"预期目标|.*实际完成情况|任务名称|主要内容|项目总目标|年度总体目标|总体目标|年度目标"
)
_HEADER = re.compile(rf"{_VALUE_WORDS}|{_WORDS_ONLY}|一级指标|二级指标|三级指标|指标名称|指标内容")
_TEXT_COLUMN = re.compile(_WORDS_ONLY)
_SAYS_WORDS = re.compile(r"指标值|完成值|目标值")  # 相关, 明显: words are an answer there
_REASON = re.compile(r"原因")
_PROJECT = re.compile(r"^(?:项目|政策)名称$|^项目$")
_BLOCKS = frozenset(
    {
        "绩效指标",
        "绩效目标",
        "年度绩效指标",
        "预算情况",
        "项目资金",
        "资金情况",
        "资金管理情况",
        "部门整体支出情况",
        "项目绩效目标",
    }
)
_GROUP = re.compile(r"^(?:\d[、.])?(?:资金来源|资金结构)[:：]")
_STATED_UNIT = re.compile(r"\((万元|元|亿元)\)")
_NOTED = re.compile(r"\((?:万元|元|亿元|%|分|\d+)\)")
_FIGURES = frozenset({State.VALUE, State.ZERO})


def form_facts(table: Table, profile: Profile) -> tuple[Fact, ...]:
    """Figures of a form: money rows, scores, indicators with the levels above them; 项目名称 is their entity."""
    return tuple(_Form(table, profile).facts())


@dataclass
class _Form:
    table: Table
    profile: Profile
    header: dict[int, str] = field(default_factory=dict)  # the header row in force: column -> word
    levels: dict[int, str] = field(default_factory=dict)  # the last 一级指标 and 二级指标, carried over page breaks
    entity: str = ""
    money: str = ""  # the unit that a block of money states for its rows

    def facts(self) -> Iterator[Fact]:
        for r, row in enumerate(filled(self.table)):
            cells = _distinct(row)
            self._remember(cells)
            if words := _header_of(row):
                self.header, self.levels = words, {}
                continue
            indicators = any(_LEVEL.match(word) for word in self.header.values())
            found = list(self._indicator(r, row) if indicators else self._money_row(r, row))
            yield from found or self._pairs(r, cells)

    def _remember(self, cells: list[tuple[int, Cell]]) -> None:
        """The project that the form is about, from the pair 项目名称 | …, and a unit stated on the way."""
        for (_, name), (_, value) in pairwise(cells):
            if _PROJECT.match(_bare(name.text)):
                self.entity, self.header = squeeze(value.text), {}
        for _, cell in cells:
            if unit := _STATED_UNIT.search(squeeze(cell.text)):
                self.money = unit.group(1)

    # ------------------------------------------------------------------------------------------- rows under a header

    def _money_row(self, r: int, row: tuple[Cell, ...]) -> Iterator[Fact]:
        """部门预算总额 | 年初预算数 | 全年预算数 | …: one name on the left of the header's first column."""
        first = min(self.header, default=0)
        keys = [cell for _, cell in _distinct(row[:first])]
        names = [n for n in map(_name, keys) if n not in _BLOCKS]
        if names:
            yield from self._row(r, row, self.header, Row(names[-1], (close(keys[-1].text),), tuple(names[:-1])))

    def _indicator(self, r: int, row: tuple[Cell, ...]) -> Iterator[Fact]:
        """一级 | 二级 | 三级 | 指标值 | …; the levels above are merged over rows, and lost where a page breaks them."""
        shift = _shift(row, self.header)
        words = {c + shift: w for c, w in self.header.items() if 0 <= c + shift < len(row)}
        if _is_total(row):
            cell = _distinct(row)[0][1]
            yield from self._row(r, row, words, Row(subject(cell.text), (close(cell.text),)))
            return
        columns = sorted(c for c, w in words.items() if _LEVEL.match(w))
        texts = {c: self._level_text(row[c].text) for c in (*range(columns[0]), *columns)}
        leaf = columns[-1]
        above = [c for c in texts if c != leaf]
        for place, c in enumerate(above):
            if texts[c]:
                self.levels = {k: v for k, v in self.levels.items() if k in above[:place]}
                self.levels[c] = texts[c]
        if texts[leaf]:
            path = tuple(dict.fromkeys(self.levels[c] for c in above if c in self.levels))
            yield from self._row(r, row, words, Row(texts[leaf], (close(row[leaf].text),), path))

    def _level_text(self, text: str) -> str:
        name = subject(text) if text else ""
        return "" if _HEADER.fullmatch(name) or _bare(name) in _BLOCKS else name

    def _row(self, r: int, row: tuple[Cell, ...], words: dict[int, str], key: Row) -> Iterator[Fact]:
        """Facts of the value columns, if any of them holds what its header promises."""
        columns = [c for c, w in words.items() if not _LEVEL.match(w) and not _TEXT_COLUMN.fullmatch(w)]
        kept = [c for c in columns if self._belongs(row[c], words[c])]
        if not any(row[c].text for c in kept):
            return
        reason = next((close(row[c].text) for c, w in words.items() if _REASON.search(w) and row[c].text), "")
        key = replace(key, entity=self.entity, reason=reason)
        for c in kept:
            if self.table.rows[r][c] is row[c]:
                yield self._fact(key, row[c], (r, c), words[c])

    def _belongs(self, cell: Cell, word: str) -> bool:
        state = read_figure(cell.text).state
        return state is not State.TEXT or (bool(_SAYS_WORDS.search(word)) and not squeeze(cell.text).endswith("指标"))

    # --------------------------------------------------------------------------------------------- names with figures

    def _pairs(self, r: int, cells: list[tuple[int, Cell]]) -> Iterator[Fact]:
        """name | figure | name | figure: a figure belongs to the words on its left."""
        words: list[Cell] = []
        for c, cell in cells:
            if read_figure(cell.text).state not in _FIGURES or not words:
                words.append(cell)
                continue
            names = [n for n in map(_name, words) if n not in _BLOCKS]
            if names and self.table.rows[r][c] is cell:  # not merged down from the row above
                key = Row(names[-1], (close(words[-1].text),), tuple(names[:-1]), entity=self.entity)
                yield self._fact(key, cell, (r, c), "", words[-1].text)
            words = words[:-1] if len(words) > 1 else words

    def _fact(self, key: Row, cell: Cell, at: tuple[int, int], word: str, printed: str = "") -> Fact:
        column = (word,) if word else ()
        label = printed or (key.words[0] if key.words else "")
        found = sense_in_row(sense(column, self.table, self.profile), column, (label,), self.table)
        if not found.unit and found.measure not in {"指标值", "实际值"}:
            found = replace(found, unit=self.money)
        return make_fact(self.table, key, found, cell, at, column)


def _distinct(row: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """The cells with text of a filled row, each merged cell once."""
    return [(c, cell) for c, cell in enumerate(row) if cell.text and (not c or row[c - 1] is not cell)]


def _header_of(row: tuple[Cell, ...]) -> dict[int, str]:
    """Column -> header word, where the row is a header: two or more such words, and no figure."""
    if any(read_figure(cell.text).state in _FIGURES for cell in row):
        return {}
    words = {c: squeeze(cell.text) for c, cell in _distinct(row) if _HEADER.fullmatch(squeeze(cell.text))}
    return words if len(words) > 1 else {}


def _is_total(row: tuple[Cell, ...]) -> bool:
    cells = _distinct(row)
    return bool(cells) and bool(re.fullmatch(r"总分|合计|总计", squeeze(cells[0][1].text)))


def _shift(row: tuple[Cell, ...], words: dict[int, str]) -> int:
    """By how many columns the row stands beside its header: 0 unless another fits clearly better."""
    scores = {shift: _fit(row, words, shift) for shift in (0, 1, 2, -1)}
    best = max(scores, key=lambda shift: (scores[shift], shift == 0))
    return best if scores[best] > scores[0] + 1 else 0


def _fit(row: tuple[Cell, ...], words: dict[int, str], shift: int) -> int:
    """How well the cells of a row, moved by `shift`, are what the header promises."""
    score = 0
    for c, word in words.items():
        if not 0 <= c + shift < len(row):
            continue
        text = squeeze(row[c + shift].text)
        figure = read_figure(text).state in _FIGURES
        if word.startswith(("分值", "得分")):
            score += 1 if re.fullmatch(r"-?[\d.]+|-", text) else -1 if text else 0
        elif word.startswith("三级"):
            score += -1 if figure else 1 if text else 0
        elif "值" in word:
            score += 1 if figure else 0
    return score


def _name(cell: Cell) -> str:
    """部门预算总额（万元） -> 部门预算总额; 资金来源：（1）政府预算资金 -> 政府预算资金."""
    return subject(_GROUP.sub("", _bare(cell.text)))


def _bare(text: str) -> str:
    return _NOTED.sub("", squeeze(text)).rstrip(":")
