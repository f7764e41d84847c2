"""A department against its units: what all of them spend together is what the department's document states.

The office itself publishes once as a department, with its units, and once alone; each unit publishes its own document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.checks.compare import amount, is_money
from index.checks.model import Case, Outcome, Result
from index.checks.names import THREE, public_name
from index.checks.select import total_column
from index.checks.vertical import outcome_of
from index.model import Fact, Profile, Severity
from index.wording import canonical

_TOTALS: tuple[tuple[str, str, str], ...] = (  # kinds of table, side, label
    ("F01|B01", "支出", r"(?:支出)?总计"),
    ("F05|B05", "", r"合计"),
    ("F09|B09", "", THREE),
)
_SHORTEST = 4  # characters of a unit's name that can stand for its full one


@dataclass(frozen=True)
class Family:
    """A department's document and those of its units, by name; `whole` where none of the units is missing."""

    department: tuple[str, Case]
    units: tuple[tuple[str, Case], ...]
    whole: bool


def families(cases: Mapping[str, Case]) -> Iterator[Family]:
    """Departments of which some unit is at hand, for the same year and stage."""
    for name, case in cases.items():
        about = case.profile
        if about.level != "部门" or about.year is None:
            continue
        units = [(other, unit) for other, unit in cases.items() if _belongs(unit.profile, about)]
        if units:
            listed = (about.organisation, *about.subordinates)
            found = [any(_named_so(unit.profile.organisation, one) for _, unit in units) for one in listed]
            yield Family((name, case), tuple(units), all(found) and len(units) == len(listed))


def _belongs(unit: Profile, department: Profile) -> bool:
    if unit.level != "单位" or (unit.year, unit.stage) != (department.year, department.stage):
        return False
    return related(unit, department)


def related(one: Profile, other: Profile) -> bool:
    """Whether two documents are of one office, or of an office and one of its units."""
    if not one.organisation or not other.organisation:
        return False
    ours, theirs = (one.organisation, *one.subordinates), (other.organisation, *other.subordinates)
    return any(_named_so(one.organisation, name) for name in theirs) or any(
        _named_so(other.organisation, name) for name in ours
    )


def _named_so(organisation: str, listed: str) -> bool:
    """Whether a list of units names the office: in full, or without the region or the department before its name."""
    full, short = sorted((_plain(organisation), _plain(listed)), key=len, reverse=True)
    return full == short or (len(short) >= _SHORTEST and full.endswith(short))


def _plain(name: str) -> str:
    return re.sub(r"(?:机关)?\(?(?:本级|本部|机关)\)?$", "", canonical(name))


def family_adds_up(family: Family) -> Iterator[tuple[Outcome, tuple[str, ...]]]:
    """Y-3, with the name of the document that each figure stands in. What passes between the units may cancel out.

    Where a unit is missing, none of the others spends more than all.
    """
    name, case = family.department
    for kinds, side, label in _TOTALS:
        whole = _total(case, kinds, side, label)
        parts = [(owner, _total(unit, kinds, side, label)) for owner, unit in family.units]
        known = [(owner, fact) for owner, fact in parts if fact is not None]
        if whole is None or not known:
            continue
        owners, facts = [owner for owner, _ in known], [fact for _, fact in known]
        if family.whole and len(known) == len(parts):
            yield outcome_of("Y-3", case, whole, facts, "本级与所属单位之和"), (name, *owners)
        else:
            yield from _bounded(case, name, whole, owners, facts)


def _bounded(
    case: Case, name: str, whole: Fact, owners: Sequence[str], facts: Sequence[Fact]
) -> Iterator[tuple[Outcome, tuple[str, ...]]]:
    for owner, fact in zip(owners, facts, strict=True):
        more, all_of_it = amount(fact), amount(whole)
        if more is not None and all_of_it is not None:
            over = more > all_of_it
            message = f"部门{case.name(whole)}小于所属单位{case.name(fact)}。" if over else ""
            result = Result.FAILS if over else Result.HOLDS
            yield Outcome("Y-3", result, (whole, fact), message, Severity.WARNING), (name, owner)


def _total(case: Case, kinds: str, side: str, label: str) -> Fact | None:
    """The one figure of the whole in the year of the document."""
    for kind in kinds.split("|"):
        rows = [f for f in case.of_kind.get(kind, ()) if is_money(f) and (not side or f.path[:1] == (side,))]
        first = total_column(rows, case.profile)
        found = [
            f
            for f in rows
            if re.fullmatch(label, public_name(f.label)) and (f.col == first or f.measure == case.profile.stage)
        ]
        if found and found[0].value is not None:
            return found[0]
    return None
