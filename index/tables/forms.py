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
from index.tables.columns import filled, sense
from index.tables.figure import Row, make_fact, read_figure
from index.wording import close, squeeze, subject

_HEADER = re.compile(
    r"年初预算数?|全年预算数?|调整预算数?|全年执行数?|执行数|预算数|决算数|分值(?:\(\d+\))?|权重|执行率%?|得分|一级指标|二级指标|三级指标|"
    r"(?:年度|绩效)?(?:\(/?项目\))?指标值|指标值说明|.*实际.*完成值|完成值|偏差(?:度|率)%?|偏差原因.*|情况说明|存在问题.*|指标名称|目标值|指标内容|"
    r"评分标准|指标解释|备注|未完成原因.*|扣分原因.*"
)
_TEXT_COLUMNS = re.compile(r"原因|说明|措施|标准|解释|备注|内容|情况|问题")
_LEVELS = re.compile(r"^(?:一级|二级|三级)指标$|^指标名称$|^指标内容$")
_REASON = re.compile(r"原因")
_PROJECT = re.compile(r"^项目名称$|^项目$|^政策名称$")
_OFFICE = re.compile(r"^(?:部门\(单位\)|单位|部门)名称$|^实施单位$|^主管部门.*$")
_BLOCK_WORDS = frozenset(
    {"绩效指标", "绩效目标", "年度绩效指标", "预算情况", "项目资金", "资金情况", "资金管理情况", "部门整体支出情况"}
)
_GROUP = re.compile(r"^(?:\d[、.])?(?:资金来源|资金结构)[::]")
_DASHED_UNIT = re.compile(r"\((?:万元|元|亿元|%|分|\d+)\)")


@dataclass(slots=True)
class _Header:
    """The header row in force: what stands over each column, and where its figures begin."""

    words: dict[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return min((c for c, w in self.words.items() if not _LEVELS.match(w)), default=0)


def form_facts(table: Table, profile: Profile) -> tuple[Fact, ...]:
    return tuple(_Form(table, profile).facts())


@dataclass
class _Form:
    table: Table
    profile: Profile
    header: _Header = field(default_factory=_Header)
    entity: str = ""
    money: str = ""  # the unit that a block of money states for its rows

    def facts(self) -> Iterator[Fact]:
        for r, row in enumerate(filled(self.table)):
            cells = _distinct(row)
            self._remember(cells)
            if words := _header_words(row):
                self.header = _Header(words)
                self._state_unit(cells)
                continue
            if self.header.words and any(c >= self.header.first for c, _ in cells[1:] or cells):
                found = list(self._under_header(r, row))
                if found:
                    yield from found
                    continue
            yield from self._pairs(r, cells)

    def _remember(self, cells: list[tuple[int, Cell]]) -> None:
        """The project that the form is about, from the pair 项目名称 | …."""
        for (_, name), (_, value) in pairwise(cells):
            if _PROJECT.match(_bare(name.text)):
                self.entity = squeeze(value.text)
                self.header = _Header()
        self._state_unit(cells)

    def _state_unit(self, cells: list[tuple[int, Cell]]) -> None:
        for _, cell in cells:
            text = squeeze(cell.text)
            if unit := re.search(r"\((万元|元|亿元)\)", text):
                self.money = unit.group(1)

    def _under_header(self, r: int, row: tuple[Cell, ...]) -> Iterator[Fact]:
        """Facts of a row that stands under a header row."""
        shift = _shift(row, self.header.words)
        words = {c + shift: w for c, w in self.header.words.items() if 0 <= c + shift < len(row)}
        first = min((c for c, w in words.items() if not _LEVELS.match(w)), default=0)
        keys = [cell for _, cell in _distinct(row[:first])]
        names = [subject(cell.text) for cell in keys if cell.text]
        names = [n for n in dict.fromkeys(names) if _bare(n) not in _BLOCK_WORDS and n not in self._block_heads()]
        if not names or not self._is_figure_row(row, words):
            return
        label, path = _DASHED_UNIT.sub("", names[-1]).rstrip(":"), tuple(names[:-1])
        label = _GROUP.sub("", label)
        label = subject(label)
        reason = next((close(row[c].text) for c, w in words.items() if _REASON.search(w) and row[c].text), "")
        key = Row(label, (close(keys[-1].text),), path, entity=self.entity, reason=reason)
        for c, word in sorted(words.items()):
            cell = row[c]
            if _LEVELS.match(word) or _TEXT_COLUMNS.search(word) or (self.table.rows[r][c] is not cell and cell.text):
                continue
            yield self._fact(key, cell, (r, c), word, names[-1])

    def _block_heads(self) -> frozenset[str]:
        return _BLOCK_WORDS

    def _is_figure_row(self, row: tuple[Cell, ...], words: dict[int, str]) -> bool:
        """At least one header column holds something that its header promises."""
        return any(row[c].text for c, w in words.items() if not _LEVELS.match(w) and not _TEXT_COLUMNS.search(w))

    def _pairs(self, r: int, cells: list[tuple[int, Cell]]) -> Iterator[Fact]:
        """name | figure | name | figure: a figure belongs to the words on its left."""
        words: list[Cell] = []
        for c, cell in cells:
            if read_figure(cell.text).state not in {State.VALUE, State.ZERO} or not words:
                if cell.text:
                    words.append(cell)
                continue
            names = [subject(w.text) for w in words]
            names = [n for n in names if _bare(n) not in _BLOCK_WORDS]
            if names:
                printed = names[-1]
                label = subject(_GROUP.sub("", _DASHED_UNIT.sub("", printed)).rstrip(":"))
                key = Row(label, (close(words[-1].text),), tuple(_bare(n) for n in names[:-1]), entity=self.entity)
                yield self._fact(key, cell, (r, c), "", printed)
            words = words[:-1] if len(words) > 1 else words

    def _fact(self, key: Row, cell: Cell, at: tuple[int, int], word: str, printed: str) -> Fact:
        column = (word,) if word else ()
        found = sense(column, self.table, self.profile, printed)
        if found.unit == self.table.unit and not found.unit:
            found = replace(found, unit=self.money if found.measure not in {"指标值", "实际值"} else "")
        return make_fact(self.table, key, found, cell, at, column)


def _distinct(row: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """The cells of a filled row, each merged cell once."""
    out: list[tuple[int, Cell]] = []
    for c, cell in enumerate(row):
        if not out or out[-1][1] is not cell or not cell.text:
            out.append((c, cell))
    return [(c, cell) for c, cell in out if cell.text]


def _header_words(row: tuple[Cell, ...]) -> dict[int, str]:
    """Column -> header word, where the row is a header: two or more such words and no figure."""
    words = {c: squeeze(cell.text) for c, cell in _distinct(row) if _HEADER.fullmatch(squeeze(cell.text))}
    figures = any(read_figure(cell.text).state in {State.VALUE, State.ZERO} for cell in row)
    return words if len(words) > 1 and not figures else {}


def _shift(row: tuple[Cell, ...], words: dict[int, str]) -> int:
    """By how many columns the row stands beside its header: 0 unless another fits clearly better."""
    scores = {shift: _fit(row, words, shift) for shift in (0, 1, 2, -1)}
    best = max(scores, key=lambda shift: (scores[shift], shift == 0))
    return best if scores[best] > scores[0] + 1 else 0


def _fit(row: tuple[Cell, ...], words: dict[int, str], shift: int) -> int:
    score = 0
    for c, word in words.items():
        if not 0 <= c + shift < len(row):
            continue
        text = row[c + shift].text
        state = read_figure(text).state
        plain_number = state in {State.VALUE, State.ZERO} and bool(re.fullmatch(r"-?[\d.]+", squeeze(text)))
        if word.startswith(("分值", "得分")):
            score += 1 if plain_number or state is State.DASH else -1 if text else 0
        elif "三级" in word:
            score += -1 if state in {State.VALUE, State.ZERO} else 1 if text else 0
        elif "值" in word:
            score += 1 if state in {State.VALUE, State.ZERO} else 0
    return score


def _bare(text: str) -> str:
    return _DASHED_UNIT.sub("", squeeze(text)).rstrip(":")
