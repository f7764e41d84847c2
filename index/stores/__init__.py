"""The stores: the system of record, and the indexes that follow it."""

from index.stores.conversations import Conversation, Correction, Opinion, StoredTurn
from index.stores.journal import Entry, Journal, digest
from index.stores.keys import AccessKey, AccessKeys, is_key
from index.stores.remembered import Remembered
from index.stores.rows import texts_to_embed
from index.stores.shelves import COMMON, EVERYTHING, stored_name
from index.stores.store import Index, Rebuilt
from index.stores.vectors import Vectors, pack
from index.stores.view import View

__all__ = [
    "COMMON",
    "EVERYTHING",
    "AccessKey",
    "AccessKeys",
    "Conversation",
    "Correction",
    "Entry",
    "Index",
    "Journal",
    "Opinion",
    "Rebuilt",
    "Remembered",
    "StoredTurn",
    "Vectors",
    "View",
    "digest",
    "is_key",
    "pack",
    "stored_name",
    "texts_to_embed",
]
