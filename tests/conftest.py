"""Fixtures: the sample disclosures indexed once, without a model, and the documents kept outside this repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ingest import ingest_paths
from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.finder import Finder
from qa.pipeline import Tools

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "eval_sets" / "documents"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents that never enter this repository; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("documents outside the repository are not here")
    return SHARED


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the five sample disclosures, found by tables and keywords only."""
    folder = tmp_path_factory.mktemp("store")
    with Index.open(folder) as index:
        reports = ingest_paths(sorted(SAMPLES.glob("*.pdf")), index, None)
    assert [report.status for report in reports] == ["added"] * 5
    return folder


@pytest.fixture(scope="session")
def tools(sample_store: Path) -> Iterator[Tools]:
    with Index.open(sample_store, create=False) as index:
        yield Tools(Finder(index, load_vocabulary()))
