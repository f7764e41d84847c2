"""A document as read, with its tables -> everything that is known of it but its passages: the sequence only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.checks import Case, check
from index.checks import findings as failures
from index.checks.confidence import with_confidence
from index.model import Document, Fact, Finding, Reading, Table
from index.narrative import text_facts
from index.narrative.goals import goal_facts
from index.outline import find_sections
from index.profile import read_profile
from index.tables.classify import kinds_of
from index.tables.empty import nothing_facts
from index.tables.facts import table_facts


def understand(document: Document, tables: Sequence[Table]) -> Reading:
    """Profile, kinds of tables, outline, facts and self-check. `chunks` stay empty: passages are made from the result."""
    sections, paragraphs = find_sections(document, tables)
    profile = read_profile(document, tables, paragraphs)
    named = kinds_of(tables, profile.stage)
    kinds = tuple(replace(table, kind=kind) for table, kind in zip(tables, named, strict=True))
    facts: list[Fact] = []
    findings: list[Finding] = list(document.findings)
    for table in kinds:
        made, found = table_facts(table, profile)
        nothing, doubts = nothing_facts(table, profile)
        facts += (*made, *nothing)
        findings += (*found, *doubts)
    said = text_facts(paragraphs, sections, profile)
    facts += (*with_codes(said, facts), *goal_facts(kinds, profile))
    return checked(Reading(document, profile, kinds, sections, paragraphs, tuple(facts), (), tuple(findings)))


def checked(reading: Reading) -> Reading:
    """The reading with what its self-check found behind what reading it remarked, and with the tables' confidence."""
    outcomes = check(Case.of(reading))
    found = (*reading.findings, *failures(outcomes))
    return replace(reading, findings=found, tables=with_confidence(reading.tables, outcomes))


def with_codes(said: Sequence[Fact], tabled: Sequence[Fact]) -> list[Fact]:
    """Facts of the prose with the account codes under which the document's own tables list the same accounts."""
    codes: dict[tuple[tuple[str, ...], str], str] = {}
    for fact in tabled:
        if fact.code.startswith("2"):
            codes.setdefault((fact.path[-2:], fact.label), fact.code)
    return [
        replace(fact, code=codes[fact.path[-2:], fact.label])
        if not fact.code and fact.path and (fact.path[-2:], fact.label) in codes
        else fact
        for fact in said
    ]
