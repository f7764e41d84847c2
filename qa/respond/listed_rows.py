"""Rows of a table as a list: those that meet a condition, in order, complete ("n 项，共 N 项")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import plain
from index.model import CatalogueEntry, Fact, Found
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, amount_in, heading, subject_of, with_unit
from qa.finder import Finder
from qa.model import Condition, Intent, Operation, Value
from qa.respond import indicators
from qa.respond.accounts_together import amount_of, together
from qa.respond.changes import direction_asked
from qa.respond.listing import listing, of_another_kind, printed_otherwise
from qa.respond.moved_rows import moved_rows
from qa.respond.only_rows import only_rows, says_only
from qa.respond.operands import operand
from qa.respond.purchase_classes import by_class
from qa.respond.row_fit import is_meant, may_be_meant
from qa.respond.row_kinds import RowKind, rows_asked
from qa.respond.row_words import bears_sorts
from qa.respond.rows import RowSet, row_sets

MOST = 60  # rows shown
Row = tuple[Found, ...]  # figures that are one row together
_ONE = re.compile(r"哪一?[个项类款家所]|(?:最[大高多低少小贵]的?)(?:是|那|项目|单位|科目|$)|是(?:什么|啥)")
_NOUNS = {RowKind.ACCOUNTS: "科目", RowKind.UNITS: "单位", RowKind.PURCHASES: "采购", RowKind.INDICATORS: "指标"}
_FORM = re.compile(r"绩效|自评|评价|得分|目标")
_OF_FORMS = "以上只是附有绩效表的项目，文件没有列出全部项目的清单。"
_LEAST = 1.0  # how well the words of the question must choose the rows: some title, column, parent or kind of row


def rows_of_kind(intent: Intent, finder: Finder) -> Draft | None:
    """The rows of one kind that a question asks for, whatever operation its words look like."""
    if intent.largest is not None and not intent.top and _ONE.search(intent.text):
        intent = replace(intent, top=1)
    intent = replace(intent, operation=Operation.LIST)
    if other := by_class(intent, finder) or indicators.respond(intent, finder) or moved_rows(intent, finder):
        return other
    found = only_rows(intent, finder) if says_only(intent.text) else listing(intent, finder)
    return _listed(*found, intent, finder) if found else None


def listed_rows(intent: Intent, finder: Finder) -> Draft | None:
    """The best set of rows over the documents in question, filtered, ordered, cut; `rows_of_kind` has been tried."""
    if printed_otherwise(intent, finder) or says_only(intent.text):
        return None
    best: tuple[RowSet, CatalogueEntry] | None = None
    for entry in intent.documents[:6]:
        facts = finder.facts(documents=(entry.name,))
        sets = [
            s
            for s in row_sets(intent, facts, finder.synonyms)
            if may_be_meant(s, intent, finder) and bears_sorts(intent.text, s.facts) and not of_another_kind(s, intent)
        ]
        for rows in sets[:1]:
            if best is None or rows.score > best[0].score + 0.01:
                best = (rows, entry)
    if best is None or (best[0].score < _LEAST and not intent.condition) or not is_meant(best[0], intent):
        return None
    return _listed(*best, intent, finder)


def _listed(rows: RowSet, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    """The rows that meet the bound, in the order asked for, as many as are asked for."""
    every = together(rows.facts, entry, finder)
    if every is None:
        return None
    kept = _filtered(rows, every, intent)
    if not kept and not (intent.condition and _comparable(rows, intent.condition)):
        return None
    if intent.largest is not None or intent.top or "排" in intent.text:
        kept.sort(key=lambda row: amount_of(row) or Decimal(0), reverse=intent.largest is not False)
    if intent.top:
        kept = kept[: intent.top]
    return _draft(rows, len(every), entry, kept, intent, finder)


def _filtered(rows: RowSet, every: Sequence[Row], intent: Intent) -> list[Row]:
    condition = intent.condition
    if condition is None and (way := direction_asked(intent.text)) and any(f.fact.direction for f in rows.facts):
        return [row for row in every if row[0].fact.direction == way and amount_of(row)]
    if condition is None:
        return [row for row in every if (amount := amount_of(row)) or (rows.zeros and amount is not None)]
    return [row for row in every if _met(row, condition)]


def _met(row: Row, condition: Condition) -> bool:
    amount = amount_of(row)
    return amount is not None and bool(condition.met_by(amount, row[0].fact.unit))


def _comparable(rows: RowSet, condition: Condition) -> bool:
    """Whether a bound says anything of every row, so that none may be said to meet it."""
    return all(f.fact.value is not None and condition.met_by(f.fact.value, f.fact.unit) is not None for f in rows.facts)


def meets(fact: Fact, condition: Condition) -> bool:
    return fact.value is not None and bool(condition.met_by(fact.value, fact.unit))


def _draft(
    rows: RowSet, whole: int, entry: CatalogueEntry, kept: Sequence[Row], intent: Intent, finder: Finder
) -> Draft:
    ledger = new_ledger(finder)
    values: list[Value] = []
    lines: list[str] = []
    for number, row in enumerate(kept[:MOST], 1):
        text, found = _row(rows, row, intent, finder, ledger)
        lines.append(f"{number}. {text}")
        values.extend(found)
    bound = "符合条件的" if intent.condition else ""
    head = f"{heading(entry)}{bound}共{len(kept)}项" + (
        f"（{rows.title}，全部{whole}项中）" if whole != len(kept) else f"（{rows.title}）"
    )
    if not kept:
        first = ledger.fact(rows.facts[0])
        return Draft(
            f"{heading(entry)}没有符合条件的{_noun(intent)}（已逐项核对{rows.title}的{whole}项[{first}]）。",
            ledger,
            warnings=intent.notes,
        )
    notes = (*intent.notes, _OF_FORMS) if _of_some_projects(rows, intent) else intent.notes
    return Draft(f"{head}：\n" + "\n".join(lines), ledger, tuple(values), warnings=notes)


def _of_some_projects(rows: RowSet, intent: Intent) -> bool:
    """Whether projects are asked for, of all of them, and only those are known that have a form."""
    asked = rows_asked(intent)
    return rows.by_entity and asked is not None and asked.kind is RowKind.PROJECTS and not _FORM.search(intent.text)


def _noun(intent: Intent) -> str:
    asked = rows_asked(intent)
    return _NOUNS.get(asked.kind, "项目") if asked else "项目"


def _row(rows: RowSet, row: Row, intent: Intent, finder: Finder, ledger: Ledger) -> tuple[str, list[Value]]:
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
        if f.fact.value or not companions:  # that there was no budget is why the row is listed, not what is told of it
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
