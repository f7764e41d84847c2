"""What the self-check found about the figures of an answer: shown with the answer, never kept from its reader.

A figure that another place of the document contradicts is marked `conflict`; both are shown and cited. What the check
worked out itself is worked out again here as a calculation over cited figures, or left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from index.amounts import MONEY, plain
from index.model import Fact, Finding, Found, Severity
from qa import calculate
from qa.calculate import Calculation
from qa.cite import Ledger
from qa.draft import Draft, printed, source_of, subject_of
from qa.finder import Finder
from qa.model import Operand, Value

MOST = 3  # findings told in one answer
_TOLD = frozenset({Severity.ERROR, Severity.WARNING})
_AT_ODDS = re.compile(r"不一致|不符|不等|不同|矛盾")
_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元|%)")


def with_contradictions(draft: Draft, finder: Finder) -> Draft:
    """The draft with what contradicts the figures it leads with."""
    for found, finding in _about(draft, finder):
        draft = _told(draft, found, finding, finder)
    return draft


def _about(draft: Draft, finder: Finder) -> Iterator[tuple[Found, Finding]]:
    """Findings that compare a figure of the answer with another one, each once."""
    led = {n for value in draft.values if value.verification != "conflict" for n in value.citations}
    cited = [e for n, e in enumerate(draft.ledger.evidence, 1) if n in led and isinstance(e, Found)]
    seen: list[Finding] = []
    for found in cited:
        for finding in finder.findings(found.document):
            if (
                finding.severity not in _TOLD
                or finding in seen
                or finding.message in draft.warnings
                or found.fact.key not in finding.facts[: _compared(finding)]
            ):
                continue
            seen.append(finding)
            if len(seen) <= MOST:
                yield found, finding


def _compared(finding: Finding) -> int:
    """How many of a finding's figures are at odds themselves: both of a pair; what a rate or a sum is made of is not."""
    return 2 if len(finding.facts) == 2 else 1


def told(finding: Finding, document: str, ledger: Ledger, finder: Finder) -> tuple[str, tuple[Value, ...]]:
    """A finding as a sentence with its marks, and the calculations that it rests on; never a figure that is not cited."""
    facts = _facts_of(finding, document, finder)
    return _sentence(finding.message, facts, [ledger.fact(Found(document, fact)) for fact in facts])


def _sentence(message: str, facts: Sequence[Fact], marks: Sequence[int]) -> tuple[str, tuple[Value, ...]]:
    proofs = tuple(_proofs(message, facts, marks))
    if _resolved(message, facts, proofs):
        return message.rstrip("。") + "".join(f"[{m}]" for m in marks[:4]), proofs
    shown = [f"{source_of(f)}{subject_of(f)}为{printed(f)}[{m}]" for f, m in zip(facts, marks, strict=True)]
    if len(facts) == 2 and _one_figure_twice(*facts):
        return f"{'，'.join(shown)}，两处不一致", proofs
    return f"{shown[0]}，与相关数字的勾稽关系不符", proofs


def _told(draft: Draft, found: Found, finding: Finding, finder: Finder) -> Draft:
    facts = _facts_of(finding, found.document, finder)
    marks = [draft.ledger.fact(Found(found.document, fact)) for fact in facts]
    sentence, proofs = _sentence(finding.message, facts, marks)
    values = draft.values
    if len(facts) == 2 and _one_figure_twice(*facts):
        mark = draft.ledger.fact(found)
        values = tuple(
            replace(v, verification="conflict", citations=tuple(dict.fromkeys((*v.citations, *marks))))
            if mark in v.citations and v.verification != "computed"
            else v
            for v in values
        )
    if len(facts) > 1 and not _AT_ODDS.search(sentence):
        sentence += "，前后矛盾"
    text = f"{draft.text}\n\n注意：{sentence}，请核对原文。"
    return replace(draft, text=text, values=(*values, *proofs), warnings=(*draft.warnings, finding.message))


def _facts_of(finding: Finding, document: str, finder: Finder) -> list[Fact]:
    """What a finding is about, in its order."""
    known = {f.fact.key: f.fact for f in finder.facts(documents=(document,), keys=finding.facts)}
    return [known[key] for key in finding.facts if key in known]


def _one_figure_twice(a: Fact, b: Fact) -> bool:
    """Two prints of what ought to be one figure."""
    return (a.unit in MONEY) == (b.unit in MONEY) and (a.unit in MONEY or a.unit == b.unit)


def _resolved(message: str, facts: Sequence[Fact], proofs: Sequence[Value]) -> bool:
    known = {abs(f.value) for f in facts if f.value is not None} | {Decimal(p.value) for p in proofs}
    return all(_number(m) in known for m in _NUMBER.finditer(message))


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match.group(1).replace(",", ""))


def _proofs(message: str, facts: Sequence[Fact], marks: Sequence[int]) -> Iterator[Value]:
    """Calculations over the compared figures whose results the message states."""
    printed_values = {abs(f.value) for f in facts if f.value is not None}
    wanted = {_number(m) for m in _NUMBER.finditer(message)} - printed_values
    operands = [
        Operand(subject_of(f), f.value, f.unit, m)
        for f, m in zip(facts, marks, strict=True)
        if f.value is not None and f.unit in MONEY
    ]
    for result in _candidates(operands, facts[0].unit if facts else ""):
        if result.value in wanted:
            wanted.discard(result.value)
            yield Value(
                "按原文数字计算",
                plain(result.value),
                result.unit,
                "computed",
                result.formula,
                result.operands,
                tuple(o.citation for o in result.operands),
            )


def _candidates(operands: Sequence[Operand], unit: str) -> Iterator[Calculation]:
    """What a check may have worked out: the sum of the parts, a difference, a share, a growth."""
    if len(operands) > 2:
        yield calculate.total(operands[1:], unit if unit in MONEY else "")
    for a, b in pairwise(operands):
        yield calculate.total((a, b), "")
        for over, under in ((a, b), (b, a)):
            yield calculate.difference(over, under, "")
            changes = (calculate.growth_of_change(over, under, rose) for rose in (True, False))
            for rate in (calculate.share(over, under), calculate.growth(over, under), *changes):
                if rate is not None:
                    yield rate
