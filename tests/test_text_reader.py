"""Text dumps: tabs, pipes, tags, bare spaces, broken lines, encodings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NothingToRead, NotText
from index.model import Document, Grid, Line
from index.read.paragraphs import join_lines, wrap_width
from index.read.tabs import table_grids
from index.read.text import clean, read_text
from index.tables import extract_tables


def read(text: str) -> Document:
    return read_text(text.encode(), "表.txt", "0" * 64)


def grids(document: Document) -> list[Grid]:
    return [grid for page in document.pages for grid in page.grids]


def rows(grid: Grid) -> list[list[str]]:
    out = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    for cell in grid.cells:
        out[cell.row][cell.col] = cell.text
    return out


def prose(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


TABBED = """## 支出决算表

公开03表

单位：万元

项目\t\t本年支出合计\t基本支出\t项目支出
功能分类科目编码\t科目名称\t\t\t
栏次\t\t1\t2\t3
合计\t\t20.00\t15.00\t5.00
201\t一般公共服务支出\t**20.00**\t15.00\t<b>5.00</b>

项目\t\t本年支出合计\t基本支出\t项目支出
功能分类科目编码\t科目名称\t\t\t
栏次\t\t1\t2\t3
20101\t人大事务\t20.00\t15.00\t5.00

注：本表金额转换为万元时，因四舍五入可能存在尾差。
"""


def test_a_tabbed_table_keeps_its_merged_header_and_its_second_page() -> None:
    (table,) = extract_tables(read(TABBED))
    assert (table.title, table.code, table.unit) == ("支出决算表", "公开03表", "万元")
    assert table.columns[2:] == (("本年支出合计",), ("基本支出",), ("项目支出",))
    assert table.texts == (
        ("合计", "", "20.00", "15.00", "5.00"),
        ("201", "一般公共服务支出", "20.00", "15.00", "5.00"),
        ("20101", "人大事务", "20.00", "15.00", "5.00"),
    )
    assert table.notes == ("注：本表金额转换为万元时，因四舍五入可能存在尾差。",)


MOVED = [
    ["项目单位", "类型", "项目名称", "合计", "本年拨款", "", ""],
    ["", "", "", "", "一般公共预算", "政府性基金", "国有资本"],
    ["某局", "人员类", "基本工资", "8.00", "8.00", "", ""],
    ["", "", "津贴", "3.00", "3.00", "", ""],
    ["", "", "奖金", "2.00", "2.00", "", ""],
    ["", "", "住房公积金", "1.50", "1.50", "", ""],
    ["", "", "医疗", "1.00", "1.00", "", ""],
    ["", "", "取暖", "0.80", "0.80", "", ""],
    ["", "", "物业", "0.70", "0.70", "", ""],
    ["", "", "工会", "0.40", "0.40", "", ""],
    ["", "", "福利", "0.20", "0.20", "", ""],
    ["养老保险", "0.60", "0.60", "", "", "", ""],
]


def test_a_row_that_slipped_is_moved_to_the_only_place_where_it_fits() -> None:
    (grid,), findings = table_grids([MOVED], 1)
    assert rows(grid)[-1] == ["", "", "养老保险", "0.60", "0.60", "", ""]
    assert [finding.rule for finding in findings] == ["row-moved"]


def test_a_row_that_fits_nowhere_loses_its_figures_rather_than_misplace_them() -> None:
    (grid,), findings = table_grids([[*MOVED[:-1], ["0.60", "养老保险", "0.60", "某处", "", "", ""]]], 1)
    assert rows(grid)[-1] == ["", "养老保险", "", "某处", "", "", ""]
    assert [finding.rule for finding in findings] == ["row-misfit"]


def test_a_header_put_flat_gets_its_groups_back_over_their_children() -> None:
    """The dump wrote 项目支出 one slot too far left and dropped the two leaves of 人员经费 to the left margin."""
    block = [
        ["编码", "名称", "合计", "基本支出", "", "", "", "项目支出", "", ""],
        ["", "", "", "小计", "人员经费", "", "公用经费", "", "小计", "其他运转类"],
        ["", "工资福利支出", "对个人和家庭的补助", "", "", "", "商品和服务支出", "资本性支出", "", ""],
        ["201", "行政运行", "10.00", "9.00", "5.00", "2.00", "1.50", "0.50", "1.00", "1.00"],
        ["202", "外交", "10.00", "9.00", "5.00", "2.00", "1.50", "0.50", "1.00", "1.00"],
    ]
    text = "支出预算表\n单位：万元\n" + "\n".join("\t".join(row) for row in block)
    (table,) = extract_tables(read(text))
    assert table.columns[4] == ("基本支出", "人员经费", "工资福利支出")
    assert table.columns[7] == ("基本支出", "公用经费", "资本性支出")
    assert table.columns[8] == ("项目支出", "小计")


def test_rows_without_header_or_caption_after_a_table_do_not_join_it() -> None:
    """The page that held their title is missing: they belong to another table."""
    fragment = "(四)财政专户管理资金收入\t\t(五)教育支出\t10.28\t10.28\t\n(五)单位资金\t\t(六)科学技术支出\t\t\t\n"
    document = read(TABBED.split("\n注：")[0] + "\n\n" + fragment)
    (table,) = extract_tables(document)
    assert "10.28" not in {text for row in table.texts for text in row}
    assert "headless-rows" in {finding.rule for finding in document.findings}
    assert any("10.28" in line for line in prose(document))


def test_markdown_pipes_and_html_tables_are_tables() -> None:
    pipes = "收入决算表\n单位：万元\n\n| 科目 | 合计 |\n|---|---:|\n| 教育\\|支出 | 1.00 |\n"
    (piped,) = grids(read(pipes))
    assert rows(piped) == [["科目", "合计"], ["教育|支出", "1.00"]]
    tagged = "前言。\n<table><tr><th rowspan=2>科目</th><th>合计</th></tr><tr><td>1.00</td></tr></table>\n后记。"
    document = read(tagged)
    assert rows(grids(document)[0]) == [["科目", "合计"], ["", "1.00"]]
    assert prose(document) == ["前言。", "后记。"]


def test_a_table_of_contents_is_no_table() -> None:
    document = read("目录\n第一部分 概况\t1\n一、职责\t1\n二、机构\t2\n第二部分 决算表\t5\n")
    assert not grids(document)
    assert "二、机构" in prose(document)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("## **第一部分** 概况", "第一部分 概况"),
        (r"预算执行率 $\geq 98\%$", "预算执行率 ≥ 98%"),
        ("<b>合计</b><br/>", "合计"),
        ("![](images/1.png)", ""),
    ],
)
def test_marks_of_converters_are_removed(line: str, plain: str) -> None:
    assert clean(line) == plain


def test_hard_wraps_are_undone_and_headings_left_alone() -> None:
    sentence = "本部门按照市委市政府的统一部署开展工作并取得较好成效，"
    wrapped = [sentence] * 24 + ["全年收入合计3,415.05万元。"]
    limit = wrap_width(wrapped)
    assert limit is not None
    lines = ["二、收入决算情况说明", *wrapped, "三、支出决算情况说明", "　　支出合计3,414.22万元。"]
    assert join_lines(lines, limit) == [
        "二、收入决算情况说明",
        "".join(wrapped),
        "三、支出决算情况说明",
        "支出合计3,414.22万元。",
    ]


def test_a_paragraph_cut_by_a_page_end_goes_on() -> None:
    cut = [
        "2022年度一般公共预算财政拨款支出641.21万元，占支出合计的100.00%。与上年度相比，支出增加",
        "",
        "224.35万元。",
    ]
    assert join_lines(cut, None) == [cut[0] + cut[2]]


@given(
    st.lists(st.text(alphabet="甲乙丙丁，。1", min_size=1, max_size=40), max_size=12), st.none() | st.integers(30, 80)
)
def test_joining_lines_loses_no_character(lines: Sequence[str], limit: int | None) -> None:
    assert "".join(join_lines(lines, limit)) == "".join(line.strip() for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_chinese_archives_are_read(encoding: str) -> None:
    document = read_text("一、单位职责\n负责全市信息化建设。".encode(encoding), "a.txt", "")
    assert prose(document) == ["一、单位职责", "负责全市信息化建设。"]


def test_one_damaged_character_does_not_make_utf8_into_something_else() -> None:
    data = ("负责全市信息化建设。" * 200).encode() + b"\xe4\xb8"
    assert "负责全市信息化建设" in prose(read_text(data, "a.txt", ""))[0]


def test_bytes_that_are_no_text_and_files_without_words_say_so() -> None:
    with pytest.raises(NotText, match="不是文本"):
        read_text(bytes(range(256)) * 40, "假.txt", "")
    with pytest.raises(NothingToRead, match="没有任何文字"):
        read_text(b" \n \n", "空.txt", "")


def test_form_feeds_part_pages() -> None:
    assert [page.number for page in read("第一页。\f第二页。").pages] == [1, 2]


def line_of(item: Line | Grid) -> str:
    return item.text if isinstance(item, Line) else "grid"


def test_lines_and_tables_stand_in_order() -> None:
    page = read("说明在前。\n\n收入决算表\n单位：万元\n项目\t合计\n教育\t1.00\n\n注：见下。\n").pages[0]
    assert [line_of(item) for item in page.flow] == ["说明在前。", "收入决算表", "单位：万元", "grid", "注：见下。"]
