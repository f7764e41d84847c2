"""Facts of rows: two sides, numbered rows, units inside a table, indicators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from index.model import State
from index.tables.classify import classify
from index.tables.facts import table_facts
from tests.builders import profile, table
from tests.fact_tables import at, read


def test_both_halves_of_a_table_are_read_with_their_side() -> None:
    columns = ["收入>项目", "收入>预算数", "支出>项目", "支出>合计", "支出>政府性基金预算"]
    rows = [
        ["一、本年收入", "100", "一、本年支出", "100", ""],
        ["（一）一般公共预算拨款", "100", "（一）教育支出", "100", ""],
        ["二、上年结转", "5", "二、结转下年", "5", "5"],
        ["（一）一般公共预算拨款", "5", "", "", ""],
    ]
    facts, _ = read("财政拨款收支总表", columns, rows)
    assert at(facts, 1, 1).path == ("收入", "本年收入")
    assert at(facts, 3, 1).path == ("收入", "上年结转")
    assert at(facts, 1, 3).path == ("支出", "本年支出")
    assert (at(facts, 2, 3).scope, at(facts, 2, 4).scope) == ("财政拨款", "政府性基金")


def test_columns_of_names_under_words_of_their_own_are_told_by_the_figures_beside_them() -> None:
    columns = [
        "收入>项目",
        "收入>预算数",
        "支出>功能分类（按大类）",
        "支出>预算数",
        "支出>部门经济分类（按大类）",
        "支出>预算数",
    ]
    rows = [["1、财政拨款", "90.00", "1、教育支出", "60.00", "（1）工资福利支出", "70.00"],
            ["2、事业收入", "", "2、卫生健康支出", "30.00", "（2）商品和服务支出", "20.00"]]  # fmt: skip
    facts, _ = read("部门综合预算收支总表", columns, rows)
    assert (at(facts, 1, 3).label, at(facts, 1, 5).label) == ("卫生健康支出", "商品和服务支出")
    assert at(facts, 0, 1).path == ("收入",)
    assert [at(facts, 0, c).path for c in (3, 5)] == [("支出", "功能分类(按大类)"), ("支出", "部门经济分类(按大类)")]


def test_rows_that_are_measures_of_what_the_columns_name() -> None:
    columns = ["项目", "“三公”经费>小计", "“三公”经费>公务接待费", "培训费"]
    rows = [["预算数", "36.50", "2.50", "5.20"], ["决算数", "28.38", "0.92", "3.68"],
            ["增减额", "-8.12", "-1.58", "-1.52"], ["增减率（%）", "-22.25", "-63.20", "-29.23"]]  # fmt: skip
    facts, _ = read("财政拨款“三公”经费及培训费支出决算表", columns, rows, stage="决算")
    assert [(f.measure, f.unit) for f in facts if f.label == "公务接待费"] == [
        ("预算", "万元"), ("决算", "万元"), ("增减额", "万元"), ("增减率", "%")
    ]  # fmt: skip
    assert {f.label for f in facts} == {"三公经费合计", "公务接待费", "培训费"}
    assert {f.scope for f in facts if f.label == "培训费"} == {"财政拨款"}


def test_all_below_a_change_is_change() -> None:
    columns = [
        "单位名称",
        "2024年>“三公”经费预算>公务接待费",
        "增减变化情况>“三公”经费预算>公务接待费",
        "增减变化情况>合计",
    ]
    facts, _ = read("“三公”经费预算表", columns, [["青山市财政局", "2.20", "-0.30", "-0.30"]])
    assert [(f.label, f.measure) for f in facts] == [
        ("公务接待费", "预算"), ("公务接待费", "增减额"), ("三公经费合计", "增减额")
    ]  # fmt: skip


def test_indicators_belong_to_the_project_named_before_them() -> None:
    columns = ["项目名称", "项目年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "度量单位"]
    rows = [["装备购置", "提升能力", "产出指标", "数量指标", "购置冲锋舟", "6", "艘"],
            ["", "", "满意度指标", "服务对象满意度指标", "队员满意度", "90", "%"]]  # fmt: skip
    facts, _ = read("部门项目支出绩效目标表", columns, rows)
    assert [(f.label, f.printed, f.unit, f.measure, f.entity) for f in facts] == [
        ("购置冲锋舟", "6", "艘", "指标值", "装备购置"), ("队员满意度", "90", "%", "指标值", "装备购置")
    ]  # fmt: skip


def test_a_row_that_only_its_unit_or_kind_names_is_their_sum() -> None:
    columns = ["采购类别", "采购物品名称", "计量单位", "数量", "金额"]
    rows = [["合计", "", "", "", "46.00"], ["一、货物", "", "", "", "46.00"], ["", "执法用车", "辆", "2", "36.00"],
            ["", "终端", "台", "5", "10.00"]]  # fmt: skip
    facts, _ = read("政府采购预算表", columns, rows)
    assert [(f.label, f.path) for f in facts if f.col == 4] == [
        ("合计", ()), ("货物", ()), ("执法用车", ("货物",)), ("终端", ("货物",))
    ]  # fmt: skip
    assert (at(facts, 2, 3).unit, at(facts, 2, 3).measure) == ("辆", "数量")


def test_a_row_that_lost_its_name_is_not_named_by_its_unit() -> None:
    columns = ["单位名称", "类型", "项目名称", "合计"]
    rows = [["青山市财政局", "人员类", "工会经费", "2.51"], ["青山市财政局", "福利费", "", "3.14"]]
    facts, _ = read("项目支出预算表", columns, rows)
    assert [f.printed for f in facts] == ["2.51"]


def test_a_counted_row_behind_within_has_its_siblings_beside_it() -> None:
    rows = [["行政经费", "289.10"], ["“三公”经费", "28.10"], ["其中：（一）因公出国（境）支出", "0.00"],
            ["（二）公务用车购置及运行维护支出", "21.60"], ["1.公务用车购置", "0.00"], ["（三）公务接待费支出", "6.50"]]  # fmt: skip
    facts, _ = read("“三公”经费预算表", ["项目", "2024年预算"], rows)
    three = ("三公经费",)
    assert [fact.path for fact in facts] == [(), (), three, three, (*three, "公务用车购置及运行维护支出"), three]


def test_every_row_of_a_table_of_units_is_a_unit() -> None:
    rows = [["合计", "9.00"], ["青山市实验中学校", "4.00"], ["青山市一小", "3.00"], ["机关幼儿班", "2.00"]]
    facts, _ = read("部门收入总表", ["单位名称", "总计"], rows)
    assert [(fact.entity, fact.path) for fact in facts] == [("", ()), *((name, ()) for name, _ in rows[1:])]


def test_rows_of_years_are_of_their_years() -> None:
    columns = ["年度", "“三公”经费合计", "公务接待费"]
    facts, _ = read("财政拨款“三公”经费支出预算表", columns, [["2023年", "48.60", "6.60"], ["2024年", "44.70", "5.20"]])
    assert [(f.label, f.printed, f.year, f.measure) for f in facts] == [
        ("三公经费合计", "48.60", 2023, "上年"),
        ("公务接待费", "6.60", 2023, "上年"),
        ("三公经费合计", "44.70", 2024, "预算"),
        ("公务接待费", "5.20", 2024, "预算"),
    ]


def test_projects_that_add_up_to_an_account_stand_below_it() -> None:
    columns = ["科目编码>类", "科目编码>款", "科目编码>项", "科目名称（项目）", "金额"]
    rows = [["207", "", "", "文化旅游体育与传媒支出", "9.00"], ["207", "02", "", "文物", "9.00"],
            ["207", "02", "04", "文物保护", "5.00"], ["", "", "", "修缮工程", "3.00"], ["", "", "", "业务工作经费", "2.00"],
            ["207", "02", "05", "博物馆", "4.00"], ["", "", "", "业务工作经费", "1.00"]]  # fmt: skip
    facts, _ = read("一般公共预算财政拨款项目支出决算表", columns, rows, stage="决算")
    item = ("文化旅游体育与传媒支出", "文物", "文物保护")
    assert [fact.path for fact in facts[3:5]] == [item, item]
    assert facts[6].path == ()  # a part of what the account spends, or of something else


def test_a_total_reaches_to_its_figure_in_the_next_block() -> None:
    columns = [
        f"{side}>{leaf}" for side in ("人员经费", "公用经费", "公用经费") for leaf in ("科目编码", "科目名称", "金额")
    ]
    rows = [["30101", "基本工资", "6.00", "30201", "办公费", "3.00", "310", "资本性支出", "1.00"],
            ["", "人员经费合计", "6.00", "", "公用经费合计", "", "", "", "4.00"]]  # fmt: skip
    facts, _ = read("一般公共预算财政拨款基本支出决算明细表", columns, rows, stage="决算")
    assert [(f.label, f.printed, f.col) for f in facts if f.row == 1] == [
        ("人员经费合计", "6.00", 2),
        ("公用经费合计", "4.00", 8),
    ]


def test_a_row_without_a_number_stands_below_the_numbered_one() -> None:
    rows = [["一、基本支出", "60"], ["工资福利支出", "60"], ["二、项目支出", "40"], ["本年支出合计", "100"]]
    facts, _ = read("支出总体情况表", ["项目", "2024年预算"], rows)
    assert [fact.path for fact in facts] == [(), ("基本支出",), (), ()]


@given(
    st.lists(st.sampled_from(["", "科目编码", "项目", "单位名称", "合计", "预算数", "收入>项目", "支出>金额", "备注"]), min_size=1, max_size=6),
    st.lists(st.lists(st.sampled_from(["", "201", "合计", "一、教育支出", "1.00", "-", "某局"]), max_size=6), max_size=5),
    st.sampled_from(["支出决算表", "“三公”经费支出决算表", "项目支出表"]),
)  # fmt: skip
def test_any_table_gives_facts_or_none(columns: list[str], rows: list[list[str]], title: str) -> None:
    """A column that nothing heads, rows that fit no block: whatever a damaged page leaves of a table."""
    paths = [column.split(">") if column else [] for column in columns]
    wide = [[*row, *[""] * len(columns)][: len(columns)] for row in rows]
    facts, _ = table_facts(
        replace(table(wide, paths, title=title), kind=classify(table(wide, paths, title=title), "决算")), profile()
    )
    assert all(rows[fact.row][fact.col] == fact.printed for fact in facts if fact.printed)


def test_the_line_of_column_numbers_is_no_row() -> None:
    rows = [["栏次", "1", "栏次", "2"], ["一、其他收入", "3.00", "一、教育支出", "3.00"]]
    facts, _ = read("收入支出决算总表", ["收入>项目", "收入>金额", "支出>项目", "支出>金额"], rows, stage="决算")
    assert {fact.row for fact in facts} == {1}


def test_an_economic_account_repeated_for_each_government_class_names_both() -> None:
    columns = ["部门经济>编码", "部门经济>科目名称", "政府经济>编码", "政府经济>科目名称", "合计"]
    rows = [["30201", "办公费", "50201", "办公经费", "4.00"], ["30201", "办公费", "50502", "商品和服务支出", "1.00"]]
    facts, _ = read("一般公共预算基本支出预算表", columns, rows)
    assert [(fact.code, fact.label, fact.path[-1]) for fact in facts] == [
        ("30201", "办公费", "办公经费"),
        ("30201", "办公费", "商品和服务支出"),
    ]


# ------------------------------------------------------------------------------------------------- units inside a table


def test_units_that_come_again_divide_the_row_above_them() -> None:
    rows = [["合计", "9.00"], ["工资福利支出", "6.00"], ["青山市档案局（本级）", "4.00"], ["青山市档案馆", "2.00"],
            ["商品和服务支出", "3.00"], ["青山市档案局（本级）", "3.00"]]  # fmt: skip
    facts, _ = read("部门预算基本支出预算表", ["支出项目类别（资金使用单位）", "总计"], rows)
    assert [(fact.label, fact.path, fact.entity) for fact in facts] == [
        ("合计", (), ""),
        ("工资福利支出", (), ""),
        ("青山市档案局(本级)", ("工资福利支出",), "青山市档案局(本级)"),
        ("青山市档案馆", ("工资福利支出",), "青山市档案馆"),
        ("商品和服务支出", (), ""),
        ("青山市档案局(本级)", ("商品和服务支出",), "青山市档案局(本级)"),
    ]


def test_rows_under_a_unit_belong_to_it() -> None:
    columns = ["支出项目类别（资金使用单位）", "总计", "财政拨款>一般公共预算"]
    rows = [
        ["合计", "100", "90"],
        ["青山省交通运输厅（本级）", "60", "60"],
        ["工资福利支出", "60", "60"],
        ["青山省公路局", "40", "30"],
        ["工资福利支出", "40", "30"],
    ]
    facts, _ = read("部门预算基本支出预算表", columns, rows)
    assert at(facts, 2, 1).entity == "青山省交通运输厅(本级)"
    assert at(facts, 4, 1).entity == "青山省公路局"
    assert at(facts, 0, 1).entity == ""


def test_units_down_a_table_of_three_fees_are_entities_of_the_fees() -> None:
    columns = ["单位名称", "合计", "因公出国（境）费", "公务用车购置及运行费>小计", "公务接待费"]
    rows = [["合计", "20", "5", "10", "5"], ["青山省公路局", "8", "", "5", "3"], ["青山省港航局", "12", "5", "5", "2"]]
    facts, _ = read("一般公共预算“三公”经费支出表", columns, rows)
    assert (at(facts, 0, 1).label, at(facts, 0, 1).entity) == ("三公经费合计", "")
    assert (at(facts, 1, 3).label, at(facts, 1, 3).entity) == ("公务用车购置及运行费", "青山省公路局")
    assert at(facts, 1, 2).state is State.BLANK


def test_fees_listed_beside_the_three_are_none_of_them() -> None:
    columns = ["合计", "“三公”经费>合计", "“三公”经费>公务接待费", "会议费", "培训费"]
    facts, _ = read(
        "财政拨款“三公”经费、会议费和培训费支出决算表", columns, [["30", "20", "5", "3", "7"]], stage="决算"
    )
    assert [(fact.label, fact.scope) for fact in facts][1:] == [
        ("三公经费合计", "三公经费"),
        ("公务接待费", "三公经费"),
        ("会议费", "财政拨款"),
        ("培训费", "财政拨款"),
    ]
    assert facts[0].label == "合计"


# ----------------------------------------------------------------------------------------------------------- indicators


def test_indicators_in_rows_have_levels_unit_and_project() -> None:
    columns = [
        "项目名称",
        "预算数（万元）",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "权重",
    ]
    rows = [["公路养护经费", "120.00", "产出指标", "数量指标", "养护里程", "≥", "1000", "公里", "20"]]
    facts, _ = read("部门预算项目绩效目标表", columns, rows)
    money, target, weight = facts
    assert (money.label, money.value, money.unit) == ("公路养护经费", Decimal("120.00"), "万元")
    assert (target.label, target.unit, target.entity) == ("养护里程", "公里", "公路养护经费")
    assert target.path == ("产出指标", "数量指标")
    assert (weight.measure, weight.unit) == ("分值", "分")


def test_an_indicator_one_column_beside_its_place_keeps_its_name_but_loses_its_class() -> None:
    columns = ["项目名称", "资金总额", "绩效目标>成本指标>三级指标", "绩效目标>成本指标>指标值"]
    columns += ["绩效目标>产出指标>三级指标", "绩效目标>产出指标>指标值"]
    rows = [
        ["办公耗材", "2.00", "", "", "采购次数", "≥80批"],
        ["印刷费", "3.00", "", "印刷品数量", "≥8000份", ""],
    ]
    facts, _ = read("部门预算项目绩效目标表", columns, rows)
    assert (at(facts, 0, 5).label, at(facts, 0, 5).path, at(facts, 0, 5).entity) == (
        "采购次数",
        ("产出指标",),
        "办公耗材",
    )
    slipped = at(facts, 1, 4)
    assert (slipped.label, slipped.printed, slipped.path, slipped.entity) == ("印刷品数量", "≥8000份", (), "印刷费")
    assert slipped.column == ("指标值",)


def test_each_side_of_a_table_has_names_of_its_own() -> None:
    """A bracket behind the header of the names, 项目（按功能分类）, makes them no remark beside the figures."""
    columns = ["收入>项目", "收入>金额", "支出>项目（按功能分类）", "支出>金额"]
    rows = [
        ["一、财政拨款收入", "820.00", "七、文化旅游体育与传媒支出", "900.00"],
        ["年初结转和结余", "70.00", "年末结转和结余", "30.00"],
    ]
    facts, _ = read("收入支出决算总表", columns, rows, stage="决算")
    assert [at(facts, 1, col).label for col in (1, 3)] == ["年初结转和结余", "年末结转和结余"]


def test_a_class_heads_the_rows_below_it() -> None:
    columns = ["采购品目大类", "专项名称", "采购组织形式", "总计"]
    rows = [["合计", "", "", "9.00"], ["一、货物", "", "", "6.00"], ["", "执法记录仪", "集中采购", "4.00"],
            ["", "乘用车", "集中采购", "2.00"], ["二、服务", "", "", "3.00"], ["", "平台运维", "分散采购", "3.00"]]  # fmt: skip
    facts, _ = read("政府采购支出预算表", columns, rows)
    assert [(fact.label, fact.path, fact.printed) for fact in facts] == [
        ("合计", (), "9.00"),
        ("货物", (), "6.00"),
        ("执法记录仪", ("货物",), "4.00"),
        ("乘用车", ("货物",), "2.00"),
        ("服务", (), "3.00"),
        ("平台运维", ("服务",), "3.00"),
    ]


def test_a_total_may_stand_under_the_names_of_units() -> None:
    columns = ["类型", "项目单位", "项目名称", "合计"]
    rows = [["其他运转类", "青山市水文站", "站网维护", "4.00"], ["", "合计", "", "4.00"]]
    facts, _ = read("项目支出表", columns, rows)
    assert [(fact.label, fact.printed) for fact in facts] == [("站网维护", "4.00"), ("合计", "4.00")]
