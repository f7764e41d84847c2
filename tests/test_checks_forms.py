"""Performance forms, the projects they list, codes and names, and what a disclosure has to hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.checks import Case, Result
from index.checks.codes import names_agree, one_name_a_code
from index.checks.complete import (
    detailed_to_items,
    empty_tables_say_so,
    no_leftovers,
    reasons_given,
    tables_present,
    units_stated,
    years_agree,
)
from index.checks.forms import forms_agree, projects_agree, targets_funded
from index.checks.scores import scores_follow, scores_told
from index.model import Table
from tests.disclosed import disclosed, failures, results, sheet

BLANK = ["", "", "", "", "", "", ""]


def evaluation(rate: str = "90.00", score: str = "9.00", total: str = "99.00", sources: str = "90.00") -> Table:
    rows = [
        ["部门整体支出情况", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "部门预算总额（万元）", "80.00", "100.00", "90.00", "10", rate, score],
        ["", "资金来源：（1）财政拨款", "80.00", "100.00", sources, "-", rate, "-"],
        ["", "（2）财政专户管理资金", "0", "0", "0", "-", "0", "-"],
        ["", "（3）单位资金", "0", "0", "0", "-", "0", "-"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差度"],
        ["投入管理指标", "预算和财务管理", "预算执行率", "≥90%", "90.00%", "40", "40", "0"],
        ["产出指标", "履职目标实现", "档案入库数量", "≥100件", "120件", "50", "50", "0"],
        ["总分", "", "", "", "", "100", total, ""],
    ]
    return sheet("P01", [""] * 8, rows, title="部门整体支出绩效自评表", form=True)


def test_a_form_that_agrees_with_itself() -> None:
    found = results(forms_agree, disclosed(evaluation()))
    assert found
    assert set(found) == {Result.HOLDS}


@pytest.mark.parametrize(
    ("form", "rule"),
    [(evaluation(rate="96.00"), "P-1"), (evaluation(total="98.00"), "P-11"), (evaluation(sources="80.00"), "P-13")],
)
def test_what_a_form_contradicts(form: Table, rule: str) -> None:
    assert failures(forms_agree, disclosed(form), rule)


@pytest.mark.parametrize(
    ("rate", "score", "result"),
    [("81.08", "9.01", Result.HOLDS), ("81.08", "8.11", Result.HOLDS), ("100", "10", Result.HOLDS)],
)
def test_the_score_of_the_execution_rate(rate: str, score: str, result: Result) -> None:
    assert results(scores_follow, disclosed(evaluation(rate=rate, score=score)), "P-9") == [result]


def test_a_score_that_other_forms_of_the_document_contradict() -> None:
    case = disclosed(evaluation(), evaluation(), evaluation(rate="80.00", score="9.00"))
    (found,) = failures(scores_follow, case, "P-9")
    assert "计算的8.00分" in found.message


def deviations(*rows: tuple[str, str, str]) -> Table:
    head = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差度"]
    body = [["产出指标", "数量指标", f"第{at}项", *row[:2], "5", "5", row[2]] for at, row in enumerate(rows)]
    return sheet("P02", [""] * 8, [head, *body], title="项目绩效自评表", form=True)


def test_the_score_of_a_project_is_told_as_its_form_totals_it() -> None:
    rows = [["项目名称", "修缮工程", "", ""], ["一级指标", "三级指标", "分值", "得分"], ["产出指标", "修缮面积", "100", "94.89"],
            ["合计", "", "100", "94.89"], ["评价结论", "进度略有滞后，自评得分{told}分。", "", ""]]  # fmt: skip
    for told, failed in (("94.89", 0), ("95.89", 2)):
        form = [[text.format(told=told) for text in row] for row in rows]
        case = disclosed(
            sheet("P02", [""] * 4, form, title="项目支出绩效自评表", form=True),
            prose=[f"组织对11个项目开展绩效自评，其中修缮工程项目自评得分{told}分。"],
            title="预算绩效管理情况",
        )
        assert len(failures(scores_told, case, "P-8")) == failed


FOLLOWED = (
    ("≥95%", "89.52%", "-5.77%"),
    ("≤5%", "10.48%", "109.60%"),
    ("≤24小时", "12小时", "0.00%"),
    ("≥40个", "77个", "62.50%"),
    ("≥90%", "98%", "0.00%"),
)


def test_deviations_from_targets() -> None:
    assert results(scores_follow, disclosed(deviations(*FOLLOWED)), "P-12") == [Result.HOLDS] * len(FOLLOWED)
    (found,) = failures(scores_follow, disclosed(deviations(*FOLLOWED, ("100%", "60%", "0.00%"))), "P-12")
    assert "-40.00%" in found.message


def test_deviations_by_a_formula_of_their_own_say_nothing() -> None:
    rows = [("≥95%", "89.52%", "1"), ("≤5%", "10.48%", "2"), ("≥90%", "98%", "3")]
    assert results(scores_follow, disclosed(deviations(*rows)), "P-12") == []


def test_the_score_that_the_prose_tells() -> None:
    text = "部门整体支出绩效自评结果为{score}分。"
    for score, result in (("99.00", Result.HOLDS), ("97", Result.FAILS)):
        case = disclosed(evaluation(), prose=[text.format(score=score)], title="预算绩效情况说明")
        assert results(forms_agree, case, "P-8") == [result]


def projects(kind: str, rows: list[list[str]]) -> Table:
    columns = {
        "B12": ["类型", "项目名称", "项目单位", "合计"],
        "B15": ["单位编码（项目编码）", "项目单位（项目名称）", "资金总额"],
    }
    return sheet(kind, columns[kind], rows)


LISTED = [
    ["", "", "", "5.00"],
    ["其他运转类", "办公耗材", "青山市档案局", "2.00"],
    ["特定目标类", "档案数字化", "青山市档案局", "3.00"],
]


def test_projects_and_their_targets() -> None:
    targets = [
        ["", "", "5.00"],
        ["410800220000000022625", "办公耗材", "2.00"],
        ["410800220000000022719", "档案数字化", "3.00"],
    ]
    both = disclosed(projects("B12", LISTED), projects("B15", targets), stage="预算")
    assert results(projects_agree, both) == [Result.HOLDS, Result.HOLDS]
    (missing,) = failures(
        projects_agree, disclosed(projects("B12", LISTED), projects("B15", targets[:2]), stage="预算")
    )
    assert "档案数字化" in missing.message


def test_a_table_of_key_projects_leaves_others_out() -> None:
    rows = [["", "", "3.00"], ["410800220000000022719", "档案数字化", "3.00"]]
    some = replace(projects("B15", rows), title="重点项目绩效目标表")
    case = disclosed(projects("B12", LISTED), some, stage="预算")
    assert results(projects_agree, case) == [Result.HOLDS]


def test_money_asked_for_is_no_less_than_its_part() -> None:
    for part, result in (("9.00", Result.HOLDS), ("11.00", Result.FAILS)):
        rows = [
            ["项目名称", "档案数字化", "", ""],
            ["年度资金申请总额", "10.00", "", ""],
            ["当年财政拨款", part, "", ""],
        ]
        form = sheet("B17", [""] * 4, rows, title="项目绩效目标申报表", form=True)
        assert results(targets_funded, disclosed(form, stage="预算")) in ([result], [])


# ----------------------------------------------------------------------------------------------------- codes and names


def accounts(*rows: list[str], number: int = 1) -> Table:
    return sheet("F03", ["科目编码", "科目名称", "本年支出合计"], rows, number=number)


def test_a_name_that_is_not_that_of_its_code() -> None:
    (outcome,) = failures(names_agree, disclosed(accounts(["20604", "技术与开发", "4.00"])))
    assert "技术研究与开发" in outcome.message
    assert not failures(names_agree, disclosed(accounts(["20103", "政府办公厅（室）及相关机构事务", "4.00"])))


def test_a_name_of_earlier_years_holds_in_those_years() -> None:
    rows = accounts(["21301", "农业", "4.00"], ["2130135", "农业生态资源保护", "4.00"])
    assert not failures(names_agree, disclosed(rows, year=2019))
    (outcome,) = failures(names_agree, disclosed(rows, year=2023))
    assert outcome.quote == "农业"


def test_names_that_moved_against_their_codes_are_told_once() -> None:
    rows = (["30202", "咨询费", "1.00"], ["30203", "水费", "2.00"], ["30301", "退休费", "3.00"])
    (outcome,) = failures(names_agree, disclosed(accounts(*rows)))
    assert "有3个科目编码" in outcome.message and "30301“退休费”（应为“离休费”）" in outcome.message
    assert len(outcome.places) == 3


def test_a_code_that_goes_by_two_names() -> None:
    case = disclosed(accounts(["2010301", "行政运行", "1.00"]), accounts(["2010301", "机关运转", "1.00"]))
    assert failures(one_name_a_code, case)
    projects = replace(accounts(["2010301", "信息化改造", "1.00"]), kind="B12")
    assert not failures(one_name_a_code, disclosed(accounts(["2010301", "行政运行", "1.00"]), projects))


# -------------------------------------------------------------------------------------------------------- completeness


def kinds(*names: str) -> Case:
    sheets = [sheet(name, ["科目编码", "科目名称", "合计"], [["2010301", "行政运行", "1.00"]]) for name in names]
    return disclosed(*[replace(table, code="") for table in sheets])


def test_tables_that_are_missing() -> None:
    case = kinds("F01", "F02", "F03", "F05", "F06", "F07", "F08", "F09")
    (missing,) = failures(tables_present, case)
    assert "财政拨款收入支出决算总表" in missing.message


def test_a_document_of_another_kind_lacks_nothing() -> None:
    assert results(tables_present, kinds("F11", "F14")) == []


def test_a_gap_in_the_numbers_of_the_tables() -> None:
    case = kinds("F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09")
    numbered = [replace(table, code=f"公开{n:02d}表") for n, table in enumerate(case.tables, 1) if n != 4]
    found = failures(tables_present, replace(case, tables=tuple(numbered)))
    assert any("公开04表" in outcome.message for outcome in found)


def test_an_empty_table_says_so() -> None:
    blank = sheet("F08", ["科目编码", "科目名称", "合计"], [["", "", ""]])
    assert failures(empty_tables_say_so, disclosed(blank))
    noted = replace(blank, notes=("本表无数据",), empty=True)
    assert results(empty_tables_say_so, disclosed(noted)) == [Result.HOLDS]


def test_a_unit_is_stated() -> None:
    assert failures(units_stated, disclosed(replace(accounts(["2010301", "行政运行", "1.00"]), unit="")))
    assert not failures(units_stated, disclosed(accounts(["2010301", "行政运行", "1.00"])))


def test_spending_down_to_items() -> None:
    (outcome,) = failures(detailed_to_items, disclosed(accounts(["201", "一般公共服务支出", "1.00"])))
    assert "没有细化到项" in outcome.message


def test_the_year_of_a_title() -> None:
    table = replace(accounts(["2010301", "行政运行", "1.00"]), title="2021年度支出决算表")
    assert failures(years_agree, disclosed(table))
    assert not failures(years_agree, disclosed(replace(table, title="2022年度支出决算表")))


ITEM = "1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为4.00万元，支出决算为3.00万元，完成年初预算的75.00%。"


def test_differences_have_reasons() -> None:
    assert failures(reasons_given, disclosed(prose=[ITEM]))
    moved = "2022年度收支总计100.00万元，与上年相比收支总计各减少10.00万元，下降9.09%。{end}"
    parts = ["1.收入100.00万元。", "2.上年结转结余为1.00万元，与上年相比减少10.00万元，主要原因是结转资金减少。"]
    assert failures(reasons_given, disclosed(prose=[moved.format(end=""), *parts]))
    assert not failures(reasons_given, disclosed(prose=[moved.format(end="其中："), *parts]))
    assert not failures(reasons_given, disclosed(prose=[ITEM + "决算数与年初预算数存在差异的主要原因是培训减少。"]))


@pytest.mark.parametrize(
    "text",
    [
        "收、支总计各增加620.86万元，主要原因是：主要原因是人员经费增加。",
        "因公出国（境）费0万元，比上年预算数减少0万元，下降0%。",
        "与上年相比增加（减少）12万元。",
        "截至20XX年底，我部门共有车辆3辆。",
        "主要原因是是压缩支出。",
    ],
)
def test_what_a_template_left(text: str) -> None:
    (outcome,) = failures(no_leftovers, disclosed(prose=[text]))
    assert outcome.quote in text
    assert outcome.places


def test_ordinary_prose_holds_no_leftovers() -> None:
    prose = [
        "比上年减少10万元，下降0.5%，主要原因是压缩“三公”经费。",
        "采购DXXL型设备1台。",
        "主要原因：一是人员增加，二是工资晋级。",
    ]
    assert not failures(no_leftovers, disclosed(prose=prose))
