"""What may happen to a store: killed writers, lost and damaged indexes, folders and files that are no store."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import event

from index.errors import StoreBusy, StoreDamaged, StoreMissing, StoreTooNew, StoreUnreachable, StoreUnwritable
from index.model import FactQuery, Reading
from index.stores import Index, Vectors, lock, pack, texts_to_embed, vector_index
from index.stores.schema import SCHEMA_VERSION
from index.stores.store import DATABASE
from index.stores.vector_index import VectorIndex
from tests.builders import reading, report

OLD = reading(prose=("旧的说明，收入为1.00万元，已经作废。", "旧的第二段，支出为1.00万元。"))
NEW = reading(prose=("新的说明，收入为2.00万元，以此为准。",))


def vectors_of(document: Reading, model: str = "m") -> Vectors:
    """One axis a text: the text that comes first is nearest to (1, 0, 0)."""
    texts = texts_to_embed(document.chunks)
    return Vectors(model, {key: pack([float(i == n) for i in range(3)]) for n, key in enumerate(texts)})


def put(index: Index, document: Reading) -> None:
    index.replace(document, vectors_of(document), report(document))


def contents(index: Index) -> Reading | None:
    """Which of the two documents the store holds, whole; None where there is none."""
    catalogue = index.catalogue()
    if not catalogue:
        assert index.facts(FactQuery()) == () and index.terms() == () and index.search_bigrams("说明") == ()
        return None
    (entry,) = catalogue
    expected = next(document for document in (OLD, NEW) if document.document.sha256 == entry.sha256)
    assert index.paragraphs(entry.name) == expected.paragraphs
    assert index.tables(entry.name) == expected.tables
    assert tuple(found.fact for found in index.facts(FactQuery())) == expected.facts
    assert {hit.chunk for hit in index.search_bigrams("收入支出说明")} == set(expected.chunks)
    return expected


def killed_at(statement: int, folder: Path, work: Callable[[Index], object]) -> bool:
    """Do `work` in a process that is killed before its nth SQL statement; False where it got through."""
    child = os.fork()
    if not child:
        index = Index.open(folder)
        count = 0

        def die(*_: object) -> None:
            nonlocal count
            count += 1
            if count == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(index._tables.engine, "before_cursor_execute", die)
        event.listen(index._tables.engine, "commit", die)
        work(index)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("before", "work"),
    [
        (None, lambda index: index.replace(NEW, None, report(NEW))),
        (OLD, lambda index: index.replace(NEW, None, report(NEW))),
        (OLD, lambda index: index.remove(OLD.document.name)),
    ],
    ids=["add", "replace", "remove"],
)
def test_a_writer_killed_at_any_statement_leaves_no_half_document(
    tmp_path: Path, before: Reading | None, work: Callable[[Index], object]
) -> None:
    seen = set()
    statement = 1
    while True:
        folder = tmp_path / str(statement)
        with Index.open(folder) as index:
            if before:
                index.replace(before, None, report(before))
        killed = killed_at(statement, folder, work)
        with Index.open(folder) as index:
            found = contents(index)
            work(index)  # and the next process can go on
            contents(index)
        seen.add(found is not None and found.document.sha256)
        if not killed:
            break
        statement += 1
    assert statement > 8
    assert len(seen) == 2  # killed early the old state is left, killed late the new one


@pytest.fixture
def by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few the vectors, ask Chroma."""
    monkeypatch.setattr(vector_index, "EXACT", 0)


def nearest(index: Index) -> list[str]:
    return [hit.chunk.quote for hit in index.search_vectors([1.0, 0.0, 0.0])]


def test_chroma_and_the_exact_search_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Index.open(tmp_path) as index:
        put(index, OLD)
        exact = index.search_vectors([0.9, 0.5, 0.0])
        monkeypatch.setattr(vector_index, "EXACT", 0)
        by_chroma = index.search_vectors([0.9, 0.5, 0.0])
        assert [hit.chunk for hit in by_chroma] == [hit.chunk for hit in exact] == list(OLD.chunks)
        assert [hit.score for hit in by_chroma] == pytest.approx([hit.score for hit in exact], abs=1e-5)
        assert index.search_vectors([1.0, 0.0, 0.0], documents=("别的.pdf",)) == ()
        assert index.search_vectors([1.0, 0.0, 0.0], documents=(OLD.document.name,)) != ()


def test_what_chroma_missed_is_caught_up_at_the_next_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_chroma: None
) -> None:
    with Index.open(tmp_path) as index:
        put(index, OLD)
    with monkeypatch.context() as killed, Index.open(tmp_path) as index:
        killed.setattr(VectorIndex, "settle", lambda self: None)  # the process ended between database and Chroma
        put(index, NEW)
    with Index.open(tmp_path) as index:
        assert nearest(index) == [NEW.paragraphs[0].text]
    with Index.open(tmp_path) as index:
        assert nearest(index) == [NEW.paragraphs[0].text]


def test_another_process_sees_what_was_written(tmp_path: Path, by_chroma: None) -> None:
    with Index.open(tmp_path) as reader, Index.open(tmp_path) as writer:
        put(writer, OLD)
        assert nearest(reader)[0] == OLD.paragraphs[0].text
        put(writer, NEW)
        assert nearest(reader) == [NEW.paragraphs[0].text]
        writer.remove(NEW.document.name)
        assert nearest(reader) == []


def test_a_lost_chroma_folder_is_built_again(tmp_path: Path, by_chroma: None) -> None:
    with Index.open(tmp_path) as index:
        put(index, OLD)
    shutil.rmtree(tmp_path / "chroma")
    with Index.open(tmp_path) as index:
        assert nearest(index)[0] == OLD.paragraphs[0].text


def test_a_damaged_chroma_folder_is_built_again(tmp_path: Path, by_chroma: None) -> None:
    with Index.open(tmp_path) as index:
        put(index, OLD)
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with Index.open(tmp_path) as index:
        assert nearest(index)[0] == OLD.paragraphs[0].text


def test_reindex_needs_the_database_only(tmp_path: Path, by_chroma: None) -> None:
    with Index.open(tmp_path) as index:
        put(index, OLD)
    shutil.rmtree(tmp_path / "chroma")
    with sqlite3.connect(tmp_path / DATABASE) as raw:
        raw.execute("DELETE FROM postings")
    with Index.open(tmp_path) as index:
        assert index.search_words("说明") == ()
        rebuilt = index.reindex()
        assert (rebuilt.documents, rebuilt.chunks, rebuilt.vectors) == (1, 2, 2)
        assert contents(index) is OLD
        assert nearest(index)[0] == OLD.paragraphs[0].text


def test_a_copy_that_was_cut_short_is_swept(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        (tmp_path / "files").mkdir()
        (tmp_path / "files" / "abc.pdf.77.part").write_bytes(b"%P")
        (tmp_path / "files" / "def.pdf").write_bytes(b"%PDF of a document that never came in")
        put(index, OLD)
    assert list((tmp_path / "files").iterdir()) == []


def test_only_one_process_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_PATIENCE", 0)
    with Index.open(tmp_path) as index, FileLock(tmp_path / "write.lock"):
        with pytest.raises(StoreBusy, match="另一个进程正在写入"):
            index.remove("a.pdf")
        assert index.catalogue() == ()  # reading goes on


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Index.open(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION + 1),))
    with pytest.raises(StoreTooNew, match="请升级程序"):
        Index.open(tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"PK\x03\x04" * 1000)
    with pytest.raises(StoreDamaged, match="不是明账资料库或已损坏"):
        Index.open(tmp_path)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="mingzhang ingest"):
        Index.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnwritable, match="请检查该文件夹的权限"):
        Index.open(tmp_path / "file" / "store")
    (tmp_path / "store" / DATABASE).mkdir(parents=True)
    with pytest.raises(StoreUnwritable, match="请检查该文件夹的权限"):
        Index.open(tmp_path / "store")


@pytest.mark.parametrize("url", ["nosuch://host/db", "postgresql://", "://"])
def test_an_address_that_leads_nowhere(url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreUnreachable):
        Index.open(url, folder=tmp_path)


def test_a_database_url_beside_its_files(tmp_path: Path) -> None:
    with Index.open(f"sqlite:///{tmp_path}/资料.sqlite") as index:
        put(index, OLD)
    assert {path.name for path in tmp_path.iterdir()} >= {"资料.sqlite", "chroma"}
