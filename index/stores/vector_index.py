"""Search by meaning: exact where few vectors are asked about, Chroma where there are many, and Chroma kept in step.

The database notes what Chroma still owes (`pending`) in the transaction that changes a document. `settle` does it and
erases the note; doing it twice does no harm. A collection that is lost, damaged or out of step is built again.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import delete, select

from index.errors import StoreBusy, VectorsUnavailable
from index.stores.database import transaction
from index.stores.schema import pending
from index.stores.tables import TableStore
from index.stores.vectors import ChromaVectors, Place, nearest

EXACT = 4096
"""Up to this many vectors are compared one by one: Chroma scans too where it filters, and its import takes a second."""


class VectorIndex:
    """The vectors of one store; `where` is a folder or the URL of a Chroma server."""

    def __init__(
        self, tables: TableStore, where: Path | str, store: str, writing: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """`store` is the id of the store; `writing` makes this process the one that writes."""
        self._tables = tables
        self._where = where
        self._store = store
        self._writing = writing
        self._lock = threading.RLock()
        self._chroma: ChromaVectors | None = None
        self._seen = ""  # version of the contents that the open collection shows

    def search(self, vector: Sequence[float], documents: Sequence[str], k: int) -> list[tuple[Place, float]]:
        """The k chunks of these documents (all where empty) most similar to a vector of the store's model."""
        model = self._tables.meta("model")
        count = self._tables.vector_count(model, documents)
        if count <= EXACT:
            return nearest(vector, self._tables.vectors(model, documents), k)
        with self._lock:
            collection = self._current(model)
            return collection.search(vector, self._tables.numbers(documents), k)

    def settle(self) -> None:
        """Do what is owed; the caller is the writing process. VectorsUnavailable leaves the debt for the next time."""
        owed = self._owed()
        model = self._tables.meta("model")
        if owed and model:
            with self._lock:
                self._pay(self._open(model), model, owed)
        if owed:
            self._erase(owed)

    def rebuild(self) -> int:
        """Build the collection of the present model from the database; gives the number of vectors."""
        owed = self._owed()
        model = self._tables.meta("model")
        count = 0
        if model:
            with self._lock:
                collection = self._open(model)
                collection.clear()
                found = self._tables.embedded_chunks(model)
                collection.add(found)
                count = len(found)
        self._erase(owed)
        return count

    def close(self) -> None:
        """Release the folder, so that another process may write, and what it writes is seen at the next use."""
        with self._lock:
            if self._chroma is not None:
                self._chroma.close()
                self._chroma = None

    def _current(self, model: str) -> ChromaVectors:
        """The collection, opened again if the contents changed since, and mended if it is behind the database."""
        version = self._tables.meta("contents")
        if version != self._seen:
            self.close()
        collection = self._open(model)
        if version != self._seen and collection.count() != self._tables.vector_count(model, ()):
            self._mend()
            collection = self._open(model)
        self._seen = version
        return collection

    def _mend(self) -> None:
        """Bring the collection in step, unless another process is at it."""
        try:
            with self._writing():
                self.settle()
                model = self._tables.meta("model")
                if self._open(model).count() != self._tables.vector_count(model, ()):
                    self.rebuild()
        except StoreBusy:
            return  # the writer settles; until then its newest documents are found by words only

    def _pay(self, collection: ChromaVectors, model: str, owed: dict[int, bool]) -> None:
        collection.drop(list(owed))
        collection.add(self._tables.embedded_chunks(model, [number for number, wanted in owed.items() if wanted]))
        if collection.count() != self._tables.vector_count(model, ()):
            self.rebuild()

    def _open(self, model: str) -> ChromaVectors:
        if self._chroma is not None and self._chroma.model != model:
            self.close()
        if self._chroma is None:
            self._chroma = self._connect(model)
        return self._chroma

    def _connect(self, model: str) -> ChromaVectors:
        try:
            return ChromaVectors(self._where, self._store, model)
        except VectorsUnavailable:
            if not isinstance(self._where, Path) or not self._where.exists():
                raise
            with self._writing():  # a damaged folder holds nothing that the database does not
                shutil.rmtree(self._where)
                return ChromaVectors(self._where, self._store, model)

    def _owed(self) -> dict[int, bool]:
        """Document number -> whether its vectors belong into the collection."""
        with self._tables.engine.connect() as connection:
            found = connection.execute(select(pending.c.document_id, pending.c.wanted))
            return {row.document_id: row.wanted for row in found}

    def _erase(self, owed: dict[int, bool]) -> None:
        if owed:
            with transaction(self._tables.engine) as connection:
                connection.execute(delete(pending).where(pending.c.document_id.in_(list(owed))))
