"""Scores and deviations of self-evaluation forms, worked out again from what the form prints beside them.

No regulation fixes these formulas; forms of one finance bureau share them. A document is held to a formula only where
most of its own rows follow it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from index.checks.compare import ZERO, printed_step
from index.checks.model import Case, Outcome, Result
from index.model import Fact, Locator, Table
from index.wording import squeeze

_HUNDRED = Decimal(100)
_AIM = Decimal("0.9")  # of the budget: whole departments that spend as much score in full
_TOLERATED = Decimal(30)  # percent by which a target may be exceeded before it counts as badly set
_CENT = Decimal("0.01")
_TOTAL = re.compile(r"总分|合计|总计")
_CONCLUSION = re.compile(r"(?:自评|评价|综合)(?:得分|评分)为?(\d+(?:\.\d+)?)分")
_AT_MOST = ("≤", "<", "＜", "不超过")

Row = Mapping[str, Fact]  # figures of one row by measure


def scores_follow(case: Case) -> Iterator[Outcome]:
    """P-9: the score of the execution rate. P-12: by how much an indicator missed its target."""
    rows = list(_rows(case))
    yield from _mostly("P-9", [found for row in rows for found in _execution_score(case, row)])
    yield from _mostly("P-12", [found for row in rows for found in _deviation(case, row)])


def scores_told(case: Case) -> Iterator[Outcome]:
    """P-8 for projects: the score that the prose, or the conclusion of the form itself, tells is the total of the form."""
    for table in case.tables:
        facts = case.of_table.get(table.number, ())
        total = next((f for f in facts if f.measure == "得分" and _TOTAL.match(f.label) and f.value is not None), None)
        if table.kind != "P02" or total is None:
            continue
        for said in case.said:
            if said.measure == "得分" and said.unit == "分" and total.entity and total.entity in said.label:
                result = Result.HOLDS if said.value == total.value else Result.FAILS
                message = f"{case.name(said)}与{case.name(total)}不一致。" if result is Result.FAILS else ""
                yield Outcome("P-8", result, (said, total), message)
        yield from _concluded(case, table, total)


def _concluded(case: Case, table: Table, total: Fact) -> Iterator[Outcome]:
    for cell in (cell for row in table.rows for cell in row):
        found = _CONCLUSION.search(squeeze(cell.text))
        if found and Decimal(found.group(1)) != total.value:
            message = f"“{table.title}”中写的{found.group()}与{case.name(total)}不一致。"
            places = (Locator(cell.page, cell.bbox),)
            yield Outcome("P-8", Result.FAILS, (total,), message, places=places, quote=found.group())


def _rows(case: Case) -> Iterator[Row]:
    for kind in ("P01", "P02"):
        rows: dict[tuple[int, int], dict[str, Fact]] = defaultdict(dict)
        for fact in case.of_kind.get(kind, ()):
            if fact.value is not None:
                rows[fact.table, fact.row].setdefault(fact.measure, fact)
        yield from rows.values()


def _mostly(rule: str, found: Sequence[Outcome]) -> Iterator[Outcome]:
    """The outcomes where at least half of them hold; where fewer do, the document goes by another formula."""
    held = sum(outcome.result is Result.HOLDS for outcome in found)
    if found and 2 * held >= len(found):
        yield from found
    else:
        yield Outcome(rule, Result.NOT_APPLICABLE)


def _execution_score(case: Case, row: Row) -> Iterator[Outcome]:
    """Of the full mark as much as was spent, or as much as was spent of nine tenths."""
    rate, full, score = (_value(row, measure) for measure in ("执行率", "分值", "得分"))
    if rate is None or full is None or score is None or not ZERO <= rate <= _HUNDRED:
        return
    shares = {rate / _HUNDRED, min(Decimal(1), rate / _HUNDRED / _AIM)}
    facts = row["得分"], row["执行率"], row["分值"]
    capped = rate / _HUNDRED >= _AIM
    expected = sorted((full * share).quantize(_CENT) for share in shares)
    message = f"{case.name(facts[0])}与按{case.brief(facts[1])}、{case.brief(facts[2])}计算的{expected[0]}分不一致。"
    yield _outcome("P-9", facts, score, expected, message, fixed=() if not capped else (facts[0], facts[2]))


def _deviation(case: Case, row: Row) -> Iterator[Outcome]:
    """What was reached against the target; what is better than the target by no more than 30% is no deviation."""
    aim, reached, deviation = (_value(row, measure) for measure in ("指标值", "实际值", "偏差度"))
    if aim is None or reached is None or deviation is None or aim <= ZERO or row["指标值"].unit != row["实际值"].unit:
        return
    plain = (reached / aim - 1) * _HUNDRED
    if reached == aim:
        counted = ZERO
    elif row["指标值"].printed.startswith(_AT_MOST):
        counted = max(plain, ZERO)
    else:
        counted = plain if plain < ZERO else max(plain - _TOLERATED, ZERO)
    facts = row["偏差度"], row["实际值"], row["指标值"]
    message = f"{case.name(facts[0])}与按{case.brief(facts[1])}、{case.brief(facts[2])}计算的{counted.quantize(_CENT)}%不一致。"
    yield _outcome("P-12", facts, deviation, [counted, plain], message, fixed=() if counted else facts[:1])


def _value(row: Row, measure: str) -> Decimal | None:
    return row[measure].value if measure in row else None


def _outcome(
    rule: str,
    facts: tuple[Fact, ...],
    stated: Decimal,
    expected: Sequence[Decimal],
    message: str,
    fixed: tuple[Fact, ...] = (),
) -> Outcome:
    """Within half a last place of what is expected; forms cut off as often as they round.

    `fixed` are the figures that the formula confirms where it holds, if others could be different as well.
    """
    near = min(abs(stated - value) for value in expected)
    step = max(printed_step(facts[0]), _CENT)
    if near <= step / 2:
        return Outcome(rule, Result.HOLDS, fixed or facts)
    return Outcome(rule, Result.ROUNDING if near <= step else Result.FAILS, facts, message)
