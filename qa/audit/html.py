"""An audit report as one HTML file that needs nothing else: each finding with its pages, the compared cells boxed.

A page picture stands in the file once, as the background of a class; boxes lie over it in per cent of the page.
Everything from documents is escaped: it is shown as text and never as markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from index.model import BBox, Severity
from index.written import written_text
from qa.audit.lines import ORIGINS, SEVERITIES, totals
from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount
from qa.audit.pictures import PageKey, Picture

COMPARED = 2  # figures of a finding that are boxed on their pages
_MARGIN = 2.0  # points between a figure and its box


def render(report: AuditReport, pictures: Mapping[PageKey, Picture]) -> str:
    """The whole page."""
    style = written_text("qa.audit", "audit.css")
    names = {key: f"p{number}" for number, key in enumerate(pictures)}
    style += "".join(f".{names[key]}{{background-image:url({picture.url})}}" for key, picture in pictures.items())
    body = "".join(_document(audited, pictures, names) for audited in report.documents)
    if report.across_counts:
        body += f"<h2>跨文件</h2>{_findings(report.across, pictures, names)}{_counts(report.across_counts)}"
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>勾稽自查报告</title>'
    return (
        f'<!doctype html><html lang="zh-CN"><head>{head}<style>{style}</style></head>'
        f"<body><h1>勾稽自查报告</h1>{_cards(report)}{body}</body></html>"
    )


def _cards(report: AuditReport) -> str:
    tally = report.tally()
    cards = (
        f'<div class="card {severity.value}"><b>{tally[severity]}</b>{word}</div>'
        for severity, word in SEVERITIES.items()
    )
    return f'<div class="cards">{"".join(cards)}</div>'


def _document(audited: DocumentAudit, pictures: Mapping[PageKey, Picture], names: Mapping[PageKey, str]) -> str:
    title = escape(audited.title or audited.document)
    line = f"{escape(audited.document)} · {totals(audited.counts)} · 表格置信度 {audited.confidence:.1%}"
    found = _findings(audited.findings, pictures, names)
    return f'<h2>{title}</h2><p class="soft">{line}</p>{found}{_counts(audited.counts)}'


def _findings(found: Sequence[AuditFinding], pictures: Mapping[PageKey, Picture], names: Mapping[PageKey, str]) -> str:
    """Those that are only rounding are folded away together."""
    grave = [finding for finding in found if finding.severity is not Severity.ROUNDING]
    slight = [finding for finding in found if finding.severity is Severity.ROUNDING]
    text = "".join(_finding(finding, pictures, names) for finding in grave) or '<p class="soft">没有发现不符。</p>'
    if slight:
        rows = "".join(f"<li>{escape(finding.rule)} {escape(finding.message)}</li>" for finding in slight)
        text += f"<details><summary>尾差 {len(slight)} 处</summary><ul>{rows}</ul></details>"
    return text


def _finding(finding: AuditFinding, pictures: Mapping[PageKey, Picture], names: Mapping[PageKey, str]) -> str:
    doubt = (
        f' <span class="soft">（疑为{ORIGINS[finding.origin]}问题）</span>' if finding.origin == "extraction" else ""
    )
    head = (
        f'<span class="tag">{SEVERITIES[finding.severity]}</span> {escape(finding.message)}'
        f' <span class="soft">{escape(finding.rule)} {escape(finding.title)}</span>{doubt}'
    )
    rows = "".join(_figure(number, figure) for number, figure in enumerate(finding.figures, 1))
    table = f'<table><tr><th></th><th>位置</th><th class="n">数</th><th>页</th></tr>{rows}</table>' if rows else ""
    pages = "".join(_pages(finding, pictures, names))
    return f'<details class="{finding.severity.value}"><summary>{head}</summary>{table}<div class="pages">{pages}</div></details>'


def _figure(number: int, figure: AuditFigure) -> str:
    words = escape(figure.label) + (f"<blockquote>{escape(figure.quote)}</blockquote>" if figure.quote else "")
    mark = "①②"[number - 1] if number <= COMPARED else ""
    return f'<tr><td>{mark}</td><td>{words}</td><td class="n">{escape(figure.text)}</td><td>{figure.page}</td></tr>'


def _pages(finding: AuditFinding, pictures: Mapping[PageKey, Picture], names: Mapping[PageKey, str]) -> list[str]:
    """Each page that the compared figures stand on, with their boxes."""
    boxes: dict[PageKey, list[str]] = {}
    for number, figure in enumerate(finding.figures[:COMPARED]):
        key = (figure.document, figure.page)
        if key in pictures and figure.bbox is not None:
            boxes.setdefault(key, []).append(_box(figure.bbox, pictures[key], "①②"[number]))
    return [
        f'<figure><div class="page {names[key]}" style="aspect-ratio:{pictures[key].width:.0f}/{pictures[key].height:.0f}">'
        f"{''.join(drawn)}</div><figcaption>{escape(key[0])} 第{key[1]}页</figcaption></figure>"
        for key, drawn in boxes.items()
    ]


def _box(bbox: BBox, picture: Picture, mark: str) -> str:
    x0, top, x1, bottom = bbox
    left, width = (x0 - _MARGIN) / picture.width, (x1 - x0 + 2 * _MARGIN) / picture.width
    above, height = (top - _MARGIN) / picture.height, (bottom - top + 2 * _MARGIN) / picture.height
    return f'<i style="left:{left:.2%};top:{above:.2%};width:{width:.2%};height:{height:.2%}"><b>{mark}</b></i>'


def _counts(counts: Sequence[RuleCount]) -> str:
    rows = "".join(
        f"<tr{'' if count.holds or count.rounding or count.fails else ' class=idle'}><td>{escape(count.rule)}</td>"
        f"<td>{escape(count.group)}</td><td>{escape(count.title)}</td>"
        f'<td class="n">{count.holds or ""}</td><td class="n">{count.rounding or ""}</td>'
        f'<td class="n">{count.fails or ""}</td><td class="n">{count.not_applicable or ""}</td></tr>'
        for count in counts
    )
    head = '<tr><th>规则</th><th>类别</th><th>名称</th><th class="n">相符</th><th class="n">尾差</th><th class="n">不符</th><th class="n">不适用</th></tr>'
    return f"<details><summary>逐条规则</summary><table>{head}{rows}</table></details>"
