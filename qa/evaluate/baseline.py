"""The ordinary way, to hold against: text cut into pieces, the nearest pieces found by vectors and quoted.

LangChain's recursive splitter, Chroma, the same embedding model, the best four pieces quoted whole. It is given the
same text as the index (tables row by row, with title and unit) and the file name in every piece, but knows no cell: the
figure that counts is the one behind the words of the question, in the line that shares most with it. Nothing it says is
marked as checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.amounts import unit_of
from index.model import Paragraph, Table
from qa.evaluate.cases import Case
from qa.evaluate.errors import EmbeddingMissing
from qa.evaluate.library import Shelf
from qa.evaluate.matching import compact
from qa.evaluate.prose import figures
from qa.model import Answer, Citation, Value
from qa.settings import Settings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

CHUNK = 500  # characters, the usual starting point for Chinese text
OVERLAP = 50
TOP_K = 4
_SEPARATORS = ["\n\n", "\n", "。", "；", "，", " ", ""]
_UNIT_LINE = re.compile(r"单位[:：]\s*([千百万亿]*元)")
_BARE = re.compile(r"(?<![\d.])\d[\d,]*\.\d+")


class TextEmbedder(Protocol):
    """A model that turns passages and questions into vectors of one size."""

    def embed_passages(self, texts: Sequence[str], /) -> Sequence[Sequence[float]]: ...

    def embed_query(self, text: str, /) -> Sequence[float]: ...


@dataclass(frozen=True, slots=True)
class BaselineFactory:
    """A baseline whose pieces `build_baseline` has put in `folder`; each worker loads the model of the settings."""

    folder: str
    settings: Settings

    def __call__(self) -> PlainRag:
        return open_baseline(Path(self.folder), load_model(self.settings))


@dataclass(frozen=True, slots=True)
class PlainRag:
    """Retrieval and quotation, no more."""

    pieces: Chroma

    def answer(self, case: Case) -> Answer:
        """Always answered: nearness alone cannot tell that something is not there."""
        found = self.pieces.similarity_search(" ".join((*case.history, case.question)), k=TOP_K)
        pieces = [(piece.metadata["document"], piece.page_content.partition("\n")[2]) for piece in found]
        return quote(case.question, pieces)


def open_baseline(folder: Path, embedder: TextEmbedder) -> PlainRag:
    """The baseline over pieces that are already in the folder."""
    return PlainRag(_collection(folder, embedder))


def load_model(settings: Settings) -> TextEmbedder:
    """The embedding model of the settings. Raises EmbeddingMissing where vectors are switched off."""
    from qa.assemble import open_embedder

    embedder = open_embedder(settings)
    if embedder is None:
        raise EmbeddingMissing
    return embedder


def build_baseline(shelf: Shelf, embedder: TextEmbedder, folder: Path) -> Path:
    """Cuts and embeds everything indexed, once: the folder returned is named after what is in it."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(_SEPARATORS, chunk_size=CHUNK, chunk_overlap=OVERLAP)
    entries = shelf.catalogue()
    contents = hashlib.sha256("".join(sorted(entry.sha256 for entry in entries)).encode()).hexdigest()[:16]
    built = folder / contents
    if (built / "complete").exists():
        return built
    collection = _collection(built, embedder)
    for entry in entries:
        text = document_text(shelf.paragraphs(entry.name), shelf.tables(entry.name))
        pieces = [f"{entry.name}\n{piece}" for piece in splitter.split_text(text)]
        ids = [f"{entry.sha256}-{number}" for number in range(len(pieces))]
        if pieces:
            collection.add_texts(pieces, metadatas=[{"document": entry.name}] * len(pieces), ids=ids)
    (built / "complete").touch()
    return built


def document_text(paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> str:
    """A document as a text extractor would give it: prose by paragraph, tables by row."""
    return "\n".join(
        (*(paragraph.text for paragraph in paragraphs), *(line for t in tables for line in _table_lines(t)))
    )


def _table_lines(table: Table) -> Iterator[str]:
    yield " ".join(filter(None, (table.title, table.code, f"单位：{table.unit}" if table.unit else "")))
    for row in (*table.header, *table.rows):
        yield " ".join(cell.text for cell in row if cell.text)


def quote(question: str, pieces: Sequence[tuple[str, str]]) -> Answer:
    """The pieces (document, text) as an answer: quoted whole, the figures read off the nearest line that has any."""
    citations = tuple(
        Citation(number, document, document, "text", 0, quote=text) for number, (document, text) in enumerate(pieces, 1)
    )
    return Answer(
        question=question,
        interpreted=question,
        status="answered",
        text="\n\n".join(f"{citation.quote} [{citation.id}]" for citation in citations),
        values=_values(question, citations),
        citations=citations,
    )


def _values(question: str, citations: Sequence[Citation]) -> tuple[Value, ...]:
    lines = [(line, c) for c in citations for line in re.split(r"[\n。；]", c.quote) if re.search(r"\d", line)]
    read = [(_likeness(question, line), tuple(_read(question, line, c))) for line, c in lines]
    return max((found for found in read if found[1]), key=lambda found: found[0], default=(0.0, ()))[1]


def _likeness(question: str, line: str) -> float:
    """Pairs of characters in common, weighed against the line's length (cosine of the two sets)."""
    asked, said = _pairs(question), _pairs(line)
    return len(asked & said) / (len(asked) * len(said)) ** 0.5 if asked and said else 0.0


def _pairs(text: str) -> set[str]:
    body = compact(text)
    return {body[i : i + 2] for i in range(len(body) - 1)}


def _read(question: str, line: str, citation: Citation) -> Iterator[Value]:
    """The figures behind the words that line and question share, then those before them.

    In a table row, which has no units, they are the decimals in the unit last stated above it.
    """
    start = _end_of_common(question, line)
    for part in (line[start:], line[:start]):
        stated = [(value.value, value.unit) for value in figures(part)]
        if not stated:
            unit = _unit_above(line, citation.quote)
            stated = [(digits.replace(",", ""), unit) for digits in _BARE.findall(part)]
        yield from (Value("", value, unit, "none", citations=(citation.id,)) for value, unit in stated)


def _end_of_common(question: str, line: str) -> int:
    """Where the longest run of characters that the line shares with the question ends."""
    match = SequenceMatcher(None, question, line, autojunk=False).find_longest_match()
    return match.b + match.size


def _unit_above(line: str, piece: str) -> str:
    above = _UNIT_LINE.findall(piece.partition(line)[0]) or _UNIT_LINE.findall(piece)
    return unit_of(above[-1]) if above else ""


def _collection(folder: Path, embedder: TextEmbedder) -> Chroma:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class Embedded(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, vector)) for vector in embedder.embed_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return list(map(float, embedder.embed_query(text)))

    return Chroma("plain-rag", Embedded(), str(folder), collection_metadata={"hnsw:space": "cosine"})
