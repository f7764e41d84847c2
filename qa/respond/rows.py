"""Sets of rows that a list can be made of: a column of a table, one figure for each project, the figures of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY
from index.model import Fact, Found, State
from index.offices import without_level
from index.wording import canonical
from qa.link import Topic, best_cover, cover, is_total, runs
from qa.model import Intent
from qa.organisations import same_unit
from qa.respond.chosen_rows import (
    at_level,
    is_total_row,
    narrower_income,
    numbered,
    of_entity,
    of_projects,
    on_side,
    own_names,
    three_items,
    under_parent,
    without_units,
)
from qa.respond.row_kinds import is_project
from qa.retrieve.columns import PARTS_OF_SPENDING, is_quiet
from qa.retrieve.fit import ACCEPTS

_FUNCTIONAL = re.compile(r"功能(?:分类|大类|科目)|大类|[几哪][几一]?类|按类|按功能|类级|最[大高多低少小]的一?类")
_ECONOMIC = re.compile(r"经济(?:分类|科目|用途)")
BY_UNIT = re.compile(r"(?:各|每个|所属|下属|二级)(?:预算|所属|下属|二级|基层)*单位|分单位|按单位")


@dataclass(frozen=True)
class RowSet:
    """Facts that can be listed side by side; `title` says what they are, `mask` which words of the question chose them."""

    title: str
    facts: tuple[Found, ...]
    mask: int
    score: float
    by_entity: bool = False
    zeros: bool = False  # whether a row of 0.00 belongs to the list: in a closed set it does

    def label(self, fact: Fact) -> str:
        return fact.entity if self.by_entity and fact.entity else fact.label


def row_sets(intent: Intent, facts: Sequence[Found], synonyms: object) -> list[RowSet]:
    """Every set of at least two rows, best first."""
    topic = intent.topic
    usable = [f for f in facts if _usable(f.fact, intent)]
    if intent.condition and intent.condition.measure:
        usable = [f for f in usable if f.fact.measure == intent.condition.measure and f.fact.source == "text"]
    sets: list[RowSet] = []
    columns = _grouped(usable, _column_key)
    whole = {key[1] for key in columns if _is_whole(key[2])}
    for key, group in columns.items():
        part = 4.0 if key[1] in whole and _is_unsaid_part(topic, key[2]) else 0.0
        sets += [replace(s, score=s.score - part) for s in _column_set(intent, topic, key, group)]
    for key, group in _grouped(usable, _matrix_key).items():
        sets += _matrix_set(intent, topic, key, group)
    for key, group in _grouped(usable, _entity_key).items():
        sets += _entity_set(intent, topic, key, group)
    of_rate = intent.condition is not None and bool(intent.condition.measure)
    for key, group in _grouped(usable, _sentence_key).items() if not of_rate else ():
        sets += _sentence_set(topic, key, group)
    for key, group in _grouped(usable, _item_key).items():
        sets += _item_set(intent, topic, key, group)
    sets.sort(key=lambda s: (-round(s.score, 4), s.facts[0].document, s.facts[0].fact.key))
    return sets


def _is_whole(column: object) -> bool:
    return isinstance(column, tuple) and len(column) == 1 and is_total(column[0])


def _is_unsaid_part(topic: Topic, column: object) -> bool:
    """Whether a column is a part of what its table prints as a whole, and the question does not name it."""
    if not isinstance(column, tuple) or _is_whole(column):
        return False
    named = [part for part in column if not is_total(part)]
    return bool(named) and canonical(named[-1]) not in topic.text and not cover(named[-1], topic).exact


def _usable(fact: Fact, intent: Intent) -> bool:
    if fact.state not in (State.VALUE, State.ZERO) or fact.value is None:
        return False
    if intent.count_unit not in ("", "个") and fact.unit in MONEY:
        return False
    ordered = intent.largest is not None and intent.measure in ("", "预算", "决算", "年初预算", "全年预算")
    if ordered and not intent.count_unit and fact.unit not in MONEY:
        return False  # the largest project is the one with the most money
    if intent.entity and not (same_unit(fact.entity, intent.entity) or same_unit(fact.label, intent.entity)):
        return False
    if intent.periods.years and fact.year is not None and fact.year not in intent.periods.years:
        return False
    if intent.measure and intent.measure not in ("决算", "预算"):
        return fact.measure in ACCEPTS.get(intent.measure, ()) or (
            intent.condition is None and fact.measure in ("决算", "预算")
        )
    return True


def _grouped(facts: Iterable[Found], key: object) -> dict[tuple[object, ...], list[Found]]:
    groups: dict[tuple[object, ...], list[Found]] = {}
    for found in facts:
        k = key(found)  # type: ignore[operator]
        if k:
            groups.setdefault(k, []).append(found)
    return groups


def _column_key(f: Found) -> tuple[object, ...]:
    return (f.document, f.fact.table, f.fact.column) if f.fact.source == "table" else ()


def _matrix_key(f: Found) -> tuple[object, ...]:
    """A table of one row names its figures in the header: 三公经费."""
    return (
        (f.document, f.fact.table, f.fact.row, f.fact.measure)
        if f.fact.scope == "三公经费" and f.fact.source == "table"
        else ()
    )


def _entity_key(f: Found) -> tuple[object, ...]:
    return (
        (f.document, f.fact.kind, f.fact.source, canonical(f.fact.label), f.fact.column[-1:], f.fact.measure)
        if f.fact.entity
        else ()
    )


def _sentence_key(f: Found) -> tuple[object, ...]:
    return (f.document, f.fact.quote, f.fact.measure, f.fact.unit) if f.fact.source == "text" else ()


def _item_key(f: Found) -> tuple[object, ...]:
    return (f.document, f.fact.measure) if f.fact.source == "text" and len(f.fact.path) >= 1 else ()


# -- the column of a table ---------------------------------------------------------------------------------------------


def _column_set(intent: Intent, topic: Topic, key: tuple[object, ...], group: list[Found]) -> list[RowSet]:
    first = group[0].fact
    if intent.table_code and not numbered(first, intent.table_code):
        return []
    rows, parent_mask = under_parent(topic, group)
    rows = of_entity(intent, rows)
    rows = at_level(intent, rows)
    rows = on_side(intent, rows)
    own = own_names(intent)
    rows = [
        f
        for f in rows
        if not is_total(f.fact.label) and not is_total_row(f.fact) and canonical(f.fact.label) not in own
    ]
    rows = without_units(rows) if not BY_UNIT.search(intent.text) else rows
    three = any(f.fact.scope == "三公经费" for f in group) and "三公" in intent.text and not intent.count_unit
    rows = three_items(intent, group) if three else rows
    if not rows or (three and len(rows) < 2):  # one of the three in its own column
        return []
    title = cover(first.title, topic)
    mask, column_score = parent_mask, 0.0
    for part in first.column:
        found = best_cover((part,), topic)
        if found.exact or found.covered >= 2:
            mask |= found.mask
    leaf = canonical(first.column[-1]) if first.column else ""
    quiet = not leaf or is_quiet(leaf)
    said = cover(leaf, topic)
    if not quiet and not (said.exact if leaf in PARTS_OF_SPENDING else said.found):
        column_score -= 1.5
    weak = (title.mask & ~mask & topic.content).bit_count()
    score = (mask & topic.content).bit_count() + 0.7 * weak + column_score + (0.5 if parent_mask else 0.0)
    score += 0.6 if any(f.fact.code for f in rows) and "科目" in intent.text else 0.0
    if of_projects(intent):
        inside_one = (
            not intent.entity
            and "本级" not in intent.text
            and bool(rows[0].fact.entity)
            and len({f.fact.entity for f in rows}) == 1
        )
        of_account = bool(rows[0].fact.code) and not is_project(rows[0].fact)
        score += 2.0 if first.scope == "项目" and not of_account and not inside_one else -1.0
    if _FUNCTIONAL.search(intent.text):
        score += 2.5 if all(f.fact.code[:1] == "2" or f.fact.path[:1] == ("支出",) for f in rows) else -3.0
    if _ECONOMIC.search(intent.text):
        score += 2.5 if all(f.fact.code[:1] in "35" and f.fact.code for f in rows) else -3.0
    if BY_UNIT.search(intent.text):
        if len({canonical(f.fact.label) for f in rows}) < len(rows):
            return []  # every unit once under each account
        units = {canonical(u) for d in intent.documents for u in (*d.profile.subordinates, d.profile.organisation)}
        score += 3.0 if sum(_names_unit(f.fact.label, units) for f in rows) * 2 > len(rows) else -4.0
    if "财政拨款" in intent.text and first.scope in ("财政拨款", "一般公共预算"):
        score += 0.8
    score += {"F05": 0.25, "F03": 0.3, "B03": 0.2, "B12": 0.4, "F06": 0.2, "B06": 0.2, "F01": 0.15}.get(first.kind, 0.0)
    score += 2.0 if intent.table_code else 0.0
    score += _fit_measure(intent, first)
    score -= 2.0 if narrower_income(intent, first) else 0.0
    score += 1.5 if _said_in_one(topic, canonical(first.title)) else 0.0
    if not parent_mask and not intent.entity and "本级" not in intent.text and _falls_short(rows, group):
        score -= 4.0
    return [RowSet(first.title, tuple(rows), mask | title.mask, score, zeros=three)]


def _said_in_one(topic: Topic, text: str) -> bool:
    """Whether all that the question says in one piece stands so in a text: 政府购买服务, not 政府采购服务."""
    said = [run for run in runs(topic.content, topic.text) if len(run) > 3]
    return bool(said) and all(run in text for run in said)


def _names_unit(label: str, units: set[str]) -> bool:
    plain = without_level(canonical(label))
    return plain in units or any(unit.endswith(plain) for unit in units if len(plain) >= 4)


def _fit_measure(intent: Intent, fact: Fact) -> float:
    """A budget is not listed where the outturn is asked for; where nothing is said the document's own stage counts."""
    if intent.measure:
        return 0.0 if fact.measure in ACCEPTS.get(intent.measure, (intent.measure,)) or not fact.measure else -2.5
    stages = {d.profile.stage for d in intent.documents}
    return -1.0 if stages == {"决算"} and fact.measure in ("预算", "年初预算", "全年预算") else 0.0


def _falls_short(rows: Sequence[Found], column: Sequence[Found]) -> bool:
    """Whether the rows together are less than the total printed over or under them: some were not printed."""
    totals = [f.fact.value for f in column if is_total(f.fact.label) and f.fact.value]
    listed = sum((f.fact.value or Decimal(0) for f in rows), Decimal(0))
    return bool(totals) and listed < min(totals) * Decimal("0.99")


def _matrix_set(intent: Intent, topic: Topic, key: tuple[object, ...], group: list[Found]) -> list[RowSet]:
    rows = [f for f in group if not is_total(f.fact.label) and not f.fact.label.endswith("合计") and not f.fact.path]
    if "三公" in topic.text and not intent.count_unit:
        rows = three_items(intent, group)
    if len(rows) < 2 or (not any(cover(f.fact.label, topic).found for f in rows) and "三公" not in topic.text):
        return []
    title = cover(group[0].fact.title, topic)
    score = (title.mask & topic.content).bit_count() + 0.5 + _fit_measure(intent, group[0].fact)
    return [RowSet(group[0].fact.title, tuple(rows), title.mask, score, zeros=True)]


# -- one figure a project, the figures of a sentence, the items of the prose -------------------------------------------


def _entity_set(intent: Intent, topic: Topic, key: tuple[object, ...], group: list[Found]) -> list[RowSet]:
    first: dict[str, Found] = {}
    for found in group:
        first.setdefault(found.fact.entity, found)
    if len(first) < 2:
        return []
    fact = group[0].fact
    label = cover(fact.label, topic)
    column = cover(fact.column[-1], topic) if fact.column else label
    title = cover(fact.title, topic)
    mask = label.mask | column.mask
    names = 0
    for entity in first:
        names |= cover(entity, topic).mask
    score = (mask & topic.content).bit_count() + 0.7 * ((title.mask | names) & ~mask & topic.content).bit_count()
    score += 1.2 if any(w in intent.text for w in ("项目", "专项")) else -1.0
    score += 1.0 if "总" in fact.label and fact.unit else 0.0
    score -= 0.4 * label.unsaid if label.found else (0.5 if "总" in fact.label else 2.0)
    if fact.measure not in ("预算", "决算", "年初预算", "") and fact.measure != intent.measure:
        score -= 2.0
    return [RowSet(fact.title or fact.label, tuple(first.values()), mask | title.mask | names, score, by_entity=True)]


def _sentence_set(topic: Topic, key: tuple[object, ...], group: list[Found]) -> list[RowSet]:
    if len(group) < 2 or len({f.fact.label for f in group}) < 2:
        return []
    said = cover(group[0].fact.quote, topic)
    score = 0.75 * (said.mask & topic.content).bit_count() - 0.3
    score -= 0.0 if _said_in_one(topic, canonical(group[0].fact.quote)) else 0.7
    return [RowSet("文字说明", tuple(group), said.mask, score, zeros=True)]


def _item_set(intent: Intent, topic: Topic, key: tuple[object, ...], group: list[Found]) -> list[RowSet]:
    if len(group) < 2:
        return []
    fact = group[0].fact
    wanted = (intent.condition.measure if intent.condition else "") or intent.measure
    if wanted in ("", "预算", "决算") or fact.measure not in ACCEPTS.get(wanted, (wanted,)):
        return []
    rows = [f for f in group if f.fact.code or len(f.fact.path) >= 2] or group
    return [RowSet("逐项说明", tuple(rows), intent.measure_mask, 3.0 + intent.measure_mask.bit_count())]
