"""How one province prints its disclosures: rules, codes, headers, units, pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.synth.amounts import Printing
from tests.synth.ink import Look
from tests.synth.sheet import Ruling


@dataclass(frozen=True)
class Style:
    """A layout; every field is one thing in which real disclosures differ."""

    ruling: Ruling = Ruling.GRID
    printing: Printing = field(default_factory=Printing)
    look: Look = field(default_factory=Look)
    split_codes: bool = False  # 类 | 款 | 项 in three columns
    numbered: bool = True  # a 栏次 line below the header, 行次 beside the items
    repeat_header: bool = True
    landscape: bool = False
    turned: bool = False  # landscape drawn on its side, with /Rotate
    titled: bool = True  # False: every third table has lost its title
    caption: str = "code-title-dept"
    row_limit: int = 0  # most rows on a page
    cut_rows: bool = False
    budget: bool = False

    @property
    def unit_line(self) -> str:
        return f"单位：{self.printing.unit}"


LAYOUTS: dict[str, Style] = {
    "lines": Style(),
    "boxes": Style(Ruling.CELLS, caption="title-code-dept", row_limit=18),
    "filled": Style(Ruling.BOXES, numbered=False, look=Look(latin="Times-Roman"), caption="title-period-dept"),
    "few-rules": Style(Ruling.THREE_LINE, landscape=True, row_limit=24),
    "open": Style(Ruling.OPEN, numbered=False, landscape=True),
    "split-yuan": Style(
        printing=Printing("元", zero="", places=0), split_codes=True, numbered=False, caption="dept-code-unit"
    ),
    "once": Style(repeat_header=False, row_limit=15, printing=Printing(comma=False, zero="")),
    "turned": Style(Ruling.GRID, landscape=True, turned=True),
    "cut": Style(look=Look(small=12.0), cut_rows=True, repeat_header=False),
    "cells-narrow": Style(Ruling.CELLS, look=Look(small=11.0, latin="Times-Roman"), split_codes=True, numbered=False),
    "few-narrow": Style(Ruling.THREE_LINE, numbered=False, row_limit=26),
    "few-yuan": Style(
        Ruling.THREE_LINE, Printing("元", zero="", places=2), split_codes=True, numbered=False, landscape=True
    ),
    "few-turned": Style(Ruling.THREE_LINE, Printing(zero="-"), numbered=False, landscape=True, turned=True),
    "open-narrow": Style(Ruling.OPEN, look=Look(latin="Times-Roman"), row_limit=30),
    "none": Style(Ruling.NONE, numbered=False, landscape=True),
    "none-numbered": Style(Ruling.NONE, landscape=True, caption="title-code-dept", row_limit=24),
    "none-yuan": Style(
        Ruling.NONE, Printing("元", zero="", places=2), split_codes=True, numbered=False, landscape=True
    ),
    "none-narrow": Style(Ruling.NONE, Printing(zero=""), numbered=False, look=Look(latin="Times-Roman")),
    "untitled": Style(titled=False, caption="title-code-dept"),
    "budget": Style(Ruling.GRID, Printing(comma=False, zero=""), numbered=False, budget=True),
    "budget-yuan": Style(
        Ruling.BOXES, Printing("元", zero="", places=2), split_codes=True, numbered=False, budget=True, landscape=True
    ),
    "budget-few": Style(Ruling.THREE_LINE, Printing(zero="0.00"), numbered=False, budget=True, landscape=True),
}
