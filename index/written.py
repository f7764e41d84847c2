"""What is written beside the code and comes with the program: word lists, grammars, rules, accounts, styles, prompts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a tenth of the time, where it was built


def written_text(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


def written_yaml(package: str, name: str) -> Any:
    """The YAML of a file: the caller knows its shape, which stands at the head of the file."""
    return yaml.load(written_text(package, name), Loader=_LOADER)


def written_rows(package: str, name: str) -> Iterator[list[str]]:
    """The rows of a CSV file below its header."""
    return csv.reader(written_text(package, name).splitlines()[1:])
