"""Why somebody is not let in: one class a reason, whose constructor writes the sentence."""

from __future__ import annotations


class AccessError(Exception):
    """`str()` is the sentence to show; it never tells whether what was asked for exists."""


class NotKnown(AccessError):
    """No credentials, or none that open anything."""

    def __init__(self, reason: str = "缺少密钥或令牌") -> None:
        super().__init__(f"{reason}，请在 Authorization 头中以 Bearer 方式给出有效的密钥或令牌。")


class NotAllowed(AccessError):
    def __init__(self, scope: str) -> None:
        super().__init__(f"所用的密钥或令牌没有“{scope}”权限，请向管理员申请。")


class TooMany(AccessError):
    """`seconds` until it is worth trying again."""

    def __init__(self, limit: int, period: str, seconds: int) -> None:
        super().__init__(f"请求过多：每{period}至多 {limit} 次，请 {seconds} 秒后重试。")
        self.seconds = seconds
