"""Figures and passages as JSON: what an agent or a program looks up without asking a question."""

from __future__ import annotations

from collections.abc import Sequence

from index.amounts import plain
from index.model import Found
from index.wording import squeeze
from qa.model import Passage
from qa.serve.portal.rooms import Room
from qa.serve.wire import Json


def fact_json(found: Found) -> Json:
    """A figure with everything needed to know what it says and where it stands; money also in 元."""
    fact = found.fact
    return {
        "document": found.document,
        "key": fact.key,
        "source": fact.source,
        "label": fact.label,
        "printed": fact.printed,
        "value": None if fact.value is None else plain(fact.value),
        "unit": fact.unit,
        "yuan": None if fact.canonical is None else plain(fact.canonical),
        "state": fact.state.value,
        "year": fact.year,
        "measure": fact.measure,
        "scope": fact.scope,
        "kind": fact.kind,
        "table": f"{fact.table_code} {fact.title}".strip(),
        "code": fact.code,
        "path": list(fact.path),
        "column": list(fact.column),
        "entity": fact.entity,
        "page": fact.place.page,
        "bbox": list(fact.place.bbox) if fact.place.bbox else None,
        "quote": fact.quote,
    }


def passages(room: Room, text: str, documents: Sequence[str], limit: int) -> list[Json]:
    """The passages of these documents that best fit `text`; none where there are no documents."""
    if not documents or not text:
        return []
    wanted = set(documents)
    entries = [entry for entry in room.view.catalogue() if entry.name in wanted]
    found = room.tools.finder.passages(text, entries, limit)
    titles = {
        name: {s.number: s.title for s in room.tools.finder.sections(name)} for name in {p.document for p in found}
    }
    return [_passage_json(passage, titles[passage.document].get(passage.section, "")) for passage in found]


def plain_text(text: str) -> str:
    """A question as documents write: one width, no breaks."""
    return squeeze(text)


def _passage_json(passage: Passage, section: str) -> Json:
    return {
        "document": passage.document,
        "page": passage.places[0].page if passage.places else 1,
        "section": section,
        "quote": passage.quote,
        "score": round(passage.score, 6),
        "boxes": [[place.page, *place.bbox] for place in passage.places if place.bbox],
    }
