"""Question and conversation -> Intent: rules over the words of questions and the wordings of what is indexed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.model import CatalogueEntry
from index.wording import one_spelling, squeeze
from qa import words
from qa.bounds import count_unit_of, find_condition, find_table, find_top, money_unit_of, stated_amounts
from qa.conversation import standalone
from qa.documents import choose_documents
from qa.frames import Form, Span, asides, coordinated, head_of, hidden, itemised, run_together, sum_words
from qa.link import Topic
from qa.model import Intent, Operation, Question
from qa.numerals import mend_numerals
from qa.operations import find_operation
from qa.organisations import Offices, find_offices, span_mask
from qa.periods import Periods, find_periods, mend_digits
from qa.years import with_years

_CODE = re.compile(
    r"(?<![\d.])(\d{3}|\d{5}|\d{7})(?![\d.年])(?!名|批|册|套|户|场|家|位|个|元|万|亿|辆|人|项(?!目)|%|件|次|台)"
)
# The start and the end of the year are different balances: 年初结转, 年末还结转.
_BALANCE_DATE = re.compile(r"(?:年[初末]|期[初末])(?=还?(?:有|剩)?(?:的|多少)?(?:财政拨款)?结[转余])")
# Words that ask, and how long such a match may be: 有因公出国预算吗 holds more than its asking.
_ASKING_WORDS = (
    (words.WHY, 8),
    (words.YESNO, 3),
    (words.CHANGE_BASIS, 8),
    (words.PRIOR, 8),
    (words.OPERATION_WORDS, 8),
)


def read_intent(question: Question, catalogue: Sequence[CatalogueEntry], known: frozenset[str] = frozenset()) -> Intent:
    """Understand one question. `known` are the wordings of the documents (labels), so that none is taken for an office."""
    allowed = _allowed(question, catalogue)
    earlier = tuple(prepare(turn) for turn in question.history)
    whole_question = standalone(prepare(question.text), earlier, allowed, known)
    text = whole_question.text
    offices = find_offices(text, allowed, known)
    if (dated := with_years(text, offices, allowed)) != text:
        text, offices = dated, find_offices(dated, allowed, known)
    periods = find_periods(text)
    measure, measure_mask = find_measure(text, periods.mask)
    if measure in _RATES:
        of_row = find_measure(text, periods.mask | measure_mask)
        if of_row[0] in _OF_INDICATORS:  # 预算执行率得分: the rate is an indicator, what is asked is its points
            measure, measure_mask = of_row
    stage = _stage(text, measure)
    choice = choose_documents(text, offices, periods, stage, allowed)
    table_code, table_mask = find_table(text)
    codes = tuple(m.group(1) for m in _CODE.finditer(text) if not periods.mask >> m.start() & 1)
    condition, condition_mask = find_condition(text, known)
    top = find_top(text)
    mask = offices.mask | periods.mask | table_mask | condition_mask
    if measure not in ("预算", "决算", ""):
        mask |= span_mask(
            m.span()
            for m in re.finditer(
                r"(?<!年初)(?<!全年)(?<!公共)(?<!基金)(?<!经营)(?:预算|决算)数?(?!执行|支出|收入|完成)", text
            )
        )
    if measure == "得分":  # every score of a disclosure is one of its performance evaluation
        mask |= span_mask(m.span() for m in re.finditer(r"绩效自评|绩效评价|绩效|自评", text))
    entity = next((m.entity for m in offices.mentions if m.entity), "")
    entity_mask = span_mask((m.start, m.end) for m in offices.mentions if m.entity == entity) if entity else 0
    mask &= ~entity_mask  # its words stay readable: tables print it as the name of a row
    shown = hidden(text, known, offices.mask | periods.mask)
    years = len({d.profile.year for d in choice.documents})
    naming = _Naming(text, content_mask(text, mask | entity_mask), offices, periods, years)
    run_on = itemised(text, known) or run_together(text, (offices.mask | periods.mask).bit_length())
    wish = find_operation(text, offices, measure, shown, naming.names, run_on)
    mask |= span_mask(wish.divisor.words) if wish.divisor else 0
    mask |= span_mask(sum_words(shown)) if wish.operation is Operation.SUM else 0
    whole = Intent(
        question=question.text,
        text=text,
        operation=wish.operation,
        documents=choice.documents,
        topic=Topic(blanked(text, mask), content_mask(text, mask | entity_mask)),
        periods=choice.periods,
        offices_named=len({m.names for m in offices.mentions}),
        entity=entity,
        entity_mask=entity_mask,
        stage=stage,
        measure=measure,
        measure_mask=measure_mask,
        change=bool(words.CHANGE_BASIS.search(text)),
        unit=money_unit_of(text),
        count_unit=count_unit_of(text),
        money=bool(
            re.search(
                r"多少钱|(?:花|用|掏)了?(?:多少|几)(?![个辆台人天次场年月])|多少万|几万|多少元|多少亿|万元|金额|元[?？]?$",
                text,
            )
        ),
        table_code=table_code,
        codes=codes,
        condition=condition,
        largest=True if words.LARGEST.search(text) else False if words.SMALLEST.search(text) else None,
        top=top,
        yesno=bool(words.YESNO.search(text)),
        stated=stated_amounts(text, periods.mask | table_mask, codes),
        all_offices=bool(words.ALL_UNITS.search(text)),
        unknown_offices=offices.unknown,
        of_office=choice.of_office,
        absent_years=choice.absent_years,
        off_topic=bool(words.OFF_TOPIC.search(text)) and not offices.mentions,
        notes=(*whole_question.notes, *choice.notes),
        form=wish.frame.form if wish.frame else "",
        divisor=wish.divisor,
        unheard=wish.unheard and not measure and not words.CHANGE_BASIS.search(text),
    )
    nested = wish.operation in (Operation.SHARE, Operation.DIFFERENCE)
    split = [coordinated(shown, span, naming.names) if nested else (span,) for span in wish.operands]
    operands = tuple(_together(whole, spans, mask, allowed, known) for spans in split)
    shared = span_mask(asides(text)) & ~span_mask(wish.operands)
    if wish.form is Form.SUM and (head := head_of(shown, wish.operands)):
        shared |= span_mask([head])
    operands = _under_head(whole, operands, whole.topic.content & shared)
    return replace(whole, operands=operands if any(o.topic.size for o in operands) else _of_all(whole, operands))


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


@dataclass(frozen=True)
class _Naming:
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
        several = len({m.names for m in self.offices.mentions}) > 1
        return bool((several and self.offices.mask & inside) or (self.years > 1 and self.periods.mask & inside))


def _together(
    whole: Intent, spans: tuple[Span, ...], mask: int, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> Intent:
    """One operand; where its words name several figures side by side (基本工资和奖金占…), their sum."""
    parts = tuple(_operand(whole, span, mask, catalogue, known) for span in spans)
    if len(parts) == 1:
        return parts[0]
    alone = _operand(whole, (spans[0][0], spans[-1][1]), mask, catalogue, known)
    return replace(alone, operation=Operation.SUM, operands=parts)


_RATES = ("完成率", "执行率")
_OF_INDICATORS = ("得分", "分值", "指标值", "实际值", "偏差度")


def _operand(
    whole: Intent, span: tuple[int, int], mask: int, catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> Intent:
    """One part of a question by itself: its own words, office, year and measure, else those of the whole."""
    text = whole.text
    piece = text[span[0] : span[1]]
    inside = span_mask([span])
    offices, periods = find_offices(piece, catalogue, known), find_periods(piece)
    measure, measure_mask = find_measure(piece, periods.mask)
    stage = _stage(piece, measure)
    documents = whole.documents
    if offices.mentions or periods.years:
        pool = documents if not offices.mentions else catalogue
        wide = pool if offices.mentions or len(documents) > 1 else _same_office(documents, catalogue)
        choice = choose_documents(
            piece, offices, periods if periods.years else whole.periods, stage or whole.stage, wide
        )
        documents = choice.documents or documents
    elif stage:
        documents = tuple(d for d in documents if d.profile.stage == stage) or documents
    content = content_mask(text, mask | whole.entity_mask) & inside
    if not content & ~(measure_mask << span[0]):
        content = span_mask((m.start(), m.end()) for m in re.finditer("项目", text)) & inside
    return replace(
        whole,
        operation=Operation.LOOKUP,
        documents=documents,
        topic=Topic(blanked(text, mask | ~inside), content),
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


def prepare(text: str) -> str:
    """One spelling for a typed question: squeezed, brackets narrow, letters O between digits made zeros."""
    plain = mend_numerals(mend_digits(squeeze(text))).rstrip("?？。.!！,，;；")
    for pattern, usual in words.NICKNAMES:
        if usual not in plain:
            plain = re.sub(pattern, usual, plain)
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


def find_measure(text: str, skip: int) -> tuple[str, int]:
    """The kind of figure asked for and the characters that say so. A change counts only against a stated basis."""
    basis = words.CHANGE_BASIS.search(text)
    for measure, pattern in words.MEASURE_WORDS:
        if measure == "增减额" and not basis:
            continue
        spans = [m.span() for m in re.finditer(pattern, text) if m.group() and not skip >> m.start() & 1]
        if spans:
            compared = [basis.span()] if basis and measure in ("增减额", "增减率") else []
            return measure, span_mask(spans + compared)
    if basis and re.search(r"变化|变了|增减|多少|几", text):
        return "增减额", span_mask([basis.span()])
    return "", 0


def _stage(text: str, measure: str) -> str:
    if "决算" in text or measure == "决算":
        return "决算"
    return "预算" if re.search(r"预算", text) and measure in ("预算", "") else ""


def blanked(text: str, mask: int) -> str:
    """The text with what is already understood (office, year, table, bound) made unmatchable, positions kept."""
    return "".join("□" if mask >> i & 1 else c for i, c in enumerate(text))


def content_mask(text: str, skip: int) -> int:
    """The characters that carry meaning: no office, no year, no filling, no figures, no punctuation."""
    filling = skip
    for pattern, longest in _ASKING_WORDS:
        filling |= span_mask(m.span() for m in pattern.finditer(text) if m.end() - m.start() <= longest)
    filling |= span_mask(
        m.span()
        for m in re.finditer(r"\([^()]*(?:[推倒折换计]算|倒推|推|口径|合并|合计|表示|文件|各自|本级|加)[^()]*\)", text)
    )
    i = 0
    while i < len(text):
        if whole := words.WHOLE.match(text, i):
            i = whole.end()
            continue
        word = words.ANY_FILLER.match(text, i)
        if word:
            filling |= span_mask([word.span()])
        i = word.end() if word else i + 1
    filling &= ~span_mask(m.span() for m in _BALANCE_DATE.finditer(text))
    meaning = 0
    for i, char in enumerate(text):
        if not filling >> i & 1 and re.match(r"[一-龥A-Za-z]", char):
            meaning |= 1 << i
    return meaning
