"""Amounts and counts written in Chinese: 三千万以上, 百万元, 一百名 -> 3000万以上, 100万元, 100名."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_NUMBER = "[一二两三四五六七八九]"
# Only what is counted or bounded is an amount: 百分之, 十四五, 万里, 几十万 are words, and 百人计划 is a name.
_MONEY = r"(?=元|块|亿|万(?!里)|以[上下内]|多[万亿元])"
_THINGS = r"(?=名|人(?!员|大|民|才|均|次)|人次|辆|台|套|批|册|户|场|次|件|家|个|平方|公里|份|篇|期|亩|吨)"
_AMOUNT = re.compile(
    rf"(?<![几数好一二两三四五六七八九十百千万第分])(?:(?P<money>{_NUMBER}?[十百千][零〇一二两三四五六七八九十百千]*){_MONEY}|"
    rf"(?P<things>(?:{_NUMBER}[十百千]|十)[零〇一二两三四五六七八九十百千]*){_THINGS}|"
    rf"(?P<one>{_NUMBER})(?=[万亿](?:元|块|以|的|多|余|左右|$|[?？吗对了吧])|个亿))"
)


_PAST = re.compile(r"[过破上](百万|千万|亿)(?=元|[吗了没的?？]|$)")  # 过亿, 破千万
_PASTS = {"百万": "100万", "千万": "1000万", "亿": "1亿"}


def mend_numerals(text: str) -> str:
    """The text with amounts and counts of ten and more in figures; 万 and 亿 stay as units."""
    text = _PAST.sub(lambda m: f"超过{_PASTS[m[1]]}", text)
    return re.sub(r"(?<=\d)个亿", "亿", _AMOUNT.sub(lambda m: str(_value(m.group(m.lastgroup or 0))), text))


def _value(written: str) -> Decimal:
    """一千五百 -> 1500; 百 -> 100; 一千五 -> 1500."""
    total, digit, place = 0, 0, 1
    for char in written:
        if char in _PLACE:
            place = _PLACE[char]
            total += (digit or 1) * place
            digit = 0
        else:
            digit = _DIGIT[char]
            if not digit:
                place = 1
    short_for = place // 10 if digit and place > 10 and "零" not in written and "〇" not in written else 1
    return Decimal(total + digit * short_for)
