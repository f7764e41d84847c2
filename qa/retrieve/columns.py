"""Columns that nobody has to name, and columns that somebody must."""

from __future__ import annotations

import re
from functools import lru_cache

from index.wording import canonical

_QUIET_COLUMNS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "金额",
        "决算数",
        "预算数",
        "预算",
        "决算",
        "数额",
        "数",
        "",
        "本年支出合计",
        "本年收入合计",
        "本年支出",
        "年初预算数",
        "本年预算数",
        "统计数",
        "金额(万元)",
        "金额(元)",
        "指标值",
        "实际完成值",
        "完成值",
        "实际值",
        "决算金额",
        "预算金额",
        "采购金额",
        "预算合计",
        "预算总计",
    ]
)
PARTS_OF_SPENDING = frozenset({"基本支出", "项目支出", "人员经费", "公用经费", "日常公用经费"})
"""Columns of a part of the money: chosen only where they are named."""

_OF_YEAR = re.compile(r"^(?:20\d\d年度?|本年度?(?=[预决]))")


@lru_cache(maxsize=4096)
def is_quiet(column: str) -> bool:
    """Whether a column says nothing that must be asked for; its year (2024年预算) is looked at elsewhere."""
    return _OF_YEAR.sub("", canonical(column)) in _QUIET_COLUMNS


def says_part(text: str, part: str) -> bool:
    """Whether a text names a part of spending in full or short, 基本 of 基本和项目支出; 基本养老保险 is none."""
    return part in text or bool(re.search(f"{part[:2]}(?!养老|医疗|工资|公共|药)", text))
