"""The far side of a reading process: files come in, signs of life and outcomes go out.

Native code reads most formats. In a process of its own it can crash or hang over a file without taking others along.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import BinaryIO

from index.reading import Outcome, read_source
from index.sources import Source

Message = tuple[int, int] | Outcome  # a page that is read, with the number of pages; or what became of the file


def serve() -> None:
    """Read one file after another as they are named on standard input, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this process ends it
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no message
    while (source := _next(sys.stdin.buffer)) is not None:
        _tell(told, read_source(source, lambda page, pages: _tell(told, (page, pages))))


def _next(asked: BinaryIO) -> Source | None:
    try:
        source: Source = pickle.load(asked)
    except EOFError:
        return None
    return source


def _tell(told: BinaryIO, message: Message) -> None:
    pickle.dump(message, told, pickle.HIGHEST_PROTOCOL)
    told.flush()
