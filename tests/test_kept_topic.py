"""What a turn keeps of the topic before it: its account, its money, its project; a side takes the place of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.kept import kept_topic
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of


@pytest.mark.parametrize(
    ("earlier", "said", "expected"),
    [
        # a side of the account takes the place of the other
        ("收入总计多少", "支出", "支出总计"),
        ("总收入", "支出", "总支出"),
        ("财政拨款收入多少", "支出", "财政拨款支出"),
        ("支出总计", "结余", "年末结转和结余"),
        ("事业收入多少", "支出", "支出"),
        ("图书馆支出", "收入", ""),  # an account has both columns
        # a column is of the account spoken of, else of the same money
        ("图书馆", "项目支出", "图书馆项目支出"),
        ("图书馆支出基本支出多少", "人员经费", "图书馆人员经费"),
        ("一般公共预算基本支出多少", "项目支出", "一般公共预算项目支出"),
        ("基本支出多少", "项目支出", ""),
        # indicators and projects
        ("清掏雨水井完成多少座", "目标值", "清掏雨水井目标值"),
        ("举办节庆活动目标几场", "实际", "举办节庆活动实际值"),
        ("森林防火队伍建设项目队员数量指标", "质量指标", "森林防火队伍建设项目质量指标"),
        ("道路养护项目自评多少分", "管网改造工程", "管网改造工程自评得分"),
        ("文旅宣传项目得分", "扣分的地方有哪些", "文旅宣传项目扣分的地方有哪些"),
        ("绩效评级为优的几个", "良的", "绩效评级为良的几个"),
        # words about the thing spoken of
        ("公务用车运行维护费预算", "主要用于什么", "公务用车运行维护费主要用于什么"),
        ("沿线居民满意度实际是多少", "为什么没达到", "沿线居民满意度为什么没达到"),
        ("人员编制多少", "离退休", "离退休人员多少人"),
        # a subject of its own
        ("公务接待费多少", "会议费", ""),
        ("公务接待费多少", "比上年增加多少", ""),
    ],
)
def test_what_a_turn_keeps(earlier: str, said: str, expected: str) -> None:
    assert kept_topic(said, earlier) == expected


NAME = "青山县文化局2023年度部门决算.html"
PAGE = """<h1>青山县文化局2023年度部门决算</h1>
<p>公开01表</p><p>收入支出决算总表</p><p>单位：万元</p>
<table border='1'>
<tr><td colspan='2'>收入</td><td colspan='2'>支出</td></tr>
<tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>
<tr><td>一、一般公共预算财政拨款收入</td><td>500.00</td><td>一、文化旅游体育与传媒支出</td><td>515.00</td></tr>
<tr><td>本年收入合计</td><td>500.00</td><td>本年支出合计</td><td>515.00</td></tr>
<tr><td>年初结转和结余</td><td>40.00</td><td>年末结转和结余</td><td>25.00</td></tr>
<tr><td>总计</td><td>540.00</td><td>总计</td><td>540.00</td></tr>
</table>
<p>公开03表</p><p>支出决算表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>515.00</td><td>300.00</td><td>215.00</td></tr>
<tr><td>207</td><td>文化旅游体育与传媒支出</td><td>515.00</td><td>300.00</td><td>215.00</td></tr>
<tr><td>20701</td><td>文化和旅游</td><td>515.00</td><td>300.00</td><td>215.00</td></tr>
<tr><td>2070101</td><td>行政运行</td><td>250.00</td><td>240.00</td><td>10.00</td></tr>
<tr><td>2070104</td><td>图书馆</td><td>265.00</td><td>60.00</td><td>205.00</td></tr>
</table>
<p>公开06表</p><p>一般公共预算财政拨款基本支出决算表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>决算数</td></tr>
<tr><td></td><td>人员经费合计</td><td>280.00</td></tr>
<tr><td>301</td><td>工资福利支出</td><td>280.00</td></tr>
<tr><td></td><td>公用经费合计</td><td>20.00</td></tr>
<tr><td>302</td><td>商品和服务支出</td><td>20.00</td></tr>
</table>"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    folder: Path = tmp_path_factory.mktemp("kept")
    return tools_of(folder, PAGE, NAME)


@pytest.mark.parametrize(
    ("turns", "figures"),
    [
        (("青山县文化局2023年行政运行基本支出", "图书馆呢", "项目支出呢"), ["205.00"]),
        (("青山县文化局2023年图书馆支出", "基本支出多少", "人员经费呢"), []),  # no table prints it of an account
        (("青山县文化局2023年本年收入合计多少", "支出呢"), ["515.00"]),
        (("青山县文化局2023年本年收入合计多少", "支出呢", "结余呢"), ["25.00"]),
        (("青山县文化局2023年本年收入合计", "支出", "差额"), ["15.00"]),
    ],
)
def test_turns_are_answered_of_what_was_spoken_of(tools: Tools, turns: tuple[str, ...], figures: list[str]) -> None:
    answer = ask(Question(turns[-1], history=turns[:-1]), tools)
    assert [value.value for value in answer.values] == figures, answer.text
