"""Settings -> tools: the one place where the parts are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.chat import open_chat
from qa.finder import Finder
from qa.pipeline import Tools
from qa.settings import Settings

if TYPE_CHECKING:
    from index.embed import Embedder


def open_index(settings: Settings, *, create: bool = True) -> Index:
    """Open the store of the settings. Raises StoreError."""
    return Index.open(settings.store_path, create=create, folder=settings.folder or None, chroma=settings.chroma)


@lru_cache(maxsize=1)
def open_embedder(settings: Settings) -> Embedder | None:
    """The embedder of the settings, one a process; None where vectors are switched off. Its first use loads a model."""
    if settings.model == "none":
        return None
    from index.embed import load_embedder

    return load_embedder(settings.model or None, settings.cache_path)


def query_embedder(settings: Settings, index: Index) -> Callable[[str], Sequence[float] | None]:
    """Embeds questions once a passage is wanted; until then no model is loaded, and none where nothing is embedded."""
    loaded: list[Embedder | None] = []

    def embed(text: str) -> Sequence[float] | None:
        if not index.model or settings.model == "none":
            return None
        if not loaded:
            loaded.append(open_embedder(settings))
        embedder = loaded[0]
        return None if embedder is None else [float(x) for x in embedder.embed_query(text)]

    return embed


def open_tools(settings: Settings, *, create: bool = True) -> Tools:
    """Everything that `ask` needs, over the store of the settings."""
    index = open_index(settings, create=create)
    return Tools(Finder(index, load_vocabulary(), query_embedder(settings, index)), open_chat(settings))
