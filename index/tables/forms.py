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

from index.amounts import unit_of
from index.model import Cell, Fact, Profile, State, Table
from index.tables.columns import filled
from index.tables.figure import Row, make_fact, read_figure
from index.tables.form_header import (
    FIGURES,
    HEADER,
    LEVEL,
    MEASURE,
    UNIT,
    WORDS_ONLY,
    distinct,
    header_of,
    is_total,
    shift_of,
    under,
)
from index.tables.sense import sense, sense_in_row
from index.wording import close, squeeze, subject

_SAYS_WORDS = re.compile(r"指标值|完成值|目标值|实际值")  # 相关, 明显: words are an answer there
_CLASS = re.compile(
    r"(?:产出|效益|成本|满意度|数量|质量|时效|(?:经济|社会|生态)(?:效益|成本)|可持续影响|服务对象满意度)指标"
)
_CLASSES = (  # 财政部 项目支出绩效评价管理办法（财预〔2020〕10号）
    ("产出指标", re.compile(r"(?:数量|质量|时效)指标")),
    ("效益指标", re.compile(r"(?:(?:经济|社会|生态)效益|可持续影响)指标")),
    ("满意度指标", re.compile(r"服务对象满意度指标")),
    ("成本指标", re.compile(r"(?:经济|社会|生态环境)成本指标")),
)
_NUMBERED = re.compile(r"^指标\d{1,2}[:：.、](?=.)")
_REASON = re.compile(r"原因")
_PROJECT = re.compile(r"^(?:一级)?(?:项目|政策|专项(?:\(项目\))?|专项资金|资金)名称$|^项目$")
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
_WHOLE = "项目资金"
_LONGEST_NAME = 60
_GROUP = re.compile(r"^(?:\d[、.])?(?:资金来源|资金结构)[:：]")
_STATED_UNIT = re.compile(r"\((万元|元|亿元)\)")
_POINTS = re.compile(r"分值|(?:指标)?权重|得分")
# 年度资金总额：1280.00 in one cell
_LABELLED = re.compile(r"(?P<name>[^:\d，。；、]{2,20}):(?P<figure>-?[\d,]+(?:\.\d+)?(?:万元|元|%|分)?)")
_CODED = re.compile(r"(?:编码|代码|编号)$")
_RATED = re.compile(r"得分$|分值$|执行率$")
_NOTED = re.compile(r"\((?:万元|元|亿元|%|分|\d+)\)")


def form_facts(table: Table, profile: Profile) -> tuple[Fact, ...]:
    """Figures of a form: money rows, scores, indicators with the levels above them; 项目名称 is their entity."""
    return tuple(_Form(table, profile).facts())


@dataclass
class _Form:
    table: Table
    profile: Profile
    header: dict[int, str] = field(default_factory=dict)  # the header row in force: column -> word
    begun: bool = False  # a row of the body has come since that header
    pairs: dict[int, str] = field(default_factory=dict)  # 预算数：| 120 | 执行数：| 110: what the columns of values are
    levels: dict[int, str] = field(default_factory=dict)  # the last 一级指标 and 二级指标, carried over page breaks
    entity: str = ""
    money: str = ""  # the unit that a block of money states for its rows

    def facts(self) -> Iterator[Fact]:
        for r, row in enumerate(filled(self.table)):
            cells = distinct(row)
            self._remember(cells)
            if words := header_of(row):
                self.header = words if self.begun or not self.header else under(words, self.header)
                self.levels, self.pairs, self.begun = {}, {}, False
                continue
            self.begun = True
            yield from self._labelled(r, cells)
            indicators = any(LEVEL.match(word) for word in self.header.values())
            found = list(self._indicator(r, row) if indicators else self._money_row(r, row))
            yield from found or self._pairs(r, cells)

    def _remember(self, cells: list[tuple[int, Cell]]) -> None:
        """The project that the form is about, from the pair 项目名称 | …, and a unit stated on the way."""
        for (_, name), (_, value) in pairwise(cells):
            if _PROJECT.match(_bare(name.text)):
                self.entity, self.header, self.pairs = squeeze(value.text), {}, {}
        for _, cell in cells:
            if unit := _STATED_UNIT.search(squeeze(cell.text)):
                self.money = unit.group(1)

    # ------------------------------------------------------------------------------------------- rows under a header

    def _money_row(self, r: int, row: tuple[Cell, ...]) -> Iterator[Fact]:
        """部门预算总额 | 年初预算数 | 全年预算数 | …: one name on the left of the header's first column."""
        values = [c for c, word in self.header.items() if not WORDS_ONLY.fullmatch(word)]
        asides = {c for c, word in self.header.items() if WORDS_ONLY.fullmatch(word) and word != "任务名称"}
        keys = [cell for c, cell in distinct(row[: min(values, default=0)]) if c not in asides]
        words = self.header
        if not any(map(_names, map(_name, keys))):  # a text in which the header slipped over the names
            keys, words = _in_order(row, [self.header[c] for c in values])
        names = [n for n in map(_name, keys) if n not in _BLOCKS]
        if names:
            yield from self._row(r, row, words, Row(names[-1], (close(keys[-1].text),), tuple(names[:-1])))

    def _indicator(self, r: int, row: tuple[Cell, ...]) -> Iterator[Fact]:
        """一级 | 二级 | 三级 | 指标值 | …; the levels above are merged over rows, and lost where a page breaks them."""
        shift = shift_of(row, self.header, self.table.method == "text")
        words = {c + shift: w for c, w in self.header.items() if 0 <= c + shift < len(row)}
        if is_total(row):
            cell = distinct(row)[0][1]
            scored = {c: w for c, w in words.items() if row[c].text and _POINTS.match(w)}
            yield from self._row(r, row, scored, Row(subject(cell.text), (close(cell.text),)))
            return
        columns = sorted(c for c, w in words.items() if LEVEL.match(w))
        texts = {c: self._level_text(row[c].text) for c in (*range(columns[0]), *columns)}
        leaf = columns[-1]
        above = [c for c in texts if c != leaf]
        for place, c in enumerate(above):
            if texts[c]:
                self.levels = {k: v for k, v in self.levels.items() if k in above[:place]}
                self.levels[c] = texts[c]
        if texts[leaf]:
            path = _classed(tuple(dict.fromkeys(self.levels[c] for c in above if c in self.levels)))
            yield from self._row(r, row, words, Row(texts[leaf], (close(row[leaf].text),), path))

    def _level_text(self, text: str) -> str:
        name = _NUMBERED.sub("", subject(text)) if text else ""
        return "" if HEADER.fullmatch(name) or _bare(name) in _BLOCKS else name

    def _row(self, r: int, row: tuple[Cell, ...], words: dict[int, str], key: Row) -> Iterator[Fact]:
        """Facts of the value columns, if any of them holds what its header promises."""
        columns = [c for c, w in words.items() if not LEVEL.match(w) and not WORDS_ONLY.fullmatch(w)]
        kept = [c for c in columns if self._belongs(row[c], words[c])]
        if not any(row[c].text for c in kept):
            return
        reason = next((close(row[c].text) for c, w in words.items() if _REASON.search(w) and row[c].text), "")
        counted = next((unit_of(squeeze(row[c].text)) for c, w in words.items() if UNIT.fullmatch(w)), "")
        key = replace(key, entity=self.entity, reason=reason)
        for c in kept:
            if self.table.rows[r][c] is row[c]:
                yield self._fact(key, row[c], (r, c), words[c], counted=counted)

    def _belongs(self, cell: Cell, word: str) -> bool:
        state = read_figure(cell.text).state
        return state is not State.TEXT or (bool(_SAYS_WORDS.search(word)) and not _CLASS.fullmatch(squeeze(cell.text)))

    # --------------------------------------------------------------------------------------------- names with figures

    def _pairs(self, r: int, cells: list[tuple[int, Cell]]) -> Iterator[Fact]:
        """name | figure | name | figure: a figure belongs to the words on its left.

        Where these words are a measure (预算数：| 120 | 执行数：| 110) it holds for the figures below as well. Of several
        figures behind one name, whose header is not there, nothing tells which is which: they are left out.
        """
        words: list[Cell] = []
        for at, (c, cell) in enumerate(cells):
            if not _holds_figure(cell) or not words:
                words.append(cell)
                continue
            names = [n for n in map(_name, words) if n not in _BLOCKS]
            if names and MEASURE.fullmatch(names[-1]):
                self.pairs[c] = names.pop()
                names = [n for n in names if not MEASURE.fullmatch(n)] or [self.entity or _WHOLE]
            beside = [other for _, other in (*cells[at - 1 : at], *cells[at + 1 : at + 2])]
            alone = c in self.pairs or not any(map(_holds_figure, beside))
            if names and alone and _names(names[-1]) and self.table.rows[r][c] is cell:  # not merged down from above
                path = tuple(n for n in names[:-1] if n != names[-1])
                key = Row(names[-1], (close(words[-1].text),), path, entity=self.entity)
                yield self._fact(key, cell, (r, c), self.pairs.get(c, ""), words[-1].text)
            words = words[:-1] if len(words) > 1 else words

    def _labelled(self, r: int, cells: list[tuple[int, Cell]]) -> Iterator[Fact]:
        """Cells that hold a name and its figure; a measure or a score (自评得分：95) is of the form's project."""
        for c, cell in cells:
            found = _LABELLED.fullmatch(squeeze(cell.text))
            if not found or self.table.rows[r][c] is not cell:
                continue
            name = _name(cell)
            word = name if MEASURE.fullmatch(name) or _RATED.search(name) else ""
            key = Row(name if name != word else self.entity or _WHOLE, (name,), entity=self.entity)
            if _names(name) and name not in _BLOCKS:
                yield self._fact(key, replace(cell, text=found.group("figure")), (r, c), word, name)

    def _fact(self, key: Row, cell: Cell, at: tuple[int, int], word: str, printed: str = "", counted: str = "") -> Fact:
        column = (word,) if word else ()
        label = printed or (key.words[0] if key.words else "")
        found = sense_in_row(sense(column, self.table, self.profile), column, (label,), self.table)
        if not found.unit:
            found = replace(found, unit=counted if found.measure in {"指标值", "实际值"} else self.money)
        return make_fact(self.table, key, found, cell, at, column)


def _classed(path: tuple[str, ...]) -> tuple[str, ...]:
    """The levels above an indicator; the first follows from the second, however a page break has cut it."""
    known = next((name for name, pattern in _CLASSES if path and pattern.fullmatch(path[-1])), "")
    return (known, path[-1]) if known else path


def _in_order(row: tuple[Cell, ...], header: list[str]) -> tuple[list[Cell], dict[int, str]]:
    """A name and as many figures and dashes behind it as the header has words for them: each has its own."""
    named, *rest = distinct(row) or [(0, row[0])]
    figures = [c for c, cell in rest if read_figure(cell.text).state is not State.TEXT]
    whole = len(figures) == len(rest) == len(header) and _names(_name(named[1]))
    return ([named[1]], dict(zip(figures, header, strict=True))) if whole else ([], {})


def _holds_figure(cell: Cell) -> bool:
    return read_figure(cell.text).state in FIGURES


def _names(text: str) -> bool:
    """The name of a figure, not a dash, not a paragraph about the work done, and not that of a code."""
    return (
        not _CODED.search(text)
        and bool(re.search(r"[\u4e00-\u9fff]", text))
        and "。" not in text
        and len(text) <= _LONGEST_NAME
    )


def _name(cell: Cell) -> str:
    """部门预算总额（万元） -> 部门预算总额; 资金来源：（1）政府预算资金 -> 政府预算资金; 其他资金：0.00 -> 其他资金."""
    bare = _bare(cell.text)
    labelled = _LABELLED.fullmatch(bare)
    return subject(_GROUP.sub("", labelled.group("name") if labelled else bare))


def _bare(text: str) -> str:
    return _NOTED.sub("", squeeze(text)).rstrip(":")
