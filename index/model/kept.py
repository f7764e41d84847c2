"""What the stores take and give: passages, everything known of one document, reports and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from index.model.facts import Fact
from index.model.pages import Document, Finding, Locator
from index.model.tables import Paragraph, Profile, Section, Table


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage to retrieve. `text` is what is embedded and matched (context line first); `quote` is the bare passage."""

    key: str
    text: str
    quote: str
    section: int
    page: int
    places: tuple[Locator, ...] = ()
    table: int = 0  # a description of a table, not prose
    embed: bool = True


@dataclass(frozen=True)
class Reading:
    """Everything that is known of one document: what ingest hands to the stores."""

    document: Document
    profile: Profile
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    chunks: tuple[Chunk, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one file gave: shown after an ingest and kept with the document."""

    name: str
    sha256: str
    status: str  # added | unchanged | replaced | failed
    pages: int = 0
    tables: int = 0
    facts: int = 0
    chunks: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    pages_without_text: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A document as the question understander sees it."""

    name: str
    sha256: str
    format: str
    profile: Profile
    pages: int
    tables: int
    facts: int
    confidence: float = 1.0

    def __hash__(self) -> int:
        """Catalogues are looked up whole: the name and the bytes tell entries apart well enough."""
        return hash((self.name, self.sha256))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: the better the higher `score` (comparable only within one search)."""

    document: str
    chunk: Chunk
    score: float
