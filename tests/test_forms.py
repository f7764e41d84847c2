"""Forms: self-evaluation and target forms, whose blocks each have a header of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Fact, State
from index.tables.facts import table_facts
from tests.builders import profile, table


def read(
    rows: Sequence[Sequence[str]], *, stage: str = "决算", title: str = "项目支出绩效自评表", method: str = "rules"
) -> tuple[Fact, ...]:
    width = max(map(len, rows))
    wide = [[*row, *[""] * (width - len(row))] for row in rows]
    form = replace(table(wide, [()] * width, title=title, unit="", code="", kind="P02"), form=True, method=method)
    return table_facts(form, profile(year=2023, stage=stage))[0]


def one(facts: Sequence[Fact], label: str, measure: str) -> Fact:
    found = [fact for fact in facts if (fact.label, fact.measure) == (label, measure)]
    assert len(found) == 1, found
    return found[0]


EVALUATION = [
    ["项目名称", "公路养护"],
    ["主管部门", "青山省交通运输厅", "", "", "实施单位", "青山省公路局"],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["", "年度资金总额", "100.00", "120.00", "110.00", "10", "91.67%", "9.17"],
    ["", "其他资金", "", "0.00", "0.00", "—", "", "—"],
    ["年度总体目标", "预期目标", "", "", "实际完成情况"],
    ["", "完成养护1000公里", "", "", "已完成养护1020公里"],
    [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    ["", "产出指标", "数量指标", "养护里程", "≥1000公里", "1020公里", "20", "20", ""],
    ["", "", "质量指标", "优良路率", "90%以上", "88%", "20", "18", "受汛期影响"],
    ["", "效益指标", "社会效益指标", "出行便利度", "提升", "达成预期指标", "30", "30", ""],
    ["总分", "", "", "", "", "", "100", "97.17", ""],
]


def test_money_rows_of_a_self_evaluation() -> None:
    facts = read(EVALUATION)
    for measure, value, unit in (
        ("年初预算", "100.00", "万元"),
        ("全年预算", "120.00", "万元"),
        ("决算", "110.00", "万元"),
        ("执行率", "91.67", "%"),
        ("得分", "9.17", "分"),
    ):
        fact = one(facts, "年度资金总额", measure)
        assert (fact.value, fact.unit, fact.entity) == (Decimal(value), unit, "公路养护")
    assert one(facts, "其他资金", "年初预算").state is State.BLANK
    assert one(facts, "其他资金", "全年预算").state is State.ZERO
    assert one(facts, "其他资金", "分值").state is State.DASH


def test_indicators_have_the_levels_above_them_and_their_reason() -> None:
    facts = read(EVALUATION)
    target = one(facts, "养护里程", "指标值")
    assert (target.value, target.unit, target.path) == (Decimal(1000), "公里", ("产出指标", "数量指标"))
    done = one(facts, "优良路率", "实际值")
    assert (done.value, done.unit, done.path, done.reason) == (
        Decimal(88),
        "%",
        ("产出指标", "质量指标"),
        "受汛期影响",
    )
    assert (one(facts, "优良路率", "指标值").printed, one(facts, "优良路率", "指标值").unit) == ("90%以上", "%")
    words = one(facts, "出行便利度", "实际值")
    assert (words.state, words.printed) == (State.TEXT, "达成预期指标")


def test_the_total_has_points_and_no_targets() -> None:
    facts = [fact for fact in read(EVALUATION) if fact.label == "总分"]
    assert [(fact.measure, fact.value) for fact in facts] == [("分值", Decimal(100)), ("得分", Decimal("97.17"))]


def test_a_figure_belongs_to_the_measure_that_stands_before_it() -> None:
    facts = read(
        [
            ["项目名称", "公路养护"],
            ["项目资金（万元）", "预算数：", "120.00", "执行数：", "110.00"],
            ["", "其中：财政拨款", "100.00", "其中：财政拨款", "90.00"],
            ["", "其他资金", "20.00", "其他资金", "20.00"],
        ]
    )
    assert [(fact.label, fact.measure, fact.printed) for fact in facts] == [
        ("公路养护", "预算", "120.00"),
        ("公路养护", "决算", "110.00"),
        ("财政拨款", "预算", "100.00"),
        ("财政拨款", "决算", "90.00"),
        ("其他资金", "预算", "20.00"),
        ("其他资金", "决算", "20.00"),
    ]
    assert {fact.unit for fact in facts} == {"万元"}


def test_tasks_under_a_header_of_two_rows() -> None:
    facts = read(
        [
            ["部门名称", "青山省交通运输厅"],
            ["年度主要任务", "任务名称", "主要内容", "预算金额（万元）"],
            ["", "", "", "总额", "财政拨款", "其他资金"],
            ["", "公路养护", "养护公路", "120.00", "100.00", "20.00"],
            ["金额合计", "", "", "120.00", "100.00", "20.00"],
        ],
        stage="预算",
        title="部门整体支出绩效目标申报表",
    )
    assert [(fact.label, fact.column[-1]) for fact in facts] == [
        ("公路养护", "总额"),
        ("公路养护", "财政拨款"),
        ("公路养护", "其他资金"),
        ("金额合计", "总额"),
        ("金额合计", "财政拨款"),
        ("金额合计", "其他资金"),
    ]
    assert {fact.unit for fact in facts} == {"万元"}


def test_indicators_that_are_only_numbered_lose_their_number() -> None:
    facts = read(
        [
            ["项目名称", "公路养护"],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值（包含数字及文字描述）"],
            ["", "产出指标", "数量指标", "指标1：养护里程", "1000公里"],
        ],
        stage="预算",
    )
    assert one(facts, "养护里程", "指标值").value == Decimal(1000)


@pytest.mark.parametrize("words", ["2022如期完成", "2023年底前完成", "按期完成1000公里养护任务"])
def test_words_with_a_number_in_them_are_no_figure(words: str) -> None:
    assert not read([["项目名称", "公路养护"], ["年度总体目标", words]])


def test_a_row_one_column_beside_its_header_is_read_where_it_fits() -> None:
    facts = read(
        [
            ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", ""],
            ["", "", "产出指标", "数量指标", "养护里程", "≥1000公里", "1020公里", "20", "19"],
        ]
    )
    assert (one(facts, "养护里程", "分值").printed, one(facts, "养护里程", "得分").printed) == ("20", "19")


def test_figures_behind_a_name_without_their_header_are_left_out() -> None:
    assert not read([["项目名称", "公路养护"], ["", "年度资金总额", "0", "103", "103", "10", "100", "10"]])


def test_a_header_that_slipped_over_the_names_is_matched_in_order() -> None:
    facts = read(
        [
            ["项目名称", "", "公路养护"],
            ["项目资金（万元）", "", "年初预算数", "", "全年预算数", "全年执行数", "分值", "执行率%", "得分"],
            ["", "", "年度资金总额（万元）：", "", "0", "103", "101", "10", "98", "9.8"],
        ],
        method="text",
    )
    measures = ("年初预算", "全年预算", "决算", "分值", "执行率", "得分")
    assert [(f.measure, f.printed) for f in facts] == list(
        zip(measures, ("0", "103", "101", "10", "98", "9.8"), strict=True)
    )
    assert {f.label for f in facts} == {"年度资金总额"}


def test_a_dump_that_lost_a_blank_slot_is_read_where_it_fits() -> None:
    header = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差度"]
    rows = [
        header,
        ["", "", "制度健全性", "健全", "100%", "1", "1", "0.00"],
        ["", "信息公开性", "公开", "100%", "1", "1", "0.00", ""],
    ]
    facts = read(rows, method="text")
    assert [f.printed for f in facts if f.label == "信息公开性"] == ["公开", "100%", "1", "1", "0.00"]


@given(st.lists(st.decimals(0, 100, places=2, allow_nan=False, allow_infinity=False), min_size=3, max_size=3))
def test_every_figure_of_a_money_row_is_a_fact_as_printed(amounts: list[Decimal]) -> None:
    header = ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"]
    facts = read([header, ["", "年度资金总额", *map(str, amounts)]])
    assert [fact.value for fact in facts] == amounts
    assert [fact.measure for fact in facts] == ["年初预算", "全年预算", "决算"]


@pytest.mark.parametrize("name", ["项目名称", "专项资金名称", "一级项目名称"])
def test_what_a_form_is_about_goes_by_several_names(name: str) -> None:
    rows = [
        [name, "营养改善计划", "", "", ""],
        ["绩效指标", "指标名称", "计量单位", "指标性质", "指标值"],
        ["", "受益学生人数", "人", "≥", "18600"],
    ]
    (fact,) = read(rows, stage="预算", title="重点专项资金绩效目标表")
    assert (fact.label, fact.entity, fact.unit) == ("受益学生人数", "营养改善计划", "人")


def test_units_of_targets_in_a_column_of_their_own() -> None:
    rows = [
        ["项目名称", "年画节", "", "", "", "", ""],
        ["一级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "得分"],
        ["产出指标", "参展作品", "≥", "300", "件", "326", "15"],
        ["满意度指标", "群众满意度", "≥", "90", "%", "94", "20"],
    ]
    facts = read(rows)
    assert [(f.label, f.printed, f.unit) for f in facts if f.measure in ("指标值", "实际值")] == [
        ("参展作品", "300", "件"),
        ("参展作品", "326", "件"),
        ("群众满意度", "90", "%"),
        ("群众满意度", "94", "%"),
    ]


def test_a_cell_with_its_name_and_its_figure_is_a_fact() -> None:
    facts = read(
        [
            ["项目名称", "堤防维修", "", ""],
            ["项目资金（万元）", "年度资金总额：1,280.00", "其中：财政拨款", "1200.00"],
            ["自评得分：95.5", "", "", ""],
        ]
    )
    whole = one(facts, "年度资金总额", "决算")
    assert (whole.value, whole.unit, whole.entity) == (Decimal("1280.00"), "万元", "堤防维修")
    assert one(facts, "财政拨款", "决算").path == ("年度资金总额",)
    assert next(f for f in facts if f.measure == "得分").value == Decimal("95.5")


def test_the_code_of_a_project_is_no_figure() -> None:
    facts = read(
        [["项目编码", "130503240011P", "项目名称", "堤防维修"], ["预算数", "12.00", "其中：财政资金", "12.00"]]
    )
    assert [(f.printed, f.entity) for f in facts] == [("12.00", "堤防维修"), ("12.00", "堤防维修")]


def test_the_column_of_units_and_the_weights() -> None:
    facts = read(
        [
            ["专项资金名称", "营养膳食", "", "", ""],
            ["绩效指标", "指标名称", "指标权重", "绩效度量单位", "绩效指标性质", "指标值"],
            ["", "受益学生人数", "20", "人", "≥", "900"],
        ],
        stage="预算",
    )
    assert one(facts, "受益学生人数", "指标值").unit == "人"
    assert one(facts, "受益学生人数", "分值").value == Decimal(20)


@pytest.mark.parametrize(
    ("target", "reached"), [("指标目标值", "全年实际值"), ("年度指标值", "全年完成值"), ("目标值", "实际值")]
)
def test_what_provinces_call_target_and_outcome_and_where_they_say_the_unit(target: str, reached: str) -> None:
    rows = [
        ["项目名称", "城市排水管网养护", "", "", ""],
        ["一级指标", "二级指标", "三级指标", target, reached],
        ["产出指标", "数量指标", "清掏检查井（座）", "≥520", "543"],
        ["", "", "疏通管网", "≥12公里", "12.6公里"],
    ]
    facts = read(rows)
    found = [(f.label, f.measure, f.value, f.unit) for f in facts if f.measure in ("指标值", "实际值")]
    assert found == [
        ("清掏检查井(座)", "指标值", Decimal(520), "座"),
        ("清掏检查井(座)", "实际值", Decimal(543), "座"),
        ("疏通管网", "指标值", Decimal(12), "公里"),
        ("疏通管网", "实际值", Decimal("12.6"), "公里"),
    ]
