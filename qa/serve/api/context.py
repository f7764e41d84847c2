"""What a request carries with it: the state of the service, the caller, an id under which everything is logged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from index.stores import Entry
from qa.serve.access import Caller, Door, Limits, NotAllowed, Scope
from qa.serve.api.metrics import Metrics
from qa.serve.portal.desk import Desk
from qa.serve.portal.refusals import Refusals
from qa.serve.portal.rooms import Room, Rooms
from qa.serve.portal.uploads import Uploads
from qa.settings import Settings

_ANSWERING = 4  # threads: answering is computing, more of them only wait for each other
T = TypeVar("T")


@dataclass(frozen=True)
class Service:
    """Everything one process of the service holds."""

    settings: Settings
    rooms: Rooms
    desk: Desk
    uploads: Uploads
    door: Door
    limits: Limits
    refusals: Refusals
    metrics: Metrics
    answering: anyio.CapacityLimiter
    reading: anyio.CapacityLimiter

    @classmethod
    def open(cls, settings: Settings) -> Service:
        """Raises StoreError, WeakSecret."""
        rooms = Rooms(settings)
        return cls(
            settings=settings,
            rooms=rooms,
            desk=Desk(rooms),
            uploads=Uploads(rooms),
            door=Door(rooms.index, settings),
            limits=Limits(rooms.index),
            refusals=Refusals(rooms.index.journal, personal=bool(settings.log_text)),
            metrics=Metrics(),
            answering=anyio.CapacityLimiter(_ANSWERING),
            reading=anyio.CapacityLimiter(2 * _ANSWERING),
        )

    def close(self) -> None:
        self.uploads.close()
        self.refusals.close()
        self.rooms.close()

    async def compute(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread for answering, in the order asked."""
        return await anyio.to_thread.run_sync(work, limiter=self.answering)


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


# As dependencies they are coroutines: a plain function would be sent to a thread of its own for each request.
async def _service(request: Request) -> Service:
    return service_of(request)


async def _identity(request: Request) -> str:
    return request_id(request)


_bearer = HTTPBearer(auto_error=False, description="API 密钥（mz_…）或门户后端签发的 JWT")


def admitted(scope: Scope) -> Callable[..., Awaitable[Caller]]:
    """A dependency: the caller, once known, within their limits and allowed to do this."""

    async def admit(
        request: Request,
        shown: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)] = None,
    ) -> Caller:
        if "authorization" in request.headers:  # keys and limits stand in the store
            return await anyio.to_thread.run_sync(_let_in, request, scope)
        return _let_in(request, scope)

    return admit


def _let_in(request: Request, scope: Scope) -> Caller:
    service = service_of(request)
    caller = service.door.admit(request.headers.get("authorization"))
    request.state.caller = caller
    service.limits.count(caller)
    if scope not in caller.scopes:
        raise NotAllowed(scope)
    return caller


ServiceOf = Annotated[Service, Depends(_service)]
RequestId = Annotated[str, Depends(_identity)]
Asking = Annotated[Caller, Depends(admitted(Scope.ASK))]
Reading = Annotated[Caller, Depends(admitted(Scope.READ))]
Writing = Annotated[Caller, Depends(admitted(Scope.WRITE))]
Managing = Annotated[Caller, Depends(admitted(Scope.ADMIN))]


def room_of(caller: Reading, service: ServiceOf) -> Room:
    """What the caller may read, as it is now."""
    return service.rooms.enter(caller.collections)


RoomOf = Annotated[Room, Depends(room_of)]


async def note_refusal(request: Request, status: int) -> None:
    """Write into the audit log that somebody was not let in."""
    caller: Caller | None = getattr(request.state, "caller", None)
    outcome = {401: "unknown", 403: "denied", 429: "limited"}[status]
    service_of(request).refusals.note(_entry(request, caller, request.url.path, outcome))


def note(request: Request, caller: Caller, action: str, outcome: str, subject: str = "") -> None:
    """An entry in the audit log for anything but an answer, which `Desk` writes down itself."""
    service = service_of(request)
    entry = _entry(request, caller, action, outcome, subject)
    service.rooms.index.journal.add(entry, personal=bool(service.settings.log_text))


def _entry(request: Request, caller: Caller | None, action: str, outcome: str, subject: str = "") -> Entry:
    return Entry(
        action=action,
        outcome=outcome,
        caller=caller.id if caller else "",
        user=caller.user if caller else "",
        collections=caller.collections if caller else (),
        subject=subject,
        request=request_id(request),
    )
