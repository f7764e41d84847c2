"""Errors as problem+json (RFC 9457), or as OpenAI writes them where its clients ask."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from index.errors import IngestError, NotIndexed, OriginalMissing, StoreBusy, StoreError
from qa.errors import FileTooLarge, RequestError
from qa.serve.access import AccessError, NotAllowed, NotKnown, TooMany
from qa.serve.api.context import note_refusal, request_id
from qa.serve.api.errors import NotFound

OPENAI_PATHS = ("/v1/chat/completions", "/v1/models")
_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (NotKnown, 401),
    (NotAllowed, 403),
    (TooMany, 429),
    (NotFound, 404),
    (NotIndexed, 404),
    (OriginalMissing, 404),
    (StoreBusy, 503),
    (StoreError, 503),
    (FileTooLarge, 413),
    (RequestError, 422),
    (IngestError, 422),
)


def add_handlers(app: FastAPI) -> None:
    """Every error leaves as a problem; one that nobody foresaw says only that it happened and under which id."""
    for kind in (AccessError, StoreError, RequestError, IngestError):
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(request: Request, status: int, detail: str, **more: Any) -> Response:
    """The response for an error; `more` are members of their own (RFC 9457, section 3.2)."""
    title = HTTPStatus(status).phrase
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    if path.startswith(OPENAI_PATHS):
        kind = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}.get(status)
        kind = kind or ("server_error" if status >= 500 else "invalid_request_error")
        return JSONResponse({"error": {"message": detail, "type": kind, "param": None, "code": str(status)}}, status)
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": request_id(request),
    }
    return JSONResponse(body | more, status, media_type="application/problem+json")


async def _known(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    response = problem(request, status, str(error))
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="mingzhang"'
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    elif status == 503:
        response.headers["Retry-After"] = "5"
    if status in (401, 403, 429):
        await note_refusal(request, status)
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [{"where": [str(part) for part in fault["loc"]], "what": fault["msg"]} for fault in error.errors()]
    said = "；".join(f"{'.'.join(f['where'])}：{f['what']}" for f in faults[:3])
    return problem(request, 422, f"请求的内容不合要求（{said}），请对照 openapi.json 改正。", errors=faults)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {404: "没有这个地址。", 405: "这个地址不接受此方法。", 400: "请求无法解析。"}
    response = problem(request, error.status_code, sentences.get(error.status_code, str(error.detail)))
    response.headers.update(error.headers or {})
    return response


async def _unforeseen(request: Request, error: Exception) -> Response:
    return problem(request, 500, f"服务出错，已记入日志，请把编号 {request_id(request)} 告知管理员。")
