"""The column of a list: named by the question, or one that says nothing that must be asked for."""

from __future__ import annotations

import re

from index.model import Fact
from index.wording import canonical
from qa.link import Topic, cover, is_total
from qa.retrieve.columns import PARTS_OF_SPENDING, is_quiet

_ENDINGS = re.compile(r"(?:结余|收入|资金|拨款|金额|支出|预算)+$")
_OUTLAY = re.compile(r"支出|金额|决算|预算|执行")


def named_column(fact: Fact, topic: Topic) -> tuple[int, float] | None:
    """The characters that name the column and how well it suits; None for a part of the money that nobody asked for."""
    mask, suits = 0, 0.0
    for part in fact.column:
        if _said(part, topic) and not is_quiet(canonical(part)) and not is_total(part):
            found = cover(part, topic)
            mask |= found.mask
            suits += 0.5 * found.covered
        elif part is not fact.column[-1] and not is_quiet(canonical(part)) and not is_total(part):
            suits -= 0.2
    leaf = canonical(fact.column[-1]) if fact.column else ""
    if not leaf or is_quiet(leaf) or is_total(leaf) or _said(leaf, topic):
        return mask, suits
    if leaf not in PARTS_OF_SPENDING and _OUTLAY.search(leaf) and not re.search("预算(?:拨款|收入|资金)?$", leaf):
        return mask, suits - 0.5
    return None


def of_named_head(column: tuple[str, ...], topic: Topic) -> bool:
    """Whether a column is one of those under a head that is asked for, and not their total: what is named is all of them."""
    if len(column) < 2:
        return False
    head, leaf = canonical(column[-2]), canonical(column[-1])
    return head in topic.text and not (is_quiet(leaf) or is_total(leaf) or _said(leaf, topic))


def _said(part: str, topic: Topic) -> bool:
    """Whether a column is named, but for a usual ending or one of two halves: 年末结转 for 年末结转和结余.

    本年 alone names neither 本年收入 nor 本年支出.
    """
    found, plain = cover(part, topic), canonical(part)
    stem = _ENDINGS.sub("", plain)
    halves = re.split("[和及与]", plain)
    half = len(halves) > 1 and any(len(one) > 3 and one in topic.text for one in halves)
    return found.whole or half or (found.exact and found.covered > 2) or (len(stem) > 3 and stem in topic.text)


def bears_parts(fact: Fact, text: str) -> bool:
    """基本支出, 项目支出, 人员经费 said: they must stand over the figures."""
    over = canonical("".join((fact.title, *fact.column, *fact.path)))
    economic = fact.code[:1] == "3"
    return all(
        part in over or (part.endswith("经费") and economic)
        for part in PARTS_OF_SPENDING
        if part in text and "各项" + part not in text
    )
