"""Tables with few rules or none: three lines, a line a row, a line under the header, columns alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.paper import Paper, only_table, printed, read
from tests.synth.sheet import Ruling, Sheet, Span, header

THREE_PUBLIC = header(
    ("预算数", "<", "<", "<", "<", "决算数", "<", "<", "<", "<"),
    ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "<", "公务接待费", "合计", "因公出国（境）费", "公务用车购置及运行维护费", "<", "公务接待费"),
    ("^", "^", "小计", "公务用车运行费", "^", "^", "^", "小计", "公务用车运行费", "^"),
    ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"),
)  # fmt: skip
ACCOUNTS = header(
    ("项目", "<", "年初结转和结余", "本年支出", "<", "<"),
    ("功能分类科目编码", "科目名称", "^", "小计", "基本支出", "项目支出"),
    ("^", "栏次", "1", "2", "3", "4"),
)
TWO_SIDES = header(
    ("收入", "<", "<", "支出", "<", "<"),
    ("项目", "行次", "决算数", "项目", "行次", "决算数"),
    ("栏次", "^", "1", "栏次", "^", "2"),
)
RULED = (Ruling.THREE_LINE, Ruling.OPEN)
FEW = (*RULED, Ruling.NONE)


def _sheet(
    heads: Sequence[object], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...], **more: object
) -> Sheet:
    return Sheet(
        title="支出决算表", heads=tuple(heads), rows=rows, widths=widths, code="公开03表", dept="部门：某局", **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("ruling", FEW)
def test_levels_of_a_header_become_paths(tmp_path: Path, ruling: Ruling) -> None:
    row = ("1.30", "0.00", "1.30", "1.30", "0.00", "0.54", "0.00", "0.54", "0.54", "0.00")
    sheet = _sheet(THREE_PUBLIC, (row,), (1, 2, 1, 2, 2) * 2, ruling=ruling, landscape=True)
    table = only_table(printed(sheet, tmp_path))
    cars = "公务用车购置及运行维护费"
    side = (("合计",), ("因公出国（境）费",), (cars, "小计"), (cars, "公务用车运行费"), ("公务接待费",))
    assert table.columns == tuple((group, *path) for group in ("预算数", "决算数") for path in side)
    assert table.texts == (row,)


@pytest.mark.parametrize("ruling", FEW)
def test_broken_headings_stand_half_a_line_apart(tmp_path: Path, ruling: Ruling) -> None:
    """Three lines of one cell lie between the two of its neighbours, so that lines of both are printed on one height."""
    row = ("1.30", "0.00", "1.30", "0.00", "1.30", "0.54") * 2
    cars = "公务用车购置及运行维护费"
    heads = header(
        ("预算数", *"<<<<<", "决算数", *"<<<<<"),
        ("合计", "因公出国（境）费", cars, "<", "<", "公务接待费") * 2,
        ("^", "^", "小计", "公务用车购置费", "公务用车运行维护费", "^") * 2,
    )
    table = only_table(printed(_sheet(heads, (row,), (1,) * 12, ruling=ruling), tmp_path))
    side = ("合计", "因公出国（境）费", "小计", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    assert tuple(path[-1] for path in table.columns) == side * 2
    assert table.texts == (row,)


@pytest.mark.parametrize("ruling", FEW)
def test_columns_without_figures_are_columns(tmp_path: Path, ruling: Ruling) -> None:
    """A single row 合计 leaves the columns of code and name without any text."""
    sheet = _sheet(ACCOUNTS, (("", "合计", "0.00", "", "", "0.00"),), (2, 3, 2, 2, 2, 2), ruling=ruling)
    table = only_table(printed(sheet, tmp_path))
    assert [path[-1] for path in table.columns] == [
        "功能分类科目编码",
        "科目名称",
        "年初结转和结余",
        "小计",
        "基本支出",
        "项目支出",
    ]
    assert table.texts == sheet.rows


@pytest.mark.parametrize("ruling", FEW)
def test_the_word_before_the_numbers_of_columns_stands_over_two(tmp_path: Path, ruling: Ruling) -> None:
    heads = header(
        ("项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"),
        ("功能分类科目编码", "科目名称", "^", "^", "小计", "基本支出", "项目支出", "^"),
        ("栏次", "<", "1", "2", "3", "4", "5", "6"),
    )
    rows = (
        ("合计", "", "", "186.00", "186.00", "", "186.00", ""),
        ("229", "其他支出", "", "186.00", "186.00", "", "186.00", ""),
        ("2296003", "用于体育事业的彩票公益金支出", "", "186.00", "186.00", "", "186.00", ""),
    )
    sheet = _sheet(heads, rows, (2, 5, 2, 2, 2, 2, 2, 2), ruling=ruling, landscape=True)
    table = only_table(printed(sheet, tmp_path))
    spent = tuple(("本年支出", leaf) for leaf in ("小计", "基本支出", "项目支出"))
    named = (("项目", "功能分类科目编码"), ("项目", "科目名称"))
    assert table.columns == (*named, ("年初结转和结余",), ("本年收入",), *spent, ("年末结转和结余",))
    assert table.texts == rows


@pytest.mark.parametrize("ruling", RULED)
def test_a_column_without_a_number_is_under_its_group_like_those_with_one(tmp_path: Path, ruling: Ruling) -> None:
    heads = header(
        ("收入", "<", "<", "支出", "<", "<"),
        ("项目", "行次", "金额", "项目", "行次", "金额"),
        ("栏次", "", "1", "栏次", "", "2"),
    )
    rows = tuple((f"{n}、某某收入", str(n), f"{n}0.50", f"{n}、某某支出", str(n + 5), f"{n}1.25") for n in range(1, 5))
    table = only_table(printed(_sheet(heads, rows, (4, 1, 2) * 2, ruling=ruling), tmp_path))
    assert table.columns == tuple((side, leaf) for side in ("收入", "支出") for leaf in ("项目", "行次", "金额"))


@pytest.mark.parametrize("ruling", FEW)
def test_a_group_stands_over_no_column_of_the_group_beside_it(tmp_path: Path, ruling: Ruling) -> None:
    """Where all columns are of one width, its words stand in the middle of wider stretches as well."""
    cars = "公务用车购置及运行费"
    heads = header(
        ("财政拨款“三公”经费", *"<<<<<<<<<<<"),
        ("合计", "<", "因公出国（境）费", "<", cars, *"<<<<<", "公务接待费", "<"),
        ("^", "^", "^", "^", "小计", "<", "公务用车购置费", "<", "公务用车运行费", "<", "^", "^"),
        ("预算数", "决算数") * 6,
    )
    row = tuple(f"{n}.50" for n in range(12))
    table = only_table(printed(_sheet(heads, (row,), (1,) * 12, ruling=ruling, landscape=True), tmp_path))
    over = (
        ("合计",),
        ("因公出国（境）费",),
        (cars, "小计"),
        (cars, "公务用车购置费"),
        (cars, "公务用车运行费"),
        ("公务接待费",),
    )
    whole = "财政拨款“三公”经费"
    assert table.columns == tuple((whole, *path, leaf) for path in over for leaf in ("预算数", "决算数"))
    assert table.texts == (row,)


@pytest.mark.parametrize("ruling", [Ruling.OPEN, Ruling.NONE])
def test_a_table_of_nothing_but_its_total_is_one(tmp_path: Path, ruling: Ruling) -> None:
    heads = header(("科目编码", "科目名称", "合计", "其中：", "<"), ("^", "^", "^", "基本支出", "项目支出"))
    sheet = _sheet(heads, (("", "合计", "", "", ""),), (2, 4, 2, 2, 2), ruling=ruling, notes=("备注：本表为空表。",))
    table = only_table(printed(sheet, tmp_path))
    assert [path[-1] for path in table.columns] == ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    assert table.texts == sheet.rows and table.empty


@pytest.mark.parametrize("ruling", FEW)
def test_two_sides_stand_close_to_each_other(tmp_path: Path, ruling: Ruling) -> None:
    rows = tuple(
        (f"{name}、收入项目" if k < 3 else "", str(k + 1), f"{k * 999}.00" if k < 3 else "", f"{name}、一般公共服务支出", str(k + 30), "0.00")
        for k, name in enumerate("一二三四五六七八")
    )  # fmt: skip
    sheet = _sheet(TWO_SIDES, rows, (3, 1, 2, 3, 1, 2), ruling=ruling, left=(0, 3))
    table = only_table(printed(sheet, tmp_path))
    assert table.columns == tuple((side, leaf) for side in ("收入", "支出") for leaf in ("项目", "行次", "决算数"))
    assert table.texts == rows


@pytest.mark.parametrize("ruling", FEW)
def test_names_broken_over_lines_stay_in_their_row(tmp_path: Path, ruling: Ruling) -> None:
    long = "机关事业单位基本养老保险缴费支出及职业年金"
    rows = tuple((str(2080500 + k), long if k % 2 else "行政运行", "9.92", "9.92", "", "0.00") for k in range(6))
    sheet = _sheet(ACCOUNTS, rows, (2, 2, 2, 2, 2, 2), ruling=ruling, left=(0, 1))
    assert only_table(printed(sheet, tmp_path)).texts == rows


def test_a_record_stands_beside_its_details(tmp_path: Path) -> None:
    """A project with its amount, merged over the rows of its indicators."""
    indicators = (("三级指标甲", "≥80批"), ("三级指标乙", "≥99%"), ("三级指标丙", "100%"), ("三级指标丁", "明显"))
    projects = (("410800220000000022625", "办公耗材", "2.00"), ("410800220000000022715", "报刊杂志费", "13.00"))
    sizes = (4, 3)
    rows, spans = [("", "合计", "15.00", "", "")], []
    for project, size in zip(projects, sizes, strict=True):
        spans += [Span(len(rows), c, size, 1) for c in range(3)]
        rows += [(*(project if k == 0 else ("", "", "")), *indicators[k]) for k in range(size)]
    heads = header(("项目编码", "项目名称", "资金总额", "绩效指标", "<"), ("^", "^", "^", "三级指标", "指标值"))
    sheet = _sheet(heads, tuple(rows), (2, 2, 1, 2, 1), spans=tuple(spans), left=(0, 1, 3, 4), ruling=Ruling.THREE_LINE)
    table = only_table(printed(sheet, tmp_path))
    assert table.texts == sheet.rows
    assert [cell.rows for cell in table.rows[1][:3]] == [4, 4, 4]


@pytest.mark.parametrize("under_header", [True, False])
def test_a_table_without_a_frame_is_found_by_its_columns(under_header: bool) -> None:
    paper = Paper()
    paper.write(297, 60, "支出决算表", 16, "centre")
    paper.write(540, 84, "单位：万元", align="right")
    xs = (50.0, 130.0, 290.0, 370.0, 450.0, 540.0)
    names = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    body = [
        (str(2010301 + k), "行政运行" * (1 + k % 3), f"{k * 111}.50", f"{k * 100}.00", f"{k * 11}.50") for k in range(8)
    ]
    for x0, x1, name in zip(xs, xs[1:], names, strict=False):
        paper.write((x0 + x1) / 2, 104, name, align="centre")
    if under_header:
        paper.rule(50, 119, 540, 119)
    for k, row in enumerate(body):
        for c, text in enumerate(row):
            x, align = (xs[c] + 3, "left") if c < 2 else (xs[c + 1] - 3, "right")
            paper.write(x, 124 + 18 * k, text, align=align)
    table = only_table(read(paper.data()))
    assert (table.title, table.unit) == ("支出决算表", "万元")
    assert table.columns == tuple((name,) for name in names)
    assert table.texts == tuple(body)


def test_prose_with_figures_is_no_table() -> None:
    paper = Paper()
    for k in range(12):
        paper.write(
            60,
            100 + 22 * k,
            f"2022年度收入合计  {641 + k}.24  万元，其中：财政拨款收入  641.21  万元，占  {90 + k % 9}.00%；",
        )
    assert not read(paper.data()).pages[0].grids


# -- a generated table -------------------------------------------------------------------------------------------------

_NAMES = ("合计", "小计", "基本支出", "项目支出", "财政拨款收入", "上级补助收入", "一般公共预算财政拨款", "其他收入")
_LABELS = ("行政运行", "一般行政管理事务", "培训支出", "机关事业单位基本养老保险缴费支出", "公务员医疗补助")
_FIGURES = st.one_of(st.decimals(0, 99999, places=2).map(lambda value: f"{value:,.2f}"), st.just("0.00"))


@st.composite
def _sheets(draw: st.DrawFn) -> Sheet:
    """A name column and one to seven columns of figures, some of them under a common heading."""
    groups = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4).filter(lambda sizes: sum(sizes) <= 7))
    top, below = ["科目名称"], ["^"]
    for number, size in enumerate(groups):
        leaves = [draw(st.sampled_from(_NAMES)) for _ in range(size)]
        if size == 1:
            top, below = [*top, leaves[0]], [*below, "^"]
        else:
            top, below = [*top, f"本年收入{number}", *["<"] * (size - 1)], [*below, *leaves]
    count = sum(groups)
    rows = draw(st.lists(st.tuples(st.sampled_from(_LABELS), *[_FIGURES] * count), min_size=2, max_size=12).map(tuple))
    heads = header(tuple(top), tuple(below)) if any(size > 1 for size in groups) else header(tuple(top))
    return _sheet(heads, rows, (3, *[1.5] * count), left=(0,), landscape=count > 4, ruling=draw(st.sampled_from(RULED)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(sheet=_sheets())
def test_what_was_drawn_is_read_back(tmp_path: Path, sheet: Sheet) -> None:
    table = only_table(printed(sheet, tmp_path))
    assert table.texts == sheet.rows
    assert [path[-1] for path in table.columns] == [column[-1] for column in _paths(sheet)]
    assert table.columns == tuple(_paths(sheet))


def _paths(sheet: Sheet) -> list[tuple[str, ...]]:
    columns = zip(*sheet.header_rows(), strict=True)
    return [tuple(text for k, text in enumerate(column) if k == 0 or text != column[k - 1]) for column in columns]
