"""Money as whole fen (0.01 元), and the ways a disclosure prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random

FEN_PER = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Printing:
    """How one table or one text prints money. `zero` is what stands for nothing: "0.00", "", "-", "0"."""

    unit: str = "万元"
    comma: bool = True
    zero: str = "0.00"
    places: int = 2
    truncate: bool = False  # some prose cuts where the table rounds

    def value(self, fen: int) -> Decimal:
        """The printed figure as a number, in `unit`."""
        step = Decimal(1).scaleb(-self.places)
        mode = ROUND_DOWN if self.truncate else ROUND_HALF_UP
        return (Decimal(fen) / FEN_PER[self.unit]).quantize(step, mode)

    def show(self, fen: int) -> str:
        value = self.value(fen)
        if value == 0:
            return self.zero
        return f"{value:,}" if self.comma else str(value)

    def said(self, fen: int) -> str:
        """For prose: always a figure, followed by its unit."""
        return f"{self.show(fen) or '0.00'}{self.unit}" if self.zero != "-" else f"{self.value(fen)}{self.unit}"


def percent(part: int, whole: int, places: int = 2) -> str:
    """`part` in percent of `whole`, rounded half up, without the sign. Callers keep `whole` from being zero."""
    step = Decimal(1).scaleb(-places)
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(step, ROUND_HALF_UP))


def split(rng: Random, total: int, parts: int, least: float = 0.3) -> list[int]:
    """`parts` whole amounts that add up to `total`, none smaller than about `least` of an equal share."""
    weights = [least + rng.random() for _ in range(parts)]
    return share_out(total, weights)


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in proportion to `weights`, to the fen; the last weighted part takes what rounding leaves."""
    whole = sum(weights)
    parts = [int(total * weight / whole) for weight in weights]
    last = max(i for i, weight in enumerate(weights) if weight)
    parts[last] += total - sum(parts)
    return parts


def draw_fen(rng: Random, low: float, high: float, step: int = 1) -> int:
    """An amount between `low` and `high` 万元, in fen, a multiple of `step` fen."""
    return rng.randint(int(low * 1_000_000) // step, int(high * 1_000_000) // step) * step
