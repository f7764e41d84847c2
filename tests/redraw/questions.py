"""A question set under a draw: what is asked, what is right and where it stands, changed as the documents were."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from qa.evaluate.cases import Case, Gold, Proof
from qa.evaluate.errors import FormulaInvalid
from qa.evaluate.formula import compute
from tests.redraw.document import Draw
from tests.redraw.figures import COUNTS, MONEY, parsed, reprinted, scaled_gold

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def redraw_case(case: Case, draw: Draw) -> Case:
    """The case as it would have been written over the redrawn documents."""
    return replace(
        case,
        question=draw.text(case.question, asked=True),
        history=tuple(draw.text(turn, asked=True) for turn in case.history),
        docs=tuple(draw.name(doc) for doc in case.docs),
        gold=_gold(case.gold, case, draw) if case.gold else None,
        accept=tuple(_gold(gold, case, draw) for gold in case.accept),
        values=tuple(_gold(gold, case, draw) for gold in case.values),
        must_contain=tuple(tuple(new for o in group for new in _options(o, case, draw)) for group in case.must_contain),
        evidence=tuple(_proof(proof, draw) for proof in case.evidence),
        formula=_formula(case.formula, case, draw),
    )


def _proof(proof: Proof, draw: Draw) -> Proof:
    return Proof(draw.name(proof.doc), draw.text(proof.table, asked=True), draw.text(proof.quote))


def _gold(gold: Gold, case: Case, draw: Draw) -> Gold:
    """Money and counts follow their factors, a share stays, a figure per head is worked out again."""
    gold = replace(gold, label=draw.text(gold.label, asked=True))
    if not gold.value:
        return gold
    if case.gold is not None and "/" in case.gold.unit:
        return replace(gold, value=_per_head(gold, case, draw))
    if gold.unit in MONEY:
        return replace(gold, value=_money(gold, draw))
    if gold.unit in COUNTS:
        return replace(gold, value=scaled_gold(gold.value, draw.figures.count))
    return gold


def _money(gold: Gold, draw: Draw) -> str:
    return f"{draw.figures.amount(parsed(gold.value), gold.unit):f}"


def _per_head(gold: Gold, case: Case, draw: Draw) -> str:
    """Money by heads: both sides redrawn, then divided and rounded as the gold was."""
    assert case.gold is not None
    formula = case.formula or _recovered(case.gold, case)
    if not formula:
        return f"{Decimal(gold.value) * draw.figures.money / draw.figures.count:.4f}"
    before, after = compute(formula), compute(_formula(formula, case, draw))
    spelling = Decimal(1) if abs(before / Decimal(gold.value) - 1) < Decimal("0.01") else Decimal(10_000)
    return reprinted(gold.value, after * spelling)


def _recovered(gold: Gold, case: Case) -> str:
    """The division of two quoted figures that gives the gold."""
    figures = list(dict.fromkeys(n.replace(",", "") for p in case.evidence for n in _FIGURE.findall(p.quote)))
    wanted = Decimal(gold.value)
    for scale in ("", " * 10000"):
        for above, below in permutations(figures, 2):
            formula = f"{above}{scale} / {below}"
            try:
                if reprinted(gold.value, compute(formula)) == reprinted(gold.value, wanted):
                    return formula
            except FormulaInvalid:  # a division by 0.00
                continue
    return ""


def _formula(formula: str, case: Case, draw: Draw) -> str:
    """Every operand redrawn: a figure that the quotes count is a count, one that converts stays."""
    quotes = " ".join(p.quote for p in case.evidence) + case.question

    def operand(found: re.Match[str]) -> str:
        printed = found.group()
        if printed in {"100", "1000", "10000", "100000000"}:
            return printed
        counted = re.search(rf"(?<![\d.]){re.escape(printed)}\s*(?:{'|'.join(COUNTS)})", quotes)
        if re.search(rf"(?<![\d.]){re.escape(printed)}\s*个", quotes):
            return printed
        if counted:
            return scaled_gold(printed, draw.figures.count)
        return scaled_gold(printed, draw.figures.money) if draw.figures.is_money(parsed(printed)) else printed

    return _FIGURE.sub(operand, formula)


def _options(option: str, case: Case, draw: Draw) -> tuple[str, ...]:
    """What the text of an answer must hold, as alternatives: a bare figure is looked up, words are redrawn as words."""
    if not re.fullmatch(r"[\d,]+(?:\.\d+)?", option):
        return draw.cast.alike(draw.cast.rename(draw.figures.redraw(option, asked=True)))
    figures, value = draw.figures, parsed(option)
    if re.fullmatch(r"2,?0[12]\d", option):
        return (reprinted(option, value + figures.shift),)
    quotes = " ".join(p.quote for p in case.evidence)
    if re.search(rf"(?<![\d.]){option}\s*(?:{'|'.join(sorted(COUNTS, key=len, reverse=True))})", quotes):
        return (reprinted(option, value * figures.count),)
    score = re.search(rf"(?<![\d.]){re.escape(option)}\s*(?:%|分)", quotes) or (value < 100 and "." not in option)
    if score or (value in figures.other and not figures.is_money(value)):
        return (option,)
    if figures.is_money(value) or figures.amount(value, "万元") != value * figures.money:
        return (reprinted(option, figures.amount(value, "万元")),)
    if re.search(r"[率占%]|百分", case.question):
        return (option,)
    return tuple(reprinted(option, value * figures.money + cents) for cents in _rounding(figures.money))


def _rounding(factor: int) -> tuple[Decimal, ...]:
    """How far the multiple of a rounded figure may be from the rounded multiple: half a cent, `factor` times."""
    return tuple(Decimal(n).scaleb(-2) for n in range(-(factor // 2), factor // 2 + 1))
