"""Fixtures: the sample disclosures indexed once, without a model, and the documents kept outside this repository."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url
from sqlalchemy.schema import CreateSchema, DropSchema

from index.ingest import ingest_paths
from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.finder import Finder
from qa.pipeline import Tools

if TYPE_CHECKING:
    from tests.browser import Person

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "eval_sets" / "documents"
SHARED = ROOT.parent / "shared"

settings.register_profile("here", deadline=None)  # a property is none of how busy the machine is
settings.load_profile("here")


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


@pytest.fixture(scope="session")
def page_store(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample store, which the tests of the page change as people would."""
    return Path(shutil.copytree(sample_store, tmp_path_factory.mktemp("page") / "store"))


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser puts what is taken away."""
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def person(page_store: Path, downloads: Path) -> Iterator[Person]:
    """One server and one browser for all tests of the page: starting them takes longer than most of the tests."""
    from tests.browser import Person, open_chromium, serve_page

    with serve_page(page_store) as address, open_chromium(downloads) as driver:
        yield Person(driver, address)


@pytest.fixture
def postgres() -> Iterator[str]:
    """A schema of its own in the database that MINGZHANG_TEST_POSTGRES names; `.ci/postgres` starts one."""
    if not (named := os.environ.get("MINGZHANG_TEST_POSTGRES")):
        pytest.skip("MINGZHANG_TEST_POSTGRES names no database")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(named)
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    own = make_url(named).update_query_dict({"options": f"-csearch_path={schema}"})
    yield own.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(DropSchema(schema, cascade=True))
    engine.dispose()
