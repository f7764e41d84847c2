"""The verifier: reads the finished text and its evidence, knows nothing of how the answer came about.

Every figure in the text must be one of: a cited fact read again from the store (in its unit, or converted exactly), part
of a quoted passage or of the wording of a cited row, the result or an operand of a calculation that is computed again
here, or a figure the question itself states. Years must be years of the cited figures, documents or the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY
from index.model import CatalogueEntry, Fact, Found, Printed
from index.wording import squeeze
from qa.cite import Evidence
from qa.draft import rounded
from qa.model import Operand, Passage, Value

_MARK = re.compile(r"\[\d{1,3}\]")
_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?![\d.])\s*(亿元|百万元|万元|千元|元|%|个百分点)?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—~至到]|\b)")
_STRUCTURE = re.compile(
    r"(?m)^\s*\d{1,3}\.\s|共\d+项|全部\d+项|的\d+项|\d+家单位|等\d+份|另有\d+|符合条件的共?\d+项|不等于0\.00|当作0\.00|×100%|第\d+页|分\d+行"
)
_CALENDAR = (Decimal(12), Decimal(4), Decimal(365))
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[＋－×÷（）()+\-*/%]")

ReadAgain = Callable[[Sequence[Found]], Sequence[Printed | None]]
"""Cited facts -> what the store holds in their places now."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may leave the house, and which pieces of it could not be resolved."""

    passed: bool
    faults: tuple[str, ...] = ()


def check_draft(
    text: str,
    values: Sequence[Value],
    evidence: Sequence[Evidence],
    question: str,
    read_again: ReadAgain,
    entry: Callable[[str], CatalogueEntry],
) -> Verdict:
    """Check a text with its figures against its evidence."""
    faults = [*_stale(evidence, read_again)]
    facts = [e.fact for e in evidence if isinstance(e, Found)]
    faults += [fault for value in values if (fault := _wrong_value(value, evidence, question))]
    grounds = _Grounds(facts, values, _words_of(evidence, entry), question, _years(evidence, entry, question))
    faults += grounds.unresolved(_unquoted(text, evidence))
    return Verdict(not faults, tuple(faults))


def _unquoted(text: str, evidence: Sequence[Evidence]) -> str:
    """The text without its quotations: what stands in the document word for word needs no figure of its own."""
    for quote in sorted((e.quote for e in evidence if isinstance(e, Passage)), key=len, reverse=True):
        text = text.replace(quote, " ")
    return text


def _stale(evidence: Sequence[Evidence], read_again: ReadAgain) -> Iterator[str]:
    """Cited facts that the store does not hold (any more) as they are cited."""
    cited = [item for item in evidence if isinstance(item, Found)]
    for fact, stored in zip((found.fact for found in cited), read_again(cited) if cited else (), strict=True):
        if stored != Printed(fact.value, fact.unit, fact.printed):
            yield f"引用的数据已变动：{fact.label}"


def _words_of(evidence: Sequence[Evidence], entry: Callable[[str], CatalogueEntry]) -> str:
    """Everything that is quoted or names what is quoted: digits inside these words are not figures of the answer."""
    parts: list[str] = []
    for item in evidence:
        profile = entry(item.document).profile
        parts += [profile.organisation, profile.title, item.document, *profile.aliases]
        if isinstance(item, Passage):
            parts.append(item.quote)
        else:
            fact = item.fact
            parts += [
                fact.label,
                *fact.path,
                *fact.column,
                fact.title,
                fact.table_code,
                fact.code,
                fact.entity,
                fact.scope,
                fact.reason,
                fact.quote,
            ]
    return _ungrouped(squeeze("|".join(parts)))  # parted by a sign: 表5 and the code 2210203 are two things


def _years(evidence: Sequence[Evidence], entry: Callable[[str], CatalogueEntry], question: str) -> frozenset[int]:
    years = {int(y) for y in _YEAR.findall(question)}
    for item in evidence:
        own = entry(item.document).profile.year
        years |= {y for y in (own, own - 1 if own else None, item.fact.year if isinstance(item, Found) else None) if y}
    return frozenset(years)


# -- figures that are given as values ----------------------------------------------------------------------------------


_DECREASE = ("减少额", "减少率")


def _wrong_value(value: Value, evidence: Sequence[Evidence], question: str) -> str:
    """Why a value does not hold, or ""."""
    if value.verification == "computed":
        return _wrong_calculation(value, evidence, question)
    number = _decimal(value.value)
    cited = [evidence[n - 1] for n in value.citations if 0 < n <= len(evidence)]
    for item in cited:
        if not isinstance(item, Found):
            continue
        if item.fact.value is None and squeeze(item.fact.printed) == squeeze(value.value):
            return ""
        if number is not None and _is(number, value.unit, item.fact):
            return ""
        if number is not None and value.label.endswith(_DECREASE) and _is(-number, value.unit, item.fact):
            return ""  # a decrease of 31.40 is printed as a change of -31.40
    return f"{value.label}{value.value}{value.unit}没有可核对的出处"


def _wrong_calculation(value: Value, evidence: Sequence[Evidence], question: str) -> str:
    number = _decimal(value.value)
    if number is None or not value.formula:
        return f"{value.label}缺少算式"
    for o in value.operands:
        cited = evidence[o.citation - 1] if 0 < o.citation <= len(evidence) else None
        known = isinstance(cited, Found) and _is(o.value, o.unit, cited.fact)
        if not known and not (o.citation == 0 and _needs_no_source(o, question)):
            return f"{value.label}的运算数{o.value}{o.unit}没有出处"
    try:
        result = evaluate(value.formula)
    except (ArithmeticError, ValueError, IndexError):
        return f"{value.label}的算式无法复算"
    if abs(result - number) > Decimal("0.005"):
        return f"{value.label}复算为{rounded(result)}，与{value.value}不符"
    return ""


def _needs_no_source(operand: Operand, question: str) -> bool:
    """A number that the question states, or of the calendar: 12 months, 4 quarters, 365 days."""
    if _digits(operand.value) in question.replace(",", ""):
        return True
    return not operand.unit and operand.value in _CALENDAR and operand.label.startswith(f"按全年{operand.value}")


def _is(number: Decimal, unit: str, fact: Fact) -> bool:
    if fact.value is None:
        return False
    if unit in MONEY and fact.unit in MONEY:
        return number * MONEY[unit] == fact.value * MONEY[fact.unit]
    return number == fact.value and (unit == fact.unit or not unit or not fact.unit)


def evaluate(formula: str) -> Decimal:
    """Compute a formula of ＋ － × ÷ and brackets again; % stands for itself times one hundred at the end."""
    text = formula.replace("×100%", "×100").replace("（", "(").replace("）", ")")
    tokens = _TOKEN.findall(text)
    value, rest = _sum(tokens)
    if rest:
        raise ValueError(formula)
    return value


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in "＋－+-":
        operator, (term, rest) = rest[0], _product(rest[1:])
        value = value + term if operator in "＋+" else value - term
    return value, rest


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _atom(tokens)
    while rest and rest[0] in "×÷*/":
        operator, (factor, rest) = rest[0], _atom(rest[1:])
        value = value * factor if operator in "×*" else value / factor
    return value, rest


def _atom(tokens: list[str]) -> tuple[Decimal, list[str]]:
    if tokens[0] == "(":
        value, rest = _sum(tokens[1:])
        if not rest or rest[0] != ")":
            raise ValueError("bracket")
        return value, rest[1:]
    if tokens[0] in "－-":
        value, rest = _atom(tokens[1:])
        return -value, rest
    return Decimal(tokens[0]), tokens[1:]


# -- figures in the text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grounds:
    facts: Sequence[Fact]
    values: Sequence[Value]
    words: str
    question: str
    years: frozenset[int]

    def unresolved(self, text: str) -> list[str]:
        """The figures of the text that nothing accounts for."""
        plain = _STRUCTURE.sub(" ", _MARK.sub(" ", text)).replace("**", "")
        faults = []
        for match in _NUMBER.finditer(plain):
            digits, unit = match.group(1).replace(",", ""), match.group(2) or ""
            if not self._accounted(digits, unit, plain, match.start()):
                faults.append(f"{digits}{unit}")
        return faults

    def _accounted(self, digits: str, unit: str, text: str, at: int) -> bool:
        number = Decimal(digits)
        if not unit and "." not in digits and len(digits) == 4 and (found := _YEAR.match(text, at)):
            return int(found.group(1)) in self.years
        if any(_is(abs(number), unit, _unsigned(fact)) for fact in self.facts):
            return True
        if any(self._of_value(number, unit, value) for value in self.values):
            return True
        return _said(digits + unit, self.words) or _said(digits + unit, _ungrouped(self.question))

    @staticmethod
    def _of_value(number: Decimal, unit: str, value: Value) -> bool:
        whole = _decimal(value.value)
        if (
            whole is not None
            and abs(whole) == number
            and (not unit or unit == value.unit or value.unit.startswith(unit))
        ):
            return True
        if value.formula and _digits(number) in re.findall(r"\d+(?:\.\d+)?", value.formula):
            return True
        return any(o.value == number and (not unit or unit == o.unit) for o in value.operands)


def _ungrouped(text: str) -> str:
    """Without thousands separators; a comma between clauses stays, so that 240万元，2023年 does not run together."""
    return _GROUPED.sub("", text)


def _said(figure: str, words: str) -> bool:
    """Whether a figure stands in the words with its unit, and not as part of a longer one."""
    return bool(re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.\d)", words))


def _unsigned(fact: Fact) -> Fact:
    return replace(fact, value=abs(fact.value)) if fact.value is not None and fact.value < 0 else fact


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError:
        return None


def _digits(value: Decimal) -> str:
    return format(value, "f")
