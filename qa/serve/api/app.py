"""The application put together: routes, errors, what surrounds each request, a service that opens and closes with it."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import anyio
import anyio.to_thread
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from qa.serve.api import answers, conversations, documents, evidence, findings, openai, operation, widget
from qa.serve.api.context import Service
from qa.serve.api.description import OPENAI_ERRORS, PROBLEMS, describe
from qa.serve.api.middleware import Around
from qa.serve.api.problems import add_handlers
from qa.serve.lasting import spare_what_lasts
from qa.settings import Settings

_SWITCH = 0.002  # seconds that a thread computes before one that waits to take or send a request comes in
_HERE = ["localhost", "127.0.0.1", "[::1]", "::1"]


def create_app(settings: Settings) -> FastAPI:
    """The service over the store of the settings. Raises StoreError, WeakSecret."""
    service = Service.open(settings)
    app = FastAPI(
        title="明账 Mingzhang",
        version="1",
        description="政府预算、决算公开文件问答，每个数字都与表格逐一核对。",
        docs_url=None,
        redoc_url=None,
        lifespan=partial(_lifespan, service),
    )
    app.state.service = service
    for module in (answers, conversations, documents, evidence, findings):
        app.include_router(module.router, prefix="/v1", responses=PROBLEMS)
    app.include_router(openai.router, prefix="/v1", responses=OPENAI_ERRORS)
    app.include_router(operation.router, responses=PROBLEMS)
    app.include_router(widget.router)
    add_handlers(app)
    describe(app, settings.root_path.rstrip("/"))
    _surround(app, service)
    return app


@asynccontextmanager
async def _lifespan(service: Service, app: FastAPI) -> AsyncIterator[None]:
    """What runs is finished by the server before this ends; then the store is closed."""
    await anyio.to_thread.run_sync(service.rooms.read_ahead)
    spare_what_lasts()
    sys.setswitchinterval(_SWITCH)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_retention, service)
        yield
        tasks.cancel_scope.cancel()
    service.close()


async def _retention(service: Service) -> None:
    """Now and every hour: what stands in the audit log for longer than it may goes."""
    while service.settings.log_days > 0:
        before = datetime.now(UTC) - timedelta(days=service.settings.log_days)
        text = before.isoformat(timespec="milliseconds")
        await anyio.to_thread.run_sync(service.rooms.index.journal.forget, text)
        await anyio.sleep(3600)


def _surround(app: FastAPI, service: Service) -> None:
    """The last added is the outermost."""
    settings = service.settings
    allowed = widget.origins(settings.origins)
    if allowed:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "X-Request-ID"],
            expose_headers=["X-Request-ID", "Retry-After"],
            max_age=600,
        )
    if hosts := _hosts(service):
        # Where no key is asked for, a page that gives this machine another name must not be let in by it.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    app.add_middleware(
        Around,
        metrics=service.metrics,
        upload_bytes=settings.upload_mb * 1024 * 1024,
        root_path=settings.root_path.rstrip("/"),
    )


def _hosts(service: Service) -> list[str]:
    named = [host.strip() for host in service.settings.hosts.split(",") if host.strip()]
    return [*named, *_HERE] if named or service.door.open else []
