"""Tables over several pages made whole: what goes on and what begins anew, repeated headers, cut rows, captions, notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.model import Document, Line
from index.tables import extract_tables
from index.tables.caption import read_caption, read_notes
from tests.paper import Paper, lattice, only_table, printed, read
from tests.synth.sheet import Ruling, Sheet, Span, header

LONG = "机关事业单位基本养老保险缴费支出及其他对个人和家庭的补助支出明细说明" * 2
COLUMNS = (("项目", "编码"), ("项目", "科目名称"), ("本年收入", "合计"), ("本年收入", "其中"), ("备注",))


def _rows(count: int, long: int = -1) -> tuple[tuple[str, ...], ...]:
    """Accounts with figures and a last row 合计; the name of account `long` takes several lines."""
    names = ["第{}项" + (LONG if i == long else "支出") for i in range(count)]
    accounts = [(str(2010101 + i), name.format(i), f"{3 * i + 1}.00", f"{i}.50", "") for i, name in enumerate(names)]
    return (*accounts, ("", "合计", "999.00", "1.00", ""))


def _sheet(rows: tuple[tuple[str, ...], ...], ruling: Ruling = Ruling.GRID) -> Sheet:
    return Sheet(
        title="收入决算表",
        heads=header(("项目", "<", "本年收入", "<", "备注"), ("编码", "科目名称", "合计", "其中", "^")),
        rows=rows,
        widths=(2, 4, 2, 2, 1.5),
        code="公开02表",
        dept="部门：某局",
        period="2022年度",
        left=(1,),
        ruling=ruling,
    )


@pytest.mark.parametrize("ruling", list(Ruling))
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_with_and_without_its_header(tmp_path: Path, ruling: Ruling, repeated: bool) -> None:
    sheet = replace(_sheet(_rows(45), ruling), repeat_header=repeated)
    table = only_table(printed(sheet, tmp_path))
    assert table.columns == COLUMNS
    assert table.texts == sheet.rows
    assert table.pages == (1, 2)
    assert (table.title, table.code, table.unit, table.period, table.organisation) == (
        "收入决算表",
        "公开02表",
        "万元",
        "2022年度",
        "某局",
    )


@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_lone_total_on_the_last_page_belongs_to_its_table(tmp_path: Path, ruling: Ruling) -> None:
    sheet = replace(_sheet(_rows(15), ruling), row_limit=15)
    table = only_table(printed(sheet, tmp_path))
    assert table.pages == (1, 2)
    assert table.texts[-1] == ("", "合计", "999.00", "1.00", "")


@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_row_cut_by_the_page_break_is_one_row(tmp_path: Path, ruling: Ruling) -> None:
    sheet = replace(_sheet(_rows(41, long=35), ruling), cut_rows=True)
    document = printed(sheet, tmp_path)
    first = document.pages[0].grids[-1]
    assert LONG not in "".join(cell.text for cell in first.cells), "the row is not cut: move the long name"
    assert only_table(document).texts == sheet.rows


def test_a_label_without_figures_is_a_row_of_its_own_where_others_are() -> None:
    paper = Paper()
    xs = (50, 300, 450)
    rows = [("项目", "金额"), ("支出总计", "9.00"), ("基本支出", ""), ("工资福利支出", "5.00"), ("项目支出", "")]
    lattice(paper, rows, xs)
    paper.page()
    lattice(paper, [("对企业补助", ""), ("业务费", "4.00")], xs)
    assert [row[0] for row in only_table(read(paper.data())).texts] == [
        *(label for label, _ in rows[1:]),
        "对企业补助",
        "业务费",
    ]


# -- what begins anew --------------------------------------------------------------------------------------------------


def _two(first: list[str], second: list[str]) -> Document:
    """Two tables of the same columns, one a page, under the given lines."""
    paper = Paper()
    for number, captions in enumerate((first, second)):
        if number:
            paper.page()
        for k, text in enumerate(captions):
            paper.write(60, 40 + 18 * k, text)
        lattice(paper, (("项目", "金额"), ("公务接待费", f"{number + 1}.00")), (50, 200, 300), top=110)
    return read(paper.data())


def test_a_new_title_begins_a_new_table() -> None:
    tables = extract_tables(_two(["收入决算表", "单位：万元"], ["支出决算表", "单位：元"]))
    assert [(table.title, table.unit) for table in tables] == [("收入决算表", "万元"), ("支出决算表", "元")]


def test_a_repeated_title_goes_on() -> None:
    (table,) = extract_tables(_two(["收入决算表", "公开02表"], ["收入决算表", "公开02表"]))
    assert table.texts == (("公务接待费", "1.00"), ("公务接待费", "2.00"))


def test_another_number_begins_a_new_table() -> None:
    assert len(extract_tables(_two(["支出决算表", "公开03表"], ["支出决算表", "公开04表"]))) == 2


def test_a_line_that_calls_a_table_empty_is_a_note_of_it() -> None:
    assert read_notes([Line("本部门无国有资本经营预算收支，已公开空表。", 1)]) == (
        "本部门无国有资本经营预算收支，已公开空表。",
    )
    assert read_notes([Line("本部门收支情况如下。", 1)]) == ()


def test_a_note_closes_a_table() -> None:
    paper = Paper()
    lattice(paper, (("项目", "金额"), ("公务接待费", "1.00")), (50, 200, 300))
    paper.write(50, 150, "注：本表反映部门本年度的收支情况。")
    paper.page()
    lattice(paper, (("资产", "数量"), ("车辆", "3")), (50, 200, 300))
    first, second = extract_tables(read(paper.data()))
    assert first.notes == ("注：本表反映部门本年度的收支情况。",)
    assert second.texts == (("车辆", "3"),)


def test_prose_between_two_grids_parts_them() -> None:
    paper = Paper()
    lattice(paper, (("项目", "金额"), ("公务接待费", "1.00")), (50, 200, 300))
    for k in range(4):
        paper.write(50, 160 + 20 * k, "二、支出决算情况说明。2022年度支出合计3,414.22万元，其中基本支出2,449.32万元。")
    lattice(paper, (("项目", "金额"), ("会议费", "2.00")), (50, 200, 300), top=300)
    assert len(extract_tables(read(paper.data()))) == 2


def test_a_title_at_the_foot_of_a_page_names_the_table_on_the_next() -> None:
    paper = Paper()
    paper.write(50, 700, "政府性基金预算财政拨款收入支出决算表")
    paper.write(50, 720, "单位：万元")
    paper.page()
    lattice(paper, (("项目", "金额"), ("合计", "0.00")), (50, 200, 300))
    table = only_table(read(paper.data()))
    assert (table.title, table.unit, table.pages) == ("政府性基金预算财政拨款收入支出决算表", "万元", (2,))


def test_a_table_that_is_only_a_note_is_empty() -> None:
    paper = Paper()
    paper.write(50, 60, "政府性基金预算支出决算表")
    lattice(paper, (("项目", "金额"), ("", "")), (50, 200, 300))
    paper.write(50, 150, "说明：我部门没有政府性基金收入，故本表无数据。")
    assert only_table(read(paper.data())).empty


@pytest.mark.parametrize(("between", "pages"), [("", [(1, 3)]), ("第二部分 名词解释", [(1,), (3,)])])
def test_a_blank_page_is_passed_over(between: str, pages: list[tuple[int, ...]]) -> None:
    paper = Paper()
    lattice(paper, (("项目", "金额"), ("公务接待费", "1.00")), (50, 200, 300))
    paper.page()
    paper.write(50, 100, between)
    paper.page()
    lattice(paper, (("项目", "金额"), ("会议费", "2.00")), (50, 200, 300))
    assert [table.pages for table in extract_tables(read(paper.data()))] == pages


# -- columns -----------------------------------------------------------------------------------------------------------


def test_the_sides_of_a_double_table_keep_their_paths(tmp_path: Path) -> None:
    sheet = Sheet(
        title="收入支出决算总表",
        heads=header(("收入", "<", "<", "支出", "<", "<"), ("项目", "行次", "决算数", "项目", "行次", "决算数"), ("栏次", "^", "1", "栏次", "^", "2")),
        rows=(("一、财政拨款收入", "1", "9.00", "一、教育支出", "5", "8.00"), ("", "2", "", "二、科学技术支出", "6", "1.00")),
        widths=(4, 1, 2, 4, 1, 2),
        left=(0, 3),
    )  # fmt: skip
    table = only_table(printed(sheet, tmp_path))
    assert table.columns == tuple((side, leaf) for side in ("收入", "支出") for leaf in ("项目", "行次", "决算数"))
    assert table.texts == sheet.rows


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (("单位名称", "科目编码及名称", "项目名称", "合计", "一般公共预算"), ("市局机关", "2080805义务兵优待", "优待金补助", "5.00", "5.00")),
        (("项目名称", "采购项目", "采购目录", "数量", "采购预算金额"), ("市局机关", "档案数字化", "C服务", "1", "98.00")),
        (("单位名称", "采购项目", "采购数量", "单价", "采购金额"), ("市局机关", "计算机", "12", "0.54", "6.48")),
    ],
)  # fmt: skip
def test_a_row_of_headings_over_figures_is_no_form(
    tmp_path: Path, heads: tuple[str, ...], row: tuple[str, ...]
) -> None:
    sheet = Sheet(title="项目支出表", heads=header(heads), rows=(row,), widths=(3,) * 5, ruling=Ruling.OPEN)
    table = only_table(printed(sheet, tmp_path))
    assert (table.form, table.columns, table.texts) == (False, tuple((head,) for head in heads), (row,))


@pytest.mark.parametrize("spanned", [True, False])
def test_the_word_that_numbers_columns_is_no_name_of_theirs(tmp_path: Path, spanned: bool) -> None:
    """Under the code alone it is the printed foot of that column; across code and name it says nothing of either."""
    numbers = ("栏次", "<", "1", "2") if spanned else ("栏次", "^", "1", "2")
    heads = header(("编码", "科目名称", "合计", "基本支出"), numbers)
    sheet = Sheet(title="支出决算表", heads=heads, rows=(("201", "一般公共服务支出", "9.00", "8.00"),), widths=(1,) * 4)
    columns = only_table(printed(sheet, tmp_path)).columns
    assert columns == (("编码",) if spanned else ("编码", "栏次"), ("科目名称",), ("合计",), ("基本支出",))


@pytest.mark.parametrize(
    "code", ["预算公开01表", "公开01表", "公开表1", "附件1-1", "部门预算公开02表", "GK01", "表七", "附表3"]
)
def test_codes_of_tables_are_no_titles_wherever_they_stand(code: str) -> None:
    below = [Line("单位收支总体情况表", 1), Line(code, 1), Line("单位名称：某局  单位：万元", 1)]
    for lines in (below, [below[1], below[0], below[2]]):
        caption = read_caption(lines)
        assert (caption.title, caption.code, caption.unit) == ("单位收支总体情况表", code, "万元")


def test_a_title_may_say_in_brackets_how_it_counts() -> None:
    title = "一般公共预算支出明细表（按支出功能分类科目，不含上年结转）"
    assert read_caption([Line("表4", 1), Line(title, 1), Line("单位：万元", 1)]).title == title


def test_parts_of_a_code_beside_the_numbers_of_columns(tmp_path: Path) -> None:
    heads = header(
        ("科目编码", "<", "<", "科目名称", "本年支出", "<"),
        ("^", "^", "^", "^", "合计", "基本支出"),
        ("类", "款", "项", "栏次", "1", "2"),
    )
    rows = (("", "", "", "合计", "9.00", "8.00"), ("207", "01", "04", "图书馆", "9.00", "8.00"))
    sheet = Sheet(title="支出决算表", heads=heads, rows=rows, widths=(1, 1, 1, 4, 2, 2))
    table = only_table(printed(sheet, tmp_path))
    assert table.columns[:3] == (("科目编码", "类"), ("科目编码", "款"), ("科目编码", "项"))
    assert table.texts == rows


def test_a_list_of_projects_is_no_form(tmp_path: Path) -> None:
    rows = (("合计", "9.00", "9.00"), ("教学楼外墙修缮工程", "5.00", "5.00"), ("课后服务经费", "4.00", "4.00"))
    heads = header(("项目名称", "合计", "一般公共预算拨款"))
    sheet = Sheet(title="项目支出预算表", heads=heads, rows=rows, widths=(4, 2, 2))
    table = only_table(printed(sheet, tmp_path))
    assert not table.form
    assert (table.columns, table.texts) == ((("项目名称",), ("合计",), ("一般公共预算拨款",)), rows)


def test_a_form_keeps_its_blocks_and_merged_names(tmp_path: Path) -> None:
    rows = (
        ("项目名称", "", "网络维护费", "", ""),
        ("项目资金", "年度资金总额", "12.30", "12.30", "100%"),
        ("", "财政拨款", "12.30", "12.30", "-"),
        ("绩效指标", "一级指标", "三级指标", "指标值", "得分"),
        ("", "产出指标", "维护次数", "≥10次", "10"),
        ("", "", "故障响应时间", "≤2小时", "9"),
    )
    spans = (Span(0, 0, 1, 2), Span(0, 2, 1, 3), Span(1, 0, 2, 1), Span(3, 0, 3, 1), Span(4, 1, 2, 1))
    sheet = Sheet(title="项目单位自评表", heads=(), rows=rows, widths=(2, 2, 3, 2, 2), spans=spans, unit="")
    table = only_table(printed(sheet, tmp_path))
    assert table.form
    assert table.texts == rows
    assert {(cell.text, cell.rows, cell.cols) for row in table.rows for cell in row if cell.rows * cell.cols > 1} == {
        ("项目名称", 1, 2),
        ("网络维护费", 1, 3),
        ("项目资金", 2, 1),
        ("绩效指标", 3, 1),
        ("产出指标", 2, 1),
    }


def test_a_form_has_the_columns_of_its_part_that_divides_most(tmp_path: Path) -> None:
    """The rows of the first page leave undivided what the indicators on the second divide."""
    rows = (
        ("项目名称", "", "网络维护费", "", ""),
        ("项目资金", "年度资金总额", "", "12.30", ""),
        ("", "财政拨款", "", "12.30", ""),
        ("一级指标", "二级指标", "三级指标", "指标值", "指标值说明"),
        ("产出指标", "数量指标", "维护次数", "≥10次", "每月一次"),
        ("", "时效指标", "故障响应时间", "≤2小时", "合同约定"),
    )
    merged = [Span(0, 0, 1, 2), Span(0, 2, 1, 3), Span(1, 0, 2, 1), Span(4, 0, 2, 1)]
    merged += [Span(r, c, 1, 2) for r in (1, 2) for c in (1, 3)]
    sheet = Sheet(
        title="项目绩效目标表", heads=(), rows=rows, widths=(2, 2, 3, 2, 2), spans=tuple(merged), unit="", row_limit=3
    )
    document = printed(sheet, tmp_path)
    assert [grid.n_cols for page in document.pages for grid in page.grids] == [4, 5]
    table = only_table(document)
    assert table.texts == rows
    assert [cell.cols for cell in table.rows[1] if cell.text] == [1, 2, 2]


@pytest.mark.parametrize(
    "first", [("项目编码", "1305P", "项目名称", "健康教育"), ("专项（项目）名称", "健康教育", "", "")]
)
def test_indicators_under_rows_that_name_a_project_are_a_form(tmp_path: Path, first: tuple[str, ...]) -> None:
    rows = (first, ("预算规模", "预算数", "24.00", ""), ("一级指标", "二级指标", "三级指标", "指标值"),
            ("产出指标", "数量指标", "建档人数", "≥90人"))  # fmt: skip
    sheet = Sheet(title="绩效目标表", heads=(), rows=rows, widths=(2, 2, 3, 2))
    table = only_table(printed(sheet, tmp_path))
    assert table.form and table.texts == rows


def test_indicators_beside_the_projects_of_a_list_are_no_form(tmp_path: Path) -> None:
    heads = header(("项目名称", "绩效指标", "<", "<"), ("^", "一级指标", "三级指标", "指标值"))
    sheet = Sheet(
        title="绩效目标表", heads=heads, rows=(("健康教育", "产出指标", "场次", "≥9场"),), widths=(2, 2, 3, 2)
    )
    assert not only_table(printed(sheet, tmp_path)).form


def test_a_header_of_indicators_is_no_form(tmp_path: Path) -> None:
    heads = ("项目名称", "项目年度绩效目标", "三级指标", "指标值", "指标属性")
    sheet = Sheet(
        title="绩效目标表", heads=header(heads), rows=(("健康教育", "普及", "场次", "9", "定量"),), widths=(2,) * 5
    )
    table = only_table(printed(sheet, tmp_path))
    assert (table.form, table.columns) == (False, tuple((head,) for head in heads))
