"""Zip archives: names as Chinese systems write them, tricks with paths, bombs, passwords."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArchiveBomb, BrokenFile, PasswordNeeded
from index.read import archive
from index.read.archive import members, safe_path


def packed(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def names(data: bytes) -> list[str]:
    return [member.name for member in members(data, "包.zip")]


def test_documents_in_folders_and_archives_in_archives_come_out() -> None:
    inner = packed({"2022/决算.txt": "内".encode()})
    found = {
        m.name: m.data.decode() for m in members(packed({"预算/表.txt": "外".encode(), "全部.zip": inner}), "包.zip")
    }
    assert found == {"预算/表.txt": "外", "全部.zip/2022/决算.txt": "内"}


def test_names_written_in_gbk_without_a_flag_are_read() -> None:
    """What Windows Explorer and WinRAR of a Chinese system write: GBK bytes where the format says CP437."""
    name = "部门决算/收入表.txt"
    plain = packed({"0" * len(name.encode("gbk")): b"1"}, zipfile.ZIP_STORED)
    assert names(plain.replace(b"0" * len(name.encode("gbk")), name.encode("gbk"))) == [name]


def test_what_systems_leave_behind_is_no_document() -> None:
    junk = ("__MACOSX/._表.txt", ".DS_Store", "Thumbs.db", "~$表.docx", "夹/.隐藏.txt")
    assert names(packed({"表.txt": b"1", **dict.fromkeys(junk, b"1")})) == ["表.txt"]


@pytest.mark.parametrize(
    ("given_name", "path"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root/表.txt", "root/表.txt"),
        ("C:\\用户\\表.txt", "用户/表.txt"),
        ("a/./b/../表.txt", "a/b/表.txt"),
        ("..", None),
    ],
)
def test_paths_lead_nowhere_outside(given_name: str, path: str | None) -> None:
    assert safe_path(given_name) == path


@given(st.text(max_size=60))
def test_no_name_makes_a_path_with_a_root_or_a_way_up(name: str) -> None:
    path = safe_path(name)
    assert path is None or not (path.startswith("/") or ".." in path.split("/") or "\\" in path or "\0" in path)


def test_a_bomb_is_refused_by_what_it_claims() -> None:
    with pytest.raises(ArchiveBomb, match="解压后过大"):
        names(packed({"表.txt": bytes(64 << 20)}))


def test_what_archives_in_an_archive_unpack_to_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 3 << 20)
    inner = {f"{i}.zip": packed({"表.txt": bytes([i]) * (2 << 20)}) for i in range(2)}
    with pytest.raises(ArchiveBomb):
        names(packed(inner))


def test_archives_nested_too_deeply_are_refused() -> None:
    data = packed({"表.txt": b"1"})
    for _ in range(6):
        data = packed({"层.zip": data})
    with pytest.raises(ArchiveBomb, match="嵌套过深"):
        names(data)


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with pytest.raises(ArchiveBomb, match="文件过多"):
        names(packed({f"{i}.txt": b"1" for i in range(4)}))


def test_a_truncated_archive_says_that_it_is_broken() -> None:
    whole = packed({"表.txt": "一般公共服务支出".encode() * 100})
    with pytest.raises(BrokenFile, match="压缩包"):
        names(whole[:-30])


def test_a_damaged_member_says_that_the_archive_is_broken() -> None:
    whole = bytearray(packed({"表.txt": b"0123456789" * 50}, zipfile.ZIP_STORED))
    whole[60] ^= 0xFF
    with pytest.raises(BrokenFile, match="压缩包"):
        names(bytes(whole))


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(packed({"a.txt": b"1"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(PasswordNeeded, match="密码"):
        names(bytes(data))
