"""mingzhang mcp: the server for agents."""

from __future__ import annotations

from typing import Annotated

import typer

from qa.errors import ExtraMissing
from qa.serve.commands.options import Store
from qa.settings import read_settings

_PORT = 8601


def register(app: typer.Typer) -> None:
    app.command("mcp")(mcp)


def mcp(
    http: Annotated[bool, typer.Option("--http", help="经 HTTP 提供（/mcp），默认为标准输入输出。")] = False,
    port: Annotated[int, typer.Option("--port", help="--http 的端口。")] = _PORT,
    host: Annotated[str | None, typer.Option("--host", help="--http 的监听地址，默认只限本机。")] = None,
    store: Store = None,
) -> None:
    """供智能体调用的 MCP 服务：ask、find_facts、list_documents、get_table、audit。"""
    try:
        from qa.serve.mcp import Tools, create_http_app, create_server
    except ModuleNotFoundError as error:
        raise ExtraMissing("mcp") from error
    settings = read_settings(store=store, host=host)
    if not http:
        create_server(Tools(settings)).run("stdio")
        return
    import uvicorn

    from qa.serve.commands.service import check_exposure

    check_exposure(settings)
    uvicorn.run(create_http_app(settings), host=settings.host, port=port, access_log=False, server_header=False)
