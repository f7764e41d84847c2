"""What only a request over HTTP can get wrong."""

from __future__ import annotations

from qa.errors import RequestError


class NotFound(RequestError):
    """What is named does not exist for this caller; whether it exists for others is not said."""

    def __init__(self, what: str) -> None:
        super().__init__(f"找不到{what}，请检查名称或编号。")


class BadBox(RequestError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是页面上的区域，请写成 x0,top,x1,bottom 四个数（点）。")
