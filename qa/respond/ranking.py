"""Which office has more."""

from __future__ import annotations

from decimal import Decimal

from index.amounts import plain
from index.model import Fact
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed, short_name, source_of, subject_of
from qa.finder import Finder
from qa.model import Intent, Value
from qa.respond.lookup import picks_in


def compare(intent: Intent, finder: Finder) -> Draft | None:
    """The same item in several offices, ordered."""
    picks = [p for p in picks_in(intent, finder, margin=4.5) if p.fact.value is not None]  # a blank ranks nowhere
    if len(picks) < 2:
        return None
    ledger = new_ledger(finder)
    ordered = sorted(picks, key=lambda p: _magnitude(p.fact), reverse=intent.largest is not False)
    first = ordered[0]
    word = "最少" if intent.largest is False else "最多"
    rows = [
        f"- {heading(p.entry)}{p.entry.profile.stage}：{printed(p.fact)}（{source_of(p.fact)}）[{ledger.fact(p.found)}]"
        for p in ordered
    ]
    values = tuple(
        Value(
            f"{heading(p.entry)}{subject_of(p.fact)}",
            plain(p.fact.value or Decimal(0)),
            p.fact.unit,
            p.fact.source,
            citations=(ledger.fact(p.found),),
        )
        for p in ordered
    )
    missing = [short_name(e) for e in intent.documents if e.name not in {p.entry.name for p in picks}]
    note = (f"未披露该项、未参加比较：{'、'.join(dict.fromkeys(missing))}。",) if missing else ()
    text = f"{subject_of(first.fact)}{word}的是**{short_name(first.entry)}**（{printed(first.fact)}）：\n" + "\n".join(
        rows
    )
    return Draft(text, ledger, values, warnings=(*intent.notes, *note))


def _magnitude(fact: Fact) -> Decimal:
    return fact.canonical if fact.canonical is not None else (fact.value or Decimal(0))
