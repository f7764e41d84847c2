"""mingzhang audit: the self-check (勾稽) of indexed documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import NotIndexed
from qa.errors import OutputUnwritable
from qa.serve.commands.documents import find_name
from qa.serve.commands.options import AsJson, Store
from qa.settings import read_settings

if TYPE_CHECKING:
    from index.stores import Index


def register(app: typer.Typer) -> None:
    app.command("audit")(audit)


def audit(
    documents: Annotated[list[str] | None, typer.Argument(help="文件名；不给则检查全部文件。")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="另存为网页，附原文页面。")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="另存为 Excel。")] = None,
    rounding: Annotated[bool, typer.Option("--rounding", help="文本中也列出尾差。")] = False,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """勾稽自查：表内、表间、文表、绩效、完整性与跨文件的逐条核对。"""
    from qa.assemble import open_index
    from qa.audit import audit_documents, report_json
    from qa.audit.lines import report_lines

    with open_index(read_settings(store=store), create=False) as index:
        report = audit_documents(index, _names(index, documents or []))
        if html is not None:
            from qa.audit.html import COMPARED, render
            from qa.audit.pictures import page_pictures

            _write(html, render(report, page_pictures(index, report.findings(), COMPARED)))
    if xlsx is not None:
        from qa.audit.sheet import save_report

        save_report(report, xlsx)
    if as_json:
        typer.echo(json.dumps(report_json(report), ensure_ascii=False))
    else:
        for line in report_lines(report, rounding=rounding):
            typer.echo(line)


def _names(index: Index, wanted: list[str]) -> list[str]:
    entries = index.catalogue()
    names = []
    for text in wanted:
        name = find_name(entries, text)
        if name is None:
            raise NotIndexed(text)
        names.append(name)
    return names


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error
