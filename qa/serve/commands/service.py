"""mingzhang serve: the HTTP service."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from typing import Annotated

import typer

from qa.errors import ExtraMissing, OpenWithoutKeys
from qa.serve.commands.options import Store
from qa.settings import PREFIX, Settings, read_settings

_GRACE = 30  # seconds that a request may still take once the service is told to end


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    port: Annotated[int | None, typer.Option("--port", help="端口，默认 8600。")] = None,
    host: Annotated[str | None, typer.Option("--host", help="监听地址，默认只限本机。")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="进程数。")] = None,
    root_path: Annotated[str | None, typer.Option("--root-path", help="反向代理下的路径，如 /mingzhang。")] = None,
    origins: Annotated[
        str | None, typer.Option("--origins", help="可嵌入对话、可跨域调用的网页来源，逗号分隔。")
    ] = None,
    store: Store = None,
) -> None:
    """启动 HTTP 服务：接口、OpenAI 兼容接口与可嵌入网页的对话。"""
    try:
        import uvicorn

        from qa.serve.api import create_app
    except ModuleNotFoundError as error:
        raise ExtraMissing("serve") from error
    settings = read_settings(
        store=store, api_port=port, host=host, workers=workers, root_path=root_path, origins=origins
    )
    check_exposure(settings)
    options = {
        "host": settings.host,
        "port": settings.api_port,
        "timeout_graceful_shutdown": _GRACE,
        "access_log": False,
        "server_header": False,
        "log_level": "info",
    }
    if settings.workers == 1:
        uvicorn.run(create_app(settings), **options)  # type: ignore[arg-type]
        return
    with tempfile.TemporaryDirectory(prefix="mingzhang-metrics-") as folder:
        _tell_workers(settings, folder)
        uvicorn.run("qa.serve.api.worker:app", factory=True, workers=settings.workers, **options)  # type: ignore[arg-type]


def check_exposure(settings: Settings) -> None:
    """Bring the store up to date and make sure that nobody without a key can come in from outside.

    Raises OpenWithoutKeys, StoreError, WeakSecret.
    """
    from qa.assemble import open_index
    from qa.serve.access import Door

    with open_index(settings) as index:
        if Door(index, settings).open and not _is_local(settings.host):
            raise OpenWithoutKeys(settings.host)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tell_workers(settings: Settings, folder: str) -> None:
    """Worker processes read their settings from the environment, as this one did."""
    for name in ("store", "root_path", "origins"):
        os.environ[PREFIX + name.upper()] = getattr(settings, name)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
