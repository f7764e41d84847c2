"""Question and conversation -> Intent: rules over the words of questions and the wordings of what is indexed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, unit_of
from index.model import CatalogueEntry
from index.wording import squeeze
from qa import words
from qa.conversation import standalone
from qa.documents import choose_documents
from qa.link import Topic
from qa.model import Condition, Intent, Operation, Question
from qa.organisations import Offices, find_offices, span_mask
from qa.periods import find_periods, mend_digits

_CODE = re.compile(
    r"(?<![\d.])(\d{3}|\d{5}|\d{7})(?![\d.年])(?!名|批|册|套|户|场|家|位|个|元|万|亿|辆|人|项(?!目)|%|件|次|台)"
)
_TABLE = re.compile(
    r"(?:(?P<head>公开|预算|财决)?(?P<number>\d{1,2})(?:号)?表|表(?P<chinese>[一二三四五六七八九十]{1,2})(?!示))"
)
_STATED = re.compile(r"(\d[\d,]*(?:\.\d+)?)(亿元?|万元?|元|%|个百分点|辆|人次|人|名|个|批|台)?")
_RELATION = (
    (
        ">=",
        r"(?:不低于|不少于|至少|达到|大于等于)(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?|(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?(?:及以上|以上|\(含\)以上)",
    ),
    (
        "<=",
        r"(?:不超过|不高于|至多|小于等于)(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?|(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?(?:及以下|以下|以内)",
    ),
    (">", r"(?:超过|大于|高于|多于|超)了?(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
    ("<", r"(?:低于|小于|不足|不到|少于|未达到?|没到|没达到)(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
    ("=", r"(?:正好|刚好|恰好|等于|恰为|就是)是?(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
)
_TOP = re.compile(
    r"(?:前|最[大高多低少小贵]的?)(\d{1,2}|[一二两三四五六七八九十])(?:个|项|类|家|名|位|大|款|条)?|top(\d{1,2})",
    re.IGNORECASE,
)

# The start and the end of the year are different balances: 年初结转, 年末还结转.
_BALANCE_DATE = re.compile(r"(?:年[初末]|期[初末])(?=还?(?:有|剩)?(?:的|多少)?(?:财政拨款)?结[转余])")
# Two items of one office set against each other: 会议费和培训费谁多.
_RIVALS = re.compile(
    r"(?P<one>[^,，和与跟]{2,}?)[和与跟](?P<other>[^,，和与跟]{2,}?)(?:谁|哪个|哪项|哪一个)(?:更|花得|花的|比较)?(?:多|少|高|低|大|小)"
)
# Words that ask, and how long such a match may be: 有因公出国预算吗 holds more than its asking.
_ASKING_WORDS = (
    (words.WHY, 8),
    (words.YESNO, 3),
    (words.CHANGE_BASIS, 8),
    (words.PRIOR, 8),
    (words.OPERATION_WORDS, 8),
)
# 三公里公车占几成: the part stands after the whole, and what is asked follows at once.
_INSIDE = re.compile(
    r"(?P<whole>.{2,}?)(?:里头|里面|里|当中|中)(?!心)(?P<part>[^占]{2,}?)(?:占)(?:了)?(?:多少|几成|百分之|比|多大)"
)
# A中不是B的: what is left of the whole without the part.
EXCLUDED = re.compile(
    r"(?P<whole>.{2,}?)(?:里头|里面|里|当中|中)(?!心)[^里中]{0,4}?(?:不是(?:从|由|在)?|没有?给|不(?:含|包括|属于)|除(?:了|去|开)|扣(?:除|掉)|剔除|去掉)(?P<part>.{2,}?)(?:列支|列|支出的|安排|的|之?外|$)"
)


def read_intent(question: Question, catalogue: Sequence[CatalogueEntry], known: frozenset[str] = frozenset()) -> Intent:
    """Understand one question. `known` are the wordings of the documents (labels), so that none is taken for an office."""
    allowed = _allowed(question, catalogue)
    earlier = tuple(prepare(turn) for turn in question.history)
    text = standalone(prepare(question.text), earlier, allowed, known)
    offices = find_offices(text, allowed, known)
    text = _two_years(text, offices, allowed)
    periods = find_periods(text)
    measure, measure_mask = find_measure(text, periods.mask)
    stage = _stage(text, measure)
    choice = choose_documents(text, offices, periods, stage, allowed)
    operation = find_operation(text, offices, measure)
    table_code, table_mask = find_table(text)
    codes = tuple(m.group(1) for m in _CODE.finditer(text) if not periods.mask >> m.start() & 1)
    condition, condition_mask = find_condition(text)
    top = find_top(text)
    mask = offices.mask | periods.mask | table_mask | condition_mask
    mask |= span_mask(m.span() for m in words.DIVISOR.finditer(text))
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
    whole = Intent(
        question=question.text,
        text=text,
        operation=operation,
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
        unit=_unit_of(text),
        count_unit=_count_unit_of(text),
        money=bool(re.search(r"多少钱|多少万|几万|多少元|多少亿|万元|金额|元[?？]?$", text)),
        table_code=table_code,
        codes=codes,
        condition=condition,
        largest=True if words.LARGEST.search(text) else False if words.SMALLEST.search(text) else None,
        top=top,
        yesno=bool(words.YESNO.search(text)),
        stated=_stated(text, periods.mask | table_mask, codes),
        all_offices=bool(words.ALL_UNITS.search(text)),
        unknown_offices=offices.unknown,
        of_office=choice.of_office,
        absent_years=choice.absent_years,
        off_topic=bool(words.OFF_TOPIC.search(text)) and not offices.mentions,
        notes=choice.notes,
    )
    spans = split_operands(text, operation)
    return replace(whole, operands=tuple(_operand(whole, span, mask, allowed, known) for span in spans))


_AGAINST_YEAR = re.compile(
    r"[比较](?P<other>(?P<year>20\d\d)年度?的?(?P<stage>预算|决算)数?)(?:要|会)?(?:多|少|增加|减少|高|低|大|小)了?(?:多少|几)"
)


def _two_years(text: str, offices: Offices, catalogue: Sequence[CatalogueEntry]) -> str:
    """2025年预算比2024年决算多多少 sets two documents against each other where the office has published both."""
    match = _AGAINST_YEAR.search(text)
    named = {name for mention in offices.mentions for name in mention.names}
    if not match or not any(
        e.name in named and e.profile.year == int(match["year"]) and e.profile.stage == match["stage"]
        for e in catalogue
    ):
        return text
    return f"{text[: match.start()]}与{match['other']}相差多少{text[match.end() :]}"


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
        count_unit=_count_unit_of(piece) or whole.count_unit,
        unit=_unit_of(piece) or whole.unit,
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
    plain = mend_digits(squeeze(text)).rstrip("?？。.!！,，;；")
    for pattern, usual in words.NICKNAMES:
        if usual not in plain:
            plain = re.sub(pattern, usual, plain)
    return plain


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


def find_operation(text: str, offices: Offices, measure: str) -> Operation:
    """What is to be done; the order of the rules is the order of precedence."""
    stated = len(re.findall(r"\d+\.\d+", text))
    if words.DEFINE.search(text):
        return Operation.DEFINE
    many = len({m.names for m in offices.mentions}) > 1
    if re.search(
        r"各(?:自|项)?(?:是|为|有|花|用|值|支出|安排|执行|发生)?了?(?:多少|几)|分别", text
    ) and not words.WHY.search(text):
        return Operation.LIST
    if len(_dated_clauses(text)) > 1 and not words.CHECK.search(text) and not words.CHANGE_BASIS.search(text):
        return Operation.LIST
    if words.CHECK.search(text) and (
        stated >= 2 or re.search(r"对得上|对不上|一致|矛盾|算对|勾稽|平衡|不平|相符|不符|出入|吻合", text)
    ):
        return Operation.CHECK
    if words.WHY.search(text):
        return Operation.WHY
    if re.search(r"占比最|占.{0,6}最[大高多小低少]", text):
        return Operation.LIST
    if re.search(r"是.{1,20}的?几倍|多少倍|几成", text) and not many:
        return Operation.SHARE
    if re.search(
        r"占.{1,30}?(?:的)?(?:比重|比例|百分比|百分之|多少|几成|份额|比)|占比|占(?:几成|多少|多大)", text
    ) and measure in (
        "占比",
        "",
        "决算",
        "预算",
    ):
        return Operation.SHARE
    if re.search(r"[^,，]{2,}占(?![比用地])[^,，]{3,}$", text) and measure in ("", "决算", "预算"):
        return Operation.SHARE
    if words.PRIOR.search(text):
        return Operation.PRIOR
    if re.search(r"列出|列一下|都列|列举", text) or (words.BIGGEST.search(text) and not many):
        return Operation.LIST
    if words.RANK_CROSS.search(text) and not many and _RIVALS.search(text):
        return Operation.DIFFERENCE
    if words.RANK_CROSS.search(text):
        return Operation.COMPARE
    if re.search(r"人均|每人次?|每[辆台批名]|平均|一辆.{0,6}平均|均价", text) and not re.search(
        r"平均(?:得)?分|平均工资", text
    ):
        return Operation.PER
    if _is_difference(text, many) or (
        re.match(r"比较|对比|比一比", text) and (many or len(find_periods(text).years) == 2)
    ):
        return Operation.DIFFERENCE
    if words.SUM.search(text) and (
        many
        or words.ALL_UNITS.search(text)
        or re.search(
            r"两部分|两项|三项|[一-龥]{3,}(?<![增附追参更递外])加上?(?![强快大工班入权急分])[一-龥]{3,}|[二两三四五六七八九十]个(?:项目|专项)|加起来|之和|[和与及、].{1,20}(?:合计|一共|总共)",
            text,
        )
    ):
        return Operation.SUM
    if (
        words.LIST.search(text)
        or words.TWO_COUNTS.search(text)
        or (find_condition(text)[0] and re.search(r"(?:的|有)(?:[类款项]级)?(?:项目|科目|单位|支出|指标|款项)", text))
    ):
        return Operation.LIST
    return Operation.LOOKUP


def _dated_clauses(text: str) -> list[str]:
    """The clauses that each ask for a figure of a year or a stage of their own: 2024年决算多少,2025年预算多少."""
    clauses = [c for c in re.split(r"[,，;；]", text) if re.search(r"多少|几", c)]
    return [
        c
        for c in clauses
        if (find_periods(c).years or re.search(r"预算|决算", c)) and not re.match(r"占|比|完成|超", c)
    ]


def _is_difference(text: str, many: bool) -> bool:
    if EXCLUDED.search(text) and not words.WHY.search(text):
        return True
    if re.search(r"(?:比|较|与|和|跟).{1,24}?(?:多|少|高|低|增加|减少|差|贵|大|小)了?(?:多少|几|出)", text) and (
        many or not words.CHANGE_BASIS.search(text)
    ):
        return True
    return bool(
        re.search(
            r"(?:超出|超过|超|低于|少于|高于|结余|节约|节省)(?:了)?(?:年初|全年)?预算数?(?:多少|几)|(?<!结转)(?<!和)(?:结余|节约|节省|节支)了?(?:多少|几)|(?:比|跟|和|较)(?:年初|全年)?预算数?(?:比|相比)?(?:多|少|省|超|低|高|结余|节约)(?:了|花|用|出|下)*(?:多少|几)|超了?多少|差(?:了)?多少|相差|差额|之差|缺口|没花完多少|变化了?(?:多少|几)|从.{2,20}到.{2,30}(?:增加|减少|增长|下降|涨|降|变)了?(?:多少|几)",
            text,
        )
    )


def split_operands(text: str, operation: Operation) -> tuple[tuple[int, int], ...]:
    """The spans that name one figure each, for operations over two or more of them."""
    if operation is Operation.SHARE:
        match = re.search(r"占(?!比)|是(?=.{1,20}的?(?:几倍|多少倍))", text)
        if match and (inside := _INSIDE.match(text)):
            return (inside.span("part"), inside.span("whole"))
        if match:
            end = re.search(r"的?(?:比重|比例|百分比|百分之|多少|几成|几倍|份额|比$)", text[match.end() :])
            return ((0, match.start()), (match.end(), match.end() + end.start() if end else len(text)))
        return ()
    if operation is Operation.DIFFERENCE:
        if rivals := _RIVALS.search(text):
            return (rivals.span("one"), rivals.span("other"))
        if rest := EXCLUDED.search(text):
            return (rest.span("whole"), rest.span("part"))
        match = re.search(r"比(?!例|重|上年|去年|年初)|较(?!上年|去年)", text)
        if match:
            return ((0, match.start()), (match.end(), len(text)))
        match = re.search(r"[和与跟](?=.{2,30}(?:差|相差))|减去?", text)
        if match:
            return ((0, match.start()), (match.end(), len(text)))
        return ()
    if operation in (Operation.SUM, Operation.LIST):
        pieces, start = [], 0
        for match in re.finditer(
            r"[、,，]|(?<![增附追参更递外])加上?(?![强快大工班入权急分])(?=[一-龥]{3,})|(?<!结转)[和与及](?!谐|就业|结余|服务|事业|工资|家庭|相关|信息化|其他|社会|国)|以及",
            text,
        ):
            pieces.append((start, match.start()))
            start = match.end()
        pieces.append((start, len(text)))
        kept = tuple(span for span in pieces if not text[span[0] :].startswith("占"))
        return kept if len(kept) > 1 else ()
    return ()


def find_table(text: str) -> tuple[str, int]:
    """A table named by its number: 公开02表, 04表, 表七 -> ("02", mask)."""
    match = _TABLE.search(text)
    if not match or (match["number"] and re.match(r"\d{3,}", text[match.start("number") :])):
        return "", 0
    if match["number"]:
        return match["number"].zfill(2), span_mask([match.span()])
    number = sum(
        10 if c == "十" and i == 0 and len(match["chinese"]) > 1 else words.CHINESE_DIGITS[c]
        for i, c in enumerate(match["chinese"])
    )
    return str(number).zfill(2), span_mask([match.span()])


def find_condition(text: str) -> tuple[Condition | None, int]:
    for relation, pattern in _RELATION:
        match = re.search(pattern, text)
        if match:
            groups = [g for g in match.groups() if g is not None]
            try:
                value = Decimal(groups[0].replace(",", ""))
            except ArithmeticError:
                continue
            unit = unit_of(groups[1]) if len(groups) > 1 else ""
            if 1900 < value < 2100 and not unit:
                continue
            return Condition(relation, value, unit), span_mask([match.span()])
    zero = re.search(
        r"年初(?:就)?(?:没有|没|无)(?:安排)?预算|(?:年初|预算|决算|数)?(?:为|是)(?:0|零)(?!\.\d*[1-9]|\d)|年初(?:无|没有|没)(?:安排)?预算|无年初预算|(?:年初)0预算|零预算",
        text,
    )
    if zero and (words.LIST.search(text) or re.search(r"的(?:科目|项目|支出|款项)|支出$|科目$", text)):
        return Condition("=", Decimal(0), "", "年初预算" if "年初" in zero.group() else ""), span_mask([zero.span()])
    return None, 0


def find_top(text: str) -> int:
    match = _TOP.search(text)
    if not match:
        return 1 if words.BIGGEST.search(text) else 0
    digits = match.group(1) or match.group(2)
    return int(digits) if digits.isdigit() else words.CHINESE_DIGITS[digits]


def _count_unit_of(text: str) -> str:
    """What is counted: 辆, 人次; "" where money is asked for."""
    if words.PRICE.search(text):
        return ""
    return next((unit for pattern, unit in words.COUNT_UNITS if re.search(pattern, text)), "")


def _unit_of(text: str) -> str:
    """The money unit that the answer is asked for in, or ""."""
    return next((unit for pattern, unit in words.ASK_UNITS if re.search(pattern, _asking(text))), "")


def _asking(text: str) -> str:
    """The text without amounts it states itself, so that 193.86万 is no wish for 万元."""
    return re.sub(r"\d[\d,.]*(?:亿元?|万元?|元)", "", text)


def _stated(text: str, skip: int, codes: Sequence[str]) -> tuple[tuple[Decimal, str], ...]:
    found = []
    for match in _STATED.finditer(text):
        if skip >> match.start() & 1 or match.group(1) in codes:
            continue
        unit = unit_of(match.group(2) or "")
        if "." in match.group(1) or unit in MONEY or unit == "%" or (unit and len(match.group(1)) < 7):
            found.append((Decimal(match.group(1).replace(",", "").rstrip(".")), unit))
    return tuple(found)


def blanked(text: str, mask: int) -> str:
    """The text with what is already understood (office, year, table, bound) made unmatchable, positions kept."""
    return "".join("□" if mask >> i & 1 else c for i, c in enumerate(text))


def content_mask(text: str, skip: int) -> int:
    """The characters that carry meaning: no office, no year, no filling, no figures, no punctuation."""
    filling = skip
    for pattern, longest in _ASKING_WORDS:
        filling |= span_mask(m.span() for m in pattern.finditer(text) if m.end() - m.start() <= longest)
    filling |= span_mask(
        m.span() for m in re.finditer(r"\([^()]*(?:[推倒折换计]算|倒推|推|口径|合并|表示|文件|各自|本级)[^()]*\)", text)
    )
    filling |= span_mask(m.span() for m in words.COUNTED.finditer(text))
    i = 0
    while i < len(text):
        if whole := words.WHOLE.match(text, i):
            i = whole.end()
            continue
        word = next((w for w in words.FILLER if text.startswith(w, i)), "")
        if word:
            filling |= span_mask([(i, i + len(word))])
            i += len(word)
        else:
            i += 1
    filling &= ~span_mask(m.span() for m in _BALANCE_DATE.finditer(text))
    meaning = 0
    for i, char in enumerate(text):
        if not filling >> i & 1 and re.match(r"[一-龥A-Za-z]", char):
            meaning |= 1 << i
    return meaning
