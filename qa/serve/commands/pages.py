"""mingzhang ui: the Streamlit page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.serve.commands.options import Store
from qa.settings import PREFIX, read_settings


def register(app: typer.Typer) -> None:
    app.command("ui")(ui)


def ui(
    port: Annotated[int | None, typer.Option("--port", help="端口，默认 8501。")] = None,
    host: Annotated[str | None, typer.Option("--host", help="监听地址，默认只限本机。")] = None,
    headless: Annotated[bool, typer.Option("--headless", help="不自动打开浏览器。")] = False,
    store: Store = None,
) -> None:
    """打开问答页面。"""
    settings = read_settings(store=store, port=port, host=host)
    page = Path(__file__).resolve().parents[3] / "app.py"
    command = [
        sys.executable, "-m", "streamlit", "run", str(page),
        "--server.port", str(settings.port), "--server.address", settings.host,
        "--server.headless", "true" if headless else "false",
        "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
    ]  # fmt: skip
    environment = os.environ | {PREFIX + "STORE": settings.store_path}
    raise typer.Exit(subprocess.call(command, env=environment))
