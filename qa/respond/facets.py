"""What a question wants told in words: a reason, a use, a basis, a list of members; and the marks such tellings bear.

A facet is asked for in its own words (为啥, 干嘛用, 依据哪些文件) that never stand in the documents; the documents have
their own marks for it (主要原因, 主要用于, a section 立项依据). This table is the bridge between the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.written import written_yaml
from qa.model import Intent, Operation


class Facet(StrEnum):
    REASON = "reason"
    SHORTFALL = "shortfall"  # why an indicator missed its mark
    ISSUES = "issues"  # what an evaluation found wrong, and what is to be done
    NAMES = "names"  # which four projects
    MEANING = "meaning"
    PARTS = "parts"  # what a sum of this office is made up of
    MEMBERS = "members"
    INNER = "inner"
    DUTY = "duty"
    BASIS = "basis"
    GOAL = "goal"
    NOTE = "note"
    PURPOSE = "purpose"
    PLAN = "plan"
    HOW = "how"
    BODY = "body"
    GRADE = "grade"
    KIND = "kind"
    STATUS = "status"  # which rank the office has, what kind of institution it is
    CONTACT = "contact"
    TIME = "time"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a facet is asked for, which titles stand over it, which words a sentence that tells it holds."""

    facet: Facet
    asked: re.Pattern[str]
    title: re.Pattern[str] | None = None
    mark: re.Pattern[str] | None = None
    several: bool = False  # the telling is a list: all of it is wanted


def _read() -> dict[str, Manner]:
    told = written_yaml("qa.respond", "facets.yaml")
    return {name: _manner(Facet(name), **words) for name, words in told.items()}


def _manner(
    facet: Facet, asked: Sequence[str], title: Sequence[str] = (), mark: Sequence[str] = (), several: bool = False
) -> Manner:
    return Manner(facet, _any_of(asked), _any_of(title) if title else None, _any_of(mark) if mark else None, several)


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_ALL = _read()
_DUTY = _ALL.pop(Facet.DUTY)
MANNERS: tuple[Manner, ...] = tuple(_ALL.values())
"""The first whose asking words occur is meant; a duty is told apart from a use by who acts."""

PARTS = Manner(Facet.PARTS, _ALL[Facet.MEANING].asked, mark=re.compile(r"包括|包含|其中|构成"))
PLAIN = Manner(Facet.PLAIN, re.compile(r"(?!)"))


def manner_of(intent: Intent) -> Manner:
    """The facet that a question asks for. What an office does is its duty; what money does is its use."""
    text = intent.text
    if intent.operation is Operation.WHY:
        short = next(m for m in MANNERS if m.facet is Facet.SHORTFALL)
        return short if short.asked.search(text) else next(m for m in MANNERS if m.facet is Facet.REASON)
    if intent.operation is Operation.DEFINE and not re.search(r"原因|为什么|为啥|为何|怎么回事", text):
        return next(m for m in MANNERS if m.facet is Facet.MEANING)
    duty = _DUTY.asked.search(intent.topic.text)  # without the name of the office: 城管局 is not asked what it 管
    for manner in MANNERS:
        if manner.asked.search(text):
            acts = manner.facet in (Facet.PURPOSE, Facet.PLAN, Facet.BODY)
            return _DUTY if acts and duty and _is_duty(intent, duty.group()) else manner
    return _DUTY if duty else PLAIN


def _is_duty(intent: Intent, asking: str) -> bool:
    """What is done is a duty where the office itself does it: nothing but the office is named beside the asking."""
    if _MONEY.search(intent.text):
        return False
    rest = re.sub(r"□+|[的是都呢啊吗主要平时到底具体]", "", intent.topic.text.replace(asking, ""))
    return bool(intent.entity or re.search(r"职责|职能|负责|承担|主管|管", asking) or len(rest) < 2)


_MONEY = re.compile(r"经费|资金|支出|费|钱|万|元|项目|专项|补助|补贴|预算|采购|购|买")


# These ask for words whatever figures the documents print beside them.
_IN_WORDS = frozenset(
    {Facet.NOTE, Facet.BASIS, Facet.MEANING, Facet.INNER, Facet.MEMBERS, Facet.PURPOSE, Facet.DUTY, Facet.BODY}
    | {Facet.PLAN, Facet.TIME, Facet.GOAL, Facet.SHORTFALL, Facet.ISSUES, Facet.NAMES, Facet.HOW}
    | {Facet.GRADE, Facet.KIND, Facet.STATUS, Facet.CONTACT}
)
# Where the documents do not say it in words, no list of figures answers instead.
ONLY_WORDS = frozenset(
    {Facet.NOTE, Facet.BASIS, Facet.MEANING, Facet.INNER, Facet.DUTY, Facet.BODY, Facet.TIME, Facet.HOW}
    | {Facet.SHORTFALL, Facet.ISSUES, Facet.MEMBERS, Facet.GRADE, Facet.KIND, Facet.STATUS, Facet.CONTACT}
)
# Money that goes to something is no figure either, but it may be a list of them.
NO_SINGLE_FIGURE = frozenset({Facet.PURPOSE, Facet.PLAN, Facet.GOAL})
_FIGURE = re.compile(
    r"多少(?![家个](?:下属|所属|二级|预算)?单位)|几(?:万|元|成|倍|辆|人|次|分|个(?!内设|科室|下属|所属|单位|处室))|金额|合计|总额|各?占|比例|目标值|指标值|完成率|百分"
)


def wants_words(intent: Intent) -> bool:
    """Whether only words can answer: asked before any figure is looked for."""
    facet = manner_of(intent).facet
    listed = facet is Facet.REASON and intent.operation is Operation.LIST
    if facet is Facet.CONTACT:
        return True  # 电话是多少 asks for no figure
    return (facet in _IN_WORDS or listed) and not _FIGURE.search(intent.text) and not intent.condition
