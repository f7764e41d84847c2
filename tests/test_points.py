"""The indicator with the fewest points is one of those that a form scores, not what they come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市文化局2023年度部门决算.html"
FORM = """<p>2023年度项目支出绩效自评表</p><table border='1'>
<tr><td>项目名称</td><td colspan='6'>{name}</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>举办展览</td><td>≥{shows}场</td><td>{shows}场</td><td>40</td><td>{first}</td></tr>
<tr><td>产出指标</td><td>时效指标</td><td>资金支付及时率</td><td>≥90%</td><td>85%</td><td>30</td><td>{second}</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>观众满意度</td><td>≥90%</td><td>95%</td><td>30</td><td>30</td></tr>
<tr><td colspan='5'>总分</td><td>100</td><td>{total}</td></tr></table>"""
PAGE = "<h1>青山市文化局2023年度部门决算</h1>" + "".join(
    FORM.format(name=name, shows=shows, first=first, second=second, total=first + second + 30)
    for name, shows, first, second in (("文物巡展", 12, 40, 26), ("公共图书采购", 8, 35, 30))
)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("文化局2023年文物巡展项目得分最低的指标", ["26", "30"]),
        ("文化局2023年公共图书采购项目得分最高的指标是哪个", ["35", "40"]),
        ("文化局2023年得分最低的项目", ["95"]),
    ],
)
def test_points_of_indicators_and_of_projects(question: str, figures: list[str], tmp_path: Path) -> None:
    tools: Tools = tools_of(tmp_path, PAGE, NAME)
    answer = ask(Question(question), tools)
    assert [value.value for value in answer.values] == figures, answer.text


def test_indicators_in_money_are_not_all_of_them(tmp_path: Path) -> None:
    page = PAGE.replace("≥12场</td><td>12场", "≥12万元</td><td>12万元")
    answer = ask(Question("文化局2023年各项目的满意度指标"), tools_of(tmp_path, page, NAME))
    assert all(value.unit == "%" for value in answer.values), answer.text
