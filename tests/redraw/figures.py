"""Other figures in the place of those printed, such that every identity between them still holds to the last cent.

Every sum of money is multiplied by one whole factor and every count by another: sums, differences, balances and twin
figures stay exact, shares and rates stay as printed, and no figure that a reader may have seen is left.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from index.amounts import plain
from tests.redraw.cast import one_spelling
from tests.redraw.edits import Edit, apply

MONEY = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
COUNTS = frozenset({"人次", "批次", "批", "辆", "台", "套", "册", "件", "场次", "场", "次", "名", "人"})

_NUMBER = re.compile(r"(?<![\d.A-Za-z])(?<!\d,)(?:\d{1,3}(?:,\s?\d{3})+|\d+)(?:\s?\.\s?\d+)?(?!\d)")
_UNIT = re.compile(r"\s*[（(]?(亿元|万元|千元|元|亿|万(?![人企套里名次亩平吨千户个家辆字米方块册份]))")
_COUNT = re.compile(
    r"\s*[（(]?(人次|批次|场次|批(?![准复])|辆|台|套|册|件|场(?!所)|次(?![日年])|名(?![称义])|人(?!民|年))"
)
_CHAIN = re.compile(r"\s*[、和及与]\s*[\d,]+\.\d+\s*(亿元|万元|元)")
_NOT_A_YEAR = re.compile(r"\s*(?:[万亿元人个次件辆台套册家户%％]|[.,]\d)")
_SHARE = re.compile(r"\s*(?:[（(]?[%％]|分|个百分点)")
_LONG = {"亿": "亿元", "万": "万元"}
_STATUTORY = re.compile(
    r"(?:单价|单位价值|价值)[^\d]{0,4}$"
)  # 单价50万元以上: a threshold set by rule, in every document


@dataclass(frozen=True, slots=True)
class Printed:
    """What a corpus prints: its sums of money in 元 and as printed, and its figures that are no money."""

    exact: frozenset[Decimal]
    money: frozenset[Decimal]
    other: frozenset[Decimal]


@dataclass(frozen=True)
class Figures:
    """The draw of one corpus. `exact` are its sums in 元, by which a rounded one is rounded again, not multiplied."""

    money: int
    count: int
    shift: int  # years
    exact: frozenset[Decimal] = frozenset()
    printed: frozenset[Decimal] = frozenset()  # sums of money as printed, whatever their unit
    other: frozenset[Decimal] = frozenset()  # shares, rates and scores as printed: they stay

    @classmethod
    def drawn(cls, chance: random.Random, printed: Printed) -> Figures:
        money = chance.choice((3, 7, 9, 11, 13, 17, 19, 21, 23))
        shift = chance.choice((-3, -2, -1, 1, 2))
        return cls(money, chance.choice((2, 3)), shift, printed.exact, printed.money, printed.other)

    def amount(self, value: Decimal, unit: str) -> Decimal:
        """A sum of money redrawn with as many decimals as it has."""
        scale = MONEY[_LONG.get(unit, unit)]
        full = value * scale
        if full not in self.exact and len(value.as_tuple().digits) >= 3:
            step = Decimal(1).scaleb(int(value.as_tuple().exponent))
            for rounding in (ROUND_HALF_UP, ROUND_DOWN):
                for known in sorted(self.exact):
                    if abs(known - full) < step * scale and (known / scale).quantize(step, rounding) == value:
                        return (known * self.money / scale).quantize(step, rounding)
        return value * self.money

    def year(self, printed: str) -> str:
        return str(int(printed) + self.shift).zfill(len(printed))

    def is_money(self, value: Decimal, asked: bool = False) -> bool:
        """Whether a bare figure is a sum of money; in a question also one that stands nowhere in the documents."""
        return value in self.printed or (asked and value not in self.other)

    # ------------------------------------------------------------------------------------------------- texts

    def edits(self, text: str, asked: bool = False) -> tuple[Edit, ...]:
        """The years, sums and counts of a text redrawn; `asked`: a question, where years and sums stand bare."""
        out = []
        for found in _NUMBER.finditer(one_spelling(text)):
            new = self._number(found.group(), text[: found.start()], one_spelling(text[found.end() :]), asked)
            if new != found.group():
                out.append(Edit(found.start(), found.end(), new))
        return tuple(out)

    def redraw(self, text: str, asked: bool = False) -> str:
        return apply(text, self.edits(text, asked))

    def _number(self, printed: str, before: str, after: str, asked: bool) -> str:
        if self._is_year(printed, after, asked):
            return self.year(printed)
        value = parsed(printed)
        if unit := _UNIT.match(after) or _CHAIN.match(after):
            return printed if _STATUTORY.search(before) else reprinted(printed, self.amount(value, unit.group(1)))
        if _COUNT.match(after) and not before.rstrip().endswith("第"):
            return reprinted(printed, value * self.count)
        bare = "." in printed and not _SHARE.match(after)
        return reprinted(printed, value * self.money) if bare and self.is_money(value, asked) else printed

    @staticmethod
    def _is_year(printed: str, after: str, asked: bool) -> bool:
        if re.fullmatch(r"20[0-3]\d", printed) and re.match(r"\s*年", after):
            return True
        if re.fullmatch(r"20[12]\d", printed):
            return not _NOT_A_YEAR.match(after)
        return bool(re.fullmatch(r"[12]\d", printed)) and asked and after.startswith("年")


def parsed(printed: str) -> Decimal:
    return Decimal(re.sub(r"[\s,，]", "", printed).replace("．", "."))


def reprinted(printed: str, value: Decimal, grouped: bool = False) -> str:
    """The value in the manner of `printed`: its decimals, its thousands separators."""
    decimals = len(re.sub(r"\s", "", printed).replace("．", ".").partition(".")[2])
    fixed = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{fixed:,}" if "," in printed or grouped else f"{fixed:f}"


def scaled_gold(value: str, factor: int) -> str:
    """A gold figure multiplied, without an exponent."""
    return plain(Decimal(value.replace(",", "")) * factor)
