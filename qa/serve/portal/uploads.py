"""Taking files in for a collection, and taking them out of it. The same bytes twice change nothing."""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar

from index.errors import NotIndexed, StoreBusy
from index.model import IngestReport
from index.sources import Source, find_sources
from index.stores import COMMON, EVERYTHING, Index, stored_name
from qa.assemble import open_embedder
from qa.errors import BadCollection, BadFileName, CollectionNeeded, FileTooLarge
from qa.serve.access import Caller, NotAllowed, checked_collection
from qa.serve.portal.rooms import Rooms

if TYPE_CHECKING:
    from index.embed import Embedder
    from index.workers import Worker

_PATIENCE = 120  # seconds for other processes that write to the same store
_LONGEST_NAME = 200
T = TypeVar("T")


class Uploads:
    """One file at a time; a process of its own reads it, so that answering goes on at its pace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._embedder: Embedder | None = None
        self._loaded = False

    def take_in(self, name: str, content: bytes, caller: Caller, collection: str = "") -> tuple[IngestReport, ...]:
        """Index a file, or the files of an archive, for a collection; a faulty file is a report and changes nothing.

        A file of the same name in that collection is replaced. Raises BadFileName, FileTooLarge, CollectionNeeded,
        NotAllowed, BadCollection, StoreError.
        """
        place = target(caller, collection)
        checked_name(name)
        if len(content) > self._rooms.settings.upload_mb * 1024 * 1024:
            raise FileTooLarge(self._rooms.settings.upload_mb)
        with tempfile.TemporaryDirectory(prefix="mingzhang-upload-") as folder, self._lock:
            path = Path(folder) / name
            path.write_bytes(content)
            sources = find_sources([path], Path(folder) / "unpacked")
            return tuple(_patiently(partial(self._taken_in, source, place)) for source in sources)

    def take_in_paths(
        self, paths: Sequence[Path], collection: str, progress: Callable[[int, int, str], None] | None = None
    ) -> Iterator[IngestReport]:
        """Files and folders of this machine, for a collection, one after another; never seen by any other.

        `progress` is told as in `index.ingest`. Raises BadCollection, StoreError.
        """
        place = checked_collection(collection)
        if place == EVERYTHING:
            raise BadCollection(collection)
        with tempfile.TemporaryDirectory(prefix="mingzhang-") as folder, self._lock:
            sources = find_sources(paths, Path(folder))
            for done, source in enumerate(sources):
                if progress is not None:
                    progress(done, len(sources), source.name)
                yield _patiently(partial(self._taken_in, source, place))

    def take_out(self, name: str, caller: Caller, collection: str = "") -> None:
        """Take a document out of a collection; from the store once no collection has it. Raises NotIndexed."""
        place = target(caller, collection)
        index = self._rooms.index
        with self._lock:
            stored = _stored(index, name, place)
            if stored is None:
                raise NotIndexed(name)
            _patiently(partial(self._withdrawn, stored, place))

    def close(self) -> None:
        """Let the reading process end."""
        if self._worker is not None:
            self._worker.close()

    def _taken_in(self, source: Source, place: str) -> IngestReport:
        if source.fault:
            return IngestReport(source.name, "", "failed", error=source.fault)
        content = source.path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        index = self._rooms.index
        with index.writing():
            before = _stored(index, source.name, place)
            if index.shelves.of(digest):  # known bytes: read again only if the program has changed since
                report = self._ingested(_name_of(index, digest), content)
                if report.status != "failed":
                    index.shelves.place(place, digest, source.name)
            else:
                report = self._ingested_anew(source.name, content, digest, place, before)
            if report.status != "failed" and before and _sha256(index, before) not in ("", digest):
                self._withdrawn(before, place)
        return _as_known(report, source.name)

    def _ingested_anew(self, name: str, content: bytes, digest: str, place: str, before: str | None) -> IngestReport:
        """New bytes: on their shelf before they are in the store, so that no other reader ever sees them."""
        index = self._rooms.index
        own = before if before and set(index.shelves.of(_sha256(index, before))) == {place} else None
        taken = [entry.name for entry in index.catalogue()]
        index.shelves.reserve(place, digest, name)
        report = self._ingested(own or stored_name(name, place, taken), content)
        if report.status == "failed":
            index.shelves.release(digest)
        return report

    def _withdrawn(self, stored: str, place: str) -> None:
        index = self._rooms.index
        if not index.shelves.withdraw(place, _sha256(index, stored)):
            index.remove(stored)

    def _ingested(self, name: str, content: bytes) -> IngestReport:
        from index.ingest import ingest_paths
        from index.workers import Worker

        self._worker = self._worker or Worker()
        with tempfile.TemporaryDirectory(prefix="mingzhang-upload-") as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            return ingest_paths([path], self._rooms.index, self._model(), worker=self._worker)[0]

    def _model(self) -> Embedder | None:
        if not self._loaded:
            self._embedder = open_embedder(self._rooms.settings)
            self._loaded = True
        return self._embedder


def target(caller: Caller, collection: str) -> str:
    """The collection that a caller means. Raises CollectionNeeded, NotAllowed, BadCollection."""
    place = collection or caller.home or (COMMON if caller.id == "local" else "")
    if not place:
        raise CollectionNeeded
    if checked_collection(place) == EVERYTHING or not caller.holds(place):
        raise NotAllowed(f"写入文库 {place}")
    return place


def checked_name(name: str) -> None:
    """Raises BadFileName for anything but a plain file name."""
    path = PurePath(name)
    plain = path.name == name and name.isprintable() and "\\" not in name and "/" not in name
    if not plain or not path.suffix or not path.stem or len(name.encode()) > _LONGEST_NAME:
        raise BadFileName(name)


def _stored(index: Index, name: str, place: str) -> str | None:
    """The name in the store of what a collection knows under this name."""
    return next((stored for stored, shown in index.shelves.names((place,)).items() if shown == name), None)


def _sha256(index: Index, stored: str) -> str:
    """The bytes of a document; "" where there is none of that name any more."""
    return next((entry.sha256 for entry in index.catalogue() if entry.name == stored), "")


def _name_of(index: Index, sha256: str) -> str:
    return next(entry.name for entry in index.catalogue() if entry.sha256 == sha256)


def _as_known(report: IngestReport, name: str) -> IngestReport:
    """The report under the name the file was handed in with; the store's own name says whose else it is."""
    return replace(report, name=name, error=report.error.replace(report.name, name))


def _patiently(write: Callable[[], T]) -> T:
    """Wait for other processes that write. Raises StoreBusy in the end."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return write()
        except StoreBusy:
            if time.monotonic() > end:
                raise
