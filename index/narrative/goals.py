"""Worded goals of projects, and what was reached -> facts: 年度目标 | 完成堤身加固6.8公里，受益人口35万人.

A goal stands beside its name in a form, or under the name of its column in a list of projects. It is read like a
sentence of the prose; its counts and rates are what is to be reached, and the project is their entity. What was done
stands under 实际完成情况, beside the name of its task.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.amounts import MONEY
from index.model import Cell, Fact, Line, Paragraph, Profile, Table
from index.narrative.reader import ParagraphReader
from index.narrative.subjects import Offices
from index.narrative.thread import Thread
from index.wording import squeeze

_GOAL = re.compile(r"(?:当年|本年|年度|项目|总体|预期|绩效|主要|实施期|中期)*总?目标(?:内容|任务|描述)?")
_DONE = re.compile(r"(?:年度|全年|目标|任务)*(?:实际)?(?:目标|任务)?完成情况")
_NAME = re.compile(r"(?:一级)?(?:项目|政策|专项资金|专项|资金)名称|项目")
_COUNTED = re.compile(r"\d[\d,.]*(?:%|[一-鿿])")
_VERB = re.compile(r"^(?:(?:全年|共|计划|拟|预计)*完成|达到|实现)(?:对)?")
_BOUND = re.compile(r"(?:不低于|不少于|不超过|不高于|达到|达)$")
_PLANNED = re.compile(r"(?:谋划|计划|拟|预计|筹备|未)的?")
_VERB_ONLY = re.compile(r"(?:全年|共|已|实际)*(?:完成|实现)了?")
_TASK = 30  # characters of the name of a task: what is longer words its goal
_SHORTEST = 10  # characters of a goal in words: ≥100% is the target of an indicator


def goal_facts(tables: Sequence[Table], profile: Profile) -> tuple[Fact, ...]:
    """The figures in the worded goals of projects; keys are g<table>r<row>c<column>.<figure>."""
    goals = (
        fact for table in tables for r, c, project in _goals(table) for fact in _read(table, r, c, project, profile)
    )
    reached = (
        fact
        for table in tables
        for r, c, project, task in _done(table)
        for fact in _reached(_read(table, r, c, project, profile), task)
    )
    return (*goals, *reached)


def _reached(facts: Iterator[Fact], task: str) -> Iterator[Fact]:
    """What was done, without what was only planned for: 谋划培训6期，共完成2期 is two courses."""
    planned = ""
    for fact in facts:
        if intended := _PLANNED.match(fact.label):
            planned = fact.label[intended.end() :]
            continue
        label = planned if planned and _VERB_ONLY.fullmatch(fact.label) else fact.label
        yield replace(fact, label=label, measure="实际值", path=(task,) if task else ())


def _goals(table: Table) -> Iterator[tuple[int, int, str]]:
    """Where worded goals stand, each with the project that it is of."""
    project = ""
    for r, row in enumerate(table.rows):
        texts = [squeeze(cell.text) for cell in row]
        project = _named(table, texts) or (project if table.form else "")
        for c, text in enumerate(texts):
            if project and len(text) >= _SHORTEST and _COUNTED.search(text) and _GOAL.fullmatch(_heading(table, r, c)):
                yield r, c, project


def _done(table: Table) -> Iterator[tuple[int, int, str, str]]:
    """Where a form words what was done, each with its project and its task."""
    project = ""
    for r, texts in enumerate([squeeze(text) for text in row] for row in table.texts if table.form):
        project = _named(table, texts) or project
        for c, text in enumerate(texts):
            if len(text) >= _SHORTEST and _COUNTED.search(text) and _under_done(table, r, c):
                yield r, c, project, next((t for t in texts[:c] if 1 < len(t) <= _TASK), "")


def _under_done(table: Table, r: int, c: int) -> bool:
    """Whether the nearest heading above a cell is 实际完成情况: what stands between are worded cells like it."""
    for row in range(r - 1, -1, -1):
        if text := squeeze(table.texts[row][c]):
            if _DONE.fullmatch(text):
                return True
            if len(text) < _SHORTEST:
                return False
    return False


def _named(table: Table, texts: Sequence[str]) -> str:
    """The project that a row of a list is of, or that a row of a form names."""
    if not table.form:
        return next(
            (t for t, path in zip(texts, table.columns, strict=False) if path and _NAME.fullmatch(squeeze(path[-1]))),
            "",
        )
    filled = [text for text in texts if text]
    return next((value for name, value in pairwise(filled) if _NAME.fullmatch(name.rstrip(":"))), "")


def _heading(table: Table, r: int, c: int) -> str:
    """The name that a cell answers to: its column's in a list; in a form the one above it or on its left."""
    if not table.form:
        return squeeze(table.columns[c][-1]) if c < len(table.columns) and table.columns[c] else ""
    above = squeeze(table.texts[r - 1][c]) if r else ""
    left = next((squeeze(text) for text in reversed(table.texts[r][:c]) if text.strip()), "")
    return above if _GOAL.fullmatch(above) or "完成情况" in above else left


def _read(table: Table, r: int, c: int, project: str, profile: Profile) -> Iterator[Fact]:
    reader = ParagraphReader(0, _paragraph(table.rows[r][c]), None, profile, Offices.of(profile), Thread())
    for number, fact in enumerate(reader.read(), 1):
        label = _BOUND.sub("", _VERB.sub("", fact.label)) or fact.label
        if len(label) < 2 or fact.direction or fact.unit in MONEY:
            continue  # the money of a project stands in the figures of its form
        key = f"g{table.number}r{r}c{c}.{number}"
        yield replace(fact, key=key, label=label, measure="指标值", entity=project, path=(), scope="")


def _paragraph(cell: Cell) -> Paragraph:
    text = "".join(cell.text.split("\n"))
    return Paragraph(text, (Line(text, cell.page, cell.bbox),), (0,), 0)
