"""Offices by name, abbreviation, typing error; offices that are not there."""

from __future__ import annotations

import pytest

from index.model import CatalogueEntry, Profile
from index.wording import squeeze
from qa.abbreviations import forms, is_abbreviation
from qa.organisations import find_offices


def entry(
    name: str, organisation: str, *aliases: str, region: str = "青山市", units: tuple[str, ...] = ()
) -> CatalogueEntry:
    return CatalogueEntry(
        name, name, "pdf", Profile(organisation, aliases, 2022, "决算", "部门", region, units), 10, 5, 100
    )


CATALOGUE = (
    entry("a.pdf", "青山市工业和信息化局", "工信局"),
    entry("b.pdf", "中国共产党青山市委员会办公室", "市委办"),
    entry("c.pdf", "青山市人民政府办公室", "政府办", units=("青山市接待办公室",)),
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("工信局2022年三公经费", ["a.pdf"]),
        ("青山市工信局的培训费", ["a.pdf"]),
        ("市委办收入总计", ["b.pdf"]),
        ("政府办和工信局谁多", ["c.pdf", "a.pdf"]),
        ("公信局三公经费", ["a.pdf"]),  # one character mistyped
    ],
)
def test_names_and_abbreviations(question: str, names: list[str]) -> None:
    found = find_offices(question, CATALOGUE)
    assert [name for mention in found.mentions for name in mention.names] == names


def test_a_subordinate_unit_is_named_inside_its_department() -> None:
    mention = find_offices("接待办公室基本工资", CATALOGUE).mentions[0]
    assert mention.names == ("c.pdf",) and mention.entity == "青山市接待办公室"


@pytest.mark.parametrize("question", ["新乡市委办2022年决算", "教育局2022年三公经费是多少"])
def test_an_office_that_is_not_indexed_is_no_other_office(question: str) -> None:
    found = find_offices(question, CATALOGUE)
    assert not found.mentions and found.unknown


def test_metric_words_are_no_offices() -> None:
    assert not find_offices("公务接待费和办公费各多少", CATALOGUE).mentions


def test_heads_are_shortened_as_people_do() -> None:
    assert "青山市卫生健康委" in forms("青山市卫生健康委员会")
    assert is_abbreviation("卫健委", "青山市卫生健康委") and not is_abbreviation("卫健局", "青山市卫生健康委")


@pytest.mark.parametrize("alias", ["甲局", "甲乙局", "甲乙丙局", "甲(乙)丙[丁]局"])
def test_any_alias_is_found_whatever_it_is_written_with(alias: str) -> None:
    entry = CatalogueEntry(
        "a.pdf", "a", "pdf", Profile("某市甲乙丙丁局", (alias,), 2022, "决算", "部门", "某市"), 1, 1, 1
    )
    assert find_offices(f"{squeeze(alias)}2022年三公经费", (entry,)).mentions
