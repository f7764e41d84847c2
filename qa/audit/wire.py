"""An audit report as JSON: the same from the command, the HTTP service and Python."""

from __future__ import annotations

from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount

Json = dict[str, object]


def report_json(report: AuditReport) -> Json:
    """`{"documents": [...], "across": [...], "across_counts": [...], "tally": {"error": n, ...}}`."""
    return {
        "documents": [_document(audited) for audited in report.documents],
        "across": [_finding(finding) for finding in report.across],
        "across_counts": [_count(count) for count in report.across_counts],
        "tally": {severity.value: number for severity, number in sorted(report.tally().items())},
    }


def _document(audited: DocumentAudit) -> Json:
    return {
        "document": audited.document,
        "title": audited.title,
        "confidence": round(audited.confidence, 4),
        "findings": [_finding(finding) for finding in audited.findings],
        "counts": [_count(count) for count in audited.counts],
    }


def _finding(finding: AuditFinding) -> Json:
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.value,
        "message": finding.message,
        "document": finding.document,
        "figures": [_figure(figure) for figure in finding.figures],
        "origin": finding.origin,
    }


def _figure(figure: AuditFigure) -> Json:
    return {
        "label": figure.label,
        "value": figure.printed,
        "unit": figure.unit,
        "document": figure.document,
        "page": figure.page,
        "bbox": list(figure.bbox) if figure.bbox else None,
        "fact": figure.fact,
        "quote": figure.quote,
    }


def _count(count: RuleCount) -> Json:
    return {
        "rule": count.rule,
        "title": count.title,
        "group": count.group,
        "holds": count.holds,
        "rounding": count.rounding,
        "fails": count.fails,
        "not_applicable": count.not_applicable,
    }
