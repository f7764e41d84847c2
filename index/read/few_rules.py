"""Tables without vertical rules: columns from where figures and header words stand, rows from the lines of figures."""

from __future__ import annotations

from collections.abc import Sequence

from index.model import Grid
from index.read.glyphs import Glyph, RawPage


def sparse_grids(glyphs: Sequence[Glyph], printed: RawPage, ruled: Sequence[Grid]) -> tuple[Grid, ...]:
    """The tables among glyphs that no grid encloses."""
    return ()
