"""What outlives a paragraph, and to which figures a reason belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from index.model import Fact, Section
from index.narrative.context import code_of
from index.narrative.subjects import Subject
from index.wording import squeeze, subject

_PIECE = re.compile(r"[，；。：]")
_AGAINST_BUDGET = re.compile(
    r"(?:小|大|低|高|多|少)于.*预算|[与和同].*预算.*(?:差异|持平|一致|相同|相等)|[与和同比较].*预算(?:数|安排)?$|"
    r"预决算差异|超(?:出|过)?.*预算"
)


@dataclass(frozen=True, slots=True)
class Level:
    """A figure that others divide: 其中 and brackets open a level below it."""

    label: str
    unit: str = ""
    subject: Subject = field(default_factory=Subject)  # spoken of again once the level is left


@dataclass
class Thread:
    """What outlives a paragraph: the subject of a header line, the levels of a trailing 其中：, reasons."""

    section: int = 0
    header: Subject | None = None
    account: Subject | None = None  # that the paragraph before spoke of last
    last: Level | None = None  # the subject of the paragraph before, which a paragraph that begins with 其中 divides
    levels: tuple[Level, ...] = ()
    above: tuple[str, ...] = ()  # the accounts that stood last, from the 类 down
    facts: list[Fact] = field(default_factory=list)  # of this section
    reason_due: list[str] = field(default_factory=list)  # keys of the facts whose reason the next paragraph gives
    reasons: dict[str, str] = field(default_factory=dict)
    reason: str = ""  # the last one given, which 主要原因同上 repeats

    def enter(self, section: Section | None) -> None:
        number = section.number if section else 0
        if number != self.section:
            self.section, self.header, self.account, self.last = number, None, None, None
            self.levels, self.above, self.facts, self.reason_due, self.reason = (), (), [], [], ""

    def ranked(self, named: Subject) -> Subject:
        """An account whose 类 stood in a line above: 政府办公厅(款)行政运行(项) below 一般公共服务支出(类)."""
        if not named.code_names:
            return named
        missing = ("类", "款", "项").index(named.top)
        names = (*self.above[:missing], *named.code_names)
        if missing and len(self.above) >= missing and code_of(names):
            named = replace(named, code_names=names, top="类")
        if named.top == "类":
            self.above = named.code_names
        return named

    def give(self, keys: Iterable[str], reason: str) -> None:
        """Facts keep the first reason that they are given."""
        for key in keys if reason else ():
            self.reasons.setdefault(key, reason)

    def with_reasons(self, facts: Sequence[Fact]) -> tuple[Fact, ...]:
        return tuple(replace(f, reason=self.reasons[f.key]) if f.key in self.reasons else f for f in facts)


def explained(
    before: str,
    made: Sequence[Fact],
    recent: Sequence[Fact],
    earlier: Sequence[Fact],
    current: str,
    wholes: Sequence[str],
) -> list[Fact]:
    """The facts that a reason explains; `before` are the words that lead up to it.

    Those that its own clause names (`made` in this paragraph, `earlier` in the section), else those of the subject spoken
    of last; where that has no change of its own, those of the `wholes` that it divides or of the last that has. A reason why
    less was spent than planned says nothing of the change against last year.
    """
    clause = _PIECE.split(before.rstrip("，；。：的"))[-1]
    found = _named(clause, made) or _named(clause, earlier) or _of_subject(recent, current, wholes) or list(recent[-3:])
    if _AGAINST_BUDGET.search(clause):
        planned = [fact for fact in found if not fact.measure.startswith("增减") or "预算" in fact.basis]
        return planned or found
    return found


def _named(clause: str, facts: Sequence[Fact]) -> list[Fact]:
    """Facts whose label stands in the clause, the longest labels only; 收入支出 names both sides and their sum."""
    words = squeeze(clause)
    ways = [words.replace("收入支出", way) for way in ("收入支出", "收入", "支出", "收支")]
    labels = {fact.label for fact in facts if any(fact.label in way for way in ways)}
    longest = max(map(len, labels), default=0)
    return [fact for fact in facts if fact.label in labels and len(fact.label) > longest - 2]


def _of_subject(recent: Sequence[Fact], current: str, wholes: Sequence[str]) -> list[Fact]:
    own = [fact for fact in recent if fact.label == subject(current or " ")]
    if own and not any(map(_compares, own)):
        compared = [fact.label for fact in reversed(recent) if _compares(fact)]
        for whole in (*map(subject, reversed(wholes)), *compared[:1]):
            above = [fact for fact in recent if fact.label == whole]
            if any(map(_compares, above)):
                return above
    return own


def _compares(fact: Fact) -> bool:
    return bool(fact.direction) or fact.measure in {"完成率", "年初预算"}
