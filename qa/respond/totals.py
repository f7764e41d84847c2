"""A total beside the sum of its parts: equal, apart by the residue of rounding each (尾差), or at odds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from index.amounts import MONEY, plain
from index.model import CatalogueEntry, Found
from qa import calculate
from qa.cite import Ledger, new_ledger
from qa.draft import Draft, heading, printed, rounded, subject_of
from qa.finder import Finder
from qa.model import Intent, Operand, Value
from qa.pick import corroborate
from qa.respond.sources import Source, figure_in, hints_in, part

_SUM_EQUALS = re.compile(
    r"(?P<a>.{2,}?)(?:加上?|与|和|＋|\+)(?P<b>.{2,}?)(?:之和|加起来|合计|相加)?(?:是不是|是否|会不会|能不能)?(?:等于|就是)(?P<whole>.{2,}?)(?:吗|么|不|$)"
)
ROUNDING = Decimal("0.03")  # of the unit printed: three parts each rounded to two places


def parts_of_whole(located: Sequence[Found], entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft | None:
    """A total beside the sum of its parts: the residue of rounding each, or a contradiction."""
    for whole, first, second in permutations(located[:3]):
        a, b = first.fact, second.fact
        if not (a.value and b.value and whole.fact.value) or {a.unit, b.unit} != {whole.fact.unit}:
            continue
        gap = abs(whole.fact.value - a.value - b.value)
        if gap > ROUNDING or a.key > b.key:
            continue
        ledger = new_ledger(finder)
        operands = [Operand(subject_of(f.fact), f.fact.value or Decimal(0), f.fact.unit, ledger.fact(f)) for f in (first, second)]  # fmt: skip
        total = calculate.total(operands)
        mark = marks_of(whole, ledger, finder)
        parts = "、".join(f"{o.label}{plain(o.value)}{o.unit}[{o.citation}]" for o in operands)
        finding = (
            "完全一致"
            if gap == 0
            else f"相差{plain(gap)}{whole.fact.unit}，是各项分别四舍五入到两位小数形成的尾差，不是差错"
        )
        text = f"{heading(entry)}{subject_of(whole.fact)}为{printed(whole.fact)}{mark}；{parts}，相加为{plain(total.value)}{total.unit}（{total.formula}），{finding}。"
        values = [Value("分项之和", plain(total.value), total.unit, "computed", total.formula, tuple(operands), tuple(o.citation for o in operands))]  # fmt: skip
        if gap:
            left = Operand("分项之和", total.value, total.unit, 0)
            formula = f"{plain(max(whole.fact.value, left.value))}－{plain(min(whole.fact.value, left.value))}"
            values.append(Value("尾差", plain(gap), whole.fact.unit, "computed", formula))
        return Draft(text, ledger, tuple(values), warnings=intent.notes)
    return None


def sum_equals(intent: Intent, entry: CatalogueEntry, finder: Finder) -> Draft | None:
    """基本支出加项目支出等于支出合计吗: the parts found each, added up and set against the whole."""
    match = _SUM_EQUALS.search(intent.text)
    if match is None:
        return None
    hints = hints_in(intent.text)
    found = [figure_in(part(intent, *match.span(name), hints), intent, entry, finder) for name in ("a", "b", "whole")]
    first, second, whole = found
    if first is None or second is None or whole is None or {f.fact.unit for f in found if f} - set(MONEY):
        return None
    ledger = new_ledger(finder)
    x, y, z = (Operand(subject_of(f.fact), f.fact.value or Decimal(0), f.fact.unit, ledger.fact(f)) for f in (first, second, whole))  # fmt: skip
    total = calculate.total((x, y), z.unit)
    gap = abs(total.value - z.value)
    holds = gap <= ROUNDING if z.unit == "万元" else gap == 0
    finding = "相等" if gap == 0 else f"相差{plain(gap)}{z.unit}" + ("，属于四舍五入的尾差" if holds else "，不一致")
    shown = "、".join(f"{o.label}{plain(o.value)}{o.unit}[{o.citation}]" for o in (x, y))
    text = f"{'是' if holds else '否'}。{heading(entry)}{shown}，相加为{plain(total.value)}{total.unit}（{total.formula}）；{z.label}为{plain(z.value)}{z.unit}[{z.citation}]，{finding}。"
    values = [
        Value("相加", plain(total.value), total.unit, "computed", total.formula, (x, y), (x.citation, y.citation))
    ]
    if gap:
        difference = calculate.difference(*((z, Operand("", total.value, total.unit, 0)) if z.value > total.value else (Operand("", total.value, total.unit, 0), z)))  # fmt: skip
        values.append(Value("差额", plain(gap), z.unit, "computed", difference.formula))
    return Draft(text, ledger, tuple(values), verdict="yes" if holds else "no", warnings=intent.notes)


def printed_total(
    operands: Sequence[Operand], count: int, intent: Intent, entry: CatalogueEntry, finder: Finder, ledger: Ledger
) -> Draft | None:
    """What the prose prints for as many items as were added up: a printed total is the answer, the sum checks it."""
    found = figure_in(part(intent, 0, len(intent.text), hints_in(intent.text), Source.PROSE), intent, entry, finder)
    if found is None or found.fact.value is None or found.fact.unit not in MONEY or not re.search(rf"(?<!\d){count}个", found.fact.quote):  # fmt: skip
        return None
    fact, value, mark = found.fact, found.fact.value, ledger.fact(found)
    total = calculate.total(operands)
    scale = MONEY[fact.unit] / MONEY[total.unit]
    shown = rounded(total.value / scale)
    marks = tuple(o.citation for o in operands)
    added = [Value("各项相加", plain(total.value), total.unit, "computed", total.formula, tuple(operands), marks)]
    if total.unit != fact.unit:
        added.append(Value("各项相加", plain(shown), fact.unit, "computed", f"{plain(total.value)}÷{plain(scale)}"))
    holds = abs(shown - value) <= ROUNDING
    printed_value = Value(subject_of(fact), plain(value), fact.unit, "both" if holds else "conflict", citations=(mark,))  # fmt: skip
    parts = "、".join(f"{plain(o.value)}{o.unit}[{o.citation}]" for o in operands)
    same = f"合{plain(shown)}{fact.unit}，" if total.unit != fact.unit else ""
    finding = "与各项相加相符" if holds else "两处不一致，请核对原文"
    text = (
        f"{heading(entry, fact.year)}{subject_of(fact)}，文件写的是**{printed(fact)}**[{mark}]；"
        f"各项{parts}，相加为{plain(total.value)}{total.unit}（{total.formula}），{same}{finding}。"
    )
    warnings = () if holds else (f"{subject_of(fact)}：文字说明为{printed(fact)}，各项相加为{plain(shown)}{fact.unit}，两处不一致。",)  # fmt: skip
    return Draft(text, ledger, (printed_value, *added), warnings=(*intent.notes, *warnings))


def marks_of(found: Found, ledger: Ledger, finder: Finder) -> str:
    """The marks of a figure and of the other place that prints the same."""
    other = corroborate(found, finder).agreeing
    marks = [ledger.fact(found), *([ledger.fact(other)] if other else [])]
    return "".join(f"[{mark}]" for mark in marks)
