"""The page in a real Chromium: what a person asks, sees, clicks and takes away."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook
from selenium.webdriver.common.by import By

from index.stores import Index
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.browser import Person, framed, sees_frame
from tests.conftest import SAMPLES
from tests.page_files import archive_office

pytestmark = pytest.mark.browser
QUESTION = "工信局2022年三公经费决算是多少？"


@pytest.fixture(scope="module")
def disclosure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A disclosure that is not indexed yet; its total is 1.00 more than its parts."""
    path = tmp_path_factory.mktemp("new") / "<b>青山<i>_2022 部门*决算*.pdf"
    path.write_bytes(archive_office(2022, total="122.85"))
    return path


def word_on_page(document: str, page: int, text: str, near: float) -> tuple[float, float, float, float]:
    """Where a word stands on a page, as pdfplumber sees it, as shares of width and height; the one nearest to `near`."""
    with pdfplumber.open(SAMPLES / document) as pdf:
        sheet = pdf.pages[page - 1]
        words = [word for word in sheet.extract_words() if word["text"] == text]
        word = min(words, key=lambda w: abs(w["x0"] / float(sheet.width) - near))
        width, height = float(sheet.width), float(sheet.height)
        return word["x0"] / width, word["top"] / height, word["x1"] / width, word["bottom"] / height


def test_a_figure_with_its_badge_leads_to_its_cell(person: Person, tools: Tools) -> None:
    person.goes_to()
    person.asks(QUESTION)
    person.reads("17.22")
    assert "表文一致" in person.text() or "已核验" in person.text()
    person.idle()
    person.opens_mark(1)
    image, (left, top, right, bottom) = sees_frame(person)
    cited = ask(Question(QUESTION), tools).citations[0]
    x0, y0, x1, y1 = word_on_page(cited.document, cited.page, "17.22", left / image.width)
    assert left <= x0 * image.width and x1 * image.width <= right
    assert top <= y0 * image.height and y1 * image.height <= bottom
    assert (right - left) < image.width / 4 and (bottom - top) < image.height / 8  # the cell, not the table


def test_evidence_is_paged_enlarged_and_taken_along_with_its_table(person: Person, downloads: Path) -> None:
    assert [cell.text for cell in person.all(".grid td.cited")] == ["17.22"]
    person.clicks("▶")
    person.reads("第24页 / 45")
    person.until(lambda: framed(person.picture(".sheet img")[0]) is None, "another page without a frame")
    person.clicks("◀")
    person.reads("第23页 / 45")
    wide = sees_frame(person)[0].width
    person.chooses("缩放", "100%")
    person.until(lambda: person.picture(".sheet img")[0].width < wide, "a smaller picture")
    file = person.takes("下载原文件", downloads, "*.pdf")
    assert file.read_bytes() == (SAMPLES / file.name).read_bytes()


def test_a_follow_up_is_one_click_and_its_conversation_is_kept(person: Person) -> None:
    person.idle()
    question = person.part("follow").find_element(By.TAG_NAME, "button").text
    person.clicks(question)
    person.until(lambda: len(person.all("[data-testid='stMetricValue']")) > 1, "a second figure")
    person.idle()
    assert person.text().count(question) == 1
    person.goes_to("history")
    person.reads("2 问")
    person.clicks("打开")
    person.reads(question)
    person.reads("17.22")


def test_an_answer_opens_by_its_link_with_its_evidence(person: Person, page_store: Path) -> None:
    with Index.open(page_store, create=False) as index:
        kept = index.conversations
        turn = kept.turns(kept.listed()[0].id)[0]
    person.goes_to(answer=turn.id)
    person.reads("17.22")
    person.opens_mark(1)
    sees_frame(person)
    person.clicks("✕")
    person.goes_to(answer="nothing")
    person.reads("不存在")


def test_exports_hold_the_same_figure_and_its_source(person: Person, downloads: Path) -> None:
    person.goes_to(q=QUESTION)
    person.reads("17.22")
    person.idle()
    person.clicks("带走")
    book = load_workbook(person.takes("Excel", downloads, "*.xlsx"))
    figure = next(book["数字"].iter_rows(min_row=2, values_only=True))
    assert (figure[2], figure[3]) == (17.22, "万元")
    assert any(row[3] == 23 for row in book["Sources"].iter_rows(min_row=2, values_only=True))
    file = person.takes("Word", downloads, "*.docx")
    document = Document(str(file))
    assert "17.22" in "".join(paragraph.text for paragraph in document.paragraphs)
    notes = next(part for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    assert "第23页" in notes.blob.decode()
    assert document.element.xpath("//w:footnoteReference")


def test_an_opinion_is_kept_with_question_answer_and_version(person: Person, page_store: Path) -> None:
    person.presses(lambda: person.all("[data-testid='stFeedback'] button")[-2], "thumb up")
    person.reads("已记录")
    with Index.open(page_store, create=False) as index:
        (opinion,) = index.conversations.opinions()
    assert opinion.good and opinion.question == QUESTION and opinion.version and "17.22" in opinion.answer
    person.goes_to("evaluation")
    person.reads("导出为题集")


def test_an_uploaded_document_answers_and_its_faults_are_shown(person: Person, disclosure: Path) -> None:
    person.goes_to("documents")
    person.until(lambda: person.all("input[type=file]"), "a place to upload")[0].send_keys(str(disclosure))
    person.reads(disclosure.name[:4])
    person.clicks("导入")
    person.reads("已导入")
    assert not person.all("[data-testid='stAlert'] b")  # a file name is no markup
    person.goes_to()
    person.asks("青山市档案局2022年行政运行支出决算是多少？")
    person.reads("101.35 万元")
    person.goes_to("selfcheck")
    person.reads("122.85")
    person.clicks("122.85")
    sees_frame(person)


def test_a_cell_is_reported_beside_its_page(person: Person, page_store: Path) -> None:
    person.goes_to("documents")
    person.chooses("打开文件", "004")
    person.presses(lambda: next((b for b in person.all(".grid button") if b.text == "2,182.74"), None), "the cell")
    sees_frame(person)
    person.fills("应为", "2,182.75")
    person.clicks("报告")
    with Index.open(page_store, create=False) as index:
        (found,) = person.until(index.conversations.corrections, "the report")
    assert (found.printed, found.correct, found.document[:3]) == ("2,182.74", "2,182.75", "004")


def test_a_conversation_is_deleted_with_its_links(person: Person, page_store: Path) -> None:
    with Index.open(page_store, create=False) as index:
        kept = index.conversations
        last = kept.listed()[0]
        link = kept.turns(last.id)[0].id
        person.goes_to("history")
        person.presses(lambda: person.part(f"kept-{last.id}").find_elements(By.TAG_NAME, "button")[-1], "delete")
        person.presses(lambda: person.part(f"delete-{last.id}").find_element(By.TAG_NAME, "button"), "delete it")
        person.until(lambda: kept.turn(link) is None, "the answer should be gone")


def test_english_labels_and_a_narrow_window(person: Person) -> None:
    person.goes_to(lang="en", q=QUESTION)
    person.reads("17.22")
    person.reads("table and text agree")
    person.reads("You could ask next")
    person.resizes(400)
    try:
        person.goes_to(q=QUESTION)
        person.reads("17.22")
        person.idle()
        person.opens_mark(1)
        sees_frame(person)
        assert person.overflow() <= 0
    finally:
        person.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_an_embedded_page_has_no_chrome_and_keeps_to_its_documents(person: Person) -> None:
    person.goes_to(embed="true", document="004_焦作市工业和信息化局_2022年度部门决算", q="2022年三公经费决算是多少？")
    person.reads("17.22")
    assert not [part for part in person.all("[data-testid='stSidebar'], header") if part.is_displayed()]
