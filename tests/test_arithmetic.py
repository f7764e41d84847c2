"""Calculations over random rows of the sample disclosures, in many wordings, against sums done here from the facts.

The gold knows every figure that a document prints under a name; an answer must be the calculation over such figures. What
may never happen is a wrong figure marked as verified; that a question is refused or asked back may happen seldom.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

import pytest

from index.amounts import MONEY
from index.model import CatalogueEntry, Fact
from qa import Question, ask
from qa.finder import Finder
from qa.model import Answer
from qa.pipeline import Tools

SEED, EACH, FEW = 20, 2, 0.15
KINDS = frozenset({"F03", "F05", "F06", "B03", "B05", "B06"})
NAME = re.compile(r"(?!其他|行政运行|一般)[一-龥]{3,12}(?<!合计)(?<!总计)(?<!结余)(?<!预算)(?<!拨款)")
WORDINGS: Mapping[str, Sequence[str]] = {
    "sum": (
        "{a}和{b}合计多少",
        "{a}加{b}是多少",
        "{a}+{b}等于多少",
        "{a}与{b}之和",
        "{a}、{b}两项一共多少",
        "{a}跟{b}加一块儿多少",
        "把{a}和{b}加总是多少",
        "{a}以及{b}合起来是多少万元",
        "{a}、{b}、{c}三项之和",
        "{a}加{b}加{c}是多少",
    ),
    "difference": (
        "{a}比{b}多多少",
        "{a}减{b}是多少",
        "{a}和{b}相差多少",
        "{a}与{b}的差额",
        "{a}高出{b}多少",
        "{a}较{b}少花了多少",
        "{a}-{b}是多少",
        "{a}扣除{b}还剩多少",
    ),
    "share": (
        "{a}占{b}的比例",
        "{a}占{b}百分之几",
        "{a}是{b}的百分之几",
        "{a}在{b}中的占比",
        "{a}占{b}几成",
        "{a}相当于{b}的百分之多少",
    ),
    "times": ("{a}是{b}的几倍", "{a}相当于{b}的多少倍", "{a}除以{b}是多少", "{a}/{b}"),
    "month": ("{a}平均每月多少", "月均{a}是多少", "{a}除以12是多少", "{a}平摊到每个月是多少"),
}


@dataclass(frozen=True)
class Asked:
    """A question with what each name in it may be worth, in 元."""

    operation: str
    text: str
    worth: tuple[frozenset[Decimal], ...]


@pytest.mark.parametrize("operation", WORDINGS)
def test_calculations_are_right_or_not_given(operation: str, tools: Tools) -> None:
    asked = list(_questions(operation, tools.finder))
    answers = [(one, ask(Question(one.text), tools)) for one in asked]
    given = [(one, answer) for one, answer in answers if answer.status == "answered" and answer.values]
    assert [(one.text, answer.text) for one, answer in given if not _is_right(one, answer)] == []
    assert len(given) >= (1 - FEW) * len(asked), [one.text for one, answer in answers if answer.status != "answered"]


@pytest.mark.parametrize("operation", WORDINGS)
def test_every_operand_is_cited(operation: str, tools: Tools) -> None:
    for one in list(_questions(operation, tools.finder))[::3]:
        answer = ask(Question(one.text), tools)
        for value in answer.values[:1]:
            cited = [operand for operand in value.operands if operand.unit in MONEY]
            assert len(cited) >= len(one.worth)
            assert all(0 < operand.citation <= len(answer.citations) for operand in cited)


def _questions(operation: str, finder: Finder) -> Iterator[Asked]:
    chance = random.Random(f"{SEED}{operation}")
    printed = {entry.name: _figures(entry, finder) for entry in finder.catalogue}
    for wording in WORDINGS[operation]:
        for entry in chance.sample(finder.catalogue, EACH):
            names = [name for name in printed[entry.name] if NAME.fullmatch(name)]
            chosen = _apart(chance, names)
            named = [name for slot, name in zip("abc", chosen, strict=True) if f"{{{slot}}}" in wording]
            lead = f"{entry.profile.organisation}{entry.profile.year}年{entry.profile.stage}"
            text = wording.format(**dict(zip("abc", chosen, strict=True)))
            yield Asked(operation, lead + text, tuple(printed[entry.name][name] for name in named))


def _apart(chance: random.Random, names: Sequence[str]) -> Sequence[str]:
    """Three names of which none is part of another."""
    while True:
        chosen = chance.sample(names, 3)
        if not any(a != b and a in b for a, b in product(chosen, chosen)):
            return chosen


def _figures(entry: CatalogueEntry, finder: Finder) -> dict[str, frozenset[Decimal]]:
    """What a document prints under each name, in 元; rows of one account that a table repeats also together."""
    facts = [found.fact for found in finder.facts(documents=(entry.name,)) if found.fact.canonical is not None]
    rows = {fact.label for fact in facts if fact.kind in KINDS and fact.value and fact.source == "table"}
    return {name: frozenset(_worth([fact for fact in facts if fact.label == name])) for name in sorted(rows)}


def _worth(facts: Sequence[Fact]) -> Iterator[Decimal]:
    together: dict[tuple[object, ...], dict[int, Decimal]] = {}
    for fact in facts:
        value = fact.canonical or Decimal(0)
        yield value
        if fact.source == "table":
            together.setdefault((fact.table, fact.column, fact.entity, fact.code), {})[fact.row] = value
    yield from (sum(rows.values(), Decimal(0)) for rows in together.values() if len(rows) > 1)


def _is_right(one: Asked, answer: Answer) -> bool:
    value = answer.values[0]
    scale = MONEY.get(value.unit)
    number = Decimal(value.value) * (scale or 1)
    slack = Decimal("0.0051") * (scale or 1)
    if (scale is None) != (one.operation in ("share", "times")):
        return False
    percent = 100 if value.unit == "%" else 1
    return any(abs(number - _result(one.operation, figures, percent)) <= slack for figures in product(*one.worth))


def _result(operation: str, figures: Sequence[Decimal], percent: int) -> Decimal:
    first, rest = figures[0], figures[1:]
    if operation == "sum":
        return sum(figures, Decimal(0))
    if operation == "difference":
        return abs(first - rest[0])
    if operation == "month":
        return first / 12
    return first / rest[0] * percent if rest[0] else Decimal("Infinity")


def test_a_year_without_a_document_is_worked_out_only_when_that_is_asked_for(tools: Tools) -> None:
    text = "电子政务中心2021年收支总计"
    refused = ask(Question(text), tools)
    assert (refused.status, refused.reason) == ("refused", "not_indexed")
    assert f"{text}（倒推）" in refused.suggestions
    worked_out = ask(Question(refused.suggestions[0]), tools)
    assert worked_out.values[0].verification == "computed"
    assert "2021年" in worked_out.values[0].label and "决算（推算）" in worked_out.values[0].label


@pytest.mark.parametrize("text", ["电子政务中心2021年决算", "电子政务中心2020年收支总计"])
def test_what_no_change_tells_of_is_not_offered(tools: Tools, text: str) -> None:
    refused = ask(Question(text), tools)
    assert (refused.status, refused.reason) == ("refused", "not_indexed")
    assert not any("倒推" in one for one in refused.suggestions)
