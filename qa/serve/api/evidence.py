"""Evidence without an answer: figures by query, passages by search."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from index.model import CatalogueEntry, FactQuery, Found, State
from qa.serve.api import shapes
from qa.serve.api.context import Reading, RoomOf, note
from qa.serve.portal.evidence import fact_json, passages, plain_text
from qa.serve.portal.rooms import Room
from qa.serve.wire import Json

router = APIRouter(tags=["evidence"])
Words = Annotated[list[Annotated[str, Query(max_length=200)]] | None, Query(max_length=50)]


@router.get("/facts", response_model=shapes.FactPage, summary="查询数据")
def get_facts(
    room: RoomOf,
    document: Words = None,
    organisation: Annotated[str, Query(max_length=200, description="单位名称或简称")] = "",
    year: Annotated[int | None, Query(ge=1949, le=2200)] = None,
    stage: Literal["", "预算", "决算"] = "",
    label: Words = None,
    code: Annotated[
        list[Annotated[str, Query(max_length=20)]] | None, Query(max_length=50, description="科目编码")
    ] = None,
    kind: Annotated[
        list[Annotated[str, Query(max_length=10)]] | None, Query(max_length=50, description="表的种类，如 F05")
    ] = None,
    column: Words = None,
    measure: Words = None,
    scope: Words = None,
    source: Annotated[list[Literal["table", "text"]] | None, Query()] = None,
    state: Annotated[list[State] | None, Query()] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Json:
    """Figures on all the sides given, several values of one side being alternatives; by document, table, row, column."""
    names = _documents(room, document or (), organisation, year, stage)
    if not names:
        return {"total": 0, "offset": offset, "items": []}
    query = FactQuery(
        documents=tuple(names),
        labels=tuple(label or ()),
        codes=tuple(code or ()),
        kinds=tuple(kind or ()),
        columns=tuple(column or ()),
        measures=tuple(measure or ()),
        scopes=tuple(scope or ()),
        sources=tuple(source or ()),
        states=tuple(state or ()),
    )
    found: tuple[Found, ...] = room.view.facts(query)
    return {"total": len(found), "offset": offset, "items": [fact_json(f) for f in found[offset : offset + limit]]}


@router.get("/search", response_model=list[shapes.PassageOut], summary="只检索不回答")
def get_search(
    q: Annotated[str, Query(min_length=1, max_length=500)],
    room: RoomOf,
    caller: Reading,
    request: Request,
    document: Words = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[Json]:
    """Passages as they stand in the documents, the best first: by words, by pairs of characters, by meaning, fused."""
    names = _documents(room, document or (), "", None, "")
    found = passages(room, plain_text(q), names, limit)
    note(request, caller, "search", "ok", q)
    return found


def _documents(
    room: Room, named: tuple[str, ...] | list[str], organisation: str, year: int | None, stage: str
) -> list[str]:
    """The caller's documents that fit. Raises NotIndexed for a name that is not among them."""
    for name in named:
        room.view.stored(name)
    fitting = (entry for entry in room.view.catalogue() if not named or entry.name in named)
    return [entry.name for entry in fitting if _fits(entry, organisation, year, stage)]


def _fits(entry: CatalogueEntry, organisation: str, year: int | None, stage: str) -> bool:
    p = entry.profile
    return (
        (not organisation or organisation == p.organisation or organisation in p.aliases)
        and (year is None or p.year == year)
        and (not stage or p.stage == stage)
    )
