"""Facts of the prose on “三公”经费, vehicles, procurement, assets, staff and self-evaluations."""

from __future__ import annotations

from tests.prose import brief, of, said

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


def test_an_item_of_a_list_is_what_its_sentence_speaks_of_whatever_it_is_called() -> None:
    facts = said("（一）因公出国（境）经费：2024年预算安排0万元。", "（二）培训经费：2024年预算安排5万元。", stage="预算",
                 heading="五、一般公共预算“三公”经费支出情况")  # fmt: skip
    assert [(f.label, f.printed) for f in facts] == [("因公出国(境)经费", "0"), ("培训经费", "5")]


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


def test_behind_a_bracket_the_whole_is_spoken_of_again() -> None:
    facts = said("国内公务接待共15批次（其中外事接待0批次），105人次（其中外事接待0人次）。")
    assert [(f.label, f.printed, f.unit) for f in facts] == [
        ("国内公务接待", "15", "批次"),
        ("外事接待", "0", "批次"),
        ("国内公务接待", "105", "人次"),
        ("外事接待", "0", "人次"),
    ]
    facts = said("公车购置及运行费996万元（其中公务用车购置费38万元，公务用车运行费958万元），比上年决算数下降26.24%。")
    assert brief(facts)[-1] == "公车购置及运行费 26.24% 增减率"


def test_two_numbers_of_one_thing() -> None:
    facts = said("2016年公务用车购置数及保有量分别为1辆和130辆。")
    assert [(f.label, f.printed) for f in facts] == [("公务用车购置数", "1"), ("公务用车保有量", "130")]
    facts = said("公务用车运行费9万元，主要是保留车辆数减少，2016年公务用车购置数及保有量分别为1辆和130辆。")
    assert [(f.label, f.printed) for f in facts[1:]] == [("公务用车购置数", "1"), ("公务用车保有量", "130")]


def test_no_difference_from_the_budget_has_a_reason_of_its_own() -> None:
    facts = said(
        "“三公”经费支出预算为6.35万元，支出决算为6.35万元，完成预算的100%；较上年增加0.61万元，增长10.63%。"
        "决算数与预算数持平的主要原因是按调整后的预算执行。决算数较上年增加的主要原因是接待批次增加。"
    )
    assert [f.reason for f in facts] == ["按调整后的预算执行"] * 3 + ["接待批次增加"] * 2


def test_the_three_fees_under_their_longer_names() -> None:
    for name in (
        "因公出国（境）经费、公务接待费、公车购置费，公车运行费（“三公”经费）决算总额",
        "全县县级部门汇总一般公共预算“三公”经费安排",
        "一般公共预算及政府性基金财政拨款“三公”经费支出决算为",
        "一般公共预算安排“三公”经费决算数",
    ):
        assert brief(said(f"2024年{name}2771万元。")) == ["三公经费 2771万元 决算"]


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
