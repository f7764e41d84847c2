"""A cell named by its table, its row and its column: 支出决算表里，行政运行的本年支出合计. Nothing is left to weigh.

Only where every word of the question is in the title, the row or the column of one cell; all else is for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.model import CatalogueEntry, Fact, Found, State
from index.wording import canonical
from qa.draft import Draft, same_figure
from qa.finder import Finder, Ranking
from qa.link import NOTHING
from qa.model import Intent
from qa.organisations import span_mask
from qa.pick import Pick
from qa.respond.lookup import one_figure
from qa.retrieve.facts import CARRIED, Scored
from qa.retrieve.links import Links
from qa.tables_named import titled

_QUOTES = re.compile(r"[“”\"《》]")
_TOTALS = re.compile(r"合计|总计|小计|总额")
_YEAR = re.compile(r"(20\d\d)年度?")
_ENDING = re.compile(r"(?<=.{2})[数额]$")
_WHOLE = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计|总额)|(?:预算|决算)?(?:金额|数)?")
# Anything else that is said must be a word of the cell's place.
_FILLING = re.compile(
    r"请问|请|查一?下|帮我|看看|(?:一共|总共)?(?:是|有|为|达)?多少|几(?:多)?|[是为有的里中内上，,、：:]|这(?:一)?[行列栏项]|[行列栏]|"
    r"万元?|亿元?|元|钱|数[字值]?|金额|□"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell that explains all that was said, and how much of its place was left unsaid."""

    found: Found
    leaf: bool  # the last header over it was said
    unsaid: int  # headers, parents and units of its row that were not


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """The figure of the one cell that the question names, or None."""
    if "表" not in intent.text or intent.yesno or intent.condition or intent.top or intent.offices_named > 1:
        return None
    named = [(entry, cell) for entry in intent.documents for cell in _named(intent, entry, finder)]
    if len(named) != 1:
        return None
    entry, cell = named[0]
    alone = Ranking(intent.topic, Links({}, {}, {}, {}, {}, ()), ())
    best = Scored(cell.found, 0.0, intent.topic.content, NOTHING)
    return one_figure(Pick(entry, best, (), (), alone), intent, finder)


def from_other_table(intent: Intent, draft: Draft, finder: Finder) -> bool:
    """Whether a draft takes its cells from tables of which none is the one that the question names by its title."""
    if "表" not in intent.text:
        return False
    facts = [found for found in draft.ledger.evidence if isinstance(found, Found) and found.fact.source == "table"]
    for entry in intent.documents:
        named = tuple(table.number for table, _, _ in titled(_spoken(intent), finder.tables(entry.name)))
        cited = [found.fact for found in facts if found.document == entry.name]
        if named and cited and not any(_printed_in(fact, named, entry, finder) for fact in cited):
            return True
    return False


def _printed_in(fact: Fact, tables: tuple[int, ...], entry: CatalogueEntry, finder: Finder) -> bool:
    """Whether one of the tables prints the figure too."""
    there = finder.facts(documents=(entry.name,), tables=tables, labels=(fact.label,))
    return fact.table in tables or any(same_figure(found.fact, fact) for found in there)


def _named(intent: Intent, entry: CatalogueEntry, finder: Finder) -> Iterator[_Cell]:
    """The cell of a document that is named; where several fit alike and differ, none of them is."""
    cells: list[_Cell] = []
    spoken, years = _spoken(intent), intent.periods.years
    for table, start, end in titled(spoken, finder.tables(entry.name)):
        rest = f"{spoken[:start]}，{spoken[end:]}"
        facts = finder.facts(documents=(entry.name,), tables=(table.number,))
        dated = [f for f in facts if f.fact.year in years or "上年" in "".join(f.fact.column)]
        cells += [cell for found in dated or facts if (cell := _explained(rest, found, intent))]
    if not cells:
        return
    best = min((not cell.leaf, cell.unsaid) for cell in cells)
    nearest = [cell for cell in cells if (not cell.leaf, cell.unsaid) == best and (cell.leaf or _of_all(cell))]
    alike = all(same_figure(cell.found.fact, nearest[0].found.fact) for cell in nearest)
    if nearest and alike and nearest[0].found.fact.state is not State.TEXT:
        yield nearest[0]


def _of_all(cell: _Cell) -> bool:
    """Whether the column is the one that is meant where none is said."""
    return bool(_WHOLE.fullmatch(canonical("".join(cell.found.fact.column[-1:]))))


def _spoken(intent: Intent) -> str:
    """The question without its office and its years, as they are understood; a total is never an operation here."""
    totals = span_mask(m.span() for m in _TOTALS.finditer(intent.text))
    pairs = zip(intent.topic.text, intent.text, strict=True)
    return _QUOTES.sub("", "".join(c if totals >> i & 1 else shown for i, (shown, c) in enumerate(pairs)))


def _explained(rest: str, found: Found, intent: Intent) -> _Cell | None:
    """The cell where its row is said and no word is left over."""
    fact = found.fact
    label, entity = canonical(fact.label), canonical(fact.entity)
    if label not in rest:
        return None
    above, column = [canonical(part) for part in fact.path], [canonical(part) for part in fact.column]
    said = {place: _said(place, rest, intent) for place in (label, entity, *above, *column, fact.code) if place}
    covered = span_mask(m.span() for words in said.values() if words for m in re.finditer(re.escape(words), rest))
    if label not in re.sub(
        "|".join(re.escape(w) for w in said.values() if label in w and w != label) or "$", "，", rest
    ):
        return None  # only the name of what stands above: 行政事业单位医疗 is no 事业单位医疗
    left = "".join("，" if covered >> i & 1 else c for i, c in enumerate(rest))
    if _FILLING.sub("", left):
        return None
    silent = [part for part in (*column[:-1], *above, entity) if part in said and not said[part]]
    carried = any(CARRIED.search(part) for part in silent)  # what is left of last year has to be asked for
    return _Cell(found, _leaf_said(column, said), len(silent) + 2 * carried)


def _leaf_said(column: Sequence[str], said: Mapping[str, str]) -> bool:
    """Whether the last header is said, or the one above it of which it is the whole: 项目支出 over 小计."""
    whole = len(column) > 1 and column[-1] in ("小计", "合计")
    return any(said.get(part) for part in (column[-2:] if whole else column[-1:]))


def _said(place: str, rest: str, intent: Intent) -> str:
    """The words of the question that name a place, or "". A year in it must be the one that stands before them."""
    words = _YEAR.sub("", place)
    if words != place and place not in intent.text:
        years = {int(year) for year in _YEAR.findall(place)}
        if not years <= set(intent.periods.years) or len(intent.periods.years) > 1:
            return ""
    return next((w for w in (words, _ENDING.sub("", words)) if w and w in rest), "")
