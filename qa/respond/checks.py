"""Do these figures agree: find where each stands, say what each counts, and whether they contradict each other."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.amounts import MONEY, Amount, agree, plain
from index.model import CatalogueEntry, Fact, Found, State
from qa import calculate
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, printed, scope_of, source_of, subject_of
from qa.finder import Finder, asked_of
from qa.model import Intent, Operand, Operation, Value
from qa.respond import rates, self_check
from qa.respond.sources import CHECKING, Hint, Part, Source, figure_in, hints_in, is_form, look_in, part, twin_in
from qa.respond.totals import marks_of, parts_of_whole, sum_equals

_ASKED = re.compile(
    r"对得上|对不上|不?一致|不一样|一样[吗么]|(?:不是|是不是|是)(?:同)?一个数|矛盾|勾稽|相等|等于(?!多少|几)|平不平|(?<![决预])算对|算错|算得对|差错|数据错误|疑点|不符|相符|吻合|打架|出入|为准|哪个(?:对|准)|"
    r"[两二三四]个数|一处.+一处|算出来|(?<![决预])算是多少|差在哪"
)
_COMPUTED = re.compile(r"(?<![决预])算对|算错|算得|算出来|(?<![决预])算是|计算|控制率|调整率|结余率|有误|写错")
_WHOLE_AND_PARTS = re.compile("合计|之和|加起来|总和|明细|分项")
_AND = re.compile(r"(?<!结转)(?<!保障)[和跟与同](?!结余|就业|服务|其他|家庭|信息)")


def asked(intent: Intent) -> bool:
    """Whether a question asks for a check, however it is put otherwise."""
    stated = [value for value, _ in intent.stated if value]
    return intent.operation is Operation.CHECK or bool(_ASKED.search(intent.text)) or (
        len(stated) >= 2 and bool(re.search(r"还是(?=\d)|怎么(?:回事|有|会有)|为[啥什何]么?.{0,2}不|哪个", intent.text))
    )  # fmt: skip


def respond(intent: Intent, finder: Finder) -> Draft | None:
    if not asked(intent):
        return None
    draft = self_check.respond(intent, finder) or stated_figures(intent, finder)
    named = len([value for value, unit in intent.stated if value and unit != "%"])
    if draft is None and named >= 2 and not _COMPUTED.search(intent.text) and not _WHOLE_AND_PARTS.search(intent.text):
        return None  # the figures that the question states are not the document's: others are no answer
    for entry in () if draft else intent.documents:
        if _COMPUTED.search(intent.text):
            draft = rates.indicator(intent, entry, finder) or rates.stated_rate(intent, entry, finder)
        draft = draft or sum_equals(intent, entry, finder) or compared(intent, entry, finder)
        if draft:
            break
    return draft


# -- figures that the question states ----------------------------------------------------------------------------------


def stated_figures(intent: Intent, finder: Finder) -> Draft | None:
    """The question states figures: find each in the document by its value and say what it is."""
    stated = [s for s in intent.stated if s[0] != 0 and s[1] != "%"]
    if len(stated) < 2:
        return None
    for entry in intent.documents:
        located = [found for value, unit in stated[:4] if (found := _locate(value, unit, intent, entry, finder))]
        if len(located) > 2 and (draft := parts_of_whole(located, entry, intent, finder)):
            return draft
        if len(located) == len(stated[:4]):
            return _explain(located, entry, intent, finder)
    return None


def _locate(value: Decimal, unit: str, intent: Intent, entry: CatalogueEntry, finder: Finder) -> Found | None:
    """The fact with this value whose wording is nearest to the question."""
    wide = replace(asked_of(intent), measure="", money=False, unit="", years=())
    ranking = finder.figures(intent.topic, wide, (entry,))
    near = next((s.found for s in ranking.scored if _equals(s.fact, value, unit)), None)
    if near is not None:
        return near
    anywhere = [f for f in finder.facts(documents=(entry.name,)) if _equals(f.fact, value, unit)]
    return min(anywhere, key=lambda f: (f.fact.source == "text", f.fact.table, f.fact.row), default=None)


def _equals(fact: Fact, value: Decimal, unit: str) -> bool:
    if fact.value is None:
        return False
    if unit in MONEY and fact.unit in MONEY:
        return agree(Amount(value, unit, ""), Amount(fact.value, fact.unit, ""))
    in_ten_thousands = not unit and fact.unit == "元" and value != value.to_integral_value()
    return fact.value == value or (in_ten_thousands and _equals(fact, value, "万元"))


def _explain(located: list[Found], entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    lines, operands = [], []
    for found in located:
        mark = ledger.fact(found)
        fact = found.fact
        marks = marks_of(found, ledger, finder)
        scope = f"，口径：{scope_of(fact)}" if scope_of(fact) else ""
        lines.append(f"- {printed(fact)}：{subject_of(fact)}{fact.measure}（{source_of(fact)}{scope}）{marks}")
        operands.append(Operand(subject_of(fact), fact.value or Decimal(0), fact.unit, mark))
    finding, difference = _finding(located[0], located[1], operands[0], operands[1])
    text = f"{heading(entry)}：{finding}。\n" + "\n".join(lines)
    return Draft(text, ledger, (difference,), warnings=intent.notes)


def _finding(a: Found, b: Found, x: Operand, y: Operand) -> tuple[str, Value]:
    """How two figures stand to each other, and their difference."""
    gap = calculate.difference(x, y)
    size = abs(gap.value)
    formula = gap.formula if gap.value >= 0 else calculate.difference(y, x).formula
    value = Value("差额", plain(size), gap.unit, "computed", formula, (x, y), (x.citation, y.citation))
    if size == 0:
        return "两个数一致", value
    if size <= Decimal("0.02") and gap.unit == "万元" and a.fact.label == b.fact.label:
        return f"两个数相差{plain(size)}{gap.unit}（{formula}），属于口径不同或四舍五入形成的尾差", value
    if scope_of(a.fact) != scope_of(b.fact) or a.fact.title != b.fact.title or a.fact.label != b.fact.label:
        counted = [scope_of(f.fact) or subject_of(f.fact) for f in (a, b)]
        if counted[0] == counted[1]:
            counted = [subject_of(f.fact) for f in (a, b)]
        kinds = "与".join(counted)
        return (
            f"两个数不一致，口径不同，不能直接相等：差异为{plain(size)}{gap.unit}（{formula}），分别统计{kinds}",
            value,
        )
    if a.fact.source == b.fact.source == "table" and _apart(a.fact, b.fact):
        return (
            f"两个数各是一行（或一栏）的数，不是同一个数，谈不上谁对谁错：相差{plain(size)}{gap.unit}（{formula}）",
            value,
        )
    return f"两处不一致，差额{plain(size)}{gap.unit}（{formula}），请核对原文", value


def _apart(a: Fact, b: Fact) -> bool:
    """Whether two cells are of different rows, columns, units or years: they need not agree."""
    same_cell = (a.path, a.column[-1:], a.measure, a.year, a.entity) == (
        b.path,
        b.column[-1:],
        b.measure,
        b.year,
        b.entity,
    )
    return a.table == b.table or not same_cell


# -- two places, or two items ------------------------------------------------------------------------------------------


def compared(intent: Intent, entry: CatalogueEntry, finder: Finder) -> Draft | None:
    """The two sides of a comparison, found each in its place and set against each other."""
    for first, second in sides(intent):
        a, b = _pair(first, second, intent, entry, finder)
        if a and b and a.fact.key != b.fact.key and _same_kind(a.fact.unit, b.fact.unit):
            return _agreement(a, b, entry, intent, finder)
    return None


def _pair(
    first: Part, second: Part, intent: Intent, entry: CatalogueEntry, finder: Finder
) -> tuple[Found | None, Found | None]:
    """The figures of both sides; one figure in two places is found where it is surest, the other is its twin."""
    if first.topic != second.topic:
        return figure_in(first, intent, entry, finder), figure_in(second, intent, entry, finder)
    a, b = look_in(first, intent, entry, finder), look_in(second, intent, entry, finder)
    if a and a[1] and not (b and b[1]):
        return a[0], twin_in(a[0], second, finder) or (b[0] if b else None)
    if b and b[1] and not (a and a[1]):
        return twin_in(b[0], first, finder) or (a[0] if a else None), b[0]
    return (a[0] if a else None), (b[0] if b else None)


def sides(intent: Intent) -> list[tuple[Part, Part]]:
    """How the question can be read as two figures: A and B, or one figure in two places."""
    text = intent.text
    hints = hints_in(text)
    readings = []
    for match in _AND.finditer(text):
        left, right = part(intent, 0, match.start(), hints), part(intent, match.end(), len(text), hints)
        if (left.topic.size or left.measure) and (right.topic.size or right.measure):
            readings.append((_placed(left, hints, 0, match.start()), _placed(right, hints, match.end(), len(text))))
    shared = part(intent, 0, len(text), hints)
    named = [h for h in hints if h.source is not Source.ANY]
    if len(named) >= 2:
        first, second = named[0], named[1]
        pair = (replace(shared, source=first.source, code=first.code), replace(shared, source=second.source, code=second.code))  # fmt: skip
        only_joined = re.fullmatch(r"[和跟与同、里中的]*", text[first.end : second.start])
        readings.insert(0, pair) if only_joined else readings.append(pair)
    readings.append((replace(shared, source=Source.PROSE), replace(shared, source=Source.TABLE)))
    readings.append((replace(shared, source=Source.FORM), replace(shared, source=Source.PROSE)))
    return readings


def _placed(side: Part, hints: list[Hint], start: int, end: int) -> Part:
    hint = next((h for h in hints if start <= h.start < end), None)
    return replace(side, source=hint.source, code=hint.code) if hint else side


def _same_kind(a: str, b: str) -> bool:
    """Two units that can be set against each other."""
    return a == b or (a in MONEY and b in MONEY)


def _agreement(a: Found, b: Found, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    x, y = (Operand(subject_of(f.fact), f.fact.value or Decimal(0), f.fact.unit, ledger.fact(f)) for f in (a, b))
    shown = "，".join(
        f"{subject_of(f.fact)}{_measure(f.fact)}为{printed(f.fact)}（{place_of(f, finder)}）{marks_of(f, ledger, finder)}"
        for f in (a, b)
    )
    if _same(a.fact, b.fact):
        text = f"一致：{heading(entry)}{shown}，折算后相符（允许四舍五入或截尾）。"
        values = tuple(_value(f, "both", o.citation) for f, o in ((a, x), (b, y)))
        return Draft(text, ledger, values, verdict="yes", warnings=intent.notes)
    finding, difference = _finding(a, b, x, y)
    text = f"不一致：{heading(entry)}{shown}。{finding}。"
    values = (*(_value(f, "conflict", o.citation) for f, o in ((a, x), (b, y))), difference)
    warning = f"{subject_of(a.fact)}：{place_of(a, finder)}为{printed(a.fact)}，{place_of(b, finder)}为{printed(b.fact)}，两处不一致。"
    return Draft(text, ledger, values, verdict="no", warnings=(*intent.notes, warning))


def _value(found: Found, verification: str, mark: int) -> Value:
    value, unit = amount_in(found.fact, "")
    return Value(subject_of(found.fact), value, unit, verification, citations=(mark,))


def _same(a: Fact, b: Fact) -> bool:
    if a.value is None or b.value is None:
        return False
    if a.unit in MONEY and b.unit in MONEY:
        return agree(Amount(a.value, a.unit, a.printed), Amount(b.value, b.unit, b.printed))
    return a.value == b.value


def _measure(fact: Fact) -> str:
    return fact.measure if fact.measure and fact.measure not in subject_of(fact) and fact.state is State.VALUE else ""


def place_of(found: Found, finder: Finder) -> str:
    """The table with its column, the form, or the section of the prose."""
    fact = found.fact
    if fact.source == "text":
        title = next((s.title for s in finder.sections(found.document) if s.number == fact.section), "")
        return f"文字说明“{title}”" if title else "文字说明"
    return source_of(fact) if not is_form(found.document, fact, finder) else f"附表{source_of(fact)}"


__all__ = ["CHECKING", "asked", "compared", "respond", "stated_figures"]
