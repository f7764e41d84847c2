"""Facts of the prose: sentences as departments of several provinces print them.

A figure with the wrong subject or year would become a wrong figure that looks checked, so each case spells out whose
figure it is, of which kind and year, and against what it is measured.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import State
from tests.prose import brief, of, said

# ---------------------------------------------------------------------------------------------- totals and their changes


def test_totals_with_change_base_and_reason() -> None:
    facts = said(
        "2024年度收入总计12,345.67万元，支出总计12,345.67万元。与2023年度决算数相比，收入、支出总计各减少1,234.56万元，"
        "下降9.1%，主要是由于项目支出减少。"
    )
    assert brief(facts) == [
        "收入总计 12,345.67万元 决算",
        "支出总计 12,345.67万元 决算",
        "收支总计 1,234.56万元 增减额",
        "收支总计 9.1% 增减率",
    ]
    assert {fact.year for fact in facts} == {2024}
    assert [(f.direction, f.basis, f.reason) for f in facts[2:]] == [("减少", "2023年度决算数", "项目支出减少")] * 2
    assert facts[0].value == Decimal("12345.67")
    assert facts[0].canonical == Decimal("123456700")


def test_parts_stand_below_what_they_divide() -> None:
    facts = said(
        "本年收入合计10,000万元，其中：财政拨款收入9,000万元，占90%；事业收入500万元，占5%；其他收入500万元，占5%。"
    )
    assert brief(facts)[1:3] == ["财政拨款收入 9,000万元 决算", "财政拨款收入 90% 占比"]
    assert {fact.path for fact in facts[1:]} == {("本年收入合计",)}


def test_the_level_it_is_compared_with_is_last_years() -> None:
    facts = said("2024年收入预算1,000万元，较2023年的900万元增加100万元，增幅11.1%。", stage="预算")
    assert [(f.printed, f.measure, f.year) for f in facts] == [
        ("1,000", "预算", 2024),
        ("900", "上年", 2023),
        ("100", "增减额", 2024),
        ("11.1", "增减率", 2024),
    ]
    assert facts[2].direction == "增加"


def test_years_stand_before_or_behind_the_name() -> None:
    facts = said("因公出国（境）费用：2024年预算10万元，2024年决算8万元，2023年决算6万元。")
    assert [(f.label, f.printed, f.measure, f.year) for f in facts] == [
        ("因公出国(境)费用", "10", "预算", 2024),
        ("因公出国(境)费用", "8", "决算", 2024),
        ("因公出国(境)费用", "6", "上年", 2023),
    ]
    facts = said("公务接待费2024年预算5万元，比2023年预算减少1万元；2023年执行数4.5万元。", stage="预算")
    assert {f.label for f in facts} == {"公务接待费"}
    assert [(f.measure, f.year, f.basis) for f in facts] == [
        ("预算", 2024, ""),
        ("增减额", 2024, "2023年预算"),
        ("上年", 2023, "执行数"),
    ]


@pytest.mark.parametrize(
    "words", ["与上年持平", "与2023年预算持平", "比上年无变化", "较2023年预算数保持不变", "与上年预算基本一致"]
)
def test_no_change_is_a_change_of_nothing(words: str) -> None:
    facts = said(f"公务接待费20万元，{words}。", stage="预算")
    assert facts[0].printed == "20"
    change = of(facts, "公务接待费", "增减额")
    assert (change.direction, change.value, change.state) == ("持平", Decimal(0), State.ZERO)


def test_a_form_that_left_both_directions_open_tells_none() -> None:
    facts = said("与上年相比，收、支总计各增加（减少）100万元，增长（下降）0.8%。")
    assert [(f.label, f.measure, f.direction, f.basis) for f in facts] == [
        ("收支总计", "增减额", "", "上年"),
        ("收支总计", "增减率", "", "上年"),
    ]


def test_years_before_the_last_are_not_the_last() -> None:
    facts = said("2022年、2023年、2024年收入分别为100万元、120万元、150万元。")
    assert [(f.year, f.printed, f.measure) for f in facts] == [
        (2022, "100", "决算"),
        (2023, "120", "上年"),
        (2024, "150", "决算"),
    ]


def test_budget_and_outcome_of_each_part_stay_below_the_whole() -> None:
    facts = said(
        "“三公”经费支出年初预算为10万元，支出决算为8万元，其中：公务用车运行费支出预算为8万元，支出决算为7万元；公务接待费支出预算为"
        "2万元，支出决算为1万元。"
    )
    assert {(f.label, f.path) for f in facts[2:]} == {("公务用车运行费", ("三公经费",)), ("公务接待费", ("三公经费",))}


def test_two_changes_against_one_base() -> None:
    facts = said("与2023年预算相比，基本支出增加100万元，项目支出减少50万元。", stage="预算")
    assert [(f.label, f.direction, f.basis) for f in facts] == [
        ("基本支出", "增加", "2023年预算"),
        ("项目支出", "减少", "2023年预算"),
    ]


def test_the_words_total_belong_to_the_name_not_to_the_change() -> None:
    facts = said("本年收入合计90万元。与上年决算数相比，本年收入合计增加10万元，增长12.5%。")
    assert {fact.label for fact in facts} == {"本年收入合计"}


def test_the_end_of_the_year_is_part_of_the_name_of_what_is_carried_over() -> None:
    facts = said("2024年末财政拨款结转和结余50万元，较上年减少5万元。")
    assert [(f.label, f.measure, f.year) for f in facts] == [
        ("年末财政拨款结转和结余", "决算", 2024),
        ("年末财政拨款结转和结余", "增减额", 2024),
    ]


def test_a_heading_names_the_figure_that_the_sentence_does_not() -> None:
    facts = said("2024年初预算数1,200万元，其中：事业收入200万元。", heading="（一）收入预算", stage="预算")
    assert [(f.label, f.path) for f in facts] == [("收入预算", ()), ("事业收入", ("收入预算",))]


# ------------------------------------------------------------------------------------------------------------- accounts

_ROAD = ("交通运输支出", "公路水路运输")


@pytest.mark.parametrize(
    "text",
    [
        "1.交通运输支出（类）公路水路运输（款）行政运行（项）。年初预算为90万元，支出决算为99万元，完成年初预算的110%。",
        "1.交通运输支出（类）公路水路运输（款）行政运行（项）：年初预算90万元，支出决算为99万元，完成年初预算110%。",
        "（1）行政运行（2140101）。年初预算数为90万元，支出决算为99万元，完成年初预算的110%。",
        "（1）“交通运输支出（类）公路水路运输（款）行政运行（项）”年初预算90万元，支出决算99万元，完成年初预算的110%。",
    ],
)
def test_an_account_with_budget_outcome_and_rate(text: str) -> None:
    facts = said(text)
    assert brief(facts) == ["行政运行 90万元 年初预算", "行政运行 99万元 决算", "行政运行 110% 完成率"]
    assert {(f.code, f.path, f.scope) for f in facts} == {("2140101", _ROAD, "一般公共预算")}
    assert facts[2].basis == "年初预算"


@pytest.mark.parametrize(
    "name", ["2050202-小学教育", "[2050202]小学教育", "2050202小学教育支出", "小学教育（2050202）"]
)
def test_an_account_by_its_code_and_name(name: str) -> None:
    (fact,) = said(f"（一）{name}2505.09万元。主要用于学校教职工工资。", stage="预算")
    assert (fact.label, fact.code, fact.path) == ("小学教育", "2050202", ("教育支出", "普通教育"))


def test_an_account_whose_class_stands_in_a_line_above() -> None:
    facts = said(
        "（一）一般公共服务支出（类）",
        "1.政府办公厅（室）及相关机构事务（款）行政运行（项）。年初预算100万元，支出决算110万元。",
    )
    assert {(f.code, f.path[0]) for f in facts} == {("2010301", "一般公共服务支出")}


def test_each_account_keeps_its_own_reason() -> None:
    facts = said(
        "1.交通运输支出（类）公路水路运输（款）行政运行（项）。年初预算为90万元，支出决算为99万元，完成年初预算的110%。"
        "决算数大于年初预算数的主要原因是：人员增资。",
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为10万元，支出决算为9万元。决算数小于年初预算数"
        "的主要原因是人员减少。",
    )
    assert {f.reason for f in facts if f.label == "行政运行"} == {"人员增资"}
    assert {f.reason for f in facts if f.label == "住房公积金"} == {"人员减少"}


def test_last_years_outcome_and_this_years_plan_of_one_account() -> None:
    facts = said(
        "1.“一般公共服务支出（类）财政事务（款）行政运行（项）”11万元，主要用于人员经费。2023年当年预算执行数为10万元，"
        "2024年预算安排11万元，比2023年预算执行数增加10%。主要原因是人员增加。",
        stage="预算",
    )
    assert [(f.printed, f.measure, f.year) for f in facts] == [
        ("11", "预算", 2024),
        ("10", "上年", 2023),
        ("11", "预算", 2024),
        ("10", "增减率", 2024),
    ]
    assert facts[3].basis == "2023年预算执行数"


# ------------------------------------------------------------------------------------------------- none, scope, quotes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("我部门2024年度没有政府性基金收入，也没有使用政府性基金安排的支出。", "政府性基金收入"),
        ("本单位2024年未安排公务接待费预算。", "公务接待费"),
        ("2024年度无国有资本经营预算财政拨款支出。", "国有资本经营预算财政拨款支出"),
    ],
)
def test_what_there_is_none_of(text: str, label: str) -> None:
    fact = said(text)[0]
    assert (fact.label, fact.value, fact.state) == (label, Decimal(0), State.ZERO)


@pytest.mark.parametrize(
    ("heading", "scope"),
    [
        ("一、收支预算总体情况说明", "全部"),
        ("四、财政拨款收支预算总体情况说明", "财政拨款"),
        ("五、一般公共预算财政拨款支出决算情况说明", "一般公共预算"),
        ("七、政府性基金预算财政拨款收入支出决算情况说明", "政府性基金"),
        ("（三）具体情况", "一般公共预算"),
    ],
)
def test_accounts_are_of_the_money_that_their_section_speaks_of(heading: str, scope: str) -> None:
    text = "（1）交通运输支出（类）支出5,199.42万元，主要用于人员工资。"
    assert {fact.scope for fact in said(text, heading=heading, stage="预算")} == {scope}


@pytest.mark.parametrize(
    "text",
    ["受无线电管理影响，完成率较低。", "无障碍设施建设任务全部完成。", "本部门无变化。", "毫无疑问，支出是必要的。"],
)
def test_words_that_only_look_like_a_denial(text: str) -> None:
    assert not said(text)


def test_money_of_a_part_is_that_of_the_whole_it_divides() -> None:
    facts = said("财政拨款收入总计9,500万元，其中，本年收入9,000万元，使用非财政拨款结余0万元。")
    assert [f.scope for f in facts] == ["财政拨款"] * 3
    assert [f.scope for f in said("使用非财政拨款结余0万元。")] != ["财政拨款"]


@pytest.mark.parametrize(
    "text",
    [
        "≥360天 365天 10 10 0.00%",  # two points and a rate, not 10100.00 %
        "数量指标 接入单位 ≥40个 77个 10 6.43 62.50%",
        "三级指标 指标值 会议出勤率 100%",
        "（已完成项目数/项目总数）*100%",
        "决算编制数据是否账表一致，即决算报表数据与账簿一致。",
    ],
)
def test_what_a_table_or_a_formula_leaves_in_a_text_is_no_statement(text: str) -> None:
    assert not said(text)


def test_a_figure_broken_by_a_blank_is_not_put_together() -> None:
    assert not [fact for fact in said("机关运行经费支出12 34.50万元。") if fact.unit == "万元" and fact.value]


def test_a_line_end_within_an_account_costs_it_nothing() -> None:
    facts = said("1.一般公共服务支出（类）人大事务（款）行政运行", "年初预算为24万元，支出决算为25万元。")
    assert {(f.label, f.code) for f in facts} == {("行政运行", "2010101")}


def test_laws_and_ordinals_hold_no_figures() -> None:
    assert not said("根据《预算法》第14条和财预〔2016〕143号文件，第3项规定执行。")
    assert not said("单价50万元以上的设备应当公开招标。")


def test_a_quote_is_the_sentence_as_printed() -> None:
    text = "2024年度 收入总计 100.00 万元。机关运行经费支出50万元，比上年增加 5 万元。"
    facts = said(text)
    assert all(fact.quote in text for fact in facts)
    assert facts[0].quote == "2024年度 收入总计 100.00 万元。"
    assert facts[0].places


# ------------------------------------------------------------------------------------------------------------ properties

_AMOUNTS = st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False)
_NAMES = st.sampled_from(["收入总计", "机关运行经费", "公务接待费", "基本支出", "一般公共预算财政拨款支出", "项目支出"])


@given(_NAMES, _AMOUNTS, _AMOUNTS, st.booleans(), st.sampled_from(["比上年", "与2023年度相比，", "较2023年决算数"]))
def test_amount_and_change_are_read_back(name: str, amount: Decimal, change: Decimal, more: bool, base: str) -> None:
    verb = "增加" if more else "减少"
    facts = said(f"2024年度{name}{amount:,}万元，{base}{verb}{change:,}万元。")
    level, moved = facts
    assert (level.label, level.value, level.year, level.unit) == (name, amount, 2024, "万元")
    assert (moved.label, moved.value, moved.year) == (name, change, 2024)
    assert (moved.measure, moved.direction) == ("增减额", verb)
    assert moved.basis


@given(st.lists(_AMOUNTS, min_size=2, max_size=6), st.sampled_from(["，", "；", "、"]))
def test_every_part_is_read_below_its_whole(amounts: list[Decimal], stop: str) -> None:
    names = ["财政拨款收入", "事业收入", "经营收入", "其他收入", "上级补助收入", "附属单位上缴收入"]
    parts = stop.join(f"{name}{amount}万元" for name, amount in zip(names, amounts, strict=False))
    whole, *found = said(f"本年收入合计{sum(amounts)}万元，其中：{parts}。")
    assert [fact.value for fact in found] == amounts
    assert {fact.path for fact in found} == {(whole.label,)}
    assert sum(fact.value or Decimal(0) for fact in found) == whole.value
