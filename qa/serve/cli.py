"""The command `mingzhang`: one small module a group of commands; each imports what it needs when it runs."""

from __future__ import annotations

import sys

import typer

from index.errors import IngestError, StoreError
from qa.errors import RequestError
from qa.serve.commands import agents, answers, audit, documents, keys, log, pages, service
from qa.serve.commands import eval as evaluation

app = typer.Typer(
    name="mingzhang",
    help="明账：政府预算、决算公开文件问答，每个数字都与表格逐一核对。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (documents, answers, audit, evaluation, pages, service, keys, log, agents):
    module.register(app)


def main() -> None:
    """Run a command; a mistake of the user is one sentence on standard error and exit code 1."""
    try:
        app()
    except (IngestError, StoreError, RequestError) as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
