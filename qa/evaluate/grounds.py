"""What stands behind an answer: whose document, which year, which table, and whether quotes and figures bear it out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from qa.evaluate.cases import Case
from qa.evaluate.library import Library, Origin
from qa.evaluate.matching import compact, equal, measured, names_document, quoted_from
from qa.model import Answer, Citation, Value


@dataclass(frozen=True, slots=True)
class Facets:
    """What of a figure is right. `scope` is the table or section it was taken from, hence the money it counts."""

    value: bool
    unit: bool
    year: bool
    organisation: bool
    scope: bool

    @property
    def exact(self) -> bool:
        return self.value and self.unit and self.year and self.organisation and self.scope


def facets_of(case: Case, answer: Answer, library: Library) -> Facets:
    """What of the leading figure is right; the answer must have one."""
    lead = answer.values[0]
    got = measured(lead.value, lead.unit)
    behind = _behind(lead, answer) or answer.citations
    return Facets(
        value=any(equal(got, gold.amount, case.slack, gold.unit) for gold in case.golds),
        unit=any(got and gold.amount and got.kind == gold.amount.kind for gold in case.golds),
        year=_same_origin(case, behind, library, lambda origin: origin.year),
        organisation=_same_origin(case, behind, library, lambda origin: origin.organisation),
        scope=any(_touches(case, citation) for citation in behind),
    )


def _behind(value: Value, answer: Answer) -> tuple[Citation, ...]:
    """The citations of a value and of the figures it was worked out from."""
    wanted = {*value.citations, *(operand.citation for operand in value.operands)}
    return tuple(citation for citation in answer.citations if citation.id in wanted)


def _same_origin(
    case: Case, citations: tuple[Citation, ...], library: Library, side: Callable[[Origin], object]
) -> bool:
    """Whether every document behind the figure is of a gold document's year (or organisation).

    Without a catalogue only the documents themselves can be compared.
    """
    if not citations:
        return False
    wanted = {side(origin) for doc in case.docs if (origin := library.origin(doc))}
    if not wanted:
        return all(any(names_document(c.document, doc) for doc in case.docs) for c in citations)
    origins = [library.origin(citation.document) for citation in citations]
    return all(origin is not None and side(origin) in wanted for origin in origins)


def _touches(case: Case, citation: Citation) -> bool:
    """Whether a citation lies in the gold evidence's document and in its table or section, or quotes the same words."""
    shown = compact(" ".join((citation.quote, citation.row, citation.column, citation.value)))
    for proof in case.evidence:
        if not names_document(citation.document, proof.doc):
            continue
        place = compact(proof.table)
        if place and (place in compact(citation.table + citation.section) or _tail(place) in compact(citation.section)):
            return True
        if _overlaps(compact(proof.quote), shown):
            return True
    return False


def _tail(place: str) -> str:
    """A heading without its ordinal, which a citation may spell differently."""
    return re.sub(r"^[一二三四五六七八九十]+、", "", place)


def _overlaps(mark: str, shown: str) -> bool:
    """Whether two passages share their words: one in the other, or eight characters in a row."""
    if mark in shown or (len(shown) > 1 and shown in mark):
        return bool(mark)
    return any(mark[i : i + 8] in shown for i in range(0, len(mark) - 7, 4))


def cites_gold(case: Case, answer: Answer) -> bool:
    """Whether at least one citation lies in a gold document and touches the gold evidence or the gold value."""
    marks = [compact(proof.quote) for proof in case.evidence]
    values = [gold.value for gold in (*((case.gold,) if case.gold else ()), *case.values)]
    digits = {re.sub(r"[^\d.]", "", compact(value)) for value in values}
    for citation in answer.citations:
        if not any(names_document(citation.document, doc) for doc in case.docs):
            continue
        shown = compact(" ".join((citation.quote, citation.row, citation.column, citation.value)))
        if any(mark and _overlaps(mark, shown) for mark in marks) or any(len(d) > 2 and d in shown for d in digits):
            return True
    return False


def supported(answer: Answer) -> bool:
    """Whether each figure stands in a passage cited for it, or each operand of a computed one does."""
    return all(_value_supported(value, answer) for value in answer.values)


def _value_supported(value: Value, answer: Answer) -> bool:
    shown = {printed for c in _behind(value, answer) for printed in _figures(f"{c.quote} {c.value}")}
    own = measured(value.value, "")
    stated = [operand.value for operand in value.operands] or ([own.value] if own else [])
    return bool(shown) and all(any(_same_digits(figure, printed) for printed in shown) for figure in stated)


def _figures(text: str) -> list[Decimal]:
    """The numbers of a passage, cell by cell."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return [Decimal(digits) for digits in re.findall(r"\d+(?:\.\d+)?", plain)]


def _same_digits(value: Decimal, printed: Decimal) -> bool:
    """Whether one is printed as the other, in its own or another unit: 16000 元 is 1.6 and 1.60 万元; 0 is only 0."""
    if not value or not printed:
        return value == printed
    return abs(value).normalize().as_tuple().digits == printed.normalize().as_tuple().digits


def unfaithful(answer: Answer, bodies: Mapping[str, str]) -> tuple[str, ...]:
    """The quotes (cut to 60 characters) that are not in the document they name."""
    bad = []
    for citation in answer.citations:
        body = bodies.get(citation.document)
        if body is not None and citation.quote and not quoted_from(citation.quote, body):
            bad.append(citation.quote[:60])
    return tuple(bad)
