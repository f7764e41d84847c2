"""Lists: the items named, or all rows that meet a condition, in order, complete ("n 项，共 N 项")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import plain
from index.model import CatalogueEntry, Fact, Found
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, amount_in, heading, short_name, source_of, subject_of, with_unit
from qa.finder import Finder
from qa.model import Condition, Intent, Operation, Value
from qa.pick import Pick, corroborate
from qa.respond.changes import direction_asked
from qa.respond.completion import completion
from qa.respond.lookup import picks_in, several_documents, verification
from qa.respond.lost_points import lost_points
from qa.respond.operands import one, operand
from qa.respond.row_fit import WHICH, is_meant, may_be_meant, merged
from qa.respond.rows import RowSet, row_sets

MOST = 60  # rows shown
_YEARS = re.compile(r"[两二三四五几近]年|[各每历逐]年")
_LEAST = 1.0  # how well the words of the question must choose the rows: some title, column, parent or kind of row


def respond(intent: Intent, finder: Finder) -> Draft | None:
    if intent.operation is not Operation.LIST:
        return None
    return (
        lost_points(intent, finder)
        or completion(intent, finder)
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
        picks = [p for p in picks if _meets(p.fact, intent.condition)]
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
    for p, wanted in picks:
        mark = ledger.fact(p.found)
        value, unit = amount_in(p.fact, wanted)
        values.append(
            Value(
                subject_of(p.fact),
                value,
                unit,
                verification(p.fact.source, corroborate(p.found, finder)),
                citations=(mark,),
            )
        )
        line = f"- {heading(p.entry, p.fact.year)}{subject_of(p.fact)}{p.fact.measure}：**{with_unit(p.fact, wanted)}**（{source_of(p.fact)}）[{mark}]"
        if shares and (share := _share_of(p, ledger, finder)):
            values.append(share)
            line += f"，占比{share.value}%" + "".join(f"[{m}]" for m in share.citations)
        parts.append(line)
    return Draft("\n".join(parts), ledger, tuple(values), warnings=intent.notes)


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


# -- rows that meet a condition ----------------------------------------------------------------------------------------


def listed_rows(intent: Intent, finder: Finder) -> Draft | None:
    """The best set of rows over the documents in question, filtered, ordered, cut."""
    best: tuple[RowSet, CatalogueEntry] | None = None
    for entry in intent.documents[:6]:
        facts = finder.facts(documents=(entry.name,))
        sets = [s for s in row_sets(intent, facts, finder.synonyms) if may_be_meant(s, intent, finder)]
        for rows in sets[:1]:
            if best is None or rows.score > best[0].score + 0.01:
                best = (rows, entry)
    if best is None or (best[0].score < _LEAST and not intent.condition) or not is_meant(best[0], intent):
        return None
    rows, entry = best
    met = _filtered(rows, intent)
    if not met and intent.condition is None:
        return None
    kept = merged(met)
    if intent.largest is not None or intent.top or "排" in intent.text:
        kept.sort(key=lambda row: _size(row[0].fact, row), reverse=intent.largest is not False)
    if intent.top:
        kept = kept[: intent.top]
    return _draft(rows, entry, kept, intent, finder)


def _filtered(rows: RowSet, intent: Intent) -> list[Found]:
    condition = intent.condition
    if condition is None and (way := direction_asked(intent.text)) and any(f.fact.direction for f in rows.facts):
        return [f for f in rows.facts if f.fact.direction == way and f.fact.value]
    if condition is None:
        return [f for f in rows.facts if f.fact.value or (rows.zeros and f.fact.value is not None)]
    return [f for f in rows.facts if _meets(f.fact, condition)]


def _meets(fact: Fact, condition: Condition) -> bool:
    return fact.value is not None and bool(condition.met_by(fact.value, fact.unit))


def _size(fact: Fact, row: Sequence[Found]) -> Decimal:
    return sum((f.fact.value or Decimal(0) for f in row), Decimal(0))


def _draft(
    rows: RowSet, entry: CatalogueEntry, kept: Sequence[tuple[Found, ...]], intent: Intent, finder: Finder
) -> Draft:
    ledger = new_ledger(finder)
    values: list[Value] = []
    lines: list[str] = []
    for number, row in enumerate(kept[:MOST], 1):
        text, found = _row(rows, row, intent, finder, ledger)
        lines.append(f"{number}. {text}")
        values.extend(found)
    whole = len(merged([f for f in rows.facts if f.fact.value is not None]))
    bound = "符合条件的" if intent.condition else ""
    head = f"{heading(entry)}{bound}共{len(kept)}项" + (
        f"（{rows.title}，全部{whole}项中）" if whole != len(kept) else f"（{rows.title}）"
    )
    if not kept:
        first = ledger.fact(rows.facts[0])
        return Draft(
            f"{heading(entry)}没有符合条件的项目（已逐项核对{rows.title}的{whole}项[{first}]）。",
            ledger,
            warnings=intent.notes,
        )
    return Draft(f"{head}：\n" + "\n".join(lines), ledger, tuple(values), warnings=intent.notes)


def _row(
    rows: RowSet, row: tuple[Found, ...], intent: Intent, finder: Finder, ledger: Ledger
) -> tuple[str, list[Value]]:
    first = row[0]
    fact = first.fact
    name = rows.label(fact) if rows.by_entity else subject_of(fact)
    if len(row) > 1:
        operands = [o for f in row if (o := operand(ledger, f))]
        result = calculate.total(operands, intent.unit)
        marks = tuple(o.citation for o in operands)
        value = Value(name, plain(result.value), result.unit, "computed", result.formula, tuple(operands), marks)
        return f"{name}：**{plain(result.value)}{result.unit}**（{result.formula}）" + "".join(
            f"[{m}]" for m in marks
        ), [value]
    companions = _companions(first, intent, finder)
    found: list[Value] = []
    shown: list[str] = []
    for f in (*companions, first) if companions else (first,):
        mark = ledger.fact(f)
        value_text, unit = amount_in(f.fact, intent.unit)
        label = f"{name}{f.fact.measure}" if companions else name
        found.append(Value(label, value_text, unit, f.fact.source, citations=(mark,)))
        shown.append(f"{f.fact.measure if companions else ''}**{with_unit(f.fact, intent.unit)}**[{mark}]")
    return f"{name}：{'，'.join(shown)}", found


def _companions(found: Found, intent: Intent, finder: Finder) -> tuple[Found, ...]:
    """For an item of the prose chosen by its rate or its budget: the outturn that belongs to it."""
    fact = found.fact
    if fact.source != "text" or fact.measure not in ("完成率", "年初预算", "执行率"):
        return ()
    same = finder.facts(documents=(found.document,), labels=(fact.label,), sources=("text",), measures=("决算",))
    return tuple(f for f in same if f.fact.path == fact.path and f.fact.section == fact.section)[:1]
