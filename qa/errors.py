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


class OutputUnwritable(RequestError):
    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"无法写入“{path}”（{reason}），请检查文件夹是否存在、是否有写权限。")


class OpenWithoutKeys(RequestError):
    def __init__(self, host: str) -> None:
        super().__init__(
            f"服务将在 {host} 上对网络开放，但还没有任何密钥，请先运行 mingzhang keys create 或设置 MINGZHANG_JWT_SECRET，或只监听 127.0.0.1。"
        )


class WeakSecret(RequestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 少于 32 个字符，容易被猜出，请换成随机的长串后重试。")


class UnknownScope(RequestError):
    def __init__(self, scope: str, known: str) -> None:
        super().__init__(f"没有“{scope}”这种权限，可用的是：{known}。")


class BadCollection(RequestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不能作为文库名，请用 1–40 个汉字、字母、数字、“-”或“_”。")


class KeyUnknown(RequestError):
    def __init__(self, key: str) -> None:
        super().__init__(f"没有编号为“{key}”的有效密钥，请用 mingzhang keys list 查看。")


class BadTime(RequestError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是时间，请写成 2024-05-01 或 2024-05-01T08:30，或 7d、12h 这样的时长。")


class ExtraMissing(RequestError):
    def __init__(self, extra: str) -> None:
        super().__init__(f"此功能需要扩展 mingzhang[{extra}]，请用 pip install 'mingzhang[{extra}]' 安装后重试。")


class QuestionTooLong(RequestError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"问题有 {length} 个字，超过 {limit} 个字的上限，请缩短后重试。")


class FileTooLarge(RequestError):
    def __init__(self, limit_mb: int) -> None:
        super().__init__(f"文件超过 {limit_mb} MB 的上限，请拆分或压缩后重新上传。")


class BadFileName(RequestError):
    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”不能作为文件名，请改为不含路径、不超过 200 个字符、带后缀的名称。")


class CollectionNeeded(RequestError):
    def __init__(self) -> None:
        super().__init__("所用的密钥可用于多个文库，请用 collection 指明上传或删除哪一个。")
