"""One name, several figures: whose money, which column, which row is meant decides, and what is not said is not taken."""

from __future__ import annotations

import pytest

from index.model import Fact, Locator, State
from qa import Question, ask
from qa.bounds import find_condition
from qa.model import Answer
from qa.money import lies_within, money_said, of_other_money
from qa.pipeline import Tools
from qa.respond.several_measures import asked_measures
from tests.disclosure import tools_of

NAME = "青山市文化馆局_2023年度部门决算.html"


def _table(title: str, code: str, *rows: str) -> str:
    """A table of a web page; cells of a row are parted by |."""
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<p>{title}</p><p>{code}</p><p>部门：青山市文化局 单位：万元</p><table>{cells}</table>"


PAGE = f"""<html><body><h1>青山市文化局2023年度部门决算</h1>
<h2>第一部分 部门概况</h2><p>一、部门职责</p><p>负责全市文化事业的规划和管理工作。</p>
<h2>第二部分 2023年度部门决算情况说明</h2>
<p>一、收入支出决算总体情况说明</p>
<p>2023年度收、支总计均为930.00万元。与2022年度相比，收、支总计各减少60.00万元，下降6.25%。</p>
<p>二、支出决算情况说明</p>
<p>2023年度本年支出合计900.00万元，其中：基本支出600.00万元，占66.67%；项目支出300.00万元，占33.33%。</p>
<p>三、财政拨款收入支出决算总体情况说明</p>
<p>2023年度财政拨款收、支总计均为840.00万元。与2022年度相比，财政拨款收、支总计各减少50.00万元，下降5.62%。</p>
<p>四、一般公共预算财政拨款基本支出决算情况说明</p>
<p>2023年度一般公共预算财政拨款基本支出550.00万元，其中：人员经费440.00万元，公用经费110.00万元。退休费5.00万元。</p>
{
    _table(
        "支出决算表",
        "公开03表",
        "科目编码|科目名称|本年支出合计|基本支出|项目支出",
        "|合计|900.00|600.00|300.00",
        "207|文化旅游体育与传媒支出|900.00|600.00|300.00",
        "20701|文化和旅游|900.00|600.00|300.00",
        "2070101|行政运行|330.00|330.00|0.00",
        "2070104|图书馆|250.00|150.00|100.00",
        "2070109|群众文化|320.00|120.00|200.00",
    )
}
{
    _table(
        "财政拨款支出决算表",
        "公开05表",
        "科目编码|科目名称|合计|基本支出|项目支出",
        "|合计|840.00|550.00|290.00",
        "207|文化旅游体育与传媒支出|840.00|550.00|290.00",
        "20701|文化和旅游|840.00|550.00|290.00",
        "2070101|行政运行|330.00|330.00|0.00",
        "2070104|图书馆|240.00|140.00|100.00",
        "2070109|群众文化|270.00|80.00|190.00",
    )
}
{
    _table(
        "一般公共预算财政拨款项目支出决算表",
        "公开08表",
        "科目编码|科目名称（项目）|金额",
        "|合计|290.00",
        "207|文化旅游体育与传媒支出|290.00",
        "20701|文化和旅游|290.00",
        "2070104|图书馆|100.00",
        "|市图书馆免费开放补助|60.00",
        "|流动图书车运行|40.00",
        "2070109|群众文化|190.00",
        "|文化站免费开放补助|110.00",
        "|送戏下乡|80.00",
    )
}
</body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("money"), PAGE, NAME)


def _asked(question: str, page: Tools) -> Answer:
    *history, text = question.split("|")
    return ask(Question(f"青山市文化局2023年{text}" if not history else text, tuple(history)), page)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("收支总计比上年减少多少", "60.00"),
        ("财政拨款群众文化支出", "270.00"),
        ("支出多少", "900.00"),  # of the year; the grand total holds what is carried over
        ("基本支出占支出的比重", "66.67"),
        ("人员经费占基本支出的比重", "80.00"),  # of the money that the part is of: 440 of 550
        ("图书馆和群众文化的基本支出合计", "270.00"),  # the column said behind the last is of both
        ("群众文化支出2070109", "320.00"),
        ("项目支出（财政拨款）", "290.00"),  # the total, not a row whose name shares a word
        ("基本支出", "600.00"),  # of all money, where none is named
        ("财政拨款图书馆支出", "240.00"),
        ("行政运行和群众文化基本支出合计", "450.00"),  # also where nothing stands before the column
        ("金额最大的项目", "110.00"),  # a project, not the account over it
        ("项目支出前三名", "110.00"),
    ],
)
def test_what_is_meant(question: str, figure: str, page: Tools) -> None:
    answer = _asked(question, page)
    assert answer.values, answer.text
    assert answer.values[0].value == figure, answer.text


def test_each_column_of_one_row(page: Tools) -> None:
    answer = _asked("群众文化的基本支出和项目支出分别多少", page)
    assert [value.value for value in answer.values] == ["120.00", "200.00"], answer.text


@pytest.mark.parametrize(
    "question",
    [
        "青山市文化局2023年项目支出|最大的项目占比",  # the largest share of all is of no project
        "政府性基金基本支出",  # nothing of a fund stands there
        "项目支出占一般公共预算支出的比重",  # all projects are no part of what one fund gives
        "免费开放补助一共多少",  # of which of the two nobody said
        "项目支出前八名",  # there are four
        "政府购买服务有哪几项",
        "一般公共服务支出",  # said of none of the rows: 一般公共预算 is another word
        "整体支出绩效得分",
        "退休人员",  # people, not what they are paid
        "青山市文化局2023年群众文化支出|去年呢",  # the year before the one spoken of
    ],
)
def test_what_is_not_meant_is_not_given(question: str, page: Tools) -> None:
    answer = _asked(question, page)
    assert not answer.values, answer.text


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("财政拨款支出", "财政拨款"),
        ("一般公共预算财政拨款支出", "一般公共预算"),
        ("政府性基金预算财政拨款收入", "政府性基金"),
        ("一般公共预算和政府性基金支出", ""),
        ("一般公共服务支出", ""),
    ],
)
def test_the_money_said(text: str, money: str) -> None:
    assert money_said(text) == money


def _fact(title: str, scope: str, label: str = "基本支出") -> Fact:
    return Fact("t1r0c1", "table", label, "1.00", None, "万元", State.VALUE, Locator(1), "", title=title, scope=scope)


def test_the_money_counted() -> None:
    everything, granted = _fact("支出决算表", "全部"), _fact("财政拨款支出决算表", "财政拨款")
    general = _fact("一般公共预算财政拨款支出决算表", "一般公共预算")
    assert of_other_money("一般公共预算基本支出", everything)
    assert not of_other_money("一般公共预算基本支出", granted)
    assert lies_within(general, granted)
    assert lies_within(general, _fact("支出决算表", "全部", "支出合计"))
    assert not lies_within(general, everything)  # the half of all money, of which the part knows only one
    assert not lies_within(everything, granted)


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("三公经费预算决算分别多少", ("预算", "决算")),
        ("老旧小区改造的年初预算、决算和完成率", ("年初预算", "决算", "完成率")),
        ("公务接待费决算完成率", ()),
        ("一般公共预算决算", ()),
    ],
)
def test_measures_named_side_by_side(text: str, measures: tuple[str, ...]) -> None:
    assert asked_measures(text) == measures


@pytest.mark.parametrize(
    ("text", "bound"),
    [("哪些科目没完成预算", ("<", "100")), ("超预算的科目有哪些", (">", "100")), ("三公经费超预算了吗", None)],
)
def test_accounts_held_against_their_budget(text: str, bound: tuple[str, str] | None) -> None:
    condition, _ = find_condition(text)
    assert (condition and (condition.relation, str(condition.value))) == bound
