"""mingzhang ingest | documents | remove | reindex | tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from index.errors import NotIndexed
from index.model import CatalogueEntry, IngestReport, Table
from index.vocabulary import load_vocabulary
from qa.serve.commands.options import AsJson, Store
from qa.settings import Settings, read_settings


def register(app: typer.Typer) -> None:
    app.command("ingest")(ingest)
    app.command("documents")(documents)
    app.command("remove")(remove)
    app.command("reindex")(reindex)
    app.command("tables")(tables)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹。")],
    jobs: Annotated[int | None, typer.Option("--jobs", help="读取文件的进程数。")] = None,
    collection: Annotated[str, typer.Option("--collection", help="只给这个文库的读者；默认不分库。")] = "",
    store: Store = None,
) -> None:
    """导入文件；有一个失败则退出码为 1，其余照常导入。"""
    settings = read_settings(store=store, jobs=jobs)
    reports = _into_collection(paths, collection, settings) if collection else _into_store(paths, settings)
    for report in reports:
        typer.echo(report_text(report))
    if any(report.status == "failed" for report in reports):
        raise typer.Exit(1)


def _into_store(paths: Sequence[Path], settings: Settings) -> tuple[IngestReport, ...]:
    from index.ingest import ingest_paths
    from qa.assemble import open_embedder, open_index
    from qa.serve.commands.progress import IngestBar

    with open_index(settings) as index, IngestBar() as bar:
        return ingest_paths(paths, index, open_embedder(settings), jobs=settings.jobs, progress=bar.update)


def _into_collection(paths: Sequence[Path], collection: str, settings: Settings) -> tuple[IngestReport, ...]:
    from qa.serve.commands.progress import IngestBar
    from qa.serve.portal.rooms import Rooms
    from qa.serve.portal.uploads import Uploads

    with closing(Rooms(settings)) as rooms, closing(Uploads(rooms)) as uploads, IngestBar() as bar:
        return tuple(uploads.take_in_paths(paths, collection, bar.update))


def report_text(report: IngestReport) -> str:
    """What one file gave, in a few lines."""
    if report.status == "failed":
        return f"✗ {report.name}：{report.error}"
    word = {"added": "已导入", "unchanged": "未变化", "replaced": "已更新"}[report.status]
    if report.status == "unchanged":
        return f"= {report.name}：{word}"
    lines = [
        f"✓ {report.name}：{word}，{report.pages}页，{report.tables}张表，{report.facts}条数据，{report.chunks}个段落"
    ]
    if report.kinds:
        known = load_vocabulary().kinds
        named = [(known[kind].name if kind in known else "未识别的表", count) for kind, count in report.kinds]
        lines.append("  表：" + "、".join(f"{name}×{count}" if count > 1 else name for name, count in named))
    if report.pages_without_text:
        lines.append("  无文字的页：" + "、".join(str(page) for page in report.pages_without_text))
    lines += [f"  {finding.message}" for finding in report.findings[:5]]
    if len(report.findings) > 5:
        lines.append(f"  另有 {len(report.findings) - 5} 条提示")
    if report.error:
        lines.append(f"  {report.error}")
    if report.seconds:
        lines.append("  用时：" + "，".join(f"{stage} {seconds:.1f}秒" for stage, seconds in report.seconds))
    return "\n".join(lines)


def documents(store: Store = None, as_json: AsJson = False) -> None:
    """列出已导入的文件。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        entries = index.catalogue()
    if as_json:
        typer.echo(json.dumps([entry_json(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    for entry in entries:
        p = entry.profile
        typer.echo(
            f"{entry.name}\t{p.organisation}\t{p.year or ''}\t{p.level}{p.stage}\t{entry.pages}页\t{entry.tables}张表\t{entry.facts}条数据"
        )


def entry_json(entry: CatalogueEntry) -> dict[str, object]:
    p = entry.profile
    return {
        "name": entry.name, "sha256": entry.sha256, "format": entry.format, "title": p.title, "organisation": p.organisation,
        "aliases": list(p.aliases), "year": p.year, "stage": p.stage, "level": p.level, "region": p.region,
        "subordinates": list(p.subordinates), "pages": entry.pages, "tables": entry.tables, "facts": entry.facts, "confidence": entry.confidence,
    }  # fmt: skip


def remove(document: Annotated[str, typer.Argument(help="文件名。")], store: Store = None) -> None:
    """从资料库中删除一个文件。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        name = find_name(index.catalogue(), document)
        if name is None or not index.remove(name):
            raise NotIndexed(document)
    typer.echo(f"已删除 {name}")


def reindex(store: Store = None) -> None:
    """由资料库重建关键词索引与向量索引，不重新计算向量。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        rebuilt = index.reindex()
    typer.echo(f"已重建：{rebuilt.documents} 份文件，{rebuilt.chunks} 个段落，{rebuilt.vectors} 个向量。")


def find_name(entries: tuple[CatalogueEntry, ...], wanted: str) -> str | None:
    """The indexed document of this name, stem or beginning."""
    for entry in entries:
        stem = entry.name.rsplit(".", 1)[0]
        if wanted in (entry.name, stem) or stem.startswith(wanted + "_"):
            return entry.name
    return None


def tables(
    source: Annotated[str, typer.Argument(help="文件路径，或已导入的文件名。")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="另存为 Excel。")] = None,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """列出一个文件中的表格：续表已合并，重复的表头已去掉。"""
    found = tables_of(source, store)
    if xlsx is not None:
        from qa.serve.workbook import save_tables

        save_tables(found, xlsx)
    if as_json:
        typer.echo(json.dumps([table_json(table) for table in found], ensure_ascii=False))
    elif xlsx is None:
        for table in found:
            typer.echo(
                f"{table.number}. {table.code} {table.title}（{table.unit or '未注明单位'}，第{'、'.join(map(str, table.pages))}页，{len(table.rows)}行）"
            )


def tables_of(source: str, store: str | None) -> tuple[Table, ...]:
    """The tables of a file on disk, or of an indexed document."""
    path = Path(source)
    if path.exists() or len(path.parts) > 1:
        from index.read import read_document
        from index.tables import extract_tables

        return extract_tables(read_document(path))
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        name = find_name(index.catalogue(), source)
        if name is None:
            raise NotIndexed(source)
        return index.tables(name)


def table_json(table: Table) -> dict[str, object]:
    return {
        "title": table.title, "code": table.code, "unit": table.unit, "pages": list(table.pages),
        "columns": [list(path) for path in table.columns], "rows": [list(row) for row in table.texts],
    }  # fmt: skip
