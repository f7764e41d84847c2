"""What can go wrong with a file that a user hands in: one class a mistake, whose constructor writes the sentence.

Every message says in one Chinese sentence what happened, to which file, and what to do about it. A fault inside a
document that leaves the rest readable is a `Finding`, not an exception.
"""

from __future__ import annotations


class IngestError(Exception):
    """A file that cannot be taken in; `str()` is the sentence to show."""


class NotText(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”的内容不是文本（编码无法识别），请确认文件未损坏，或另存为 UTF-8 文本后重试。")


class NothingToRead(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”里没有任何文字或表格，请确认文件完整后重新上传。")


class TableTooLarge(IngestError):
    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(f"文件中有一张 {rows} 行 × {columns} 列的表，超出可处理的范围，请删去无关的行列后重试。")


class BrokenFile(IngestError):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"文件“{name}”不是完整的{kind}（可能已损坏或被截断），请重新下载或导出后再试。")


class PasswordNeeded(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”设有打开密码，无法读取，请去掉密码后重新上传。")


class ArchiveBomb(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”解压后过大、文件过多或压缩包嵌套过深，为安全起见没有读取，请拆分后重新上传。")
