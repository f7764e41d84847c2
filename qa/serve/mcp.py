"""The MCP server: agents ask, look up figures, read tables and run the self-check, with every figure verified.

Over stdio it serves one local agent, which sees the whole store. Over HTTP each request is admitted as in the HTTP
service, by key or token, and sees its caller's collections only; requests are independent of each other.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from index.errors import IngestError, StoreError
from index.model import FactQuery
from index.stores import EVERYTHING, Entry
from qa.audit import audit_documents, report_json
from qa.errors import RequestError
from qa.model import Question
from qa.serve.access import SCOPES, AccessError, Caller, Door, Limits, NotAllowed, TooMany
from qa.serve.access import Scope as Permission
from qa.serve.portal.desk import Asked, Desk
from qa.serve.portal.documents import entry_json, table_json
from qa.serve.portal.evidence import fact_json
from qa.serve.portal.refusals import Refusals
from qa.serve.portal.rooms import Room, Rooms
from qa.serve.wire import Json, answer_json
from qa.settings import Settings

P = ParamSpec("P")
_CALLER = "mingzhang.caller"
_MOST_FACTS = 200
_LOCAL = Caller("local", "mcp", frozenset(SCOPES), (EVERYTHING,))
_INSTRUCTIONS = (
    "中国政府预算、决算公开文件的问答。ask 给出经过逐一核对的答案与出处；引用其中的数字时请连同 citations 一并引用，"
    "不要自行计算或改写数字。status 为 refused 或 clarify 时没有可用的数字。"
)


class Tools:
    """What agents may call. Each takes the caller from the request it came with."""

    def __init__(self, settings: Settings) -> None:
        """Raises StoreError."""
        self.rooms = Rooms(settings)
        self._desk = Desk(self.rooms)
        self.refusals = Refusals(self.rooms.index.journal, personal=bool(settings.log_text))

    def ask(
        self, question: str, context: Context[Any], history: list[str] | None = None, documents: list[str] | None = None
    ) -> Json:
        """回答一个关于预算、决算的问题。每个数字都核对到单元格；values[0] 是答案，citations 是出处。

        history 为此前的用户提问（最早的在前），documents 限定文件名。
        """
        caller = self._admitted(context, Permission.ASK)
        asked = Question(question, tuple(history or ()), tuple(documents or ()))
        return answer_json(self._desk.answer(Asked(asked, caller, action="mcp:ask")))

    def find_facts(
        self,
        context: Context[Any],
        documents: list[str] | None = None,
        labels: list[str] | None = None,
        codes: list[str] | None = None,
        kinds: list[str] | None = None,
        columns: list[str] | None = None,
        limit: int = 50,
    ) -> Json:
        """按文件、行名（labels）、科目编码（codes）、表的种类（kinds）、栏目（columns）查询数据，一字不差地匹配。"""
        room = self._room(context, "find_facts", "、".join((*(labels or ()), *(codes or ()))))
        if not (documents or labels or codes or kinds or columns):
            raise ToolError("请至少给出 documents、labels、codes、kinds、columns 中的一项。")
        names = tuple(documents or (entry.name for entry in room.view.catalogue()))
        for name in names:
            room.view.stored(name)
        query = FactQuery(
            names, tuple(labels or ()), tuple(codes or ()), kinds=tuple(kinds or ()), columns=tuple(columns or ())
        )
        found = room.view.facts(query) if names else ()
        shown = found[: max(1, min(limit, _MOST_FACTS))]
        return {"total": len(found), "items": [fact_json(one) for one in shown]}

    def list_documents(self, context: Context[Any]) -> Json:
        """列出可查询的文件：单位、年度、预算或决算。"""
        room = self._room(context, "list_documents")
        return {"documents": [entry_json(entry) for entry in room.view.catalogue()]}

    def get_table(self, document: str, context: Context[Any], number: int = 0) -> Json:
        """一个文件的表格目录；给出 number 则是那张表的全部内容。"""
        tables = self._room(context, "get_table", document).view.tables(document)
        if not number:
            return {"tables": [{k: v for k, v in table_json(t).items() if k != "rows"} for t in tables]}
        for table in tables:
            if table.number == number:
                return table_json(table)
        raise ToolError(f"“{document}”没有第 {number} 张表，共 {len(tables)} 张。")

    def audit(self, document: str, context: Context[Any]) -> Json:
        """对一个文件做勾稽核对：表内、表间、文表、年度之间不一致之处，附相比较的数字与位置。"""
        return dict(report_json(audit_documents(self._room(context, "audit", document).view, [document])))

    def _room(self, context: Context[Any], tool: str, subject: str = "") -> Room:
        caller = self._admitted(context, Permission.READ)
        entry = Entry(f"mcp:{tool}", "ok", caller.id, caller.user, caller.collections, subject)
        self.rooms.index.journal.add(entry, personal=bool(self.rooms.settings.log_text))
        return self.rooms.enter(caller.collections)

    def _admitted(self, context: Context[Any], permission: Permission) -> Caller:
        """Who calls: over HTTP whom the door let in, over stdio the user of this machine. Raises NotAllowed."""
        request = context.request_context.request
        caller: Caller = _LOCAL if request is None else request.scope[_CALLER]
        if permission not in caller.scopes:
            self.refusals.note(Entry("mcp", "denied", caller.id, caller.user, caller.collections, permission))
            raise NotAllowed(permission)
        return caller


def create_server(tools: Tools) -> MCPServer[Any]:
    """The server with its five tools."""
    server: MCPServer[Any] = MCPServer("mingzhang", title="明账", instructions=_INSTRUCTIONS, log_level="WARNING")
    for tool in (tools.ask, tools.find_facts, tools.list_documents, tools.get_table, tools.audit):
        server.add_tool(_told(tool))
    return server


def create_http_app(settings: Settings) -> ASGIApp:
    """The server over HTTP at /mcp, for callers who are let in. Raises StoreError, WeakSecret."""
    tools = Tools(settings)
    app = create_server(tools).streamable_http_app(stateless_http=True, json_response=True, host=settings.host)
    return Admission(app, Door(tools.rooms.index, settings), Limits(tools.rooms.index), tools.refusals)


class Admission:
    """Lets in whom the door lets in, and hands on who it is."""

    def __init__(self, app: ASGIApp, door: Door, limits: Limits, refusals: Refusals) -> None:
        self._app = app
        self._door = door
        self._limits = limits
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            caller: Caller | None = None
            try:
                caller = self._door.admit(Request(scope).headers.get("authorization"))
                self._limits.count(caller)
            except AccessError as error:
                status = 429 if isinstance(error, TooMany) else 401
                headers = {} if status == 429 else {"WWW-Authenticate": 'Bearer realm="mingzhang"'}
                outcome = "limited" if status == 429 else "unknown"
                self._refusals.note(Entry("mcp", outcome, caller.id if caller else "", caller.user if caller else ""))
                await JSONResponse({"detail": str(error)}, status, headers)(scope, receive, send)
                return
            scope[_CALLER] = caller
        await self._app(scope, receive, send)


def _told(tool: Callable[P, Json]) -> Callable[P, Json]:
    """The tool with its mistakes as sentences that the agent can read."""

    @wraps(tool)
    def telling(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            return tool(*args, **kwargs)
        except (RequestError, StoreError, IngestError, AccessError) as error:
            raise ToolError(str(error)) from error

    return telling
