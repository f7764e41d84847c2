"""Counts, areas, rates and purchases that stand in sentences, asked for in other words than they are printed in."""

from __future__ import annotations

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of
from tests.prose import said

TEXT = """青山县水利局2024年部门预算公开
第一部分 青山县水利局概况
一、主要职责
青山县水利局是县政府工作部门，为正科级，负责全县水利工作。联系人：李娜；联系电话：0473-3998612。
二、机构设置
青山县水利局内设职能科室5个。部门预算包括1个行政单位和3个事业单位。行政编制20人，实有人数18人；事业编制30人，实有人数29人。
三、重点工作完成情况
新增旅游景区2个，送戏下乡演出32场，节水宣传合格率98.5%以上。新登记用水户1.5万户。
第二部分 2024年部门预算情况说明
一、收支预算总体情况说明
2024年收、支预算总计700.35万元，与上年相比收、支预算总计各减少73.13万元，下降9.46%。其中：其他收入12.50万元，与上年相比增加2.50万元，增长25.00%。
二、“三公”经费情况说明
2024年公务接待费4.00万元。其中：外事接待支出0.00万元，接待0批次，0人次；其他国内公务接待支出4.00万元，接待58批次，436人次。
公务用车运行维护费20.00万元，其中公务用车加油12.00万元，公务用车维修8.00万元，主要原因是报废老旧车辆2辆。公务用车保有量8辆。
2024年农村供水200.00万元，城市供水150.00万元，工业供水50.00万元。
三、政府采购情况说明
2024年政府采购支出总额500.00万元，其中：政府采购货物支出100.00万元、政府采购工程支出300.00万元、政府采购服务支出100.00万元。
四、国有资产占用情况说明
截至2023年12月31日，固定资产金额372.15万元，其中房屋2460.50平方米，车辆9辆。本年度拟购置固定资产136.30万元。
五、预算绩效情况说明
2024年对13个项目编制了绩效目标，涉及资金318.90万元。“河道清淤”项目自评得分为88分，完成清淤12座水闸，主要用于新建取水口3个、蓄水池1个。
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("counts"), TEXT, "青山县水利局_2024年部门预算.txt")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("青山县水利局的内设机构有几个", "5"),
        ("县水利局有几个事业单位，谢谢", "3"),
        ("请问县水利局行政编制实有多少人？", "18"),
        ("县水利局2024年对几个项目编制了绩效目标", "13"),
        ("县水利局房屋面积多少平方米", "2460.50"),
        ("县水利局固定资产总共多少钱", "372.15"),
        ("县水利局2024年打算买多少固定资产", "136.30"),
        ("县水利局公务接待多少人次", "436"),
        ("县水利局接待批次", "58"),
        ("县水利局公车加油花多少", "12.00"),
        ("县水利局公务用车维修费多少", "8.00"),
        ("县水利局送戏下乡演出几场", "32"),
        ("县水利局平均每辆车的运行维护费多少万元", "2.50"),
        ("县水利局节水宣传合格率目标", "98.5"),
        ("县水利局新登记用水户多少", "1.5"),
        ("县水利局新建蓄水池几个", "1"),
        ("县水利局2024年收入预算总计比上年减少多少", "73.13"),
        ("县水利局政府采购工程占采购总额多少", "60.00"),
        ("县水利局农村、城市、工业供水一共多少", "400.00"),
        ("县水利局农村城市供水合计多少", "350.00"),
    ],
)
def test_asked_in_other_words(tools: Tools, question: str, value: str) -> None:
    answer = ask(Question(question), tools)
    assert answer.status == "answered" and answer.values, answer.text
    assert answer.values[0].value == value, answer.text


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("县水利局2024年政府采购预算多少？其中工程占多少？", ("500.00", "60.00")),
        ("县水利局2024年收支预算总计多少？比上年减少多少？", ("700.35", "73.13")),
    ],
)
def test_two_questions_each_with_its_mark(tools: Tools, question: str, values: tuple[str, ...]) -> None:
    answer = ask(Question(question), tools)
    assert [v.value for v in answer.values if v.value in values] == list(values), answer.text


@pytest.mark.parametrize(
    ("history", "question", "value"),
    [
        (("县水利局2024年政府采购支出总额", "其中货物占多少"), "工程呢", "60.00"),
        (("县水利局2024年政府采购支出总额",), "政府采购服务占多少", "20.00"),
        (("县水利局2024年政府采购货物支出", "工程的呢"), "占采购总额多少", "60.00"),
    ],
)
def test_the_share_of_another_part(tools: Tools, history: tuple[str, ...], question: str, value: str) -> None:
    answer = ask(Question(question, history=history), tools)
    assert answer.values and answer.values[0].value == value, answer.text


def test_a_count_by_ten_thousands_is_no_money() -> None:
    facts = said("新登记市场主体1.5万户，恢复灌溉面积1.2万亩，抽检合格率98%以上，单价100万元以上设备2台。")
    assert [(f.printed, f.unit) for f in facts] == [("1.5", "万户"), ("1.2", "万亩"), ("98", "%"), ("2", "台")]


def test_the_second_bound_of_a_range_is_no_figure() -> None:
    facts = said("评价结果中，得分在90分（含）-100分的31个，得分在75分（含）-90分的1个。")
    assert [(f.printed, f.unit) for f in facts if f.printed.startswith("-")] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [("县水利局是什么级别的单位", "正科级"), ("县水利局联系电话是多少", "0473-3998612")],
)
def test_what_the_office_is_and_how_it_is_reached(tools: Tools, question: str, words: str) -> None:
    assert words in ask(Question(question), tools).text


def test_no_number_is_made_up(tools: Tools) -> None:
    assert ask(Question("县水利局政府采购联系邮箱是多少"), tools).status == "refused"


def test_cars_held_are_not_cars_bought(tools: Tools) -> None:
    answer = ask(Question("县水利局2024年买了几辆车"), tools)
    assert not any(value.value in ("8", "9") for value in answer.values), answer.text
