"""Reading PDFs: every way of drawing a table's rules, text that nobody sees, turned pages, files that are broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import SAMPLES
from tests.paper import A4, Paper, fill, lattice, only_table, read, texts

XS = (50.0, 250.0, 330.0, 410.0)
YS = (100.0, 120.0, 140.0, 160.0)
ROWS = (("项目", "预算数", "决算数"), ("公务接待费", "1,043.40", "17.22"), ("合计", "1,060.62", "0.00"))


# -- rules -------------------------------------------------------------------------------------------------------------


def _as_lines(paper: Paper) -> None:
    for y in YS:
        paper.rule(XS[0], y, XS[-1], y)
    for x in XS:
        paper.rule(x, YS[0], x, YS[-1])


def _as_lines_a_cell(paper: Paper) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            paper.rule(x0, y0, x1, y0)
            paper.rule(x0, y1, x1, y1)
            paper.rule(x0, y0, x0, y1)
            paper.rule(x1, y0, x1, y1)


def _as_a_rectangle_a_cell(paper: Paper) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            paper.box(x0, y0, x1, y1)


def _as_thin_fills(paper: Paper) -> None:
    for y in YS:
        paper.box(XS[0], y, XS[-1], y + 0.5, fill=True)
    for x in XS:
        paper.box(x, YS[0], x + 0.5, YS[-1], fill=True)


def _inside_a_form_object(paper: Paper) -> None:
    paper.canvas.beginForm("table")
    _as_lines(paper)
    paper.canvas.endForm()
    paper.canvas.doForm("table")


def _inside_a_moved_form_object(paper: Paper) -> None:
    paper.canvas.beginForm("table")
    paper.canvas.translate(-20, 30)
    _as_thin_fills(paper)
    paper.canvas.endForm()
    paper.canvas.saveState()
    paper.canvas.translate(20, -30)
    paper.canvas.doForm("table")
    paper.canvas.restoreState()


def _as_one_path(paper: Paper) -> None:
    path = paper.canvas.beginPath()
    for y in YS:
        path.moveTo(XS[0], paper.height - y)
        path.lineTo(XS[-1], paper.height - y)
    for x in XS:
        path.moveTo(x, paper.height - YS[0])
        path.lineTo(x, paper.height - YS[-1])
    paper.canvas.drawPath(path)


@pytest.mark.parametrize(
    "ruled",
    [
        _as_lines,
        _as_lines_a_cell,
        _as_a_rectangle_a_cell,
        _as_thin_fills,
        _inside_a_form_object,
        _inside_a_moved_form_object,
        _as_one_path,
    ],
)
def test_rules_may_be_drawn_in_any_way(ruled: Callable[[Paper], None]) -> None:
    paper = Paper()
    ruled(paper)
    fill(paper, ROWS, XS)
    (grid,) = read(paper.data()).pages[0].grids
    assert texts(grid) == [list(row) for row in ROWS]
    assert grid.bbox == pytest.approx((XS[0], YS[0], XS[-1], YS[-1]), abs=1)


def test_merged_cells_span_what_no_rule_parts() -> None:
    paper = Paper()
    for y, begin in zip(YS, (0, 1, 0, 0), strict=True):
        paper.rule(XS[begin], y, XS[-1], y)
    for x, begin in zip(XS, (0, 0, 1, 0), strict=True):
        paper.rule(x, YS[begin], x, YS[-1])
    fill(paper, (("项目", "决算数", ""), ("", "小计", "其中"), ("公务接待费", "2.00", "1.00")), XS)
    document = read(paper.data())
    (grid,) = document.pages[0].grids
    assert {(c.text, c.row, c.col, c.rows, c.cols) for c in grid.cells if c.rows * c.cols > 1} == {
        ("项目", 0, 0, 2, 1),
        ("决算数", 0, 1, 1, 2),
    }
    assert only_table(document).columns == (("项目",), ("决算数", "小计"), ("决算数", "其中"))


def test_two_tables_side_by_side_are_two_grids() -> None:
    paper = Paper()
    lattice(paper, (("收入", "金额"), ("财政拨款", "10.00")), (50, 150, 250))
    lattice(paper, (("支出", "金额"), ("教育支出", "9.00")), (300, 400, 500))
    left, right = read(paper.data()).pages[0].grids
    assert (texts(left)[1], texts(right)[1]) == (["财政拨款", "10.00"], ["教育支出", "9.00"])


def test_a_box_around_prose_is_no_table() -> None:
    paper = Paper()
    paper.box(50, 100, 500, 160)
    paper.write(60, 110, "本部门没有使用政府性基金预算安排的支出。")
    page = read(paper.data()).pages[0]
    assert not page.grids
    assert [line.text for line in page.lines] == ["本部门没有使用政府性基金预算安排的支出。"]


def test_shading_is_no_frame() -> None:
    paper = Paper()
    paper.canvas.setFillGray(0.9)
    paper.box(XS[0], YS[0], XS[-1], YS[1], fill=True)
    paper.canvas.setFillGray(0)
    _as_lines(paper)
    fill(paper, ROWS, XS)
    (grid,) = read(paper.data()).pages[0].grids
    assert texts(grid) == [list(row) for row in ROWS]


# -- what is read and what is not --------------------------------------------------------------------------------------


def test_text_outside_its_clip_is_not_there() -> None:
    paper = Paper()
    lattice(paper, (("附注", "1.00"),), (50, 120, 200))
    paper.canvas.saveState()
    window = paper.canvas.beginPath()
    window.rect(50, paper.height - 120, 70, 20)
    paper.canvas.clipPath(window, stroke=0, fill=0)
    paper.write(80, 105, "伸出单元格的9,999.00")
    paper.canvas.restoreState()
    (grid,) = read(paper.data()).pages[0].grids
    assert texts(grid)[0][1] == "1.00"
    assert "9" not in texts(grid)[0][0]


def test_a_clip_inside_a_clip_hides_what_either_hides() -> None:
    paper = Paper()
    for box in ((0, 0, 595, 842), (50, 700, 60, 40)):
        window = paper.canvas.beginPath()
        window.rect(*box)
        paper.canvas.clipPath(window, stroke=0, fill=0)
    paper.write(55, 110, "看得见")
    paper.write(300, 110, "看不见")
    assert [line.text for line in read(paper.data()).pages[0].lines] == ["看得见"]


def test_text_that_is_not_painted_is_not_there() -> None:
    paper = Paper()
    paper.write(50, 100, "看得见")
    text = paper.canvas.beginText(50, 700)
    text.setTextRenderMode(3)
    text.textOut("看不见")
    paper.canvas.drawText(text)
    assert [line.text for line in read(paper.data()).pages[0].lines] == ["看得见"]


def test_the_text_layer_of_a_scan_is_kept() -> None:
    paper = Paper()
    text = paper.canvas.beginText(50, 700)
    text.setTextRenderMode(3)
    text.setFont("STSong-Light", 10)
    text.textOut("扫描件的文字层")
    paper.canvas.drawText(text)
    assert [line.text for line in read(paper.data()).pages[0].lines] == ["扫描件的文字层"]


def test_text_printed_twice_counts_once() -> None:
    paper = Paper()
    lattice(paper, ROWS, XS)
    for offset in (0.0, 0.3):
        paper.write(50 + offset, 60, "公务接待费1,043.40")
    assert read(paper.data()).pages[0].lines[0].text == "公务接待费1,043.40"


def test_text_beyond_the_page_is_not_there() -> None:
    paper = Paper()
    paper.write(50, 100, "页内")
    paper.write(620, 100, "页外")
    paper.write(50, -30, "页外")
    assert [line.text for line in read(paper.data()).pages[0].lines] == ["页内"]


def test_a_figure_broken_by_spaces_or_lines_is_one_figure() -> None:
    paper = Paper()
    lattice(paper, (("", ""), ("", "")), (50, 150, 250), height=40)
    paper.write(60, 110, "230.0 0")
    paper.write(160, 105, "12,345,")
    paper.write(160, 117, "678.90")
    paper.write(60, 150, "机关事业单位基本")
    paper.write(60, 162, "养老保险缴费")
    rows = texts(read(paper.data()).pages[0].grids[0])
    assert [[re.sub(" ", "", text) for text in row] for row in rows] == [
        ["230.00", "12,345,678.90"],
        ["机关事业单位基本养老保险缴费", ""],
    ]


def test_runs_of_one_line_are_read_from_left_to_right() -> None:
    paper = Paper()
    for x, text in ((176, "万元"), (50, "支出决算"), (90, "1,043.40")):
        paper.write(x, 100, text, 10)
    assert read(paper.data()).pages[0].lines[0].text.replace(" ", "") == "支出决算1,043.40万元"


def test_page_numbers_are_no_lines() -> None:
    paper = Paper()
    paper.write(50, 100, "正文")
    paper.write(290, 800, "— 12 —")
    assert [line.text for line in read(paper.data()).pages[0].lines] == ["正文"]


def test_a_blank_page_keeps_its_number() -> None:
    paper = Paper()
    paper.write(50, 100, "第一页")
    paper.page()
    paper.page()
    paper.write(50, 100, "第三页")
    document = read(paper.data())
    assert [(page.number, [line.text for line in page.lines]) for page in document.pages] == [
        (1, ["第一页"]),
        (2, []),
        (3, ["第三页"]),
    ]
    assert not document.findings
    assert not any(page.needs_ocr for page in document.pages)


# -- turned pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(degrees: int) -> None:
    """The page is turned back by as much as its contents are drawn turned."""
    wide, high = A4
    paper = Paper()  # reportlab turns its page box with the page
    paper.canvas.setPageRotation(degrees)
    paper.canvas.rotate(degrees)
    paper.canvas.translate(*{0: (0, 0), 90: (0, -high), 180: (-wide, -high), 270: (-wide, 0)}[degrees])
    paper.width, paper.height = A4
    lattice(paper, ROWS, XS)
    page = read(paper.data()).pages[0]
    assert (page.width, page.height, page.rotation) == (wide, high, degrees)
    assert texts(page.grids[0]) == [list(row) for row in ROWS]
    assert page.grids[0].bbox == pytest.approx((XS[0], YS[0], XS[-1], YS[-1]), abs=1)


def test_a_landscape_page_is_as_wide_as_shown() -> None:
    paper = Paper((842, 595))
    lattice(paper, ROWS, (50, 500, 650, 800))
    page = read(paper.data()).pages[0]
    assert (page.width, page.height) == (842, 595)
    assert texts(page.grids[0]) == [list(row) for row in ROWS]


# -- a round trip ------------------------------------------------------------------------------------------------------

_LABELS = st.text("预决算支出收入教育科学技术（）类、款", min_size=1, max_size=12)
_AMOUNTS = st.decimals(-99999, 9999999, places=2).map(lambda value: f"{value:,.2f}")


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str]]]:
    """Header texts (one level or two) and rows of a table whose first column holds labels."""
    figures = draw(st.integers(1, 5))
    names = draw(st.lists(_LABELS, min_size=figures, max_size=figures, unique=True))
    rows = draw(st.lists(st.tuples(_LABELS, *[st.one_of(_AMOUNTS, st.just(""))] * figures), min_size=1, max_size=12))
    return [["项目", *names]], [[label, *amounts] for label, *amounts in rows]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(table=_tables(), ruled=st.sampled_from(("lines", "boxes", "fills")))
def test_what_was_drawn_is_read_back(table: tuple[list[list[str]], list[list[str]]], ruled: str) -> None:
    header, body = table
    xs = [40.0, 180.0, *(180.0 + 75 * (k + 1) for k in range(len(header[0]) - 1))]
    paper = Paper((xs[-1] + 40, 842))
    rows = [*header, *body]
    ys = [100 + 36.0 * k for k in range(len(rows) + 1)]
    for x0, x1 in pairwise(xs):
        for y0, y1 in pairwise(ys):
            if ruled == "boxes":
                paper.box(x0, y0, x1, y1)
            else:
                _frame(paper, x0, y0, x1, y1, fill=ruled == "fills")
    for y, row in zip(ys, rows, strict=False):
        for x0, x1, text in zip(xs, xs[1:], row, strict=False):
            _wrapped(paper, x0, x1, y, text)
    read_back = only_table(read(paper.data()))
    assert [list(path) for path in read_back.columns] == [[name] for name in header[0]]
    assert [list(row) for row in read_back.texts] == body


def _frame(paper: Paper, x0: float, y0: float, x1: float, y1: float, *, fill: bool) -> None:
    for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        if fill:
            paper.box(a, b, max(c, a + 0.5), max(d, b + 0.5), fill=True)
        else:
            paper.rule(a, b, c, d)


def _wrapped(paper: Paper, x0: float, x1: float, top: float, text: str) -> None:
    """Six Chinese characters a line in a narrow cell, twelve in the first column; figures on one line, flush right."""
    if re.match(r"^-?[\d,.]+$", text):
        paper.write(x1 - 3, top + 12, text, align="right")
        return
    a_line = int((x1 - x0 - 6) // 9)
    for k in range(0, len(text), a_line):
        paper.write(x0 + 3, top + 4 + 11 * (k // a_line), text[k : k + a_line])


def test_every_sample_page_is_read(tmp_path: Path) -> None:
    """From a path as from bytes."""
    path = next(iter(sorted(SAMPLES.glob("003*.pdf"))))
    by_path, by_bytes = read(path), read(path.read_bytes())
    assert by_path == by_bytes
    assert len(by_path.pages) == 30
