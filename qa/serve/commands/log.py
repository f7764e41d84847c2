"""mingzhang log: the audit log of the HTTP service, searched, exported, and cut to its time of retention."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from index.stores import Entry
from qa.errors import OutputUnwritable
from qa.serve.commands.options import AsJson, Store
from qa.serve.commands.times import earlier
from qa.serve.workbook import safe_text
from qa.settings import read_settings

_SHOWN = 50
_COLUMNS = (
    "number", "at", "request", "caller", "user", "collections", "action", "outcome", "subject", "subject_digest",
    "answer_digest", "cells", "elapsed_ms",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    app.command("log")(log)


def log(
    since: Annotated[str, typer.Option("--since", help="自此时起，如 2024-05-01 或 7d。")] = "",
    until: Annotated[str, typer.Option("--until", help="至此时止。")] = "",
    caller: Annotated[str, typer.Option("--caller", help="密钥编号或令牌签发者。")] = "",
    user: Annotated[str, typer.Option("--user", help="令牌中的用户。")] = "",
    action: Annotated[list[str] | None, typer.Option("--action", help="answer、chat、search、upload、delete……")] = None,
    outcome: Annotated[str, typer.Option("--outcome", help="answered、clarify、refused:…、denied、unknown……")] = "",
    words: Annotated[str, typer.Option("--words", help="问题或文件名中的文字。")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, help="最近几条；0 为全部。")] = _SHOWN,
    output: Annotated[
        Path | None, typer.Option("--output", help="导出为 .jsonl 或 .csv 文件（全部，最早的在前）。")
    ] = None,
    forget: Annotated[str, typer.Option("--forget", help="删除此时之前的记录，如 365d。")] = "",
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """查询审计日志：谁在何时问了什么、得到什么、引用了哪些单元格、什么被拒绝。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        if forget:
            typer.echo(f"已删除 {index.journal.forget(earlier(forget))} 条记录")
            return
        entries = index.journal.entries(
            since=earlier(since) if since else "",
            until=earlier(until) if until else "",
            caller=caller,
            user=user,
            actions=tuple(action or ()),
            outcome=outcome,
            words=words,
            limit=0 if output else limit,
        )
        if output is not None:
            export(entries, output)
            return
        for entry in entries:
            typer.echo(_json(entry) if as_json else _line(entry))


def export(entries: Iterable[Entry], output: Path) -> None:
    """Write entries as JSON lines, or as CSV where the file is named so. Raises OutputUnwritable."""
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            if output.suffix.lower() == ".csv":
                _write_csv(entries, file)
                return
            file.writelines(_json(entry) + "\n" for entry in entries)
    except OSError as error:
        raise OutputUnwritable(str(output), error.strerror or str(error)) from error


def _write_csv(entries: Iterable[Entry], file: io.TextIOBase) -> None:
    file.write("\ufeff")  # so that Excel reads UTF-8
    lines = csv.writer(file)
    lines.writerow(_COLUMNS)
    for entry in entries:
        data = json.loads(_json(entry))
        lines.writerow([_cell(data[name]) for name in _COLUMNS])


def _cell(value: object) -> str:
    """Text that a spreadsheet does not run: questions come from anybody."""
    return safe_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _json(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)


def _line(entry: Entry) -> str:
    who = entry.caller + (f"/{entry.user}" if entry.user else "")
    what = entry.subject or (f"#{entry.subject_digest[:12]}" if entry.subject_digest else "")
    cells = f"  引用 {len(entry.cells)} 处" if entry.cells else ""
    return f"{entry.at[:19]}  {who or '—'}  {entry.action}  {entry.outcome}  {what}{cells}"
