"""Several figures of one row: 预算数和决算数分别多少, 年初预算、决算和完成率."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.cite import new_ledger
from qa.draft import Draft, heading, subject_of
from qa.finder import Finder
from qa.model import Intent, Operation
from qa.organisations import span_mask
from qa.pick import Pick, pick_is_open
from qa.readings import item_of
from qa.respond.chosen_rows import parts_named
from qa.respond.figure import told_pick
from qa.respond.operands import one
from qa.respond.three_measures import of_three

_MEASURES = {
    "年初预算": "年初预算数?",
    "全年预算": "(?:全年|调整)预算数?",
    "预算": "预算数?",
    "决算": "决算数?|执行数",
    "完成率": "(?:预算)?完成率",
    "执行率": "(?:预算)?执行率",
}
_ANY = "|".join(_MEASURES.values())
_RUN = re.compile(
    rf"(?<!公共)(?<!基金)(?<!经营)(?:{_ANY})(?:[、,和与及](?:{_ANY})|(?<=[算数])决算数?)+(?!支出|收入|总|完成|执行)"
)


def asked_measures(text: str) -> tuple[str, ...]:
    """The measures that a question names one behind the other; () where it names no more than one."""
    run = _RUN.search(text)
    said = re.findall(_ANY, run.group()) if run else []
    named = (next(m for m, words in _MEASURES.items() if re.fullmatch(words, word)) for word in said)
    found = tuple(dict.fromkeys(named))
    return found if len(found) > 1 else ()


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """Each measure of the one item that the question names; None where one of them is not printed of the same item."""
    measures = asked_measures(intent.text)
    if parts_named(intent.text):
        return of_three(intent, measures, finder)  # of every part, not of the whole
    if not measures or len(intent.documents) != 1 or intent.operation not in (Operation.LOOKUP, Operation.LIST):
        return None
    run = _RUN.search(intent.text)
    mask = span_mask([run.span()]) if run else 0
    bare = replace(
        intent,
        operation=Operation.LOOKUP,
        topic=intent.topic.without(mask),
        operands=(),
        measure_mask=0,
        unit="",
        money=False,
    )
    found = [one(replace(bare, measure=measure), finder) for measure in measures]
    picks = [p for p in found if p and not pick_is_open(p) and p.fact.value is not None]
    if len(picks) < len(measures) or len({item_of(p.fact).removesuffix("支出") for p in picks}) > 1:
        return None
    return _drafted(picks, intent, finder) if len({p.fact.key for p in picks}) == len(picks) else None


def _drafted(picks: list[Pick], intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    values, lines = [], []
    for p in picks:
        value, words = told_pick(p, f"{subject_of(p.fact)}{p.fact.measure}", intent.unit, ledger, finder)
        values.append(value)
        lines.append(f"- {p.fact.measure}：{words}")
    head = f"{heading(picks[0].entry)}{subject_of(picks[0].fact)}："
    return Draft("\n".join((head, *lines)), ledger, tuple(values), warnings=intent.notes)
