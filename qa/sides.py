"""The sides of a calculation: each part of a question that names one figure, understood by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.model import CatalogueEntry
from qa.bounds import count_unit_of, money_unit_of
from qa.content import blanked, content_mask
from qa.documents import choose_documents
from qa.frames import Form, Span, asides, coordinated, head_of
from qa.link import Topic
from qa.measures import find_measure, stage_of
from qa.model import Intent, Operation
from qa.operations import Wish
from qa.organisations import Offices, find_offices, span_mask
from qa.periods import Periods, find_periods
from qa.words import COLUMNS


def with_sides(whole: Intent, wish: Wish, shown: str, naming: Naming, ground: Ground) -> Intent:
    """The intent with an operand for each side that the wish for a calculation names."""
    nested = wish.operation in (Operation.SHARE, Operation.DIFFERENCE)
    split = [coordinated(shown, span, naming.names) if nested else (span,) for span in wish.operands]
    sides = tuple(_together(whole, spans, ground) for spans in split)
    shared = span_mask(asides(whole.text)) & ~span_mask(wish.operands)
    if wish.form is Form.SUM and (head := head_of(shown, wish.operands)):
        shared |= span_mask([head])
    for said in (_column_behind(shown, wish.operands), _row_before(shown, wish.operands)):
        shared |= span_mask([said]) if said else 0
    sides = _under_head(whole, sides, whole.topic.content & shared)
    return replace(whole, operands=sides if any(side.topic.size for side in sides) else _of_all(whole, sides))


def _column_behind(text: str, operands: Sequence[Span]) -> Span | None:
    """The column that the last of several items is read in, and with it the others: 行政运行和图书馆的基本支出."""
    if len(operands) < 2 or COLUMNS.search(text, *operands[0]):
        return None
    start, end = operands[-1]
    found = [m for m in COLUMNS.finditer(text, start, end) if m.start() > start]
    return found[-1].span() if found and not text[found[-1].end() : end].strip("分别各是有多少") else None


def _row_before(text: str, operands: Sequence[Span]) -> Span | None:
    """The row of which several columns are asked for, said with the first alone: 群众文化的基本支出和项目支出."""
    others = [text[slice(*span)] for span in operands[1:]]
    found = list(COLUMNS.finditer(text, *operands[0])) if operands else []
    if not others or not found or not all(COLUMNS.match(other) for other in others):
        return None
    start, end = operands[0][0], found[-1].start()
    return (start, end) if end - start > 1 else None


@dataclass(frozen=True)
class Ground:
    """What every side is read against: the characters understood already, the catalogue, the known wordings."""

    mask: int
    catalogue: Sequence[CatalogueEntry]
    known: frozenset[str]


@dataclass(frozen=True)
class Naming:
    """Whether a span of the question says anything that could name a figure, or tell it from another."""

    text: str
    content: int
    offices: Offices
    periods: Periods
    years: int  # of the documents meant

    def names(self, span: Span) -> bool:
        inside = span_mask([span])
        measure_mask = find_measure(self.text[span[0] : span[1]], 0)[1] << span[0]
        if self.content & inside & ~measure_mask:
            return True
        several = len({(m.names, m.entity) for m in self.offices.mentions}) > 1
        return bool((several and self.offices.mask & inside) or (self.years > 1 and self.periods.mask & inside))


def _under_head(whole: Intent, operands: tuple[Intent, ...], said: int) -> tuple[Intent, ...]:
    """What is said once for all operands, before them (三公经费中…) or in brackets behind them, is meant with each."""
    if not said:
        return operands
    topics = (Topic(_shown_too(o.topic.text, whole.topic.text, said), o.topic.content | said) for o in operands)
    return tuple(replace(o, topic=topic) for o, topic in zip(operands, topics, strict=True))


def _shown_too(text: str, whole: str, mask: int) -> str:
    return "".join(w if mask >> i & 1 else c for i, (c, w) in enumerate(zip(text, whole, strict=True)))


def _of_all(whole: Intent, operands: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """Offices or years set against each other: what is compared stands behind them (市委办比工信局多几辆车)."""
    return tuple(replace(o, topic=whole.topic) for o in operands)


def _together(whole: Intent, spans: tuple[Span, ...], ground: Ground) -> Intent:
    """One operand; where its words name several figures side by side (基本工资和奖金占…), their sum."""
    parts = tuple(_operand(whole, span, ground) for span in spans)
    if len(parts) == 1:
        return parts[0]
    alone = _operand(whole, (spans[0][0], spans[-1][1]), ground)
    return replace(alone, operation=Operation.SUM, operands=parts)


def _operand(whole: Intent, span: Span, ground: Ground) -> Intent:
    """One part of a question by itself: its own words, office, year and measure, else those of the whole."""
    text = whole.text
    piece = text[span[0] : span[1]]
    inside = span_mask([span])
    offices, periods = find_offices(piece, ground.catalogue, ground.known), find_periods(piece)
    measure, measure_mask = find_measure(piece, periods.mask)
    stage = stage_of(piece, measure)
    documents = whole.documents
    if offices.mentions or periods.years:
        pool = documents if not offices.mentions else ground.catalogue
        wide = pool if offices.mentions or len(documents) > 1 else _same_office(documents, ground.catalogue)
        choice = choose_documents(
            piece, offices, periods if periods.years else whole.periods, stage or whole.stage, wide
        )
        documents = choice.documents or documents
    elif stage:
        documents = tuple(d for d in documents if d.profile.stage == stage) or documents
    content = content_mask(text, ground.mask | whole.entity_mask) & inside
    if not content & ~(measure_mask << span[0]):
        content = span_mask((m.start(), m.end()) for m in re.finditer("项目", text)) & inside
    return replace(
        whole,
        operation=Operation.LOOKUP,
        documents=documents,
        topic=Topic(blanked(text, ground.mask | ~inside), content),
        periods=periods if periods.years else whole.periods,
        measure=measure if measure != "占比" else "",
        measure_mask=measure_mask << span[0],
        stage=stage,
        count_unit=count_unit_of(piece) or whole.count_unit,
        unit=money_unit_of(piece) or whole.unit,
        offices_named=len({m.names for m in offices.mentions}),
        yesno=False,
    )


def _same_office(
    documents: Sequence[CatalogueEntry], catalogue: Sequence[CatalogueEntry]
) -> tuple[CatalogueEntry, ...]:
    names = {d.profile.organisation for d in documents}
    return tuple(e for e in catalogue if e.profile.organisation in names)
