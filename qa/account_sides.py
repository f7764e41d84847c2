"""The two sides of an account, income and expenditure, and what is left over of them."""

from __future__ import annotations

import re

from index.model import Fact

_LEFT_OVER = re.compile(r"结[余转]|余额")
_SIDES = ("收入", "支出")


def sides_in(words: str) -> tuple[str, ...]:
    """The sides that words name."""
    return tuple(side for side in _SIDES if side in words)


def side_of(fact: Fact) -> str:
    """The side that a cell stands on: as its column says, else its row, its block or the title of its table; "" for none."""
    for words in ("".join(fact.column), fact.label, "".join(fact.path), fact.title):
        if len(sides := sides_in(words)) == 1:
            return sides[0]
    return ""


def on_other_side(fact: Fact, asked: str) -> bool:
    """Whether words name one side and the cell stands on the other."""
    sides = sides_in(asked)
    return len(sides) == 1 and side_of(fact) not in ("", *sides)


def no_left_over(fact: Fact, asked: str) -> bool:
    """Whether words ask for what is left over (结余, 结转) and the figure is of anything else."""
    told = (*fact.column, fact.label, *fact.path, fact.title, fact.entity, fact.quote)
    return bool(_LEFT_OVER.search(asked)) and not any(_LEFT_OVER.search(words) for words in told)
