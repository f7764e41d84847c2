"""Zip archives: the documents inside, and the limits that keep a small file from becoming a large one.

docx and xlsx are zip archives too, so the same limits guard them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from index.errors import ArchiveBomb, BrokenFile, PasswordNeeded

MAX_MEMBERS = 2_000
MAX_TOTAL = 1 << 30  # bytes after unpacking, nested archives included
MAX_MEMBER = 512 << 20
MAX_RATIO = 200  # a member that grows more than this, and to more than a megabyte, is no document
MAX_DEPTH = 3  # archives within archives
_SMALL = 8 << 20
_UTF8_NAME = 0x800  # general purpose flag: the name is UTF-8
_ENCRYPTED = 0x1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive; `name` is the path inside it with forward slashes, free of tricks."""

    name: str
    data: bytes


def members(data: bytes, name: str) -> Iterator[Member]:
    """The files of a zip archive and of the archives in it, one at a time.

    Directories, hidden files and what operating systems leave behind are passed over. Raises BrokenFile, ArchiveBomb
    and PasswordNeeded (a password); whatever came before is with the caller by then.
    """
    yield from _members(data, name, MAX_DEPTH, _Budget(MAX_TOTAL))


def guard_package(data: bytes, name: str) -> None:
    """Refuses a docx or xlsx that would unpack to more than its kind ever needs, by its own directory of parts."""
    with _opened(data, name) as archive:
        _check(archive.infolist(), name)


@dataclass
class _Budget:
    """What may still be unpacked, over all levels."""

    left: int

    def take(self, size: int, name: str) -> None:
        self.left -= size
        if self.left < 0:
            raise ArchiveBomb(name)


def _members(data: bytes, name: str, depth: int, budget: _Budget) -> Iterator[Member]:
    with _opened(data, name) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check(infos, name)
        for info in infos:
            path = safe_path(_decoded(info))
            if path is None:
                continue
            content = _content(archive, info, name, budget)
            if path.lower().endswith(".zip"):
                if depth == 0:
                    raise ArchiveBomb(name)
                for member in _members(content, path, depth - 1, budget):
                    yield Member(f"{path}/{member.name}", member.data)
            else:
                yield Member(path, content)


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise BrokenFile(name, "压缩包") from fault


def _check(infos: list[zipfile.ZipInfo], name: str) -> None:
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_TOTAL:
        raise ArchiveBomb(name)
    for info in infos:
        if info.file_size > max(_SMALL, info.compress_size * MAX_RATIO) or info.file_size > MAX_MEMBER:
            raise ArchiveBomb(name)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: _Budget) -> bytes:
    """The bytes of a member, read in pieces: what the directory says of its size is only a claim."""
    if info.flag_bits & _ENCRYPTED:
        raise PasswordNeeded(name)
    parts: list[bytes] = []
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                budget.take(len(chunk), name)
                parts.append(chunk)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as fault:
        raise BrokenFile(name, "压缩包") from fault
    return b"".join(parts)


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name of a member: Windows archivers in China write GBK where the format says CP437, and set no flag."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def safe_path(name: str) -> str | None:
    """The path as it may be shown and stored, or None for what is no document: ".." and roots lead nowhere."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/").replace("\0", "")).parts if part not in ("/", "..")]
    parts = [part for part in parts if not part.endswith(":")]
    if not parts or "__MACOSX" in parts or any(part.startswith((".", "~$")) for part in parts):
        return None
    return "/".join(parts) if parts[-1].lower() not in ("thumbs.db", "desktop.ini") else None
