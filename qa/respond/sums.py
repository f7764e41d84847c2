"""Figures together: of several offices, of the items named, of the rows of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.amounts import MONEY, plain
from index.model import Found
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading, short_name, subject_of
from qa.explain import explains
from qa.finder import Finder
from qa.model import Intent, Operand, Operation
from qa.readings import item_of, subject_of_unit
from qa.respond.alignment import NEAR
from qa.respond.listing import candidates
from qa.respond.lookup import picks_in, repeated_rows, sum_of_rows
from qa.respond.operands import as_operand, line, one, operand, read, several_documents, value_of
from qa.respond.row_kinds import RowKind, rows_asked
from qa.respond.rows import row_sets
from qa.respond.totals import printed_total
from qa.words import CHINESE_DIGITS


def total(intent: Intent, finder: Finder) -> Draft | None:
    """The figures that the question names; else over several offices the same item, or the rows that share a name."""
    if intent.operands:
        return _of_operands(intent, finder)
    ledger = new_ledger(finder)
    if intent.offices_named > 1 or (intent.all_offices and intent.offices_named != 1):
        return _over_offices(intent, finder, ledger)
    if counted := _COUNTED_ROWS.search(intent.text):
        return sum_of_items(counted["count"], intent, finder, ledger)
    if rows := _units_of_kind(intent, finder):
        operands = [o for f in rows if (o := operand(ledger, f, subject_of_unit(f.fact)))]
        return _sum(operands, "、".join(o.label for o in operands) + "合计", intent, ledger, ())
    single = one(replace(intent, operation=Operation.LOOKUP), finder)
    printings = [replace(single, best=s) for s in single.ranking.near(NEAR)] if single else []
    for p in printings:
        rows = repeated_rows(p, finder) if item_of(p.fact) == item_of(printings[0].fact) else ()
        if len(rows) > 1 and explains(p.ranking, p.best):
            return sum_of_rows(p, rows, intent, finder)
    return None


def _of_operands(intent: Intent, finder: Finder) -> Draft | None:
    readings = read(intent.operands, finder)
    if readings is None:
        return None
    ledger = new_ledger(finder)
    apart = several_documents(readings)
    operands = [o for r in readings if (o := as_operand(r, ledger, finder, apart=apart))]
    if len(operands) != len(readings):
        return None
    head = "" if apart else heading(readings[0].first.entry)
    return _sum(operands, f"{head}{'、'.join(o.label for o in operands)}合计", intent, ledger, ())


def _over_offices(intent: Intent, finder: Finder, ledger: Ledger) -> Draft | None:
    picks = picks_in(
        replace(intent, measure="" if intent.measure in ("增减额",) else intent.measure), finder, margin=4.5
    )
    if len(picks) < 2:
        return None
    operands = [o for p in picks if (o := operand(ledger, p.found, f"{short_name(p.entry)}{subject_of(p.fact)}"))]
    missing = [short_name(e) for e in intent.documents if e.name not in {p.entry.name for p in picks}]
    note = (f"未披露该项的单位未计入：{'、'.join(missing)}。",) if missing else ()
    return _sum(operands, f"{len(operands)}家单位{subject_of(picks[0].fact)}合计", intent, ledger, note)


def _units_of_kind(intent: Intent, finder: Finder) -> tuple[Found, ...]:
    """The units of one kind in the column that is asked for, if there are as many as the question says: 两个乡镇卫生院."""
    kind, counted = rows_asked(intent), _COUNTED_UNITS.search(intent.text)
    if kind is None or kind.kind is not RowKind.UNITS or not kind.some or not counted:
        return ()
    listed = replace(intent, operation=Operation.LIST)
    sets = [found for entry in intent.documents for found in candidates(kind, listed, entry, finder)]
    best = max(sets, key=lambda found: found.score, default=None)
    return best.facts if best and len(best.facts) == _number(counted["count"]) else ()


def _number(count: str) -> int:
    return int(count) if count.isdigit() else CHINESE_DIGITS[count]


_COUNTED_UNITS = re.compile(r"(?P<count>[二两三四五六七八九十]|\d{1,2})[个家所]")
_COUNTED_ROWS = re.compile(r"(?P<count>[二两三四五六七八九十]|\d{1,2})个(?:项目|专项)")


def sum_of_items(count: str, intent: Intent, finder: Finder, ledger: Ledger) -> Draft | None:
    """The items of a list together, if there are as many as the question says."""
    facts = tuple(f for e in intent.documents for f in finder.facts(documents=(e.name,)))
    sets = row_sets(intent, facts, finder.synonyms)
    rows = [f for f in sets[0].facts if f.fact.value] if sets else []
    number = _number(count)
    if len(rows) != number:
        return None
    operands = [o for f in rows if (o := operand(ledger, f))]
    printed = printed_total(operands, number, intent, finder.entry(rows[0].document), finder, ledger)
    return printed or _sum(
        operands, f"{intent.entity or heading(finder.entry(rows[0].document))}各项目合计", intent, ledger, ()
    )


def _sum(
    operands: Sequence[Operand], label: str, intent: Intent, ledger: Ledger, warnings: tuple[str, ...]
) -> Draft | None:
    if len(operands) < 2 or len({"" if o.unit in MONEY else o.unit for o in operands}) > 1:
        return None
    result = calculate.total(operands, intent.unit)
    text = (
        f"{label}为**{plain(result.value)}{result.unit}**：{result.formula}（{'；'.join(line(o) for o in operands)}）。"
    )
    return Draft(text, ledger, (value_of(label, result),), warnings=(*intent.notes, *warnings))
