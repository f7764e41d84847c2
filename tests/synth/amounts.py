"""Money as whole fen (0.01 元), and the ways a disclosure prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

FEN_PER = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}


@dataclass(frozen=True, slots=True)
class Printing:
    """How one table or one text prints money. `zero` is what stands for nothing: "0.00", "", "-", "0"."""

    unit: str = "万元"
    comma: bool = True
    zero: str = "0.00"
    places: int = 2

    def value(self, fen: int) -> Decimal:
        """The printed figure as a number, in `unit`."""
        step = Decimal(1).scaleb(-self.places)
        return (Decimal(fen) / FEN_PER[self.unit]).quantize(step, ROUND_HALF_UP)

    def show(self, fen: int) -> str:
        value = self.value(fen)
        if value == 0:
            return self.zero
        return f"{value:,}" if self.comma else str(value)


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
