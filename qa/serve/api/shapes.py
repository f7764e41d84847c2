"""What travels over HTTP, as pydantic models: the inputs are checked by them, the outputs described.

The answer is the contract of `qa.serve.wire`, word for word.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=300)]


class Shape(BaseModel):
    """An output: says exactly what it holds."""

    model_config = ConfigDict(extra="forbid")


class Asked(BaseModel):
    """A question. Unknown members are refused: a misspelt one would silently change the answer."""

    model_config = ConfigDict(extra="forbid")
    question: Annotated[str, Field(min_length=1, description="问题", examples=["市接待办公室2023年三公经费预算多少？"])]
    history: Annotated[list[Line], Field(max_length=50, description="此前的用户提问，最早的在前")] = []
    documents: Annotated[list[Name], Field(max_length=100, description="只在这些文件中回答")] = []
    conversation: Annotated[str, Field(max_length=40, description="接着这个对话提问，并把回答存入其中")] = ""
    id: Annotated[str, Field(max_length=100, description="原样返回")] = ""
    stream: Annotated[bool, Field(description="以 server-sent events 逐步返回进度，最后是核验过的回答")] = False


class Operand(Shape):
    label: str
    value: str
    unit: str
    citation: int


class Value(Shape):
    """One figure; `citations` are the ids of the places it stands in."""

    label: str
    value: str
    unit: str
    verification: Literal["table", "text", "both", "computed", "conflict"]
    formula: str | None
    operands: list[Operand]
    citations: list[int]


class Citation(Shape):
    """A place in a document; `bbox` is x0, top, x1, bottom in points from the top left of the page."""

    id: int
    document: str
    title: str
    kind: Literal["cell", "text", "page"]
    page: int
    bbox: list[float] | None
    boxes: Annotated[list[list[float]], Field(description="每项为 页码, x0, top, x1, bottom")]
    section: str
    table: str
    row: str
    column: str
    value: str
    quote: str


class Answer(Shape):
    """The checked answer; `values[0]` is the figure that answers the question."""

    id: str
    question: str
    interpreted: str
    status: Literal["answered", "refused", "clarify"]
    reason: Literal["not_indexed", "not_disclosed", "wrong_premise", "off_topic", "unverified"] | None
    verdict: Literal["yes", "no"] | None
    text: str
    values: list[Value]
    citations: list[Citation]
    warnings: list[str]
    options: list[str]
    suggestions: list[str]
    elapsed_ms: float
    conversation: Annotated[str | None, Field(description="存入的对话")] = None
    turn: Annotated[str | None, Field(description="存入的一轮问答，反馈时引用")] = None


class Fault(Shape):
    where: list[str]
    what: str


class Problem(Shape):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[Fault] | None = None


class OpenAIFault(Shape):
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(Shape):
    """An error as OpenAI's clients read it."""

    error: OpenAIFault


class DocumentOut(Shape):
    name: str
    sha256: str
    format: str
    title: str
    organisation: str
    aliases: list[str]
    year: int | None
    stage: str
    level: str
    region: str
    subordinates: list[str]
    pages: int
    tables: int
    facts: int
    confidence: float


class PlaceOut(Shape):
    page: int
    bbox: list[float] | None


class FindingOut(Shape):
    """A fault or oddity in a document, with its places."""

    rule: str
    severity: str
    message: str
    places: list[PlaceOut]
    figures: list[str]
    origin: str


class AuditFigure(Shape):
    """One of the figures that a rule compared."""

    label: str
    value: str
    unit: str
    document: str
    page: int
    bbox: list[float] | None
    fact: str
    quote: str


class AuditFinding(Shape):
    rule: str
    title: str
    severity: str
    message: str
    document: str
    figures: list[AuditFigure]
    origin: str


class RuleCount(Shape):
    rule: str
    title: str
    group: str
    holds: int
    rounding: int
    fails: int
    not_applicable: int


class DocumentAudit(Shape):
    document: str
    title: str
    confidence: float
    findings: list[AuditFinding]
    counts: list[RuleCount]


class AuditOut(Shape):
    """The self-check of documents: what does not hold in each, and between them."""

    documents: list[DocumentAudit]
    across: list[AuditFinding]
    across_counts: list[RuleCount]
    tally: dict[str, int]


class ReportOut(Shape):
    """What one file gave when it was taken in."""

    name: str
    sha256: str
    status: Literal["added", "unchanged", "replaced", "failed"]
    pages: int
    tables: int
    facts: int
    chunks: int
    kinds: dict[str, int]
    pages_without_text: list[int]
    findings: list[FindingOut]
    seconds: dict[str, float]
    error: str


class TableOut(Shape):
    """A table as extracted: continued pages joined, repeated headers dropped."""

    number: int
    title: str
    code: str
    unit: str
    pages: list[int]
    columns: list[list[str]]
    rows: list[list[str]]


class FactOut(Shape):
    """One figure with everything needed to know what it says and where it stands; money also in 元."""

    document: str
    key: str
    source: Literal["table", "text"]
    label: str
    printed: str
    value: str | None
    unit: str
    yuan: str | None
    state: Literal["value", "zero", "blank", "dash", "text"]
    year: int | None
    measure: str
    scope: str
    kind: str
    table: str
    code: str
    path: list[str]
    column: list[str]
    entity: str
    page: int
    bbox: list[float] | None
    quote: str


class FactPage(Shape):
    total: int
    offset: int
    items: list[FactOut]


class PassageOut(Shape):
    document: str
    page: int
    section: str
    quote: str
    score: float
    boxes: list[list[float]]


class TurnOut(Shape):
    id: str
    asked: str
    question: str
    answer: Answer


class ConversationOut(Shape):
    id: str
    title: str
    started: str
    changed: str
    turns: int


class ConversationWhole(ConversationOut):
    messages: list[TurnOut]


class ConversationIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(max_length=200)] = ""


class FeedbackIn(BaseModel):
    """An opinion on an answer that stands in one of the caller's conversations."""

    model_config = ConfigDict(extra="forbid")
    turn: Annotated[str, Field(min_length=1, max_length=40)]
    good: bool
    reason: Annotated[str, Field(max_length=2000, description="数字错、年度错、口径错、出处错、应拒答，或自由文字")] = (
        ""
    )


class State(Shape):
    status: str


class ModelOut(Shape):
    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(Shape):
    object: Literal["list"]
    data: list[ModelOut]
