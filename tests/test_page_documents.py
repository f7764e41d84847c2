"""Documents on the page: several files at once, names and cells that look like markup, years side by side, out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.stores import Index
from tests.browser import Person, sees_frame
from tests.page_files import HOSTILE, OFFICE, archive_office

pytestmark = pytest.mark.browser
BROKEN = "损坏的文件.pdf"
ASKED = f"{HOSTILE}[这里](javascript:alert(1)) :red[红] <script>alert(1)</script>"
MARKUP = "img[src='x'], .stMainBlockContainer a[href^='javascript'], .stMainBlockContainer .katex"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Two years of one office, and a file that is no PDF whatever its name says."""
    folder = tmp_path_factory.mktemp("several")
    made = {
        "档案局_2023.pdf": archive_office(2023, running="90.10", total="110.60"),
        "<img src=x onerror=alert(1)>_2024.pdf": archive_office(2024, item=HOSTILE),
        BROKEN: b"%PDF-1.4 nothing follows",
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return tuple(folder / name for name in made)


@pytest.fixture(scope="module")
def uploaded(person: Person, files: tuple[Path, ...]) -> Person:
    """Somebody who has uploaded them all in one go."""
    person.goes_to("documents")
    place = person.until(lambda: person.all("input[type=file]"), "a place to upload")[0]
    place.send_keys("\n".join(map(str, files)))
    person.reads(BROKEN)
    person.clicks("导入")
    person.reads(f"✗ {BROKEN}")
    return person


def test_a_broken_file_is_told_in_a_sentence_and_the_others_are_in(
    uploaded: Person, files: tuple[Path, ...], page_store: Path
) -> None:
    failed, *others = (alert.text for alert in reversed(uploaded.all("[data-testid='stAlert']")))
    assert failed.startswith(f"✗ {BROKEN}：") and failed.count("\n") == 0 and failed.endswith("。")
    assert len(others) == 2 and all("已导入" in text for text in others)
    with Index.open(page_store, create=False) as index:
        names = {entry.name for entry in index.catalogue()}
    assert {path.name for path in files} - names == {BROKEN}


def test_a_row_of_the_list_opens_its_document(uploaded: Person) -> None:
    uploaded.presses(lambda: next((b for b in uploaded.all(".grid.rows button") if OFFICE in b.text), None), "its row")
    uploaded.reads("重新读取")
    uploaded.until(lambda: uploaded.all(".grid.rows tr.lit"), "the row that is open")


def test_what_documents_and_people_write_is_never_markup(uploaded: Person, files: tuple[Path, ...]) -> None:
    uploaded.goes_to("documents")
    uploaded.chooses("打开文件", "2024")
    uploaded.reads(HOSTILE)  # the cell, letter by letter
    assert not uploaded.all(MARKUP)
    uploaded.goes_to(q=f"{OFFICE}2024年有哪些支出项目？{ASKED}")
    uploaded.reads(ASKED)
    uploaded.idle()
    assert not uploaded.all(MARKUP)
    uploaded.goes_to(q=f"{OFFICE}2024年行政运行支出决算是多少？")
    uploaded.opens_mark(1)
    sees_frame(uploaded)
    uploaded.reads(HOSTILE)  # beside the cited row
    for view in ("history", "selfcheck", "charts"):
        uploaded.goes_to(view)
        assert not uploaded.all(MARKUP), view


def test_years_of_one_office_are_a_line_with_its_cells(uploaded: Person) -> None:
    uploaded.goes_to("charts")
    uploaded.clicks("年度变化")
    uploaded.chooses("单位", OFFICE)
    uploaded.chooses("指标", "本年支出合计")
    uploaded.until(
        lambda: uploaded.all("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg"), "a line"
    )
    uploaded.clicks("数字与所在单元格")
    uploaded.reads("2023年决算　110.60万元")
    uploaded.reads("2024年决算　121.85万元")
    uploaded.clicks("第2页")
    sees_frame(uploaded)


def test_a_document_is_read_again_and_taken_out(uploaded: Person, files: tuple[Path, ...], page_store: Path) -> None:
    name = files[0].name
    uploaded.goes_to("documents")
    uploaded.chooses("打开文件", name[:8])
    uploaded.clicks("重新读取")
    uploaded.reads(f"✓ {name}：已更新")
    uploaded.clicks("删除")
    uploaded.reads(f"从资料库中删除“{name}”？")
    uploaded.presses(lambda: uploaded.part("remove").find_element("css selector", "button"), "delete it")
    with Index.open(page_store, create=False) as index:
        uploaded.until(lambda: name not in {entry.name for entry in index.catalogue()}, "it should be gone")
    uploaded.until(lambda: not any(name in row.text for row in uploaded.all(".grid.rows tr")), "gone from the list")
