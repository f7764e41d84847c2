"""A self-check to take away: one HTML file, one Excel workbook."""

from __future__ import annotations

import io
from html import escape

from index.model import Severity
from qa.audit.model import AuditFigure, AuditFinding, AuditReport
from qa.serve.page.export import cell_text

NAMES = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提示",
    Severity.SCOPE: "口径不同",
    Severity.ROUNDING: "尾差",
    Severity.INFO: "说明",
}
_STYLE = (
    "body{font:15px/1.7 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2328}"
    "h2{border-bottom:1px solid #d0d7de}table{border-collapse:collapse;margin:.3rem 0 1rem}"
    "td,th{border:1px solid #d0d7de;padding:.2rem .6rem;text-align:left}td.n{text-align:right}.soft{color:#59636e}"
)


def audit_html(report: AuditReport) -> bytes:
    """Findings by severity, each with its figures and pages."""
    parts = []
    for severity in Severity:
        found = [finding for finding in report.findings() if finding.severity is severity]
        if found:
            parts.append(f"<h2>{NAMES[severity]}（{len(found)}）</h2>" + "".join(map(_finding, found)))
    names = "、".join(escape(audited.document) for audited in report.documents)
    body = "".join(parts) or "<p>没有发现问题。</p>"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>勾稽自查</title><style>{_STYLE}</style>'
    page = f'<!doctype html><html lang="zh-CN"><head>{head}</head><body><h1>勾稽自查</h1><p class="soft">{names}</p>{body}</body></html>'
    return page.encode()


def _finding(finding: AuditFinding) -> str:
    rows = "".join(map(_figure, finding.figures))
    table = f"<table><tr><th>项目</th><th>数字</th><th>文件</th><th>页</th></tr>{rows}</table>" if rows else ""
    rule = escape(f"{finding.document}　{finding.rule} {finding.title}")
    return f'<p>{escape(finding.message)}<br><span class="soft">{rule}</span></p>{table}'


def _figure(figure: AuditFigure) -> str:
    return (
        f'<tr><td>{escape(figure.label)}</td><td class="n">{escape(figure.text)}</td>'
        f"<td>{escape(figure.document)}</td><td>第{figure.page}页</td></tr>"
    )


def audit_xlsx(report: AuditReport) -> bytes:
    """One sheet of findings, one row a figure; one of how often each rule held."""
    from openpyxl import Workbook

    book = Workbook()
    findings = book.active
    findings.title = "发现"
    findings.append(["序号", "级别", "文件", "规则", "说明", "项目", "数字", "单位", "所在文件", "页"])
    for number, finding in enumerate(report.findings(), 1):
        lead = [number, NAMES[finding.severity], finding.document, f"{finding.rule} {finding.title}", finding.message]
        for figure in finding.figures or (None,):
            place = (
                [figure.label, figure.printed, figure.unit, figure.document, figure.page] if figure else [""] * 5
            )  # fmt: skip
            findings.append([cell_text(v) if isinstance(v, str) else v for v in (*lead, *place)])
    counts = book.create_sheet("规则")
    counts.append(["文件", "规则", "名称", "相符", "尾差", "不符", "不适用"])
    for audited in report.documents:
        for c in audited.counts:
            row = [audited.document, c.rule, c.title, c.holds, c.rounding, c.fails, c.not_applicable]
            counts.append([cell_text(v) if isinstance(v, str) else v for v in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
