"""Which indexed documents a question can mean: office, year, stage (预算 or 决算), level (部门 or 单位)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.model import CatalogueEntry
from qa.organisations import Offices
from qa.periods import Periods

_PUBLISHED = re.compile(r"(?:公开|发布|公布|晒出)的?.{0,6}决算")
_OWN_LEVEL = re.compile(r"本级|机关本身|单位预算|单位决算|局本级|委本级|机关本级")


@dataclass(frozen=True, slots=True)
class Choice:
    """The documents meant, the years that none of them covers, and what was chosen on the user's behalf."""

    documents: tuple[CatalogueEntry, ...]
    of_office: tuple[CatalogueEntry, ...] = ()  # all years and stages of the offices named
    absent_years: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    periods: Periods = Periods()  # noqa: RUF009  (frozen)


def choose_documents(
    text: str, offices: Offices, periods: Periods, stage: str, catalogue: Sequence[CatalogueEntry]
) -> Choice:
    """Narrow the catalogue by what the question fixes; what it leaves open stays open."""
    entries = tuple(catalogue)
    if offices.mentions:
        named = {name for mention in offices.mentions for name in mention.names}
        entries = tuple(e for e in entries if e.name in named)
    of_office = entries if offices.mentions else ()
    said = periods
    periods = _resolve_relative(periods, entries)
    relative = "今年" if said.this else "去年"
    resolved = (f"“{relative}”按已收录的最新文件理解为{periods.years[0]}年。",) if periods is not said else ()
    if not periods.years and any(e.profile.year == periods.against + 1 for e in entries):
        periods = replace(periods, years=(periods.against + 1,))  # 比2023年少 is told of 2024
    if periods.years and _PUBLISHED.search(text):
        periods = replace(periods, years=tuple(y - 1 for y in periods.years))
    entries, absent = _by_year(entries, periods)
    missing = "、".join(f"{year}年" for year in absent if len(periods.years) > len(absent))
    entries = _by_stage(entries, stage, any_year=not periods.years)
    entries, notes = _one_of_twins(text, entries)
    if missing:
        notes = (*notes, f"没有收录{missing}的文件，这里只有其余年度的数。")
    if periods.column:
        periods = replace(periods, years=(periods.column,))  # of the figure, from the documents chosen
    return Choice(entries, of_office, absent, (*resolved, *notes), periods)


def _resolve_relative(periods: Periods, entries: Sequence[CatalogueEntry]) -> Periods:
    """今年 is the year of the document spoken of; 去年 the one before, where such a document is indexed."""
    own = sorted({e.profile.year for e in entries if e.profile.year})
    if periods.years or not own or len(own) > 2:
        return periods
    newest = own[-1]
    if periods.this:
        return replace(periods, years=(newest,))
    if periods.last and len(own) == 2 and own[0] == newest - 1:
        return replace(periods, years=(own[0],), last=False)
    return periods


def _by_year(
    entries: tuple[CatalogueEntry, ...], periods: Periods
) -> tuple[tuple[CatalogueEntry, ...], tuple[int, ...]]:
    """Documents of the years asked for; a document may also print the year before its own (上年)."""
    if not periods.years:
        return entries, ()
    exact = tuple(e for e in entries if e.profile.year in periods.years)
    covered = {e.profile.year for e in exact}
    absent = tuple(y for y in periods.years if y not in covered)
    if exact and not absent:
        return exact, ()
    following = tuple(e for e in entries if e.profile.year is not None and e.profile.year - 1 in absent)
    return tuple(dict.fromkeys((*exact, *following))), absent


def _by_stage(entries: tuple[CatalogueEntry, ...], stage: str, any_year: bool) -> tuple[CatalogueEntry, ...]:
    """Of one office the stage asked for, where both are indexed: of each year, or of any where no year is named."""
    if not stage:
        return entries

    def published(entry: CatalogueEntry) -> tuple[str, int | None]:
        return entry.profile.organisation, None if any_year else entry.profile.year

    both = {published(e) for e in entries if e.profile.stage == stage}
    return tuple(e for e in entries if e.profile.stage == stage or published(e) not in both)


def _one_of_twins(text: str, entries: tuple[CatalogueEntry, ...]) -> tuple[tuple[CatalogueEntry, ...], tuple[str, ...]]:
    """部门 (with subordinate units) and 单位 (alone) of one office and year: one of them, and say which."""
    wanted = "单位" if _OWN_LEVEL.search(text) else "部门"
    keep, notes = [], []
    for entry in entries:
        p = entry.profile
        twins = [
            e for e in entries
            if e is not entry and (e.profile.organisation, e.profile.year, e.profile.stage) == (p.organisation, p.year, p.stage) and e.profile.level != p.level
        ]  # fmt: skip
        if twins and p.level != wanted and any(t.profile.level == wanted for t in twins):
            other = next(t for t in twins if t.profile.level == wanted)
            notes.append(
                f"同一年度另有{p.level or '另一'}口径的文件《{entry.name}》，这里用的是{wanted}口径《{other.name}》。"
            )
            continue
        keep.append(entry)
    return tuple(keep), tuple(dict.fromkeys(notes))
