"""Counts of the prose against the same counts in tables: guests and cars of “三公”, results of a project's indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.checks.compare import is_money, same
from index.checks.model import Case, Outcome, Result
from index.model import Fact, Severity, Table
from index.wording import canonical

_THREE = {"决算": "F09", "预算": "B09"}
_PERSONS = frozenset({"人", "人次"})
_BATCHES = frozenset({"批", "批次", "个", "次"})
# Every count of “三公” by what is said of it, with the units that it can have.
_COUNTED: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = (
    ("公务用车保有量", re.compile(r".*公务用?车.*保有.*"), frozenset({"辆", "台"})),
    ("公务用车购置数", re.compile(r"(?:公务用?车(?:购置|更新).*|.*(?:购置|更新)公务用?车)"), frozenset({"辆", "台"})),
    ("出国团组数", re.compile(r".*(?:出国|出境).*团组.*"), frozenset({"个"})),
    ("出国人次", re.compile(r".*(?:出国|出境)(?!.*团组).*"), _PERSONS),
    ("国内接待批次", re.compile(r"(?!其他).*国内.*接待(?!人次).*"), _BATCHES),
    ("国内接待人次", re.compile(r"(?!其他).*国内.*接待(?!批次).*"), _PERSONS),
)  # fmt: skip
_STATED_UNIT = re.compile(r"\([^()]{1,4}\)$")
_EXTENT = re.compile(r"(?:总?数量?|个数|人数|次数|场次|长度|里程|面积|总量)$")
_PROJECT = re.compile(r"(?:项目|专项)?(?:资金|经费)?$")
_SHORTEST = 4  # characters of what an indicator counts, or of a project's name


def counts_agree(case: Case) -> Iterator[Outcome]:
    """N-17: a count that the prose tells and a table of the document prints."""
    found = [*_of_three(case), *_of_projects(case)]
    yield from found or [Outcome("N-17", Result.NOT_APPLICABLE)]


def _of_three(case: Case) -> Iterator[Outcome]:
    """人次, 批次, 辆 of the “三公” table; a count that the prose gives in two ways is none of the table's."""
    stage = case.profile.stage
    printed = [f for f in case.of_kind.get(_THREE.get(stage, ""), ()) if f.measure in (stage, "数量") and _counts(f)]
    told = [f for f in case.said if f.scope == "三公经费" and f.measure == "数量" and f.year == case.profile.year]
    for _, pattern, units in _COUNTED:
        rows = [f for f in printed if f.unit in units and pattern.fullmatch(_plain(f.label))]
        said = [f for f in told if f.unit in units and pattern.fullmatch(f.label) and not f.entity]
        if len(rows) == 1 and len({f.value for f in said}) == 1:
            yield _against(case, said[0], rows[0])


def _of_projects(case: Case) -> Iterator[Outcome]:
    """What was reached, in a sentence that names the project and what its indicator counts. A worded plan is not meant."""
    for table in case.tables:
        if table.kind != "P02":
            continue
        for row in _results(case, table):
            said = [fact for fact in case.said if _tells(fact, row)]
            target = next((f for f in case.of_table[table.number] if _beside(f, row)), None)
            if said and all(fact.value not in (row.value, target.value if target else None) for fact in said):
                yield _against(case, said[0], row, Severity.WARNING)
            elif said:
                yield Outcome("N-17", Result.HOLDS, (said[0], row))


def _results(case: Case, table: Table) -> Sequence[Fact]:
    facts = case.of_table.get(table.number, ())
    return [f for f in facts if f.measure == "实际值" and f.path and _counts(f)]


def _counts(fact: Fact) -> bool:
    return fact.value is not None and bool(fact.unit) and not is_money(fact)


def _beside(fact: Fact, row: Fact) -> bool:
    return fact.row == row.row and fact.measure == "指标值"


def _tells(said: Fact, row: Fact) -> bool:
    """Whether a figure of the prose is that of an indicator: of its project, of what it counts, in its unit."""
    project, counted = _PROJECT.sub("", canonical(row.entity)), _EXTENT.sub("", canonical(_plain(row.label)))
    if said.unit != row.unit or said.measure not in ("数量", "") or min(len(project), len(counted)) < _SHORTEST:
        return False
    return canonical(said.label).endswith(counted) and project in canonical(said.quote)


def _plain(label: str) -> str:
    return _STATED_UNIT.sub("", label)


def _against(case: Case, said: Fact, row: Fact, severity: Severity | None = None) -> Outcome:
    result = same(said, row)
    message = f"{case.name(said)}与{case.name(row)}不一致。" if result is not Result.HOLDS else ""
    return Outcome("N-17", result, (said, row), message, severity)
