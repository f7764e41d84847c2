"""Units inside a department that a question names: one narrows it, several are the sides of what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.model import CatalogueEntry
from qa.link import Topic
from qa.model import Intent, NamedUnit, Operation
from qa.organisations import Offices, same_unit, span_mask

_OWN_LEVEL = re.compile(
    r"[局委办厅院]?(?:机关)?(?:本级|本部)|[局委办厅院]机关(?!运行|事业|服务|经费|养老|人员|单位|党|工作)"
)
_OWN_ENDINGS = ("(本级)", "（本级）", "本级", "机关", "(机关)", "（机关）", "本部", "(本部)", "（本部）")
_CALCULATED = (Operation.SUM, Operation.DIFFERENCE, Operation.SHARE)


def units_named(
    text: str, offices: Offices, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> tuple[NamedUnit, ...]:
    """Every unit once, in the order in which the question names them, the office's own level among them."""
    units = _below(offices)
    own = _own_level(text, offices, catalogue, known)
    return tuple(sorted((*units, own), key=_start)) if own else units


def _own_level(
    text: str, offices: Offices, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> NamedUnit | None:
    """The office without its units, 本级 or 局机关, by the name that its rows bear in the tables."""
    said = next((m for m in _OWN_LEVEL.finditer(text) if not offices.mask >> m.end() - 1 & 1), None)
    named = {name for m in offices.mentions for name in m.names}
    entries = [e for e in catalogue if e.name in named]
    offices_named = {e.profile.organisation for e in entries}
    if said is None or len(offices_named) != 1:
        return None
    office = offices_named.pop()
    row = next((f"{office}{end}" for end in _OWN_ENDINGS if f"{office}{end}" in known), "")
    return NamedUnit(row, span_mask([said.span()]) & ~offices.mask, tuple(e.name for e in entries)) if row else None


def _start(unit: NamedUnit) -> int:
    return unit.mask & -unit.mask


def _below(offices: Offices) -> tuple[NamedUnit, ...]:
    found: list[NamedUnit] = []
    for m in offices.mentions:
        if not m.units:
            continue
        mask = span_mask([(m.start, m.end)])
        said = next((i for i, unit in enumerate(found) if same_unit(unit.name, m.entity)), None)
        if said is None:
            found.append(NamedUnit(m.entity, mask, m.names, m.rivals))
        else:
            found[said] = replace(found[said], mask=found[said].mask | mask)
    return tuple(found)


def narrowed(units: Sequence[NamedUnit]) -> str:
    """The one unit that a question is narrowed to; "" where it names none or several."""
    return units[0].name if len(units) == 1 else ""


def units_apart(sides: Sequence[Intent]) -> bool:
    """Whether the sides of a calculation are figures of units, each of another."""
    return len({side.entity for side in sides}) > 1


def with_units(whole: Intent, offices: Offices) -> Intent:
    """The intent with a side for each unit, where several are named, or one beside an office that it does not belong to."""
    inner = {name for unit in whole.units for name in unit.documents}
    foreign = tuple(
        NamedUnit("", span_mask([(m.start, m.end)]), m.names)
        for m in offices.mentions
        if not m.units and not inner & set(m.names)
    )
    sides = tuple(sorted((*whole.units, *foreign), key=_start))
    if not whole.units or len(sides) < 2:
        return whole
    return replace(whole, operands=tuple(_sides(whole, sides)))


def _sides(whole: Intent, units: Sequence[NamedUnit]) -> Iterator[Intent]:
    """A side a unit, each with what is said before all of them and what is said behind its own name.

    Behind a name nothing need be said: 人民医院和中医院单位资金 means 单位资金 of both, as does 人民医院单位资金比中医院多多少.
    """
    length = len(whole.text)
    starts = [(unit.mask & -unit.mask).bit_length() - 1 for unit in units]
    shared = span_mask([(0, starts[0])])
    regions = [span_mask([span]) for span in pairwise((*starts, length))]
    names = whole.entity_mask
    own = [region & ~names for region in regions]
    for i, unit in enumerate(units):
        order = (*range(i, len(own)), *range(i - 1, -1, -1))
        said = next((own[j] for j in order if whole.topic.content & own[j]), own[i])
        kept = shared & ~names | said | unit.mask
        text = "".join(c if kept >> at & 1 else "□" for at, c in enumerate(whole.topic.text))
        yield replace(
            whole,
            operation=Operation.LOOKUP,
            documents=tuple(e for e in whole.documents if e.name in unit.documents),
            topic=Topic(text, whole.topic.content & kept & ~unit.mask, whole.topic.ignored),
            operands=(),
            units=(unit,) if unit.name else (),
            entity=unit.name,
            entity_mask=unit.mask if unit.name else 0,
            measure="" if whole.operation in _CALCULATED and whole.measure in ("占比", "增减额") else whole.measure,
            largest=None,
            top=0,
            yesno=False,
        )
