"""The optional language model: what it may do, what it may not, and what happens when it is away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from qa.chat import open_chat, usable
from qa.model import Question
from qa.pipeline import Tools, ask
from qa.settings import Settings

ODD = Question("工信局里里外外招呼客人吃饭一年掏了几个钱")
PLAIN = "工信局公务接待费决算是多少万元？"


class _Service(BaseHTTPRequestHandler):
    """An OpenAI-compatible service that always says the same."""

    said = PLAIN
    prompts: list[str] = []  # noqa: RUF012  (the server makes a handler a request)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.prompts.append(body["messages"][-1]["content"])
        message = {"role": "assistant", "content": self.said}
        reply = {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"],
                 "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()


def test_no_model_is_the_default() -> None:
    assert open_chat(Settings()) is None


def test_a_question_the_rules_refuse_is_restated_and_answered_by_rule(tools: Tools, service: str) -> None:
    assert ask(ODD, tools).status == "refused"
    answer = ask(ODD, replace(tools, restate=open_chat(Settings(chat_model="any", chat_url=service, chat_key="k"))))
    assert answer.status == "answered" and answer.values[0].verification in ("table", "both")
    assert any(PLAIN in warning for warning in answer.warnings)
    assert ODD.text in _Service.prompts[-1] and "工业和信息化局" in _Service.prompts[-1]


def test_a_model_that_is_away_costs_nothing_but_a_warning(tools: Tools) -> None:
    away = open_chat(Settings(chat_model="any", chat_url="http://127.0.0.1:9/v1", chat_key="k", chat_seconds=2))
    answer = ask(ODD, replace(tools, restate=away))
    assert answer.status == "refused" and any("语言模型没有应答" in w for w in answer.warnings)


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        ("工信局公务接待费决算是多少", True),
        ("“工信局公务接待费决算是多少”", True),
        ("工信局2021年公务接待费决算是多少", False),  # a year nobody typed
        ("工信局公务接待费决算是3.25万元吗", False),  # a figure of its own
        ("无法改写", False),
        ("第一句\n第二句", False),
        ("长" * 300, False),
        ("", False),
    ],
)
def test_what_is_followed(reply: str, kept: bool) -> None:
    assert (usable(reply, Question("工信局接待")) is not None) is kept
