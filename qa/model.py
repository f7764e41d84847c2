"""The words of answering: from a question to an answer in which every figure is checked.

`Answer` is the contract with everyone outside (command, HTTP, page, Python); `qa/serve/wire.py` turns it into JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from index.amounts import MONEY, to_unit
from index.model import BBox, CatalogueEntry, Locator
from qa.frames import Divisor
from qa.link import Topic
from qa.periods import Periods


@dataclass(frozen=True, slots=True)
class Question:
    """What a person typed, the user turns before it (oldest first) and the documents it may be answered from."""

    text: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # names or stems; empty means all that is indexed
    id: str = ""


class Operation(StrEnum):
    """What is to be done with the figures or passages found."""

    LOOKUP = "lookup"
    LIST = "list"  # with a condition, an order or a number of rows where they are given
    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    PER = "per"  # per head, per car
    PRIOR = "prior"  # last year's figure, worked out from this year's and the change
    COMPARE = "compare"  # which office has more
    WHY = "why"
    DEFINE = "define"
    CHECK = "check"  # do these figures agree
    DESCRIBE = "describe"  # duties, structure, anything in words


@dataclass(frozen=True, slots=True)
class Condition:
    """A bound that rows must meet: `relation` is one of > >= < <= =."""

    relation: str
    value: Decimal
    unit: str
    measure: str = ""

    def holds(self, value: Decimal) -> bool:
        return {
            ">": value > self.value,
            ">=": value >= self.value,
            "<": value < self.value,
            "<=": value <= self.value,
            "=": value == self.value,
        }[self.relation]

    def met_by(self, value: Decimal, unit: str) -> bool | None:
        """Whether a figure meets the bound; None where the two cannot be compared."""
        if self.unit in MONEY:
            converted = to_unit(value, unit, self.unit)
            return None if converted is None else self.holds(converted)
        return None if self.unit and self.unit != unit else self.holds(value)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit inside a document that the question names, or "" for an office that stands beside one."""

    name: str  # as its document prints it
    mask: int  # the characters that name it
    documents: tuple[str, ...]  # catalogue names of the documents that hold it
    rivals: tuple[str, ...] = ()  # other units that the same characters name


@dataclass(frozen=True, slots=True)
class Intent:
    """A question understood: what it is about, what it fixes, and what is to be done.

    `text` is the standalone question, squeezed; `documents` those it can mean (all offices named, all years left open);
    `operands` are the parts of the text that name one figure each (A 占 B, A 比 B, A 和 B), understood by themselves.
    """

    question: str
    text: str
    operation: Operation
    documents: tuple[CatalogueEntry, ...]
    topic: Topic
    operands: tuple[Intent, ...] = ()
    periods: Periods = field(default_factory=Periods)
    offices_named: int = 0  # how many offices the question names; 0 leaves them open
    units: tuple[NamedUnit, ...] = ()  # the units inside a document that the question names
    entity: str = ""  # the one unit that it narrows to
    entity_mask: int = 0  # the characters that name units
    stage: str = ""  # 预算 | 决算 where a document of that stage is asked for
    measure: str = ""
    measure_mask: int = 0
    change: bool = False  # measured against last year
    unit: str = ""  # money unit to answer in
    count_unit: str = ""  # 辆, 人次, ...
    money: bool = False
    table_code: str = ""
    codes: tuple[str, ...] = ()
    condition: Condition | None = None
    largest: bool | None = None  # order of a ranking; None leaves the order of the document
    top: int = 0
    yesno: bool = False
    stated: tuple[tuple[Decimal, str], ...] = ()  # amounts the question itself states
    all_offices: bool = False
    unknown_offices: tuple[str, ...] = ()
    of_office: tuple[CatalogueEntry, ...] = ()  # every document of the offices named, of any year
    absent_years: tuple[int, ...] = ()  # years asked for that no document of the office covers
    off_topic: bool = False
    notes: tuple[str, ...] = ()  # choices made for the user: which twin, which year
    form: str = ""  # how the calculation over the operands is wanted (`qa.frames.Form`)
    divisor: Divisor | None = None  # what an amount is wanted for each of
    unheard: bool = False  # a calculation is asked for of which one side names no figure

    def within(self, other: Intent) -> Intent:
        """This part of a question as a part of what the other names: its topic says both."""
        pairs = zip(self.topic.text, other.topic.text, strict=True)
        text = "".join(b if other.topic.content >> i & 1 else a for i, (a, b) in enumerate(pairs))
        return replace(self, topic=Topic(text, self.topic.content | other.topic.content, self.topic.ignored))

    def about(self, other: Intent) -> Intent:
        """This part of a question on what the other part is about: 2024年决算支出合计和2025年预算."""
        return replace(self, topic=other.topic.without(other.measure_mask))


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document, quoted exactly."""

    document: str
    quote: str
    section: int
    places: tuple[Locator, ...]
    score: float = 0.0


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
    """One figure that went into a calculation; the sum of `parts` where it has any (they bear the citations)."""

    label: str
    value: Decimal
    unit: str
    citation: int
    parts: tuple[Operand, ...] = ()


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
