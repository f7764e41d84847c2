"""Whether a question set is right about its documents: every quote in its document, every formula recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from index.amounts import tidy
from qa.evaluate.cases import AnswerType, Case, Proof
from qa.evaluate.errors import Fault, FormulaInvalid
from qa.evaluate.formula import compute, operands
from qa.evaluate.matching import measured, names_document, quoted_from

READ_OFF = frozenset({"cell", "narrative", "performance"})  # categories whose figure is printed, not worked out


def check_set(cases: Iterable[Case], bodies: Mapping[str, str]) -> tuple[Fault, ...]:
    """What does not hold, line by line; an empty `bodies` leaves the documents out and checks the arithmetic."""
    faults: list[Fault] = []
    for case in cases:
        messages = (*_quotes(case, bodies), *_formula(case), *_printed(case))
        faults.extend(Fault(case.line, message, case.id) for message in messages)
    return tuple(faults)


def _quotes(case: Case, bodies: Mapping[str, str]) -> Iterable[str]:
    for proof in case.evidence if bodies else ():
        body = _body(proof, bodies)
        if body is None:
            yield f"库中没有文件“{proof.doc}”"
        elif not quoted_from(proof.quote, body):
            yield f"引文不在文件“{proof.doc}”中：{proof.quote[:40]}"


def _body(proof: Proof, bodies: Mapping[str, str]) -> str | None:
    return next((body for name, body in bodies.items() if names_document(name, proof.doc)), None)


def _formula(case: Case) -> Iterable[str]:
    if not case.formula:
        return
    try:
        result, used = compute(case.formula), operands(case.formula)
    except FormulaInvalid as fault:
        yield str(fault)
        return
    if case.gold and not _rounds_to(result, _number(case.gold.value), case.tolerance):
        yield f"算式得 {result:.4f}，与标准答案 {case.gold.value} 不符"
    for figure in used:
        if case.evidence and not _in_evidence((figure,), case):
            yield f"算式中的 {figure} 不在任何一条引文里"


def _printed(case: Case) -> Iterable[str]:
    """A figure that is read off must stand in the evidence, in one of its accepted spellings."""
    if case.formula or not case.evidence:
        return
    read_off = case.answer_type is AnswerType.NUMBER and case.category in READ_OFF
    if read_off and not _in_evidence([gold.value for gold in case.golds], case):
        yield f"标准答案 {case.gold.value if case.gold else ''} 不在任何一条引文里"


def _rounds_to(result: Decimal, gold: Decimal, tolerance: Decimal) -> bool:
    half = Decimal(1).scaleb(int(gold.as_tuple().exponent)) / 2
    return abs(result - gold) <= max(half, tolerance)


def _in_evidence(values: Sequence[str], case: Case) -> bool:
    """Whether one of the values stands in a quote as a whole figure: 3.4 is not in 13.43, 12 is in 12.00.

    A quote copied without white space runs its figures together; there the digits are enough.
    """
    quotes = [proof.quote.replace(",", "") for proof in case.evidence]
    printed = {Decimal(figure) for quote in quotes for figure in re.findall(r"\d+(?:\.\d+)?", quote)}
    joined = [quote for quote in quotes if not re.search(r"\s", quote)]
    numbers = [_number(value) for value in values]
    return any(n in printed or any(tidy(n) in quote for quote in joined) for n in numbers)


def _number(value: str) -> Decimal:
    """The number of a gold value, which may be printed with commas or a bound (≥1,641)."""
    found = measured(value, "")
    return found.value if found else Decimal("NaN")
