"""Lists are of the rows that were asked for, all of them, from the column that was asked for, or there is no list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局2024年部门预算.html"
PROSE = """<h1>青山市水利局2024年部门预算</h1>
<p>第一部分 青山市水利局概况</p>
<p>纳入青山市水利局2024年部门预算编制范围的单位共3个，具体包括：1.青山市水利局本级。2.青山市水文监测站。3.青山市灌区服务中心。</p>
<p>第二部分 2024年部门预算表</p>"""


def _table(code: str, title: str, rows: Sequence[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<p>{code}</p><p>{title}</p><p>部门：青山市水利局 单位：万元</p><table border='1'>{body}</table>"


INCOME = _table(
    "公开02表",
    "部门收入预算表",
    (
        "单位名称|合计|上年结转|一般公共预算拨款收入|财政专户管理资金收入|事业收入",
        "合计|900.00|30.00|800.00|50.00|20.00",
        "青山市水利局本级|500.00|30.00|470.00||",
        "青山市水文监测站|250.00||200.00|50.00|",
        "青山市灌区服务中心|150.00||130.00||20.00",
    ),
)
SPENDING = _table(
    "公开03表",
    "部门支出预算表",
    (
        "科目编码|科目名称|合计|基本支出|项目支出",
        "|合计|900.00|500.00|400.00",
        "208|社会保障和就业支出|100.00|100.00|",
        "20805|行政事业单位养老支出|100.00|100.00|",
        "2080501|行政单位离退休|60.00|60.00|",
        "2080505|机关事业单位基本养老保险缴费支出|40.00|40.00|",
        "213|农林水支出|800.00|400.00|400.00",
        "21303|水利|800.00|400.00|400.00",
        "2130301|行政运行|400.00|400.00|",
        "2130305|水利工程建设|250.00||250.00",
        "2130314|防汛|150.00||150.00",
    ),
)
PROJECTS = _table(
    "公开10表",
    "项目支出表",
    (
        "类型|项目单位|项目名称|合计|一般公共预算|其他资金",
        "特定目标类|青山市水利局本级|水库除险加固工程|250.00|250.00|",
        "其他运转类|青山市水文监测站|水文站网运行维护|90.00|70.00|20.00",
        "其他运转类|青山市灌区服务中心|灌区设备检修|60.00|60.00|",
        "||合计|400.00|380.00|20.00",
    ),
)
PURCHASES = _table(
    "公开11表",
    "政府采购预算表",
    (
        "采购项目|采购目录|采购方式|采购预算金额",
        "水文监测仪器|A货物|公开招标|45.00",
        "水库除险加固施工|B工程|公开招标|200.00",
        "办公设备|A货物|询价|12.00",
        "合计|||257.00",
    ),
)


THREE = _table(
    "公开09表",
    "财政拨款“三公”经费支出预算表",
    (
        "年度|“三公”经费合计|因公出国（境）费|公务用车运行维护费|公务接待费",
        "2023年|24.00|0.00|18.00|6.00",
        "2024年|20.00|0.00|15.00|5.00",
    ),
)
GENERAL = _table(
    "公开05表",
    "一般公共预算支出表",
    (
        "科目编码|科目名称|2023年预算数|2024年预算数",
        "|合计|690.00|750.00",
        "208|社会保障和就业支出|90.00|100.00",
        "20805|行政事业单位养老支出|90.00|100.00",
        "2080501|行政单位离退休|90.00|100.00",
        "213|农林水支出|600.00|650.00",
        "21303|水利|600.00|650.00",
        "2130301|行政运行|380.00|400.00",
        "2130305|水利工程建设|60.00|120.00",
        "2130314|防汛|160.00|130.00",
    ),
)
FORMS = "".join(
    _table(
        "",
        "项目支出绩效目标表",
        (
            f"项目名称|{name}||",
            f"项目资金（万元）|年度资金总额：|{funds}|",
            "一级指标|二级指标|三级指标|指标值",
            f"产出指标|数量指标|{indicator}|{target}",
            f"满意度指标|服务对象满意度指标|{people}满意度|≥{satisfied}%",
        ),
    )
    for name, funds, indicator, target, people, satisfied in (
        ("水库除险加固工程", "250.00", "加固坝体长度", "≥820米", "库区群众", "92"),
        ("水文站网运行维护", "90.00", "维护水文站数量", "≥16个", "用户", "90"),
    )
)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    text = PROSE + INCOME + SPENDING + PROJECTS + PURCHASES + FORMS + THREE + GENERAL
    yield tools_of(tmp_path_factory.mktemp("listing"), f"<html><body>{text}</body></html>", NAME)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("水利局2024年有哪些项目，各多少", "250.00 90.00 60.00"),
        ("水利局特定目标类项目有哪些", "250.00"),
        ("水利局哪些项目用了其他资金", "20.00"),  # another column than the total
        ("水文监测站的项目有哪些", "90.00"),
        ("水利局金额最大的项目是哪个", "250.00"),
        ("水利局80万以上的项目有哪些", "250.00 90.00"),
        ("水利局采购项目有哪些，多少钱", "45.00 200.00 12.00"),  # purchases are no projects
        ("水利局采购货物有哪些", "45.00 12.00"),
        ("水利局采购项目中最贵的是哪个", "200.00"),
        ("水利局采用公开招标的采购有哪些", "45.00 200.00"),
        ("水利局采购方式为询价的采购项目", "12.00"),
        ("水利局各单位收入预算分别多少", "500.00 250.00 150.00"),
        ("水利局哪些单位有财政专户管理资金", "50.00"),
        ("水利局哪个单位预算最多", "500.00"),
        ("水利局支出按功能分类各类多少", "100.00 800.00"),
        ("水利局水利款下各项支出多少", "400.00 250.00 150.00"),
        ("水利局项目支出最多的项级科目是哪个", "250.00"),
        ("水利局哪些科目有项目支出", "250.00 150.00"),
        ("水利局只有项目支出没有基本支出的科目", "250.00 150.00"),
        ("水利局只有基本支出的科目有哪些", "60.00 40.00 400.00"),
        ("水利局水库除险加固有哪些绩效指标", "820 92"),
        ("水利局2024年哪些科目比上年减少", "30.00"),
        ("水利局2024年比2023年增加最多的项级科目", "60.00"),
        ("水利局2024年预算增加的科目有哪些", "10.00 20.00 60.00"),
        ("水利局2023年和2024年三公经费分别多少", "24.00 20.00"),
        ("水利局2024年三公经费各项多少", "0.00 15.00 5.00"),
        ("水利局水文站网运行维护的满意度指标有哪些", "90"),
    ],
)
def test_rows_of_the_kind_that_is_asked_for(tools: Tools, question: str, figures: str) -> None:
    answer = ask(Question(question), tools)
    assert answer.status == "answered", answer.text
    assert sorted(value.value for value in answer.values) == sorted(figures.split()), answer.text


def test_the_total_of_a_unit_asked_by_its_whole_name(tools: Tools) -> None:
    for name in ("青山市水文监测站", "水文监测站"):
        answer = ask(Question(f"{name}2024年总收入是多少"), tools)
        assert [value.value for value in answer.values] == ["250.00"], answer.text


@pytest.mark.parametrize(
    "question",
    [
        "水利局哪些项目用了政府性基金",  # no such column
        "水利局采购服务有哪些",  # nothing of this class is bought
        "水利局采用单一来源的采购有哪些",
        "水利局在职人员的构成",  # people, not what is paid to them
        "水利局水利支出花在哪几个镇",
        "水利局各单位支出分别多少",  # units are printed with their income only
        "水利局信息化项目有哪些",
        "水利局哪些项目用了单位资金",
        "水利局各项目实际支出多少",  # a budget tells of no outturn
        "水利局结余最多的科目是哪个",
    ],
)
def test_no_list_where_a_word_stays_unexplained(tools: Tools, question: str) -> None:
    answer = ask(Question(question), tools)
    assert not answer.values, answer.text


def test_a_list_that_falls_short_of_its_total_is_none(tmp_path: Path) -> None:
    text = PROSE + PROJECTS.replace("<td>灌区设备检修</td><td>60.00</td>", "<td>灌区设备检修</td><td></td>")
    answer = ask(
        Question("水利局2024年有哪些项目，各多少"), tools_of(tmp_path, f"<html><body>{text}</body></html>", NAME)
    )
    assert not answer.values, answer.text
