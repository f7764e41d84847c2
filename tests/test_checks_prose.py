"""Shares, completion rates, changes and sums inside the prose."""

from __future__ import annotations

import pytest

from index.checks import Result, severity_of
from index.checks.items import items_listed
from index.checks.parts import budgets_add_up, parts_add_up
from index.checks.rates import changes, changes_possible, completion_rates, shares, shares_of_one_whole
from index.model import Severity
from tests.disclosed import compared, disclosed, failures, results, sheet

SPENT = "2022年度支出合计{whole}万元，其中：基本支出{basic}万元，占{first}%；项目支出{project}万元，占{second}%。"


def spent(
    whole: str = "100.00", basic: str = "60.00", first: str = "60.00", project: str = "40.00", second: str = "40.00"
) -> str:
    return SPENT.format(whole=whole, basic=basic, first=first, project=project, second=second)


def test_shares_of_a_whole() -> None:
    case = disclosed(prose=[spent()], title="支出决算情况说明")
    assert results(shares, case) == [Result.HOLDS, Result.HOLDS]
    assert results(shares_of_one_whole, case) == [Result.HOLDS]
    assert results(parts_add_up, case) == [Result.HOLDS]


BASIC = (
    "2022年度一般公共预算财政拨款基本支出9.00万元，其中：人员经费7.00万元，主要包括：基本工资、津贴补贴、奖金、{more}；"
    "公用经费2.00万元，主要包括：办公费、维修(护)费。"
)
ACCOUNTS = (
    *(["30101", "基本工资", "3.00"], ["30102", "津贴补贴", "2.00"], ["30103", "奖金", "1.00"]),
    *(
        ["30302", "退休费", "1.00"],
        ["30304", "抚恤金", ""],
        ["30201", "办公费", "1.00"],
        ["30213", "维修（护）费", "1.00"],
    ),
)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("退休费", None),
        ("抚恤金", "没有金额的“抚恤金”，漏列了表中有金额的“退休费”"),
        ("绩效工资、住房公积金、抚恤金、伙食补助费", ""),
    ],
)
def test_accounts_listed_are_those_with_figures(more: str, said: str | None) -> None:
    """A list that has little to do with the table is the template's and says nothing."""
    table = sheet("F06", ["科目编码", "科目名称", "决算数"], ACCOUNTS)
    found = compared(items_listed, disclosed(table, prose=[BASIC.format(more=more)]))
    assert [outcome.result for outcome in found] == ([Result.FAILS] if said else [Result.HOLDS] if said is None else [])
    assert all((said or "") in outcome.message for outcome in found)


def test_a_wrong_share_names_the_share_and_the_figures_behind_it() -> None:
    case = disclosed(prose=[spent(first="66.00")], title="支出决算情况说明")
    (outcome,) = failures(shares, case)
    assert [fact.printed for fact in outcome.facts] == ["66.00", "60.00", "100.00"]
    assert "60.00%" in outcome.message
    assert failures(shares_of_one_whole, case)


@pytest.mark.parametrize(
    ("share", "result"),
    [("66.67", Result.HOLDS), ("66.66", Result.ROUNDING), ("66.70", Result.ROUNDING), ("67.67", Result.FAILS)],
)
def test_a_share_may_come_from_the_figures_behind_the_print(share: str, result: Result) -> None:
    text = spent(whole="3.00", basic="2.00", first=share, project="1.00", second="33.33")
    assert results(shares, disclosed(prose=[text], title="支出决算情况说明"))[0] is result


def test_a_part_that_is_not_the_rest() -> None:
    case = disclosed(prose=[spent(project="49.00")], title="支出决算情况说明")
    (outcome,) = failures(parts_add_up, case)
    assert {"100.00", "60.00", "49.00"} == {fact.printed for fact in outcome.facts}


THREE = "公务接待费预算数为{plan}万元，支出决算数为{done}万元，完成预算的{rate}%。"


@pytest.mark.parametrize(
    ("plan", "done", "rate", "result"),
    [
        ("2.00", "1.50", "75.00", Result.HOLDS),
        ("2.00", "1.50", "57.00", Result.FAILS),
        ("0.00", "0.00", "0.00", Result.FAILS),
    ],
)
def test_completion(plan: str, done: str, rate: str, result: Result) -> None:
    text = THREE.format(plan=plan, done=done, rate=rate)
    case = disclosed(prose=[text], title="“三公”经费财政拨款支出决算情况说明")
    assert results(completion_rates, case) == [result]


GROWN = "2022年度收、支总计均为{now}万元。与上年度相比，收、支总计各{verb}{change}万元，{rate_verb}{rate}%，主要原因是人员变动。"


@pytest.mark.parametrize(
    ("verb", "change", "rate_verb", "rate", "result"),
    [
        ("增加", "20.00", "增长", "25.00", Result.HOLDS),
        ("减少", "25.00", "下降", "20.00", Result.HOLDS),
        ("增加", "20.00", "增长", "20.00", Result.FAILS),
    ],
)
def test_changes(verb: str, change: str, rate_verb: str, rate: str, result: Result) -> None:
    text = GROWN.format(now="100.00", verb=verb, change=change, rate_verb=rate_verb, rate=rate)
    case = disclosed(prose=[text], title="收入支出决算总体情况说明")
    assert results(changes, case, "N-Y") == [result]


def test_an_increase_that_is_called_a_decline() -> None:
    text = GROWN.format(now="100.00", verb="增加", change="20.00", rate_verb="下降", rate="25.00")
    assert failures(changes, disclosed(prose=[text], title="收入支出决算总体情况说明"), "N-D")


def test_nothing_grows_by_more_than_it_is() -> None:
    text = "政府性基金拨款支出预算0万元，比2022年预算增加1421.25万元。"
    case = disclosed(prose=[text], title="部门预算编制说明", stage="预算", year=2023)
    (outcome,) = failures(changes_possible, case)
    assert outcome.facts[0].printed == "1421.25"


def test_growth_from_a_stated_year_before() -> None:
    item = "1.“教育支出（类）进修及培训（款）培训支出（项）”{now}万元。2022年当年预算执行数为{then}万元，2023年预算安排{now}万元，比2022年预算执行数增加{rate}%。"
    for rate, result in (("50.00", Result.HOLDS), ("55.00", Result.FAILS)):
        text = item.format(now="3.00", then="2.00", rate=rate)
        case = disclosed(prose=[text], title="一般公共预算支出预算情况说明", stage="预算", year=2023)
        assert results(changes, case, "N-Y") == [result]


def test_purchases_and_vehicles() -> None:
    bought = "2022年度政府采购支出总额371.71万元，其中：政府采购货物支出{goods}万元、政府采购工程支出0.00万元、政府采购服务支出81.52万元。"
    cars = "2022年期末，我部门共有车辆{cars}辆，其中：机要通信用车1辆、应急保障用车15辆、其他用车0辆。"
    right = disclosed(prose=[bought.format(goods="290.19"), cars.format(cars="16")], title="其他重要事项情况说明")
    assert results(parts_add_up, right) == [Result.HOLDS, Result.HOLDS]
    wrong = disclosed(prose=[bought.format(goods="290.91"), cars.format(cars="18")], title="其他重要事项情况说明")
    assert results(parts_add_up, wrong) == [Result.FAILS, Result.FAILS]


STAFF = "本单位核定编制{posts}人，其中：行政编制42人，参照公务员法管理编制68人，事业编制186人；离退休人员9人，其中：离休1人，退休8人。"


@pytest.mark.parametrize(("posts", "severity"), [("296", None), ("286", Severity.ERROR), ("306", Severity.WARNING)])
def test_staff_by_kind(posts: str, severity: Severity | None) -> None:
    first, second = compared(parts_add_up, disclosed(prose=[STAFF.format(posts=posts)], title="机构设置情况"))
    assert second.result is Result.HOLDS
    assert first.result is (Result.FAILS if severity else Result.HOLDS)
    assert not severity or severity_of(first) is severity


def test_staff_of_some_kinds_says_nothing() -> None:
    text = "实有在职人员88人，其中：事业人员60人，专业技术人员40人。"
    assert not compared(parts_add_up, disclosed(prose=[text], title="机构设置情况"))


def test_a_list_that_leaves_something_out_says_nothing() -> None:
    text = "固定资产总额{whole}万元，其中：房屋建筑物30.00万元，车辆20.00万元，办公设备7.25万元，专用设备2.00万元。"
    for whole, outcome in (("59.25", [Result.HOLDS]), ("58.25", [Result.FAILS]), ("99.00", [])):
        case = disclosed(prose=[text.format(whole=whole)], title="国有资产占用情况说明", stage="预算")
        assert results(parts_add_up, case) == outcome


def test_budgets_told_one_by_one() -> None:
    total = "2022年度一般公共预算财政拨款支出年初预算为{total}万元，支出决算为9.00万元。其中："
    items = [
        "1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为4.00万元，支出决算为3.00万元。",
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为6.00万元，支出决算为6.00万元。",
    ]
    for printed, result in (("10.00", Result.HOLDS), ("12.00", Result.FAILS)):
        assert results(budgets_add_up, disclosed(prose=[total.format(total=printed), *items])) == [result]
