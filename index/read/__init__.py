"""Reading: a file of any known format -> Document. What a file is, its first bytes decide; its suffix only settles ties."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from index.errors import EmptyFile, MissingFile, NeedsOcr, NothingToRead, UnknownFormat, WrongSuffix
from index.model import Document

__all__ = ["SUFFIXES", "read_bytes", "read_document"]

Reader = Callable[[bytes, str, str], Document]
Progress = Callable[[int, int], None]

SUFFIXES = frozenset({".pdf", ".docx", ".xlsx", ".xls", ".html", ".htm", ".txt", ".md"})
_BY_CONTENT = {
    "pdf": {".pdf"},
    "docx": {".docx"},
    "xlsx": {".xlsx"},
    "xls": {".xls"},
    "html": {".html", ".htm", ".xls"},
    "text": {".txt", ".md"},
}


def read_document(path: Path, progress: Progress | None = None) -> Document:
    """Read one file. Raises IngestError: what is wrong with the file, in one sentence."""
    if not path.is_file():
        raise MissingFile(str(path))
    return read_bytes(path.read_bytes(), path.name, progress)


def read_bytes(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """Read a file that is already in memory (an upload, a member of an archive)."""
    suffix = Path(name).suffix.lower()
    if not data:
        raise EmptyFile(name)
    if suffix not in SUFFIXES:
        raise UnknownFormat(name, suffix)
    kind = content_of(data, suffix)
    if suffix not in _BY_CONTENT.get(kind, set()):
        raise WrongSuffix(name, suffix, kind)
    sha256 = hashlib.sha256(data).hexdigest()
    if kind == "pdf":
        from index.read.pdf import read_pdf
        from index.read.scan import recognised

        document = recognised(read_pdf(data, name, sha256, progress), data, progress)
        if not any(page.flow for page in document.pages):
            raise NeedsOcr(name) if any(page.needs_ocr for page in document.pages) else NothingToRead(name)
        return document
    return _reader(kind)(data, name, sha256)


def content_of(data: bytes, suffix: str) -> str:
    """pdf, docx, xlsx, xls, html, text, or what else the first bytes say (image, zip, ...)."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return _package(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "xls" if suffix == ".xls" else "旧版 Office 文件"
    for signature, kind in (
        (b"\x89PNG", "图片"),
        (b"\xff\xd8\xff", "图片"),
        (b"GIF8", "图片"),
        (b"BM", "图片"),
        (b"II*\x00", "图片"),
        (b"Rar!", "RAR 压缩包"),
        (b"7z\xbc\xaf", "7z 压缩包"),
        (b"\x1f\x8b", "gzip 压缩包"),
    ):
        if data.startswith(signature):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")) or (
        suffix in (".html", ".htm") and b"<" in head
    ):
        return "html"
    return "text" if suffix in (".txt", ".md") or b"\x00" not in head else "二进制文件"


def _package(data: bytes) -> str:
    """docx, xlsx or a plain zip, told by the parts of the package."""
    if b"word/document.xml" in data or b"word/" in data[:4096]:
        return "docx"
    if b"xl/workbook" in data or b"xl/" in data[:4096]:
        return "xlsx"
    return "zip 压缩包"


def _reader(kind: str) -> Reader:
    """The reader of a format; each brings its own library, so it is imported only when such a file comes."""
    if kind == "docx":
        from index.read.word import read_docx

        return read_docx
    if kind == "xlsx":
        from index.read.sheets import read_xlsx

        return read_xlsx
    if kind == "xls":
        from index.read.sheets import read_xls

        return read_xls
    if kind == "html":
        from index.read.web import read_html

        return read_html
    from index.read.text import read_text

    return read_text
