"""One name for each of the “三公” items, however tables and prose end it: 公务接待支出 is 公务接待费."""

from __future__ import annotations

import re
from functools import lru_cache

THREE = "三公经费"
ABROAD = "因公出国(境)费"
CARS = "公务用车购置及运行维护费"
BOUGHT = "公务用车购置费"
RUN = "公务用车运行维护费"
GUESTS = "公务接待费"

_FEE = r"(?:费用|费支出|经费|费|支出)(?:预算|决算)?"
_CAR = r"公务用?车(?:用车)?"
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (THREE, re.compile(r"三公经费(?:预算|决算)?(?:支出)?(?:合计|总额|总计|小计)?")),
    (ABROAD, re.compile(rf"因公出国(?:\(境\))?(?:{_FEE})?")),
    (CARS, re.compile(rf"{_CAR}购置(?:及|和|与|、)(?:{_CAR})?运行(?:维护)?{_FEE}")),
    (BOUGHT, re.compile(rf"{_CAR}购置(?:{_FEE})?")),
    (RUN, re.compile(rf"{_CAR}运行(?:维护)?(?:{_FEE})?")),
    (GUESTS, re.compile(rf"公务接待{_FEE}")),
)


@lru_cache(maxsize=4096)
def public_name(label: str) -> str:
    """The usual name of a “三公” item; any other label as it is."""
    return next((name for name, pattern in _NAMES if pattern.fullmatch(label)), label)
