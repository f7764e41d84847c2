"""A whole run: journal opened, cases answered in parallel, journal closed; what a command or a page calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from qa.evaluate.cases import Case
from qa.evaluate.files import JournalFile, journal_path
from qa.evaluate.library import Library
from qa.evaluate.run import Result, Run, Setup, SystemFactory, open_executor, run_cases


def execute(
    sets: tuple[str, ...],
    cases: Sequence[Case],
    factory: SystemFactory,
    setup: Setup,
    library: Library,
    output: Path,
    jobs: int,
    on_done: Callable[[Result], None],
) -> Run:
    """Answers and scores all cases; killed at any moment, the next call with the same output and setup goes on.

    The run is not written to `output` yet: that is `write_run`.
    """
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    journal = JournalFile(journal_path(output), setup)
    finished = False
    try:
        with open_executor(jobs) as executor:
            results = run_cases(cases, factory, executor, journal, library, on_done)
        finished = True
    finally:
        journal.close(finished)
    return Run(sets, setup, started, results)
