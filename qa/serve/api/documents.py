"""Documents: list, upload, look at, delete; their pages as pictures and their tables."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path, Query, Request, UploadFile
from fastapi.responses import FileResponse, Response

from index.model import BBox, CatalogueEntry, Table
from qa.errors import FileTooLarge
from qa.serve.api import shapes
from qa.serve.api.context import Reading, RoomOf, ServiceOf, Writing, note
from qa.serve.api.description import PROBLEM
from qa.serve.api.errors import BadBox, NotFound
from qa.serve.api.findings import report_json
from qa.serve.portal.documents import entry_json, table_json
from qa.serve.portal.rooms import Room
from qa.serve.wire import Json
from qa.serve.workbook import safe_text, table_workbook

router = APIRouter(tags=["documents"])
DocumentName = Annotated[str, Path(min_length=1, max_length=300, description="文件名")]
Collection = Annotated[str, Query(max_length=40, description="文库；密钥只用于一个文库时可省")]
_MOST_BOXES = 40


@router.get("/documents", response_model=list[shapes.DocumentOut], summary="可查询的文件")
def list_documents(room: RoomOf) -> list[Json]:
    return [entry_json(entry) for entry in room.view.catalogue()]


@router.post(
    "/documents",
    response_model=list[shapes.ReportOut],
    summary="上传文件",
    responses={422: {"model": list[shapes.ReportOut], "content": PROBLEM["content"]}},
)
def post_document(
    file: UploadFile,
    caller: Writing,
    service: ServiceOf,
    request: Request,
    response: Response,
    collection: Annotated[str, Form(max_length=40, description="文库；密钥只用于一个文库时可省")] = "",
) -> list[Json]:
    """One report a file (an archive holds several). 422 where none could be taken in; nothing has changed then.

    The same bytes twice change nothing (`unchanged`), so a request that broke off can simply be sent again.
    """
    if (file.size or 0) > service.settings.upload_mb * 1024 * 1024:
        raise FileTooLarge(service.settings.upload_mb)
    name = file.filename or ""
    reports = service.uploads.take_in(name, file.file.read(), caller, collection)
    failed = not reports or all(report.status == "failed" for report in reports)
    note(request, caller, "upload", "failed" if failed else "ok", name)
    response.status_code = 422 if failed else 200
    return [report_json(report) for report in reports]


@router.get("/documents/{document}", response_model=shapes.DocumentOut, summary="一个文件")
def get_document(document: DocumentName, room: RoomOf) -> Json:
    return entry_json(_entry(document, room))


@router.get("/documents/{document}/report", response_model=shapes.ReportOut, summary="导入报告")
def get_report(document: DocumentName, room: RoomOf) -> Json:
    return report_json(room.view.report(document))


@router.get("/documents/{document}/file", response_class=FileResponse, summary="原文件")
def get_file(document: DocumentName, room: RoomOf) -> FileResponse:
    return FileResponse(room.view.source(document), filename=document, media_type="application/octet-stream")


@router.delete("/documents/{document}", status_code=204, summary="删除文件")
def delete_document(
    document: DocumentName, caller: Writing, service: ServiceOf, request: Request, collection: Collection = ""
) -> Response:
    """Takes it out of the caller's collection; other collections that hold the same bytes keep them."""
    service.uploads.take_out(document, caller, collection)
    note(request, caller, "delete", "ok", document)
    return Response(status_code=204)


@router.get(
    "/documents/{document}/pages/{page}",
    response_class=Response,
    summary="一页的图像",
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def get_page(
    document: DocumentName,
    page: Annotated[int, Path(ge=1, le=100000)],
    room: RoomOf,
    box: Annotated[
        list[str] | None, Query(max_length=_MOST_BOXES, description="要框出的区域：x0,top,x1,bottom")
    ] = None,
    scale: Annotated[float, Query(ge=0.5, le=4.0, allow_inf_nan=False)] = 1.6,
) -> Response:
    """PNG with a frame around each `box`, in points from the top left as citations give them."""
    from index.read.render import page_count, render_page

    source = room.view.source(document)
    if not 1 <= page <= page_count(source):
        raise NotFound(f"“{document}”第 {page} 页的图像")
    return Response(render_page(source, page, [_box(text) for text in box or ()], scale), media_type="image/png")


@router.get("/documents/{document}/tables", response_model=list[shapes.TableOut], summary="文件中的表格")
def list_tables(document: DocumentName, room: RoomOf) -> list[Json]:
    return [table_json(table) for table in room.view.tables(document)]


@router.get(
    "/documents/{document}/tables/{number}",
    response_model=shapes.TableOut,
    summary="一张表格",
    responses={
        200: {
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                    "schema": {"type": "string", "format": "binary"}
                },
            }
        }
    },
)
def get_table(
    document: DocumentName,
    number: Annotated[int, Path(ge=1, le=1000000)],
    caller: Reading,
    room: RoomOf,
    format: Annotated[Literal["json", "csv", "xlsx"], Query(description="返回格式")] = "json",
) -> Response | Json:
    table = next((table for table in room.view.tables(document) if table.number == number), None)
    if table is None:
        raise NotFound(f"“{document}”的第 {number} 张表")
    if format == "csv":
        return Response(as_csv(table), media_type="text/csv; charset=utf-8")
    if format == "xlsx":
        return Response(as_xlsx(table), media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    return table_json(table)


def as_csv(table: Table) -> str:
    """With a mark that makes Excel read it as UTF-8; text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO("\ufeff", newline="")
    out.seek(0, io.SEEK_END)
    lines = csv.writer(out)
    lines.writerow([safe_text(" > ".join(path)) for path in table.columns])
    lines.writerows([safe_text(text) for text in row] for row in table.texts)
    return out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """One sheet; figures as figures."""
    out = io.BytesIO()
    table_workbook([table]).save(out)
    return out.getvalue()


def _box(text: str) -> BBox:
    """Four numbers. Raises BadBox."""
    try:
        x0, top, x1, bottom = (float(part) for part in text.split(","))
    except ValueError:
        raise BadBox(text) from None
    if not (0 <= x0 < x1 <= 20000 and 0 <= top < bottom <= 20000):
        raise BadBox(text)
    return x0, top, x1, bottom


def _entry(document: str, room: Room) -> CatalogueEntry:
    room.view.stored(document)
    return next(entry for entry in room.view.catalogue() if entry.name == document)
