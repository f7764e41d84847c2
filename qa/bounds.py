"""Numbers in a question: tables, bounds, ranks, stated amounts, and the unit that the answer is wanted in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from index.amounts import MONEY, unit_of
from index.wording import canonical
from qa import words
from qa.model import Condition
from qa.organisations import span_mask

_TABLE = re.compile(
    r"(?:公开|预算|财决|附)?(?P<before>\d{1,2})号?表|表(?P<behind>\d{1,2})(?!\d)|"
    r"表(?P<tens>[二三]?十)?(?P<ones>[一二三四五六七八九])?(?<!表)(?!示)"
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
    ("<=", r"(?:(?<!有)没有?|未|并未)(?:超过|超|大于|高于|多于|突破)(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
    (">", r"(?:超过|大于|高于|多于|突破|超)了?(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
    ("<", r"(?:低于|小于|不足|不到|少于|未达到?|没到|没达到)(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
    ("=", r"(?:正好|刚好|恰好|等于|恰为|就是)是?(\d[\d,.]*)(%|万元?|亿元?|元|分|个)?"),
)
_SEVERAL = re.compile(r"哪[些几个项]|的(?:科目|项目|支出)|列出|有几[个项]")
_SHORT_OF_BUDGET = re.compile(
    r"(?:小于|低于|少于)(?:年初|全年)预算|(?:没有?|未)(?:能)?(?:完成|达到|执行完|花完|用完)(?:年初|全年)?预算|预算(?:没有?|未)(?:能)?(?:完成|执行完|花完|用完)"
)
_OVER_BUDGET = re.compile(
    r"(?:大于|高于|多于)(?:年初|全年)预算|超(?:出|过)?了?(?:年初|全年)?预算(?!的?(?:原因|比例|百分|多少|最))"
)
_ON_BUDGET = re.compile(
    r"(?:正好|刚好|恰好|恰)(?:等于|完成|达到|执行完|花完|用完)了?(?:年初|全年)?预算|"
    r"(?:等于|[与和跟同])(?:年初|全年)预算数?(?:持平|一致|相等|相同|一样)|等于(?:年初|全年)预算"
)
_NAMED_BOUND = re.compile(r"(\d+)(万|亿)?元?(?:\(含\))?以[上下]")
_TOP = re.compile(
    r"(?:前|最[大高多低少小贵]的?)(\d{1,2}|[一二两三四五六七八九十])(?:个|项|类|家|名|位|大|款|条)?|top(\d{1,2})",
    re.IGNORECASE,
)


def find_table(text: str) -> tuple[str, int]:
    """A table named by its number: 公开02表, 04表, 表七 -> ("02", mask)."""
    match = _TABLE.search(text)
    digits = match and (match["before"] or match["behind"])
    if not match or (match["before"] and re.match(r"\d{3,}", text[match.start("before") :])):
        return "", 0
    if not digits:
        tens = match["tens"] or ""
        digits = str(
            10 * words.CHINESE_DIGITS.get(tens[:-1], 1) * bool(tens) + words.CHINESE_DIGITS.get(match["ones"], 0)
        )
    return digits.zfill(2), span_mask([match.span()])


def find_condition(text: str, known: frozenset[str] = frozenset()) -> tuple[Condition | None, int]:
    """The bound that rows must meet and the characters that say it; one in the name of a row (单价50万元以上设备) is none."""
    if _bound_of_a_name(text, known):
        return None, 0
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
        r"(?:年初(?:就)?(?:没有|没|无)(?:安排)?预算|(?:年初|预算|决算|数)?(?:为|是)(?:0|零)(?!\.\d*[1-9]|\d)|年初(?:无|没有|没)(?:安排)?预算|无年初预算|(?:年初)0预算|零预算)"
        r"(?:[,，、]?(?:但|却|而)(?:是)?(?:实际)?(?:有|发生了?)(?:了)?(?:支出|决算))?",
        text,
    )
    if zero and (words.LIST.search(text) or re.search(r"的(?:科目|项目|支出|款项)|支出$|科目$", text)):
        return Condition("=", Decimal(0), "", "年初预算" if "年初" in zero.group() else ""), span_mask([zero.span()])
    return _against_budget(text)


def _against_budget(text: str) -> tuple[Condition | None, int]:
    """Which accounts spent less than their budget, more or all of it: a rate of completion below, above or of 100 %."""
    if not _SEVERAL.search(text):
        return None, 0
    for relation, pattern in (("<", _SHORT_OF_BUDGET), (">", _OVER_BUDGET), ("=", _ON_BUDGET)):
        if match := pattern.search(text):
            return Condition(relation, Decimal(100), "%", "完成率"), span_mask([match.span()])
    return None, 0


def _bound_of_a_name(text: str, known: frozenset[str]) -> bool:
    said = set(_NAMED_BOUND.findall(text))
    return bool(said) and any(
        said & bounds and any(things[i : i + 2] in text for i in range(len(things) - 1))
        for bounds, things in _names_with_bounds(known)
    )


@lru_cache(maxsize=4)
def _names_with_bounds(known: frozenset[str]) -> tuple[tuple[frozenset[tuple[str, str]], str], ...]:
    """The wordings that count what is worth an amount or more: the amounts, and what is counted."""
    named = [canonical(name) for name in known if "以上" in name or "以下" in name]
    return tuple((frozenset(found), name[_last_end(name) :]) for name in named if (found := _NAMED_BOUND.findall(name)))


def _last_end(name: str) -> int:
    return max(m.end() for m in _NAMED_BOUND.finditer(name))


def find_top(text: str) -> int:
    match = _TOP.search(text)
    if not match:
        return 1 if words.BIGGEST.search(text) else 0
    digits = match.group(1) or match.group(2)
    return int(digits) if digits.isdigit() else words.CHINESE_DIGITS[digits]


def count_unit_of(text: str) -> str:
    """What is counted: 辆, 人次; "" where money is asked for."""
    if words.PRICE.search(text):
        return ""
    return next((unit for pattern, unit in words.COUNT_UNITS if re.search(pattern, text)), "")


def money_unit_of(text: str) -> str:
    """The money unit that the answer is asked for in, or ""."""
    return next((unit for pattern, unit in words.ASK_UNITS if re.search(pattern, _asking(text))), "")


def _asking(text: str) -> str:
    """The text without amounts it states itself, so that 193.86万 is no wish for 万元."""
    return re.sub(r"\d[\d,.]*(?:亿元?|万元?|元)", "", text)


def stated_amounts(text: str, skip: int, codes: Sequence[str]) -> tuple[tuple[Decimal, str], ...]:
    found = []
    for match in _STATED.finditer(text):
        if skip >> match.start() & 1 or match.group(1) in codes:
            continue
        unit = unit_of(match.group(2) or "")
        if "." in match.group(1) or unit in MONEY or unit == "%" or (unit and len(match.group(1)) < 7):
            found.append((Decimal(match.group(1).replace(",", "").rstrip(".")), unit))
    return tuple(found)
