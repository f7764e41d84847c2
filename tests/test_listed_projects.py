"""Projects of a table that prints the account beside each of them, of which only some have a form of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa.model import Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市林业局2024年部门预算.html"
SPENDING = """<h1>青山市林业局2024年部门预算</h1><p>公开表3</p><p>2024年部门支出预算总表</p><p>单位：万元</p><table border='1'>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>900.00</td><td>500.00</td><td>400.00</td></tr>
<tr><td>213</td><td>农林水支出</td><td>900.00</td><td>500.00</td><td>400.00</td></tr>
<tr><td>21302</td><td>林业和草原</td><td>900.00</td><td>500.00</td><td>400.00</td></tr>
<tr><td>2130201</td><td>行政运行</td><td>500.00</td><td>500.00</td><td></td></tr>
<tr><td>2130205</td><td>森林资源培育</td><td>310.00</td><td></td><td>310.00</td></tr>
<tr><td>2130211</td><td>动植物保护</td><td>90.00</td><td></td><td>90.00</td></tr>
</table>"""
PROJECTS = """<p>公开表10</p><p>2024年项目支出预算总表</p><p>单位：万元</p><table border='1'>
<tr><td>功能科目编码</td><td>类</td><td>款</td><td>项</td><td>项目名称</td><td>项目单位</td><td>资金总额</td></tr>
<tr><td></td><td></td><td></td><td></td><td>合计</td><td></td><td>400.00</td></tr>
<tr><td>2130205</td><td>农林水支出</td><td>林业和草原</td><td>森林资源培育</td><td>良种基地建设</td><td>青山市林业局本级</td><td>250.00</td></tr>
<tr><td>2130205</td><td>农林水支出</td><td>林业和草原</td><td>森林资源培育</td><td>低产林改造</td><td>青山市种苗站</td><td>60.00</td></tr>
<tr><td>2130211</td><td>农林水支出</td><td>林业和草原</td><td>动植物保护</td><td>青山湖候鸟监测</td><td>青山市湿地中心</td><td>90.00</td></tr>
</table>"""
FORMS = "".join(
    f"""<p>2024年专项绩效目标表</p><table border='1'>
<tr><td>项目名称</td><td>{name}</td><td></td><td></td></tr>
<tr><td>项目资金（万元）</td><td>年度资金总额：</td><td>{funds}</td><td></td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>完成面积</td><td>≥{area}亩</td></tr></table>"""
    for name, funds, area in (("良种基地建设", "250.00", "500"), ("青山湖候鸟监测", "90.00", "80"))
)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    page = f"<html><body>{SPENDING}{PROJECTS}{FORMS}</body></html>"
    yield tools_of(tmp_path_factory.mktemp("projects"), page, NAME)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("林业局2024年一共有哪些项目", "250.00 60.00 90.00"),
        ("林业局项目支出最多的两个项目", "250.00 90.00"),
        ("林业局低于80万元的项目", "60.00"),
        ("湿地中心有哪些项目", "90.00"),
        ("林业局农林水支出下各项", "500.00 310.00 90.00"),  # accounts, not projects paid from them
    ],
)
def test_rows_of_projects_are_projects(tools: Tools, question: str, figures: str) -> None:
    answer = ask(Question(question), tools)
    assert sorted(value.value for value in answer.values) == sorted(figures.split()), answer.text
