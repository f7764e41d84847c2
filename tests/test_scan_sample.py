"""A scanned page held against its unscanned twin: the same figures in the same columns, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from index.model import Document, Page
from index.read.pdf import read_pdf
from index.read.recognise import available, recogniser
from index.read.scan import read_scan
from index.tables import extract_tables
from index.wording import squeeze
from tests.conftest import SAMPLES

FIRST = 5  # the page of the document with which the scan begins
_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?")


def page_of(path: Path, number: int) -> Document:
    document = read_pdf(path.read_bytes(), path.name, "")
    return replace(document, pages=tuple(page for page in document.pages if page.number == number))


def scanned(path: Path, number: int) -> Document:
    pdf = pdfium.PdfDocument(path.read_bytes())
    try:
        handle = pdf[number - 1]
        width, height = handle.get_size()
        page, findings = read_scan(handle, Page(number, width, height, needs_ocr=True), recogniser())
    finally:
        pdf.close()
    assert not findings
    return Document(path.name, "", "scan", (page,))


@pytest.mark.shared
@pytest.mark.skipif(not available(), reason="the extra ocr is not installed")
@pytest.mark.parametrize("number", [9])
def test_a_scanned_page_gives_the_figures_of_its_twin(shared: Path, number: int) -> None:
    """A page of accounts: codes in one column, names in the next, money in six."""
    (scan,) = (shared / "samples" / "henan" / "other").glob("*_scan_p5-16.pdf")
    (twin,) = SAMPLES.glob(f"{scan.name.split('_')[0]}_*.pdf")
    (mine,) = extract_tables(scanned(scan, number - FIRST + 1))
    (true,) = extract_tables(page_of(twin, number))
    figures = [[squeeze(text) if _FIGURE.fullmatch(squeeze(text)) else "" for text in row] for row in true.texts]
    assert [[text if _FIGURE.fullmatch(text) else "" for text in row] for row in mine.texts] == figures
    assert mine.columns == true.columns
    assert min(cell.score for row in mine.rows for cell in row if cell.text) > 0.5
