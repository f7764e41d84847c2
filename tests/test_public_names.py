"""What others build on: every public name is documented, and the examples give what they say."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import index
import qa
from tests.conftest import ROOT, SAMPLES

GUIDE = ROOT / "qa" / "PYTHON.md"


@pytest.mark.parametrize("package", [index, qa], ids=lambda package: package.__name__)
def test_every_public_name_is_there_and_explained(package: object) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name).__doc__, name
        assert f"`{name}`" in guide or f"`{name}(" in guide, name


def test_the_examples_give_what_they_say(sample_store: Path, tmp_path: Path) -> None:
    given = {"store": str(sample_store), "folder": tmp_path, "document": next(SAMPLES.glob("004*.pdf"))}
    text = GUIDE.read_text(encoding="utf-8").replace("\n```\n", "\n\n")
    test = doctest.DocTestParser().get_doctest(text, given, GUIDE.name, str(GUIDE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert result.attempted > 15 and not result.failed, "".join(said)
