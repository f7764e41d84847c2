"""The system of record: what goes in comes out, in an order that never varies; documents come, change and go whole."""

from __future__ import annotations

import string
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import NotIndexed, OriginalMissing
from index.model import Fact, FactQuery, Found, Locator, Reading, State
from index.stores import Index
from tests.builders import cell_facts, profile, reading, report, table

COLUMNS = (("项目",), ("决算数", "合计"), ("决算数", "财政拨款"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new store of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "store")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def index(store: str, tmp_path: Path) -> Iterator[Index]:
    with Index.open(store, folder=tmp_path / "store") as opened:
        yield opened


def put(index: Index, *documents: Reading) -> None:
    for document in documents:
        index.replace(document, None, report(document))


def test_a_document_comes_back_as_it_went_in(index: Index) -> None:
    document = reading()
    name = document.document.name
    put(index, document)
    assert index.tables(name) == document.tables
    assert index.sections(name) == document.sections
    assert index.paragraphs(name) == document.paragraphs
    assert index.findings(name) == document.findings
    assert index.chunks(name) == document.chunks
    assert index.facts(FactQuery()) == tuple(Found(name, fact) for fact in document.facts)
    assert index.report(name) == report(document)
    (entry,) = index.catalogue()
    assert (entry.profile, entry.pages, entry.tables, entry.facts) == (document.profile, 5, 1, 4)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
figures = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12)
boxes = st.none() | st.tuples(*[st.floats(0, 1000)] * 4)
places = st.builds(Locator, st.integers(1, 9), boxes)
paths = st.lists(texts, max_size=3).map(tuple)
a_fact = st.builds(
    Fact,
    key=texts,
    source=st.just("text"),
    label=texts,
    printed=texts,
    value=st.none() | figures,
    unit=texts,
    state=st.sampled_from(State),
    place=places,
    quote=texts,
    table=st.integers(0, 9),
    kind=texts,
    title=texts,
    table_code=texts,
    code=st.text(string.digits, max_size=7),
    path=paths,
    column=paths,
    row=st.integers(-1, 9),
    col=st.integers(-1, 9),
    section=st.integers(0, 9),
    year=st.none() | st.integers(2000, 2030),
    measure=texts,
    scope=texts,
    direction=texts,
    basis=texts,
    reason=texts,
    entity=texts,
    canonical=st.none() | figures,
    places=st.lists(places, max_size=2).map(tuple),
)


@given(st.lists(a_fact, min_size=1, max_size=4, unique_by=lambda fact: fact.key))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_field_of_a_fact_is_lost(index: Index, facts: list[Fact]) -> None:
    document = replace(reading(), facts=tuple(facts))
    put(index, document)
    back = [found.fact for found in index.facts(FactQuery())]
    assert back == facts
    assert [str(fact.value) for fact in back] == [str(fact.value) for fact in facts]  # 1.50 stays 1.50


def test_text_that_a_database_refuses_is_cleaned(index: Index) -> None:
    document = reading(content="x", prose=("收入\0总计\ud800为3.00万元。",))
    put(index, document)
    assert index.paragraphs(document.document.name)[0].text == "收入总计为3.00万元。"


def test_facts_come_by_document_table_row_column_then_prose(index: Index) -> None:
    second = table((("甲", "1.00", "2.00"), ("乙", "3.00", "4.00")), COLUMNS, number=2)
    first = table((("丙", "5.00", "6.00"),), COLUMNS, number=1)
    said = replace(cell_facts(first)[0], key="n1.1", source="text", table=0, row=-1, col=-1)
    facts = (said, *reversed(cell_facts(second)), *cell_facts(first))
    put(index, replace(reading("b.pdf", content="b"), facts=facts), replace(reading("a.pdf", content="a"), facts=facts))
    order = ["t1r0c1", "t1r0c2", "t2r0c1", "t2r0c2", "t2r1c1", "t2r1c2", "n1.1"]
    found = index.facts(FactQuery())
    assert [(item.document, item.fact.key) for item in found] == [(n, k) for n in ("a.pdf", "b.pdf") for k in order]
    assert index.facts(FactQuery(limit=9)) == found[:9]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        (FactQuery(labels=("收入总计",)), ["t1r1c1", "t1r1c2"]),
        (FactQuery(columns=("财政拨款",)), ["t1r0c2", "t1r1c2"]),
        (FactQuery(columns=("决算数",), labels=("收入总计",)), ["t1r1c1", "t1r1c2"]),
        (FactQuery(states=(State.BLANK,)), ["t1r1c2"]),
        (FactQuery(keys=("t1r0c1", "t1r1c2")), ["t1r0c1", "t1r1c2"]),
        (FactQuery(kinds=("F01",), measures=("决算",), tables=(1,), sources=("table",), limit=1), ["t1r0c1"]),
        (FactQuery(documents=("别的.pdf",)), []),
        (FactQuery(labels=("' OR 1=1 --",)), []),
    ],
)
def test_queries(index: Index, query: FactQuery, keys: list[str]) -> None:
    put(index, reading())
    assert [found.fact.key for found in index.facts(query)] == keys


def test_a_blank_cell_is_not_zero(index: Index) -> None:
    put(index, replace(reading(), facts=cell_facts(table((("接待费", "", "0.00"),), COLUMNS))))
    blank, zero = (found.fact for found in index.facts(FactQuery()))
    assert (blank.state, blank.value) == (State.BLANK, None)
    assert (zero.state, zero.value, str(zero.value)) == (State.ZERO, Decimal(0), "0.00")


def test_terms_are_the_distinct_wordings(index: Index) -> None:
    put(index, reading())
    terms = {(term.field, term.text): term.count for term in index.terms((reading().document.name,))}
    assert terms["label", "收入总计"] == 2
    assert terms["column", "决算数"] == 4
    assert terms["title", "收入支出决算总表"] == 1
    assert index.terms(("别的.pdf",)) == ()


def test_a_changed_file_takes_the_place_of_its_old_self(index: Index) -> None:
    old = reading(prose=("旧的说明，收入为1.00万元，已经作废。",))
    new = reading(prose=("新的说明，收入为2.00万元，以此为准。",))
    put(index, old, new)
    (entry,) = index.catalogue()
    assert entry.sha256 == new.document.sha256
    assert index.paragraphs(entry.name) == new.paragraphs
    assert [hit.chunk.quote for hit in index.search_bigrams("说明")] == [new.paragraphs[0].text]


def test_the_same_bytes_under_another_name_are_one_document(index: Index) -> None:
    put(index, reading("a.pdf", content="x"), reading("b.pdf", content="x"))
    assert [entry.name for entry in index.catalogue()] == ["b.pdf"]


def test_removed_whole(index: Index, tmp_path: Path) -> None:
    file = tmp_path / "原件.pdf"
    file.write_bytes(b"%PDF")
    kept, gone = reading("a.pdf", content="a"), reading("原件.pdf", content="b")
    put(index, kept)
    index.replace(gone, None, report(gone), source=file)
    assert index.source("原件.pdf").read_bytes() == b"%PDF"
    copy = index.source("原件.pdf")
    assert index.remove("原件.pdf")
    assert not index.remove("原件.pdf")
    assert not copy.exists()
    assert [found.document for found in index.facts(FactQuery())] == ["a.pdf"] * 4
    assert {term.document for term in index.terms()} == {"a.pdf"}
    assert {hit.document for hit in index.search_keywords("收入总计")} == {"a.pdf"}
    for ask in (index.tables, index.sections, index.paragraphs, index.findings, index.report, index.source):
        with pytest.raises(NotIndexed):
            ask("原件.pdf")


def test_a_document_without_parts_is_not_a_missing_document(index: Index) -> None:
    empty = replace(reading(), tables=(), sections=(), paragraphs=(), facts=(), chunks=(), findings=())
    put(index, empty)
    assert index.tables(empty.document.name) == ()
    with pytest.raises(OriginalMissing):
        index.source(empty.document.name)


def test_the_version_changes_with_the_contents_only(index: Index, store: str, tmp_path: Path) -> None:
    other = Index.open(store, folder=tmp_path / "store")
    before = other.version
    assert other.version == before
    put(index, reading())
    after = other.version
    assert after != before
    index.record_question("收入多少？", "{}", 3.5)
    assert other.version == after
    index.remove(reading().document.name)
    assert other.version not in (before, after)
    other.close()


def test_questions_are_kept(index: Index) -> None:
    index.record_question("甲？", '{"status": "refused"}', 1.5)
    index.record_question("乙？", "{}", 2.5)
    assert [(question, answer, ms) for _, question, answer, ms in index.questions()] == [
        ("乙？", "{}", 2.5),
        ("甲？", '{"status": "refused"}', 1.5),
    ]
    assert len(index.questions(limit=1)) == 1


def test_the_catalogue_is_by_name(index: Index) -> None:
    put(index, *(reading(f"{n}.pdf", content=n, about=profile(f"{n}局")) for n in "乙甲丙"))
    assert [entry.name for entry in index.catalogue()] == sorted(f"{n}.pdf" for n in "乙甲丙")


def test_a_table_question_loads_nothing_heavy(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        put(index, reading())
    script = (
        "import sys; from index.stores import Index; from index.model import FactQuery\n"
        f"index = Index.open({str(tmp_path)!r})\n"
        "index.terms(), index.tables(index.catalogue()[0].name)\n"
        "assert index.facts(FactQuery(labels=('收入总计',)))\n"
        "heavy = {'chromadb', 'torch', 'jieba', 'numpy', 'langchain_core'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
