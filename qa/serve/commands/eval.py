"""mingzhang eval: score question sets, hold runs and systems against each other; eval draft: propose questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qa.serve.commands.options import Store
from qa.settings import Settings, read_settings

if TYPE_CHECKING:
    from index.stores import Index
    from qa.evaluate.cases import Case
    from qa.evaluate.errors import Fault
    from qa.evaluate.library import Library
    from qa.evaluate.run import Run, Setup, SystemFactory
    from qa.evaluate.summary import Summary

_SHOWN = 5  # faults of a set that are shown before a run


class _SetsFirst(TyperGroup):
    """`eval SET...` is short for `eval run SET...`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # typer's or click's Context, by version of typer
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    group = typer.Typer(cls=_SetsFirst, no_args_is_help=True, help="评测题集：mingzhang eval SET.jsonl …")
    group.command("run")(run)
    group.command("draft")(draft)
    app.add_typer(group, name="eval")


def run(
    sets: Annotated[list[Path], typer.Argument(help="题集文件（JSONL）。")],
    output: Annotated[Path | None, typer.Option("--output", help="运行记录；默认存入资料库的 runs 文件夹。")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="HTML 报告。")] = None,
    compare: Annotated[Path | None, typer.Option("--compare", help="与这份运行记录比较。")] = None,
    min_accuracy: Annotated[float | None, typer.Option("--min-accuracy", help="正确率低于此值则退出码为 1。")] = None,
    max_wrong_verified: Annotated[
        int | None, typer.Option("--max-wrong-verified", help="错而标为已核验的题数高于此值则退出码为 1。")
    ] = None,
    endpoint: Annotated[str | None, typer.Option("--endpoint", help="改为评测此 OpenAI 兼容服务（…/v1）。")] = None,
    model: Annotated[str, typer.Option("--model", help="--endpoint 的模型名。")] = "default",
    system: Annotated[str, typer.Option("--system", help="mingzhang，或对照系统 plain-rag。")] = "mingzhang",
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="进程数。")] = 2,
    check: Annotated[bool, typer.Option("--check", help="只校验题集，不提问。")] = False,
    store: Store = None,
) -> None:
    """评测一个或多个题集；中断后用同一命令继续。"""
    from qa.evaluate.cases import read_set
    from qa.evaluate.compare import compare as compare_runs
    from qa.evaluate.files import read_run, write_report, write_run
    from qa.evaluate.library import read_library
    from qa.evaluate.text import comparison_lines, summary_lines
    from qa.evaluate.validate import check_set

    cases = tuple(case for path in sets for case in read_set(path))
    before = read_run(compare) if compare else None
    settings = read_settings(store=store)
    with _open(settings) as index:
        library = read_library(index)
        _show_faults(check_set(cases, library.bodies), check)
        if check:
            return
        factory, setup = _system(system, endpoint, model, settings, index)
    output = output or _default_output(settings, sets[0], setup.system)
    finished = _run(sets, cases, factory, setup, library, output, jobs)
    write_run(finished, output)
    comparison = compare_runs(before, finished) if before else None
    for line in (*summary_lines(finished.summary), *comparison_lines(comparison), f"运行记录：{output}"):
        typer.echo(line)
    if html:
        write_report(finished, html, comparison)
        typer.echo(f"报告：{html}")
    _gates(finished.summary, min_accuracy, max_wrong_verified)


def draft(
    document: Annotated[str, typer.Argument(help="已入库的文件名。")],
    output: Annotated[Path | None, typer.Option("--output", help="写入此题集文件；默认输出到屏幕。")] = None,
    size: Annotated[int, typer.Option("--size", min=1, help="题数。")] = 30,
    store: Store = None,
) -> None:
    """由一份文件的数据草拟题目和标准答案，供人工取舍。"""
    from index.model import FactQuery
    from qa.evaluate.cases import write_line, write_set
    from qa.evaluate.draft import draft_cases
    from qa.evaluate.errors import DocumentNotIndexed
    from qa.evaluate.matching import names_document

    with _open(read_settings(store=store)) as index:
        named = (e for e in index.catalogue() if document == e.name or names_document(e.name, document))
        entry = next(named, None)
        if entry is None:
            raise DocumentNotIndexed(document)
        facts = [found.fact for found in index.facts(FactQuery(documents=(entry.name,)))]
    cases = draft_cases(entry, facts, size)
    if output is None:
        for case in cases:
            typer.echo(write_line(case))
        return
    write_set(cases, output)
    typer.echo(f"已草拟 {len(cases)} 题，写入“{output}”，请逐题核对后使用。")


# ----------------------------------------------------------------------------------------------------------- preparing


def _open(settings: Settings) -> Index:
    from qa.assemble import open_index

    return open_index(settings, create=False)


def _system(
    name: str, endpoint: str | None, model: str, settings: Settings, index: Index
) -> tuple[SystemFactory, Setup]:
    from qa.evaluate.engine import ENGINE, EngineFactory, setup_of
    from qa.evaluate.errors import SystemUnknown

    catalogue = index.catalogue()
    if endpoint:
        from qa.evaluate.endpoint import EndpointFactory

        factory = EndpointFactory(endpoint, model, settings.endpoint_key)
        return factory, setup_of(endpoint, settings, catalogue, [("endpoint_model", model)])
    if name == "plain-rag":
        return _baseline(settings, index), setup_of(name, settings, catalogue)
    if name != ENGINE:
        raise SystemUnknown(name)
    return EngineFactory(settings), setup_of(name, settings, catalogue, [("index", index.version)])


def _baseline(settings: Settings, index: Index) -> SystemFactory:
    from qa.evaluate.baseline import BaselineFactory, build_baseline, load_model

    typer.echo("正在为对照系统切分并向量化全文 …", err=True)
    folder = build_baseline(index, load_model(settings), _folder(settings) / "plain-rag")
    return BaselineFactory(str(folder), settings)


def _folder(settings: Settings) -> Path:
    """Where files go that belong to the store."""
    import platformdirs

    if settings.folder or "://" not in settings.store_path:
        return Path(settings.folder or settings.store_path)
    return Path(platformdirs.user_data_dir("mingzhang", appauthor=False))


def _default_output(settings: Settings, first: Path, system: str) -> Path:
    return _folder(settings) / "runs" / f"{first.stem}-{re.sub(r'[^a-zA-Z0-9.-]+', '_', system)}.json"


# ------------------------------------------------------------------------------------------------------------- showing


def _run(
    sets: list[Path],
    cases: tuple[Case, ...],
    factory: SystemFactory,
    setup: Setup,
    library: Library,
    output: Path,
    jobs: int,
) -> Run:
    from qa.evaluate.execute import execute

    names = tuple(path.name for path in sets)
    with typer.progressbar(length=len(cases), label="评测", file=typer.get_text_stream("stderr")) as bar:
        return execute(names, cases, factory, setup, library, output, jobs, lambda result: bar.update(1))


def _show_faults(faults: Sequence[Fault], only_check: bool) -> None:
    """A faulty quote is no reason to stop: the document may have been read in another way than the set's author did."""
    for fault in faults if only_check else faults[:_SHOWN]:
        typer.echo(f"题集 {fault}", err=True)
    if not only_check and len(faults) > _SHOWN:
        typer.echo(f"题集还有 {len(faults) - _SHOWN} 处问题，用 --check 查看全部。", err=True)
    if only_check:
        typer.echo(f"校验完毕，{len(faults)} 处问题。")
        if faults:
            raise typer.Exit(1)


def _gates(summary: Summary, min_accuracy: float | None, max_wrong_verified: int | None) -> None:
    """Exit code 1 where a gate is not passed."""
    missed = []
    if min_accuracy is not None and summary.accuracy.value < min_accuracy:
        missed.append(f"正确率 {summary.accuracy.value:.4f} 低于 {min_accuracy}")
    if max_wrong_verified is not None and summary.wrong_verified > max_wrong_verified:
        missed.append(f"错而标为已核验 {summary.wrong_verified} 题，多于 {max_wrong_verified}")
    if missed:
        typer.echo(f"未达到要求：{'；'.join(missed)}。", err=True)
        raise typer.Exit(1)
