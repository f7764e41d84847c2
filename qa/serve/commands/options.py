"""Options that commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Store = Annotated[str | None, typer.Option("--store", help="资料库：文件夹或数据库地址；默认为用户数据文件夹。")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出。")]
