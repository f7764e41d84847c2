"""The command: what it prints, how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.stores import Index
from tests.conftest import SAMPLES


def run(*arguments: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "qa.serve.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == expect, done.stderr
    return done


def test_ask_as_json(sample_store: Path) -> None:
    answer = json.loads(run("ask", "工信局2022年三公经费决算是多少", "--json", "--store", sample_store).stdout)
    assert answer["values"][0]["value"] == "17.22" and answer["values"][0]["unit"] == "万元"
    assert answer["citations"][0]["bbox"] and answer["elapsed_ms"] > 0


def test_a_table_question_imports_nothing_heavy(sample_store: Path) -> None:
    heavy = ("torch", "sentence_transformers", "chromadb", "streamlit", "jieba", "pdfplumber", "langchain_core")
    code = (
        "import sys; from qa.serve import cli; sys.argv = ['mingzhang', 'ask', '工信局2022年三公经费决算是多少', '--store', sys.argv[1]]\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(sample_store)], capture_output=True, text=True, check=True)
    assert "17.22" in done.stdout and done.stdout.strip().endswith("[]")


def test_a_batch_keeps_ids_and_order(sample_store: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    lines = [
        {"id": "b", "question": "工信局福利费是多少"},
        {"id": "a", "question": "工信局呢", "history": ["市委办2022年培训费多少"]},
    ]
    questions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    run("ask", "--input", questions, "--output", tmp_path / "a.jsonl", "--store", sample_store)
    answers = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["b", "a"] and answers[0]["values"][0]["value"] == "9.30"


def test_what_was_read_and_rebuilt_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_MODEL", "none")
    source, store = next(SAMPLES.glob("002*.pdf")), tmp_path / "store"
    taken_in = run("ingest", source, "--store", store).stdout
    assert "收入支出决算总表、收入决算表" in taken_in and "项目支出绩效自评表×5" in taken_in
    assert "1 份文件" in run("reindex", "--store", store).stdout


def test_tables_as_json_and_excel(tmp_path: Path) -> None:
    source = next(SAMPLES.glob("004*.pdf"))
    found = json.loads(run("tables", source, "--json").stdout)
    assert found[0]["code"] == "公开01表" and found[0]["unit"] == "万元" and len(found) == 13
    run("tables", source, "--xlsx", tmp_path / "out.xlsx")
    from openpyxl import load_workbook

    assert len(load_workbook(tmp_path / "out.xlsx").sheetnames) == 13


def test_documents_are_listed_and_removed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    source = tmp_path / "x_2022.txt"
    source.write_text("第一部分 概况\n青山市档案局2022年度部门决算。\n2022年度收入总计12.50万元。\n", encoding="utf-8")
    env_free = ["ingest", source, "--store", store]
    subprocess.run(
        [sys.executable, "-m", "qa.serve.cli", *map(str, env_free)],
        check=True,
        capture_output=True,
        env={"MINGZHANG_MODEL": "none", "PATH": "/usr/bin", "HOME": str(tmp_path)},
    )
    assert [d["name"] for d in json.loads(run("documents", "--json", "--store", store).stdout)] == ["x_2022.txt"]
    run("remove", "x_2022", "--store", store)
    assert json.loads(run("documents", "--json", "--store", store).stdout) == []


def test_a_folder_can_be_taken_in_for_one_collection_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_MODEL", "none")
    folder = tmp_path / "甲馆的文件"
    folder.mkdir()
    (folder / "x_2022.txt").write_text(
        "青山市档案局2022年度部门决算。\n2022年度收入总计12.50万元。\n", encoding="utf-8"
    )
    (folder / "坏.pdf").write_bytes(b"")
    done = run("ingest", folder, "--collection", "甲馆", "--store", tmp_path / "store", expect=1)
    assert "✓ x_2022.txt" in done.stdout and "✗ 坏.pdf" in done.stdout
    with Index.open(tmp_path / "store") as index:
        assert list(index.shelves.names(["甲馆"]).values()) == ["x_2022.txt"] and not index.shelves.names(["common"])
    refused = run("ingest", folder, "--collection", "*", "--store", tmp_path / "store", expect=1)
    assert "文库" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.pdf", b"", "空的"),
        ("图.pdf", b"\x89PNG\r\n\x1a\n", "内容不是 .pdf 格式"),
        ("断.pdf", b"%PDF-1.4\n1 0 obj\n<<", "损坏"),
        ("x.docx", b"PK\x03\x04word/document.xml", "docx"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = run("tables", path, expect=1)
    assert says in done.stderr and len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    assert "找不到文件" in run("tables", tmp_path / "没有.pdf", expect=1).stderr
    assert "资料库" in run("ask", "三公经费", "--store", tmp_path / "none", expect=1).stderr
    assert "问题是空的" in run("ask", "", "--store", tmp_path / "none", expect=1).stderr
