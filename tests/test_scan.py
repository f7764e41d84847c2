"""Scanned pages: straightening, rules in an image, cells recognised one by one, figures held against their sums."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Document, Finding, Grid, GridCell, Page, Severity
from index.read import scan
from index.read.proof import DOUBTED, proofread, spelt
from index.read.recognise import Seen

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from index.read.image import Straight, drawn, straighten, text_rows  # noqa: E402
from index.read.lattice import frames, grid_of  # noqa: E402

DPI = 200
COLUMNS, ROWS = (100, 500, 800, 1100), (300, 360, 420, 480)


def sheet(texts: Sequence[Sequence[str]] = ()) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A white page with a ruled table of 3 x 3 cells and a title line above it."""
    page = np.full((1200, 1300), 255, np.uint8)
    for x in COLUMNS:
        cv2.line(page, (x, ROWS[0]), (x, ROWS[-1]), 0, 2)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), 0, 2)
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            cv2.putText(page, text, (COLUMNS[c] + 20, ROWS[r] + 42), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    return page


def turned(
    page: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], degrees: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), borderValue=255).astype(np.uint8)


class Told:
    """A recogniser that says what the test has told it, line by line."""

    def __init__(self, lines: Sequence[str], page: Sequence[Seen] = ()) -> None:
        self.left = list(lines)
        self.page = list(page)

    def lines(self, images: Sequence[object]) -> list[Seen]:
        said, self.left = self.left[: len(images)], self.left[len(images) :]
        return [Seen(text, 0.99) for text in said]

    def search(self, image: object) -> list[Seen]:
        return self.page


@pytest.mark.parametrize("degrees", [-3.0, -0.4, 0.0, 0.7, 2.5])
def test_a_skewed_page_is_set_level(degrees: float) -> None:
    page = straighten(turned(sheet([["0.00"] * 3] * 3), degrees), DPI)
    assert page.angle == pytest.approx(-degrees, abs=0.12)  # half a pixel over the width of the page
    (frame,) = frames((marks := drawn(page)).horizontal, marks.vertical)
    grid = grid_of(frame, (), 1)
    assert grid is not None
    assert (grid.n_rows, grid.n_cols) == (3, 3)


@given(st.integers(0, 3), st.floats(0, 300), st.floats(0, 300))
def test_a_box_goes_back_to_where_it_was_scanned(turns: int, x: float, y: float) -> None:
    page = np.zeros((700, 500), np.uint8)
    upright = Straight(np.rot90(page, turns).copy(), DPI, turns, 0.0)
    left, top, right, bottom = upright.original(x, y, x + 50, y + 20)
    assert 0 <= left <= right <= 500
    assert 0 <= top <= bottom <= 700
    size = (50, 20) if turns % 2 == 0 else (20, 50)
    assert (right - left, bottom - top) == pytest.approx(size)


def test_cells_are_recognised_one_by_one_and_blank_ones_not_at_all() -> None:
    texts = [["item", "1", "2"], ["a", "10.00", ""], ["b", "", "3.00"]]
    told = Told(
        ["科目", "预算数", "决算数", "教育", "10.00", "外交", "3.00"], [Seen("支出决算表", 0.98, (300, 200, 600, 240))]
    )
    reading = scan.read_image(sheet(texts), 0, DPI, 1, told)
    assert [type(item).__name__ for item in reading.flow()] == ["Line", "Grid"]
    (grid,) = reading.grids
    assert [cell.text for cell in grid.cells] == ["科目", "预算数", "决算数", "教育", "10.00", "", "外交", "", "3.00"]
    assert {cell.score for cell in grid.cells if cell.text} == {0.99}
    assert reading.lines[0].bbox == pytest.approx((108, 72, 216, 86.4))


def test_two_lines_of_a_cell_are_two_and_the_strokes_of_one_character_are_not() -> None:
    ink = np.zeros((80, 100), np.uint8)
    for y in (5, 12, 19):  # 三
        ink[y : y + 2, 10:30] = 255
    ink[45:66, 10:60] = 255
    assert text_rows(ink, 20) == [(10, 5, 30, 21), (10, 45, 60, 66)]


# ------------------------------------------------------------------------------------------------------ proofreading


def table(rows: Sequence[Sequence[str]], score: float = 0.99) -> Grid:
    cells = tuple(
        GridCell(r, c, 1, 1, text, (c, r, c + 1, r + 1), score)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(1, len(rows), len(rows[0]), cells, None, "ocr")


ACCOUNTS = [
    ["编码", "名称", "合计", "基本支出", "项目支出"],
    ["201", "一般公共服务", "30.00", "21.00", "9.00"],
    ["20101", "人大事务", "20.00", "15.00", "5.00"],
    ["20103", "政府办公厅", "10.00", "6.00", "4.00"],
    ["205", "教育", "8.00", "8.00", "0.00"],
    ["20508", "进修及培训", "8.00", "8.00", "0.00"],
    ["208", "社会保障", "5.50", "5.50", "0.00"],
]


def read_as(row: int, col: int, text: str) -> Grid:
    rows = [list(line) for line in ACCOUNTS]
    rows[row][col] = text
    return table(rows)


def test_a_misread_figure_is_mended_by_a_second_reading_that_its_sums_bear_out() -> None:
    grid, (finding,) = proofread(
        read_as(2, 3, "16.00"), lambda cell: ["16.00", "15.00"] if cell.text == "16.00" else [cell.text]
    )
    assert grid.cells[2 * 5 + 3].text == "15.00"
    assert (finding.rule, finding.severity) == ("ocr-mended", Severity.INFO)


def test_a_figure_that_breaks_its_sum_in_every_reading_is_doubted_not_changed() -> None:
    grid, findings = proofread(read_as(2, 3, "16.00"), lambda cell: [cell.text])
    assert grid.cells[2 * 5 + 3].text == "16.00"
    assert grid.cells[2 * 5 + 3].score <= DOUBTED
    assert {finding.rule for finding in findings} == {"ocr-doubt"}
    assert grid.cells[5 * 5 + 3].score == 0.99  # what its own sums vouch for is left alone


def test_parents_whose_children_go_on_over_the_page_are_no_broken_sums() -> None:
    assert proofread(table([*ACCOUNTS, ["20805", "养老", "1.50", "1.50", "0.00"]]), lambda cell: [cell.text])[1] == ()


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=3, max_size=8))
def test_a_table_whose_sums_hold_is_never_touched(parts: list[tuple[int, int]]) -> None:
    rows = [
        [f"二{i}", *(str(Decimal(v) / 100 + Decimal("0.00")) for v in (a + b, a, b))] for i, (a, b) in enumerate(parts)
    ]
    grid = table(rows)
    assert proofread(grid, lambda cell: ["9.99"]) == (grid, ())


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("0.O0", "0.00"),
        ("1.043.57", "1,043.57"),
        ("1，043,57", "1,043.57"),
        ("198. 90", "198.90"),
        ("l2.5%", "12.5%"),
        ("2010301", "2010301"),
        ("OA系统", "OA系统"),
        ("lo", "lo"),
    ],
)
def test_figures_are_spelt_as_figures(seen: str, text: str) -> None:
    assert spelt(seen) == text


# ---------------------------------------------------------------------------------------------------- whole documents


def waiting(pages: int = 2) -> Document:
    finding = Finding("needs-ocr", Severity.WARNING, "第1页没有可读的文字层。", origin="extraction")
    return Document(
        "扫描.pdf", "", "pdf", tuple(Page(n, 595, 842, needs_ocr=True) for n in range(1, pages + 1)), (finding,)
    )


def test_without_the_extra_the_document_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    document = scan.recognised(waiting(), b"")
    assert [page.needs_ocr for page in document.pages] == [True, True]
    (finding,) = document.findings
    assert "mingzhang[ocr]" in finding.message


def test_a_document_with_text_on_every_page_is_left_alone() -> None:
    document = Document("文.pdf", "", "pdf", (Page(1, 595, 842),))
    assert scan.recognised(document, b"") is document


def test_a_real_scan_is_recognised_figure_by_figure() -> None:
    pytest.importorskip("rapidocr")
    from PIL import Image

    from index.read import read_bytes
    from index.read.recognise import available

    if not available():
        pytest.skip("the extra ocr is not installed")
    texts = [["CODE", "TOTAL", "BASIC"], ["201", "641.21", "153.53"], ["20103", "0.00", "1,043.40"]]
    buffer = io.BytesIO()
    Image.fromarray(turned(sheet(texts), 0.8)).save(buffer, "PDF", resolution=DPI)
    document = read_bytes(buffer.getvalue(), "扫描.pdf")
    (grid,) = document.pages[0].grids
    assert document.format == "scan"
    assert [cell.text for cell in grid.cells] == [text for row in texts for text in row]
