"""OpenAI's chat completions: any client of theirs gets checked answers, the sources in the text.

What the text cannot carry (values, citations with boxes, the verdict) is the member `mingzhang` of the response, and of
the last chunk of a stream that brings text: the contract's JSON. The question is the last user message, the user
messages before it its history; what assistants and systems said is not evidence here, and sampling parameters have
nothing to act on, so both are accepted and left aside.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from qa.errors import EmptyQuestion
from qa.model import Answer, Question
from qa.serve.api import shapes
from qa.serve.api.answers import json_response
from qa.serve.api.context import Asking, RequestId, ServiceOf
from qa.serve.api.description import EVENTS
from qa.serve.api.errors import NotFound
from qa.serve.portal.desk import Asked
from qa.serve.portal.plain import whole_text
from qa.serve.wire import Json, answer_json

router = APIRouter(tags=["openai"])
MODEL = "mingzhang"
_TURNS = 50
_SINCE = 1735689600  # when the model came to be, as OpenAI's list wants to know
_PIECE = re.compile(r".{1,24}", re.S)


class Part(BaseModel):
    type: str
    text: str = ""


class Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type in ("text", "input_text"))
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: bool = False


class Completion(BaseModel):
    """What is asked; members that are not named here are accepted and left aside."""

    model_config = ConfigDict(extra="ignore")
    model: Annotated[str, Field(max_length=100)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=500)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = 1


class Usage(shapes.Shape):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Said(shapes.Shape):
    role: Literal["assistant"]
    content: str
    refusal: str | None


class Choice(shapes.Shape):
    index: int
    message: Said
    logprobs: None
    finish_reason: Literal["stop"]


class Completed(shapes.Shape):
    """A chat completion with the checked answer beside it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: str | None
    choices: list[Choice]
    usage: Usage
    mingzhang: shapes.Answer


@router.get("/models", response_model=shapes.ModelList, summary="模型列表（OpenAI 形式）")
async def list_models(caller: Asking) -> Json:
    return {"object": "list", "data": [_model()]}


@router.get("/models/{model}", response_model=shapes.ModelOut, summary="模型（OpenAI 形式）")
async def get_model(model: str, caller: Asking) -> Json:
    if model != MODEL:
        raise NotFound(f"模型“{model}”")
    return _model()


@router.post(
    "/chat/completions",
    response_model=Completed,
    summary="对话补全（OpenAI 形式）",
    responses=EVENTS,
)
async def post_completion(body: Completion, caller: Asking, service: ServiceOf, identity: RequestId) -> Response:
    """Nothing is streamed before the whole answer is checked; the pieces of a stream are those of a finished text."""
    asked = Asked(_question(body), caller, identity, "chat")
    answer = await service.compute(lambda: service.desk.answer(asked))
    service.metrics.answered(answer.status, answer.reason)
    if body.stream:
        usage = bool(body.stream_options and body.stream_options.include_usage)
        return StreamingResponse(_chunks(answer, identity, usage), media_type="text/event-stream")
    return json_response(_completion(answer, identity))


def _question(body: Completion) -> Question:
    turns = [message.words for message in body.messages if message.role == "user" and message.words.strip()]
    if not turns or body.messages[-1].role == "assistant":
        raise EmptyQuestion
    return Question(turns[-1], tuple(turns[-1 - _TURNS : -1]))


def _completion(answer: Answer, identity: str) -> Json:
    text = whole_text(answer)
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    more = {"choices": [choice], "usage": _usage(answer, text), "mingzhang": answer_json(answer)}
    return _head(identity, "chat.completion") | more


def _chunks(answer: Answer, identity: str, usage: bool) -> Iterator[str]:
    text = whole_text(answer)
    head = _head(identity, "chat.completion.chunk")

    def chunk(delta: Json, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _data(head | {"choices": [choice]} | more)

    yield chunk({"role": "assistant", "content": ""})
    for piece in _PIECE.findall(text):
        yield chunk({"content": piece})
    yield chunk({}, "stop", mingzhang=answer_json(answer))
    if usage:
        yield _data(head | {"choices": [], "usage": _usage(answer, text)})
    yield "data: [DONE]\n\n"


def _head(identity: str, kind: str) -> Json:
    return {
        "id": f"chatcmpl-{identity}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
        "system_fingerprint": None,
    }


def _data(data: Json) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _usage(answer: Answer, text: str) -> Json:
    """No model counted tokens: characters, so that whoever adds up usage has something to add up."""
    asked, said = len(answer.question), len(text)
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _model() -> Json:
    return {"id": MODEL, "object": "model", "created": _SINCE, "owned_by": "mingzhang"}
