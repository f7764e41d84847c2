"""Units of one department: two that are named are both answered of, and words that several bear name none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from qa.model import Answer, Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市东湖区卫生健康局2024年部门预算.html"
PROSE = """<h1>青山市东湖区卫生健康局2024年部门预算</h1>
<p>第一部分 青山市东湖区卫生健康局概况</p>
<p>纳入青山市东湖区卫生健康局2024年部门预算编制范围的单位共5个，具体包括：1.青山市东湖区卫生健康局本级。2.东湖区人民医院。3.东湖区中医院。4.东湖区石桥镇中心卫生院。5.东湖区新店镇中心卫生院。</p>
<p>第二部分 2024年部门预算表</p>"""


def _table(code: str, title: str, rows: Sequence[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<p>{code}</p><p>{title}</p><p>部门：青山市东湖区卫生健康局 单位：万元</p><table border='1'>{body}</table>"


UNITS = _table(
    "公开02表",
    "所属单位预算汇总表",
    (
        "单位名称|预算合计|一般公共预算拨款|单位资金",
        "合计|1000.00|700.00|300.00",
        "青山市东湖区卫生健康局本级|300.00|300.00|",
        "东湖区人民医院|400.00|180.00|220.00",
        "东湖区中医院|150.00|90.00|60.00",
        "东湖区石桥镇中心卫生院|90.00|75.00|15.00",
        "东湖区新店镇中心卫生院|60.00|55.00|5.00",
    ),
)
SPENDING = _table(
    "公开03表",
    "部门支出总表",
    (
        "科目编码|科目名称|合计|基本支出|项目支出",
        "|合计|1000.00|600.00|400.00",
        "210|卫生健康支出|1000.00|600.00|400.00",
        "21001|卫生健康管理事务|260.00|260.00|",
        "2100101|行政运行|260.00|260.00|",
        "21002|公立医院|550.00|250.00|300.00",
        "2100201|综合医院|400.00|180.00|220.00",
        "2100202|中医（民族）医院|150.00|70.00|80.00",
        "21003|基层医疗卫生机构|190.00|90.00|100.00",
        "2100302|乡镇卫生院|190.00|90.00|100.00",
    ),
)
PROJECTS = _table(
    "公开08表",
    "部门项目支出表",
    (
        "单位名称|项目名称|合计|一般公共预算|单位资金",
        "合计||360.00|120.00|240.00",
        "东湖区人民医院||300.00|80.00|220.00",
        "东湖区人民医院|医院门诊楼改造|220.00|80.00|140.00",
        "东湖区人民医院|人民医疗设备购置|80.00||80.00",
        "东湖区中医院||60.00|40.00|20.00",
        "东湖区中医院|中医药传承|60.00|40.00|20.00",
    ),
)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    yield tools_of(
        tmp_path_factory.mktemp("units"), f"<html><body>{PROSE}{UNITS}{SPENDING}{PROJECTS}</body></html>", NAME
    )


def _asked(question: str, tools: Tools) -> Answer:
    return ask(Question(question), tools)


@pytest.mark.parametrize(
    ("question", "figure", "formula"),
    [
        ("人民医院和中医院2024年预算一共多少", "550.00", "400.00＋150.00"),
        ("东湖区卫健局2024年人民医院、中医院和石桥镇卫生院预算合计", "640.00", "400.00＋150.00＋90.00"),
        ("东湖区卫健局2024年人民医院和中医院单位资金一共多少", "280.00", "220.00＋60.00"),
        ("东湖区卫健局2024年人民医院比中医院预算多多少", "250.00", "400.00－150.00"),
        ("东湖区卫健局2024年人民医院单位资金比中医院多多少", "160.00", "220.00－60.00"),
        ("东湖区卫健局2024年石桥卫生院比新店卫生院多多少", "30.00", "90.00－60.00"),
        ("东湖区卫健局2024年人民医院是中医院预算的几倍", "2.67", "400.00÷150.00"),
        ("东湖区卫健局2024年人民医院预算占全部门的比重", "40.00", "400.00÷1000.00×100%"),
    ],
)
def test_figures_of_several_units_are_calculated(tools: Tools, question: str, figure: str, formula: str) -> None:
    answer = _asked(question, tools)
    assert [(v.value, v.formula, v.verification) for v in answer.values] == [(figure, formula, "computed")], answer.text


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("东湖区卫健局2024年人民医院和中医院预算分别多少", ["400.00", "150.00"]),
        ("东湖区卫健局2024年中医院和人民医院谁的预算多", ["400.00", "150.00"]),
        ("青山市东湖区人民医院2024年预算总计多少", ["400.00"]),
        ("东湖区人民医院2024年预算多少", ["400.00"]),
        ("人民医院2024年项目支出多少", ["300.00"]),
        ("东湖区卫健局2024年乡镇卫生院项目支出", ["100.00"]),  # an account, no unit
    ],
)
def test_each_unit_has_its_own_figure(tools: Tools, question: str, figures: list[str]) -> None:
    answer = _asked(question, tools)
    assert answer.status == "answered" and [v.value for v in answer.values] == figures, answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("东湖区卫健局2024年人民医院是不是预算最高的单位", "yes"),
        ("东湖区卫健局2024年中医院的预算是不是最高", "no"),
        ("东湖区卫健局2024年人民医院预算比中医院多吗", "yes"),
    ],
)
def test_whether_a_unit_has_the_most(tools: Tools, question: str, verdict: str) -> None:
    answer = _asked(question, tools)
    assert answer.verdict == verdict, answer.text


@pytest.mark.parametrize("question", ["中心卫生院2024年预算多少", "东湖区卫健局2024年卫生院的单位资金"])
def test_words_that_two_units_bear_are_asked_back(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert answer.status == "clarify" and not answer.values, answer.text
    assert "石桥镇中心卫生院" in answer.text and "新店镇中心卫生院" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "人民医院和中医院2024年三公经费一共多少",  # of neither
        "东湖区卫健局2024年人民医院和石桥镇卫生院项目支出一共多少",  # of the first alone
        "青山市南湖区人民医院2024年预算总计多少",  # of another district
    ],
)
def test_no_unit_is_left_out(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert not answer.values, answer.text


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("东湖区卫健局2024年各单位预算合计多少", ["300.00", "400.00", "150.00", "90.00", "60.00"]),
        ("东湖区卫健局2024年有单位资金的单位及金额", ["220.00", "60.00", "15.00", "5.00"]),
        ("东湖区卫健局2024年单位按预算从高到低排名", ["400.00", "300.00", "150.00", "90.00", "60.00"]),
        ("东湖区卫健局2024年哪个单位预算最多", ["400.00"]),
        ("东湖区卫健局2024年两个乡镇卫生院预算合计多少", ["150.00"]),  # of the units, no account
        ("东湖区卫健局2024年本级和人民医院预算一共多少", ["700.00"]),
        ("东湖区卫健局2024年本级预算多少", ["300.00"]),
    ],
)
def test_rows_of_units(tools: Tools, question: str, figures: list[str]) -> None:
    answer = _asked(question, tools)
    assert answer.status == "answered" and [v.value for v in answer.values] == figures, answer.text


@pytest.mark.parametrize(
    "question",
    [
        "东湖区卫健局2024年三个乡镇卫生院预算合计多少",  # there are two
        "东湖区卫健局2024年有政府性基金的单位及金额",
        "东湖区卫健局2024年人民医院单位资金占总预算的比重",  # of other money than its own total
    ],
)
def test_rows_that_are_not_there_are_refused(tools: Tools, question: str) -> None:
    answer = _asked(question, tools)
    assert not answer.values, answer.text


BY_CLASS = _table(
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


LEVELS = _table(
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


THREE = _table(
    "公开07表",
    "一般公共预算“三公”经费支出表",
    (
        "单位名称|合计|因公出国（境）费|公务用车运行费|公务接待费",
        "合计|9.00||6.00|3.00",
        "青山市东湖区卫生健康局（本级）|5.00||3.00|2.00",
        "东湖区人民医院|4.00||3.00|1.00",
    ),
)


PARTLY = _table(
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


FUNDS = _table(
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
    known = _table("公开03表", "支出表", ("科目编码|科目名称|合计", "20502|小学教育|9.00", "20507|特殊教育|9.00"))
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
