"""Judging one answer against one case: right or wrong and why, and what else can be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evaluate.cases import FIGURES, RATIO_SLACK, AnswerType, Case, Gold, RefuseKind
from qa.evaluate.grounds import (
    Facets,
    cites_gold,
    facets_of,
    supported,
    unfaithful,
)
from qa.evaluate.library import NO_LIBRARY, Library
from qa.evaluate.matching import compact, contains, equal, measured
from qa.model import Answer

VERIFIED = frozenset({"table", "text", "both", "computed"})  # marks that tell a reader the figure was checked
_CITABLE = frozenset({AnswerType.NUMBER, AnswerType.RATIO, AnswerType.LIST, AnswerType.YESNO, AnswerType.TEXT})
_STATING = FIGURES | {AnswerType.LIST}


@dataclass(frozen=True, slots=True)
class Score:
    """One case scored. A field is None where the question does not arise for that kind of case or answer."""

    right: bool
    why: str  # "" when right
    status: str
    facets: Facets | None = None  # one figure asked, one given
    found: int = 0  # gold items of a list that were given
    wanted: int = 0  # gold items of a list
    given: int = 0  # items the answer gave to a list question
    cited: bool | None = None  # a citation lies in a gold document and touches its evidence or value
    supported: bool | None = None  # every figure shown stands in what is cited for it
    unfaithful: tuple[str, ...] = ()  # quotes that are not in the document they name
    wrong_shown: bool = False  # a wrong figure was stated
    wrong_verified: bool = False  # ... and marked as checked
    refused_wrongly: bool = False


def score(case: Case, answer: Answer, library: Library = NO_LIBRARY) -> Score:
    """Everything that can be said of the answer to a case."""
    right, why = judge(case, answer)
    lead_verified = bool(answer.values) and answer.values[0].verification in VERIFIED
    stated = answer.status == "answered" and bool(answer.values) and case.answer_type in _STATING
    found, wanted, given = _list_overlap(case, answer)
    answered = answer.status == "answered"
    return Score(
        right=right,
        why=why,
        status=answer.status,
        facets=facets_of(case, answer, library) if case.answer_type in FIGURES and answered and answer.values else None,
        found=found,
        wanted=wanted,
        given=given,
        cited=cites_gold(case, answer) if case.answer_type in _CITABLE and answered else None,
        supported=supported(answer) if answered and answer.values else None,
        unfaithful=unfaithful(answer, library.bodies),
        wrong_shown=stated and not right,
        wrong_verified=lead_verified and not right and (stated or must_refuse(case)),
        refused_wrongly=case.answer_type in _CITABLE and answer.status in {"refused", "clarify"},
    )


def must_refuse(case: Case) -> bool:
    """A wrong premise may be answered with its correction; anything else that is not there must be refused."""
    return case.answer_type is AnswerType.REFUSE and case.refuse_kind is not RefuseKind.FALSE_PREMISE


# ------------------------------------------------------------------------------------------------------ right or wrong


def judge(case: Case, answer: Answer) -> tuple[bool, str]:
    """Right or wrong, and why not."""
    match case.answer_type:
        case AnswerType.NUMBER | AnswerType.RATIO:
            return _judge_figure(case, answer)
        case AnswerType.LIST:
            return _judge_list(case, answer)
        case AnswerType.YESNO:
            return _judge_verdict(case, answer)
        case AnswerType.TEXT:
            if answer.status != "answered":
                return False, _status(answer)
            return _verdict(contains(case.must_contain, answer.text), "文字里缺少应有的内容")
        case AnswerType.REFUSE:
            return _judge_refusal(case, answer)
        case AnswerType.CLARIFY:
            asked_back = answer.status == "clarify" and len(answer.options) >= 2
            told_apart = answer.status == "answered" and contains(case.must_contain, answer.text)
            return _verdict(asked_back or told_apart, _status(answer))


def _judge_figure(case: Case, answer: Answer) -> tuple[bool, str]:
    if answer.status != "answered":
        return False, _status(answer)
    if not answer.values or not case.gold:
        return False, "没有给出数值"
    lead = answer.values[0]
    right = any(equal(measured(lead.value, lead.unit), g.amount, case.slack, g.unit) for g in case.golds)
    return _verdict(right, f"首个数值为{lead.value}{lead.unit}，应为{case.gold.value}{case.gold.unit}")


def _judge_list(case: Case, answer: Answer) -> tuple[bool, str]:
    if answer.status != "answered":
        return False, _status(answer)
    missing = [gold.label for gold in case.values if not _lists(gold, case, answer)]
    if missing:
        return False, "缺少 " + "、".join(missing)
    return _verdict(
        len(answer.values) <= 2 * len(case.values) + 2, f"应列 {len(case.values)} 项，给出 {len(answer.values)} 项"
    )


def _judge_verdict(case: Case, answer: Answer) -> tuple[bool, str]:
    wanted = "yes" if case.yes else "no"
    if answer.status != "answered" or answer.verdict != wanted:
        return False, f"判断为 {answer.verdict}，应为 {wanted}" if answer.status == "answered" else _status(answer)
    return _verdict(contains(case.must_contain, answer.text), "判断正确，但文字里缺少依据")


def _judge_refusal(case: Case, answer: Answer) -> tuple[bool, str]:
    if not must_refuse(case):
        return _verdict(contains(case.must_contain, answer.text), "没有纠正错误的前提")
    return _verdict(answer.status == "refused" and not answer.values, f"{_status(answer)}，{len(answer.values)} 个数值")


def _verdict(right: bool, otherwise: str) -> tuple[bool, str]:
    return right, "" if right else otherwise


def _status(answer: Answer) -> str:
    return f"状态为 {answer.status}"


def _lists(gold: Gold, case: Case, answer: Answer) -> bool:
    """Whether the answer gives a list item: its figure, or its name where the item has no figure."""
    if gold.amount is None:
        return compact(gold.label) in compact(answer.text)
    slack = (case.tolerance or RATIO_SLACK) if gold.unit == "%" else case.tolerance
    return any(equal(measured(v.value, v.unit), gold.amount, slack, gold.unit) for v in answer.values)


def _list_overlap(case: Case, answer: Answer) -> tuple[int, int, int]:
    """(gold items given, gold items, items given) of a list question that was answered."""
    if case.answer_type is not AnswerType.LIST:
        return 0, 0, 0
    if answer.status != "answered":
        return 0, len(case.values), 0
    found = sum(_lists(gold, case, answer) for gold in case.values)
    return found, len(case.values), max(found, len(answer.values))
