"""Names of indexed documents -> AuditReport: the checks run anew over what the store holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.checks import Case, Outcome, Result, check, severity_of, stated
from index.checks.across import Across, between
from index.checks.families import related
from index.errors import NotIndexed
from index.model import CatalogueEntry, Fact, FactQuery, Finding, Severity
from index.stores import Index, View
from index.vocabulary.rulebook import Rule, load_rules
from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount

_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.SCOPE, Severity.INFO, Severity.ROUNDING)
_TOLD = frozenset({Result.FAILS, Result.ROUNDING})
_READING = "读取时的提示"
_ACROSS = "跨文件"


def audit_documents(index: Index | View, names: Sequence[str] = ()) -> AuditReport:
    """Check the documents of these file names, all that are indexed where none is named. Raises NotIndexed.

    Findings between documents are those that a named document takes part in; the other may be any indexed one.
    """
    entries = {entry.name: entry for entry in index.catalogue()}
    for name in names:
        if name not in entries:
            raise NotIndexed(name)
    chosen = list(dict.fromkeys(names)) or sorted(entries)
    cases = {name: case_of(index, entries[name]) for name in _with_relatives(chosen, entries)}
    documents = tuple(_audit(index, entries[name], cases[name]) for name in chosen)
    found = [across for across in between(cases) if set(across.owners) & set(chosen)]
    told = tuple(_across(across) for across in found if across.outcome.result in _TOLD)
    return AuditReport(documents, _ordered(told), _counts([across.outcome for across in found], _rules(across=True)))


def _with_relatives(chosen: Sequence[str], entries: Mapping[str, CatalogueEntry]) -> list[str]:
    """The documents, those of their offices and units, and of the units of the departments that they belong to."""
    known = set(chosen)
    for _ in ("offices and units", "the units beside them"):
        known |= {
            name for name, entry in entries.items() if any(related(entry.profile, entries[k].profile) for k in known)
        }
    return sorted(known)


def case_of(index: Index | View, entry: CatalogueEntry) -> Case:
    """An indexed document as the checks see it."""
    facts = tuple(found.fact for found in index.facts(FactQuery(documents=(entry.name,))))
    return Case(
        entry.profile,
        index.tables(entry.name),
        index.sections(entry.name),
        index.paragraphs(entry.name),
        facts,
        index.findings(entry.name),
    )


def _audit(index: Index | View, entry: CatalogueEntry, case: Case) -> DocumentAudit:
    outcomes = check(case)
    rules = load_rules()
    told = [_finding(entry.name, case, outcome) for outcome in outcomes if outcome.result in _TOLD]
    remarks = [_remark(entry.name, f) for f in case.read if f.rule not in rules and f.rule != "account-code"]
    return DocumentAudit(
        entry.name,
        entry.profile.title,
        _ordered([*told, *remarks]),
        _counts(outcomes, _rules(across=False)),
        entry.confidence,
    )


def _ordered(found: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    return tuple(sorted(found, key=lambda finding: _GRAVEST.index(finding.severity)))


def _rules(*, across: bool) -> list[Rule]:
    return [rule for rule in load_rules().values() if (rule.group == _ACROSS) is across]


def _counts(outcomes: Iterable[Outcome], rules: Sequence[Rule]) -> tuple[RuleCount, ...]:
    """How often each rule came out how; one that compared nothing is not applicable once."""
    tally = Counter((outcome.rule, outcome.result) for outcome in outcomes)
    made = []
    for rule in rules:
        holds, rounding, fails = (tally[rule.id, r] for r in (Result.HOLDS, Result.ROUNDING, Result.FAILS))
        idle = tally[rule.id, Result.NOT_APPLICABLE] or int(not holds + rounding + fails)
        made.append(RuleCount(rule.id, rule.title, rule.group, holds, rounding, fails, idle))
    return tuple(made)


def _finding(document: str, case: Case, outcome: Outcome) -> AuditFinding:
    figures = tuple(_figure(document, case, fact) for fact in stated(outcome)) or tuple(
        AuditFigure("", "", "", document, place.page, place.bbox, quote=outcome.quote) for place in outcome.places
    )
    return AuditFinding(
        outcome.rule,
        load_rules()[outcome.rule].title,
        severity_of(outcome),
        outcome.message,
        document,
        figures,
        outcome.origin,
    )


def _figure(document: str, case: Case, fact: Fact) -> AuditFigure:
    unit = "" if fact.printed.endswith(fact.unit) else fact.unit
    quote = fact.quote if fact.source == "text" else ""
    return AuditFigure(
        _label(case, fact), fact.printed, unit, document, fact.place.page, fact.place.bbox, fact.key, quote
    )


def _label(case: Case, fact: Fact) -> str:
    """公开05表 | 行政运行 | 小计, or the section of the prose | subject | measure."""
    if fact.table:
        return " | ".join(part for part in (fact.table_code or fact.title, fact.label, " > ".join(fact.column)) if part)
    section = case.section.get(fact.section)
    return " | ".join(part for part in (section.title if section else "", fact.label, fact.measure) if part)


def _across(across: Across) -> AuditFinding:
    outcome = across.outcome
    figures = tuple(
        AuditFigure(
            " | ".join(part for part in (fact.table_code or fact.title or "说明", fact.label, fact.measure) if part),
            fact.printed,
            fact.unit,
            owner,
            fact.place.page,
            fact.place.bbox,
            fact.key,
            fact.quote if fact.source == "text" else "",
        )
        for fact, owner in zip(outcome.facts, across.owners, strict=True)
    )
    title = load_rules()[outcome.rule].title
    return AuditFinding(
        outcome.rule, title, severity_of(outcome), outcome.message, across.owners[0], figures, outcome.origin
    )


def _remark(document: str, finding: Finding) -> AuditFinding:
    """What reading the file remarked on its own: figures hard to recognise, headless rows."""
    shown = (*finding.figures, *[""] * len(finding.places))
    figures = tuple(
        AuditFigure("", printed, "", document, place.page, place.bbox)
        for place, printed in zip(finding.places, shown, strict=False)
    )
    return AuditFinding(finding.rule, _READING, finding.severity, finding.message, document, figures, finding.origin)
