"""The pictures of the README, drawn anew: python -m tests.screenshots STORE"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser import Person, open_chromium, sees_frame, serve_page

FOLDER = Path(__file__).resolve().parent.parent / ".ci" / "screenshots"
QUESTION = "工信局2022年三公经费决算是多少？"


def main(store: Path) -> None:
    """`store` holds the documents of eval_sets/documents and, for the picture of an evaluation, a run."""
    downloads = Path(tempfile.mkdtemp())
    with serve_page(store) as address, open_chromium(downloads) as driver:
        person = Person(driver, address)
        person.resizes(1366, 860)
        _answer(person)
        person.clicks("算式、出处与勾稽")
        person.reads("参与核对")
        _draw(person, "chat")
        for view in ("documents", "charts", "selfcheck", "evaluation"):
            person.goes_to(view)
            if view == "documents":
                person.chooses("打开文件", "004")
            if view == "selfcheck":
                person.presses(lambda: person.all(".stMainBlockContainer details summary")[0], "a finding")
                sees_frame(person)
            _draw(person, view)
        person.resizes(400, 860)
        _answer(person)
        _draw(person, "narrow")


def _draw(person: Person, name: str) -> None:
    person.rests()
    picture = Image.open(io.BytesIO(person.driver.get_screenshot_as_png()))
    picture.convert("RGB").quantize(128).save(FOLDER / f"{name}.png", optimize=True)


def _answer(person: Person) -> None:
    person.goes_to(q=QUESTION)
    person.reads("17.22")
    person.opens_mark(1)
    sees_frame(person)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
