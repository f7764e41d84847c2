"""Word and Excel files: merged and nested cells, what a sheet shows, broken and oversized files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import docx
import openpyxl
import pytest
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArchiveBomb, BrokenFile, IngestError, NothingToRead, WrongSuffix
from index.model import Document, Grid
from index.read import read_bytes
from index.read.numbering import chinese_number
from index.read.sheets import read_xls, read_xlsx
from index.read.shown import show
from index.read.word import read_docx
from index.tables import extract_tables


def grids(document: Document) -> list[Grid]:
    return [grid for page in document.pages for grid in page.grids]


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def prose(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page.lines]


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


# ------------------------------------------------------------------------------------------------------------- Word


def word(build: Callable[[Any], None]) -> Document:
    package = docx.Document()
    build(package)
    return read_docx(saved(package), "表.docx", "")


def fill(table: Any, rows: list[list[str]]) -> None:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text


def final_table(package: Any) -> None:
    for line in ("支出决算表", "公开03表", "部门：某局    2022年度    单位：万元"):
        package.add_paragraph(line)
    table = package.add_table(rows=4, cols=4)
    fill(
        table,
        [["项目", "", "本年支出合计", "基本支出"], ["科目编码", "科目名称", "", ""], ["合计", "", "9.00", "9.00"]],
    )
    fill_last = ["201", "一般公共\n服务支出", "9.00", "9.00"]
    for c, text in enumerate(fill_last):
        table.cell(3, c).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(1, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(2, 1))
    package.add_paragraph("注：本表反映部门本年度各项支出情况。")


def test_merged_cells_of_word_become_column_paths() -> None:
    (table,) = extract_tables(word(final_table))
    assert (table.title, table.code, table.unit) == ("支出决算表", "公开03表", "万元")
    assert table.columns == (("项目", "科目编码"), ("项目", "科目名称"), ("本年支出合计",), ("基本支出",))
    assert table.texts[0] == ("合计", "", "9.00", "9.00")


def test_a_nested_table_follows_the_one_around_it() -> None:
    def build(package: Any) -> None:
        outer = package.add_table(rows=2, cols=2)
        fill(outer, [["项目", "金额"], ["自评", "5.00"]])
        inner = outer.cell(1, 0).add_table(rows=2, cols=2)
        fill(inner, [["分值", "得分"], ["100", "96"]])

    outer, inner = grids(word(build))
    assert texts(outer)[1, 0] == "自评"
    assert texts(inner) == {(0, 0): "分值", (0, 1): "得分", (1, 0): "100", (1, 1): "96"}


def test_numbers_that_word_counts_itself_are_printed() -> None:
    def build(package: Any) -> None:
        numbering = package.part.numbering_part.element
        abstract, number = OxmlElement("w:abstractNum"), OxmlElement("w:num")
        abstract.set(qn("w:abstractNumId"), "90")
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for name, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", "%1、")):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
        number.set(qn("w:numId"), "90")
        link = OxmlElement("w:abstractNumId")
        link.set(qn("w:val"), "90")
        number.append(link)
        numbering.insert(0, abstract)
        numbering.append(number)
        for text in ("收入决算情况说明", "支出决算情况说明"):
            properties = package.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = 90
            properties.get_or_add_ilvl().val = 0

    assert prose(word(build)) == ["一、收入决算情况说明", "二、支出决算情况说明"]


def test_deleted_and_hidden_text_is_not_read_and_page_breaks_count() -> None:
    def build(package: Any) -> None:
        paragraph = package.add_paragraph("可见")
        paragraph.add_run("隐藏").font.hidden = True
        deleted = OxmlElement("w:del")
        run = OxmlElement("w:r")
        text = OxmlElement("w:delText")
        text.text = "已删"
        run.append(text)
        deleted.append(run)
        paragraph._p.append(deleted)
        package.add_page_break()
        package.add_paragraph("第二页")

    document = word(build)
    assert [(page.number, [line.text for line in page.lines]) for page in document.pages] == [
        (1, ["可见"]),
        (2, ["第二页"]),
    ]


@given(st.integers(1, 99))
def test_chinese_numbers_count_as_headings_do(number: int) -> None:
    digits = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
    head, ten, tail = chinese_number(number).partition("十")
    value = (digits.get(head, 1) * 10 + digits.get(tail, 0)) if ten else digits[head]
    assert value == number


# ------------------------------------------------------------------------------------------------------------ Excel


def budget_sheet(sheet: Any) -> None:
    for row in (
        ["收入决算表", None, None, None],
        [None, None, None, "公开02表"],
        ["部门：某局", None, None, "金额单位：元"],
        ["项目", None, "本年收入合计", "其他收入"],
        ["科目编码", "科目名称", None, None],
        ["201", "一般公共服务支出", 1043.4, 0],
        [None, None, None, None],
        ["注：本表反映本年度取得的各项收入情况。"],
    ):
        sheet.append(row)
    for merged in ("A1:D1", "A4:B4", "C4:C5", "D4:D5"):
        sheet.merge_cells(merged)
    for cell in ("C6", "D6"):
        sheet[cell].number_format = "#,##0.00"


def workbook(*builders: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, build in enumerate(builders, 1):
        build(book.create_sheet(f"表{number}"))
    return saved(book)


def test_a_sheet_gives_caption_merged_header_shown_figures_and_notes() -> None:
    (table,) = extract_tables(read_xlsx(workbook(budget_sheet), "表.xlsx", ""))
    assert (table.title, table.code, table.unit) == ("收入决算表", "公开02表", "元")
    assert table.columns == (("项目", "科目编码"), ("项目", "科目名称"), ("本年收入合计",), ("其他收入",))
    assert table.texts == (("201", "一般公共服务支出", "1,043.40", "0.00"),)
    assert table.notes == ("注：本表反映本年度取得的各项收入情况。",)


def test_each_sheet_is_a_page_and_a_hidden_one_is_named_but_not_read() -> None:
    def hidden(sheet: Any) -> None:
        sheet.append(["秘密", 1])
        sheet.sheet_state = "hidden"

    document = read_xlsx(workbook(budget_sheet, hidden, budget_sheet), "表.xlsx", "")
    assert [len(page.flow) for page in document.pages][1] == 0
    assert [table.pages for table in extract_tables(document)] == [(1,), (3,)]
    assert [finding.rule for finding in document.findings] == ["sheet-hidden"]


def test_two_tables_on_one_sheet_are_two() -> None:
    def both(sheet: Any) -> None:
        budget_sheet(sheet)
        sheet.append([None])
        for row in (["支出决算表"], ["单位：元"], ["科目名称", "合计"], ["教育支出", "7.00"]):
            sheet.append(row)

    assert [table.title for table in extract_tables(read_xlsx(workbook(both), "表.xlsx", ""))] == [
        "收入决算表",
        "支出决算表",
    ]


def test_a_formula_without_a_stored_result_is_a_finding_not_a_silent_blank() -> None:
    def build(sheet: Any) -> None:
        sheet.append(["科目", "金额"])
        sheet.append(["教育", 3.5])
        sheet.append(["合计", "=SUM(B2:B2)"])

    document = read_xlsx(workbook(build), "表.xlsx", "")
    (finding,) = document.findings
    assert finding.rule == "sheet-formula"
    assert "B3" in finding.message


def test_a_million_empty_rows_are_passed_over_in_bounded_time() -> None:
    """Written by hand: a row element for each of a million styled but empty rows, then a figure nobody sees."""
    book = workbook(budget_sheet)
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    rows = "".join(f'<row r="{r}"/>' for r in range(9, 1_000_000))
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", rows + "</sheetData>").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    document = read_xlsx(buffer.getvalue(), "表.xlsx", "")
    assert extract_tables(document)[0].texts == (("201", "一般公共服务支出", "1,043.40", "0.00"),)
    assert [finding.rule for finding in document.findings] == ["sheet-end"]


def test_an_old_workbook_shows_money_with_two_decimals_and_codes_as_they_are() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("收入")
    sheet.write_merge(0, 0, 0, 2, "收入决算表")
    sheet.write(1, 2, "单位：万元")
    for r, row in enumerate(
        [["编码", "名称", "合计"], [201.0, "一般公共服务支出", 198.9], [20103.0, "政府办公厅", 0.0]], 2
    ):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    (table,) = extract_tables(read_xls(saved(book), "表.xls", ""))
    assert table.title == "收入决算表"
    assert table.texts == (("201", "一般公共服务支出", "198.90"), ("20103", "政府办公厅", "0.00"))


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1043.4, "#,##0.00", "1,043.40"),
        (0.1 + 0.2, "General", "0.3"),
        (201, "General", "201"),
        (198.905, "0.00", "198.91"),
        (-5.5, "#,##0.00_);(#,##0.00)", "-5.50"),
        (-5.5, '#,##0.00;"-"#,##0.00', "-5.50"),
        (0, '#,##0.00;-#,##0.00;"-"', "-"),
        (0, "0.00;-0.00;", ""),
        (0.8952, "0.00%", "89.52%"),
        (12345678, "#,##0.00,", "12,345.68"),
        (3.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "3.50"),
        (2, '0"辆"', "2辆"),
        (3.10, "0.##", "3.1"),
        (None, "0.00", ""),
        (" 长期 ", "0.00", "长期"),
    ],
)
def test_a_number_is_read_as_its_sheet_shows_it(value: object, number_format: str, shown: str) -> None:
    assert show(value, number_format) == shown


@given(st.decimals(-(10**9), 10**9, places=4))
def test_two_decimals_are_rounded_as_a_sheet_rounds(value: Decimal) -> None:
    shown = Decimal(show(value, "#,##0.00").replace(",", ""))
    assert shown == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


# -------------------------------------------------------------------------------------------------------- bad files


@pytest.mark.parametrize("name", ["表.docx", "表.xlsx"])
def test_truncated_office_files_say_that_they_are_broken(name: str) -> None:
    whole = workbook(budget_sheet) if name.endswith("xlsx") else saved(docx.Document())
    with pytest.raises(BrokenFile, match="损坏或被截断"):
        read_bytes(whole[: len(whole) // 2], name)


def test_a_package_without_its_parts_is_broken() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<nonsense")
    with pytest.raises(IngestError, match="Word 文档"):
        read_bytes(buffer.getvalue(), "表.docx")


def test_a_workbook_that_unpacks_to_gigabytes_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    with pytest.raises(ArchiveBomb, match="解压后过大"):
        read_bytes(buffer.getvalue(), "表.xlsx")


def test_a_picture_that_calls_itself_a_document_is_recognised() -> None:
    with pytest.raises(WrongSuffix, match="图片"):
        read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100), "表.docx")


def test_an_empty_document_and_an_empty_workbook_say_so() -> None:
    with pytest.raises(NothingToRead):
        word(lambda package: None)
    with pytest.raises(NothingToRead):
        read_xlsx(workbook(lambda sheet: None), "表.xlsx", "")
