"""ask(): the sequence only. Understand, find, calculate, draft, verify; one repair, then a refusal without the draft."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

from qa.asides import as_reply, asked_again
from qa.chat import Restate
from qa.compound import joined, split_question
from qa.draft import Draft
from qa.errors import ModelSilent
from qa.finder import Finder
from qa.misspelt import mended
from qa.model import Answer, Intent, Question
from qa.release import verified
from qa.respond.earlier import in_document_before, of_earlier_turns
from qa.respond.order import respond
from qa.understand import read_intent

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Tools:
    """What answering needs. `finder` reads the index; `restate` may put a question in other words (`qa.chat`)."""

    finder: Finder
    restate: Restate | None = None


def ask(question: Question, tools: Tools, progress: Progress | None = None) -> Answer:
    """Answer one question; every figure in the answer is checked."""
    if (before := asked_again(question)) is not None:
        return as_reply(ask(before, tools, progress), question)
    started = time.perf_counter()
    tell = progress or (lambda stage: None)
    finder = tools.finder
    tell("理解问题")
    intent = read_intent(question, finder.catalogue, finder.known_wordings())
    if (narrowed := in_document_before(question, intent, finder, _drafted)) is not question:
        question, intent = narrowed, read_intent(narrowed, finder.catalogue, finder.known_wordings())
    tell("查找数据")
    draft = of_earlier_turns(question, intent, finder, _drafted) or _in_parts(question, finder)
    draft = draft or _drafted(intent, finder)
    tell("计算核验")
    draft = verified(draft, intent, finder)
    if draft.reason == "not_disclosed" and tools.restate:
        tell("换个说法")
        intent, draft = _restated(question, tools.restate, finder, intent, draft)
    tell("组织回答")
    return _answer(question, intent, draft, (time.perf_counter() - started) * 1000)


def _drafted(intent: Intent, finder: Finder) -> Draft:
    """The draft for what was typed; where nothing answers it, for what it sounds like (接带费 -> 接待费)."""
    draft = respond(intent, finder)
    if draft.reason != "not_disclosed":
        return draft
    text = mended(intent.text, finder.metric_names)
    if text == intent.text:
        return draft
    names = tuple(e.name for e in intent.documents)
    heard = read_intent(Question(text, documents=names), finder.catalogue, finder.known_wordings())
    second = respond(heard, finder)
    return draft if second.status == "refused" else replace(second, warnings=(*second.warnings, f"按“{text}”理解。"))


def _in_parts(question: Question, finder: Finder) -> Draft | None:
    """Two questions in one sentence: each answered, the second with the first said before; None where it is one."""
    clauses = split_question(question.text)
    if len(clauses) < 2:
        return None
    drafts: list[Draft] = []
    unanswered: list[str] = []
    history = question.history
    for clause in clauses:
        part = replace(question, text=clause, history=history)
        draft = _drafted(read_intent(part, finder.catalogue, finder.known_wordings()), finder)
        if draft.status == "answered":
            drafts.append(draft)
        elif not drafts:
            return None
        else:
            unanswered.append(clause)
        history = (*history, clause)
    whole = reduce(joined, drafts)
    told = "".join(f"\n\n“{clause}”：文件中没有找到相符的数据或文字，这一问没有回答。" for clause in unanswered)
    return replace(whole, text=whole.text + told) if whole.values or not unanswered else None


def _restated(
    question: Question, restate: Restate, finder: Finder, intent: Intent, draft: Draft
) -> tuple[Intent, Draft]:
    """The answer to the question in other words, where there is one; else what the rules gave."""
    try:
        words = restate(question, finder.catalogue, finder.metric_names)
    except ModelSilent as error:
        return intent, replace(draft, warnings=(*draft.warnings, str(error)))
    if not words:
        return intent, draft
    other = read_intent(replace(question, text=words, history=()), finder.catalogue, finder.known_wordings())
    second = verified(_drafted(other, finder), other, finder)
    if second.status == "refused":
        return intent, draft
    return other, replace(second, warnings=(*second.warnings, f"按“{words}”理解。"))


def _answer(question: Question, intent: Intent, draft: Draft, elapsed: float) -> Answer:
    refused = draft.status == "refused"
    return Answer(
        question=question.text,
        interpreted=_interpreted(intent),
        status=draft.status,
        text=draft.text,
        reason=draft.reason,
        verdict=draft.verdict,
        values=() if refused or draft.status == "clarify" else draft.values,
        citations=draft.ledger.citations,
        warnings=tuple(dict.fromkeys(draft.warnings)),
        options=draft.options,
        suggestions=draft.suggestions,
        elapsed_ms=round(elapsed, 1),
        id=question.id,
    )


def _interpreted(intent: Intent) -> str:
    names = "、".join(e.name for e in intent.documents[:3]) + ("等" if len(intent.documents) > 3 else "")
    return f"{intent.text}（{names}）" if names else intent.text
