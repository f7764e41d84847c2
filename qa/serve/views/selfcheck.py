"""Self-check (勾稽): what does not agree in a document, the gravest first, each figure with its place drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from index.errors import StoreError
from index.model import Severity
from qa.audit.model import AuditFigure, AuditFinding, AuditReport
from qa.serve.page.audit_files import audit_html, audit_xlsx
from qa.serve.page.parts import list_data
from qa.serve.page.safe import escaped
from qa.serve.views import session
from qa.serve.views.evidence import draw_pages
from qa.serve.views.parts import grid, takes_away
from qa.serve.views.session import index, say

ICON = {
    Severity.ERROR: ":red[:material/error:]",
    Severity.WARNING: ":orange[:material/warning:]",
    Severity.SCOPE: ":material/difference:",
    Severity.ROUNDING: ":material/straighten:",
    Severity.INFO: ":material/info:",
}


def selfcheck_view() -> None:
    """The report on the chosen documents, and the same as HTML and Excel."""
    st.header(say("selfcheck"), anchor=False)
    names = [entry.name for entry in session.catalogue()]
    if not names:
        st.info(say("nothing_indexed"))
        return
    chosen = st.multiselect(say("document"), names, key="audited", placeholder=say("all"))
    with st.spinner(say("working")):
        report = session.audited(tuple(chosen or names))
    shown = _chosen(report)
    for severity in shown:
        found = [finding for finding in report.findings() if finding.severity is severity]
        if found:
            st.subheader(f"{say(severity.value)}（{len(found)}）", anchor=False)
            _findings(found)
    if not any(finding.severity in shown for finding in report.findings()):
        st.info(say("no_findings"))
    _counts(report)


def _chosen(report: AuditReport) -> Sequence[Severity]:
    """Which findings to look at, and all of them to take away: rounding is most of them and seldom looked at."""
    tally = report.tally()
    with st.container(horizontal=True, key="tally", vertical_alignment="bottom", horizontal_alignment="distribute"):
        chosen = st.pills(
            say("severity"), list(Severity), selection_mode="multi", key="severities",
            default=[severity for severity in Severity if severity is not Severity.ROUNDING],
            format_func=lambda severity: f"{say(severity.value)} {tally[severity]}",
        )  # fmt: skip
        _downloads(report)
    return [severity for severity in Severity if severity in chosen]


def _downloads(report: AuditReport) -> None:
    with st.container(horizontal=True, key="audit_downloads", width="content"):
        takes_away("HTML", lambda: audit_html(report), "勾稽自查.html", "audit_html")
        takes_away("Excel", lambda: audit_xlsx(report), "勾稽自查.xlsx", "audit_xlsx")


def _findings(found: Iterable[AuditFinding]) -> None:
    """Document by document; a finding keeps what was opened of it whatever else is shown."""
    for document, findings in groupby(sorted(dict.fromkeys(found), key=_document), key=_document):
        st.caption(escaped(document))
        for finding in findings:
            key = f"finding_{hash(finding):x}"
            label = f"{ICON[finding.severity]} {escaped(finding.message)}"
            with st.expander(label, key=key, on_change="rerun") as box:
                if box.open:
                    _finding(finding, key)


def _document(finding: AuditFinding) -> str:
    return finding.document


def _finding(finding: AuditFinding, key: str) -> None:
    origin = say("origin_extraction") if finding.origin == "extraction" else say("origin_document")
    st.caption(escaped(f"{finding.rule} {finding.title}　{origin}"))
    places = finding.figures[:2]
    if not places:
        return
    for number, (column, figure) in enumerate(zip(st.columns(len(places), gap="medium"), places, strict=True)):
        with column:
            st.markdown(f"{escaped(figure.label)}　**{escaped(figure.text)}**　{say('page', figure.page)}")
            _drawn(figure, f"{key}_{number}")
    for figure in finding.figures[2:]:
        st.markdown(f"- {escaped(figure.label)}　**{escaped(figure.text)}**　{say('page', figure.page)}")


def _drawn(figure: AuditFigure, key: str) -> None:
    try:
        source = index().source(figure.document)
    except StoreError as error:
        st.warning(escaped(str(error)))
        return
    if source.suffix.lower() == ".pdf":
        boxes = ((figure.page, figure.bbox),) if figure.bbox else ()
        st.session_state.setdefault(f"place_{key}", figure.page)
        draw_pages(source, figure.document, boxes, key=f"place_{key}")


def _counts(report: AuditReport) -> None:
    counted = [(audited.document, count) for audited in report.documents for count in audited.counts]
    counted += [("", count) for count in report.across_counts]
    applied = [(name, count) for name, count in counted if count.holds or count.rounding or count.fails]
    if not applied:
        return
    with st.expander(say("rules_held")):
        columns: dict[str, Sequence[object]] = {
            say("rule"): [f"{count.rule} {count.title}" for _, count in applied],
            say("holds"): [count.holds for _, count in applied],
            say("rounding"): [count.rounding for _, count in applied],
            say("fails"): [count.fails for _, count in applied],
            say("name"): [name for name, _ in applied],
        }
        grid(key="counts", data=list_data(columns, label=say("rules_held")))
