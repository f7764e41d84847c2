"""Names of indexed documents -> AuditReport."""

from __future__ import annotations

from collections.abc import Sequence

from index.errors import NotIndexed
from index.model import CatalogueEntry, Finding, Severity
from index.stores import Index
from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit

_GRAVEST = tuple(Severity)


def audit_documents(index: Index, names: Sequence[str] = ()) -> AuditReport:
    """Check the documents of these file names, all that are indexed where none is named. Raises NotIndexed."""
    entries = {entry.name: entry for entry in index.catalogue()}
    for name in names:
        if name not in entries:
            raise NotIndexed(name)
    chosen = [entries[name] for name in (names or sorted(entries))]
    return AuditReport(tuple(_audit(index, entry) for entry in chosen))


def _audit(index: Index, entry: CatalogueEntry) -> DocumentAudit:
    found = sorted(index.findings(entry.name), key=lambda finding: _GRAVEST.index(finding.severity))
    return DocumentAudit(
        entry.name, entry.profile.title, tuple(_finding(entry.name, f) for f in found), (), entry.confidence
    )


def _finding(document: str, finding: Finding) -> AuditFinding:
    shown = finding.figures or ("",) * len(finding.places)
    figures = tuple(
        AuditFigure("", printed, "", document, place.page, place.bbox)
        for place, printed in zip(finding.places, shown, strict=False)
    )
    return AuditFinding(finding.rule, "", finding.severity, finding.message, document, figures, finding.origin)
