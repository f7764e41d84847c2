"""Questions over indexed disclosures; every figure of an answer is checked.

    from qa import Question, ask, open_tools, read_settings

    tools = open_tools(read_settings(store=".store"))
    answer = ask(Question("工信局2022年三公经费决算是多少？"), tools)

The names below are what others may build on; they are loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.assemble import open_tools as open_tools
    from qa.model import Answer as Answer
    from qa.model import Citation as Citation
    from qa.model import Question as Question
    from qa.model import Value as Value
    from qa.pipeline import Tools as Tools
    from qa.pipeline import ask as ask
    from qa.serve.wire import answer_json as answer_json
    from qa.settings import Settings as Settings
    from qa.settings import read_settings as read_settings

_HOMES = {
    "open_tools": "qa.assemble",
    "Answer": "qa.model",
    "Citation": "qa.model",
    "Question": "qa.model",
    "Value": "qa.model",
    "Tools": "qa.pipeline",
    "ask": "qa.pipeline",
    "answer_json": "qa.serve.wire",
    "Settings": "qa.settings",
    "read_settings": "qa.settings",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
