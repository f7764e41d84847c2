"""The audit log names those who were not let in, and cannot be filled by them."""

from __future__ import annotations

from pathlib import Path

from index.stores import Entry, Index
from qa.serve.portal.refusals import COUNTED, Refusals


def test_many_refusals_of_one_minute_become_one_entry(tmp_path: Path) -> None:
    now = 0.0
    with Index.open(tmp_path) as index:
        refusals = Refusals(index.journal, personal=True, clock=lambda: now)
        for _ in range(1000):
            refusals.note(Entry("/v1/answers", "unknown"))
        assert len(list(index.journal.entries())) == 60
        now = 61.0
        refusals.note(Entry("/v1/documents", "unknown"))
        *_, counted, latest = index.journal.entries()
        assert (counted.action, counted.subject, latest.action) == (COUNTED, "另有 940 次", "/v1/documents")
        refusals.close()
        assert len(list(index.journal.entries())) == 62
