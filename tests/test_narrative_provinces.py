"""Facts of the prose as it is worded elsewhere: two comparisons in one sentence, counts behind money, reasons repeated."""

from __future__ import annotations

import pytest

from index.model import State
from tests.prose import brief, of, said

# ------------------------------------------------------------------------------------------ where a reason ends and begins


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出预算为6万元，支出决算为5万元，完成预算的83.33%，决算数小于预算数的主要原因是压减接待批次，"
        "与上年相比减少2万元，下降28.57%，减少的主要原因是同城不接待。",
        "公务接待费5万元，较年初预算数减少1万元，下降16.67%，主要原因是压减接待批次；较上年支出数减少2万元，下降28.57%，主要是来访减少，同城不接待。",
        "公务接待费支出5万元，支出决算较年初预算减少1万元，降低16.67%，主要是压减接待批次；较上年度减少2万元，降低28.57%，主要是来访减少，同城不接待。",
    ],
)
def test_each_comparison_has_a_reason_of_its_own(text: str) -> None:
    facts = said(text)
    change = next(f for f in facts if f.measure == "增减额" and f.basis.startswith("上年"))
    assert (change.label, change.printed, change.direction) == ("公务接待费", "2", "减少")
    assert change.reason.endswith("同城不接待") and "压减" not in change.reason
    spent = next(f for f in facts if f.measure == "决算")
    assert spent.reason == "压减接待批次"


def test_a_change_inside_a_reason_is_not_one_of_its_subject() -> None:
    facts = said("机关运行经费支出100万元，较上年减少5万元，下降4.76%，主要原因是办公设备购置减少，较上年减少4万元。")
    assert [f.printed for f in facts if f.label == "机关运行经费" and f.measure == "增减额"] == ["5"]


def test_another_total_behind_a_semicolon_is_no_part_of_the_reason() -> None:
    facts = said(
        "收入预算4,872.66万元，比上年增加874.39万元，增长21.87%，主要原因是大堤加固进入高峰期；"
        "支出预算4,872.66万元，比上年增加874.39万元，增长21.87%，主要原因同上。",
        stage="预算",
    )
    assert {f.label for f in facts} == {"收入预算", "支出预算"}
    assert {f.reason for f in facts} == {"大堤加固进入高峰期"}


def test_a_reason_behind_counts_explains_the_change_before_them() -> None:
    facts = said(
        "公务接待费预算8万元，较上年减少1万元，国内公务接待批次60次，共计接待500人次。减少原因：落实过紧日子要求。"
    )
    assert of(facts, "公务接待费", "增减额").reason == "落实过紧日子要求"
    assert not any(f.reason for f in facts if f.measure == "数量")


# --------------------------------------------------------------------------------------------------- comparisons and rates


def test_a_comparison_without_a_comma_gives_no_year_to_its_figure() -> None:
    facts = said("与上年相比收、支预算总计各增加300万元，增长3.45%。", stage="预算")
    assert [(f.label, f.measure, f.year, f.basis) for f in facts] == [
        ("收支预算总计", "增减额", 2024, "上年"),
        ("收支预算总计", "增减率", 2024, "上年"),
    ]


def test_a_rate_in_brackets_is_that_of_the_change_before_it() -> None:
    rate = of(said("公务接待费3万元，比上年减少0.5万元（14.29%）。"), "公务接待费", "增减率")
    assert (rate.printed, rate.direction, rate.basis) == ("14.29", "减少", "上年")


def test_behind_the_parts_it_is_the_whole_that_changed() -> None:
    facts = said("2024年总收入80万元，其中：财政拨款50万元，其他收入30万元。与上年对比增加9万元，主要原因是项目增加。")
    assert brief(facts)[-1] == "总收入 9万元 增减额"
    assert of(facts, "总收入", "增减额").reason == "项目增加"


def test_a_fee_among_the_basic_expenditure_is_that_part_of_it() -> None:
    line = "商品和服务支出包括：办公费5.00万元、公务接待费1.20万元。"
    assert of(said(line, heading="基本支出决算情况说明"), "公务接待费", "决算").scope == "基本支出"
    assert of(said(line, heading="三公经费决算情况说明"), "公务接待费", "决算").scope == "三公经费"


# ----------------------------------------------------------------------------------------------------------------- counts


def test_money_behind_a_count_is_that_of_what_money_was_told_of() -> None:
    facts = said("公务用车购置费支出0万元，全年购置公务用车0辆，年末公务用车保有5辆，决算数较全年预算数减少1万元。")
    assert brief(facts)[1:] == ["购置公务用车 0辆 数量", "公务用车保有量 5辆 数量", "公务用车购置费 1万元 增减额"]


def test_guests_are_those_of_the_reception() -> None:
    facts = said(
        "公务接待费支出决算为10.94万元，全年共接待来访团组86个、来宾742人次，主要是上级检查发生的接待支出。其中外宾接待支出0.00万元，"
        "接待外宾0批次、0人次。"
    )
    assert {f.path for f in facts[1:]} == {("公务接待费",)}
    assert of(facts, "来访团组", "数量").printed == "86"


def test_meetings_are_counted_by_their_noun_not_by_their_purpose() -> None:
    facts = said(
        "本部门开支会议费12.46万元，用于召开全市工作会议、现场会等9次会议，人数共计820人；开支培训费18.64万元，用于开展业务骨干、"
        "基层技术人员等6期培训，人数1150人；未举办节庆、论坛活动。"
    )
    assert brief(facts)[:6] == [
        "会议费 12.46万元 决算",
        "会议 9次 数量",
        "会议人数 820人 数量",
        "培训费 18.64万元 决算",
        "培训 6期 数量",
        "培训人数 1150人 数量",
    ]
    assert facts[6].state is State.ZERO and facts[6].label == "节庆"


@pytest.mark.parametrize(
    ("text", "count", "about"),
    [
        ("我部门组织对2024年度项目支出全面开展绩效自评，共涉及项目7个，资金2,731.50万元。", "7", "绩效自评"),
        ("2024年，本部门全面实施预算绩效管理，对13个项目编制了绩效目标，涉及资金3,318.90万元。", "13", "绩效目标"),
    ],
)
def test_projects_are_those_of_the_evaluation(text: str, count: str, about: str) -> None:
    projects = next(f for f in said(text) if f.unit == "个")
    assert (projects.printed, projects.path) == (count, (about,)) and projects.label.endswith("项目")


def test_bare_spending_behind_a_balance_is_that_of_the_income_before() -> None:
    facts = said(
        "政府性基金预算财政拨款收入380万元；年初结转和结余0万元；支出381万元，其中项目支出381万元；年末结转和结余0万元。"
    )
    assert of(facts, "政府性基金预算财政拨款支出", "决算").printed == "381"
    assert of(facts, "年初结转和结余", "决算").printed == "0"


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("省交通厅内设五个职能科室：办公室、人事科、财务科、规划科、建设科。", "内设职能科室", 5),
        ("部门预算单位由厅本级和三家下属事业单位构成。", "下属事业单位", 3),
        ("纳入部门决算编制范围的单位共十二家。", "纳入部门决算编制范围的单位", 12),
        ("本部门由机关本级和3家下属单位组成。", "下属单位", 3),
    ],
)
def test_offices_are_counted_in_words_too(text: str, label: str, value: int) -> None:
    (fact,) = said(text)
    assert (fact.label, fact.value, fact.measure) == (label, value, "数量")


@pytest.mark.parametrize("text", ["坚持两个维护，落实三个部门职责。", "一个单位一个策略。", "第三个单位负责养护。"])
def test_numbers_of_speech_are_no_counts(text: str) -> None:
    assert not said(text)


def test_a_plan_of_this_year_that_is_compared_with_is_no_figure_of_last_year() -> None:
    facts = said(
        "机关运行经费84.27万元，比年初预算数90.00万元减少5.73万元，下降6.37%，比2023年增加4.91万元，增长6.19%。"
    )
    planned = of(facts, "机关运行经费", "年初预算")
    assert (planned.printed, planned.year) == ("90.00", 2024)
    assert [(f.printed, f.direction, f.basis) for f in facts if f.measure.startswith("增减")] == [
        ("5.73", "减少", "年初预算数"),
        ("6.37", "减少", "年初预算数"),
        ("4.91", "增加", "2023年"),
        ("6.19", "增加", "2023年"),
    ]


def test_a_list_of_units_is_counted_at_its_end() -> None:
    (fact,) = said("决算单位构成。2024年部门决算汇总公开单位构成包括：省交通厅本级、省公路局、省航道局，共3家。")
    assert fact.label.endswith("单位") and (fact.printed, fact.unit) == ("3", "家")


def test_who_the_running_costs_are_of_is_no_part_of_their_name() -> None:
    facts = said("行政单位（含参照公务员法管理的事业单位）机关运行经费支出合计342.76万元，比上年减少18.35万元。")
    assert {f.label for f in facts} == {"机关运行经费"}


# ------------------------------------------------------------------------------------------------------- Inner Mongolia, Sichuan


def test_no_plan_at_the_beginning_of_the_year_takes_no_reason_from_the_account() -> None:
    facts = said(
        "3.社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。年初预算0.00万元，支出决算41.28万元，年初未安排预算。决算数大于年初预算数的"
        "主要原因：年中追加丧葬费。"
    )
    assert [(f.label, f.reason) for f in facts] == [("死亡抚恤", "年中追加丧葬费")] * 2


def test_both_sides_summed_have_one_name() -> None:
    facts = said("2024年度收入、支出决算总计3,400.77万元。与上年决算相比，收、支总计各增加752.25万元，增长28.40%。")
    assert [(f.label, f.measure) for f in facts] == [
        ("收支总计", "决算"),
        ("收支总计", "增减额"),
        ("收支总计", "增减率"),
    ]


def test_staff_behind_semicolons_are_no_parts_of_the_staff_before() -> None:
    facts = said(
        "本单位内设办公室、财务科2个科室。实有在职人员88人，其中专业技术人员74人；退休人员41人；另有编外聘用人员22人。"
    )
    assert [(f.label, f.path) for f in facts] == [
        ("内设科室", ()),
        ("在职人员", ()),
        ("专业技术人员", ("在职人员",)),
        ("退休人员", ()),
        ("编外聘用人员", ()),
    ]


def test_each_number_of_projects_is_of_what_was_done_with_them() -> None:
    facts = said(
        "组织对旅游宣传经费等11个项目开展了预算事前绩效评估，对22个项目编制了绩效目标，预算执行过程中，选取8个项目开展绩效监控，"
        "年终对19个项目开展绩效自评。"
    )
    assert [(f.printed, f.path) for f in facts] == [
        ("11", ("绩效评估",)),
        ("22", ("绩效目标",)),
        ("8", ("绩效监控",)),
        ("19", ("绩效自评",)),
    ]


@pytest.mark.parametrize(
    "account",
    [
        "教育支出（205）进修及培训（20508）培训支出（2050803）",
        "教育支出（205类）进修及培训（20508款）培训支出（2050803项）",
        "教育支出（类205）进修及培训（款20508）培训支出（项2050803）",
    ],
)
def test_an_account_behind_those_above_it_each_with_its_code(account: str) -> None:
    facts = said(f"5.{account}2024年预算数为12.86万元，比2023年预算数增加2.82万元，增长28.09%。", stage="预算")
    assert [f.measure for f in facts] == ["预算", "增减额", "增减率"]
    assert {(f.label, f.code, f.path) for f in facts} == {("培训支出", "2050803", ("教育支出", "进修及培训"))}


def test_accounts_of_a_list_each_with_its_code_are_not_below_one_another() -> None:
    facts = said("主要用于：教育支出（205）100万元；卫生健康支出（210）50万元。", stage="预算")
    assert [(f.label, f.code, f.path) for f in facts] == [("教育支出", "205", ()), ("卫生健康支出", "210", ())]
