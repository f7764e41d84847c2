"""What people said of answers, as cases: praise gives gold, complaints give questions that wait for their gold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from qa.evaluate.cases import AnswerType, Case, Gold, Proof, RefuseKind
from qa.model import Answer, Citation, Question

SHOULD_REFUSE = "应拒答"
REASONS = ("数字错", "年度错", "口径错", "出处错", SHOULD_REFUSE)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A verdict on one answer; `reason` is one of 数字错 年度错 口径错 出处错 应拒答 or free text."""

    question: Question
    answer: Answer
    good: bool
    reason: str = ""


def feedback_cases(feedback: Iterable[Feedback]) -> tuple[Case, ...]:
    """One case each, in order. A complaint's line has no gold: reading the set names it until someone fills it in."""
    return tuple(
        replace(_case(item), id=f"f-{number:04d}", category="feedback") for number, item in enumerate(feedback, 1)
    )


def _case(item: Feedback) -> Case:
    answer = item.answer
    lead = answer.values[0] if answer.values else None
    given = f"{lead.value}{lead.unit}" if lead else answer.text[:80]
    blank = Case(
        id="",
        category="",
        question=item.question.text,
        answer_type=AnswerType.NUMBER if lead else AnswerType.TEXT,
        history=item.question.history,
        docs=tuple(dict.fromkeys(_stem(citation) for citation in answer.citations)),
        note=f"用户反馈{'正确' if item.good else f'有误（{item.reason}）'}，系统答：{given}",
    )
    if item.good:
        return _confirmed(blank, answer)
    return _to_refuse(blank) if item.reason == SHOULD_REFUSE else blank


def _to_refuse(case: Case) -> Case:
    return replace(case, answer_type=AnswerType.REFUSE, refuse_kind=RefuseKind.NOT_DISCLOSED)


def _confirmed(blank: Case, answer: Answer) -> Case:
    """The answer itself as gold."""
    case = replace(blank, evidence=tuple(Proof(_stem(c), c.table or c.section, c.quote) for c in answer.citations))
    if answer.status == "refused":
        return _to_refuse(blank)
    if answer.status == "clarify":
        return replace(case, answer_type=AnswerType.CLARIFY)
    if answer.verdict:
        return replace(case, answer_type=AnswerType.YESNO, yes=answer.verdict == "yes")
    figures = tuple(Gold(value.value, value.unit, value.label) for value in answer.values)
    if len(figures) > 1:
        return replace(case, answer_type=AnswerType.LIST, values=figures)
    if figures:
        return replace(case, gold=replace(figures[0], label=""))
    return replace(case, must_contain=tuple((c.quote,) for c in answer.citations[:1]))


def _stem(citation: Citation) -> str:
    return PurePath(citation.document).stem
