"""Question and conversation -> Intent: rules over the words of questions and the wordings of what is indexed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from index.model import CatalogueEntry
from index.wording import one_spelling, squeeze
from qa import words
from qa.bounds import count_unit_of, find_condition, find_table, find_top, money_unit_of, stated_amounts
from qa.content import blanked, content_mask
from qa.conversation import standalone
from qa.documents import Choice, choose_documents
from qa.frames import hidden, itemised, run_together, sum_words
from qa.link import Topic
from qa.measures import asked_measure, change_asked, said_with, stage_of
from qa.model import Condition, Intent, NamedUnit, Operation, Question
from qa.numerals import mend_numerals
from qa.operations import find_operation
from qa.organisations import Offices, find_offices, span_mask
from qa.periods import Periods, find_periods, mend_digits
from qa.shared_tail import with_shared_tail
from qa.sides import Ground, Naming, with_sides
from qa.units_named import narrowed, units_named, with_units
from qa.years import with_years

_CODE = re.compile(
    r"(?<![\d.])(\d{3}|\d{5}|\d{7})(?![\d.年])(?!名|批|册|套|户|场|家|位|个(?!人)|元|万|亿|辆|人(?!员)|项(?!目)|%|件|次|台)"
)
_MONEY = re.compile(
    r"多少钱|(?:花|用|掏)了?(?:多少|几)(?![个辆台人天次场年月])|多少万|几万|多少元|多少亿|万元|金额|元[?？]?$"
)
# 收入总表中市图书馆的: what follows the name of a table begins another name.
_TABLE_NAMED = re.compile(r"(?:(?<=》)|(?<=[总细算况出入]表))[里中内](?=[一-龥]{4})(?!.(?:的|多少|有|是))")


@dataclass(frozen=True)
class _Fixed:
    """What a question fixes besides its topic, and the characters (mask) that do so."""

    text: str
    offices: Offices
    periods: Periods
    measure: str
    measure_mask: int
    stage: str
    choice: Choice
    table: str
    condition: Condition | None
    mask: int
    units: tuple[NamedUnit, ...]  # inside a document
    entity_mask: int  # their words stay readable: tables print them as names of rows


def read_intent(question: Question, catalogue: Sequence[CatalogueEntry], known: frozenset[str] = frozenset()) -> Intent:
    """Understand one question. `known` are the wordings of the documents (labels), so that none is taken for an office."""
    allowed = _allowed(question, catalogue)
    earlier = tuple(prepare(turn) for turn in question.history)
    alone = standalone(with_shared_tail(prepare(question.text), known), earlier, allowed, known)
    fixed = _fixed(alone.text, allowed, known)
    text, offices, periods = fixed.text, fixed.offices, fixed.periods
    shown = hidden(text, known, offices.mask | periods.mask)
    years = len({d.profile.year for d in fixed.choice.documents})
    naming = Naming(text, content_mask(text, fixed.mask | fixed.entity_mask), offices, periods, years)
    run_on = itemised(text, known) or run_together(text, (offices.mask | periods.mask).bit_length())
    unnamed = blanked(text, offices.mask)  # 昌元小学 asks for no amount in 元
    wish = find_operation(text, offices, fixed.measure, shown, naming.names, run_on)
    mask = fixed.mask
    mask |= span_mask(wish.divisor.words) if wish.divisor else 0
    mask |= span_mask(sum_words(shown)) if wish.operation is Operation.SUM else 0
    codes = tuple(m.group(1) for m in _CODE.finditer(text) if not periods.mask >> m.start() & 1)
    whole = Intent(
        question=question.text,
        text=text,
        operation=wish.operation,
        documents=fixed.choice.documents,
        topic=Topic(blanked(text, mask), content_mask(text, mask | fixed.entity_mask)),
        periods=fixed.choice.periods,
        offices_named=len({m.names for m in offices.mentions}),
        units=fixed.units,
        entity=narrowed(fixed.units),
        entity_mask=fixed.entity_mask,
        stage=fixed.stage,
        measure=fixed.measure,
        measure_mask=fixed.measure_mask,
        change=change_asked(text) is not None,
        unit=money_unit_of(unnamed),
        count_unit=count_unit_of(unnamed),
        money=bool(_MONEY.search(unnamed)),
        table_code=fixed.table,
        codes=codes,
        condition=fixed.condition,
        largest=True if words.LARGEST.search(text) else False if words.SMALLEST.search(text) else None,
        top=find_top(text),
        yesno=bool(words.YESNO.search(text)),
        stated=stated_amounts(text, periods.mask | find_table(text)[1], codes),
        all_offices=bool(words.ALL_UNITS.search(text)),
        unknown_offices=offices.unknown,
        of_office=fixed.choice.of_office,
        absent_years=fixed.choice.absent_years,
        off_topic=bool(words.OFF_TOPIC.search(text)) and not offices.mentions,
        notes=(*alone.notes, *fixed.choice.notes),
        form=wish.frame.form if wish.frame else "",
        divisor=wish.divisor,
        unheard=wish.unheard and not fixed.measure and change_asked(text) is None,
    )
    return with_units(with_sides(whole, wish, shown, naming, Ground(mask, allowed, known)), offices)


def _fixed(text: str, catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> _Fixed:
    """The offices, years, measure, documents, table and bound that a standalone question names."""
    offices = find_offices(text, catalogue, known)
    if (dated := with_years(text, offices, catalogue)) != text:
        text, offices = dated, find_offices(dated, catalogue, known)
    periods = find_periods(text)
    measure, measure_mask = asked_measure(blanked(text, offices.mask), periods.mask)  # 比重庆市… is no 比重
    stage = stage_of(text, measure)
    table, table_mask = find_table(text)
    condition, condition_mask = find_condition(text, known)
    units = units_named(text, offices, catalogue, known)
    entity_mask = reduce(or_, (unit.mask for unit in units), 0)
    mask = offices.mask | periods.mask | table_mask | condition_mask | said_with(text, measure)
    return _Fixed(
        text,
        offices,
        periods,
        measure,
        measure_mask,
        stage,
        choose_documents(text, offices, periods, stage, catalogue),
        table,
        condition,
        mask & ~entity_mask,
        units,
        entity_mask,
    )


def prepare(text: str) -> str:
    """One spelling for a typed question: squeezed, brackets narrow, letters O between digits made zeros."""
    plain = mend_numerals(mend_digits(squeeze(text))).rstrip("?？。.!！,，;；~～")
    plain = words.POLITE_HEAD.sub("", words.POLITE_TAIL.sub("", plain)).rstrip("?？。.!！,，;；")
    plain = _TABLE_NAMED.sub("，", plain)
    for pattern, usual in words.NICKNAMES:
        if usual not in plain:
            plain = pattern.sub(usual, plain)
    return one_spelling(plain)


def _allowed(question: Question, catalogue: Sequence[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
    wanted = question.documents
    if not wanted:
        return tuple(catalogue)
    return tuple(
        e
        for e in catalogue
        if any(e.name == w or e.name.rsplit(".", 1)[0] == w or e.name.startswith(w + "_") for w in wanted)
    )
