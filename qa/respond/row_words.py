"""Which rows of a table the words of a question single out: by parent, by unit, by a word printed beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.model import CatalogueEntry, Cell, Fact, Found
from index.offices import without_level
from index.tables.columns import filled
from index.wording import canonical
from qa.finder import Finder
from qa.link import cover
from qa.model import Intent
from qa.organisations import same_unit

_OWN_LEVEL = re.compile(r"本级|本部|机关(?!运行|事业|服务|经费|养老)")
_NUMBERED = re.compile(r"^(?:\d{3,7}-?|[A-Z]-?|\d{1,2}-|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))")
_PARENT = "parent"
_LONGEST = 24  # characters of a word beside a name; what is longer explains
_FIGURE = re.compile(r"^[-\d,.%—]*$")


# Whose money, or what became of it: said of rows, it must be printed over them or among them.
_SORTS = re.compile(
    r"(?:单位|其他|自有|财政专户(?:管理)?|专户|上级)资金|非税|非财政拨款|事业收入|经营收入|上级补助|国有资本|政府性基金|"
    r"结余|结转|预留|中小企业|科室|处室|股室"
)


def bears_sorts(text: str, rows: Sequence[Found]) -> bool:
    """Whether every sort of money that a text names stands over the rows or in them: 单位资金, 结余."""
    first = rows[0].fact
    printed = "".join((first.title, *first.column, *(word for f in rows for word in (f.fact.label, *f.fact.path))))
    return all(sort in canonical(printed) for sort in _SORTS.findall(text))


@dataclass(frozen=True, slots=True)
class Restriction:
    """The rows that are left, the characters of the question that chose them, the row they all stand under or ""."""

    rows: tuple[Found, ...]
    mask: int
    part: str = ""
    of_unit: bool = False  # only the rows of one unit
    of_half: bool = False  # only those of 人员经费 or of 公用经费


def restricted(intent: Intent, rows: Sequence[Found], entry: CatalogueEntry, finder: Finder, skip: int) -> Restriction:
    """The rows that bear what the question says of them; all of them where it says nothing that they bear."""
    own = _of_units(intent, rows, entry)
    words = _words_of(own, entry, finder)
    marks = {(slot, word): cover(word, intent.topic) for slots in words.values() for slot, word in slots}
    said = {
        key: found.mask & ~skip
        for key, found in marks.items()
        if found.exact and found.covered > 1 and found.mask & intent.topic.content & ~skip
    }
    longest = {
        key: mask
        for key, mask in said.items()
        if not any(mask != other and not mask & ~other for other in said.values())
    }
    kept, mask, part = list(own), 0, ""
    for slot in sorted({slot for slot, _ in longest}):
        here = [word for s, word in longest if s == slot]
        bearing = _bearing(kept, slot, here, words)
        if not bearing:
            return Restriction((), 0)
        for word in here:
            mask |= longest[slot, word]
        if slot == _PARENT and len(here) == 1:
            part = next(p for f in bearing for p in f.fact.path if _plain(p) == here[0])
        kept = bearing
    return Restriction(tuple(kept), mask, part, len(own) < len(rows))


def _bearing(
    rows: Sequence[Found], slot: str, said: Sequence[str], words: Mapping[str, frozenset[tuple[str, str]]]
) -> list[Found]:
    """The rows with all of the words in this place, 普通教育 under 教育支出; where none has, those with any of them."""
    every = [f for f in rows if all((slot, word) in words[f.fact.key] for word in said)]
    return every or [f for f in rows if any((slot, word) in words[f.fact.key] for word in said)]


def _of_units(intent: Intent, rows: Sequence[Found], entry: CatalogueEntry) -> list[Found]:
    """The rows of the unit that is asked for, or of the office itself; all where no unit is named."""
    if intent.entity:
        return [f for f in rows if same_unit(f.fact.entity, intent.entity)]
    if _OWN_LEVEL.search(intent.text) and any(f.fact.entity for f in rows):
        own = canonical(entry.profile.organisation)
        return [f for f in rows if without_level(canonical(f.fact.entity)) == own]
    return list(rows)


def _words_of(rows: Sequence[Found], entry: CatalogueEntry, finder: Finder) -> dict[str, frozenset[tuple[str, str]]]:
    """For each row the words that qualify it, each with where it stands: a parent of some depth, a column of text."""
    numbers = {f.fact.table for f in rows}
    cells = {t.number: filled(t) for t in finder.tables(entry.name) if t.number in numbers}
    printed = finder.facts(documents=(entry.name,), tables=tuple(n for n in numbers if n is not None))
    names = frozenset(_plain(f.fact.label) for f in printed)  # of rows, also of those on the other side of the table
    return {f.fact.key: frozenset(_qualifiers(f.fact, cells.get(f.fact.table or 0, ()), names)) for f in rows}


def _qualifiers(fact: Fact, cells: Sequence[Sequence[Cell]], names: frozenset[str]) -> Iterator[tuple[str, str]]:
    for part in fact.path:
        if part not in ("收入", "支出"):
            yield _PARENT, _plain(part)
    if 0 <= fact.row < len(cells):
        for c, cell in enumerate(cells[fact.row]):
            text = _plain(cell.text)
            if text and text not in names and len(text) <= _LONGEST and not _FIGURE.match(text):
                yield f"cell{c}", text


def _plain(text: str) -> str:
    return _NUMBERED.sub("", canonical(text)).removesuffix("类")
