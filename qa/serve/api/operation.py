"""Whether the service lives and can answer, and what it has done: for balancers and for monitoring."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from index.errors import StoreError
from qa.serve.api import shapes
from qa.serve.api.context import Managing, ServiceOf
from qa.serve.api.metrics import CONTENT_TYPE
from qa.serve.api.problems import problem

router = APIRouter(tags=["operation"])


@router.get("/health", response_model=shapes.State, summary="进程是否存活")
async def get_health() -> dict[str, str]:
    return {"status": "ok"}


@router.get("/ready", response_model=shapes.State, summary="资料库是否可用")
def get_ready(service: ServiceOf, request: Request) -> Response | dict[str, str]:
    """503 while the store cannot be read: a balancer sends nobody here then."""
    try:
        service.rooms.version()
    except StoreError as error:
        return problem(request, 503, str(error))
    return {"status": "ready"}


@router.get(
    "/metrics",
    response_class=Response,
    summary="Prometheus 指标",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(caller: Managing, service: ServiceOf) -> Response:
    return Response(service.metrics.text(), media_type=CONTENT_TYPE)
