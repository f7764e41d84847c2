"""Conversations of a caller, kept with the answers and their references; and what people say of an answer."""

from __future__ import annotations

import json

from fastapi import APIRouter
from fastapi.responses import Response

from index.stores import Conversation, Opinion, StoredTurn
from qa.model import Answer, Question
from qa.serve.access import Caller
from qa.serve.api import shapes
from qa.serve.api.context import Asking, Service, ServiceOf
from qa.serve.api.errors import NotFound
from qa.serve.wire import Json, dumps

router = APIRouter(tags=["conversations"])


@router.get("/conversations", response_model=list[shapes.ConversationOut], summary="对话列表")
def list_conversations(caller: Asking, service: ServiceOf) -> list[Json]:
    return [_json(c) for c in service.rooms.index.conversations.listed(caller.owner)]


@router.post("/conversations", response_model=shapes.ConversationOut, status_code=201, summary="新建对话")
def post_conversation(body: shapes.ConversationIn, caller: Asking, service: ServiceOf) -> Json:
    key = service.rooms.index.conversations.start(body.title, caller.owner)
    return _json(owned(key, caller, service))


@router.get("/conversations/{conversation}", response_model=shapes.ConversationWhole, summary="一个对话及其全部问答")
def get_conversation(conversation: str, caller: Asking, service: ServiceOf) -> Json:
    found = owned(conversation, caller, service)
    turns = service.rooms.index.conversations.turns(found.id)
    return _json(found) | {"messages": [_turn_json(turn) for turn in turns]}


@router.delete("/conversations/{conversation}", status_code=204, summary="删除对话")
def delete_conversation(conversation: str, caller: Asking, service: ServiceOf) -> Response:
    service.rooms.index.conversations.delete(owned(conversation, caller, service).id)
    return Response(status_code=204)


@router.post("/feedback", status_code=204, summary="评价一个回答")
def post_feedback(body: shapes.FeedbackIn, caller: Asking, service: ServiceOf) -> Response:
    """A second opinion on the same turn takes the place of the first."""
    conversations = service.rooms.index.conversations
    turn = conversations.turn(body.turn)
    if turn is None or conversations.find(turn.conversation, caller.owner) is None:
        raise NotFound(f"问答“{body.turn}”")
    earlier = tuple(t.question for t in conversations.turns(turn.conversation))
    history = earlier[: earlier.index(turn.question)]
    conversations.add_opinion(
        Opinion(turn.question, turn.answer, body.good, body.reason, history, turn.documents, turn=turn.id)
    )
    return Response(status_code=204)


def owned(conversation: str, caller: Caller, service: Service) -> Conversation:
    """A conversation of this caller. Raises NotFound, also for one of somebody else."""
    found = service.rooms.index.conversations.find(conversation, caller.owner)
    if found is None:
        raise NotFound(f"对话“{conversation}”")
    return found


def keep(conversation: str, question: Question, answer: Answer, service: Service) -> str:
    """Put a question and its answer at the end of a conversation; gives the id of the turn."""
    store = service.rooms.index.conversations
    return store.add_turn(conversation, question.text, dumps(answer), question.documents)


def _json(found: Conversation) -> Json:
    return {
        "id": found.id,
        "title": found.title,
        "started": found.started,
        "changed": found.changed,
        "turns": found.turns,
    }


def _turn_json(turn: StoredTurn) -> Json:
    return {"id": turn.id, "asked": turn.asked, "question": turn.question, "answer": json.loads(turn.answer)}
