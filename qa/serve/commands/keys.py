"""mingzhang keys create | list | revoke."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from qa.errors import KeyUnknown
from qa.serve.commands.options import AsJson, Store
from qa.serve.commands.times import later
from qa.settings import read_settings


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="HTTP 服务的密钥。")
    group.command("create")(create)
    group.command("list")(list_keys)
    group.command("revoke")(revoke)
    app.add_typer(group, name="keys")


def create(
    name: Annotated[str, typer.Argument(help="给谁用，如门户名称。")],
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", help="可用的文库，可重复；默认 common（未分库的文件），* 为全部。"),
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="权限 ask read write admin，可重复；默认 ask 与 read。")
    ] = None,
    per_minute: Annotated[int, typer.Option("--per-minute", min=0, help="每分钟至多几次，0 为不限。")] = 0,
    per_day: Annotated[int, typer.Option("--per-day", min=0, help="每天至多几次，0 为不限。")] = 0,
    expires: Annotated[str, typer.Option("--expires", help="失效时间，如 2030-01-01 或 90d；默认不失效。")] = "",
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """新建一把密钥；密钥只在此时显示一次。"""
    from index.stores import COMMON
    from qa.assemble import open_index
    from qa.serve.access import checked_collection, checked_scopes

    scopes = checked_scopes(scope or ["ask", "read"])
    collections = tuple(checked_collection(one) for one in collection or [COMMON])
    until = later(expires) if expires else ""
    with open_index(read_settings(store=store)) as index:
        text, key = index.keys.create(name, scopes, collections, per_minute=per_minute, per_day=per_day, expires=until)
    if as_json:
        typer.echo(json.dumps(asdict(key) | {"key": text}, ensure_ascii=False))
        return
    typer.echo(text)
    typer.echo(f"编号 {key.id}，可用于：{'、'.join(collections)}；请妥善保存，此后无法再次显示。", err=True)


def list_keys(store: Store = None, as_json: AsJson = False) -> None:
    """列出所有密钥，包括已吊销的。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        found = index.keys.listed()
    if as_json:
        typer.echo(json.dumps([asdict(key) for key in found], ensure_ascii=False, indent=1))
        return
    for key in found:
        state = f"已于 {key.revoked[:10]} 吊销" if key.revoked else "有效" if key.valid else "已过期"
        typer.echo(f"{key.id}  {key.name}  {'、'.join(key.scopes)}  文库 {'、'.join(key.collections)}  {state}")


def revoke(key: Annotated[str, typer.Argument(help="密钥编号。")], store: Store = None) -> None:
    """吊销一把密钥，立即生效。"""
    from qa.assemble import open_index

    with open_index(read_settings(store=store), create=False) as index:
        if not index.keys.revoke(key):
            raise KeyUnknown(key)
    typer.echo(f"已吊销 {key}")
