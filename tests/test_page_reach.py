"""The page for everybody: by keyboard alone, in both themes with enough contrast, on a wide and on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser import Person, sees_frame

pytestmark = pytest.mark.browser
QUESTION = "工信局2022年三公经费决算是多少？"
VIEWS = ("ask", "answer", "documents", "charts", "selfcheck", "history", "evaluation")
AXE = """
  const done = arguments[arguments.length - 1];
  const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] };
  const told = (rule, node) => `${rule.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ""}`;
  axe.run(document, rules).then((found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node)))));
"""
LABELS = """
  const labelled = [...document.querySelectorAll("[aria-label], [title]")].filter((element) => element.checkVisibility());
  return labelled.map((element) => element.getAttribute("aria-label") || element.title);
"""
FOCUSED = """
  const at = document.activeElement, style = getComputedStyle(at);
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none" || !at.matches("button, a, summary");
  return [at.getAttribute("aria-label") || at.innerText || at.placeholder || "", seen];
"""


@pytest.fixture(autouse=True)
def as_it_was(person: Person) -> Iterator[None]:
    yield
    person.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    person.prefers("light")


def opens(person: Person, view: str) -> None:
    """A view with something on it: what is open on it matters as much as the empty form."""
    if view == "answer":
        person.goes_to(q=QUESTION)
        person.clicks("算式、出处与勾稽")
        person.reads("参与核对")
        person.opens_mark(1)
        sees_frame(person)
        return
    person.goes_to("" if view == "ask" else view)
    if view == "documents":
        person.chooses("打开文件", "004")
    if view == "selfcheck":
        person.chooses("文件", "003")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_contrast_in_both_themes_and_fits_both_screens(person: Person, view: str) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    opens(person, view)
    for scheme in ("light", "dark"):
        person.prefers(scheme)
        person.rests()
        person.driver.execute_script(axe)
        assert person.driver.execute_async_script(AXE) == [], f"/{view}, {scheme}"
    for width in (1366, 400):
        person.resizes(width)
        person.idle()
        assert person.overflow() <= 0, f"/{view} is wider than {width} pixels"


def test_all_of_an_answer_is_reached_and_worked_by_keyboard(person: Person) -> None:
    person.goes_to(q=QUESTION)
    person.reads("接着可以问")
    person.idle()
    keys = person.driver.switch_to.active_element
    stops: dict[str, bool] = {}
    while len(stops) < 40:
        keys.send_keys(Keys.TAB)
        keys = person.driver.switch_to.active_element
        label, seen = person.driver.execute_script(FOCUSED)
        if label in stops:
            break
        stops[label] = seen
    wanted = (
        "问答",
        "文件",
        "评测",
        "新对话",
        "只在这些文件中回答",
        "English",
        "查看出处 1",
        "算式、出处与勾稽",
        "带走",
        "工信局2022年三公经费决算是多少？",
    )
    missing = [name for name in wanted if not any(name in label for label in stops)]
    assert not missing, list(stops)
    assert all(stops.values()), [label for label, seen in stops.items() if not seen]


def test_evidence_opens_and_closes_by_keyboard(person: Person) -> None:
    person.goes_to(q=QUESTION)
    person.reads("接着可以问")
    person.idle()
    person.part("text0").find_element(By.CSS_SELECTOR, ".mark").send_keys(Keys.ENTER)
    sees_frame(person)
    person.idle()
    person.part("close").find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    person.until(lambda: not person.all(".sheet img"), "the evidence should close")


def test_the_cells_of_a_table_are_one_stop_and_the_arrows_go_between_them(person: Person) -> None:
    opens(person, "documents")
    grid = person.part("table_grid")
    assert len(person.until(lambda: grid.find_elements(By.CSS_SELECTOR, "button"), "cells")) > 20
    (first,) = grid.find_elements(By.CSS_SELECTOR, "button[tabindex='0']")
    first.send_keys(Keys.ARROW_DOWN)
    person.driver.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    cell = person.driver.switch_to.active_element
    assert cell.find_elements(By.XPATH, "ancestor::tr/preceding-sibling::tr") and cell != first
    cell.send_keys(Keys.ENTER)
    person.reads("应为")
    sees_frame(person)


@pytest.mark.parametrize("view", ("documents", "charts", "selfcheck"))
def test_nothing_is_left_in_english(person: Person, view: str) -> None:
    """Labels and words that Streamlit brings itself; file types and names stay."""
    person.goes_to(view)

    def english() -> list[str]:
        labels = person.driver.execute_script(LABELS)
        return [label for label in labels if label.isascii() and any(letter.isalpha() for letter in label)]

    person.until(lambda: english() == ["English"], f"only the switch should be English: {english()}")
    assert "Upload" not in person.text() and "per file" not in person.text()
    assert person.driver.execute_script("return document.documentElement.lang") == "zh-CN"
