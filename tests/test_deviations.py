"""Why an indicator was missed: the reason printed in its own row, never one of a neighbour's."""

from __future__ import annotations

import pytest

from qa.model import Answer, Question
from qa.pipeline import Tools, ask
from tests.disclosure import tools_of

NAME = "青山市水利局_2022年度部门决算.html"
HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
ROWS = (
    ("产出指标", "数量指标", "举办防汛演练次数", "≥5场次", "2场次", "20", "8", "汛期降雨集中，演练让位于抢险，明年提前到四月举办"),
    ("产出指标", "数量指标", "巡查河道里程", "≥300公里", "320公里", "20", "20", ""),
    ("产出指标", "时效指标", "清淤工程完工及时率", "100%", "80%", "20", "16", "用地手续办理滞后"),
)  # fmt: skip


def _row(cells: tuple[str, ...] | list[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


PAGE = f"""<html><body><h1>2022年度青山市水利局部门决算</h1>
<h2>项目支出绩效自评表</h2>
<table><tr><td>项目名称</td><td colspan="7">河道治理专项</td></tr>{_row(HEAD)}{"".join(map(_row, ROWS))}
<tr><td colspan="3">总分</td><td></td><td></td><td>100</td><td>84</td><td></td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("form"), PAGE, NAME)


def told(question: str, tools: Tools) -> Answer:
    return ask(Question(question), tools)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水利局防汛演练次数的偏差原因是什么", "演练让位于抢险"),
        ("水利局防汛演练为什么只办了2场", "演练让位于抢险"),
        ("水利局清淤工程完工及时率没达标是什么原因", "用地手续办理滞后"),
        ("水利局河道治理专项清淤工程完工为啥扣了分", "用地手续办理滞后"),
    ],
)
def test_the_reason_stands_in_the_row_of_the_indicator(question: str, said: str, bureau: Tools) -> None:
    answer = told(question, bureau)
    assert said in answer.text and said in answer.citations[0].quote, answer.text
    assert sum(row[-1] in answer.text for row in ROWS if row[-1]) == 1


def test_a_row_without_a_reason_borrows_none(bureau: Tools) -> None:
    answer = told("水利局巡查河道里程的偏差原因是什么", bureau)
    assert answer.status == "refused", answer.text
