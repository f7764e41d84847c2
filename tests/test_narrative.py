"""Facts of the prose: sentences as departments of several provinces print them.

A figure with the wrong subject or year would become a wrong figure that looks checked, so each case spells out whose
figure it is, of which kind and year, and against what it is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Fact, Profile, Section, State
from index.narrative import text_facts
from tests.builders import paragraph


def said(*texts: str, heading: str = "", stage: str = "决算", subordinates: Sequence[str] = ()) -> tuple[Fact, ...]:
    """The facts of paragraphs under one heading, in a document of 2024."""
    about = Profile("青山省交通运输厅", ("省交通厅",), 2024, stage, "部门", "青山省", tuple(subordinates))
    sections = (Section(1, 2, heading, (heading,), 1),) if heading else ()
    return text_facts([paragraph(text, section=len(sections)) for text in texts], sections, about)


def brief(facts: Sequence[Fact]) -> list[str]:
    """label printed unit measure, one line a fact."""
    return [f"{f.label} {f.printed}{f.unit} {f.measure}" for f in facts]


def of(facts: Sequence[Fact], label: str, measure: str) -> Fact:
    found = [fact for fact in facts if (fact.label, fact.measure) == (label, measure)]
    assert len(found) == 1, brief(facts)
    return found[0]


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


# ---------------------------------------------------------------------------------------------------- “三公”经费, vehicles


def test_three_fees_with_their_parts_in_brackets() -> None:
    facts = said(
        "2024年“三公”经费预算数为100万元，其中：因公出国（境）费20万元，公务用车购置及运行费60万元（其中，公务用车购置费20万元，"
        "公务用车运行费40万元），公务接待费20万元。",
        stage="预算",
    )
    assert [(f.label, f.printed, f.path) for f in facts] == [
        ("三公经费", "100", ()),
        ("因公出国(境)费", "20", ("三公经费",)),
        ("公务用车购置及运行费", "60", ("三公经费",)),
        ("公务用车购置费", "20", ("三公经费", "公务用车购置及运行费")),
        ("公务用车运行费", "40", ("三公经费", "公务用车购置及运行费")),
        ("公务接待费", "20", ("三公经费",)),
    ]


def test_batches_and_persons_received_are_two_counts() -> None:
    facts = said(
        "3.公务接待费20万元。其中：",
        "（1）国内公务接待支出18万元，接待50批次，300人次；",
        "（2）外事接待支出2万元，外事接待3批次，20人，共计支出2万元。",
    )
    assert [(f.label, f.printed, f.unit) for f in facts] == [
        ("公务接待费", "20", "万元"),
        ("国内公务接待支出", "18", "万元"),
        ("国内公务接待", "50", "批次"),
        ("国内公务接待", "300", "人次"),
        ("外事接待支出", "2", "万元"),
        ("外事接待", "3", "批次"),
        ("外事接待", "20", "人"),
        ("外事接待", "2", "万元"),
    ]
    assert {f.path for f in facts[1:]} == {("公务接待费",)}


def test_groups_sent_abroad_and_their_travellers() -> None:
    facts = said("全年使用一般公共预算财政拨款支出涉及的出国（境）团组2个，累计5人次。")
    assert [(f.label, f.printed, f.unit) for f in facts] == [("出国(境)团组", "2", "个"), ("出国(境)人次", "5", "人次")]


def test_cars_bought_and_cars_kept() -> None:
    facts = said(
        "2.公务用车购置及运行维护费支出60万元，完成预算80%。",
        "其中：公务用车购置支出20万元。全年更新购置公务用车1辆，其中：轿车0辆、越野车1辆，金额20万元。",
        "公务用车运行维护费支出40万元。截至2024年12月底，单位共有公务用车10辆，其中：轿车5辆、越野车5辆。",
    )
    assert of(facts, "公务用车购置支出", "决算").path == ("公务用车购置及运行维护费",)
    assert of(facts, "更新购置公务用车", "决算").printed == "20"  # the price of the cars is not that of the last kind
    assert [f.printed for f in facts if f.label == "公务用车"] == ["10"]
    assert [f.path[-1] for f in facts if f.label == "越野车"] == ["更新购置公务用车", "公务用车"]


def test_why_less_was_spent_than_planned_says_nothing_of_last_year() -> None:
    facts = said(
        "2024年度“三公”经费支出决算为100万元，完成预算的83.3%，比上年增加10万元，增长11.1%。决算数小于预算数的主要原因是厉行节约。"
    )
    assert [(f.measure, f.reason) for f in facts] == [
        ("决算", "厉行节约"),
        ("完成率", "厉行节约"),
        ("增减额", ""),
        ("增减率", ""),
    ]


def test_a_reason_belongs_to_the_clause_it_ends() -> None:
    facts = said(
        "公务用车购置及运行费20万元，其中：公务用车购置费0万元，与上年持平，主要原因是未购车；公务用车运行费20万元，比上年减少2万元，"
        "主要原因是车辆减少。",
        stage="预算",
    )
    assert [(f.label, f.reason) for f in facts] == [
        ("公务用车购置及运行费", ""),
        ("公务用车购置费", "未购车"),
        ("公务用车购置费", "未购车"),
        ("公务用车运行费", "车辆减少"),
        ("公务用车运行费", "车辆减少"),
    ]


def test_a_reason_in_several_points_is_one_reason_and_its_figures_stand_alone() -> None:
    facts = said("收入总计100万元，比上年减少30万元，主要原因：一是减少人员经费10万元；二是减少项目支出20万元。")
    assert facts[1].reason == "一是减少人员经费10万元；二是减少项目支出20万元"
    assert [(f.label, f.printed, f.measure, f.direction) for f in facts[2:]] == [
        ("人员经费", "10", "增减额", "减少"),
        ("项目支出", "20", "增减额", "减少"),
    ]


# ------------------------------------------------------------------------------- running costs, procurement, assets, staff


def test_running_costs_have_one_name_whoever_spends_them() -> None:
    facts = said(
        "2024年，青山省交通运输厅机关及下属2家参公管理的事业单位机关运行经费财政拨款预算为500万元，较2023年预算增加20万元。",
        stage="预算",
    )
    assert [(f.label, f.printed) for f in facts if f.unit == "万元"] == [
        ("机关运行经费", "500"),
        ("机关运行经费", "20"),
    ]
    assert {f.scope for f in facts if f.unit == "万元"} == {"机关运行经费"}


def test_a_remark_that_two_figures_agree_is_no_change() -> None:
    facts = said("机关运行经费支出50万元（与部门决算中基本支出中公用经费之和一致）。与上年相比减少5万元，下降9.09%。")
    assert [(f.label, f.printed, f.measure) for f in facts] == [
        ("机关运行经费", "50", "决算"),
        ("机关运行经费", "5", "增减额"),
        ("机关运行经费", "9.09", "增减率"),
    ]


def test_procurement_by_kind_and_by_size_of_supplier() -> None:
    facts = said(
        "政府采购支出总额1,000万元，其中：政府采购货物支出300万元、政府采购工程支出200万元、政府采购服务支出500万元。授予中小企业"
        "合同金额800万元，占政府采购支出总额的80%，其中：授予小微企业合同金额600万元，占授予中小企业合同金额的75%。"
    )
    assert brief(facts) == [
        "政府采购支出总额 1,000万元 决算",
        "政府采购货物支出 300万元 决算",
        "政府采购工程支出 200万元 决算",
        "政府采购服务支出 500万元 决算",
        "授予中小企业合同金额 800万元 决算",
        "授予中小企业合同金额 80% 占比",
        "授予小微企业合同金额 600万元 决算",
        "授予小微企业合同金额 75% 占比",
    ]
    assert (facts[5].basis, facts[7].basis) == ("政府采购支出总额", "授予中小企业合同金额")
    assert (facts[4].path, facts[6].path) == ((), ("授予中小企业合同金额",))


def test_assets_on_a_closing_date() -> None:
    facts = said(
        "截至2023年12月31日，部门及所属各预算单位共有车辆20辆，其中，机要通信用车2辆、其他用车18辆。单价100万元（含）以上设备"
        "（不含车辆）3台（套）。2024年部门预算安排购置车辆1辆。",
        stage="预算",
    )
    assert [(f.label, f.printed, f.year) for f in facts] == [
        ("车辆", "20", 2023),
        ("机要通信用车", "2", 2023),
        ("其他用车", "18", 2023),
        ("单价100万元(含)以上设备(不含车辆)", "3", 2023),
        ("购置车辆", "1", 2024),
    ]


def test_posts_and_people_in_post() -> None:
    facts = said(
        "青山省交通运输厅编制数300人，其中行政编制100人，事业编制200人；实有在职人员280人，其中：行政人员95人，事业人员185人；"
        "退休人员150人。"
    )
    assert [(f.label, f.printed, f.path) for f in facts] == [
        ("编制数", "300", ()),
        ("行政编制", "100", ("编制数",)),
        ("事业编制", "200", ("编制数",)),
        ("在职人员", "280", ()),
        ("行政人员", "95", ("在职人员",)),
        ("事业人员", "185", ("在职人员",)),
        ("退休人员", "150", ()),
    ]


def test_units_inside_the_department_are_the_entities_of_their_figures() -> None:
    facts = said("青山省公路局共有行政编制30人。青山省交通运输厅共有行政编制100人。", subordinates=("青山省公路局",))
    assert [(f.entity, f.label, f.printed) for f in facts] == [
        ("青山省公路局", "行政编制", "30"),
        ("", "行政编制", "100"),
    ]


def test_a_summary_of_a_self_evaluation_is_about_its_project() -> None:
    facts = said(
        "公路养护项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为95.5分。全年预算数为500万元，执行数为480万元，完成预算的96%。"
    )
    assert {(f.label, f.entity) for f in facts} == {("公路养护", "公路养护")}
    assert [f.measure for f in facts] == ["得分", "全年预算", "决算", "完成率"]


def test_meetings_and_those_who_attend() -> None:
    facts = said("会议费预算3万元，拟召开2次会议，人数200人。", stage="预算")
    assert [(f.label, f.printed, f.unit) for f in facts] == [
        ("会议费", "3", "万元"),
        ("会议", "2", "次"),
        ("会议人数", "200", "人"),
    ]


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
