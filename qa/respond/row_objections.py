"""Whether the figures of a draft are of other units or other rows than the question asks about, or of a part of them."""

from __future__ import annotations

import re

from index.amounts import MONEY
from index.offices import without_level
from index.wording import canonical
from qa.draft import Draft, cited_in, facts_of
from qa.model import Intent
from qa.organisations import same_unit
from qa.readings import of_whole_unit
from qa.respond.listing import asked
from qa.respond.row_kinds import RowKind, rows_asked
from qa.respond.rows import BY_UNIT
from qa.respond.unit_rows import is_part_unsaid

_ITEMS = frozenset({RowKind.PROJECTS, RowKind.PURCHASES, RowKind.SERVICES})
_COUNTED = re.compile(r"[二两三四五六七八九十\d]+[个家所](?!单位|部门|机构)")  # 两个乡镇卫生院 are no account


def unit_left_out(intent: Intent, draft: Draft) -> bool:
    """What is asked of two units is not answered with the figures of one, of neither, or of others too."""
    if len(intent.units) < 2:
        return False
    facts = cited_in(draft)
    owners = {name for fact in facts for name in (fact.entity, fact.label) if name}
    others = [f for f in facts if f.entity and not any(same_unit(f.entity, unit.name) for unit in intent.units)]
    return bool(others) or not all(any(same_unit(name, unit.name) for name in owners) for unit in intent.units)


def side_left_out(intent: Intent, draft: Draft) -> bool:
    """What is asked of a unit and of what 和 joins to its name, its own office, is not answered with its figure alone."""
    if len(intent.units) != 1 or len(draft.values) != 1 or draft.values[0].verification == "computed":
        return False
    mask = intent.units[0].mask
    before, behind = intent.text[: (mask & -mask).bit_length() - 1], intent.text[mask.bit_length() :]
    return bool(re.search("[和与跟及、]$", before) or re.match("[和与跟及、]", behind))


def part_for_unit(intent: Intent, draft: Draft) -> bool:
    """All that a unit has is not answered with its row in a table of projects, of 基本支出, of 三公经费 or of purchases."""
    facts = [f for value in draft.values for f in facts_of(value, draft)] or cited_in(draft)
    return any(intent.units and of_whole_unit(fact) and is_part_unsaid(fact, intent.text) for fact in facts)


def other_part_for_unit(intent: Intent, draft: Draft) -> bool:
    """The projects of a unit are not answered with all that it has."""
    said = "项目" in "".join(c for at, c in enumerate(intent.text) if not intent.entity_mask >> at & 1)
    facts = [f for value in draft.values for f in facts_of(value, draft)] or cited_in(draft)
    rows = [fact for fact in facts if intent.units and said and of_whole_unit(fact)]
    return any(not re.search("项目|专项", "".join((fact.title, *fact.column))) for fact in rows)


def other_unit(intent: Intent, draft: Draft) -> bool:
    """What the office itself spends, 本级, is not answered with a unit under it."""
    if "本级" not in intent.text or len(intent.documents) != 1 or len(intent.units) > 1:
        return False
    profile = intent.documents[0].profile
    facts = [fact for value in draft.values for fact in facts_of(value, draft)]
    of_all = [fact.unit in MONEY and not fact.entity and "本级" not in fact.quote + fact.label for fact in facts]
    owners = [without_level(canonical(fact.entity)) for fact in facts]
    others = [bool(owner) and not same_unit(owner, profile.organisation) for owner in owners]
    return bool(facts) and (all(others) or (all(of_all) and bool(profile.subordinates)))


def whole_for_units(intent: Intent, draft: Draft) -> bool:
    """What each unit spends is not answered with what all of them spend."""
    rows = rows_asked(intent)
    listed = rows is not None and rows.kind is RowKind.UNITS and (asked(intent) or _COUNTED.search(intent.text))
    if not (BY_UNIT.search(intent.text) or listed) or len(intent.documents) != 1 or draft.verdict is not None:
        return False
    facts = [fact for value in draft.values for fact in facts_of(value, draft) if fact.unit in MONEY]
    units = intent.documents[0].profile.subordinates
    return bool(facts and units) and not any(f.entity or any(same_unit(f.label, unit) for unit in units) for f in facts)


def other_rows(intent: Intent, draft: Draft) -> bool:
    """A list of projects or of purchases is not answered with a cell of another kind of row: what all of them come to."""
    rows = rows_asked(intent)
    if rows is None or rows.kind not in _ITEMS or len(draft.values) > 1 or not asked(intent):
        return False
    facts = [fact for value in draft.values for fact in facts_of(value, draft)]
    cells = all(fact.source == "table" and fact.unit in MONEY for fact in facts)
    entry = intent.documents[0]
    return bool(facts) and cells and not any(rows.holds(fact, entry) or fact.entity for fact in facts)


def total_for_indicator(intent: Intent, draft: Draft) -> bool:
    """The indicator with the fewest points is not the total of all of them."""
    rows = rows_asked(intent)
    if rows is None or rows.kind is not RowKind.INDICATORS or intent.largest is None or len(draft.values) > 1:
        return False
    facts = [fact for value in draft.values for fact in facts_of(value, draft)]
    return bool(facts) and all(fact.measure == "得分" and not fact.path for fact in facts)


def amount_for_bound(intent: Intent, draft: Draft) -> bool:
    """Which items exceeded their budget is not told by one amount."""
    bound = intent.condition
    rated = bound is not None and bound.measure and bound.unit == "%"
    return bool(rated) and draft.verdict is None and len(draft.values) == 1 and draft.values[0].unit in MONEY


OF_ROWS = (
    unit_left_out,
    side_left_out,
    part_for_unit,
    other_part_for_unit,
    other_unit,
    whole_for_units,
    other_rows,
    total_for_indicator,
    amount_for_bound,
)
