"""What a sentence announces (具体如下：) where it stands in a table below it and not in the paragraphs behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.model import Cell, Locator, Table
from qa.finder import Finder
from qa.model import Passage

ANNOUNCES = re.compile(r"[：:]\s*$")
_NAMES = re.compile("名称|单位|部门|机构|项目|内容")
_MOST = 40  # rows


def rows_below(announcing: Passage, finder: Finder) -> list[Passage]:
    """The names in the rows of the table next below the passage; none where it announces nothing or no such table is near."""
    if not announcing.places or not ANNOUNCES.search(announcing.quote):
        return []
    place = announcing.places[-1]
    bottom = place.bbox[3] if place.bbox else 0.0
    below = [t for t in finder.tables(announcing.document) if _begins_below(t, place.page, bottom)]
    table = min(below, key=_corner, default=None)
    if table is None or table.title or table.form or len(table.rows) > _MOST:
        return []
    return [
        Passage(announcing.document, cell.text, announcing.section, (Locator(cell.page, cell.bbox),))
        for cell in _named(table)
    ]


def _begins_below(table: Table, page: int, bottom: float) -> bool:
    there, top = _corner(table)
    return (there == page and top >= bottom) or there == page + 1


def _corner(table: Table) -> tuple[int, float]:
    """Page and top of the first cell; where tables have no places, none is below anything."""
    cells = [cell for row in (*table.header, *table.rows) for cell in row if cell.bbox and cell.text]
    return min(((cell.page, cell.bbox[1]) for cell in cells if cell.bbox), default=(0, 0.0))


def _named(table: Table) -> Iterator[Cell]:
    """The cells of the column that names what is listed."""
    column = next((i for i, path in enumerate(table.columns) if path and _NAMES.search(path[-1])), None)
    if column is None:
        return iter(())
    return (row[column] for row in table.rows if row[column].text)
