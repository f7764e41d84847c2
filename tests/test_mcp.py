"""Agents: the tools over stdio, over HTTP for those let in, and what they may not see."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import StdioServerParameters
from mcp.client import Client
from mcp.client.stdio import stdio_client
from starlette.testclient import TestClient

from index.stores import Index
from qa.serve.mcp import Tools, create_http_app, create_server
from qa.settings import Settings
from tests.portal import DOCUMENT, FOREIGN, MINE, QUESTION, SECRET, bearer, fill, token

HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mcp") / "store"
    fill(folder)
    return folder


def settings(store: Path) -> Settings:
    return Settings(store=str(store), model="none", jwt_secret=SECRET)


@pytest.fixture(scope="module")
def service(store: Path) -> Iterator[TestClient]:
    with TestClient(create_http_app(settings(store)), base_url="http://127.0.0.1:8601") as client:
        yield client


def call(service: TestClient, tool: str, credentials: str, **arguments: Any) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    headers = HEADERS | bearer(credentials) | {"MCP-Protocol-Version": "2025-06-18"}
    answered = service.post("/mcp", json=body, headers=headers)
    assert answered.status_code == 200, answered.text
    result: dict[str, Any] = answered.json()["result"]
    return result


def test_an_agent_in_this_process_uses_every_tool(store: Path) -> None:
    async def session() -> None:
        async with Client(create_server(Tools(settings(store)))) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            assert names == {"ask", "find_facts", "list_documents", "get_table", "audit"}
            answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content or {}
            assert answer["values"][0]["value"] == "3441.79" and answer["citations"][0]["document"] == DOCUMENT
            facts = (await client.call_tool("find_facts", {"labels": ["收入总计"]})).structured_content or {}
            assert {fact["document"] for fact in facts["items"]} == {DOCUMENT, FOREIGN}
            listed = (await client.call_tool("get_table", {"document": DOCUMENT})).structured_content or {}
            assert listed["tables"][0]["code"] == "公开01表"
            whole = (await client.call_tool("get_table", {"document": DOCUMENT, "number": 1})).structured_content or {}
            assert whole["rows"][1][0] == "收入总计"
            audited = (await client.call_tool("audit", {"document": DOCUMENT})).structured_content or {}
            assert audited["documents"][0]["document"] == DOCUMENT
            wrong = await client.call_tool("get_table", {"document": "没有.pdf"})
            assert wrong.is_error and "没有.pdf" in str(wrong.content[0])

    anyio.run(session)


def test_over_stdio(store: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa.serve.cli", "mcp", "--store", str(store)],
        env={"MINGZHANG_MODEL": "none"},
        cwd=str(Path(__file__).parent.parent),
    )

    async def session() -> None:
        async with Client(stdio_client(command)) as client:
            answer = (await client.call_tool("ask", {"question": QUESTION})).structured_content or {}
            assert answer["values"][0]["value"] == "3441.79"

    anyio.run(session)


def test_over_http_nobody_comes_in_unknown(service: TestClient) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for headers in (HEADERS, HEADERS | bearer("mz_00000000_ff"), HEADERS | bearer(token(MINE, seconds=-60))):
        assert service.post("/mcp", json=body, headers=headers).status_code == 401


def test_over_http_a_caller_sees_their_own(service: TestClient) -> None:
    mine = call(service, "list_documents", token(MINE))["structuredContent"]
    assert [entry["name"] for entry in mine["documents"]] == [DOCUMENT]
    for tool in ("get_table", "audit"):
        refused = call(service, tool, token(MINE), document=FOREIGN)
        assert refused["isError"] and "88.15" not in json.dumps(refused)
    facts = call(service, "find_facts", token(MINE), labels=["收入总计"])["structuredContent"]
    assert {fact["document"] for fact in facts["items"]} == {DOCUMENT}
    assert call(service, "ask", token(MINE, scope="read"), question=QUESTION)["isError"]


def test_over_http_who_was_not_let_in_stands_in_the_audit_log(service: TestClient, store: Path) -> None:
    service.post("/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, headers=HEADERS)
    call(service, "ask", token(MINE, user="zhang", scope="read"), question=QUESTION)
    with Index.open(store) as index:
        latest = [(entry.outcome, entry.user) for entry in index.journal.entries(limit=2)]
    assert latest == [("denied", "zhang"), ("unknown", "")]
