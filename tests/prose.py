"""What the narrative reader makes of paragraphs written out in a test."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Fact, Profile, Section
from index.narrative import text_facts
from tests.builders import paragraph


def said(*texts: str, heading: str = "", stage: str = "决算", subordinates: Sequence[str] = ()) -> tuple[Fact, ...]:
    """The facts of paragraphs under one heading, in a document of 2024."""
    about = Profile("青山省交通运输厅", ("省交通厅",), 2024, stage, "部门", "青山省", tuple(subordinates))
    sections = (Section(1, 2, heading, (heading,), 1),) if heading else ()
    return text_facts([paragraph(text, section=len(sections)) for text in texts], sections, about)


def brief(facts: Sequence[Fact]) -> list[str]:
    """label printed unit measure, one line a fact."""
    return [f"{f.label} {f.printed}{f.unit} {f.measure}" for f in facts]


def of(facts: Sequence[Fact], label: str, measure: str) -> Fact:
    found = [fact for fact in facts if (fact.label, fact.measure) == (label, measure)]
    assert len(found) == 1, brief(facts)
    return found[0]
