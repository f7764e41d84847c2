"""Tables that print units in other ways: under each class, below the department, under a header, in part; project forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Answer, Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of
from tests.units_disclosed import NAME, PROSE, UNITS, table


def _asked(question: str, tools: Tools) -> Answer:
    return ask(Question(question), tools)


BY_CLASS = table(
    "公开06表",
    "部门基本支出预算表",
    (
        "支出项目类别（资金使用单位）|总计|财政拨款",
        "合计|300.00|300.00",
        "工资福利支出|220.00|220.00",
        "东湖区人民医院|150.00|150.00",
        "东湖区中医院|70.00|70.00",
        "商品和服务支出|80.00|80.00",
        "东湖区人民医院|50.00|50.00",
        "东湖区中医院|30.00|30.00",
    ),
)


def test_a_unit_printed_under_each_class_is_added_up(tmp_path: Path) -> None:
    tools = tools_of(tmp_path, f"<html><body>{PROSE}{UNITS}{BY_CLASS}</body></html>", NAME)
    for question, formula in (
        ("人民医院2024年基本支出多少", "150.00＋50.00"),
        ("人民医院和中医院2024年基本支出一共多少", "150.00＋50.00＋70.00＋30.00"),
    ):
        answer = _asked(question, tools)
        assert [value.formula for value in answer.values] == [formula], answer.text


LEVELS = table(
    "公开02表",
    "部门预算支出总表",
    (
        "单位名称|总计|人员经费|专项经费",
        "合计|700.00|400.00|300.00",
        "青山市东湖区卫生健康局|700.00|400.00|300.00",
        "青山市东湖区卫生健康局（本级）|300.00|200.00|100.00",
        "东湖区人民医院|250.00|120.00|130.00",
        "东湖区中医院|150.00|80.00|70.00",
    ),
)


def test_the_row_of_the_department_is_none_of_its_units(tmp_path: Path) -> None:
    tools = tools_of(tmp_path, f"<html><body>{PROSE}{LEVELS}</body></html>", NAME)
    most = _asked("东湖区卫健局2024年哪个单位预算最多", tools)
    assert [value.value for value in most.values] == ["300.00"], most.text
    each = _asked("东湖区卫健局2024年各单位预算总计", tools)
    assert [value.value for value in each.values] == ["300.00", "250.00", "150.00"], each.text
    share = _asked("东湖区卫健局2024年中医院预算占全部门的比重", tools)
    assert [value.formula for value in share.values] == ["150.00÷700.00×100%"], share.text


THREE = table(
    "公开07表",
    "一般公共预算“三公”经费支出表",
    (
        "单位名称|合计|因公出国（境）费|公务用车运行费|公务接待费",
        "合计|9.00||6.00|3.00",
        "青山市东湖区卫生健康局（本级）|5.00||3.00|2.00",
        "东湖区人民医院|4.00||3.00|1.00",
    ),
)


PARTLY = table(
    "公开08表",
    "部门项目支出表",
    (
        "单位名称|项目名称|合计",
        "合计||120.00",
        "东湖区人民医院||80.00",
        "东湖区人民医院|门诊楼改造|80.00",
        "东湖区中医院||40.00",
        "东湖区中医院|中医药传承|40.00",
    ),
)


@pytest.mark.parametrize("question", ["各单位预算分别多少", "人民医院预算多少", "人民医院是不是预算最多的单位"])
def test_the_projects_of_units_are_not_all_they_have(tmp_path: Path, question: str) -> None:
    answer = _asked(
        f"东湖区卫健局2024年{question}", tools_of(tmp_path, f"<html><body>{PROSE}{PARTLY}</body></html>", NAME)
    )
    assert not answer.values and answer.verdict is None, answer.text


def test_a_figure_of_each_unit_under_its_header(tmp_path: Path) -> None:
    tools = tools_of(tmp_path, f"<html><body>{PROSE}{LEVELS}{THREE}</body></html>", NAME)
    answer = _asked("东湖区卫健局2024年各单位公务接待费", tools)
    assert [value.value for value in answer.values] == ["2.00", "1.00"], answer.text


FUNDS = table(
    "公开10表",
    "项目支出绩效目标表",
    (
        "项目名称|门诊楼改造工程||",
        "资金金额（万元）|实施期资金总额|220.00|",
        "|其中：财政拨款|220.00|",
        "|其他资金|0.00|",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|改造面积|≥820平方米",
    ),
)


def test_all_funds_of_a_project_are_not_one_of_them(tmp_path: Path) -> None:
    tools = tools_of(tmp_path, f"<html><body>{PROSE}{FUNDS}</body></html>", NAME)
    for question, figure in (("门诊楼改造工程资金总额", "220.00"), ("门诊楼改造工程其他资金", "0.00")):
        answer = _asked(question, tools)
        assert [value.value for value in answer.values] == [figure], answer.text


def test_the_name_of_a_unit_asks_for_nothing(tmp_path: Path) -> None:
    """昌元小学 asks for no 元, 比重庆市… for no 比重, and 小学和特殊教育学校 is no 小学教育 and 特殊教育."""
    units = UNITS.replace("东湖区人民医院", "重庆市东湖区昌元小学").replace("东湖区中医院", "重庆市东湖区特殊教育学校")
    known = table("公开03表", "支出表", ("科目编码|科目名称|合计", "20502|小学教育|9.00", "20507|特殊教育|9.00"))
    tools = tools_of(tmp_path, f"<html><body>{PROSE}{units}{known}</body></html>", NAME)
    for question, figure in (
        ("东湖区卫健局2024年昌元小学和特殊教育学校预算一共多少", "550.00万元"),
        ("东湖区卫健局2024年昌元小学比重庆市东湖区特殊教育学校预算多多少", "250.00万元"),
    ):
        answer = _asked(question, tools)
        assert [value.value + value.unit for value in answer.values] == [figure], answer.text


def test_a_unit_that_the_prose_counts_is_a_unit(tmp_path: Path) -> None:
    counted = PROSE.replace("<p>第二部分", "<p>下属单位中有人民医院1所、卫生院2所。</p><p>第二部分")
    answer = _asked(
        "东湖区卫健局2024年人民医院预算多少", tools_of(tmp_path, f"<html><body>{counted}{UNITS}</body></html>", NAME)
    )
    assert [value.value for value in answer.values] == ["400.00"], answer.text
