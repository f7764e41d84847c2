"""What a question wants done with the figures it names, and where in it each of them is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa import words
from qa.bounds import find_condition
from qa.frames import (
    Divisor,
    Form,
    Frame,
    Span,
    find_divisor,
    find_gap,
    find_ratio,
    find_sum,
    implies_gap,
    side_by_side,
)
from qa.model import Operation
from qa.organisations import Offices
from qa.periods import find_periods

_EACH = re.compile(r"各(?:自|项)?(?:是|为|有|花|用|值|支出|安排|执行|发生)?了?(?:多少|几)|分别")
_AGREEMENT = re.compile(r"对得上|对不上|一致|矛盾|算对|勾稽|平衡|不平|相符|不符|出入|吻合")
_EXTREME_SHARE = re.compile(r"占比最|占.{0,6}最[大高多低少小]")
_SHARE = re.compile(r"占比|所占(?:比重|比例)|占(?:几成|多少|多大)")
_LISTED = re.compile(r"列出|列一下|都列|列举")
_AVERAGE_NAMES = re.compile(r"平均(?:得)?分|平均工资")
_TWO_COMPARED = re.compile(r"比较|对比|比一比")
_ROWS_TOGETHER = re.compile(
    r"两部分|[二两三四五]项|[二两三四五]行|总和|[二两三四五六七八九十\d]个(?:项目|专项)|[二两三四五六七八九十\d]所(?=[小中学初高幼])|加起来|之和"
)
_SEVERAL_ROWS = re.compile(r"(?:的|有)(?:[类款项]级)?(?:项目|科目|单位|支出|指标|款项)")
_STAGED = ("占比", "", "决算", "预算")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done: the operation, the figures it is over where the question names them, the divisor."""

    operation: Operation
    frame: Frame | None = None
    divisor: Divisor | None = None
    unheard: bool = False  # the words of a calculation are there, but one of its sides names no figure

    @property
    def form(self) -> Form | None:
        return self.frame.form if self.frame else None

    @property
    def operands(self) -> tuple[Span, ...]:
        return self.frame.operands if self.frame else ()


def find_operation(
    text: str,
    offices: Offices,
    measure: str,
    shown: str | None = None,
    meaning: Callable[[Span], bool] | None = None,
    run_on: tuple[Span, ...] = (),
) -> Wish:
    """What is to be done; the order of the rules is the order of precedence.

    `shown` is the text in which connectors inside names are hidden, `meaning` tells whether a span could name a figure;
    `run_on` are names that stand side by side before the word that asks for their sum.
    """
    plain = text if shown is None else shown
    named = meaning or (lambda span: span[1] > span[0])
    many = len({m.names for m in offices.mentions}) > 1
    if words.DEFINE.search(text):
        return Wish(Operation.DEFINE)
    if (_EACH.search(text) and not words.WHY.search(text)) or _dated(text):
        return _list(plain, run_on)
    if words.CHECK.search(text) and (len(re.findall(r"\d+\.\d+", text)) >= 2 or _AGREEMENT.search(text)):
        return Wish(Operation.CHECK)
    if words.WHY.search(text):
        return Wish(Operation.WHY)
    if _EXTREME_SHARE.search(text):
        return _list(plain)
    if measure in _STAGED and ((ratio := find_ratio(plain, named)) or _SHARE.search(text)):
        return Wish(Operation.SHARE, ratio)
    if words.PRIOR.search(text):
        return Wish(Operation.PRIOR)
    return _over_rows(text, plain, many, named, run_on)


# 收入总计和支出总计: the word of a sum ends each of the names, and adds up nothing.
_TOTALS = re.compile(
    r"(?:合计|总计|总额)数?(?:[、,，]|以?及|[和与跟])[^和与跟、,，]+(?:合计|总计|总额)数?(?:是|为|有)?(?:多少|几)?[万亿]?元?[?？]?$"
)


def _over_rows(text: str, plain: str, many: bool, named: Callable[[Span], bool], run_on: tuple[Span, ...]) -> Wish:
    if _LISTED.search(text) or (words.BIGGEST.search(text) and not many):
        return _list(plain)
    if _TOTALS.search(text):
        return _list(plain, run_on)
    gap = find_gap(plain, named)
    if words.RANK_CROSS.search(text):
        return Wish(Operation.DIFFERENCE, gap) if gap and not many else Wish(Operation.COMPARE)
    together = find_sum(plain, named) or (Frame(Form.SUM, run_on) if len(run_on) > 1 else None)
    divisor = find_divisor(text) if not _AVERAGE_NAMES.search(text) else None
    if divisor:
        return Wish(Operation.PER, together, divisor)
    if gap or _is_gap(text, many):
        return Wish(Operation.DIFFERENCE, gap)
    if together or (words.SUM.search(text) and (many or words.ALL_UNITS.search(text) or _ROWS_TOGETHER.search(text))):
        return Wish(Operation.SUM, together)
    bounded = find_condition(text)[0] and _SEVERAL_ROWS.search(text)
    if words.LIST.search(text) or words.TWO_COUNTS.search(text) or bounded:
        return _list(plain)
    return Wish(Operation.LOOKUP, unheard=bool(find_gap(plain, _anything) or find_ratio(plain, _anything)))


def _anything(span: Span) -> bool:
    return True


def _list(plain: str, run_on: tuple[Span, ...] = ()) -> Wish:
    kept = tuple(span for span in side_by_side(plain) if not plain[span[0] :].startswith("占"))
    kept = kept if len(kept) > 1 else run_on
    return Wish(Operation.LIST, Frame(Form.EACH, kept) if len(kept) > 1 else None)


def _dated(text: str) -> bool:
    """Clauses that each ask for a figure of a year or a stage of their own: 2024年决算多少,2025年预算多少."""
    if words.CHECK.search(text) or words.CHANGE_BASIS.search(text):
        return False
    clauses = [c for c in re.split(r"[,，;；]", text) if re.search(r"多少|几", c)]
    own = [
        c
        for c in clauses
        if (find_periods(c).years or re.search(r"预算|决算", c)) and not re.match(r"占|比|完成|超", c)
    ]
    return len(own) > 1


def _is_gap(text: str, many: bool) -> bool:
    """A difference whose sides the question does not name one by one."""
    if implies_gap(text):
        return True
    return bool(_TWO_COMPARED.match(text)) and (many or len(find_periods(text).years) == 2)
