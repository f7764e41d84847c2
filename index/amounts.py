"""Printed amounts: text -> Decimal with a unit, and when two printed amounts say the same.

Money is compared in 元. A printed amount stands for an interval: 17.22 (万元) is anything that rounds, or was cut off,
to it; so two amounts agree when their intervals meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from index.wording import squeeze

MONEY: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
_SPELLINGS = {
    "人民币元": "元",
    "万": "万元",
    "亿": "亿元",
    "人民币万元": "万元",
    "％": "%",
    "百分点": "个百分点",
    "RMB元": "元",
}
# Units that count the same things: a group of guests is printed as 个 and as 批次.
_COUNTED_ALIKE = (
    frozenset({"个", "批", "批次", "团组", "次", "项", "件", "家", "场"}),
    frozenset({"辆", "台"}),
    frozenset({"套", "台", "台(套)", "台/套", "件"}),
    frozenset({"场", "场次", "次"}),
    frozenset({"册", "本", "份"}),
    frozenset({"人", "名"}),  # not 人次: who comes twice counts twice
)
_NUMBER = re.compile(r"^([≥≤><=~约]*)([-+]?)(\d[\d,]*(?:\.\d+)?|\.\d+)(.*)$")
_DASH = frozenset({"-", "--", "---", "/", "\\", "·", "_"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed figure: `value` in `unit`; `bound` is the comparison printed before it (≥, ≤, > ...)."""

    value: Decimal
    unit: str
    printed: str
    bound: str = ""

    @property
    def base(self) -> Decimal:
        """Money in 元; anything else as it is."""
        return self.value * MONEY.get(self.unit, Decimal(1))

    @property
    def step(self) -> Decimal:
        """One unit of the last printed place, in the base unit."""
        return Decimal(1).scaleb(int(self.value.as_tuple().exponent)) * MONEY.get(self.unit, Decimal(1))


def unit_of(text: str) -> str:
    """The usual spelling of a unit: 单位：人民币万元 -> 万元, ％ -> %."""
    plain = squeeze(text)
    if plain.startswith("(") and plain.endswith(")"):
        plain = plain[1:-1]
    plain = re.sub(r"^(?:金额)?单位[:：]?", "", plain)
    return _SPELLINGS.get(plain, plain)


def counted_alike(one: str, other: str) -> bool:
    """Whether two units count the same things."""
    return one == other or any({one, other} <= family for family in _COUNTED_ALIKE)


def is_dash(text: str) -> bool:
    return squeeze(text) in _DASH


def parse_amount(text: str, unit: str = "") -> Amount | None:
    """A cell or a token as an amount; None where it is not one figure (with an optional unit behind it).

    White space and line breaks inside the figure are a printing accident ("230.0 0"), commas must separate thousands.
    """
    plain = squeeze(text)
    negative = bool(re.fullmatch(r"[(（][\d,.]+[)）]", plain))
    if negative:
        plain = plain[1:-1]
    match = _NUMBER.match(plain)
    if not match:
        return None
    bound, sign, digits, rest = match.groups()
    if "," in digits and not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return None
    if rest and re.search(r"[\d一-龥]{5,}|\d", rest):
        return None
    try:
        value = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    if sign == "-" or negative:
        value = -value
    return Amount(value, unit_of(rest) or unit, plain, bound)


def to_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """A sum of money in another unit, exactly; None where one of the two is not money."""
    if unit not in MONEY or wanted not in MONEY:
        return value if unit == wanted else None
    return value * MONEY[unit] / MONEY[wanted]


def in_yuan(value: Decimal | None, unit: str) -> Decimal | None:
    return None if value is None or unit not in MONEY else value * MONEY[unit]


def agree(a: Amount, b: Amount) -> bool:
    """Whether both can be the same sum: equal, rounded (half a last place) or cut off (a whole last place) the coarser way."""
    if (a.unit in MONEY) != (b.unit in MONEY) or (a.unit not in MONEY and a.unit != b.unit):
        return False
    coarse = max(a.step, b.step)
    if a.step == b.step:
        return a.base == b.base
    fine = a if a.step < b.step else b
    other = b if fine is a else a
    return abs(a.base - b.base) <= coarse / 2 or 0 <= abs(fine.base) - abs(other.base) < coarse


def plain(value: Decimal) -> str:
    """Digits without exponent and thousands separators, as many places as the Decimal holds."""
    return format(value, "f")


def tidy(value: Decimal) -> str:
    """`plain` without trailing zeros after the point: 12.5000 -> 12.5, 300.00 -> 300."""
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
