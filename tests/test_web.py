"""Web pages: spans, hidden text, layout tables, encodings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NothingToRead
from index.model import Document, Grid
from index.read import read_bytes
from index.read.web import read_html
from index.tables import extract_tables


def read(html: str, name: str = "页.html") -> Document:
    return read_html(html.encode(), name, "")


def cells(grid: Grid) -> dict[tuple[int, int], tuple[int, int, str]]:
    return {(c.row, c.col): (c.rows, c.cols, c.text) for c in grid.cells if c.text}


def only_grid(document: Document) -> Grid:
    (grid,) = [grid for page in document.pages for grid in page.grids]
    return grid


DISCLOSURE = """<html><head><title>站点</title><script>var a = "<table>";</script></head><body>
<p style="text-align:center"><b>支出决算表</b></p><p>公开03表</p><p>部门：某局&nbsp; 2022年度&nbsp; 单位：万元</p>
<table>
<tr><td colspan=2>项目</td><td rowspan=2>本年支出合计</td><td rowspan=2>基本支出</td></tr>
<tr><td>功能分类科目编码</td><td>科目名称</td></tr>
<tr><td colspan=2>合计</td><td>641.21</td><td>153.53</td></tr>
<tr><td>201</td><td>一般公共<br>服务支出</td><td>198.90</td><td>124.20</td></tr>
</table><p>注：本表反映单位本年度各项支出情况。</p></body></html>"""


def test_spans_of_a_header_become_column_paths() -> None:
    (table,) = extract_tables(read(DISCLOSURE))
    assert (table.title, table.code, table.unit, table.period) == ("支出决算表", "公开03表", "万元", "2022年度")
    assert table.columns == (("项目", "功能分类科目编码"), ("项目", "科目名称"), ("本年支出合计",), ("基本支出",))
    assert table.texts[0] == ("合计", "", "641.21", "153.53")
    assert table.texts[1][2:] == ("198.90", "124.20")


def test_a_page_in_gb18030_is_read_by_what_it_declares_and_by_what_it_is() -> None:
    for meta in ('<meta charset="gb2312">', '<meta charset="utf-8">', ""):
        data = f"<html>{meta}<p>“三公”经费支出决算㙍表</p></html>".encode("gb18030")
        assert read_html(data, "页.html", "").pages[0].lines[0].text == "“三公”经费支出决算㙍表"


def test_what_is_not_shown_is_not_read() -> None:
    page = "<p>可见</p><p style='display: none'>隐藏</p><template>模板</template><!-- 注释 --><p hidden>也隐藏</p>"
    assert [line.text for line in read(page).pages[0].lines] == ["可见"]


def test_inline_marks_do_not_part_words_and_blocks_do() -> None:
    page = "<div>收入<b>合计</b><span>641.24</span>万元<p>第二段</p>尾</div>"
    assert [line.text for line in read(page).pages[0].lines] == ["收入合计641.24万元", "第二段", "尾"]


def test_a_layout_table_is_a_frame_around_its_content() -> None:
    page = f"<table><tr><td>导航</td></tr><tr><td>{DISCLOSURE}</td></tr></table>"
    assert cells(only_grid(read(page)))[2, 0] == (1, 2, "合计")


def test_a_table_within_a_cell_follows_the_table_around_it() -> None:
    inner = "<table><tr><td>分值</td><td>得分</td></tr><tr><td>100</td><td>96</td></tr></table>"
    outer = f"<table><tr><td>项目</td><td>金额</td></tr><tr><td>自评{inner}</td><td>5.00</td></tr></table>"
    first, second = (grid for page in read(outer).pages for grid in page.grids)
    assert cells(first)[1, 0] == (1, 1, "自评")
    assert cells(second)[1, 1] == (1, 1, "96")


def test_absurd_spans_cost_nothing() -> None:
    page = "<table><tr><td colspan=99999 rowspan=99999>标题</td></tr><tr><td>项目</td><td>1.00</td></tr></table>"
    assert only_grid(read(page)).n_cols <= 3


def test_a_worksheet_that_is_a_web_page_is_read_as_one() -> None:
    document = read_bytes(DISCLOSURE.encode("gb18030"), "决算.xls")
    assert extract_tables(document)[0].texts[0][2] == "641.21"


def test_a_page_without_words_says_so() -> None:
    with pytest.raises(NothingToRead, match="没有任何文字"):
        read("<html><body><script>1</script></body></html>")


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=4), min_size=1, max_size=5))
def test_any_spans_give_cells_that_cover_the_grid_without_overlap(spans: list[list[tuple[int, int]]]) -> None:
    body = "".join("<tr>" + "".join(f"<td rowspan={r} colspan={c}>甲</td>" for r, c in row) + "</tr>" for row in spans)
    for page in _pages(f"<p>始</p><table>{body}</table>"):
        for grid in page:
            slots = [
                (r, c) for cell in grid.cells for r in _span(cell.row, cell.rows) for c in _span(cell.col, cell.cols)
            ]
            assert sorted(slots) == [(r, c) for r in range(grid.n_rows) for c in range(grid.n_cols)]


def _pages(html: str) -> list[tuple[Grid, ...]]:
    return [page.grids for page in read(html).pages]


def _span(start: int, length: int) -> range:
    return range(start, start + length)
