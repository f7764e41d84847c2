"""An audit report as an Excel workbook: findings on one sheet, the counts of the rules on another."""

from __future__ import annotations

from pathlib import Path

from qa.audit.lines import ORIGINS, SEVERITIES
from qa.audit.model import AuditFinding, AuditReport, RuleCount
from qa.errors import OutputUnwritable
from qa.serve.workbook import cell_value

_FINDINGS = (
    "文件",
    "级别",
    "规则",
    "名称",
    "说明",
    "来源",
    "数一",
    "单位",
    "页",
    "位置",
    "数二",
    "单位",
    "页",
    "位置",
    "其他相关数",
)
_COUNTS = ("文件", "规则", "类别", "名称", "相符", "尾差", "不符", "不适用")
_WIDTHS = {"A": 36, "D": 24, "E": 80, "J": 40, "N": 40, "O": 60}


def save_report(report: AuditReport, path: Path) -> None:
    """Write the workbook. Raises OutputUnwritable."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "问题"
    sheet.append(_FINDINGS)
    for finding in report.findings():
        sheet.append(_row(finding))
    counts = book.create_sheet("规则")
    counts.append(_COUNTS)
    for audited in report.documents:
        for count in audited.counts:
            counts.append(_count(audited.document, count))
    for count in report.across_counts:
        counts.append(_count("跨文件", count))
    for page in (sheet, counts):
        page.freeze_panes = "A2"
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    try:
        book.save(path)
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error


def _row(finding: AuditFinding) -> list[float | int | str]:
    row: list[float | int | str] = [
        cell_value(finding.document),
        SEVERITIES[finding.severity],
        finding.rule,
        finding.title,
        cell_value(finding.message),
        ORIGINS[finding.origin],
    ]
    for number in range(2):
        if number < len(finding.figures):
            figure = finding.figures[number]
            row += [cell_value(figure.printed), figure.unit, figure.page, cell_value(figure.label)]
        else:
            row += [""] * 4
    rest = "；".join(f"{figure.label} {figure.text}" for figure in finding.figures[2:])
    return [*row, cell_value(rest)]


def _count(document: str, count: RuleCount) -> list[int | str]:
    return [
        document,
        count.rule,
        count.group,
        count.title,
        count.holds,
        count.rounding,
        count.fails,
        count.not_applicable,
    ]
