"""mingzhang ui: the Streamlit page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import webbrowser
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
    # Headless for Streamlit in any case: otherwise it asks for an e-mail address at its first start and waits.
    command = [
        sys.executable, "-m", "streamlit", "run", str(page),
        "--server.port", str(settings.port), "--server.address", settings.host, "--server.headless", "true",
    ]  # fmt: skip
    environment = os.environ | {PREFIX + "STORE": settings.store_path}
    process = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())  # else the page would outlive this command
    if not headless and _answers(settings.host, settings.port, process):
        webbrowser.open(f"http://{settings.host}:{settings.port}")
    try:
        raise typer.Exit(process.wait())
    finally:
        process.terminate()


def _answers(host: str, port: int, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the page can be opened; False if its process ended first."""
    while process.poll() is None:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.2)
    return False
