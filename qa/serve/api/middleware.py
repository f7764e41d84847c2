"""What happens to every request and response: an id, a limit on its size, headers that keep browsers safe, metrics."""

from __future__ import annotations

import logging
import re
import secrets
import time

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.serve.api.metrics import Metrics

_log = logging.getLogger("mingzhang.serve")
_ID = re.compile(r"[\w.-]{1,64}")
_SLACK = 64 * 1024  # of a form around a file
_JSON_BYTES = 256 * 1024
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Around:
    """The outermost layer; pure ASGI, so that streams pass through as they come."""

    def __init__(self, app: ASGIApp, metrics: Metrics, upload_bytes: int, root_path: str) -> None:
        self._app = app
        self._root_path = root_path
        self._metrics = metrics
        self._upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._below_root(scope)
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        identity = given if _ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = identity
        started, status = time.perf_counter(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _complete(MutableHeaders(scope=message), identity)
            await send(message)

        limit = self._limit(headers.get("content-type", ""))
        try:
            await self._app(scope, _bounded(receive, limit), told)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.seen(scope["method"], route, status, seconds)
            _log.info("%s %s %s %d %.1fms", identity, scope["method"], route, status, seconds * 1000)

    def _below_root(self, scope: Scope) -> None:
        """ASGI wants the whole path, whether a proxy in front took its part of it away or not."""
        if self._root_path:
            scope["root_path"] = self._root_path
            if not scope["path"].startswith(self._root_path + "/"):
                scope["path"] = self._root_path + scope["path"]

    def _limit(self, content_type: str) -> int:
        return self._upload_bytes + _SLACK if content_type.startswith("multipart/") else _JSON_BYTES


def _complete(headers: MutableHeaders, identity: str) -> None:
    headers["X-Request-ID"] = identity
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)


def _bounded(receive: Receive, limit: int) -> Receive:
    """`receive` that breaks off once more than `limit` bytes have come."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, "请求的内容过大。")
        return message

    return bounded
