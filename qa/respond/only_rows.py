"""Rows that have one half of spending and not the other: 只有项目支出没有基本支出的科目."""

from __future__ import annotations

import re
from dataclasses import replace

from index.model import CatalogueEntry, Found
from qa.finder import Finder
from qa.model import Intent
from qa.organisations import span_mask
from qa.respond.listing import listing
from qa.respond.rows import RowSet

_HALF = r"(?:基本支出|项目支出)"
_ONLY = re.compile(
    rf"(?:只有|仅有|只安排了?|仅安排了?)(?P<kept>{_HALF})(?:[,，、]?(?:而|且|但)?(?:没有|没|无|未安排)(?P<absent>{_HALF}))?"
)
_NEGATED = re.compile(rf"(?:只有|仅有|只安排了?|仅安排了?|没有|没安排|无|未安排){_HALF}")
_OTHER = {"基本支出": "项目支出", "项目支出": "基本支出"}


def says_only(text: str) -> bool:
    """Whether a half of spending is spoken of as the only one or as missing, so that rows which have it are no answer."""
    return bool(_NEGATED.search(text))


def only_rows(intent: Intent, finder: Finder) -> tuple[RowSet, CatalogueEntry] | None:
    """The rows with a figure in the column of one half and none in that of the other, of a table that has both."""
    said = _ONLY.search(intent.topic.text)
    if said is None or said["absent"] == said["kept"]:
        return None
    kept, absent = said["kept"], _OTHER[said["kept"]]
    mask = span_mask([said.span()]) & ~span_mask([said.span("kept")])
    text = _ONLY.sub(kept, intent.text)
    found = listing(replace(intent, text=text, topic=intent.topic.without(mask)), finder)
    if found is None:
        return None
    rows, entry = found
    table = finder.facts(documents=(entry.name,), tables=(rows.facts[0].fact.table or 0,))
    beside = [f for f in table if _half(f) == absent]
    if not beside or any(_half(f) != kept for f in rows.facts):
        return None
    both = {f.fact.row for f in beside if f.fact.value}
    left = tuple(f for f in rows.facts if f.fact.row not in both and f.fact.value)
    return (replace(rows, facts=left), entry) if left else None


def _half(found: Found) -> str:
    return next((part for part in found.fact.column if part in _OTHER), "")
