"""The stores: the system of record, and the indexes that follow it."""

from index.stores.store import Index, Rebuilt
from index.stores.vectors import Vectors

__all__ = ["Index", "Rebuilt", "Vectors"]
