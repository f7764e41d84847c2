"""Prose -> facts: every amount, count, rate and change with its subject, period, base of comparison and reason.

The grammar reads figures from left to right: the words before a figure are its claim (see clauses), and what they leave
out is carried over from the figures before it. 其中 and brackets open a level below the figure just named, a sentence
closes them; a reason belongs to the figures of its subject that have none yet.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Fact, Paragraph, Profile, Section
from index.narrative.reader import ParagraphReader
from index.narrative.subjects import Offices
from index.narrative.thread import Thread

__all__ = ["text_facts"]


def text_facts(paragraphs: Sequence[Paragraph], sections: Sequence[Section], profile: Profile) -> tuple[Fact, ...]:
    """All facts of the prose, in reading order; keys are n<paragraph>.<figure>, paragraphs counted from 1."""
    offices = Offices.of(profile)
    outline = {section.number: section for section in sections}
    thread = Thread()
    facts: list[Fact] = []
    for number, paragraph in enumerate(paragraphs, 1):
        section = outline.get(paragraph.section)
        thread.enter(section)
        reader = ParagraphReader(number, paragraph, section, profile, offices, thread)
        facts.extend(reader.read())
    return thread.with_reasons(facts)
