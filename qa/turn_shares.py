"""A turn that asks for a share: of what was asked for before, of another part in the same whole, of a part in a total."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.turn_words import asked_of, asks_only, bare, left_of, without_part, without_stage

_SHARE_ONLY = re.compile(r"(?:的)?(?:占比|比重|占多少|占百分之(?:几|多少)|占几成|占比(?:是)?多少|比例)(?:是多少)?")
# A share asked for before (本年支出中基本支出占多少, A占B的比重), of which the next turn names another part.
_SHARE_ASKED = (
    re.compile(
        r"(?P<whole>.{2,}?)(?:其中|里面|里头|当中|里|中)的?(?P<part>[^里中]{2,}?)(?:占(?!用|地)|的?(?:占比|比重|比例)).*"
    ),
    re.compile(r"(?P<part>.{2,}?)占(?!用|地)(?P<whole>.{2,}?)的?(?:比重|比例|多少|百分之(?:几|多少)|几成).*"),
)
_PART_OF_BEFORE = re.compile(
    r"(?:其中|里面)?的?(?P<part>[^占比]{2,}?)(?:占了?(?:比|多少|几成|百分之(?:几|多少))|的?(?:占比|比重))(?:是?多少)?"
)
_WHOLE_AND_PART = re.compile(r"(?P<whole>.{2,}?)(?:其中|里面|里头|当中|里|中)的?(?P<part>[^里中]{2,})")
_TOTAL = re.compile(r"合计|总[计额]|总支出|总收入|总预算|三公经费$")
_ANY_MEASURE = re.compile(r"多少|几|增|减|降|占|比|完成|原因|为什么")


def share_asked(said: str, before: Sequence[str]) -> str:
    """The share that a turn asks for, as a topic of its own; "" where it asks for none.

    `said` is the topic of the turn, `before` those of the turns of the same office and period, the last one last.
    """
    topic, last = bare(said), before[-1]
    asked = asked_of(last)
    if _SHARE_ONLY.fullmatch(topic):
        if whole := _whole_of(before):
            return f"{without_stage(asked)}占{whole}的比重"
        nested = _WHOLE_AND_PART.fullmatch(asked)
        return f"{without_stage(nested['part'])}占{nested['whole']}的比重" if nested else ""
    if said.endswith("呢") and not asks_only(left_of(topic)) and not _ANY_MEASURE.search(topic):
        within, over = (pattern.fullmatch(last) for pattern in _SHARE_ASKED)
        if within:
            return f"{within['whole']}其中{without_part(topic)}占多少"
        if over:
            return f"{without_part(topic)}占{over['whole']}的比重"
    asked = without_stage(asked)
    if (found := _PART_OF_BEFORE.fullmatch(topic)) and _TOTAL.search(asked) and not asks_only(left_of(found["part"])):
        return f"{found['part']}占{asked}的比重"
    return ""


def _whole_of(before: Sequence[str]) -> str:
    """The total asked for in the turn before the last, of which the last asked a part."""
    if len(before) < 2:
        return ""
    whole = asked_of(before[-2])
    return whole if _TOTAL.search(whole) and not _TOTAL.search(asked_of(before[-1])) else ""
