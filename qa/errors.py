"""What can go wrong with a request: one class a mistake, whose constructor writes the sentence."""

from __future__ import annotations


class RequestError(Exception):
    """A request that cannot be carried out; `str()` is the sentence to show."""


class BadSetting(RequestError):
    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"环境变量 {name} 的值“{text}”不是整数，请改正后重试。")


class ModelSilent(RequestError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"语言模型没有应答（{reason}），请检查 MINGZHANG_CHAT_URL 与网络；本次只按规则回答。")


class EmptyQuestion(RequestError):
    def __init__(self) -> None:
        super().__init__("问题是空的，请输入要查询的内容。")


class MissingQuestions(RequestError):
    def __init__(self, path: str) -> None:
        super().__init__(f"找不到问题文件“{path}”，请检查路径是否正确。")


class BadQuestionLine(RequestError):
    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(
            f"问题文件“{path}”第 {line} 行无法读取（{reason}），每行应为一个 JSON 对象，含 id 与 question。"
        )


class NothingToIngest(RequestError):
    def __init__(self, paths: str) -> None:
        super().__init__(
            f"“{paths}”里没有可导入的文件，请给出 PDF、docx、xlsx、xls、html、txt、md 或 zip 文件，或包含它们的文件夹。"
        )


class OutputUnwritable(RequestError):
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"无法写入“{path}”（{reason}），请检查文件夹是否存在、是否有写权限。")
