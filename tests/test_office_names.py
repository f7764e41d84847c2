"""Offices of all kinds and provinces as staff call them, and offices that only sound like them.

Each office is indexed beside two of other kinds; what is asked about it must lead to it, what is asked about its
neighbours, superiors, units and namesakes must not.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from index.model import CatalogueEntry, Profile
from index.offices import abbreviations, region_of
from qa.organisations import find_offices

WORDINGS = frozenset(
    [
        "印刷费",
        "三公经费",
        "收入合计",
        "基本支出",
        "公务接待费",
        "工会经费",
        "一般公共预算财政拨款支出",
        "城乡社区支出",
        "教育支出",
        "科学技术支出",
    ]
)
BESIDE = ("河南省某某县国有林场", "青山市水文水资源勘测中心")

NAMES = yaml.safe_load((Path(__file__).parent / "office_names.yaml").read_text(encoding="utf-8"))
CALLED: dict[str, tuple[str, ...]] = {
    office: tuple(names["called"]) for office, names in NAMES.items() if "called" in names
}
NOT_CALLED: dict[str, tuple[str, ...]] = {
    office: tuple(names["not"]) for office, names in NAMES.items() if "not" in names
}

ASKED = (
    "{}2023年印刷费是多少",
    "{}2023年三公经费",
    "2023年{}收入合计",
    "请问{}2023年基本支出多少",
    "公务接待费{}花了多少",
)


def entry(office: str, name: str = "own.pdf") -> CatalogueEntry:
    profile = Profile(office, abbreviations(office), 2023, "决算", "部门", region_of(office))
    return CatalogueEntry(name, name, "pdf", profile, 10, 5, 100)


def linked(question: str, office: str) -> list[str]:
    catalogue = (entry(office), *(entry(other, f"{i}.pdf") for i, other in enumerate(BESIDE)))
    return [name for mention in find_offices(question, catalogue, WORDINGS).mentions for name in mention.names]


@pytest.mark.parametrize("office", CALLED)
def test_an_office_is_found_by_what_staff_call_it(office: str) -> None:
    asked = [pattern.format(name) for name in (office, *CALLED[office]) for pattern in ASKED]
    assert [question for question in asked if linked(question, office) != ["own.pdf"]] == []


@pytest.mark.parametrize("office", NOT_CALLED)
def test_an_office_is_no_neighbour_superior_unit_or_namesake(office: str) -> None:
    asked = [pattern.format(name) for name in NOT_CALLED[office] for pattern in ASKED]
    assert [question for question in asked if linked(question, office)] == []


@pytest.mark.parametrize("office", NOT_CALLED)
def test_an_office_that_is_not_indexed_is_named_as_such(office: str) -> None:
    for name in NOT_CALLED[office]:
        found = find_offices(f"{name}2023年三公经费", (entry(office),), WORDINGS)
        assert found.unknown, name


def test_an_office_beside_another_that_is_not_indexed_does_not_answer_for_it() -> None:
    found = find_offices("青山市水务局和青山市税务局2023年印刷费", (entry("青山市水务局"),), WORDINGS)
    assert not found.mentions and found.unknown == ("青山市税务局",)


@pytest.mark.parametrize("question", ["新店2023年印刷费", "新店的三公经费", "请问新店今年基本支出多少"])
def test_a_town_is_found_without_its_rank(question: str) -> None:
    assert linked(question, "青山县新店镇人民政府") == ["own.pdf"]


@pytest.mark.parametrize("question", ["新店小学2023年印刷费", "新店村2023年印刷费"])
def test_a_town_is_not_what_stands_in_it(question: str) -> None:
    assert not linked(question, "青山县新店镇人民政府")


def test_accounts_named_as_units_are_and_words_that_end_like_towns_are_no_offices() -> None:
    known = WORDINGS | {"图书馆", "博物馆"}
    office = "青山市文化和旅游局"
    found = find_offices("青山市文旅局图书馆和博物馆2023年支出加起来", (entry(office),), known)
    assert [m.text for m in found.mentions] == ["青山市文旅局"] and not found.unknown
    assert not find_offices("2023年送文化下乡演出多少场", (entry(office),), known).unknown


@pytest.mark.parametrize("question", ["青山市商务局和教育局2023年印刷费谁多", "教育局和青山市商务局2023年印刷费谁多"])
def test_an_office_joined_to_an_indexed_one_must_be_indexed_too(question: str) -> None:
    assert find_offices(question, (entry("青山市商务局"),), WORDINGS).unknown == ("教育局",)
