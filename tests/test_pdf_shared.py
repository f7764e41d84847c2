"""Published disclosures that are kept outside the repository, against pdfplumber, which they must equal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest

from index.model import Document
from index.tables import extract_tables
from tests.paper import read

pytestmark = pytest.mark.shared

_FIGURE = re.compile(r"^[-−]?[\d,]+(?:\.\d+)?%?$")
_FORM = "绩效目标填报表"


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[Path, Document]:
    return {path: read(path, path.name) for path in sorted(shared.glob("samples/shanghai/*.pdf"))}


def test_every_figure_that_pdfplumber_finds_and_no_other(documents: dict[Path, Document]) -> None:
    import pdfplumber

    for path, document in documents.items():
        with pdfplumber.open(path) as pdf:
            for page, plumbed in zip(document.pages, pdf.pages, strict=True):
                rows = chain.from_iterable(plumbed.extract_tables())
                theirs = _figures(text for row in rows for text in row if text)
                ours = _figures(cell.text for grid in page.grids for cell in grid.cells)
                assert ours == theirs, f"{path.name}, page {page.number}"
                plumbed.close()


def _figures(texts: Iterable[str]) -> Counter[str]:
    plain = (re.sub(r"\s", "", text) for text in texts)
    return Counter(text for text in plain if _FIGURE.match(text))


def test_tables_are_whole_with_title_unit_and_columns(documents: dict[Path, Document]) -> None:
    for path, document in documents.items():
        tables = [table for table in extract_tables(document) if any(row for row in table.texts)]
        for table in (table for table in tables if len(table.columns) > 3 and _FORM not in table.title):
            place = f"{path.name}, page {table.pages[0]}: {table.title}"
            assert table.title.endswith("表"), place
            assert table.unit in {"元", "万元"}, place
            assert all(table.columns), place
        titles = [table.title for table in tables if table.title and _FORM not in table.title]
        assert len(titles) == len(set(titles)), f"{path.name}: a table is in pieces"
