"""Rooms: for each set of collections a view of the store and the tools that answer from it, kept while nothing changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.stores import EVERYTHING, Index, Remembered, View
from index.vocabulary import load_vocabulary
from qa.assemble import open_index, query_embedder
from qa.chat import open_chat
from qa.finder import Finder
from qa.pipeline import Tools
from qa.settings import Settings

_KEPT = 64  # rooms: sets of collections that were used last


@dataclass(frozen=True)
class Room:
    """What one set of collections holds at one version of the store."""

    collections: tuple[str, ...]
    version: str
    view: View
    tools: Tools


class Rooms:
    """The rooms of one process. A room is whole before anybody enters it, and is never changed."""

    def __init__(self, settings: Settings) -> None:
        """Raises StoreError."""
        self.settings = settings
        self.index: Index = open_index(settings)
        self._vocabulary = load_vocabulary()
        self._embed: Callable[[str], Sequence[float] | None] = query_embedder(settings, self.index)
        self._restate = open_chat(settings)
        self._remembered = Remembered()
        self._rooms: OrderedDict[tuple[str, ...], Room] = OrderedDict()
        self._lock = threading.Lock()

    def enter(self, collections: tuple[str, ...]) -> Room:
        """The room of these collections as they are now."""
        version = self.version()
        with self._lock:
            known = self._rooms.get(collections)
            if known is None or known.version != version:
                known = self._rooms[collections] = self._built(collections, version)
            self._rooms.move_to_end(collections)
            while len(self._rooms) > _KEPT:
                self._rooms.popitem(last=False)
            return known

    def read_ahead(self) -> None:
        """Make the room of those who may read everything ready for its first question."""
        self.enter((EVERYTHING,)).tools.finder.read_ahead(self._remembered.capacity)

    def version(self) -> str:
        """Changes with the contents of the store and with what stands in its collections."""
        return self.index.version

    def _built(self, collections: tuple[str, ...], version: str) -> Room:
        view = View(self.index, self.index.shelves.names(collections), self._remembered)
        finder = Finder(view, self._vocabulary, self._embed)
        finder.known_wordings()  # read now, by one thread: afterwards many only look
        return Room(collections, version, view, Tools(finder, self._restate))

    def close(self) -> None:
        self.index.close()
