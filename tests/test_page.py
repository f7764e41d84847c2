"""The page in a real Chromium: what a person asks, sees, clicks and takes away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pytest
from PIL import Image, ImageChops

from index.read.render import FRAME
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.browser import Person, open_chromium, serve_page
from tests.conftest import SAMPLES

pytestmark = pytest.mark.browser
QUESTION = "工信局2022年三公经费决算是多少？"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def person(sample_store: Path, downloads: Path) -> Iterator[Person]:
    with serve_page(sample_store) as address, open_chromium(downloads) as driver:
        yield Person(driver, address)


def framed(image: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the pixels in the colour of the frame."""
    bands = zip(image.split(), FRAME, strict=True)
    masks = [band.point([255 * (abs(level - wanted) < 24) for level in range(256)]) for band, wanted in bands]
    box = ImageChops.multiply(ImageChops.multiply(masks[0], masks[1]), masks[2]).getbbox()
    assert box is not None, "nothing is framed"
    return box


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
    image, _ = person.picture(".sheet img")

    cited = ask(Question(QUESTION), tools).citations[0]
    left, top, right, bottom = framed(image)
    x0, y0, x1, y1 = word_on_page(cited.document, cited.page, "17.22", left / image.width)
    assert left <= x0 * image.width and x1 * image.width <= right
    assert top <= y0 * image.height and y1 * image.height <= bottom
    assert (right - left) < image.width / 4 and (bottom - top) < image.height / 8  # the cell, not the table
