"""What a self-check (勾稽) reports: findings with both figures and their places, and how often each rule held.

`AuditReport` is what the command, the page and the HTTP service draw; `report_json` in qa/audit/wire.py is its one
JSON form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from index.model import BBox, Severity


@dataclass(frozen=True, slots=True)
class AuditFigure:
    """One of the figures that were compared, and where it stands."""

    label: str  # 公开05表 | 行政运行 | 小计, or the section of the prose
    printed: str  # 1,043.40
    unit: str  # 万元, 元, %, ""
    document: str  # file name
    page: int
    bbox: BBox | None = None
    fact: str = ""  # Fact.key; "" for what is not a fact
    quote: str = ""  # the sentence, for a figure of the prose

    @property
    def text(self) -> str:
        """The figure with its unit: 1,043.40万元."""
        return f"{self.printed}{self.unit}"


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """An identity that does not hold, or something missing. `figures` names the compared pair first, then the parts."""

    rule: str  # id in index/vocabulary/identities.yaml: N-8
    title: str  # the rule in words: 逐项决算数与公开05表一致
    severity: Severity
    message: str  # one sentence, Chinese
    document: str
    figures: tuple[AuditFigure, ...] = ()
    origin: str = "document"  # document | extraction: whose fault it looks like


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule held in a document. A rule with `not_applicable` alone had nothing to compare."""

    rule: str
    title: str
    group: str  # 表内 | 表间 | 文表 | 绩效 | 完整性 | 科目 | 跨文件
    holds: int = 0
    rounding: int = 0
    fails: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True)
class DocumentAudit:
    """One document: what was found, the gravest first, and the count of every rule in the order of the rule book."""

    document: str
    title: str
    findings: tuple[AuditFinding, ...]
    counts: tuple[RuleCount, ...]
    confidence: float = 1.0  # of the tables as extracted


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Every document asked for, by name, and what was found between documents (年度之间, 预算与决算)."""

    documents: tuple[DocumentAudit, ...]
    across: tuple[AuditFinding, ...] = ()
    across_counts: tuple[RuleCount, ...] = ()

    def findings(self) -> Iterator[AuditFinding]:
        """All findings, document by document, those between documents last."""
        for audited in self.documents:
            yield from audited.findings
        yield from self.across

    def tally(self) -> Counter[Severity]:
        """Findings by severity."""
        return Counter(finding.severity for finding in self.findings())
