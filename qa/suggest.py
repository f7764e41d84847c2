"""What a person may ask next: wordings around the cited figure, each of them asked before it is offered.

A suggestion that ended in a refusal would be worse than none, so only questions that are answered are suggested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.model import BBox, CatalogueEntry, State
from qa.draft import short_name
from qa.finder import Finder
from qa.model import Answer, Citation, Question
from qa.pipeline import Tools, ask

_TRIED = 6  # questions asked at most: a tenth of a second each


def follow_ups(
    answers: Sequence[Answer], tools: Tools, documents: tuple[str, ...] = (), count: int = 3
) -> tuple[str, ...]:
    """Up to `count` questions near the last answer of a conversation that are answered too, and by other figures.

    The answer's own suggestions come first.
    """
    last = answers[-1]
    if last.suggestions:
        return last.suggestions[:count]
    if last.status != "answered" or not last.citations:
        return ()
    seen = {_lead(answer) for answer in answers}
    found: list[str] = []
    for _, candidate in zip(range(_TRIED), candidates(last, tools.finder), strict=False):
        answer = ask(Question(candidate, documents=documents), tools)
        if answer.status == "answered" and _lead(answer) not in seen:
            found.append(candidate)
            seen.add(_lead(answer))
        if len(found) == count:
            break
    return tuple(found)


def _lead(answer: Answer) -> tuple[str, int, BBox | None]:
    """Where the figure or the words that answer stand."""
    return next(((c.document, c.page, c.bbox) for c in answer.citations), ("", 0, None))


def candidates(answer: Answer, finder: Finder) -> Iterator[str]:
    """Questions near an answer, the most useful first: its plan, its reason, its neighbours, other offices."""
    cited = answer.citations[0]
    entry = next((e for e in finder.catalogue if e.name == cited.document), None)
    if entry is None:
        return
    lead = f"{short_name(entry)}{entry.profile.year or ''}年"
    stage = entry.profile.stage
    label = answer.values[0].label if len(answer.values) == 1 else ""
    if label and cited.kind == "cell":
        if stage == "决算":
            yield f"{lead}{label}决算比预算多还是少？"
        yield from (f"{lead}{name}{stage}是多少？" for name in _neighbours(cited, label, entry, finder))
        yield from (f"{short_name(e)}{e.profile.year}年{label}{stage}是多少？" for e in _others(entry, label, finder))
    yield f"{lead}三公经费{stage}是多少？"
    yield f"{lead}收入和支出各是多少？"
    yield f"{lead}有哪些项目？"


def _neighbours(cited: Citation, label: str, entry: CatalogueEntry, finder: Finder) -> tuple[str, ...]:
    """Other figures of the cited table that are more than nothing, the largest first."""
    found = finder.facts(documents=(entry.name,), sources=("table",), states=(State.VALUE,))
    facts = [one.fact for one in found]
    table = next((f.table for f in facts if f.place.page == cited.page and f.place.bbox == cited.bbox), 0)
    same = sorted((f for f in facts if f.table == table and f.value), key=lambda f: -(f.value or 0))
    return tuple(dict.fromkeys(f.label for f in same if label not in f.label and "合计" not in f.label))[:2]


def _others(entry: CatalogueEntry, label: str, finder: Finder) -> tuple[CatalogueEntry, ...]:
    """Other offices of the same stage that print this figure."""
    same = (e for e in finder.catalogue if e.profile.organisation != entry.profile.organisation)
    return tuple(e for e in same if e.profile.stage == entry.profile.stage and finder.labels_like(e.name, label))[:2]
