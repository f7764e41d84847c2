"""The optional language model: it may restate a question that the rules did not understand, and nothing else.

What it writes is a question, never an answer: it goes through the same rules, the same store and the same check. A
restatement that brings a figure of its own is thrown away. The only importer of LangChain's chat models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.model import CatalogueEntry
from index.written import written_text
from qa.errors import ModelSilent
from qa.model import Question

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

    from qa.settings import Settings

Restate = Callable[[Question, Sequence[CatalogueEntry], Sequence[str]], str | None]

_CANNOT = "无法改写"
_LONGEST = 200  # characters of a restated question
_SHOWN = 40  # documents named to the model


@dataclass(frozen=True)
class Restater:
    """Asks a chat model for the question in the words of disclosures."""

    model: BaseChatModel

    def __call__(self, question: Question, catalogue: Sequence[CatalogueEntry], metrics: Sequence[str]) -> str | None:
        """The question restated, or None where the model cannot or must not be followed. Raises ModelSilent."""
        names = "；".join(e.profile.title or e.name for e in catalogue[:_SHOWN])
        prompt = _prompt("restate").format(
            documents=names,
            metrics="、".join(metrics),
            history=" / ".join(question.history) or "无",
            question=question.text,
        )
        try:
            reply = self.model.invoke(prompt)
        except Exception as error:
            raise ModelSilent(type(error).__name__) from error
        return usable(str(reply.content), question)


def usable(reply: str, question: Question) -> str | None:
    """The reply as a question: one line, of bearable length, without a figure that the person did not type."""
    lines = [line.strip(" 　“”\"'") for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1 or _CANNOT in lines[0] or len(lines[0]) > _LONGEST:
        return None
    typed = " ".join((*question.history, question.text))
    return None if set(_figures(lines[0])) - set(_figures(typed)) else lines[0]


def _figures(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


@lru_cache(maxsize=8)
def _prompt(name: str) -> str:
    return written_text("qa", f"prompts/{name}.md")


def open_chat(settings: Settings) -> Restater | None:
    """The model of the settings, or None where none is configured. Any OpenAI-compatible service will do."""
    if not settings.chat_model:
        return None
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return Restater(
        ChatOpenAI(
            model=settings.chat_model,
            base_url=settings.chat_url or None,
            api_key=SecretStr(settings.chat_key or "none"),
            temperature=0,
            timeout=settings.chat_seconds,
            max_retries=1,
        )
    )
