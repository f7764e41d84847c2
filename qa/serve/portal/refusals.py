"""Who was not let in, written into the audit log without letting strangers fill it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from index.stores import Entry, Journal

_ONE_BY_ONE = 60  # in a minute
_MINUTE = 60.0
COUNTED = "refusals"
"""The action of an entry that stands for many; its subject says for how many."""


class Refusals:
    """The first of each minute are entries of their own, the rest of it one entry with their number."""

    def __init__(self, journal: Journal, *, personal: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._journal = journal
        self._personal = personal
        self._clock = clock
        self._lock = threading.Lock()
        self._since = clock()
        self._seen = 0

    def note(self, entry: Entry) -> None:
        """Write a refusal down, or count it."""
        with self._lock:
            if self._clock() - self._since >= _MINUTE:
                self._start_anew()
            self._seen += 1
            one_by_one = self._seen <= _ONE_BY_ONE
        if one_by_one:
            self._journal.add(entry, personal=self._personal)

    def close(self) -> None:
        """Write down what was only counted."""
        with self._lock:
            self._start_anew()

    def _start_anew(self) -> None:
        if (more := self._seen - _ONE_BY_ONE) > 0:
            self._journal.add(Entry(COUNTED, "unknown", subject=f"另有 {more} 次"))
        self._since, self._seen = self._clock(), 0
