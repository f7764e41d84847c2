"""What can go wrong when question sets are read and run: one class a mistake, whose constructor writes the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.errors import RequestError


class EvaluateError(RequestError):
    """An evaluation that cannot go on; `str()` is the sentence to show. Travels between processes as its sentence."""

    def __reduce__(self) -> tuple[Callable[..., EvaluateError], tuple[type[EvaluateError], str]]:
        return _restored, (type(self), str(self))


def _restored(kind: type[EvaluateError], sentence: str) -> EvaluateError:
    """The error without its constructor, which would write the sentence again from other arguments."""
    return kind.__new__(kind, sentence)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a question set (lines count from 1)."""

    line: int
    message: str  # one clause, Chinese
    case: str = ""  # the id, where the line has one

    def __str__(self) -> str:
        return f"第{self.line}行{f'（{self.case}）' if self.case else ''}：{self.message}"


class SetMissing(EvaluateError):
    def __init__(self, path: str) -> None:
        super().__init__(f"找不到题集文件“{path}”，请检查路径。")


class SetEmpty(EvaluateError):
    def __init__(self, path: str) -> None:
        super().__init__(f"题集“{path}”里没有题目，请写入至少一行 JSON 题目后重试。")


class SetInvalid(EvaluateError):
    """A set whose lines do not hold together; `faults` lists every one of them."""

    def __init__(self, path: str, faults: Sequence[Fault]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__(
            f"题集“{path}”有 {len(self.faults)} 处错误，请按行修改后重试：\n" + "\n".join(map(str, self.faults))
        )


class FormulaInvalid(EvaluateError):
    def __init__(self, formula: str) -> None:
        super().__init__(f"算式“{formula}”不能计算，只允许数字、四则运算和括号，请改写。")


class RunMissing(EvaluateError):
    def __init__(self, path: str) -> None:
        super().__init__(f"找不到运行记录“{path}”，请检查路径，或先用 --output 生成一份。")


class RunUnreadable(EvaluateError):
    def __init__(self, path: str) -> None:
        super().__init__(f"文件“{path}”不是可读的运行记录，请换成由 mingzhang eval --output 生成的文件。")


class NothingInCommon(EvaluateError):
    def __init__(self) -> None:
        super().__init__("两次运行没有相同的题目，无法比较，请使用同一题集的运行记录。")


class WorkersDied(EvaluateError):
    def __init__(self, done: int, total: int) -> None:
        super().__init__(
            f"评测进程意外退出，已保存 {done}/{total} 题；请用同一命令重新运行以完成其余题目（内存不足时减小 --jobs）。"
        )


class EndpointFailed(EvaluateError):
    def __init__(self, url: str, cause: str) -> None:
        super().__init__(f"服务“{url}”没有正常回答（{cause}），请检查地址、模型名和密钥后重试。")


class SystemUnknown(EvaluateError):
    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的系统，--system 可以是 mingzhang 或 plain-rag。")


class DocumentNotIndexed(EvaluateError):
    def __init__(self, name: str) -> None:
        super().__init__(f"库中没有文件“{name}”，请用 mingzhang documents 查看已入库的文件。")


class EmbeddingMissing(EvaluateError):
    def __init__(self) -> None:
        super().__init__("对照系统需要向量模型，而当前没有可用的模型，请配置模型后重试。")
