"""Yes or no: the verdict follows the figure or the words that are quoted, never against them."""

from __future__ import annotations

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from qa.respond.said_so import verdict_of
from tests.disclosure import OTHER, OTHER_NAME, tools_of


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("verdicts"))


@pytest.mark.parametrize(
    ("question", "verdict", "ground"),
    [
        ("水文测报支出超年初预算了吗", "no", "60.00"),
        ("水文测报决算比年初预算低吗", "yes", "52.30"),
        ("防汛支出比水文测报多吗", "yes", "88.00"),
        ("水文测报支出比防汛多吗", "no", "52.30"),
        ("机关运行经费压减了吗", "yes", "5.00"),
        ("机关运行经费比上年增加了吗", "no", "5.00"),
        ("有没有政府性基金支出", "no", "没有"),
        ("政府采购全部给了中小企业吗", "no", "60.00%"),
        ("水利局负责水旱灾害防御吗", "yes", "负责水旱灾害防御"),
        ("水利局还承担农村饮水工程建设吗", "no", "不再承担"),
    ],
)
def test_the_verdict_rests_on_what_is_shown(question: str, verdict: str, ground: str, bureau: Tools) -> None:
    answer = ask(Question(question), bureau)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text
    assert ground in answer.text and answer.citations


def test_no_verdict_where_the_document_is_silent(bureau: Tools) -> None:
    answer = ask(Question("水利局管不管天气预报"), bureau)
    assert answer.status == "refused" and answer.verdict is None


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("交通局有没有买公车", "no"),
        ("交通局有因公出国吗", "no"),
        ("交通局管水路运输吗", "yes"),
        ("公务接待费比上年增加了吗", "yes"),
        ("三公经费超预算了吗", "no"),
        ("三公经费比上年增加了吗", None),  # the document measures it against the budget only
    ],
)
def test_a_basis_is_not_taken_for_another(
    question: str, verdict: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tools = tools_of(tmp_path_factory.mktemp("county"), OTHER, OTHER_NAME)
    assert ask(Question(question), tools).verdict == verdict


@pytest.mark.parametrize(
    ("question", "said", "verdict"),
    [
        ("是否开展了重点绩效评价", "财政评价未选取我单位项目开展重点绩效评价。", "no"),
        ("是否开展了重点绩效评价", "财政对2个项目开展了重点绩效评价。", "yes"),
        ("所属单位都纳入公开范围了吗", "将所属预算单位全部纳入预算公开范围。", "yes"),
        ("采购都给中小企业了吗", "授予中小企业合同金额占支出总额的60.10%。", "no"),
        ("采购都给中小企业了吗", "授予中小企业合同金额占支出总额的100.00%。", "yes"),
        ("项目都是优吗", "绩效评级为“优”的项目4个。", None),  # nothing of the others
        ("经费增加了吗", "经费比上年减少。", "no"),
        ("经费下降了吗", "经费比上年增长。", "no"),
    ],
)
def test_words_affirm_or_deny(question: str, said: str, verdict: str | None) -> None:
    assert verdict_of(question, said) == verdict


def test_a_document_asked_about_itself_tells_its_contradictions(bureau: Tools) -> None:
    answer = ask(Question("水利局2022年决算有没有前后矛盾的地方"), bureau)
    assert (answer.status, answer.verdict) == ("answered", "yes"), answer.text
    assert "25.00%" in answer.text and answer.warnings


def test_a_total_is_set_against_its_parts(bureau: Tools) -> None:
    answer = ask(Question("水利局水文测报和防汛加起来等于一般公共预算财政拨款支出吗"), bureau)
    assert answer.verdict == "no" and "140.30" in answer.text and "1150.00" in answer.text


def test_an_item_listed_in_prose_but_empty_in_its_table_is_pointed_out(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = """2022年度青山市林业局部门决算

一般公共预算财政拨款基本支出决算表

公开06表

单位：万元

科目编码\t科目名称\t决算数
303\t对个人和家庭的补助\t12.00
30302\t退休费\t12.00
30309\t奖励金\t

第二部分 2022年度部门决算情况说明
六、一般公共预算财政拨款基本支出决算情况说明
一般公共预算财政拨款基本支出12.00万元，主要包括：退休费、奖励金。
"""
    tools = tools_of(tmp_path_factory.mktemp("empty"), text, "青山市林业局_2022年度部门决算.txt")
    answer = ask(Question("林业局2022年有没有奖励金支出"), tools)
    assert answer.verdict == "no" and "不一致" in answer.text and answer.warnings


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("水利局2022年政府采购支出总额是不是超过了200万", "yes"),
        ("水利局2022年政府采购支出总额超过400万元吗", "no"),
        ("水利局2022年政府采购支出总额没有超过400万元吧，是吗", "yes"),
        ("水利局2022年政府采购支出总额有没有超过400万元", "no"),
        ("水利局2022年机关运行经费低于50万元吗", "yes"),
    ],
)
def test_a_bound_is_settled_by_the_figure(bureau: Tools, question: str, verdict: str) -> None:
    answer = ask(Question(question), bureau)
    assert (answer.status, answer.verdict) == ("answered", verdict) and answer.values, answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("水文测报支出超过五十万了吗", "yes"),
        ("水文测报支出超过一百万吗", "no"),
        ("水文测报支出是不是五十万以上", "yes"),
        ("水文测报支出52.30万元对吗", "yes"),
        ("水文测报支出60万元对吧", "no"),
        ("水文测报支出五十多万元吧", "yes"),
        ("水文测报支出约50万对不对", "yes"),
        ("防汛支出不到九十万吧", "yes"),
        ("机关运行经费减少了5万元对吗", "yes"),
        ("机关运行经费增加了5万元对吗", "no"),
    ],
)
def test_an_amount_supposed_is_held_against_the_figure(question: str, verdict: str, bureau: Tools) -> None:
    answer = ask(Question(question), bureau)
    assert (answer.status, answer.verdict) == ("answered", verdict), answer.text
    assert answer.values and answer.citations


def test_an_amount_of_what_is_not_there_gets_no_verdict(bureau: Tools) -> None:
    answer = ask(Question("渔政支出超过五十万了吗"), bureau)
    assert answer.verdict is None and not answer.values


def test_two_rows_are_not_held_against_each_other(tools: Tools) -> None:
    answer = ask(Question("济源党工委办基本工资290.80和134.60哪个对"), tools)
    assert "不是同一个数" in answer.text and "请核对原文" not in answer.text


def test_figures_of_nowhere_are_not_compared(tools: Tools) -> None:
    assert not ask(Question("市委办行政运行2323.05和2000.12区别"), tools).values


def test_both_sides_of_the_account(tools: Tools) -> None:
    answer = ask(Question("市委办2022年收支是否平衡"), tools)
    assert (answer.verdict, answer.values[0].value) == ("yes", "3441.79")


def test_a_name_of_several_accounts_has_several_codes(tools: Tools) -> None:
    text = ask(Question("市委办行政运行的科目代码是多少"), tools).text
    assert all(code in text for code in ("2010101", "2012601", "2013101", "2013601"))


CENTRE = """2022年度青都区社会救助中心单位决算

第一部分 2022年度单位决算情况说明
一、一般公共预算财政拨款支出决算情况说明
1.社会保障和就业支出（类）最低生活保障（款）农村最低生活保障金支出（项）。年初预算为60.00万元，支出决算为52.30万元。
2.卫生健康支出（类）公共卫生（款）基本公共卫生服务（项）。年初预算为9.00万元，支出决算为8.80万元。
二、“三公”经费支出决算情况说明
公务用车购置费支出0.00万元，公务用车运行维护费支出3.20万元。
三、其他重要事项情况说明
（一）机关运行经费支出情况。本单位为公益一类事业单位，无机关运行经费。
"""


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("centre"), CENTRE, "青都区社会救助中心_2022年度单位决算.txt")


def test_a_heading_affirms_nothing(centre: Tools) -> None:
    answer = ask(Question("青都区社会救助中心2022年有机关运行经费吗"), centre)
    assert answer.verdict == "no" and "无机关运行经费" in answer.text, answer.text


def test_a_character_of_the_name_asks_for_no_comparison(centre: Tools) -> None:
    assert ask(Question("青都区社会救助中心2022年有公务用车购置费吗"), centre).verdict == "no"


@pytest.mark.parametrize(("question", "figure"), [("农村低保支出决算多少", "52.30"), ("基本公卫服务花了多少", "8.80")])
def test_what_is_said_short_is_found(question: str, figure: str, centre: Tools) -> None:
    answer = ask(Question(question), centre)
    assert [v.value for v in answer.values] == [figure.rstrip("0")] or figure in answer.text, answer.text


@pytest.mark.parametrize("asks", ["有没有超预算", "超预算了吗", "有没超年初预算"])
def test_whether_or_not_is_no_denial(asks: str, bureau: Tools) -> None:
    answer = ask(Question(f"水文测报支出{asks}"), bureau)
    assert answer.verdict == "no", answer.text


TOWN = """<h1>青山镇人民政府2022年度部门决算</h1>
<p>公开03表</p><p>支出决算表</p><p>单位：万元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>233.31</td><td>88.00</td><td>145.31</td></tr>
<tr><td>2120501</td><td>城乡社区环境卫生</td><td>145.31</td><td></td><td>145.31</td></tr>
<tr><td>2010301</td><td>行政运行</td><td>88.00</td><td>88.00</td><td></td></tr>
</table>
<p>一般公共预算财政拨款支出决算具体情况</p>
<p>1.城乡社区支出（类）城乡社区环境卫生（款）城乡社区环境卫生（项）。年初预算为120.00万元，支出决算为118.26万元，完成年初预算的98.55%，决算数小于年初预算数的主要原因是合同跨年支付。</p>
<p>2.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。年初预算为80.00万元，支出决算为88.00万元，完成年初预算的110.00%，决算数大于年初预算数的主要原因是人员调入。</p>"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("town"), TOWN, "青山镇人民政府2022年度部门决算.html")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("城乡社区环境卫生是否超过年初预算", "no"),  # the table counts other money too
        ("行政运行是否超过年初预算", "yes"),
        ("城乡社区环境卫生完成年初预算了吗", "no"),
        ("行政运行年初预算完成了吗", "yes"),
        ("行政运行大于城乡社区环境卫生吗", "no"),
        ("城乡社区环境卫生支出是不是比行政运行多", "yes"),
    ],
)
def test_a_budget_and_another_item_are_compared_by_figures(question: str, verdict: str, town: Tools) -> None:
    answer = ask(Question(f"青山镇2022年{question}"), town)
    assert answer.verdict == verdict, answer.text


def test_a_budget_is_set_against_the_outturn_of_its_sentence(town: Tools) -> None:
    answer = ask(Question("青山镇2022年城乡社区环境卫生决算比年初预算少多少"), town)
    assert [v.value for v in answer.values] == ["1.74"], answer.text


def test_the_outturn_of_other_money_denies_no_premise(town: Tools) -> None:
    answer = ask(Question("青山镇2022年城乡社区环境卫生没花完的原因"), town)
    assert "前提" not in answer.text and "合同跨年支付" in answer.text, answer.text


SHARES = """<h1>青山镇人民政府2023年度部门决算</h1>
<p>公开03表</p><p>支出决算表</p><p>单位：元</p>
<table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td></tr>
<tr><td></td><td>合计</td><td>40,459,200.00</td></tr>
<tr><td>2210201</td><td>住房公积金</td><td>1,872,240.00</td></tr>
</table>
<p>收入决算情况说明</p>
<p>本年收入合计4045.92万元，其中：财政拨款收入3951.61万元，占97.67%；事业收入36.20万元，占1.89%；其他收入58.11万元，占1.44%。</p>
<p>住房公积金支出178.22万元，主要用于缴纳职工住房公积金。</p>"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("青山镇2023年事业收入占比1.89%算对了吗", ["0.89", "1.89"]),
        (
            "青山镇2023年住房公积金到底是178.22还是187.22",
            ["178.22", "1,872,240.00"],
        ),  # 元 in the table, 万元 in the prose
    ],
)
def test_figures_of_a_question_are_held_against_the_document(
    question: str, told: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    tools = tools_of(tmp_path_factory.mktemp("shares"), SHARES, "青山镇人民政府2023年度部门决算.html")
    answer = ask(Question(question), tools)
    assert answer.status == "answered" and all(figure in answer.text for figure in told), answer.text
