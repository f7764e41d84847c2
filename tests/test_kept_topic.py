"""What a turn keeps of the topic before it: its account, its money, its project; a side takes the place of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest import ingest_file
from index.stores import Index
from qa.kept import counterpart, kept_topic, measure_kept
from qa.model import Question
from qa.pipeline import Tools, ask
from qa.turn_words import bare
from tests.disclosure import tools_of


@pytest.mark.parametrize(
    ("earlier", "said", "expected"),
    [
        # a side of the account takes the place of the other
        ("收入总计多少", "支出", "支出总计"),
        ("总收入", "支出", "总支出"),
        ("财政拨款收入多少", "支出", "财政拨款支出"),
        ("支出总计", "结余", "年末结转和结余"),
        ("收入预算多少", "支出", "支出预算"),
        ("事业收入多少", "支出", "支出"),
        ("政府性基金", "结余", "政府性基金年末结转和结余"),
        ("清掏雨水井完成多少座", "收入总计", "收入总计"),
        ("图书馆支出", "收入", ""),  # an account has both columns
        # a column is of the account spoken of, else of the same money
        ("图书馆", "项目支出", "图书馆项目支出"),
        ("图书馆支出基本支出多少", "人员经费", "图书馆人员经费"),
        ("一般公共预算基本支出多少", "项目支出", "一般公共预算项目支出"),
        ("基本支出多少", "项目支出", ""),
        ("图书馆基本支出", "合计", "图书馆"),
        # indicators and projects
        ("清掏雨水井完成多少座", "目标值", "清掏雨水井目标值"),
        ("举办节庆活动目标几场", "实际", "举办节庆活动实际值"),
        ("森林防火队伍建设项目队员数量指标", "质量指标", "森林防火队伍建设项目质量指标"),
        ("道路养护项目自评多少分", "预算执行率", "道路养护项目预算执行率"),
        ("道路养护项目自评多少分", "管网改造工程", "管网改造工程自评得分"),
        ("文旅宣传项目得分", "扣分的地方有哪些", "文旅宣传项目扣分的地方有哪些"),
        ("绩效评级为优的几个", "良的", "绩效评级为良的几个"),
        # words about the thing spoken of
        ("公务用车运行维护费预算", "主要用于什么", "公务用车运行维护费主要用于什么"),
        ("沿线居民满意度实际是多少", "为什么没达到", "沿线居民满意度为什么没达到"),
        ("人员编制多少", "离退休", "离退休人员多少人"),
        ("人员编制多少", "实有", "在职人员多少人"),
        # a subject of its own
        ("图书馆为什么比年初预算多", "主要用来干什么", "图书馆主要用来干什么"),
        ("支出总计", "其中项目支出", "项目支出"),
        ("公务接待费多少", "会议费", ""),
        ("公务接待费多少", "比上年增加多少", ""),
    ],
)
def test_what_a_turn_keeps(earlier: str, said: str, expected: str) -> None:
    assert kept_topic(said, earlier) == expected


@pytest.mark.parametrize(
    ("earlier", "said", "expected"),
    [
        ("公务接待费比上年减少多少", "会议费呢", "会议费比上年减少多少"),
        ("公务接待费预算是多少", "会议费呢", "会议费预算是多少"),
        ("公务接待费年初预算", "会议费呢", "会议费年初预算"),
        ("公务接待费完成率", "会议费呢", "会议费完成率"),
        ("公务接待费多少", "会议费呢", "会议费"),
        ("公务接待费预算多少", "会议费是多少", "会议费是多少"),
        ("公务接待费预算多少", "会议费决算呢", "会议费决算"),
        ("一般公共预算", "政府性基金呢", "政府性基金"),
    ],
)
def test_the_next_item_is_asked_what_the_one_before_was(earlier: str, said: str, expected: str) -> None:
    assert measure_kept(bare(said), said, earlier) == expected


KNOWN = frozenset(
    {"行政单位医疗", "事业单位医疗", "事业单位", "货物采购金额", "工程采购金额", "年初结转", "年末结转", "会议费"}
)


@pytest.mark.parametrize(
    ("earlier", "said", "expected"),
    [
        ("行政单位医疗预算多少", "事业单位的", "事业单位医疗"),
        ("货物采购金额", "工程的", "工程采购金额"),
        ("年初结转", "年末", "年末结转"),
        ("行政单位医疗", "事业单位", ""),  # a name of its own
        ("公务接待费", "会议", ""),
        ("行政单位医疗", "农村的", ""),
    ],
)
def test_a_word_takes_the_place_of_its_like_in_a_printed_name(earlier: str, said: str, expected: str) -> None:
    assert counterpart(said, earlier, KNOWN) == expected


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


FORM = """<h1>{office}2023年度部门决算</h1>
<p>2023年度项目支出绩效自评表</p>
<table border='1'>
<tr><td>项目名称</td><td colspan='7'>{project}</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因分析及改进措施</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>疏通管网长度</td><td>≥90公里</td><td>95公里</td><td>50</td><td>50</td><td></td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>沿线居民满意度</td><td>≥90%</td><td>{met}%</td><td>40</td><td>35</td><td>{reason}</td></tr>
<tr><td colspan='5'>总分</td><td>100</td><td>95</td><td></td></tr>
</table>
<p>公务接待费支出{spent}万元。</p>"""


def test_a_turn_without_an_office_stays_in_the_document_of_the_turn_before(tmp_path: Path) -> None:
    one = FORM.format(office="青山市排水处", project="管网改造项目", met="85", reason="施工扰民", spent="1.50")
    other = FORM.format(office="云岭市公园处", project="绿地养护项目", met="80", reason="设施陈旧", spent="2.50")
    tools = tools_of(tmp_path, one, "青山市排水处2023年度部门决算.html")
    path = tmp_path / "云岭市公园处2023年度部门决算.html"
    path.write_text(other, encoding="utf-8")
    assert isinstance(tools.finder.index, Index)
    assert ingest_file(path, tools.finder.index, None).status == "added"
    classes = ask(Question("满意度指标呢", history=("管网改造项目疏通管网长度指标",)), tools)
    assert [(value.value, value.unit) for value in classes.values][:1] == [("90", "%")], classes.text
    history = ("管网改造项目沿线居民满意度实际是多少",)
    why = ask(Question("为什么没达到", history=history), tools)
    assert "施工扰民" in why.text and "设施陈旧" not in why.text, why.text
    spent = ask(Question("公务接待费支出多少", history=history), tools)
    assert [value.value for value in spent.values] == ["1.50"], spent.text
