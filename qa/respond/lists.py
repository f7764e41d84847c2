"""Lists: the same figure of several offices, the items named, or the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import plain
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading, short_name, subject_of
from qa.explain import explains
from qa.finder import Finder
from qa.model import Intent, Operation, Value
from qa.pick import Pick
from qa.respond.completion import completion
from qa.respond.figure import told_pick
from qa.respond.listed_rows import listed_rows, meets
from qa.respond.lookup import NEAR, picks_in, several_documents
from qa.respond.lost_points import lost_points
from qa.respond.operands import one
from qa.respond.row_fit import WHICH
from qa.respond.several_years import several_years

_YEARS = re.compile(r"[两二三四五几近]年|[各每历逐]年")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is not Operation.LIST:
        return None
    return (
        lost_points(intent, finder)
        or completion(intent, finder)
        or several_years(intent, finder)
        or across_offices(intent, finder)
        or named_items(intent, finder)
        or listed_rows(intent, finder)
    )


def across_offices(intent: Intent, finder: Finder) -> Draft | None:
    """The same figure of several offices or years: 把五家单位的收入总计都列出来, 两年机关运行经费分别多少."""
    years = len(intent.documents) > 1 and (len(intent.periods.years) > 1 or bool(_YEARS.search(intent.text)))
    if intent.offices_named <= 1 and not intent.all_offices and not years:
        return None
    picks = picks_in(replace(intent, operation=Operation.LOOKUP), finder)
    printed = {p.entry.name for p in picks}
    absent = tuple(dict.fromkeys(short_name(e) for e in intent.documents if e.name not in printed))
    if intent.condition:
        picks = [p for p in picks if meets(p.fact, intent.condition)]
    if intent.largest is not None or "排" in intent.text:
        picks.sort(key=lambda p: p.fact.canonical or p.fact.value or Decimal(0), reverse=intent.largest is not False)
    if len(picks) < 2:
        return None
    draft = several_documents(picks, intent, finder)
    if not absent or intent.offices_named == len(printed):
        return draft
    if intent.measure == "占比" and intent.largest is not None:
        return None  # a share that an office does not print may still be the largest
    note = f"未披露该项、未列入比较：{'、'.join(absent)}。"
    return replace(draft, text=f"{draft.text}\n{note}", warnings=(*draft.warnings, note))


# -- items that the question names -------------------------------------------------------------------------------------


def named_items(intent: Intent, finder: Finder) -> Draft | None:
    """A和B各多少 (占…比重): one figure an item, with the printed or computed share where it is asked for."""
    if len(intent.operands) < 2 or not intent.documents or intent.condition or intent.top or intent.largest is not None:
        return None
    if WHICH.search(intent.text):
        return None  # 有哪些项目,各支出多少 names no item
    shares = "占" in intent.text
    picks: list[tuple[Pick, str]] = []
    first = next((part for part in intent.operands if part.topic.size), intent)
    for part in intent.operands:
        if not part.topic.size:
            if part.documents == first.documents and part.count_unit == first.count_unit:
                continue
            part = part.about(first)
        found = one(replace(part, measure="" if part.measure == "占比" else part.measure), finder)
        if found is None or not (found.best.label.exact or found.best.label.unsaid <= 1):
            return None
        if found.found not in [p.found for p, _ in picks]:
            picks.append((found, part.unit))
    if len(picks) < 2:
        return None
    ledger = new_ledger(finder)
    values: list[Value] = []
    parts: list[str] = []
    for p, wanted in zip(_of_one_table([p for p, _ in picks]), (unit for _, unit in picks), strict=True):
        value, words = told_pick(p, f"{subject_of(p.fact)}{p.head}", wanted, ledger, finder)
        values.append(value)
        line = f"- {heading(p.entry, p.fact.year)}{subject_of(p.fact)}{p.head}{p.fact.measure}：{words}"
        if shares and (share := _share_of(p, ledger, finder)):
            values.append(share)
            line += f"，占比{share.value}%" + "".join(f"[{m}]" for m in share.citations)
        parts.append(line)
    return Draft("\n".join(parts), ledger, tuple(values), warnings=intent.notes)


def _of_one_table(picks: Sequence[Pick]) -> list[Pick]:
    """Figures asked for together, taken from the table of the first where it prints them: 本年收入、本年支出 of one account."""
    first = next((p for p in picks if p.fact.source == "table"), None)
    return [_within(p, first) if first and p.fact.source == "text" and p.entry == first.entry else p for p in picks]


def _within(p: Pick, first: Pick) -> Pick:
    near = (s for s in p.ranking.near(NEAR) if s.fact.table == first.fact.table and s.fact.source == "table")
    beside = next((s for s in near if s.fact.value is not None and explains(p.ranking, s)), None)
    return replace(p, best=beside, rivals=()) if beside else p


def _share_of(p: Pick, ledger: Ledger, finder: Finder) -> Value | None:
    """The share printed for this item in the prose."""
    printed = [
        f for f in finder.facts(documents=(p.entry.name,), labels=(p.fact.label,), sources=("text",), measures=("占比",))
        if f.fact.value is not None
    ]  # fmt: skip
    if not printed:
        return None
    return Value(
        f"{subject_of(p.fact)}占比",
        plain(printed[0].fact.value or Decimal(0)),
        "%",
        "text",
        citations=(ledger.fact(printed[0]),),
    )
