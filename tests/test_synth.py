"""Invented disclosures are what their gold says, and the reader gets back what was put on paper."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read import read_document
from index.tables import extract_tables
from tests.synth.__main__ import OFFICES, write_disclosure
from tests.synth.amounts import share_out
from tests.synth.books import draw_books
from tests.synth.sheet import GoldTable, header
from tests.synth.style import LAYOUTS
from tests.synth.tables import sheets_of

RULED = ("lines", "boxes", "filled", "split-yuan", "once", "turned", "untitled", "cut", "cells-narrow", "budget-yuan")
FEW_RULES = (
    *("few-rules", "few-narrow", "few-yuan", "few-turned", "open", "open-narrow", "budget-few"),
    *("none", "none-numbered", "none-yuan", "none-narrow"),
)


@given(st.integers(0, 10**12), st.lists(st.floats(0.01, 10), min_size=1, max_size=9))
def test_shares_add_up(total: int, weights: list[float]) -> None:
    assert sum(share_out(total, weights)) == total


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.sampled_from(OFFICES), st.booleans())
def test_books_balance(seed: int, office: object, exact: bool) -> None:
    books = draw_books(office, 2024, Random(seed), exact=exact)  # type: ignore[arg-type]
    assert books.spent() == books.basic() + books.project()
    assert books.total == books.spent() + books.all_closing
    assert books.spent(fund="general") == sum(leaf.spent for leaf in books.of("general"))
    assert books.personnel + books.public == books.basic(fund="general")
    for code in books.codes():
        children = [c for c in books.codes() if c.startswith(code) and len(c) == len(code) + 2]
        assert not children or books.spent(code) == sum(map(books.spent, children))


def test_a_header_is_read_from_its_drawing() -> None:
    heads = header(("项目", "<", "决算数"), ("编码", "名称", "^"))
    assert [(h.text, h.rows, h.cols) for h in heads] == [
        ("项目", 1, 2),
        ("决算数", 2, 1),
        ("编码", 1, 1),
        ("名称", 1, 1),
    ]


def test_printed_totals_are_the_sums_of_their_classes() -> None:
    style = LAYOUTS["split-yuan"]
    exact = draw_books(OFFICES[0], 2024, Random(3), exact=True)
    spending = sheets_of(exact, style)[2]
    total, classes = spending.rows[0], [row for row in spending.rows[1:] if not row[1]]
    assert _figure(total[4]) == sum(_figure(row[4]) for row in classes)


@pytest.mark.parametrize("layout", RULED)
def test_ruled_tables_are_read_whole(layout: str, tmp_path: Path) -> None:
    path, gold = write_disclosure(tmp_path, 1, layout)
    tables = extract_tables(read_document(path))
    assert [(_flat(t.title), t.code, t.pages[0], t.pages[-1]) for t in tables] == [
        (_flat(g["title"]), g["code"], g["page_start"], g["page_end"]) for g in gold
    ]
    for table, want in zip(tables, gold, strict=True):
        assert [[_flat(text) for text in row] for row in table.texts] == [
            [_flat(text) for text in row] for row in want["rows"]
        ]
        assert [_flat(path[-1]) for path in table.columns] == _leaves(want)


@pytest.mark.parametrize("layout", FEW_RULES)
def test_no_figure_is_lost_where_rules_are_few(layout: str, tmp_path: Path) -> None:
    path, gold = write_disclosure(tmp_path, 2, layout)
    tables = extract_tables(read_document(path))
    assert [t.code for t in tables] == [g["code"] for g in gold]
    for table, want in zip(tables, gold, strict=True):
        read = {tuple(_figures(row)) for row in table.texts}
        assert {tuple(_figures(row)) for row in want["rows"]} <= read


def _leaves(gold: GoldTable) -> list[str]:
    """The last header text of each column above the line of column numbers."""
    rows = [row for row in gold["header_rows"] if "栏次" not in row and not all(text.isdigit() for text in row)]
    return [_flat(text) for text in rows[-1]]


def _flat(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _figure(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "") or 0)


def _figures(row: list[str] | tuple[str, ...]) -> list[str]:
    return [text for text in map(_flat, row) if re.fullmatch(r"[\d,]+\.\d\d", text)]
