"""ask(): the sequence only. Understand, find, calculate, draft, verify; one repair, then a refusal without the draft."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce

from qa import verify
from qa.asides import as_reply, asked_again, is_thanks
from qa.chat import Restate
from qa.compound import joined, split_question
from qa.contradictions import with_contradictions
from qa.draft import Draft
from qa.errors import ModelSilent
from qa.finder import Finder
from qa.misspelt import mended
from qa.model import Answer, Intent, Operation, Question
from qa.objections import objected
from qa.respond import arithmetic, checks, codes, lists, lookup, refuse, stated, texts, verdicts
from qa.respond.completion import completion_of
from qa.respond.earlier import of_earlier_turns
from qa.respond.facets import NO_SINGLE_FIGURE, ONLY_WORDS, manner_of, wants_words
from qa.respond.growth import growth_of
from qa.respond.printed_change import printed_change
from qa.respond.prior_year import prior
from qa.understand import read_intent
from qa.words import DUTY, OPEN, PART_OF_YEAR, QUANTITY, SEVERAL, STRUCTURE, TOLD

LONGEST = 1000  # characters of a question

Progress = Callable[[str], None]
Responder = Callable[[Intent, Finder], Draft | None]


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
    tell("查找数据")
    draft = of_earlier_turns(question, intent, finder, _drafted) or _in_parts(question, finder)
    draft = draft or _drafted(intent, finder)
    tell("计算核验")
    draft = _verified(draft, intent, finder)
    if draft.reason == "not_disclosed" and tools.restate:
        tell("换个说法")
        intent, draft = _restated(question, tools.restate, finder, intent, draft)
    tell("组织回答")
    return _answer(question, intent, draft, (time.perf_counter() - started) * 1000)


def _drafted(intent: Intent, finder: Finder) -> Draft:
    """The draft for what was typed; where nothing answers it, for what it sounds like (接带费 -> 接待费)."""
    draft = _guarded(intent, finder) or _respond(intent, finder)
    if draft.reason != "not_disclosed":
        return draft
    text = mended(intent.text, finder.metric_names)
    if text == intent.text:
        return draft
    names = tuple(e.name for e in intent.documents)
    heard = read_intent(Question(text, documents=names), finder.catalogue, finder.known_wordings())
    second = _guarded(heard, finder) or _respond(heard, finder)
    return draft if second.status == "refused" else replace(second, warnings=(*second.warnings, f"按“{text}”理解。"))


def _in_parts(question: Question, finder: Finder) -> Draft | None:
    """Two questions in one sentence: each answered, the second with the first said before; None where it is one."""
    clauses = split_question(question.text)
    if len(clauses) < 2:
        return None
    drafts: list[Draft] = []
    history = question.history
    for clause in clauses:
        part = replace(question, text=clause, history=history)
        draft = _drafted(read_intent(part, finder.catalogue, finder.known_wordings()), finder)
        if draft.status != "answered":
            return None
        drafts.append(draft)
        history = (*history, clause)
    return reduce(joined, drafts)


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
    second = _verified(_drafted(other, finder), other, finder)
    if second.status == "refused":
        return intent, draft
    return other, replace(second, warnings=(*second.warnings, f"按“{words}”理解。"))


def _guarded(intent: Intent, finder: Finder) -> Draft | None:
    """Refusals that need no search."""
    if is_thanks(intent.question):
        return refuse.courtesy(intent, finder)
    if intent.off_topic:
        return refuse.off_topic(intent, finder)
    if not finder.catalogue:
        return refuse.nothing_indexed(intent, finder)
    if len(intent.text) > LONGEST:
        return refuse.too_long(intent, finder)
    words_wanted = (Operation.WHY, Operation.DEFINE, Operation.DESCRIBE, Operation.CHECK)
    if PART_OF_YEAR.search(intent.text) and intent.operation not in words_wanted and not DUTY.search(intent.text):
        return refuse.not_disclosed(intent, finder)
    if intent.unknown_offices:
        return refuse.unknown_office(intent, finder)
    if not intent.documents:
        return refuse.absent_year(intent, intent.of_office, finder)
    return None


def responders(intent: Intent) -> tuple[Responder, ...]:
    """Which responders to try, in order."""
    if checks.asked(intent):
        return (checks.respond, *_usual(intent))
    return _usual(intent)


def _usual(intent: Intent) -> tuple[Responder, ...]:
    if intent.operation in (Operation.WHY, Operation.DEFINE):
        return (texts.respond,)
    if intent.operation in (Operation.LOOKUP, Operation.LIST) and wants_words(intent):
        if manner_of(intent).facet in ONLY_WORDS:
            return (texts.respond, verdicts.respond)
        if manner_of(intent).facet in NO_SINGLE_FIGURE:
            return (texts.respond, verdicts.respond, lists.respond)
        return (texts.respond, verdicts.respond, lists.respond, lookup.respond)
    if intent.operation is Operation.LIST:
        return (
            (texts.respond, lists.respond, _single)
            if TOLD.search(intent.text)
            else (lists.respond, _single, texts.respond)
        )
    if intent.yesno and stated.claimed(intent):
        return (codes.respond, verdicts.respond, arithmetic.respond, _single)
    if intent.yesno and not _EXISTS.search(intent.text):
        return (codes.respond, verdicts.respond, arithmetic.respond, texts.respond, _single)
    return (
        codes.respond,
        verdicts.respond,
        arithmetic.respond,
        _single,
        completion_of,
        printed_change,
        _as_printed,
        growth_of,
        texts.respond,
    )


# Whether there is any is settled by a figure; anything else that is so or not by what the document says.
_EXISTS = re.compile(r"有|买|购|发生|安排|存在|列|花|用")

# A calculation that found no operands may be a figure that the document prints, but only under that very measure:
# an answer to another question than the one asked is worse than none.
_PRINTED = {Operation.SHARE: "占比", Operation.DIFFERENCE: "增减额", Operation.PRIOR: "上年"}


def _as_printed(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is Operation.SUM and len(intent.operands) < 2:
        return lookup.respond(replace(intent, operation=Operation.LOOKUP), finder)  # X合计: the total as printed
    measure = _PRINTED.get(intent.operation, "")
    if not measure or (intent.operation is Operation.SHARE and len(intent.operands) > 1):
        return None
    return lookup.respond(replace(intent, operation=Operation.LOOKUP, measure=measure), finder)


def _single(intent: Intent, finder: Finder) -> Draft | None:
    """One figure; a list that asks for several, ordered or bounded rows is not answered with one."""
    if intent.operation is Operation.LOOKUP:
        return lookup.respond(intent, finder)
    plural = intent.condition or intent.top or intent.largest is not None or SEVERAL.search(intent.text)
    return None if intent.operation is not Operation.LIST or plural else lookup.respond(intent, finder)


def _respond(intent: Intent, finder: Finder) -> Draft:
    for responder in responders(intent):
        if responder is texts.respond and not _open_ended(intent):
            continue
        draft = responder(intent, finder)
        if draft is not None and not objected(intent, draft):
            return draft
    if intent.absent_years:
        return _offered(refuse.absent_year(intent, intent.documents, finder), intent, finder)
    return refuse.not_disclosed(intent, finder)


def _offered(refusal: Draft, intent: Intent, finder: Finder) -> Draft:
    """A refusal for want of a year; what can be worked out from the year after it is offered, not given."""
    can_be = intent.operation is Operation.LOOKUP and prior(replace(intent, operation=Operation.PRIOR), finder)
    return replace(refusal, suggestions=(f"{intent.text}（倒推）", *refusal.suggestions)) if can_be else refusal


def _open_ended(intent: Intent) -> bool:
    """Whether words can answer: a question for a figure that is not there is refused, not answered with prose."""
    if intent.operation in (Operation.WHY, Operation.DEFINE):
        return True
    if intent.absent_years:
        return False
    text = intent.text
    if wants_words(intent):
        return True
    if DUTY.search(text) or STRUCTURE.search(text) or intent.yesno:
        return True
    return bool(OPEN.search(text)) and not QUANTITY.search(text) and not intent.money


def _verified(draft: Draft, intent: Intent, finder: Finder) -> Draft:
    """The draft, with what contradicts it, if every figure resolves; once repaired if not; else a refusal."""
    if draft.status == "refused" and not draft.ledger.evidence:
        return draft
    for candidate in _candidates(draft, intent, finder):
        if _check(candidate, intent, finder).passed:
            return candidate
    return refuse.unverified(intent, finder)


def _candidates(draft: Draft, intent: Intent, finder: Finder) -> Iterator[Draft]:
    if draft.status == "answered":
        yield with_contradictions(draft, finder)
    yield draft
    repaired = _repaired(draft, intent, finder)
    if repaired is not None:
        yield repaired


def _check(draft: Draft, intent: Intent, finder: Finder) -> verify.Verdict:
    question = f"{intent.question}\n{intent.text}"
    return verify.check_draft(draft.text, draft.values, draft.ledger.evidence, question, finder.fact, finder.entry)


def _repaired(draft: Draft, intent: Intent, finder: Finder) -> Draft | None:
    """Without the sentences and values that did not resolve; None where nothing is left to lead with."""
    sentences = re.split(r"(?<=[。\n])", draft.text)
    kept = []
    for sentence in sentences:
        verdict = verify.check_draft(
            sentence,
            (),
            draft.ledger.evidence,
            intent.question + intent.text + "".join(v.value + (v.formula or "") for v in draft.values),
            finder.fact,
            finder.entry,
        )
        if verdict.passed:
            kept.append(sentence)
    if not kept or not sentences or kept[0] != sentences[0]:
        return None
    if (
        len(kept) < len(sentences)
        and not re.sub(r"\[\d+\]|[>\s]", "", "".join(kept[1:]))
        and sentences[0].endswith("：\n")
    ):
        return None  # the line that announces a quotation, without it
    return replace(draft, text="".join(kept))


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
