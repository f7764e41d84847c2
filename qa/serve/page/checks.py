"""Which identities (勾稽) the tables behind an answer passed or failed, in lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.model import Severity
from qa.audit.model import AuditFinding, AuditReport, RuleCount
from qa.model import Answer

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: `outcome` is holds, fails or notes."""

    outcome: str
    text: str


def checks_of(answer: Answer, report: AuditReport) -> tuple[CheckLine, ...]:
    """What was found on the cited pages first, then the rules that held throughout the documents of the report."""
    pages = {(c.document, c.page) for c in answer.citations}
    near = (f for f in report.findings() if any((g.document, g.page) in pages for g in f.figures))
    lines = [*map(_found, near)]
    for audited in report.documents:
        lines += _held(audited.counts)
    return tuple(lines[:_SHOWN])


def _found(finding: AuditFinding) -> CheckLine:
    grave = finding.severity in (Severity.ERROR, Severity.WARNING)
    return CheckLine("fails" if grave else "notes", finding.message)


def _held(counts: tuple[RuleCount, ...]) -> Iterator[CheckLine]:
    for count in sorted(counts, key=lambda c: -c.holds):
        if count.holds and not count.fails:
            yield CheckLine("holds", f"{count.title}：{count.holds + count.rounding} 处相符")
