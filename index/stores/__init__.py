"""The stores: the system of record, and the indexes that follow it."""

from index.stores.conversations import Conversation, Correction, Opinion, StoredTurn
from index.stores.rows import texts_to_embed
from index.stores.store import Index, Rebuilt
from index.stores.vectors import Vectors, pack

__all__ = [
    "Conversation",
    "Correction",
    "Index",
    "Opinion",
    "Rebuilt",
    "StoredTurn",
    "Vectors",
    "pack",
    "texts_to_embed",
]
