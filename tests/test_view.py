"""What a reader sees of a store: only their collections, under their names, and the same facts as the store gives."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import NotIndexed
from index.model import Fact, FactQuery, Printed, State
from index.stores import COMMON, EVERYTHING, Entry, Index, Remembered, View, stored_name
from tests.builders import profile, reading, report

MINE, YOURS = "甲_2022.pdf", "乙_2022.pdf"


def fill(index: Index, name: str, content: str, office: str = "青山市档案局") -> str:
    made = reading(name, content=content, about=profile(office))
    index.replace(made, None, report(made))
    return made.document.sha256


def shelve(index: Index, collection: str, sha256: str) -> None:
    index.shelves.reserve(collection, sha256, "决算.pdf")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("store")) as index:
        shelve(index, "甲馆", fill(index, MINE, "mine"))
        shelve(index, "乙馆", fill(index, YOURS, "yours", "绿水市档案局"))
        fill(index, "公共.pdf", "common", "白云市档案局")
        yield index


def view(index: Index, *collections: str) -> View:
    return View(index, index.shelves.names(collections), Remembered())


def names(seen: View) -> list[str]:
    return [entry.name for entry in seen.catalogue()]


def test_each_collection_is_its_own_world(store: Index) -> None:
    mine = view(store, "甲馆")
    assert names(mine) == ["决算.pdf"] and mine.catalogue()[0].profile.organisation == "青山市档案局"
    assert view(store, "乙馆").catalogue()[0].profile.organisation == "绿水市档案局"
    assert names(view(store, COMMON)) == ["公共.pdf"]
    assert names(view(store, EVERYTHING)) == [YOURS, "公共.pdf", MINE]
    assert names(view(store)) == []


def test_two_documents_of_one_name_stay_apart(store: Index) -> None:
    assert len(set(names(view(store, "甲馆", "乙馆")))) == 2


def test_nothing_of_others_is_found(store: Index) -> None:
    mine = view(store, "甲馆")
    assert {found.document for found in mine.facts(FactQuery())} == {"决算.pdf"}
    assert mine.facts(FactQuery(documents=(YOURS,))) == () and mine.terms((YOURS,)) == ()
    assert {hit.document for hit in mine.search_words("馆藏整理项目", ())} == {"决算.pdf"}
    assert mine.search_bigrams("馆藏整理项目", (YOURS,)) == ()
    for read in (mine.tables, mine.sections, mine.paragraphs, mine.findings, mine.chunks, mine.report, mine.source):
        with pytest.raises(NotIndexed):
            read(YOURS)


def test_a_reader_of_nothing_finds_nothing(store: Index) -> None:
    nobody = view(store, "丙馆")
    assert nobody.facts(FactQuery()) == () and nobody.terms() == () and nobody.search_words("馆藏", ()) == ()


ANY = st.just(())
QUERIES = st.builds(
    FactQuery,
    documents=st.sampled_from([(), (MINE,), (MINE, YOURS)]),
    labels=st.sampled_from([(), ("收入总计",), ("收入总计", "本年收入合计"), ("没有",)]),
    columns=st.sampled_from([(), ("合计",), ("决算数",), ("财政拨款", "合计")]),
    codes=st.sampled_from([(), ("2013101",), ("", "2013101")]),
    entities=st.sampled_from([(), ("",), ("青山市档案馆",)]),
    keys=st.sampled_from([(), ("t1r0c1",), ("t1r0c1", "t1r1c2")]),
    tables=st.sampled_from([(), (1,), (2,)]),
    states=st.sampled_from([(), (State.BLANK,), (State.VALUE, State.ZERO)]),
    measures=st.sampled_from([(), ("决算",), ("预算",)]),
    limit=st.sampled_from([0, 1, 3]),
)


@given(QUERIES)
@settings(max_examples=80)
def test_memory_answers_as_the_database_does(store: Index, query: FactQuery) -> None:
    assert view(store, EVERYTHING).facts(query) == store.facts(query)


def test_facts_are_loaded_once_whatever_their_document_is_called(store: Index) -> None:
    facts, loaded, remembered = store.facts(FactQuery(documents=(MINE,))), [], Remembered(capacity=1)

    def load() -> list[Fact]:
        loaded.append(MINE)
        return [found.fact for found in facts]

    tables = [remembered.table(1, name, load) for name in (MINE, "决算.pdf", MINE)]
    assert [table.facts[0].document for table in tables] == [MINE, "决算.pdf", MINE] and loaded == [MINE]
    remembered.table(2, YOURS, load)
    assert remembered.table(1, MINE, load) == tables[0] and loaded == [MINE] * 3


def test_what_is_cited_is_read_again_as_it_is_now(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        shelve(index, "甲馆", fill(index, MINE, "mine"))
        fill(index, YOURS, "yours")
        mine, seen = view(index, "甲馆"), view(index, EVERYTHING)
        (own, *_), (yours, *_) = mine.facts(FactQuery()), seen.facts(FactQuery(documents=(YOURS,)))
        now = Printed(own.fact.value, own.fact.unit, own.fact.printed)
        assert mine.read_again((own, yours, own)) == (now, None, now)
        index.remove(YOURS)
        assert seen.facts(FactQuery(documents=(YOURS,))) and seen.read_again((yours,)) == (None,)


def test_bytes_taken_in_twice_are_stored_once_and_known_by_two_names(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        sha256 = fill(index, "公共.pdf", "same")
        index.shelves.place("甲馆", sha256, "我的.pdf")
        assert names(view(index, COMMON)) == ["公共.pdf"] and names(view(index, "甲馆")) == ["我的.pdf"]
        assert index.shelves.withdraw("甲馆", sha256)
        assert names(view(index, "甲馆")) == [] and names(view(index, COMMON)) == ["公共.pdf"]


def test_a_new_version_stands_where_the_old_one_stood(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        shelve(index, "甲馆", fill(index, MINE, "first"))
        fill(index, MINE, "second")
        assert names(view(index, "甲馆")) == ["决算.pdf"] and names(view(index, COMMON)) == []


def test_what_was_removed_comes_back_to_no_collection_unasked(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        shelve(index, "甲馆", fill(index, MINE, "first"))
        index.remove(MINE)
        fill(index, MINE, "first")
        assert names(view(index, "甲馆")) == [] and names(view(index, COMMON)) == [MINE]


def test_names_in_the_store_never_collide() -> None:
    assert stored_name("决算.pdf", COMMON, {}) == "决算.pdf"
    assert stored_name("决算.pdf", "甲馆", {}) == "决算〔甲馆〕.pdf"
    assert stored_name("决算.pdf", "甲馆", ["决算〔甲馆〕.pdf"]) == "决算〔甲馆 2〕.pdf"


# -- keys, counters, the audit log -------------------------------------------------------------------------------------


def test_a_key_opens_until_it_is_revoked(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        text, key = index.keys.create("门户", ("ask",), ("甲馆",))
        assert index.keys.check(text) == key and index.keys.check(text + "0") is None
        assert index.keys.check("mz__") is None and index.keys.check("") is None
        assert index.keys.revoke(key.id) and not index.keys.revoke(key.id)
        assert index.keys.check(text) is None and index.keys.any()
    assert text.rpartition("_")[2].encode() not in (tmp_path / "mingzhang.sqlite").read_bytes()


def test_an_expired_key_opens_nothing(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        text, _ = index.keys.create("门户", ("ask",), ("甲馆",), expires="2020-01-01T00:00:00.000+00:00")
        assert index.keys.check(text) is None


def test_counters_count_by_caller_and_period(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        assert index.usage.count([("a", "2024-05-01"), ("b", "2024-05-01")]) == (1, 1)
        assert index.usage.count([("a", "2024-05-01"), ("a", "2024-05-02")]) == (2, 1)
        assert index.usage.forget("2024-05-02") == 2


def test_the_audit_log_is_searched_and_never_changed(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.journal.add(Entry("answer", "answered", "k1", "张三", ("甲馆",), "三公经费多少", cells=({"page": 5},)))
        index.journal.add(Entry("answer", "refused", "k1", "李四", subject="天气"), personal=False)
        first, second = index.journal.entries()
        assert first.subject == "三公经费多少" and first.cells == ({"page": 5},) and first.collections == ("甲馆",)
        assert second.subject == "" and second.subject_digest and second.user != "李四"
        assert [e.number for e in index.journal.entries(user="李四")] == [2]
        assert [e.number for e in index.journal.entries(words="三公")] == [1]
        assert [e.number for e in index.journal.entries(limit=1)] == [2]
    with sqlite3.connect(tmp_path / "mingzhang.sqlite") as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute("UPDATE journal SET outcome = 'answered'")


def test_a_store_from_before_is_brought_up_to_date(tmp_path: Path) -> None:
    Index.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "mingzhang.sqlite") as raw:
        for table in ("access_keys", "shelves", "usage", "journal"):
            raw.execute(f"DROP TABLE {table}")
    with Index.open(tmp_path) as index:
        assert index.keys.listed() == () and list(index.journal.entries()) == []
