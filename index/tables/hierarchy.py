"""Parents of rows that carry no code: 一、 over （一） over 1., 其中 under what it divides, funds under a 结转 row.

A row without a number stands below the numbered row before it: 工资福利支出 below 一、基本支出; a row 相关统计数 heads the
counts behind a table of money, numbered or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.wording import squeeze, subject

_ORDINALS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"^[一二三四五六七八九十]{1,3}[、.]")),
    (2, re.compile(r"^\([一二三四五六七八九十]{1,3}\)")),
    (3, re.compile(r"^\d{1,2}[、.](?!\d)")),
    (4, re.compile(r"^(?:\(\d{1,2}\)|[①-⑳])")),
)
_TOTAL = re.compile(r"(?:合计|总计|小计)$|^(?:合计|总计|小计|总分)")
_CLOSING = re.compile(r"^(?:使用|动用|用).*(?:弥补|基金|结余)")  # stands beside the numbered rows, not below them
_CARRIED = re.compile(r"结转|结余")
_COUNTS = re.compile(r"^(?:相关|其他|有关)?统计(?:数据?|指标|信息|情况)?$")
_FUND = re.compile(r"^(?:一般公共预算|政府性基金|国有资本经营|财政拨款|非财政拨款)")


def _level(plain: str) -> int:
    """The rank of what counts a label; 0 where nothing does."""
    return next((number for number, pattern in _ORDINALS if pattern.match(plain)), 0)


@dataclass(slots=True)
class RowOutline:
    """Reads row labels from the top down; `place` gives the parents of each."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    divided: tuple[str, ...] = ()  # what the last 其中 row divides, with its parents
    carried: str = ""  # the 结转 row under which the names of the funds are repeated
    last: str = ""

    def place(self, label: str) -> tuple[str, ...]:
        """Parent labels of the row, from the top down; the row becomes a parent for the rows after it."""
        plain, name = squeeze(label), subject(label)
        if level := _level(plain):
            return self._numbered(name, level)
        if _COUNTS.match(name):
            self.stack, self.divided, self.carried = [(0, name)], (), ""
            return ()
        if _TOTAL.search(name):
            self._close(name)
            return ()
        if plain.startswith("其中") and (self.stack or self.last):
            if level := _level(plain.removeprefix("其中").lstrip(":")):
                self.stack = self.stack or [(0, self.last)]
                return self._numbered(name, max(level, self.stack[-1][0] + 1))
            self.divided = self._names() or (self.last,)
            return self.divided
        if self.carried and _FUND.match(name):
            return (self.carried,)
        if _CARRIED.search(name):
            self._close(name)
            self.carried = name
            return ()
        if self.divided:
            return self.divided
        self.last = name
        return () if _CLOSING.search(name) else self._names()

    def _numbered(self, name: str, level: int) -> tuple[str, ...]:
        self.divided, self.carried, self.last = (), "", ""
        self.stack = [entry for entry in self.stack if entry[0] < level]
        path = self._names()
        self.stack.append((level, name))
        return path

    def _close(self, name: str) -> None:
        self.stack, self.divided, self.carried, self.last = [], (), "", name

    def _names(self) -> tuple[str, ...]:
        return tuple(name for _, name in self.stack)
