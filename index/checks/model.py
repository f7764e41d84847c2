"""What checks see and what they say: a Case of one document -> Outcomes.

A check is a pure function of a `Case`. An identity that was compared gives one `Outcome`; what it compared stands in
`facts`, the figure that is stated first, then the figures it should agree with or be the sum of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from index.model import Fact, Finding, Locator, Paragraph, Profile, Reading, Section, Severity, State, Table

_Key = TypeVar("_Key", bound=Hashable)


class Result(StrEnum):
    HOLDS = "holds"
    ROUNDING = "rounding"  # apart by no more than rounding explains (尾差)
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"  # the document has nothing to compare


@dataclass(frozen=True, slots=True)
class Outcome:
    """One identity, compared once. `severity` overrides that of the rule where it fails."""

    rule: str
    result: Result
    facts: tuple[Fact, ...] = ()
    message: str = ""  # one sentence, Chinese; empty where it holds
    severity: Severity | None = None
    origin: str = "document"
    places: tuple[Locator, ...] = ()  # where no fact stands there
    quote: str = ""
    remarked: bool = False  # reading the document said so already


@dataclass(frozen=True)
class Case:
    """One document as the checks see it."""

    profile: Profile
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    read: tuple[Finding, ...] = ()  # what reading itself remarked

    @classmethod
    def of(cls, reading: Reading) -> Case:
        return cls(
            reading.profile, reading.tables, reading.sections, reading.paragraphs, reading.facts, reading.findings
        )

    @cached_property
    def table(self) -> Mapping[int, Table]:
        return {table.number: table for table in self.tables}

    @cached_property
    def section(self) -> Mapping[int, Section]:
        return {section.number: section for section in self.sections}

    @cached_property
    def of_table(self) -> Mapping[int, Sequence[Fact]]:
        """Facts of each table, in reading order."""
        return _grouped(self.facts, lambda fact: fact.table)

    @cached_property
    def of_kind(self) -> Mapping[str, Sequence[Fact]]:
        return _grouped((fact for fact in self.facts if fact.table), lambda fact: fact.kind)

    @cached_property
    def said(self) -> Sequence[Fact]:
        """Figures of the prose, in reading order."""
        return [fact for fact in self.facts if fact.source == "text" and fact.value is not None]

    @cached_property
    def of_paragraph(self) -> Mapping[str, Sequence[Fact]]:
        """Figures of each paragraph: its number is the part of the key before the point."""
        return _grouped(self.said, paragraph_of)

    def name(self, fact: Fact) -> str:
        """Where a figure stands and what it is, for a reader: 公开05表“行政运行”小计24.34万元."""
        if fact.table:
            where = fact.table_code or fact.title or f"第{fact.place.page}页的表"
            column = fact.column[-1] if fact.column and fact.column[-1] != fact.label else ""
            return f"{where}“{fact.label}”{column}{shown(fact)}"
        section = self.section.get(fact.section)
        where = f"说明“{section.title.rstrip('。')}”中" if section else "说明中"
        return f"{where}“{fact.label}”{fact.measure}{shown(fact)}"

    def brief(self, fact: Fact) -> str:
        """What a figure is, where its place was named just before: “基本支出”决算2,868.59万元."""
        return self.name(fact) if fact.table else f"“{fact.label}”{fact.measure}{shown(fact)}"


Check = Callable[[Case], Iterator[Outcome]]


def paragraph_of(fact: Fact) -> str:
    return fact.key.rsplit(".", 1)[0]


def shown(fact: Fact) -> str:
    """The figure as printed with its unit; what is blank says so."""
    if fact.state is State.BLANK:
        return "（空白）"
    return fact.printed if fact.printed.endswith(fact.unit) else f"{fact.printed}{fact.unit}"


def _grouped(facts: Iterable[Fact], key: Callable[[Fact], _Key]) -> dict[_Key, list[Fact]]:
    groups: dict[_Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return groups
