"""Periods, measures, conditions, follow-ups."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import CatalogueEntry, Profile
from qa.bounds import find_condition, find_table, find_top
from qa.conversation import standalone
from qa.measures import find_measure
from qa.model import Condition, Operation, Question
from qa.periods import find_periods, mend_digits
from qa.understand import prepare, read_intent

CATALOGUE = tuple(
    CatalogueEntry(f"{name}.pdf", name, "pdf", Profile(name, (short,), 2022, "决算", "部门", "青山市"), 10, 5, 100)
    for name, short in (("青山市工业和信息化局", "工信局"), ("青山市档案局", "档案局"))
)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年决算", (2022,)),
        ("22年花了多少", (2022,)),
        ("2O23年预算", (2023,)),
        ("2022-2024年趋势", (2022, 2023, 2024)),
        ("二〇二二年", (2022,)),
        ("比2021年多多少", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert find_periods(mend_digits(text)).years == years


@given(st.integers(1990, 2049))
def test_any_year_is_read_in_full(year: int) -> None:
    assert find_periods(f"{year}年收入总计").years == (year,)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("年初预算数", "年初预算"),
        ("三公经费决算", "决算"),
        ("收支总计比上年增加了多少", "增减额"),
        ("收支总计增长率", "增减率"),
        ("机关运行经费完成率", "完成率"),
        ("自评总分", "得分"),
        ("其他收入是多少", ""),
        ("实际办了多少场展览", "实际值"),
    ],
)
def test_measures(text: str, measure: str) -> None:
    assert find_measure(text, 0)[0] == measure


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("超过4万元的项目", Condition(">", Decimal(4), "万元")),
        ("完成率低于30%的科目", Condition("<", Decimal(30), "%")),
        ("正好10万元的科目", Condition("=", Decimal(10), "万元")),
        ("不低于80%", Condition(">=", Decimal(80), "%")),
    ],
)
def test_conditions(text: str, condition: Condition) -> None:
    assert find_condition(text)[0] == condition


def test_tables_and_tops() -> None:
    assert find_table("2022年收入")[0] == "" and find_table("以万元表示")[0] == "" and find_table("收支总表")[0] == ""
    for named, number in (
        ("公开05表里", "05"),
        ("表七", "07"),
        ("表八三公经费", "08"),
        ("表十二", "12"),
        ("表二十的", "20"),
        ("农林水支出(表1)", "01"),
        ("附表3的收入", "03"),
        ("预算12表", "12"),
    ):
        assert find_table(named)[0] == number, named
    assert find_top("最大的三个科目") == 3 and find_top("前5名") == 5


@pytest.mark.parametrize(
    ("history", "turn", "whole"),
    [
        (["工信局2022年培训费多少"], "档案局呢", "档案局2022年培训费多少"),
        (["工信局2022年三公经费决算"], "其中公务接待费", "工信局2022年三公经费决算其中公务接待费决算"),
        (["工信局其他收入年初预算多少"], "决算呢", "工信局其他收入决算"),
    ],
)
def test_follow_ups_inherit_what_they_do_not_change(history: list[str], turn: str, whole: str) -> None:
    assert standalone(prepare(turn), [prepare(t) for t in history], CATALOGUE, frozenset()).text == whole


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("工信局奖金占工资福利支出的比重", Operation.SHARE),
        ("工信局年末结转比档案局多多少", Operation.DIFFERENCE),
        ("两家单位卫生健康支出合计，工信局和档案局", Operation.SUM),
        ("工信局2021年收支总计（倒推）", Operation.PRIOR),
        ("工信局公务接待人均多少", Operation.PER),
        ("工信局和档案局谁的三公多", Operation.COMPARE),
        ("工信局为什么超预算", Operation.WHY),
        ("公用经费是什么意思", Operation.DEFINE),
        ("工信局人员经费和公用经费各多少", Operation.LIST),
        ("工信局培训费", Operation.LOOKUP),
    ],
)
def test_what_is_to_be_done(text: str, operation: Operation) -> None:
    assert read_intent(Question(text), CATALOGUE).operation is operation
