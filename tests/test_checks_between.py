"""Identities between tables, between the prose and the tables, and between documents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.checks import Case, Outcome, Result, check, findings
from index.checks.accounts import accounts_listed, classes_agree, said_accounts_agree, twins_agree
from index.checks.across import between, pairs
from index.checks.equations import equations_hold
from index.checks.limits import basic_within_three
from index.model import Severity, Table
from index.vocabulary.rulebook import load_rules
from tests.disclosed import disclosed, failures, results, sheet

ACCOUNTS = ["项目>功能分类科目编码", "项目>科目名称"]


def overall(income: str = "10.00", spent: str = "9.00", education: str = "9.00", opening: str = "0.00") -> Table:
    columns = ["收入>项目", "收入>决算数", "支出>项目", "支出>决算数"]
    rows = [
        ["一、一般公共预算财政拨款收入", income, "五、教育支出", education],
        ["本年收入合计", income, "本年支出合计", spent],
        ["年初结转和结余", opening, "年末结转和结余", "1.00"],
        ["收入总计", income, "支出总计", "10.00"],
    ]
    return sheet("F01", columns, rows)


def incomes(total: str = "10.00") -> Table:
    columns = [*ACCOUNTS, "本年收入合计", "财政拨款收入", "其他收入"]
    return sheet("F02", columns, [["合计", "", total, total, "0.00"], ["205", "教育支出", total, total, "0.00"]])


def spending(total: str = "9.00", kind: str = "F03", first: str = "本年支出合计") -> Table:
    columns = [
        *ACCOUNTS,
        first,
        "本年支出>基本支出" if kind == "F05" else "基本支出",
        "本年支出>项目支出" if kind == "F05" else "项目支出",
    ]
    return sheet(
        kind,
        columns,
        [
            ["合计", "", total, "6.00", "3.00"],
            ["205", "教育支出", total, "6.00", "3.00"],
            ["2050803", "培训支出", total, "6.00", "3.00"],
        ],
    )


def failed(rule: str, case: Case) -> list[Outcome]:
    return failures(equations_hold, case, rule)


def test_a_list_of_projects_counts_all_money_or_that_of_the_general_budget() -> None:
    def listed(total: str) -> Case:
        projects = sheet("B12", ["项目名称", "金额"], [["合计", total], ["改造工程", total]])
        general = sheet("B05", [*ACCOUNTS, "合计", "基本支出", "项目支出"], [["合计", "", "8.00", "6.00", "2.00"]])
        return disclosed(projects, spending(kind="B03", first="合计"), general, stage="预算")

    assert not failed("B12-1", listed("3.00")) and not failed("B12-1", listed("2.00"))
    assert failed("B12-1", listed("2.50"))


def test_the_rule_book_is_whole() -> None:
    rules = load_rules()
    assert len(rules) > 60
    assert all(rule.title and rule.formula and rule.group for rule in rules.values())


def test_totals_of_income_and_spending() -> None:
    case = disclosed(overall(), incomes(), spending())
    for rule in ("X-1", "X-2", "X-3"):
        assert results(equations_hold, case, rule) == [Result.HOLDS]


@pytest.mark.parametrize(
    ("case", "rule", "figures"),
    [
        (disclosed(overall(), incomes("12.00"), spending()), "X-1", ["10.00", "12.00"]),
        (disclosed(overall(), incomes(), spending("8.00")), "X-2", ["9.00", "8.00"]),
    ],
)
def test_a_contradiction_between_tables_names_both_figures(case: Case, rule: str, figures: list[str]) -> None:
    (outcome,) = failed(rule, case)
    assert [fact.printed for fact in outcome.facts] == figures
    assert all(figure in outcome.message for figure in figures)


def test_one_last_place_is_rounding() -> None:
    case = disclosed(overall(), incomes("10.01"))
    assert results(equations_hold, case, "X-1") == [Result.ROUNDING]


def test_a_table_that_is_not_there_is_not_applicable() -> None:
    outcomes = [outcome for outcome in check(disclosed(overall())) if outcome.rule == "X-1"]
    assert [outcome.result for outcome in outcomes] == [Result.NOT_APPLICABLE]


def test_classes_of_the_overall_table_are_those_of_the_detailed_one() -> None:
    assert set(results(classes_agree, disclosed(overall(), spending()))) == {Result.HOLDS}
    (outcome,) = failures(classes_agree, disclosed(overall(education="8.00"), spending()))
    assert [fact.printed for fact in outcome.facts] == ["8.00", "9.00"]
    (missing,) = failures(
        classes_agree,
        disclosed(overall(), sheet("F03", [*ACCOUNTS, "本年支出合计"], [["201", "一般公共服务支出", "9.00"]])),
    )
    assert "没有对应的科目" in missing.message


def test_part_of_the_spending_is_not_more_than_all_of_it() -> None:
    general = spending("9.50", "F05", "本年支出>小计")
    assert failures(twins_agree, disclosed(spending("9.00"), general))
    assert not failures(twins_agree, disclosed(spending("9.60"), general))


def test_an_account_that_the_whole_does_not_list() -> None:
    general = sheet("F05", [*ACCOUNTS, "本年支出>小计"], [["2010101", "行政运行", "1.00"]])
    (outcome,) = failures(accounts_listed, disclosed(spending(), general))
    assert "2010101" in outcome.message


def test_public_expenses_of_the_basic_table_are_within_the_table_of_public_expenses() -> None:
    basic = sheet(
        "F06",
        ["经济分类科目编码", "科目名称", "决算数"],
        [["302", "商品和服务支出", "3.00"], ["30217", "公务接待费", "3.00"]],
    )
    for allowed, result in (("3.00", Result.HOLDS), ("2.00", Result.FAILS)):
        three = sheet("F09", ["决算数>合计", "决算数>公务接待费"], [[allowed, allowed]])
        assert results(basic_within_three, disclosed(basic, three)) == [result]


# -------------------------------------------------------------------------------------------- the prose and the tables

ITEM = "1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为{plan}万元，支出决算为{done}万元，完成年初预算的{rate}%。"


def test_what_the_prose_says_of_an_account() -> None:
    general = spending("9.00", "F05", "本年支出>小计")
    right = disclosed(general, prose=[ITEM.format(plan="10.00", done="9.00", rate="90.00")])
    assert Result.HOLDS in results(said_accounts_agree, right)
    wrong = disclosed(general, prose=[ITEM.format(plan="10.00", done="9.90", rate="99.00")])
    (outcome,) = failures(said_accounts_agree, wrong)
    assert [fact.printed for fact in outcome.facts] == ["9.90", "9.00"]
    assert outcome.rule == "N-8"


def test_prose_in_ten_thousands_against_a_table_in_yuan() -> None:
    columns = ["科目编码", "科目名称", "合计"]
    rows = [["合计", "", "1,234,567.00"], ["2050803", "培训支出", "1,234,567.00"]]
    for said, result in (("123.46", Result.HOLDS), ("123.45", Result.ROUNDING), ("132.46", Result.FAILS)):
        case = disclosed(
            sheet("B05", columns, rows, unit="元"),
            prose=[f"1.“教育支出（类）进修及培训（款）培训支出（项）”{said}万元，主要用于培训。"],
            title="一般公共预算支出预算情况说明",
            stage="预算",
        )
        assert results(said_accounts_agree, case) == [result]


def test_the_account_of_a_sentence_is_the_last_of_those_that_bear_their_codes() -> None:
    columns = ["科目编码", "科目名称", "合计"]
    rows = [["205", "教育支出", "9.00"], ["20508", "进修及培训", "9.00"], ["2050803", "培训支出", "2.00"]]
    for said, result in (("2.00", Result.HOLDS), ("9.00", Result.FAILS)):
        case = disclosed(
            sheet("B05", columns, rows),
            prose=[f"1.教育支出（205）进修及培训（20508）培训支出（2050803）2022年预算数为{said}万元。"],
            title="一般公共预算支出预算情况说明",
            stage="预算",
        )
        assert results(said_accounts_agree, case) == [result]


def test_total_income_of_the_prose() -> None:
    for said, result in (("10.00", Result.HOLDS), ("11.00", Result.FAILS)):
        case = disclosed(overall(), prose=[f"2022年度收、支总计均为{said}万元。"], title="收入支出决算总体情况说明")
        assert results(equations_hold, case, "N-1") == [result]


# ------------------------------------------------------------------------------------------------- between documents


def named(case: Case, year: int, stage: str) -> Case:
    return replace(case, profile=replace(case.profile, year=year, stage=stage))


def test_years_follow_and_budgets_meet_their_outturn() -> None:
    last, this = named(disclosed(overall()), 2021, "决算"), named(disclosed(overall()), 2022, "决算")
    plan = named(disclosed(overall()), 2022, "预算")
    met = {(later, earlier) for later, _, earlier, _ in pairs({"21": last, "22": this, "b": plan})}
    assert met == {("22", "21"), ("22", "b")}


def test_what_was_left_is_what_is_brought_forward() -> None:
    last = disclosed(overall(), year=2021)
    for opening, result in (("1.00", Result.HOLDS), ("4.00", Result.FAILS)):
        found = between({"21": last, "22": disclosed(overall(opening=opening))})
        assert [across.outcome.result for across in found if across.outcome.rule == "Y-1"] == [result]
        assert found[0].owners == ("22", "21")


def test_the_budget_told_with_the_outturn_is_the_budget() -> None:
    plan = disclosed(sheet("B05", ["科目编码", "科目名称", "合计"], [["2050803", "培训支出", "10.00"]]), stage="预算")
    for told, result in (("10.00", Result.HOLDS), ("12.00", Result.FAILS)):
        done = disclosed(prose=[ITEM.format(plan=told, done="9.00", rate="90.00")])
        assert [a.outcome.result for a in between({"b": plan, "f": done}) if a.outcome.rule == "Y-2"] == [result]


@pytest.mark.parametrize(("carried", "failed"), [("1.00", 0), ("0.40", 1)])
def test_a_table_of_the_year_leaves_out_what_is_carried_over(carried: str, failed: int) -> None:
    columns = ["收入>项目", "收入>预算数", "支出>项目", "支出>合计", "支出>一般公共预算"]
    rows = [["一、本年收入", "9.00", "一、教育支出", "10.00", "10.00"], ["二、上年结转", carried, "", "", ""],
            ["收入总计", "10.00", "支出总计", "10.00", "10.00"]]  # fmt: skip
    listed = sheet("B05", ["科目编码", "科目名称", "合计"], [["", "合计", "9.00"], ["205", "教育支出", "9.00"]])
    case = disclosed(sheet("B04", columns, rows), listed, stage="预算")
    assert len(failures(classes_agree, case, "X-8")) == failed


def test_what_is_carried_over_is_no_income_of_the_year() -> None:
    columns = ["部门名称", "合计", "本年收入>小计", "本年收入>一般公共预算", "上年结转结余"]
    table = sheet("B02", columns, [["合计", "7,063.35", "6,936.95", "6,936.95", "126.40"]])
    said = "2022年收入预算合计7,063.35万元，包括本年收入合计6,936.95万元，上年结转结余126.40万元。其中：上年结转结余的一般公共预算收入126.40万元。"
    income = sheet("B01", ["收入>项目", "收入>预算数"], [["一、一般公共预算拨款收入", "6,936.95"]])
    case = disclosed(table, income, prose=[said], stage="预算", title="收入预算情况说明")
    assert not failures(equations_hold, case, "N-2")


@pytest.mark.parametrize("label", ["公务接待费", "（三）公务接待费支出", "公务接待支出"])
def test_the_three_public_items_are_known_by_any_ending(label: str) -> None:
    table = sheet("B09", ["项目", "2022年预算"], [["“三公”经费", "6.50"], [label, "6.50"]])
    said = "2022年“三公”经费预算6.80万元，其中：公务接待费6.50万元。"
    case = disclosed(table, prose=[said], stage="预算", title="“三公”经费安排情况说明")
    assert [outcome.facts[0].printed for outcome in failures(equations_hold, case, "N-12")] == ["6.80"]
    assert Result.HOLDS in results(equations_hold, case, "N-14")


def published(organisation: str, level: str, spent: str, subordinates: tuple[str, ...] = ()) -> Case:
    case = disclosed(spending(spent, "F05", "本年支出>小计"))
    about = replace(case.profile, organisation=organisation, level=level, subordinates=subordinates)
    return replace(case, profile=about)


def family(department: str, office: str, unit: str | None) -> dict[str, Case]:
    cases = {
        "部门": published("青山市档案局", "部门", department, ("青山市档案馆",)),
        "本级": published("青山市档案局（本级）", "单位", office),
        "别家": published("青山市水利局", "单位", "90.00"),
    }
    return cases | ({"馆": published("市档案馆", "单位", unit)} if unit else {})


@pytest.mark.parametrize(
    ("cases", "result", "owners"),
    [
        (family("9.00", "6.00", "3.00"), Result.HOLDS, ("部门", "本级", "馆")),
        (family("9.00", "6.00", "3.50"), Result.FAILS, ("部门", "本级", "馆")),
        (family("9.00", "6.00", None), Result.HOLDS, ("部门", "本级")),
        (family("9.00", "9.50", None), Result.FAILS, ("部门", "本级")),
    ],
)
def test_a_department_is_its_office_and_its_units(
    cases: dict[str, Case], result: Result, owners: tuple[str, ...]
) -> None:
    found = [across for across in between(cases) if across.outcome.rule == "Y-3"]
    assert [(across.outcome.result, across.owners) for across in found] == [(result, owners)]
    assert len(found[0].outcome.facts) == len(owners)


def test_findings_are_ordered_by_gravity_and_name_their_places() -> None:
    found = findings(check(disclosed(overall(), incomes("12.00"), spending("9.01"))))
    assert [finding.severity for finding in found][:1] == [Severity.ERROR]
    first = next(finding for finding in found if finding.rule == "X-1")
    assert first.figures == ("10.00万元", "12.00万元")
    assert len(first.places) == 2
    assert first.facts[0] != first.facts[1]
