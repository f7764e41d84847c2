"""Running question sets: in parallel, in a fixed order, with a journal so that a killed run goes on where it ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from multiprocessing.process import BaseProcess
from time import perf_counter
from typing import Protocol

from qa.evaluate.cases import Case
from qa.evaluate.errors import EvaluateError, WorkersDied
from qa.evaluate.library import NO_LIBRARY, Library
from qa.evaluate.scores import Score, score
from qa.evaluate.summary import Scored, Summary, summarise
from qa.model import Answer


class System(Protocol):
    """Anything that answers questions and can be scored."""

    def answer(self, case: Case) -> Answer: ...


class SystemFactory(Protocol):
    """How a worker process makes its own system: hashable and picklable, cheap to send."""

    def __call__(self) -> System: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What the answers of a run depend on: two runs of one set with equal setups answer alike."""

    system: str  # mingzhang | plain-rag | a URL
    version: str
    settings: tuple[tuple[str, str], ...] = ()
    documents: tuple[tuple[str, str], ...] = ()  # name, sha256


@dataclass(frozen=True, slots=True)
class Result:
    """A case, what was answered, and how that is judged."""

    case: Case
    answer: Answer
    score: Score


@dataclass(frozen=True)
class Run:
    """A finished run, results in the order of its sets."""

    sets: tuple[str, ...]  # file names
    setup: Setup
    started: str  # ISO 8601, local time
    results: tuple[Result, ...]

    @cached_property
    def summary(self) -> Summary:
        return summarise([Scored(r.case, r.score, r.answer.elapsed_ms) for r in self.results])


class Journal(Protocol):
    """Where results are kept while a run is under way."""

    def finished(self) -> Iterable[Result]: ...

    def add(self, result: Result) -> None: ...


def run_cases(
    cases: Sequence[Case],
    factory: SystemFactory,
    executor: Executor,
    journal: Journal,
    library: Library = NO_LIBRARY,
    on_done: Callable[[Result], None] = lambda result: None,
) -> tuple[Result, ...]:
    """Every case answered and scored, in the order given; those in the journal are not asked again.

    A question at which the system fails is a result with status `failed`; a fault that concerns the whole run (an
    EvaluateError, a worker that died) ends it, and the journal keeps what is done.
    """
    known = {result.case: result for result in journal.finished()}
    results = {case: known[case] for case in cases if case in known}
    for result in results.values():
        on_done(result)
    futures = {executor.submit(ask_timed, factory, case): case for case in cases if case not in results}
    try:
        for future in as_completed(futures):
            case = futures[future]
            answer = _outcome(future, len(results), len(cases))
            results[case] = Result(case, answer, score(case, answer, library))
            journal.add(results[case])
            on_done(results[case])
    finally:
        for future in futures:
            future.cancel()
    return tuple(results[case] for case in cases)


def ask_timed(factory: SystemFactory, case: Case) -> Answer:
    """One answer with the time it took; the worker's system is made once and before the clock starts."""
    system = _own_system(factory)
    before = perf_counter()
    answer = _ask(system, case)
    return replace(answer, id=case.id, elapsed_ms=round((perf_counter() - before) * 1000, 2))


def _ask(system: System, case: Case) -> Answer:
    try:
        return system.answer(case)
    except EvaluateError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever breaks on one question is reported with it, and spares the others
        words = f"{type(fault).__name__}: {fault}"
        return Answer(question=case.question, interpreted="", status="failed", text=words)


def open_executor(jobs: int) -> Executor:
    """One thread, or processes that start clean (a forked copy of loaded models and open stores is unsafe)."""
    if jobs <= 1:
        return ThreadPoolExecutor(max_workers=1)
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, models and all."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@lru_cache(maxsize=1)
def _own_system(factory: SystemFactory) -> System:
    return factory()


def _outcome(future: Future[Answer], done: int, total: int) -> Answer:
    try:
        return future.result()
    except BrokenExecutor as fault:
        raise WorkersDied(done, total) from fault
