"""Conversations, opinions and reported cells: kept, read back, renamed, deleted; also in a store of an earlier day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from index.stores import Correction, Index, Opinion
from index.stores.store import DATABASE
from tests.builders import reading, report

ANSWER = json.dumps({"text": "**17.22万元**[1]"}, ensure_ascii=False)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "store") as opened:
        yield opened


def test_a_conversation_is_kept_in_order_and_reopened(index: Index) -> None:
    kept = index.conversations
    first = kept.start("三公经费是多少？")
    other = kept.start("别的")
    for question in ("一", "二", "三"):
        kept.add_turn(first, question, ANSWER, ("a.pdf",))
    assert [turn.question for turn in kept.turns(first)] == ["一", "二", "三"]
    assert kept.turns(first)[0].documents == ("a.pdf",)
    assert {(c.id, c.turns) for c in kept.listed()} == {(first, 3), (other, 0)}
    assert kept.listed()[0].id == first  # changed last


def test_an_answer_is_found_by_its_link_until_its_conversation_is_deleted(index: Index) -> None:
    kept = index.conversations
    talk = kept.start("问")
    link = kept.add_turn(talk, "问", ANSWER)
    found = kept.turn(link)
    assert found is not None and json.loads(found.answer) == json.loads(ANSWER)
    assert kept.rename(talk, "预算") and kept.listed()[0].title == "预算"
    assert kept.delete(talk) and not kept.delete(talk)
    assert kept.turn(link) is None
    assert kept.add_turn(talk, "还有吗", ANSWER) == ""


def test_people_see_their_own_conversations(index: Index) -> None:
    index.conversations.start("甲的", owner="甲")
    assert [c.title for c in index.conversations.listed("甲")] == ["甲的"]
    assert index.conversations.listed("乙") == ()


def test_the_last_opinion_on_an_answer_counts(index: Index) -> None:
    kept = index.conversations
    kept.add_opinion(Opinion("问", ANSWER, True, turn="t1"))
    kept.add_opinion(Opinion("问", ANSWER, False, "年度错", ("前一问",), ("a.pdf",), "0.1", "t1"))
    kept.add_opinion(Opinion("门户里的问题", ANSWER, True))
    first, second = kept.opinions()
    assert (first.good, first.reason, first.history, first.documents) == (False, "年度错", ("前一问",), ("a.pdf",))
    assert second.turn == "" and second.given


def test_reported_cells_are_kept_by_document(index: Index) -> None:
    kept = index.conversations
    kept.add_correction(Correction("a.pdf", 3, 2, 1, "1,043.4", "1,043.40", "末位丢失"))
    kept.add_correction(Correction("b.pdf", 1, 0, 0, "", "合计"))
    (found,) = kept.corrections("a.pdf")
    assert (found.table, found.row, found.column, found.correct) == (3, 2, 1, "1,043.40")
    assert len(kept.corrections()) == 2


def test_a_store_from_before_gains_the_new_tables_and_keeps_its_documents(tmp_path: Path) -> None:
    with Index.open(tmp_path / "store") as index:
        index.replace(reading(), None, report(reading()))
    engine = create_engine(f"sqlite:///{tmp_path / 'store' / DATABASE}")
    with engine.begin() as connection:
        for name in ("turns", "conversations", "opinions", "corrections"):
            connection.execute(text(f"DROP TABLE {name}"))
    engine.dispose()
    with Index.open(tmp_path / "store") as index:
        talk = index.conversations.start("问")
        assert index.conversations.add_turn(talk, "问", ANSWER)
        assert len(index.catalogue()) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(question=st.text(max_size=30), words=st.text(max_size=30))
def test_any_text_comes_back(index: Index, question: str, words: str) -> None:
    kept = index.conversations
    link = kept.add_turn(kept.start(question), question, json.dumps({"text": words}))
    found = kept.turn(link)
    assert found is not None and json.loads(found.answer) == {"text": words}


def test_a_conversation_is_found_by_its_owner_only(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        key = index.conversations.start("三公", "甲")
        index.conversations.add_turn(key, "多少", "{}")
        found = index.conversations.find(key, "甲")
        assert found is not None and (found.title, found.turns, found.owner) == ("三公", 1, "甲")
        assert index.conversations.find(key, "乙") is None and index.conversations.find("没有", "甲") is None
