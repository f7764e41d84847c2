"""PDFs that are damaged, encrypted, without a Unicode map, or more than any disclosure is: refused or read, never fatal."""

from __future__ import annotations

import random
import re

import pytest

from index.errors import IngestError, PasswordNeeded
from index.read import pdf
from index.read.strokes import MAX_OBJECTS
from index.tables import extract_tables
from tests.conftest import SAMPLES
from tests.paper import Paper, lattice, read

ROWS = (("项目", "预算数", "决算数"), ("公务接待费", "1,043.40", "17.22"))
XS = (50.0, 250.0, 330.0, 410.0)


def _small() -> bytes:
    paper = Paper()
    lattice(paper, ROWS, XS)
    paper.page()
    paper.write(50, 100, "第二页")
    return paper.data()


def test_fonts_without_a_unicode_map_need_recognition() -> None:
    """A font whose map is taken away: its glyph numbers are no text."""
    data = (SAMPLES / "002_焦作市电子政务中心_2022年度单位决算.pdf").read_bytes()
    document = read(data.replace(b"/ToUnicode", b"/ToUnicodX"))
    assert all(page.needs_ocr and not page.flow for page in document.pages)
    assert {finding.rule for finding in document.findings} == {"needs-ocr"}


def test_an_encrypted_file_asks_for_its_password_to_be_taken_off() -> None:
    paper = Paper(password="secret")
    paper.write(50, 100, "密")
    with pytest.raises(PasswordNeeded, match=r"样本\.pdf"):
        read(paper.data())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n" + bytes(200), b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_said_to_be_broken(data: bytes) -> None:
    with pytest.raises(IngestError, match=r"样本\.pdf"):
        read(data)


def test_a_page_of_very_many_rules_is_read_up_to_a_limit() -> None:
    paper = Paper()
    side = int((MAX_OBJECTS / 2) ** 0.5) + 10
    paper.canvas._code.append("0.2 w")
    for i in range(side):
        for j in range(side):
            x, y = 20 + 560 * j / side, 20 + 800 * i / side
            paper.canvas._code.append(
                f"{x:.1f} {y:.1f} m {x + 6:.1f} {y:.1f} l S {x:.1f} {y:.1f} m {x:.1f} {y + 6:.1f} l S"
            )
    document = read(paper.data())
    assert [finding.rule for finding in document.findings] == ["crowded-page"]


def test_a_page_that_takes_too_long_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS_A_PAGE", -1.0)
    document = read(_small())
    assert [(finding.rule, finding.places[0].page) for finding in document.findings] == [
        ("slow-page", 1),
        ("slow-page", 2),
    ]


def test_progress_is_told_for_every_page() -> None:
    told: list[tuple[int, int]] = []
    pdf.read_pdf(_small(), "样本.pdf", "", lambda page, pages: told.append((page, pages)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    """Cut, flipped, with pieces missing, swapped or strange: never another error, never endless."""
    chance = random.Random(seed)
    data = _damaged(_small() if seed % 3 else _sample(), chance)
    try:
        extract_tables(read(data))
    except IngestError as error:
        assert "样本.pdf" in str(error)


def _sample() -> bytes:
    return min((path for path in SAMPLES.glob("*.pdf")), key=lambda path: path.stat().st_size).read_bytes()


def _damaged(data: bytes, chance: random.Random) -> bytes:
    def somewhere() -> int:
        return chance.randrange(len(data))

    a, b = sorted((somewhere(), somewhere()))
    match chance.randrange(6):
        case 0:
            return data[:b]
        case 1:
            return data[:a] + data[b:]
        case 2:
            return data[:a] + chance.randbytes(chance.randrange(1, 2000)) + data[a:]
        case 3:
            return data[: data.rfind(b"startxref")] + b"startxref\n%d\n%%%%EOF" % a
        case 4:
            flipped = bytearray(data)
            for _ in range(chance.choice((1, 20, 300))):
                flipped[somewhere()] ^= 1 << chance.randrange(8)
            return bytes(flipped)
        case _:
            return re.sub(rb"\d+ 0 R", lambda match: b"%d 0 R" % chance.randrange(30), data)
