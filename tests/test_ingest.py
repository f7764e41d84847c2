"""Ingest: files, folders and archives into a store; what is known is not done again; one file's fault is its own."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from reportlab.pdfgen import canvas

from index import ingest, reading
from index.errors import ModelUnavailable, VectorsUnavailable
from index.ingest import ingest_file, ingest_paths
from index.model import FactQuery, IngestReport
from index.sources import Source, find_sources
from index.stores import Index
from index.stores.vector_index import VectorIndex
from index.workers import Worker, read_all

BODY = """青山市档案局
2022年度部门决算
第一部分 青山市档案局概况
一、主要职责
负责全市档案工作的监督和指导，保管市级国家档案馆的馆藏档案。
第二部分 2022年度部门决算情况说明
一、收入支出决算总体情况说明
2022年度收入总计{figure}万元，与上年度相比增加2.00万元，增长1.50%，主要原因是新增馆藏整理项目。
"""


class CountingEmbedder:
    """Vectors of two numbers, and a record of what was asked."""

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.dimension = 2
        self.texts: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        self.texts.extend(texts)
        return [[1.0, 0.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        return [1.0, 0.0]


class NoEmbedder(CountingEmbedder):
    def embed_passages(self, texts: Sequence[str]) -> list[list[float]]:
        raise ModelUnavailable("some/model", "没有网络")


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "store")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "公开资料"
    place.mkdir()
    return place


def write(folder: Path, name: str = "青山市档案局_2022年度部门决算.txt", figure: str = "135.00") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(BODY.format(figure=figure), encoding="utf-8")
    return path


def statuses(reports: Sequence[IngestReport]) -> list[tuple[str, str]]:
    return [(report.name, report.status) for report in reports]


def test_a_file_becomes_a_document(index: Index, folder: Path) -> None:
    path = write(folder)
    report = ingest_file(path, index, CountingEmbedder())
    assert (report.name, report.status, report.error) == (path.name, "added", "")
    assert report.chunks == len(index.chunks(path.name)) > 0
    assert {stage for stage, _ in report.seconds} == {"读取", "表格", "理解", "分段", "向量", "入库"}
    (entry,) = index.catalogue()
    assert (entry.profile.organisation, entry.profile.year, entry.profile.stage) == ("青山市档案局", 2022, "决算")
    assert "135.00" in {found.fact.printed for found in index.facts(FactQuery(sources=("text",)))}
    assert index.search_words("新增馆藏整理")[0].document == path.name
    assert index.source(path.name).read_bytes() == path.read_bytes()


def test_the_second_time_nothing_is_done(index: Index, folder: Path) -> None:
    path = write(folder)
    first = ingest_file(path, index, CountingEmbedder())
    version = index.version
    embedder = CountingEmbedder()
    again = ingest_file(path, index, embedder)
    assert (again.status, again.facts, again.chunks) == ("unchanged", first.facts, first.chunks)
    assert embedder.texts == []
    assert index.version == version


def test_a_changed_file_embeds_only_what_changed(index: Index, folder: Path) -> None:
    ingest_file(write(folder), index, CountingEmbedder())
    embedder = CountingEmbedder()
    report = ingest_file(write(folder, figure="140.00"), index, embedder)
    assert report.status == "replaced"
    assert len(embedder.texts) == 1 and "140.00" in embedder.texts[0]
    assert len(index.search_vectors([1.0, 0.0])) == report.chunks
    assert [entry.facts for entry in index.catalogue()] == [report.facts]


def test_the_same_bytes_under_two_names_are_one_document(index: Index, folder: Path) -> None:
    paths = [write(folder, "甲.txt"), write(folder, "乙.txt")]
    assert statuses(ingest_paths(paths, index, None)) == [("甲.txt", "added"), ("甲.txt", "unchanged")]
    write(folder, "丙.txt", figure="1.00")
    ingest_file(folder / "丙.txt", index, None)
    write(folder, "丙.txt")  # 丙 now says what 甲 says
    assert statuses([ingest_file(folder / "丙.txt", index, None)]) == [("甲.txt", "unchanged")]
    assert [entry.name for entry in index.catalogue()] == ["甲.txt"]


def test_a_new_version_of_the_program_reads_again(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = CountingEmbedder()
    path = write(folder)
    ingest_file(path, index, embedder)
    monkeypatch.setattr(ingest, "revision", lambda: "next")
    embedder.texts.clear()
    assert ingest_file(path, index, embedder).status == "replaced"
    assert embedder.texts == []
    assert ingest_file(path, index, embedder).status == "unchanged"


def test_one_file_s_fault_is_its_own(index: Index, folder: Path) -> None:
    good = write(folder)
    empty = folder / "空.pdf"
    empty.write_bytes(b"")
    reports = ingest_paths([empty, folder / "没有.pdf", good], index, None)
    assert [report.status for report in reports] == ["failed", "failed", "added"]
    assert "0 字节" in reports[0].error and "找不到文件" in reports[1].error


def test_a_fault_of_the_program_is_told(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(reading, "extract_tables", fail)
    with ThreadPoolExecutor(1) as executor:
        (report,) = ingest_paths([write(folder)], index, None, executor=executor)
    assert report.status == "failed" and "ZeroDivisionError" in report.error
    assert "Traceback" in caplog.text


def test_without_a_model_words_still_find(index: Index, folder: Path) -> None:
    path = write(folder)
    report = ingest_file(path, index, NoEmbedder())
    assert report.status == "added" and "无法加载向量模型" in report.error
    assert index.search_words("馆藏整理") != () and index.search_vectors([1.0, 0.0]) == ()
    later = ingest_file(path, index, CountingEmbedder())  # and once there is one, the vectors come
    assert (later.status, later.error) == ("unchanged", "")
    assert len(index.search_vectors([1.0, 0.0])) == later.chunks


def test_another_model_gives_vectors_of_its_own(index: Index, folder: Path) -> None:
    path = write(folder)
    ingest_file(path, index, CountingEmbedder("one"))
    other = CountingEmbedder("two")
    ingest_file(path, index, other)
    assert index.model == "two"
    assert len(other.texts) == len(index.search_vectors([1.0, 0.0])) > 0


def test_a_vector_index_that_is_down_keeps_no_document_out(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: VectorIndex) -> None:
        raise VectorsUnavailable("http://chroma:8000", "refused")

    with monkeypatch.context() as down:
        down.setattr(VectorIndex, "settle", fail)
        report = ingest_file(write(folder), index, CountingEmbedder())
    assert report.status == "added" and "无法打开向量库" in report.error
    assert len(index.search_vectors([1.0, 0.0])) == report.chunks  # few vectors are compared without it


def test_folders_archives_and_what_lies_about_in_them(index: Index, folder: Path) -> None:
    write(folder, "2022/b.txt", "1.00")
    write(folder, "2022/a.txt", "2.00")
    write(folder, "README.md")
    write(folder, ".hidden/c.txt", "3.00")
    (folder / "附图.jpg").write_bytes(b"\xff\xd8")
    with zipfile.ZipFile(folder / "更多.zip", "w") as archive:
        archive.writestr("d.txt", BODY.format(figure="4.00"))
        archive.writestr("说明/e.txt", BODY.format(figure="5.00"))
        archive.writestr("图.png", b"\x89PNG")
    reports = ingest_paths([folder], index, None)
    names = ["a.txt", "b.txt", "d.txt", "e.txt"]
    assert statuses(reports) == [(name, "added") for name in names]
    assert [entry.name for entry in index.catalogue()] == names
    assert index.source("e.txt").is_file()


def test_files_of_one_name_are_told_apart(folder: Path, tmp_path: Path) -> None:
    paths = [write(folder, "2021/决算.txt"), write(folder, "2022/决算.txt"), write(folder, "2022/预算.txt")]
    sources = find_sources([*paths, paths[0]], tmp_path)
    assert [source.name for source in sources] == ["2021_决算.txt", "2022_决算.txt", "预算.txt", "2021_决算(2).txt"]


def test_a_broken_archive_is_one_failure(index: Index, folder: Path) -> None:
    (folder / "坏.zip").write_bytes(b"PK\x03\x04 and then nothing")
    good = write(folder)
    assert [report.status for report in ingest_paths([folder], index, None)] in (
        ["failed", "added"],
        ["added", "failed"],
    )
    assert [entry.name for entry in index.catalogue()] == [good.name]


def test_progress_counts_files(index: Index, folder: Path) -> None:
    write(folder, "a.txt", "1.00")
    write(folder, "b.txt", "2.00")
    told: list[tuple[int, int, str]] = []
    ingest_paths([folder], index, None, progress=lambda *news: told.append(news))
    assert [(done, count) for done, count, name in told if name in ("a.txt", "b.txt", "")] == [(0, 2), (1, 2), (2, 2)]


def test_several_processes_give_what_one_gives(folder: Path, tmp_path: Path) -> None:
    for n in range(9):
        write(folder, f"{n}.txt", f"{n}.00")
    (folder / "5.txt").write_bytes(b"")
    stores = []
    for jobs in (1, 2):
        index = Index.open(tmp_path / f"store{jobs}")
        reports = ingest_paths([folder], index, None, jobs=jobs)
        assert [report.status for report in reports] == ["added"] * 5 + ["failed"] + ["added"] * 3
        stores.append((index.catalogue(), index.facts(FactQuery()), index.terms()))
    assert stores[0] == stores[1]


def test_any_executor_reads(index: Index, folder: Path) -> None:
    write(folder)
    with ThreadPoolExecutor(2) as executor:
        assert [r.status for r in ingest_paths([folder], index, None, executor=executor)] == ["added"]


class Dying(Executor):
    """A pool whose process dies of one file, and which takes no other from then on."""

    def __init__(self, deadly: str) -> None:
        self.deadly = deadly
        self.dead = False

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        if self.dead:
            raise BrokenExecutor
        future: Future[Any] = Future()
        if arguments[0].name == self.deadly:
            self.dead = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(*arguments, **options))
        return future


def test_where_an_executor_breaks_processes_of_this_machine_read_on(folder: Path, tmp_path: Path) -> None:
    for n in range(5):
        write(folder, f"{n}.txt", f"{n}.00")
    outcomes = read_all(find_sources([folder], tmp_path), 1, Dying("3.txt"), lambda *_: None)
    assert [outcome.reading is not None for outcome in outcomes] == [True] * 5


@pytest.fixture
def deadly(folder: Path) -> Source:
    """A file that its reader waits for as native code waits in an endless loop."""
    if os.name != "posix":
        pytest.skip("named pipes")
    os.mkfifo(folder / "坏.pdf")
    return Source(folder / "坏.pdf", "坏.pdf")


def test_a_file_that_hangs_costs_its_process_alone(deadly: Source, folder: Path) -> None:
    with Worker(silence=2.0) as worker:
        outcome = worker.read(deadly)
        assert outcome.reading is None and "坏.pdf" in outcome.fault and "超过 2 秒没有进展" in outcome.fault
        assert worker.read(Source(write(folder), "好.txt")).reading is not None


def test_a_file_that_crashes_costs_its_process_alone(deadly: Source, folder: Path) -> None:
    def crash() -> None:
        with deadly.path.open("wb"):  # waits for the reader
            os.kill(worker.pid or 0, signal.SIGSEGV)

    with Worker() as worker:
        Thread(target=crash).start()
        outcome = worker.read(deadly)
        assert outcome.reading is None and "坏.pdf" in outcome.fault and "意外中止" in outcome.fault
        assert worker.read(Source(write(folder), "好.txt")).reading is not None
    assert worker.pid is None


def test_pages_are_told_from_the_other_process(index: Index, folder: Path) -> None:
    page = canvas.Canvas(str(folder / "两页.pdf"))
    for _ in range(2):
        page.drawString(50, 700, "2022")
        page.showPage()
    page.save()
    told: list[str] = []
    ingest_paths([folder], index, None, progress=lambda _, __, name: told.append(name))
    assert told == ["两页.pdf", "两页.pdf 1/2页", "两页.pdf 2/2页", ""]


def test_a_pdf_without_any_text_is_said_to_be_one(index: Index, tmp_path: Path) -> None:
    page = canvas.Canvas(str(tmp_path / "空.pdf"))
    page.rect(50, 50, 200, 100)
    page.save()
    (report,) = ingest_paths([tmp_path / "空.pdf"], index, None)
    assert report.status == "failed" and "没有" in report.error
    assert not index.catalogue()
