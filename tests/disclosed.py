"""A disclosure written out in a test, as the checks see it: tables from their texts, prose from its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.checks import Case, Outcome, Result
from index.checks.model import Check
from index.model import Section, Table
from index.narrative import text_facts
from index.tables.facts import table_facts
from tests.builders import paragraph, profile, table

Rows = Sequence[Sequence[str]]
SECTION = Section(1, 2, "一般公共预算财政拨款支出决算情况说明", ("一般公共预算财政拨款支出决算情况说明",), 1)


def sheet(
    kind: str,
    columns: Sequence[str],
    rows: Rows,
    *,
    title: str = "",
    unit: str = "万元",
    number: int = 1,
    form: bool = False,
) -> Table:
    """A table whose columns are written as paths: 支出>合计."""
    wide = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    paths = [column.split(">") if column else [] for column in columns]
    code = f"{kind}表"
    made = table(wide, paths, number=number, title=title or code, code=code, unit=unit, kind=kind)
    return replace(made, form=form)


def disclosed(
    *tables: Table, prose: Sequence[str] = (), title: str = "", stage: str = "决算", year: int = 2022
) -> Case:
    """The case of a document that consists of these tables and paragraphs."""
    about = profile("青山市档案局", year=year, stage=stage)
    section = replace(SECTION, title=title, path=(title,)) if title else SECTION
    numbered = [replace(made, number=at) for at, made in enumerate(tables, 1)]
    paragraphs = tuple(paragraph(text) for text in prose)
    facts = [fact for made in numbered for fact in table_facts(made, about)[0]]
    facts += text_facts(paragraphs, (section,), about)
    return Case(about, tuple(numbered), (section,), paragraphs, tuple(facts))


def results(check: Check, case: Case, rule: str = "") -> list[Result]:
    """How the comparisons of a check came out, those that had nothing to compare left out."""
    return [outcome.result for outcome in compared(check, case, rule)]


def compared(check: Check, case: Case, rule: str = "") -> list[Outcome]:
    found = [outcome for outcome in check(case) if outcome.result is not Result.NOT_APPLICABLE]
    return [outcome for outcome in found if not rule or outcome.rule == rule]


def failures(check: Check, case: Case, rule: str = "") -> list[Outcome]:
    return [outcome for outcome in compared(check, case, rule) if outcome.result is Result.FAILS]
