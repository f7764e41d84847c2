"""Collections: which readers see which documents, and under which names.

A collection holds bytes, not file names: the same file taken in for two collections is read and stored once, and each
knows it under the name it was handed in with. What stands on no shelf belongs to the collection `COMMON`, so a store
filled from the command line needs no collections at all. `EVERYTHING` means every document of the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from sqlalchemy import Connection, Engine, delete, insert, select, update

from index.stores.database import transaction
from index.stores.portal_schema import shelves
from index.stores.schema import documents
from index.stores.writing import changed

COMMON = "common"
EVERYTHING = "*"


class Shelves:
    """The collections of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def names(self, collections: Sequence[str]) -> dict[str, str]:
        """The documents of these collections: the name in the store -> the name that their readers know.

        Where two of them were handed in under one name, the second keeps the name it has in the store.
        """
        with self._engine.connect() as connection:
            stored = {row.sha256: row.name for row in connection.execute(_STORED)}
            placed = connection.execute(select(shelves).order_by(shelves.c.collection, shelves.c.name)).all()
        if EVERYTHING in collections:
            return {name: name for name in stored.values()}
        shown: dict[str, str] = {}
        taken: set[str] = set()
        common = set(stored) - {row.sha256 for row in placed} if COMMON in collections else set()
        wanted = [(sha256, stored[sha256]) for sha256 in sorted(common, key=stored.__getitem__)]
        wanted += [(row.sha256, row.name) for row in placed if row.collection in collections]
        for sha256, name in wanted:
            if sha256 in stored and stored[sha256] not in shown:
                shown[stored[sha256]] = stored[sha256] if name in taken else name
                taken.add(shown[stored[sha256]])
        return shown

    def of(self, sha256: str) -> dict[str, str]:
        """The collections that hold these bytes, each with its name for them; empty where the store does not."""
        with self._engine.connect() as connection:
            return _holders(connection, sha256)

    def place(self, collection: str, sha256: str, name: str) -> None:
        """Put indexed bytes into a collection too; those that stood on no shelf stay in COMMON as well."""
        with transaction(self._engine) as connection:
            holders = _holders(connection, sha256)
            if not holders or holders.get(collection) == name or (collection == COMMON and COMMON in holders):
                return
            if COMMON in holders:
                _put(connection, COMMON, sha256, holders[COMMON])
            _put(connection, collection, sha256, name)
            changed(connection)

    def reserve(self, collection: str, sha256: str, name: str) -> None:
        """Bytes that are about to be taken in will stand in this collection and in no other from their first moment."""
        with transaction(self._engine) as connection:
            connection.execute(delete(shelves).where(shelves.c.sha256 == sha256))
            if collection != COMMON:
                _put(connection, collection, sha256, name)
            changed(connection)

    def release(self, sha256: str) -> None:
        """Forget a reservation: the bytes were not taken in."""
        with transaction(self._engine) as connection:
            if not _holders(connection, sha256):
                connection.execute(delete(shelves).where(shelves.c.sha256 == sha256))

    def withdraw(self, collection: str, sha256: str) -> bool:
        """Take bytes out of a collection; True where another one still holds them."""
        with transaction(self._engine) as connection:
            others = set(_holders(connection, sha256)) - {collection}
            if others:
                same = (shelves.c.collection == collection, shelves.c.sha256 == sha256)
                connection.execute(delete(shelves).where(*same))
                changed(connection)
            return bool(others)


def sweep(connection: Connection) -> None:
    """Forget bytes that the store holds no more, so that they come back to no collection unasked."""
    connection.execute(delete(shelves).where(shelves.c.sha256.not_in(select(documents.c.sha256))))


def follow(connection: Connection, name: str, sha256: str) -> None:
    """The document of this name is about to get these bytes: they stand where the old ones stood."""
    old = select(documents.c.sha256).where(documents.c.name == name, documents.c.sha256 != sha256).scalar_subquery()
    known = connection.execute(select(shelves.c.sha256).where(shelves.c.sha256 == sha256)).first()
    if known is None:
        connection.execute(update(shelves).where(shelves.c.sha256 == old).values(sha256=sha256))


def stored_name(name: str, collection: str, taken: Mapping[str, str] | Sequence[str]) -> str:
    """A file name for the store that no document of another collection has: 决算.pdf of portal -> 决算〔portal〕.pdf."""
    if collection == COMMON and name not in taken:
        return name
    path = PurePath(name)
    wanted = f"{path.stem}〔{collection}〕{path.suffix}"
    number = 2
    while wanted in taken:
        wanted = f"{path.stem}〔{collection} {number}〕{path.suffix}"
        number += 1
    return wanted


_STORED = select(documents.c.sha256, documents.c.name)


def _holders(connection: Connection, sha256: str) -> dict[str, str]:
    placed = connection.execute(select(shelves).where(shelves.c.sha256 == sha256)).all()
    stored = connection.execute(select(documents.c.name).where(documents.c.sha256 == sha256)).scalar_one_or_none()
    if stored is None:
        return {}
    return {row.collection: row.name for row in placed} or {COMMON: stored}


def _put(connection: Connection, collection: str, sha256: str, name: str) -> None:
    same = (shelves.c.collection == collection, shelves.c.sha256 == sha256)
    connection.execute(delete(shelves).where(*same))
    connection.execute(insert(shelves).values(collection=collection, sha256=sha256, name=name))
