"""Many files read at once: by processes of this machine, or by any executor with the same interface."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context

from index.errors import ReaderCrashed
from index.reading import Outcome, read_source
from index.sources import Source

_FILES_A_PROCESS = 4  # a process takes half a second to start: fewer files are not worth one


def read_all(
    sources: Sequence[Source], jobs: int, executor: Executor | None, page: Callable[[Source, int, int], None]
) -> Iterator[Outcome]:
    """An outcome for each file, in order; read a few files ahead of the one who takes them, never all.

    Few files are read in this process, where `page` is told (file, page, pages).
    """
    workers = min(jobs, math.ceil(len(sources) / _FILES_A_PROCESS))
    if executor is not None:
        yield from _read_ahead(sources, executor, 2 * max(jobs, 2))
    elif workers > 1:
        with _pool(workers) as pool:
            yield from _read_ahead(sources, pool, 2 * workers)
    else:
        for source in sources:
            yield read_source(source, _told(source, page))


def _told(source: Source, page: Callable[[Source, int, int], None]) -> Callable[[int, int], None]:
    return lambda number, count: page(source, number, count)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh processes: a fork would copy the threads and locks of torch."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _read_ahead(sources: Sequence[Source], pool: Executor, ahead: int) -> Iterator[Outcome]:
    waiting: deque[tuple[Source, Future[Outcome] | None]] = deque()
    rest = iter(sources)
    while True:
        while len(waiting) < ahead and (source := next(rest, None)) is not None:
            waiting.append((source, _submitted(pool, source)))
        if not waiting:
            return
        source, future = waiting.popleft()
        try:
            outcome = future.result() if future else _read_apart(source)
        except BrokenExecutor:
            outcome = _read_apart(source)
        yield outcome


def _submitted(pool: Executor, source: Source) -> Future[Outcome] | None:
    """None where a file has killed a process of the pool: whatever is left is read in processes of its own."""
    try:
        return pool.submit(read_source, source)
    except BrokenExecutor:
        return None


def _read_apart(source: Source) -> Outcome:
    try:
        with _pool(1) as pool:
            return pool.submit(read_source, source).result()
    except BrokenExecutor:
        return Outcome(None, fault=str(ReaderCrashed(source.name)))
