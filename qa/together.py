"""Earlier turns taken together: 两个加起来, 三家合计多少, 差多少, 谁多.

Each earlier turn names one figure. What they have in common is said once, what differs is joined: 工信局和市委办2022年办公费相差
多少. A turn that counts more figures than were asked for before is left as it is: no single figure answers it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa import words

_COUNT = re.compile(r"[两俩二三仨四五六七八2-8]")
_MORE = {"俩": 2, "仨": 3}


@dataclass(frozen=True, slots=True)
class Figure:
    """What one earlier turn asked for."""

    office: str
    period: str
    topic: str


def act_of(text: str) -> str:
    """What is to be done with earlier figures, "" where a turn says something of its own."""
    if words.TOGETHER_SUM.fullmatch(text):
        return "加起来是多少"
    if words.TOGETHER_GAP.fullmatch(text):
        return "相差多少"
    return "谁多,相差多少" if words.TOGETHER_RANK.fullmatch(text) else ""


def counted(text: str) -> int:
    """How many figures a turn counts; 0 where it does not say."""
    found = _COUNT.search(text)
    if not found:
        return 0
    word = found.group()
    return _MORE.get(word) or words.CHINESE_DIGITS.get(word) or int(word)


def meant(text: str, earlier: Sequence[Figure]) -> tuple[Figure, ...]:
    """The earlier figures that a turn takes together, in their order; none where there are not as many."""
    act = act_of(text)
    count = counted(text) or (2 if not act.startswith("加") else len(_alike(earlier)))
    return tuple(earlier[-count:]) if act and 2 <= count <= len(earlier) else ()


def joined(text: str, earlier: Sequence[Figure]) -> str:
    """The question over several earlier figures; "" where there are none to take together."""
    act, figures = act_of(text), meant(text, earlier)
    if not figures:
        return ""
    offices, periods, topics = (
        tuple(dict.fromkeys(getattr(f, name) for f in figures)) for name in ("office", "period", "topic")
    )
    if len(topics) == 1 and len(periods) == 1:
        return f"{'和'.join(offices)}{periods[0]}{topics[0]}{act}"
    if len(offices) == 1 and len(periods) == 1:
        return f"{offices[0]}{periods[0]}{'和'.join(topics)}{act}"
    if len(offices) == 1 and len(topics) == 1:
        return f"{offices[0]}{'和'.join(periods)}{topics[0]}{act}"
    return f"{'和'.join(f.office + f.period + f.topic for f in figures)}{act}"


def _alike(earlier: Sequence[Figure]) -> Sequence[Figure]:
    """The last figures that share at least two of office, period and topic with the last one."""
    if not earlier:
        return ()
    last, start = earlier[-1], len(earlier) - 1
    while start and sum(getattr(earlier[start - 1], n) == getattr(last, n) for n in ("office", "period", "topic")) >= 2:
        start -= 1
    return earlier[start:]
