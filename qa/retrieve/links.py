"""The wordings of documents that a topic touches, and the columns among them that it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.wording import canonical
from qa.link import Cover, Topic, best_cover, cover, title_cover
from qa.retrieve.columns import PARTS_OF_SPENDING, is_quiet, says_part
from qa.retrieve.wordings import Wording


@dataclass(frozen=True)
class Links:
    """The wordings of some documents that the topic touches, by field and text."""

    label: Mapping[str, Cover]
    path: Mapping[str, Cover]
    column: Mapping[str, Cover]
    title: Mapping[str, Cover]
    entity: Mapping[str, Cover]
    totals: tuple[str, ...]


def link_wordings(topic: Topic, wordings: Iterable[Wording], totals: Iterable[str]) -> Links:
    """Lay wordings of the documents over the topic; `totals` are the labels of their total rows."""
    groups: dict[str, dict[str, Cover]] = {name: {} for name in ("label", "path", "column", "title", "entity")}
    for wording in wordings:
        group = groups.get(wording.field)
        if group is None or wording.text in group:
            continue
        part = canonical(wording.text) if wording.field == "column" else ""
        if part in PARTS_OF_SPENDING and not says_part(topic.text, part):
            continue  # 基本养老保险 names no 基本支出
        if wording.field in ("label", "column"):
            found = best_cover(wording.spellings, topic, whole=wording.field == "column")
        else:
            found = title_cover(wording.text, topic) if wording.field == "title" else cover(wording.text, topic)
        if found.found:
            group[wording.text] = found
    return Links(**groups, totals=tuple(dict.fromkeys(totals)))


def named_columns(links: Links, content: int) -> tuple[tuple[int, str], ...]:
    """The columns that the topic names word for word, but for those inside the name of a row or of a longer column."""
    whole = {t: c for t, c in links.column.items() if c.whole and c.covered >= 3 and not is_quiet(t)}
    longer = [c for c in (*links.label.values(), *whole.values()) if c.whole]
    return tuple(
        (found.mask, canonical(text))
        for text, found in whole.items()
        if not found.mask & ~content and not any(c.covered > found.covered and not found.mask & ~c.mask for c in longer)
    )
