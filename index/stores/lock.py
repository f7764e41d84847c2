"""Being the one process that writes to a store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import StoreBusy, StoreUnwritable

_PATIENCE = 10  # seconds to wait for another process


class WriteLock:
    """One writer at a time: among the threads of this process, and among processes by a file in the store."""

    def __init__(self, folder: Path, leave: Callable[[], None]) -> None:
        """`leave` is called before the lock is given up, after the outermost use."""
        self._folder = folder
        self._leave = leave
        self._file = FileLock(folder / "write.lock", timeout=_PATIENCE, thread_local=False)
        self._threads = threading.RLock()
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nested uses are one. Raises StoreBusy where another process writes, StoreUnwritable."""
        with self._threads:
            if not self._depth:
                self._acquire()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    self._release()

    def _acquire(self) -> None:
        try:
            self._file.acquire()
        except Timeout as error:
            raise StoreBusy(str(self._folder)) from error
        except OSError as error:
            raise StoreUnwritable(str(self._folder), error.strerror or str(error)) from error

    def _release(self) -> None:
        try:
            self._leave()
        finally:
            self._file.release()
