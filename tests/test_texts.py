"""Answers in words: what a small disclosure says is told exactly, and what it does not say is not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest import ingest_file
from index.model import Section
from index.stores import Index
from index.vocabulary import load_vocabulary
from index.wording import squeeze
from qa.finder import Finder
from qa.model import Answer, Question
from qa.pipeline import Tools, ask
from qa.retrieve.statements import prose_statements, table_statements
from tests.builders import paragraph, table
from tests.disclosure import NAME, OTHER, OTHER_NAME, TEXT, tools_of


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Tools:
    return tools_of(tmp_path_factory.mktemp("county"), OTHER, OTHER_NAME)


def told(question: str, tools: Tools) -> Answer:
    answer = ask(Question(question), tools)
    assert answer.status == "answered", answer.text
    return answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("水利局的职责是什么", ("水资源的合理开发利用", "水旱灾害防御", "农村水利")),
        ("水利局下属哪几家单位", ("水文监测站", "灌区服务中心")),
        ("水利局内设哪些科室", ("规划计划科", "水旱灾害防御科")),
        ("水文测报的钱主要用在哪", ("水文站网的运行维护",)),
        ("为什么水文测报没花完预算", ("未到检定周期",)),
        ("防汛年初没预算，88万从哪来的", ("上级追加防汛物资购置资金",)),
        ("收支总计为什么增加", ("水库除险加固",)),
        ("机关运行经费包括哪些费用", ("办公及印刷费", "差旅费")),
        ("年初结转和结余是什么意思", ("以前年度尚未完成",)),
        ("河道治理专项的立项依据是什么", ("河道管理条例", "青政办〔2019〕17号")),
        ("河道治理专项经费要干什么", ("清淤和护岸整治",)),
        ("河道治理专项什么时候实施", ("2022年3月1日",)),
        ("绩效自评发现了什么问题", ("支付进度偏慢", "设置不够具体")),
    ],
)
def test_what_the_document_says_is_told_whole(question: str, said: tuple[str, ...], bureau: Tools) -> None:
    answer = told(question, bureau)
    assert all(words in answer.text for words in said), answer.text
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("水文测报的钱主要用在哪", "检定周期"),  # the use, not the reason behind it
        ("河道治理专项什么时候实施", "清淤"),
        ("机关运行经费包括哪些费用", "45.00"),
    ],
)
def test_what_was_not_asked_is_left_out(question: str, unsaid: str, bureau: Tools) -> None:
    assert unsaid not in told(question, bureau).text


def test_every_quotation_stands_word_for_word_in_the_document(bureau: Tools) -> None:
    document = squeeze(TEXT)
    for question in ("水利局的职责是什么", "收支总计为什么增加", "绩效自评发现了什么问题", "河道治理专项的立项依据"):
        for citation in told(question, bureau).citations:
            assert citation.document == NAME and squeeze(citation.quote) in document


@pytest.mark.parametrize(
    "question", ["采购供应商是谁", "水利局的联系电话", "水利局负责气象预报吗", "水文站网的建设周期"]
)
def test_what_the_document_does_not_say_is_refused(question: str, bureau: Tools) -> None:
    answer = ask(Question(question), bureau)
    assert (answer.status, answer.reason) == ("refused", "not_disclosed"), answer.text


def test_the_reason_of_another_budget_or_of_a_part_is_not_told(tmp_path: Path) -> None:
    text = TEXT.replace(
        "四、机关运行经费支出情况",
        "四、其他情况\n一般公共预算收支增加20.00万元，主要原因是人员晋级。国有资本经营预算收支为0.00万元。\n"
        "“三公”经费支出9.00万元，其中公务接待费5.00万元，比上年增加1.00万元，主要原因是来访单位增多。\n五、机关运行经费支出情况",
    )
    tools = tools_of(tmp_path, text)
    for question in ("水利局国有资本经营收支变化的原因", "水利局三公经费为什么这么多"):
        answer = ask(Question(question), tools)
        assert "人员晋级" not in answer.text and "来访单位增多" not in answer.text, answer.text
    assert "来访单位增多" in told("水利局公务接待费为什么增加", tools).text


def test_a_false_premise_is_corrected_with_the_figure(bureau: Tools) -> None:
    answer = told("机关运行经费为什么增加", bureau)
    assert answer.reason == "wrong_premise" and "减少5.00万元" in answer.text


def test_a_printed_rate_is_computed_again(bureau: Tools) -> None:
    answer = told("收支总计比上年增加25%，原文算对了吗", bureau)
    assert answer.verdict == "no" and "20.00%" in answer.text and "25.00%" in answer.text
    assert [value.verification for value in answer.values[:2]] == ["computed", "conflict"]


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("交通局主要职责", "农村公路的建设、养护和管理", "内设机构"),
        ("交通局有哪些内设机构", "安全监督股", "督查次数"),
        ("收支总计为什么减少", "国省道改造项目完工", "督查"),
        ("公务接待费增加的原因", "上级督查次数增加", "改造项目"),
        ("机关运行经费主要干什么用", "差旅费、会议费", "农村公路"),
        ("绩效自评有什么问题", "前期工作滞后", "接待"),
        ("下一步怎么改进", "加强项目前期准备", "接待"),
        ("三公经费为什么超预算", "并没有超出预算", "督查次数"),
        ("收支总计怎么骤降了", "国省道改造项目完工", "督查次数"),
    ],
)
def test_another_province_puts_it_otherwise(question: str, said: str, unsaid: str, county: Tools) -> None:
    text = told(question, county).text
    assert said in text and unsaid not in text, text


def test_a_list_is_quoted_from_its_first_item(bureau: Tools) -> None:
    text = told("绩效指标设置有什么问题", bureau).text
    assert "主要问题：一是" in text and "设置不够具体" in text


def test_items_in_paragraphs_of_their_own_are_told_with_the_first(tmp_path: Path) -> None:
    text = TEXT.replace(
        "具体包括：\n1.青山市水利局本级。\n2.青山市水文监测站。\n3.",
        "包括：1.青山市水利局本级；\n2.青山市水文监测站；\n3.",
    )
    answer = told("水利局下属哪几家单位", tools_of(tmp_path, text))
    assert "水文监测站" in answer.text and "灌区服务中心" in answer.text


def test_last_year_is_worked_out_from_the_change_since_last_year(tmp_path: Path) -> None:
    text = TEXT.replace(
        "2022年度收、支总计均为1,200.00万元。与上年度相比",
        "2022年度收、支总计均为1,200.00万元。与年初预算相比，收、支总计各增加50.00万元，增长4.35%；与上年度相比",
    )
    answer = told("水利局2021年收支总计推算多少万元", tools_of(tmp_path, text))
    assert answer.values[0].value == "1000.00"


def test_how_many_units_is_told_with_their_names(bureau: Tools) -> None:
    answer = told("水利局下属预算单位有几个", bureau)
    assert [(v.value, v.unit) for v in answer.values] == [("3", "个")]
    assert "水文监测站" in answer.text
    sections = told("水利局内设几个科室", bureau)
    assert sections.values[0].value == "3" and "规划计划科" in sections.text


def test_a_bound_is_not_settled_by_words(bureau: Tools) -> None:
    assert ask(Question("水利局清淤和护岸整治预算超过100万吗"), bureau).verdict is None


def test_the_whole_is_meant_where_no_part_is_named(tmp_path: Path) -> None:
    staff = "水利局编制总数120名，其中：行政编制40名，事业编制80名。"
    tools = tools_of(tmp_path, TEXT.replace("二、机构设置\n", f"二、机构设置\n{staff}\n"))
    assert told("水利局编制数多少", tools).values[0].value == "120"
    assert told("水利局行政编制多少名", tools).values[0].value == "40"


def test_the_same_duty_is_quoted_from_the_newest_document(tmp_path: Path) -> None:
    tools = tools_of(tmp_path)
    later = tmp_path / NAME.replace("2022", "2023")
    later.write_text(TEXT.replace("2022", "2023"), encoding="utf-8")
    index = Index.open(tmp_path / "store")
    assert ingest_file(later, index, None).status == "added"
    tools = Tools(Finder(index, load_vocabulary()))
    assert "2023" in told("水利局管不管水旱灾害防御", tools).citations[0].document


# -- statements --------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="一二三水利局经费，。；：、（） \n", min_size=1, max_size=80))
def test_statements_are_cut_from_their_paragraph(text: str) -> None:
    """Each stands where it says it does, and together they leave nothing out but white space."""
    source = paragraph(text)
    found = list(prose_statements("a.txt", (source,), (Section(1, 1, "一、概况", ("一、概况",), 1),)))
    assert all(text[s.start : s.end] == s.text for s in found)
    assert "".join(re.sub(r"\s", "", s.text) for s in found) == re.sub(r"\s", "", text)


def test_a_clause_knows_what_it_stands_under() -> None:
    source = paragraph("1.水利（款）防汛（项）。支出决算为88.00万元。主要原因是追加购置资金。")
    *_, reason = prose_statements("a.txt", (source,), (Section(1, 1, "具体情况", ("第二部分", "具体情况"), 1),))
    assert reason.text == "主要原因是追加购置资金。"
    assert (
        "防汛（项）" in reason.lead and reason.titles == ("第二部分", "具体情况") and reason.head.startswith("1.水利")
    )


def test_a_worded_cell_knows_its_row_its_column_and_its_project() -> None:
    columns = (("",), ("",), ("",))
    rows = (
        ("项目名称", "河道治理", ""),
        ("三级指标", "得分", "偏差原因分析及改进措施"),
        ("清淤长度", "8", "受汛期影响开工较晚，下年提前安排。"),
    )
    form = table(rows, columns, title="项目支出绩效自评表", code="", kind="P02")
    (cell,) = table_statements("a.txt", (replace(form, form=True),))
    assert cell.text.startswith("受汛期影响")
    assert {"河道治理", "清淤长度", "偏差原因分析及改进措施"} <= set(cell.titles)


def test_a_short_cell_beside_the_name_of_an_attribute_is_a_statement() -> None:
    rows = [
        ["项目名称", "堤防维修", "", ""],
        ["主管部门", "青山市水利局", "实施单位（盖章）", "市河道站"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "时效指标", "完工时间", "2024年8月底前"],
    ]
    form = replace(table(rows, [()] * 4, title="项目支出绩效目标表"), form=True)
    found = {s.named: s.text for s in table_statements("a.txt", (form,)) if s.named}
    assert found == {"主管部门": "青山市水利局", "实施单位": "市河道站", "完工时间": "2024年8月底前"}


def test_what_an_evaluation_covers_is_counted(bureau: Tools) -> None:
    assert told("水利局自评涉及几个项目", bureau).values[0].value == "12"
