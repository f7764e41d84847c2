"""Keyword search: terms of Chinese text, BM25 over packed postings."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stores import Index
from index.stores.keywords import BIGRAMS, POSTING, WORDS, Collection, bigram_terms, postings_of, rank, word_terms
from tests.builders import reading, report


def test_pairs_of_characters_and_whole_numbers() -> None:
    assert bigram_terms("公务接待费17.22万元，比2021年") == [
        "公务",
        "务接",
        "接待",
        "待费",
        "17.22",
        "万元",
        "比",
        "2021",
        "年",
    ]
    assert bigram_terms("ＰＰＰ（Ａ级）") == ["ppp", "a", "级"]
    assert bigram_terms("，。！") == []


def test_words_without_function_words() -> None:
    assert "接待费" in word_terms("公务接待费的支出")
    assert "的" not in word_terms("公务接待费的支出")


@given(st.text(max_size=60))
def test_any_text_has_terms_or_none(text: str) -> None:
    assert all(term for term in bigram_terms(text))


def bm25(texts: list[str], query: str) -> dict[int, float]:
    """The formula written out, over pairs of characters."""
    documents = [Counter(bigram_terms(text)) for text in texts]
    average = sum(sum(d.values()) for d in documents) / len(documents)
    scores: dict[int, float] = {}
    for term, weight in Counter(bigram_terms(query)).items():
        frequency = sum(term in d for d in documents)
        idf = math.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
        for n, d in enumerate(documents):
            if term in d:
                norm = d[term] + 1.2 * (0.25 + 0.75 * sum(d.values()) / average)
                scores[n] = scores.get(n, 0.0) + weight * idf * d[term] * 2.2 / norm
    return scores


phrases = st.text("财政拨款收入支出决算预算公务接待费1", min_size=1, max_size=20)


@given(st.lists(phrases, min_size=1, max_size=6), phrases)
def test_ranking_is_bm25(texts: list[str], query: str) -> None:
    packed = {term: e for term, e in postings_of(texts).items() if term.startswith(BIGRAMS)}
    total = sum(len(bigram_terms(text)) for text in texts)
    weights = Counter(BIGRAMS + term for term in bigram_terms(query))
    found = [(term, 7, packed[term]) for term in weights if term in packed]
    ranked = rank(found, weights, Collection(len(texts), total / len(texts)), k=10)
    expected = bm25(texts, query)
    assert dict(ranked) == pytest.approx({(7, n): s for n, s in expected.items()})
    scores = [round(score, 9) for _, score in ranked]
    assert scores == sorted(scores, reverse=True)


def test_postings_hold_place_times_and_length() -> None:
    packed = postings_of(["收入收入", "支出", "收入"])
    assert list(POSTING.iter_unpack(packed[BIGRAMS + "收入"])) == [(0, 2, 3), (2, 1, 1)]
    assert WORDS + "收入" in packed


@pytest.fixture
def index(tmp_path: Path) -> Index:
    store = Index.open(tmp_path)
    for name, prose in (
        ("甲.pdf", ("公务接待费减少，主要原因是厉行节约。", "机关运行经费增加，主要原因是人员增加。")),
        ("乙.pdf", ("公务接待费增加，主要原因是来访团组增加。", "部门职责是负责档案工作。")),
    ):
        document = reading(name, content=name, prose=prose)
        store.replace(document, None, report(document))
    return store


def test_search_finds_the_passage(index: Index) -> None:
    for search in (index.search_words, index.search_bigrams, index.search_keywords):
        assert search("机关运行经费为什么增加")[0].chunk.quote == "机关运行经费增加，主要原因是人员增加。"
        hits = search("公务接待费", documents=("乙.pdf",))
        assert hits[0].chunk.quote == "公务接待费增加，主要原因是来访团组增加。"
        assert {hit.document for hit in hits} == {"乙.pdf"}
        assert len(search("主要原因", k=2)) == 2
        assert search("！？") == ()
        assert search("公务接待费", documents=("丙.pdf",)) == ()


def test_a_question_that_a_database_could_misread(index: Index) -> None:
    assert index.search_bigrams("'; DROP TABLE postings; -- 公务接待费%_")[0].chunk.quote.startswith("公务接待费")
