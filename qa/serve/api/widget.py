"""The chat that portals embed: one script for their page, one page for the frame that the script opens.

Neither holds anything secret; the token reaches the framed page from the page around it, in the browser. Which pages
may frame it is decided by `frame-ancestors` from the allow-list, and nobody may unless they are on it.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from qa.serve.api.context import ServiceOf

router = APIRouter(include_in_schema=False)
_FOLDER = Path(__file__).resolve().parent.parent / "widget"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_CACHED = "public, max-age=300"


@router.get("/embed.js")
def get_script() -> Response:
    headers = {"Cache-Control": _CACHED, "Cross-Origin-Resource-Policy": "cross-origin", "ETag": _tag("embed.js")}
    return Response(_text("embed.js"), media_type=_TYPES[".js"], headers=headers)


@router.get("/widget/chat.{kind}")
def get_part(kind: str) -> Response:
    if f".{kind}" not in _TYPES:
        return Response(status_code=404)
    name = f"chat.{kind}"
    return Response(_text(name), media_type=_TYPES[f".{kind}"], headers={"Cache-Control": _CACHED, "ETag": _tag(name)})


@router.get("/widget/")
def get_chat(service: ServiceOf, request: Request) -> Response:
    ancestors = " ".join(origins(service.settings.origins)) or "'none'"
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )
    return Response(_text("chat.html"), media_type="text/html", headers={"Content-Security-Policy": policy})


def origins(text: str) -> list[str]:
    """The allow-list: scheme and host of each page."""
    return [origin.strip().rstrip("/") for origin in text.split(",") if origin.strip()]


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _tag(name: str) -> str:
    return f'"{hashlib.sha256(_text(name).encode()).hexdigest()[:16]}"'
