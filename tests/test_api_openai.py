"""OpenAI's own client and LangChain's, unchanged, over a port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import uvicorn
from openai import AuthenticationError, BadRequestError, OpenAI, UnprocessableEntityError

from tests.portal import DOCUMENT, MINE, QUESTION, Portal, serve, token

WORDS = ("3,441.79", "[1]", f"[1] {DOCUMENT}，第5页，公开01表")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Portal, str]]:
    served = serve(tmp_path_factory.mktemp("openai") / "store")
    server = uvicorn.Server(uvicorn.Config(served.client.app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield served, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def client(portal: tuple[Portal, str]) -> OpenAI:
    return OpenAI(base_url=portal[1], api_key=portal[0].key, max_retries=0)


def test_a_plain_completion(client: OpenAI) -> None:
    done = client.chat.completions.create(model="mingzhang", messages=[{"role": "user", "content": QUESTION}])
    text = done.choices[0].message.content or ""
    assert all(word in text for word in WORDS)
    answer = done.to_dict()["mingzhang"]
    assert answer["values"][0]["value"] == "3441.79" and answer["citations"][0]["bbox"]  # type: ignore[index]
    assert done.usage and done.usage.total_tokens > 0 and done.choices[0].finish_reason == "stop"


def test_a_streamed_completion(client: OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="mingzhang",
            messages=[{"role": "system", "content": "短一点"}, {"role": "user", "content": QUESTION}],
            stream=True,
            stream_options={"include_usage": True},
            temperature=0.2,
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert all(word in text for word in WORDS)
    last = [chunk for chunk in chunks if chunk.choices][-1]
    assert last.choices[0].finish_reason == "stop"
    assert last.to_dict()["mingzhang"]["citations"][0]["document"] == DOCUMENT  # type: ignore[index]
    assert chunks[-1].usage and not chunks[-1].choices


def test_earlier_questions_are_the_history(client: OpenAI) -> None:
    done = client.chat.completions.create(
        model="mingzhang",
        messages=[
            {"role": "user", "content": QUESTION},
            {"role": "assistant", "content": "9999万元"},
            {"role": "user", "content": [{"type": "text", "text": "本年收入合计呢"}]},
        ],
    )
    text = done.choices[0].message.content or ""
    assert "本年收入合计决算为**3,441.79万元**" in text and "9999" not in text


def test_models(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["mingzhang"]
    assert client.models.retrieve("mingzhang").owned_by == "mingzhang"


def test_errors_are_the_clients_own(client: OpenAI, portal: tuple[Portal, str]) -> None:
    with pytest.raises(AuthenticationError, match="密钥无效"):
        OpenAI(base_url=portal[1], api_key="mz_0_0", max_retries=0).models.list()
    with pytest.raises((BadRequestError, UnprocessableEntityError), match="问题是空的"):
        client.chat.completions.create(model="m", messages=[{"role": "system", "content": "x"}])


def test_a_token_does_as_well_as_a_key(portal: tuple[Portal, str]) -> None:
    client = OpenAI(base_url=portal[1], api_key=token(MINE))
    done = client.chat.completions.create(model="m", messages=[{"role": "user", "content": QUESTION}])
    assert "3,441.79" in (done.choices[0].message.content or "")


def test_langchain(portal: tuple[Portal, str]) -> None:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    chat = ChatOpenAI(model="mingzhang", base_url=portal[1], api_key=SecretStr(portal[0].key))
    assert all(word in str(chat.invoke(QUESTION).content) for word in WORDS)
    streamed = "".join(str(chunk.content) for chunk in chat.stream(QUESTION))
    assert all(word in streamed for word in WORDS)
