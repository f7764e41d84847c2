"""What reading found in the documents, and the self-check (勾稽) run over them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from index.model import Finding, IngestReport
from qa.audit import audit_documents
from qa.audit import report_json as audit_json
from qa.serve.api import shapes
from qa.serve.api.context import RoomOf
from qa.serve.wire import Json

router = APIRouter(tags=["findings"])
_MOST_AUDITED = 20


@router.get("/documents/{document}/findings", response_model=list[shapes.FindingOut], summary="读取时的发现")
def list_findings(document: str, room: RoomOf) -> list[Json]:
    return [finding_json(finding) for finding in room.view.findings(document)]


@router.get("/audit", response_model=shapes.AuditOut, summary="勾稽核对")
def get_audit(
    room: RoomOf,
    document: Annotated[list[str] | None, Query(max_length=_MOST_AUDITED, description="文件名，可重复")] = None,
) -> Json:
    """Identities between cells, tables, prose and years that do not hold, each with the figures compared.

    Without a name the first documents of the caller's collections, as many as one request may name.
    """
    names = document or [entry.name for entry in room.view.catalogue()[:_MOST_AUDITED]]
    return audit_json(audit_documents(room.view, names)) if names else dict(_NOTHING)


_NOTHING: Json = {"documents": [], "across": [], "across_counts": [], "tally": {}}


def finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "places": [{"page": p.page, "bbox": list(p.bbox) if p.bbox else None} for p in finding.places],
        "figures": list(finding.figures),
        "origin": finding.origin,
    }


def report_json(report: IngestReport) -> Json:
    """What one file gave when it was taken in."""
    return {
        "name": report.name,
        "sha256": report.sha256,
        "status": report.status,
        "pages": report.pages,
        "tables": report.tables,
        "facts": report.facts,
        "chunks": report.chunks,
        "kinds": dict(report.kinds),
        "pages_without_text": list(report.pages_without_text),
        "findings": [finding_json(finding) for finding in report.findings],
        "seconds": dict(report.seconds),
        "error": report.error,
    }
