"""The figures that earlier turns were answered with, added or set against each other.

What 两个加起来 means are the figures already given, each found for its own question: asked for anew together they might be
read in another table or scope.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import reduce

from index.amounts import MONEY, plain
from qa import calculate
from qa.compound import joined
from qa.conversation import taken_together
from qa.draft import Draft
from qa.finder import Finder
from qa.model import Intent, Operand, Question
from qa.periods import find_periods
from qa.respond.operands import line, value_of
from qa.together import Figure, act_of
from qa.understand import prepare, read_intent


def of_earlier_turns(
    question: Question, intent: Intent, finder: Finder, drafted: Callable[[Intent, Finder], Draft]
) -> Draft | None:
    """The figures of earlier turns added or set against each other; None where this turn asks something else."""
    text, history = prepare(question.text), tuple(prepare(turn) for turn in question.history)
    catalogue, known = finder.catalogue, finder.known_wordings()
    earlier = taken_together(text, history, catalogue, known)
    if not earlier or act_of(text).startswith("谁"):
        return None
    asked = (replace(question, text=whole, history=()) for whole, _ in earlier)
    drafts = [drafted(read_intent(one, catalogue, known), finder) for one in asked]
    return together(act_of(text), drafts, [figure for _, figure in earlier], intent.unit)


def in_document_before(
    question: Question, intent: Intent, finder: Finder, drafted: Callable[[Intent, Finder], Draft]
) -> Question:
    """A turn of a conversation in which no office was named stays in the document that the turn before was answered from.

    Where it names a year, it stays with that document's office.
    """
    if not question.history or intent.offices_named or len(intent.documents) < 2:
        return question
    before = replace(question, text=question.history[-1], history=question.history[:-1])
    draft = drafted(read_intent(before, finder.catalogue, finder.known_wordings()), finder)
    cited = {citation.document for citation in draft.ledger.citations}
    if draft.status != "answered" or len(cited) != 1:
        return question
    own = next(e for e in intent.documents if e.name in cited) if cited & {e.name for e in intent.documents} else None
    if own is None:
        return question
    if not find_periods(prepare(question.text)).years:
        return replace(question, documents=(own.name,))
    office = own.profile.organisation
    return replace(question, documents=tuple(e.name for e in finder.catalogue if e.profile.organisation == office))


def together(act: str, drafts: Sequence[Draft], figures: Sequence[Figure], unit: str) -> Draft | None:
    """The sum or the difference of what `drafts` give; None where one of them gives no single figure that is printed."""
    if any(draft.status != "answered" or len(draft.values) != 1 for draft in drafts):
        return None
    if any(value.verification == "computed" for draft in drafts for value in draft.values):
        return None
    both = reduce(joined, drafts)
    operands = [o for figure, n in zip(figures, range(len(drafts)), strict=True) if (o := _operand(both, n, figure))]
    if len(operands) != len(drafts) or len({o.unit if o.unit not in MONEY else "" for o in operands}) > 1:
        return None
    shown = "；".join(line(o) for o in operands)
    if act.startswith("加"):
        result = calculate.total(operands, unit)
        label = f"{'、'.join(o.label for o in operands)}合计"
        text = f"{label}为**{plain(result.value)}{result.unit}**：{result.formula}（{shown}）。"
    else:
        more, less = sorted(operands, key=lambda o: -calculate.convert(o.value, o.unit, operands[0].unit))
        result = calculate.difference(more, less, unit)
        label = f"{more.label}与{less.label}之差"
        text = f"{more.label}比{less.label}多**{plain(result.value)}{result.unit}**：{result.formula}（{shown}）。"
        if not result.value:
            text = f"两者相等，差额为**{plain(result.value)}{result.unit}**：{shown}。"
    warnings = tuple(dict.fromkeys(w for draft in drafts for w in draft.warnings))
    return replace(both, text=text, values=(value_of(label, result),), verdict=None, warnings=warnings)


def _operand(draft: Draft, number: int, figure: Figure) -> Operand | None:
    value = draft.values[number]
    try:
        amount = Decimal(value.value.replace(",", ""))
    except InvalidOperation:
        return None
    mark = value.citations[0] if value.citations else 0
    return Operand(f"{figure.office}{figure.period}{value.label}", amount, value.unit, mark)
