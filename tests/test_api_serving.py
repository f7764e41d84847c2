"""The service as a process: under a sub-path, with several workers, ending in good order; its commands; its limits."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from index.stores import Entry, Index
from qa.serve.api import create_app
from qa.serve.cli import app
from qa.settings import Settings
from tests.portal import DOCUMENT, QUESTION, SECRET, bearer, fill, serve


@dataclass(frozen=True)
class Done:
    stdout: str
    stderr: str


def run(*arguments: str | Path, expect: int = 0) -> Done:
    """A command in this process: starting one takes a second. A mistake comes back as what `main` would print."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert (result.exit_code != 0) == bool(expect), result.output
    return Done(result.stdout, str(result.exception or ""))


def test_under_a_sub_path(tmp_path: Path) -> None:
    """Whether the proxy in front takes the path away or leaves it."""
    portal = serve(tmp_path / "store", root_path="/mingzhang/")
    for path in ("/v1/documents", "/mingzhang/v1/documents"):
        assert portal.client.get(path, headers=bearer(portal.key)).json()[0]["name"] == DOCUMENT
    assert portal.client.get("/mingzhang/widget/").status_code == 200
    assert portal.client.get("/openapi.json").json()["servers"] == [{"url": "/mingzhang"}]


def test_every_response_is_named_and_safe(tmp_path: Path) -> None:
    portal = serve(tmp_path / "store")
    for path in ("/health", "/v1/documents", "/nothing"):
        answered = portal.client.get(path, headers={"X-Request-ID": "abc-1"})
        assert answered.headers["X-Request-ID"] == "abc-1" and answered.headers["X-Content-Type-Options"] == "nosniff"
        assert answered.headers["Cache-Control"] == "no-store"
    made = portal.client.get("/health", headers={"X-Request-ID": "a b\t<script>"}).headers["X-Request-ID"]
    assert made.isalnum()
    problem = portal.client.get("/v1/documents")
    assert problem.headers["content-type"] == "application/problem+json" and problem.json()["request_id"]


def test_sizes_are_limited(tmp_path: Path) -> None:
    portal = serve(tmp_path / "store", question_chars=100)
    long = portal.client.post("/v1/answers", json={"question": "多" * 101}, headers=bearer(portal.key))
    assert long.status_code == 422 and "100" in long.json()["detail"]
    huge = portal.client.post("/v1/answers", content=b" " * 400_000, headers=bearer(portal.key))
    assert huge.status_code == 413


def test_a_long_history_is_cut_to_its_last_turns(tmp_path: Path) -> None:
    portal = serve(tmp_path / "store", question_chars=100)
    asked = {"question": "本年收入合计呢", "history": ["收" * 90] * 20 + [QUESTION]}
    answer = portal.client.post("/v1/answers", json=asked, headers=bearer(portal.key)).json()
    assert answer["values"][0]["value"] == "3441.79"


def test_on_this_machine_without_keys_only_this_machine_is_answered(tmp_path: Path) -> None:
    Index.open(tmp_path / "empty").close()
    made = create_app(Settings(store=str(tmp_path / "empty"), model="none"))
    assert TestClient(made, base_url="http://127.0.0.1").get("/v1/documents").json() == []
    assert TestClient(made, base_url="http://rebound.example").get("/v1/documents").status_code == 400


def test_the_last_key_revoked_opens_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "store")
    with Index.open(tmp_path / "store") as index:
        for key in index.keys.listed():
            index.keys.revoke(key.id)
    made = create_app(Settings(store=str(tmp_path / "store"), model="none"))
    assert TestClient(made, base_url="http://127.0.0.1").get("/v1/documents").status_code == 401


def test_personal_text_can_be_left_out(tmp_path: Path) -> None:
    portal = serve(tmp_path / "store", log_text=0)
    portal.client.post("/v1/answers", json={"question": QUESTION}, headers=bearer(portal.key))
    index: Index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    (entry,) = index.journal.entries()
    assert entry.subject == "" and entry.subject_digest and entry.cells


def test_the_audit_log_is_cut_to_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = serve(tmp_path / "store", log_days=7)
    index: Index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    with monkeypatch.context() as then:
        then.setattr("index.stores.journal.now", lambda: "2020-01-01T00:00:00.000+00:00")
        index.journal.add(Entry("answer", "answered"))
    index.journal.add(Entry("search", "ok"))
    with portal.client:
        portal.client.get("/health")
        seen = Index.open(tmp_path / "store")
        for _ in range(200):
            left = [entry.action for entry in seen.journal.entries()]
            if left == ["search"]:
                break
            threading.Event().wait(0.02)
        seen.close()
    assert left == ["search"]


# -- commands ----------------------------------------------------------------------------------------------------------


def test_keys_by_command(tmp_path: Path) -> None:
    made = json.loads(run("keys", "create", "门户", "--collection", "甲馆", "--json", "--store", tmp_path).stdout)
    assert made["key"].startswith(f"mz_{made['id']}_") and made["scopes"] == ["ask", "read"]
    listed = run("keys", "list", "--store", tmp_path).stdout
    assert made["id"] in listed and made["key"] not in listed
    run("keys", "revoke", made["id"], "--store", tmp_path)
    assert "吊销" in run("keys", "list", "--store", tmp_path).stdout
    assert "没有编号" in run("keys", "revoke", made["id"], "--store", tmp_path, expect=1).stderr
    assert "没有“fly”" in run("keys", "create", "x", "--scope", "fly", "--store", tmp_path, expect=1).stderr


def test_the_log_by_command(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.journal.add(Entry("answer", "answered", "k1", "张三", ("甲馆",), "=三公经费多少", cells=({"page": 5},)))
        index.journal.add(Entry("search", "ok", "k2", subject="馆藏"))
    assert "三公经费多少" in run("log", "--caller", "k1", "--store", tmp_path).stdout
    lines = run("log", "--action", "search", "--json", "--store", tmp_path).stdout.splitlines()
    assert [json.loads(line)["subject"] for line in lines] == ["馆藏"]
    run("log", "--output", tmp_path / "log.csv", "--store", tmp_path)
    table = (tmp_path / "log.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(table) == 3 and "'=三公经费多少" in table[1]
    assert "已删除 0" in run("log", "--forget", "1d", "--store", tmp_path).stdout


def test_it_does_not_open_to_the_network_without_keys(tmp_path: Path) -> None:
    refused = run("serve", "--host", "0.0.0.0", "--port", "1", "--store", tmp_path, expect=1)
    assert "还没有任何密钥" in refused.stderr


@contextmanager
def process(store: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa.serve.cli", "serve", "--port", str(port), "--store", str(store), *more]
    environment = os.environ | {"MINGZHANG_MODEL": "none", "MINGZHANG_JWT_SECRET": SECRET}
    served = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield served, f"http://127.0.0.1:{port}"
    finally:
        served.kill()
        served.wait()


def test_several_workers_on_one_store_end_in_good_order(tmp_path: Path) -> None:
    """A key that one process revokes is refused by all; what runs when the service is told to end is finished."""
    fill(tmp_path / "store")
    with Index.open(tmp_path / "store") as index:
        key = index.keys.create("两个进程", ("ask", "admin"), ("甲馆",))[0]
    transport = httpx.HTTPTransport(retries=200)
    with (
        process(tmp_path / "store", "--workers", "2") as (served, address),
        httpx.Client(transport=transport) as client,
    ):
        wait_until_ready(client, address)
        asked = [
            client.post(f"{address}/v1/answers", json={"question": QUESTION}, headers=bearer(key)) for _ in range(8)
        ]
        assert {a.json()["values"][0]["value"] for a in asked} == {"3441.79"}
        counted = httpx.get(f"{address}/metrics", headers=bearer(key)).text
        assert 'mingzhang_answers_total{reason="",status="answered"} 8.0' in counted
        last: list[int] = []
        running = threading.Thread(target=lambda: last.append(stream(address, key)))
        running.start()
        running.join(0.05)
        served.send_signal(signal.SIGTERM)
        running.join()
        assert served.wait(30) == 0 and last in ([200], [0])


def stream(address: str, key: str) -> int:
    """The status of a whole streamed answer; 0 where the service was closed before the request came in."""
    asked = {"question": "2022年青山市档案局的各项收入分别是多少", "stream": True}
    try:
        answered = httpx.post(f"{address}/v1/answers", json=asked, headers=bearer(key))
    except httpx.ConnectError:
        return 0
    assert "event: answer" in answered.text
    return answered.status_code


def wait_until_ready(client: httpx.Client, address: str) -> None:
    for _ in range(600):
        try:
            if client.get(f"{address}/ready").status_code == 200:
                return
        except httpx.TransportError:
            threading.Event().wait(0.05)
    raise AssertionError("the service did not start")


def test_those_who_hang_up_leave_room_for_others(tmp_path: Path) -> None:
    """More streams are cut off than there are threads for answering; the next question is answered as ever."""
    key = fill(tmp_path / "store")[0]
    with process(tmp_path / "store") as (_, address), httpx.Client(headers=bearer(key), timeout=60) as client:
        wait_until_ready(client, address)
        for number in range(12):
            asked = {"question": f"2022年青山市档案局的收入总计，第{number}次", "stream": True}
            with client.stream("POST", f"{address}/v1/answers", json=asked) as response:
                next(response.iter_raw())
        whole = client.post(f"{address}/v1/answers", json={"question": QUESTION})
    assert whole.json()["values"][0]["value"] == "3441.79"
