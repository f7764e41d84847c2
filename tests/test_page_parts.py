"""What the page draws, without a browser: texts taken apart, charts, suggestions, files to take away."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from index.model import CatalogueEntry, Severity
from index.stores import Opinion
from qa.audit.model import AuditFigure, AuditFinding, AuditReport, DocumentAudit, RuleCount
from qa.evaluate.cases import AnswerType
from qa.evaluate.feedback import feedback_cases
from qa.model import Answer, Citation, Question, Value
from qa.pipeline import Tools, ask
from qa.serve.page.audit_files import audit_html, audit_xlsx
from qa.serve.page.charts import chart_of, comparison, composition, outturn
from qa.serve.page.examples import examples, spoken_name
from qa.serve.page.export import as_text, as_xlsx
from qa.serve.page.figures import large, shown
from qa.serve.page.opinions import feedback_of
from qa.serve.page.parts import answer_data, cell_at, list_data, quote_data, table_data
from qa.serve.page.rich import blocks_of
from qa.serve.page.safe import answer_markdown, escaped
from qa.serve.page.word_file import as_docx
from qa.serve.wire import dumps
from qa.suggest import follow_ups
from tests.builders import profile, table

QUESTION = "工信局2022年三公经费决算是多少？"
ROW = "公务接待费|决算数|3.25"
CITED = Citation(
    1, "a.pdf", "2022年度决算", "cell", 18, (1.0, 2.0, 3.0, 4.0), table="公开09表", value="3.25", quote=ROW
)


def answer(text: str = "公务接待费为**3.25万元**[1]。", *values: Value) -> Answer:
    values = values or (Value("公务接待费", "3.25", "万元", "table", citations=(1,)),)
    return Answer("问", "问", "answered", text, values=values, citations=(CITED,))


def entry(name: str, aliases: tuple[str, ...]) -> CatalogueEntry:
    about = profile(name)
    return CatalogueEntry(f"{name}.pdf", name, "pdf", type(about)(name, aliases, 2022, "决算", "部门", ""), 1, 1, 1)


# -- texts -------------------------------------------------------------------------------------------------------------


def test_bold_words_marks_and_lists_are_told_apart() -> None:
    lead, item, quote = blocks_of("合计**17.22万元**[1]。\n- 其一[12]\n\n> 原文")
    assert [(p.words, p.bold, p.mark) for p in lead.pieces] == [
        ("合计", False, 0), ("17.22万元", True, 0), ("[1]", False, 1), ("。", False, 0),
    ]  # fmt: skip
    assert (item.kind, item.pieces[-1].mark, quote.kind) == ("item", 12, "quote")
    assert blocks_of("2. 乙")[0].lead == "2."


@given(st.text())
def test_no_word_of_a_text_is_lost_or_added(text: str) -> None:
    words = "".join(block.lead + "".join(p.words for p in block.pieces) for block in blocks_of(text))
    signs = str.maketrans("", "", "*->. \n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    assert words.translate(signs) == "".join(line for line in text.split("\n") if line.strip()).translate(signs)


def test_an_unpaired_sign_of_bold_is_words() -> None:
    assert "".join(p.words for p in blocks_of("3**2 = 9")[0].pieces) == "3**2 = 9"


def test_markup_in_a_document_stays_text() -> None:
    assert escaped("<img src=x onerror=alert(1)> [a](b) :red[c] $x$") == (
        "&lt;img src=x onerror=alert(1)&gt; \\[a\\](b) \\:red\\[c\\] \\$x\\$"
    )
    assert answer_markdown("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert answer_data("<b>x</b>")["blocks"][0]["pieces"][0]["words"] == "<b>x</b>"


def test_a_cell_is_found_by_its_place() -> None:
    source = table((("甲", "1.00"), ("乙", "2.00")), (("项目",), ("决算数", "合计")))
    place = source.rows[1][1]
    assert cell_at(source, place.page, place.bbox) == (1, 1)
    assert cell_at(source, place.page + 1, place.bbox) is None
    assert table_data(source, (1, 1))["columns"] == ["项目", "决算数 / 合计"]


def test_figures_are_grouped_by_three_and_years_are_not() -> None:
    grouped = {
        value: shown(Value("", value, unit, "table"))
        for value, unit in (("3414.13", "万元"), ("-12000", "元"), ("2022", "年"), ("17.22", "万元"), ("约30", "人"))
    }
    assert grouped == {"3414.13": "3,414.13", "-12000": "-12,000", "2022": "2022", "17.22": "17.22", "约30": "约30"}


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_grouping_changes_no_figure(number: Decimal) -> None:
    assert Decimal(shown(Value("", f"{number:f}", "万元", "table")).replace(",", "")) == number


def test_one_line_of_a_list_does_not_stand_large() -> None:
    many = tuple(Value(f"项目{n}", f"{n}000.00", "万元", "table") for n in range(1, 6))
    lines = "\n".join(f"{n}. {value.label}：**{shown(value)}万元**[1]" for n, value in enumerate(many, 1))
    assert large(answer("共5项：\n" + lines, *many)) == ()
    assert large(answer("合计**1,000.00万元**[1]。", *many)) == many[:1]
    assert large(answer("x", *many[:3])) == many[:3]


# -- files to take away ------------------------------------------------------------------------------------------------


def test_word_marks_are_footnotes_and_figures_a_table() -> None:
    document = Document(io.BytesIO(as_docx([("问", answer())])))
    notes = next(p for p in document.part.package.iter_parts() if p.partname == "/word/footnotes.xml")
    assert "a.pdf，第18页，公开09表：公务接待费|决算数|3.25" in notes.blob.decode()
    assert len(document.element.xpath("//w:footnoteReference")) == 1
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["公务接待费", "3.25", "万元", ""]


def test_excel_holds_the_figure_as_a_number_and_no_formula() -> None:
    told = answer("x", Value("=1+1", "1,043.40", "万元", "both", citations=(1,)))
    book = load_workbook(io.BytesIO(as_xlsx([("=HYPERLINK(1)", told)])))
    question, label, value, *_ = next(book["数字"].iter_rows(min_row=2, values_only=True))
    assert (question, label, value) == ("'=HYPERLINK(1)", "'=1+1", 1043.4)
    assert next(book["Sources"].iter_rows(min_row=2, values_only=True))[2:4] == ("a.pdf", 18)


@given(st.text())
def test_any_text_can_be_taken_away(text: str) -> None:
    told = answer(text, Value(text, text, text, "table"))
    assert Document(io.BytesIO(as_docx([(text, told)]))).paragraphs
    assert load_workbook(io.BytesIO(as_xlsx([(text, told)]))).sheetnames == ["数字", "Sources"]
    assert as_text("问", told).startswith("问")


def test_a_self_check_is_taken_away_with_both_figures_and_as_text_only() -> None:
    left = AuditFigure("<合计>", "121.50", "万元", "a.pdf", 2)
    right = AuditFigure("各项之和", "120.50", "万元", "a.pdf", 2)
    finding = AuditFinding("R-1", "合计=Σ", Severity.ERROR, "合计<不符>", "a.pdf", (left, right))
    report = AuditReport((DocumentAudit("a.pdf", "决算", (finding,), (RuleCount("R-1", "合计=Σ", "表内", 3, 0, 1),)),))
    page = audit_html(report).decode()
    assert "121.50万元" in page and "120.50万元" in page and "合计&lt;不符&gt;" in page and "<合计>" not in page
    book = load_workbook(io.BytesIO(audit_xlsx(report)))
    assert [row[6] for row in book["发现"].iter_rows(min_row=2, values_only=True)] == ["121.50", "120.50"]
    assert next(book["规则"].iter_rows(min_row=2, values_only=True))[3:6] == (3, 0, 1)


def test_a_list_is_drawn_column_by_column() -> None:
    data = list_data(
        {"类别": ["列举", "<b>"], "正确率": ["50.0%", "—"]}, chosen=1, pick=True, bar="正确率", label="分类"
    )
    assert data["rows"] == [["列举", "50.0%"], ["<b>", "—"]]
    assert (data["cell"], data["pick"], data["bar"]) == ([1, -1], "row", 1)


def test_a_quote_is_words_whatever_they_look_like() -> None:
    lines = quote_data("**合计**[1]\n- <b>其中</b>")["blocks"]
    assert [[piece["words"] for piece in line["pieces"]] for line in lines] == [["**合计**[1]"], ["- <b>其中</b>"]]
    assert not any(piece["bold"] or piece["mark"] for line in lines for piece in line["pieces"])


# -- what people said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("good", "reason"), [(True, ""), (False, "应拒答"), (False, "年度错")])
def test_opinions_become_a_question_set(good: bool, reason: str) -> None:
    (case,) = feedback_cases([feedback_of(Opinion("问", dumps(answer()), good, reason))])
    assert case.question == "问"
    assert (case.gold is not None) == good
    assert (case.answer_type is AnswerType.REFUSE) == (reason == "应拒答")


# -- from what is indexed ----------------------------------------------------------------------------------------------


def test_examples_use_a_name_that_only_one_office_has() -> None:
    offices = (entry("青山市教育局", ("教育局", "市教育局")), entry("白水市教育局", ("教育局", "白水教育局")))
    assert spoken_name(offices[0], offices) == "青山市教育局"
    assert spoken_name(offices[1], offices) == "白水教育局"
    assert len(examples(offices)) == 2


def test_suggestions_are_answered_by_other_cells(tools: Tools) -> None:
    told = ask(Question(QUESTION), tools)
    found = follow_ups([told], tools)
    assert found
    for text in found:
        near = ask(Question(text), tools)
        assert near.status == "answered" and near.citations[0] != told.citations[0]


def test_shares_of_the_classes_make_up_the_printed_total(tools: Tools) -> None:
    for document in tools.finder.catalogue:
        chart = composition(document, tools.finder, tools.finder.vocabulary)
        assert chart is not None
        assert all(chart.source(point) for point in chart.points)
        shares = [Decimal(point.share.rstrip("%")) for point in chart.points if point.share]
        assert not shares or abs(sum(shares) - 100) < 1


def test_plan_and_outturn_stand_in_pairs(tools: Tools) -> None:
    document = next(e for e in tools.finder.catalogue if e.name.startswith("004"))
    chart = outturn(document, tools.finder)
    assert chart is not None
    points = {(point.label, point.series): point.shown for point in chart.points}
    assert (points["公务接待费", "预算"], points["公务接待费", "决算"]) == ("4.23", "3.25")


def test_a_comparison_holds_verified_answers_of_one_unit(tools: Tools) -> None:
    chart = comparison("三公经费", tools.finder.catalogue, lambda question: ask(question, tools))
    assert chart is not None and chart.form == "bars"
    shown = {point.label: point.shown for point in chart.points}
    assert shown["焦作市工业和信息化局 2022年决算"] == "17.22"
    assert all(source and source.value for point in chart.points if (source := chart.source(point)))


def test_figures_of_one_unit_are_drawn_and_others_are_not() -> None:
    several = [
        Value(name, number, "万元", "table", citations=(1,)) for name, number in (("甲", "1"), ("乙", "2"), ("丙", "3"))
    ]
    drawn = chart_of(answer("x", *several))
    assert drawn is not None and [point.value for point in drawn.points] == [1, 2, 3]
    assert chart_of(answer("x", *several[:2], Value("丁", "4", "%", "table"))) is None
    assert chart_of(answer("x", *several[:2], Value("丙", "3", "万元", "conflict"))) is None
    assert json.dumps(answer_data(answer().text))
