"""The self-check of disclosures (勾稽): what the documents of a store contradict, in themselves and between each other.

report = audit_documents(index, ["文件.pdf"])
report_json(report)
"""

from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount
from qa.audit.run import audit_documents
from qa.audit.wire import report_json

__all__ = [
    "AuditFigure",
    "AuditFinding",
    "AuditReport",
    "DocumentAudit",
    "RuleCount",
    "audit_documents",
    "report_json",
]
