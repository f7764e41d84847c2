"""An audit report as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.model import Severity
from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount

SEVERITIES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.ROUNDING: "尾差",
    Severity.SCOPE: "口径",
    Severity.INFO: "提示",
}
ORIGINS = {"document": "文件", "extraction": "识别"}


def report_lines(report: AuditReport, *, rounding: bool = False) -> Iterator[str]:
    """Every document with its findings and counts; those that are only rounding on request."""
    for audited in report.documents:
        yield from _document(audited, rounding)
    if report.across:
        yield "跨文件"
        yield from _findings(report.across, rounding)
    tally = report.tally()
    yield "共 " + "，".join(f"{word} {tally[severity]}" for severity, word in SEVERITIES.items()) + "。"


def _document(audited: DocumentAudit, rounding: bool) -> Iterator[str]:
    yield f"{audited.document}（表格置信度 {audited.confidence:.1%}）"
    yield f"  {totals(audited.counts)}"
    yield from _findings(audited.findings, rounding)
    yield ""


def totals(counts: Sequence[RuleCount]) -> str:
    """How all comparisons of a document came out."""
    holds, off, fails = (sum(getattr(c, name) for c in counts) for name in ("holds", "rounding", "fails"))
    idle = sum(not (count.holds or count.rounding or count.fails) for count in counts)
    return f"勾稽相符 {holds}，尾差 {off}，不符 {fails}；{idle} 条规则不适用"


def _findings(found: Sequence[AuditFinding], rounding: bool) -> Iterator[str]:
    for finding in found:
        if finding.severity is Severity.ROUNDING and not rounding:
            continue
        origin = "（疑为识别问题）" if finding.origin == "extraction" else ""
        yield f"  [{SEVERITIES[finding.severity]}] {finding.rule} {finding.title}{origin}"
        yield f"      {finding.message}"
        if finding.figures:
            yield f"      {'；'.join(place(figure) for figure in finding.figures[:2])}"


def place(figure: AuditFigure) -> str:
    """第18页 公开09表 | 公务接待费 | 决算数：1.33万元."""
    name = f" {figure.label}" if figure.label else ""
    said = f"：{figure.text}" if figure.text else ""
    return f"第{figure.page}页{name}{said}"
