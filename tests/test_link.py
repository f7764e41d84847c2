"""Laying wordings over a topic."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa.link import Topic, cover, is_total, runs, stretches
from qa.retrieve.names import Names

WORDS = st.text(alphabet="行政运行培训支出费用公务接待医疗", min_size=2, max_size=10)


def whole(text: str) -> Topic:
    return Topic(text, (1 << len(text)) - 1)


def test_an_exact_wording_explains_all_of_itself() -> None:
    found = cover("公务接待费", whole("去年公务接待费多少"))
    assert found.exact and found.covered == 5 and found.unsaid == 0
    assert whole("去年公务接待费多少").spelled(found.mask) == "公务接待费"


def test_a_tail_may_stay_unsaid_at_little_cost() -> None:
    assert cover("住房保障支出", whole("住房保障花了多少")).unsaid < 0.5


def test_what_is_not_said_costs() -> None:
    said = cover("行政单位医疗", whole("事业单位医疗"))
    assert not said.exact and said.unsaid >= 2


@given(WORDS, st.text(alphabet="的了多少是", max_size=4))
def test_a_wording_that_occurs_is_found_where_it_occurs(word: str, around: str) -> None:
    topic = whole(around + word + around)
    found = cover(word, topic)
    assert found.found
    assert all(topic.text[i] in word for i in range(len(topic.text)) if found.mask >> i & 1)


@given(WORDS, WORDS)
def test_a_cover_never_reaches_beyond_the_topic(wording: str, text: str) -> None:
    found = cover(wording, whole(text))
    assert found.mask < 1 << len(text)
    assert found.covered <= len(wording)


def test_runs_are_the_stretches_under_a_mask() -> None:
    assert runs(0b110011, "一二三四五六") == ("一二", "五六")


@given(st.integers(0, 1 << 40), st.integers(0, 32))
def test_stretches_are_the_mask_and_never_touch(mask: int, length: int) -> None:
    found = list(stretches(mask, length))
    assert sum((1 << end) - (1 << start) for start, end in found) == mask & ((1 << length) - 1)
    assert all(end < start for (_, end), (start, _) in pairwise(found))


@given(st.lists(st.text("公务接待费", min_size=2, max_size=4), unique=True), st.text("公务接待费", max_size=12))
def test_names_are_found_as_a_search_for_each_finds_them(names: list[str], text: str) -> None:
    assert Names(names).within(text) == [name for name in names if name in text]


def test_totals_are_told_from_rows() -> None:
    assert is_total("合计") and is_total("本年支出合计") and not is_total("行政运行")
