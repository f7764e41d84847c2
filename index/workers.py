"""Files read in other processes: by those of this machine, or by any executor with the same interface.

A file that makes its process crash, or keeps it silent for too long, is one failure: the next goes to a new process.
"""

from __future__ import annotations

import math
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Timer
from types import TracebackType
from typing import Self

import index
from index.errors import ReaderCrashed, ReaderSilent
from index.reading import Outcome, Pages, read_source
from index.sources import Source
from index.worker import Message

SILENCE = 120.0  # seconds for a page; recognising one takes ten
_AFTERWARDS = 0.5  # seconds a page for what is made of all pages together
_FILES_A_PROCESS = 4  # a process takes a quarter of a second to start: a second one is not worth it for fewer
_ROOT = str(Path(index.__file__).parent.parent)
_COMMAND = (
    sys.executable,
    "-P",
    "-c",
    f"import sys; sys.path.insert(0, {_ROOT!r}); import index.worker as w; w.serve()",
)
_BROKEN_OFF = (OSError, EOFError, pickle.UnpicklingError)

PageOf = Callable[[Source, int, int], None]
"""Told (file, page, pages in all) while a file is read."""
Submit = Callable[[Source], "Future[Outcome]"]


def read_all(sources: Sequence[Source], jobs: int, executor: Executor | None, page: PageOf) -> Iterator[Outcome]:
    """An outcome for each file, in order; read a few files ahead of the one who takes them, never all.

    Where one process reads, `page` is told (file, page, pages).
    """
    workers = min(jobs, math.ceil(len(sources) / _FILES_A_PROCESS))
    if executor is not None:
        yield from _read_ahead(sources, lambda source: executor.submit(read_source, source), 2 * max(jobs, 2))
    elif workers > 1:
        with Crew(workers) as crew:
            yield from _read_ahead(sources, crew.submit, 2 * workers)
    else:
        with Worker() as worker:
            yield from read_with(worker, sources, page)


def read_with(worker: Worker, sources: Sequence[Source], page: PageOf) -> Iterator[Outcome]:
    """An outcome for each file, in order, read by one process."""
    for source in sources:
        yield worker.read(source, partial(page, source))


class Worker:
    """One process that reads one file after another. It starts with the first, and anew after one that was its end."""

    def __init__(self, silence: float = SILENCE) -> None:
        self._silence = silence
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def read(self, source: Source, page: Pages | None = None) -> Outcome:
        """What became of the file; `page` is told as reading goes on."""
        process = self._started()
        assert process.stdin
        last = 0
        patience = self._silence
        try:
            pickle.dump(source, process.stdin)
            process.stdin.flush()
            while not isinstance(message := self._message(process, patience), Outcome):
                last, pages = message
                patience = self._silence + _AFTERWARDS * pages * (last == pages)
                if page:
                    page(last, pages)
        except TimeoutError:
            return self._lost(ReaderSilent(source.name, last, round(patience)))
        except _BROKEN_OFF:
            return self._lost(ReaderCrashed(source.name))
        return message

    def _message(self, process: subprocess.Popen[bytes], patience: float) -> Message:
        """The next message. Raises TimeoutError after too long a silence, EOFError where the process has ended."""
        expired = Event()

        def expire() -> None:
            expired.set()
            process.kill()

        timer = Timer(patience, expire)
        timer.start()
        try:
            message: Message = pickle.load(process.stdout)  # type: ignore[arg-type]
        except _BROKEN_OFF:
            if expired.is_set():
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
        return message

    def _lost(self, error: ReaderCrashed | ReaderSilent) -> Outcome:
        self.close()
        return Outcome(None, fault=str(error))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self._process

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError), process:  # what it was not told any more
                pass


class Crew:
    """Several workers, and as many threads that wait for them."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count)
        self._workers = [Worker() for _ in range(count)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def submit(self, source: Source) -> Future[Outcome]:
        return self._threads.submit(self._read, source)

    def _read(self, source: Source) -> Outcome:
        worker = self._idle.get()
        try:
            return worker.read(source)
        finally:
            self._idle.put(worker)


def _read_ahead(sources: Sequence[Source], submit: Submit, ahead: int) -> Iterator[Outcome]:
    waiting: deque[tuple[Source, Future[Outcome] | None]] = deque()
    rest = iter(sources)
    while True:
        while len(waiting) < ahead and (source := next(rest, None)) is not None:
            waiting.append((source, _submitted(submit, source)))
        if not waiting:
            return
        source, future = waiting.popleft()
        try:
            outcome = future.result() if future else _read_apart(source)
        except BrokenExecutor:
            outcome = _read_apart(source)
        yield outcome


def _submitted(submit: Submit, source: Source) -> Future[Outcome] | None:
    """None where a file has broken the executor: whatever is left is read by processes of this machine."""
    try:
        return submit(source)
    except BrokenExecutor:
        return None


def _read_apart(source: Source) -> Outcome:
    with Worker() as worker:
        return worker.read(source)
