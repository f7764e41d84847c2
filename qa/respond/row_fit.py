"""Whether a set of rows is the list that a question asks for: all that it names is over them, among them or counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.amounts import MONEY
from index.model import Found
from index.wording import canonical
from qa.finder import Finder
from qa.link import cover
from qa.model import Intent
from qa.respond.rows import RowSet

WHICH = re.compile(r"有哪[些几]|哪[几些][个项类]")
_EACH_OF = re.compile(r"□([^□、,]{2,}?[计额费])[和与及]([^□、,]{2,}?[计额费])(?:分别|各)")
_NUMBERS = "一二三四五六七八九十"
_SO_MANY = re.compile(rf"([{_NUMBERS}])个?(?:分项|细项|子项)")
_PEOPLE = re.compile(r"(?:人员|职工|编制|队伍)的?(?:构成|结构|组成|分类|情况)")
_MONEY = re.compile(r"费|支出|资金|工资|钱|预算|决算|万元")
_PLACES = re.compile(r"哪[几些]?个?(?:村|乡|镇|社区|街道|地方|地区)")
_PARTS = re.compile(r"分项|细项|子项")


def may_be_meant(rows: RowSet, intent: Intent, finder: Finder) -> bool:
    """Whether nothing that the question names forbids a set of rows."""
    return not _siblings_of_named(rows, intent) and _bears_what_is_named(rows, intent, finder)


def is_meant(rows: RowSet, intent: Intent) -> bool:
    """Whether the best set of rows is good enough: well chosen, and as many as the question says."""
    if _of_other_things(rows, intent.text):
        return False
    if not _fits(rows, intent) or intent.top > len(merged(rows.facts)):
        return False  # the first five are not of a set of two
    return not (_of_one_alone(rows, intent) or _lacks_operand(rows, intent) or _lacks_parts(rows, intent))


def _of_other_things(rows: RowSet, text: str) -> bool:
    """Whether the rows are of money and the question asks for people or places: 在职人员的构成, 花在哪几个村."""
    people = _PEOPLE.search(text) and not _MONEY.search(text)
    return bool(people or _PLACES.search(text)) and all(f.fact.unit in MONEY for f in rows.facts)


def merged(rows: Sequence[Found]) -> list[tuple[Found, ...]]:
    """Rows of the same account (one line a government class) belong together."""
    groups: dict[tuple[object, ...], list[Found]] = {}
    for f in rows:
        fact = f.fact
        key = (fact.code or fact.key, canonical(fact.label), fact.entity) if fact.source == "table" else (fact.key,)
        groups.setdefault(key, []).append(f)
    return [tuple(group) for group in groups.values()]


def _siblings_of_named(rows: RowSet, intent: Intent) -> bool:
    """Whether the rows are the item whose parts are asked for, among others like it."""
    if not _PARTS.search(intent.text) and not WHICH.search(intent.text):
        return False
    least = 4 if _PARTS.search(intent.text) else 2
    named = [f for f in rows.facts if (c := cover(rows.label(f.fact), intent.topic)).exact and c.covered >= least]
    return 0 < len(named) < len(rows.facts)


def _bears_what_is_named(rows: RowSet, intent: Intent, finder: Finder) -> bool:
    """A figure that the question names whole stands over the rows or among them: 机关运行经费 chooses no other 经费."""
    first = rows.facts[0].fact
    over = canonical("".join((first.title, *first.column)))
    within = {canonical(word) for f in rows.facts for word in (f.fact.label, *f.fact.path)}
    return all(
        any(name in over or name in within for name in names) for names in finder.names.figures_in(intent.topic.text)
    )


def _fits(rows: RowSet, intent: Intent) -> bool:
    """The words that chose the rows must be most of what the question says."""
    content = intent.topic.content & ~intent.measure_mask
    if not content:
        return True
    left = (content & ~rows.mask).bit_count()
    if _cut_out(content & ~rows.mask, content & rows.mask):
        return False
    return left <= 2 or (left <= 4 and left / content.bit_count() <= 0.4)


def _cut_out(left: int, chosen: int) -> bool:
    """Whether a character is left over between two that chose the rows: 政府购买服务 is not 政府采购服务."""
    return any(left >> i & 1 and chosen >> (i - 1) & 1 and chosen >> (i + 1) & 1 for i in range(1, left.bit_length()))


def _of_one_alone(rows: RowSet, intent: Intent) -> bool:
    """Whether the rows are one figure each of several projects, of which the question names one."""
    named = {canonical(f.fact.entity) for f in rows.facts} if rows.by_entity else set()
    said = [name for name in named if (c := cover(name, intent.topic)).exact and c.covered >= 4]
    return 0 < len(said) < len(named)


def _lacks_operand(rows: RowSet, intent: Intent) -> bool:
    """Whether an item that the question names with others (收入总计和本年收入合计分别) is none of the rows."""
    named = _EACH_OF.search(intent.topic.text)
    if not named or intent.condition or intent.largest is not None:
        return False
    return not all(any(canonical(rows.label(f.fact)) in part for f in rows.facts) for part in named.groups())


def _lacks_parts(rows: RowSet, intent: Intent) -> bool:
    """Whether the question says how many parts there are, 五个分项, and the rows are fewer or more."""
    said = _SO_MANY.search(intent.text)
    return said is not None and _NUMBERS.index(said.group(1)) + 1 != len(merged(rows.facts))
