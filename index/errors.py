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


class StoreError(Exception):
    """A store that cannot be used, or something that is asked of it in vain; `str()` is the sentence to show."""


class StoreMissing(StoreError):
    def __init__(self, where: str) -> None:
        super().__init__(f"“{where}”处还没有建立资料库，请先用 mingzhang ingest 导入文件，或检查 --store 的路径。")


class StoreUnwritable(StoreError):
    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"无法读写资料库“{where}”（{reason}），请检查该文件夹的权限与磁盘空间，或用 --store 另选位置。"
        )


class StoreUnreachable(StoreError):
    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"无法连接资料库“{where}”（{reason}），请检查地址、驱动与网络。")


class StoreDamaged(StoreError):
    def __init__(self, where: str) -> None:
        super().__init__(f"“{where}”处的文件不是明账资料库或已损坏，请换一个位置，或删除它后重新导入原文件。")


class StoreTooNew(StoreError):
    def __init__(self, where: str, found: int, known: int) -> None:
        super().__init__(
            f"资料库“{where}”由更新版本的明账建立（格式 {found}，本程序只到 {known}），请升级程序后再打开，资料未动。"
        )


class StoreBusy(StoreError):
    def __init__(self, where: str) -> None:
        super().__init__(f"另一个进程正在写入资料库“{where}”，请等它结束后重试；查询不受影响。")


class NotIndexed(StoreError):
    def __init__(self, document: str) -> None:
        super().__init__(f"资料库中没有文件“{document}”，请用 mingzhang documents 查看已导入的文件。")


class OriginalMissing(StoreError):
    def __init__(self, document: str) -> None:
        super().__init__(f"资料库中没有“{document}”的原件副本，请重新导入该文件。")


class VectorMismatch(StoreError):
    def __init__(self, found: int, expected: int) -> None:
        super().__init__(
            f"问题的向量为 {found} 维，而资料库按 {expected} 维建立，请改回原来的向量模型，或用现在的模型重新导入文件。"
        )


class VectorsUnavailable(StoreError):
    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"无法打开向量库“{where}”（{reason}），请运行 mingzhang reindex 重建，或检查 Chroma 服务的地址。"
        )


class MissingFile(IngestError):
    def __init__(self, path: str) -> None:
        super().__init__(f"找不到文件“{path}”，请检查路径是否正确。")


class Unforeseen(IngestError):
    """A fault of this program, not of the file: the log has the details."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(
            f"处理文件“{name}”时程序出错（{type(error).__name__}：{error}），其余文件不受影响，请把文件与这句话告知维护者。"
        )


class ReaderCrashed(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"读取文件“{name}”的进程意外中止（文件可能已损坏或过大），其余文件不受影响，请检查该文件。")


class ReaderSilent(IngestError):
    def __init__(self, name: str, page: int, seconds: int) -> None:
        where = f"（已读到第{page}页）" if page else ""
        super().__init__(
            f"读取文件“{name}”时超过 {seconds} 秒没有进展{where}，已放弃该文件，其余文件不受影响，请检查该文件或重新导出后再试。"
        )


class EmptyFile(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"文件“{name}”是空的（0 字节），请重新下载或导出后再试。")


class UnknownFormat(IngestError):
    def __init__(self, name: str, suffix: str) -> None:
        super().__init__(
            f"文件“{name}”的格式（{suffix or '无后缀'}）不受支持，请转换为 PDF、docx、xlsx、xls、html、txt 或 md 后再试。"
        )


class WrongSuffix(IngestError):
    def __init__(self, name: str, suffix: str, kind: str) -> None:
        super().__init__(f"文件“{name}”的内容不是 {suffix} 格式（看起来是{kind}），请改正后缀或重新导出后再试。")


class NeedsOcr(IngestError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"文件“{name}”没有文字层（扫描件），需要文字识别，请安装扩展 mingzhang[ocr] 后重新导入，或换用带文字的版本。"
        )


class ModelUnavailable(Exception):
    """An embedding model that cannot be had; everything else goes on without it."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"无法加载向量模型“{model}”（{reason}）；表格与关键词检索照常可用，如需语义检索请检查模型名称、文件夹或网络。"
        )
