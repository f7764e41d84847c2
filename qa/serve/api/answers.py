"""POST /v1/answers: one checked answer, as JSON or stage by stage."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

import anyio
import anyio.from_thread
from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from index.errors import IngestError, StoreError
from qa.errors import RequestError
from qa.model import Answer, Question
from qa.serve.access import Caller
from qa.serve.api import shapes
from qa.serve.api.context import Asking, RequestId, Service, ServiceOf
from qa.serve.api.conversations import keep, owned
from qa.serve.api.description import EVENTS
from qa.serve.portal.desk import Asked
from qa.serve.wire import Json, answer_json

router = APIRouter(tags=["answers"])
_TURNS = 50


@router.post(
    "/answers",
    response_model=shapes.Answer,
    summary="回答一个问题",
    responses=EVENTS,
)
async def post_answer(body: shapes.Asked, caller: Asking, service: ServiceOf, identity: RequestId) -> Response:
    """Every figure of the answer was checked against the cell or the sentence it comes from.

    With `stream` the events are `stage` (what is being done), then `answer` (this same JSON) or `error` (a problem);
    no figure leaves before it is checked.
    """
    question = Question(body.question, tuple(body.history), tuple(body.documents), body.id)
    if body.conversation:
        question = await service.compute(partial(_continued, question, body.conversation, caller, service))
    asked = Asked(question, caller, identity)
    if body.stream:
        return StreamingResponse(
            _events(asked, body.conversation, service),
            media_type="text/event-stream",
            headers={"X-Accel-Buffering": "no"},
        )
    return json_response(await service.compute(lambda: _answered(asked, body.conversation, service)))


def _continued(question: Question, conversation: str, caller: Caller, service: Service) -> Question:
    """The question after those of its conversation. Raises NotFound."""
    turns = service.rooms.index.conversations.turns(owned(conversation, caller, service).id)
    return replace(question, history=(*(turn.question for turn in turns), *question.history)[-_TURNS:])


def _answered(asked: Asked, conversation: str, service: Service) -> Json:
    answer = service.desk.answer(asked)
    return _kept(answer, asked, conversation, service)


def _kept(answer: Answer, asked: Asked, conversation: str, service: Service) -> Json:
    service.metrics.answered(answer.status, answer.reason)
    data = answer_json(answer)
    if conversation:
        data |= {"conversation": conversation, "turn": keep(conversation, asked.question, answer, service)}
    return data


async def _events(asked: Asked, conversation: str, service: Service) -> AsyncIterator[str]:
    """Stages as they are reached; the answer, or the problem that came up, last."""
    send, receive = anyio.create_memory_object_stream[tuple[str, Json]](16)

    def hand_over(event: str, data: Json) -> None:
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):  # whoever asked has gone
            anyio.from_thread.run_sync(send.send_nowait, (event, data))

    def work() -> None:
        try:
            answer = service.desk.answer(asked, lambda stage: hand_over("stage", {"stage": stage}))
            hand_over("answer", _kept(answer, asked, conversation, service))
        except (RequestError, StoreError, IngestError) as error:
            hand_over("error", {"detail": str(error), "request_id": asked.request})

    async with anyio.create_task_group() as group:
        group.start_soon(service.compute, work)
        async with receive:
            async for event, data in receive:
                yield sse(event, data)
                if event != "stage":
                    break
        send.close()


def sse(event: str, data: Json) -> str:
    """One server-sent event."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def json_response(data: object) -> Response:
    """JSON that was made by `qa.serve.wire`: it has the described shape, so it is not checked again."""
    return Response(json.dumps(data, ensure_ascii=False), media_type="application/json")
