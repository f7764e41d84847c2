"""Our own engine as a system to be scored, and what its answers depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import index
import qa
from index.model import CatalogueEntry
from qa.evaluate.cases import Case
from qa.evaluate.run import Setup
from qa.model import Answer, Question
from qa.pipeline import Tools, ask
from qa.settings import Settings

ENGINE = "mingzhang"
_ANSWERS_DEPEND_ON = ("store", "folder", "chroma", "model", "chat_model", "chat_url")


@dataclass(frozen=True, slots=True)
class EngineFactory:
    """Opens the store of the settings in each worker. The store must exist."""

    settings: Settings

    def __call__(self) -> EngineSystem:
        from qa.assemble import open_tools

        return EngineSystem(open_tools(self.settings, create=False))


@dataclass(frozen=True, slots=True)
class EngineSystem:
    """Asked as a person would: question and earlier turns, without naming the documents."""

    tools: Tools

    def answer(self, case: Case) -> Answer:
        return ask(Question(text=case.question, history=case.history, id=case.id), self.tools)


def setup_of(
    system: str, settings: Settings, catalogue: Sequence[CatalogueEntry], more: Sequence[tuple[str, str]] = ()
) -> Setup:
    """The setup of a run over these documents, with the settings that its answers depend on."""
    held = [(name, str(getattr(settings, name))) for name in _ANSWERS_DEPEND_ON]
    return Setup(
        system=system,
        version=code_version(),
        settings=(*((name, value) for name, value in held if value), *more),
        documents=tuple((entry.name, entry.sha256) for entry in catalogue),
    )


def code_version() -> str:
    """The version with a mark of the code itself, since answers change between two releases too: 0.1.0+3f9c2a10."""
    mark = hashlib.sha256()
    for path in _sources():
        mark.update(path.read_bytes())
    return f"{version('mingzhang')}+{mark.hexdigest()[:8]}"


def _sources() -> Iterator[Path]:
    for package in (index, qa):
        for folder in package.__path__:
            yield from sorted(p for p in Path(folder).rglob("*") if p.suffix in {".py", ".yaml", ".csv", ".md", ".txt"})
