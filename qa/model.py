"""The words of answering: from a question to an answer in which every figure is checked.

`Answer` is the contract with everyone outside (command, HTTP, page, Python); `qa/serve/wire.py` turns it into JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from index.model import BBox


@dataclass(frozen=True, slots=True)
class Question:
    """What a person typed, the user turns before it (oldest first) and the documents it may be answered from."""

    text: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # names or stems; empty means all that is indexed
    id: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a figure or a sentence of the answer stands."""

    id: int
    document: str
    title: str  # the document's own title
    kind: str  # cell | text | page
    page: int
    bbox: BBox | None = None
    boxes: tuple[tuple[int, BBox], ...] = ()  # every (page, box) that the quote touches
    section: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    value: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure that went into a calculation."""

    label: str
    value: Decimal
    unit: str
    citation: int


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the answer. `verification`: table | text | both | computed | conflict."""

    label: str
    value: str
    unit: str
    verification: str
    formula: str | None = None
    operands: tuple[Operand, ...] = ()
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What leaves the house. `values[0]` is the figure that answers; `refused` carries no values.

    `status`: answered | refused | clarify. `reason`: not_indexed | not_disclosed | wrong_premise | off_topic |
    unverified | None. `verdict`: yes | no | None.
    """

    question: str
    interpreted: str
    status: str
    text: str
    reason: str | None = None
    verdict: str | None = None
    values: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    id: str = ""
