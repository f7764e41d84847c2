"""The second opinion: taken where it ties out and loses nothing, never otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.model import Grid, GridCell
from index.read import second
from index.read.second import SecondReader, Tie, best_reading, figures, found_again, tie
from tests.paper import Paper, fill

HEADER = ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "其他支出")
BODY = tuple(
    (str(201 + k), f"第{k}类支出", f"{6 * k + 6}.00", f"{k + 1}.00", f"{2 * k + 2}.00", f"{3 * k + 3}.00")
    for k in range(6)
)
XS = (60.0, 140.0, 260.0, 330.0, 400.0, 470.0, 540.0)


def _grid(rows: tuple[tuple[str, ...], ...], method: str = "lines") -> Grid:
    cells = tuple(GridCell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Grid(1, len(rows), len(rows[0]), cells, (50.0, 95.0, 550.0, 245.0), method)


def _slipped() -> Grid:
    """The figures of one row one column too far to the left."""
    rows = [list(row) for row in (HEADER, *BODY)]
    rows[3][2:] = [*rows[3][3:], rows[3][2]]
    return _grid(tuple(tuple(row) for row in rows))


class _Answers(SecondReader):
    """A reader that always gives the same readings."""

    def __init__(self, *grids: Grid) -> None:
        super().__init__(b"")
        self._grids = grids
        self.asked = 0

    def readings(self, page: int, region: object) -> list[Grid]:  # type: ignore[override]
        self.asked += 1
        return [*self._grids]


def test_sums_along_the_rows_are_counted() -> None:
    assert tie(_grid((HEADER, *BODY))) == Tie(6, 0)
    assert tie(_slipped()) == Tie(5, 1)
    assert not tie(_grid((("项目", "金额"), ("甲", "1.00")))).out


def test_a_table_that_ties_out_is_not_read_again() -> None:
    reader = _Answers(_slipped())
    grid = _grid((HEADER, *BODY))
    assert best_reading(grid, reader) is grid
    assert reader.asked == 0


def test_the_reading_that_ties_out_is_kept() -> None:
    right = _grid((HEADER, *BODY), "pdfplumber")
    assert best_reading(_slipped(), _Answers(right)) is right


def test_a_reading_that_loses_a_figure_is_not_taken() -> None:
    right = _grid((HEADER, *BODY))
    cells = tuple(replace(cell, text="" if cell.text == "201" else cell.text) for cell in right.cells)
    mine = _slipped()
    assert best_reading(mine, _Answers(replace(right, cells=cells))) is mine


def test_a_region_without_columns_is_taken_only_where_all_its_sums_hold() -> None:
    right = _grid((HEADER, *BODY))
    assert found_again(1, (0, 0, 1, 1), _Answers(_slipped(), right)) is right
    assert found_again(1, (0, 0, 1, 1), _Answers(_slipped())) is None


def test_pdfplumber_reads_columns_of_words() -> None:
    paper = Paper()
    fill(paper, (HEADER, *BODY), XS, height=20)
    reader = SecondReader(paper.data())
    try:
        found = found_again(1, (50, 95, 550, 245), reader)
    finally:
        reader.close()
    assert found is not None
    assert found.method == "pdfplumber"
    assert figures(found) == figures(_grid((HEADER, *BODY)))


@pytest.mark.parametrize("source", [b"", b"%PDF-1.4 nothing"])
def test_what_pdfplumber_cannot_read_gives_no_opinion(source: bytes) -> None:
    assert found_again(1, (0, 0, 100, 100), SecondReader(source)) is None


def test_it_is_asked_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "MAX_REGIONS", 1)
    paper = Paper()
    fill(paper, (HEADER, *BODY), XS, height=20)
    reader = SecondReader(paper.data())
    region = (50.0, 95.0, 550.0, 245.0)
    assert [bool(found_again(1, region, reader)) for _ in range(3)] == [True, False, False]
    reader.close()


def test_it_is_asked_when_an_inferred_table_breaks_its_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the file to the answer: two figures of one row are printed in each other's place, so no reading ties out."""
    asked: list[int] = []
    monkeypatch.setattr(second.SecondReader, "readings", lambda _, page, __: asked.append(page) or [])
    from tests.paper import read

    rows = [list(row) for row in (HEADER, *BODY)]
    rows[3][2], rows[3][3] = rows[3][3], rows[3][2]
    paper = Paper()
    for y in (98, 118, 242):
        paper.rule(50, y, 550, y)
    fill(paper, rows, XS)
    read(paper.data())
    assert asked == [1]
