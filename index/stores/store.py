"""Index: the one door to everything that is stored.

The database is the system of record; Chroma, the postings and the copies of the files follow it. A document enters in
one transaction, together with a note of what the vector index still owes (`pending`); the note is erased when that is
done, so a process killed at any moment leaves either the old document or the new one, and the next use catches up.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import NotIndexed, StoreMissing, StoreUnwritable
from index.model import (
    CatalogueEntry,
    Chunk,
    Document,
    FactQuery,
    Finding,
    Found,
    Hit,
    IngestReport,
    Paragraph,
    Printed,
    Reading,
    Section,
    Table,
    Term,
)
from index.stores import shelves, writing
from index.stores.conversations import Conversations
from index.stores.database import folder_beside, open_engine, prepare, sqlite_url, transaction
from index.stores.journal import Journal
from index.stores.keys import AccessKeys
from index.stores.lock import WriteLock
from index.stores.originals import Originals
from index.stores.passages import PassageSearch
from index.stores.shelves import Shelves
from index.stores.tables import TableStore
from index.stores.usage import Usage
from index.stores.vector_index import VectorIndex
from index.stores.vectors import Vectors

DATABASE = "mingzhang.sqlite"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What `reindex` made again."""

    documents: int
    chunks: int
    vectors: int


class Index:
    """A store opened by one process: reads from any thread, one writer at a time."""

    def __init__(self, tables: TableStore, folder: Path, store: str, chroma: str) -> None:
        """Use `Index.open`."""
        self._tables = tables
        self._folder = folder
        self._originals = Originals(folder / "files")
        self._lock = WriteLock(folder, self._leave)
        self._vectors = VectorIndex(tables, chroma or folder / "chroma", store, self._lock.held)
        self._passages = PassageSearch(tables, self._vectors)
        self.conversations = Conversations(tables.engine)
        self.keys = AccessKeys(tables.engine)
        self.shelves = Shelves(tables.engine)
        self.usage = Usage(tables.engine)
        self.journal = Journal(tables.engine)

    @classmethod
    def open(
        cls, store: str | Path, *, create: bool = True, folder: str | Path | None = None, chroma: str = ""
    ) -> Self:
        """Open a folder, or the database of a SQLAlchemy URL with `folder` for files and vectors.

        Without `folder` these stand beside a SQLite file, or in the user's data folder. `chroma` is the URL of a Chroma
        server; without it vectors live in the folder. Raises StoreMissing (only without `create`), StoreUnwritable,
        StoreUnreachable, StoreDamaged, StoreTooNew.
        """
        is_url = "://" in str(store)
        place = Path(folder or (folder_beside(str(store)) if is_url else store)).expanduser()
        file = place / DATABASE
        if not is_url and not create and not file.exists():
            raise StoreMissing(str(store))
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnwritable(str(place), error.strerror or str(error)) from error
        engine = open_engine(str(store) if is_url else sqlite_url(file))
        try:
            identity = prepare(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(TableStore(engine), place, identity, chroma)

    def close(self) -> None:
        """Release the database and the vectors."""
        self._vectors.close()
        self._tables.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- what is indexed -----------------------------------------------------------------------------------------------

    @property
    def version(self) -> str:
        """Changes whenever the contents change, whoever changed them."""
        return self._tables.meta("contents")

    @property
    def model(self) -> str:
        """The name of the embedding model whose vectors are searched; "" while there are none."""
        return self._tables.meta("model")

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """All documents by name."""
        return self._tables.catalogue()

    def name_of(self, sha256: str, revision: str = "") -> str | None:
        """The name under which a file with these bytes is indexed, as this revision of the program read it."""
        return self._tables.name_of(sha256, revision)

    def has(self, name: str, sha256: str = "") -> bool:
        """Whether a document of this name or these bytes is indexed."""
        return self._tables.has(name, sha256)

    def report(self, document: str) -> IngestReport:
        """What the document gave when it was taken in."""
        return self._tables.report(document)

    def numbers(self) -> dict[str, int]:
        """Name -> number of each document; a number stands for one reading of one file and is never used again."""
        return self._tables.all_numbers()

    def source(self, document: str) -> Path:
        """The stored copy of the original file; OriginalMissing where none was kept."""
        return self._originals.find(document, self._tables.sha256_of(document))

    # -- exact evidence ------------------------------------------------------------------------------------------------

    def facts(self, query: FactQuery) -> tuple[Found, ...]:
        """Facts by document name, table, row and column; those of the prose last, in their order."""
        return self._tables.facts(query)

    def printed(self, documents: Sequence[str], keys: Sequence[str]) -> dict[tuple[str, str], Printed]:
        """(document, key) -> what is printed there, for the facts of these documents with any of these keys."""
        return self._tables.printed(documents, keys)

    def terms(self, documents: Sequence[str] = ()) -> tuple[Term, ...]:
        """The distinct wordings of these documents (all where empty)."""
        return self._tables.terms(documents)

    def tables(self, document: str) -> tuple[Table, ...]:
        return self._tables.tables(document)

    def sections(self, document: str) -> tuple[Section, ...]:
        return self._tables.sections(document)

    def paragraphs(self, document: str) -> tuple[Paragraph, ...]:
        return self._tables.paragraphs(document)

    def findings(self, document: str) -> tuple[Finding, ...]:
        return self._tables.findings(document)

    def chunks(self, document: str) -> tuple[Chunk, ...]:
        return self._tables.chunks(document)

    # -- passages ------------------------------------------------------------------------------------------------------

    # `prose` leaves out the descriptions of tables and the words in their cells.

    def search_words(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by BM25 over words."""
        return self._passages.by_words(text, documents, k, prose)

    def search_bigrams(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by BM25 over pairs of characters."""
        return self._passages.by_bigrams(text, documents, k, prose)

    def search_keywords(
        self, text: str, documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by the sum of both BM25 scores."""
        return self._passages.by_both(text, documents, k, prose)

    def search_vectors(
        self, vector: Sequence[float], documents: Sequence[str] = (), k: int = 20, *, prose: bool = False
    ) -> tuple[Hit, ...]:
        """Passages by cosine similarity to a vector of `self.model`; VectorMismatch for one of another size."""
        return self._passages.by_vector(vector, documents, k, prose)

    # -- writing -------------------------------------------------------------------------------------------------------

    def writing(self) -> AbstractContextManager[None]:
        """Be the one writing process for several writes; StoreBusy where another process is."""
        return self._lock.held()

    def _leave(self) -> None:
        """What the last of a row of writes does: files of no document go, the vectors are free for other processes."""
        self._originals.sweep(self._tables.sha256s())
        self._vectors.close()

    def replace(
        self,
        reading: Reading,
        vectors: Vectors | None,
        report: IngestReport,
        source: Path | None = None,
        revision: str = "",
    ) -> None:
        """Take a document in, in the place of one with its name or its bytes; `source` is copied into the store.

        `revision` tells which version of the program read it.
        `vectors` may leave out texts that have a vector already (see `embedded`); without it the passages of this
        document are found by keywords only. VectorsUnavailable is raised after the document is in.
        """
        document = reading.document
        with self.writing():
            if source is not None:
                self._keep(source, document)
            with transaction(self._tables.engine) as connection:
                shelves.follow(connection, document.name, document.sha256)
                replaced = writing.delete_documents(connection, name=document.name, sha256=document.sha256)
                writing.insert_reading(connection, reading, report, revision)
                if vectors is not None:
                    writing.insert_vectors(connection, vectors)
                if replaced:
                    writing.sweep_vectors(connection)
                writing.changed(connection)
            self._vectors.settle()

    def _keep(self, source: Path, document: Document) -> None:
        try:
            self._originals.keep(source, document.sha256, document.name)
        except OSError as error:
            raise StoreUnwritable(str(self._folder), error.strerror or str(error)) from error

    def remove(self, document: str) -> bool:
        """Take a document out, whole; False where there is none of that name."""
        with self.writing():
            with transaction(self._tables.engine) as connection:
                gone = writing.delete_documents(connection, name=document)
                if gone:
                    writing.sweep_vectors(connection)
                    shelves.sweep(connection)
                    writing.changed(connection)
            self._vectors.settle()
        return gone

    def embedded(self, model: str, hashes: Sequence[str]) -> frozenset[str]:
        """Of these texts (by hash) those that already have a vector of the model."""
        return self._tables.embedded(model, hashes)

    def add_vectors(self, document: str, vectors: Vectors) -> None:
        """Give an indexed document the vectors it lacks, for instance after a change of the model."""
        with self.writing():
            numbers = self._tables.numbers((document,))
            if not numbers:
                raise NotIndexed(document)
            with transaction(self._tables.engine) as connection:
                writing.insert_vectors(connection, vectors)
                writing.owe(connection, numbers, wanted=True)
                writing.changed(connection)
            self._vectors.settle()

    def reindex(self) -> Rebuilt:
        """Build the keyword postings and the Chroma collection again from the database; nothing is embedded."""
        with self.writing():
            names = [entry.name for entry in self.catalogue()]
            with transaction(self._tables.engine) as connection:
                count = sum(writing.rebuild_postings(connection, name) for name in names)
                writing.changed(connection)
            return Rebuilt(len(names), count, self._vectors.rebuild())

    def record_question(self, question: str, answer: str, elapsed_ms: float) -> None:
        """Keep a question that was asked and its answer in JSON."""
        with transaction(self._tables.engine) as connection:
            writing.insert_question(connection, question, answer, elapsed_ms)

    def questions(self, limit: int = 100) -> tuple[tuple[str, str, str, float], ...]:
        """The last questions: (UTC time, question, answer JSON, milliseconds), newest first."""
        return self._tables.asked(limit)
