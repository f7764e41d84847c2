"""Is it so: an amount or a bound that a yes-or-no question states, held against the figure that it names.

项目支出超过三千万吗, 预算支出3.72亿对吗, 公务接待费花了三万多元吧. The figure is shown whether or not it is so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MONEY, Amount, agree, to_unit
from index.model import Fact
from qa.cite import new_ledger
from qa.draft import Draft, amount_in, heading, printed, source_of, subject_of
from qa.finder import Finder
from qa.model import Condition, Intent, Operation, Value
from qa.pick import pick_is_open
from qa.respond.lookup import ask_which_document, ask_which_item, picks_in

_WHICH = re.compile(r"哪|多少|几(?!乎)|列出|所有")
_AT_LEAST = re.compile(r"(?:有|够|满|达)(?:得)?\d[\d,.]*(?:亿|万)?元?[一-龥]?(?:吗|没有?)$")
_ABOUT = re.compile(r"左右|大约|大概|约|差不多|将近|接近|近(?=\d)|上下")
_ODD = re.compile(r"\d(?:亿|万)?(?:多|余)")  # 3万多: more than three, less than four
_UP = re.compile(r"增加|增长|上升|提高|上涨|涨|增|多了")
_DOWN = re.compile(r"减少|下降|降低|压减|减|降|少了")
_NEAR = Decimal("0.05")  # how far from 约3亿 a figure may lie
_WORDS = {">": "超过", ">=": "达到", "<": "低于"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """What is supposed of a figure, and how it is said when it is so."""

    condition: Condition
    about: bool = False
    odd: bool = False

    def holds(self, fact: Fact) -> bool | None:
        """None where the figure and the claim are of different kinds: money, people, per cent."""
        value = fact.value
        unit = self.condition.unit or fact.unit
        if value is None or (unit in MONEY) != (fact.unit in MONEY) or (unit == "%") != (fact.unit == "%"):
            return None
        converted = to_unit(value, fact.unit, unit) if unit in MONEY else value
        if converted is None:
            return None
        said = self.condition.value
        if self.odd:
            return said <= converted < said + Decimal(1).scaleb(max(said.adjusted(), 0) if _round(said) else 0)
        if self.condition.relation != "=":
            return self.condition.holds(converted)
        if self.about:
            return abs(converted - said) <= said * _NEAR
        return agree(Amount(said, unit, str(said)), Amount(value, fact.unit, fact.printed))


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """The verdict on the amount that the question states; None where it states none, or names no figure."""
    claim = _claim(intent)
    if claim is None or not intent.yesno or _WHICH.search(intent.text) or intent.offices_named > 1:
        return None
    picks = picks_in(replace(intent, operation=Operation.LOOKUP, condition=None), finder)
    if not picks:
        return None
    if len(picks) > 1:
        return ask_which_document(picks, intent, finder)
    found = picks[0]
    if pick_is_open(found):
        return ask_which_item(found, intent, finder)
    scored = next((x for x in (found.best, *found.others) if claim.holds(x.fact)), found.best)
    fact, holds = scored.fact, claim.holds(scored.fact)
    if holds is None:
        return None
    if (fact.direction == "减少" and _UP.search(intent.text)) or (
        fact.direction == "增加" and _DOWN.search(intent.text)
    ):
        holds = False
    ledger = new_ledger(finder)
    mark = ledger.fact(scored.found)
    value, unit = amount_in(fact, "")
    measure = f"{fact.measure}为" if fact.measure not in subject_of(fact) else "为"
    text = (
        f"{'是' if holds else '否'}。{heading(found.entry, fact.year)}{subject_of(fact)}{fact.direction or measure}**{printed(fact)}**"
        f"（{source_of(fact)}）[{mark}]{_said(claim, holds)}。"
    )
    shown = Value(subject_of(fact), value, unit, fact.source, citations=(mark,))
    return Draft(text, ledger, (shown,), verdict="yes" if holds else "no", warnings=intent.notes)


def claimed(intent: Intent) -> bool:
    """Whether a question supposes an amount: prose that holds another one decides nothing then."""
    claim = _claim(intent)
    return claim is not None and bool(claim.condition.unit) and not _WHICH.search(intent.text)


def _claim(intent: Intent) -> _Claim | None:
    if intent.condition:
        return None if intent.condition.measure else _Claim(intent.condition)
    stated = [s for s in intent.stated if s[1]] or list(intent.stated)
    if len(stated) != 1:
        return None
    value, unit = stated[0]
    relation = ">=" if _AT_LEAST.search(intent.text) else "="
    return _Claim(Condition(relation, value, unit), bool(_ABOUT.search(intent.text)), bool(_ODD.search(intent.text)))


def _round(value: Decimal) -> bool:
    """Whether only the leading figure is said: 3, 30, 500."""
    return value == value.to_integral_value() and not str(int(value)).strip("0")[1:]


def _said(claim: _Claim, holds: bool) -> str:
    relation = _WORDS.get(claim.condition.relation, "")
    return f"，{'' if holds else '并没有'}{relation}所说的数" if relation else ""
