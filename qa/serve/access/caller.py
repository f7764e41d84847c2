"""Caller: on whose behalf a request is carried out, and what it may touch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from index.stores import EVERYTHING
from qa.errors import BadCollection, UnknownScope

_COLLECTION = re.compile(r"[\w-]{1,40}")


class Scope(StrEnum):
    """What a key may be used for."""

    ASK = "ask"  # answers, conversations, feedback
    READ = "read"  # documents, pages, tables, facts, passages, findings
    WRITE = "write"  # upload and delete documents
    ADMIN = "admin"  # metrics of the service


SCOPES = tuple(scope.value for scope in Scope)


@dataclass(frozen=True, slots=True)
class Caller:
    """`id` is that of a key, or the issuer of a token; `user` the person behind a token, "" for a key."""

    id: str
    user: str
    scopes: frozenset[str]
    collections: tuple[str, ...]  # sorted
    per_minute: int = 0
    per_day: int = 0

    @property
    def owner(self) -> str:
        """Under which conversations are kept.

        With other collections somebody is another owner: their former answers cite what they may see no longer.
        """
        return "\n".join((self.id, self.user, *self.collections))

    @property
    def home(self) -> str:
        """Where uploads go that name no collection; "" where there is more than one place."""
        return self.collections[0] if len(self.collections) == 1 and self.collections[0] != EVERYTHING else ""

    def holds(self, collection: str) -> bool:
        """Whether the caller may see and fill this collection."""
        return collection in self.collections or EVERYTHING in self.collections


def checked_scopes(scopes: Iterable[str]) -> tuple[str, ...]:
    """The scopes in their own order. Raises UnknownScope."""
    wanted = set(scopes)
    for scope in wanted - set(SCOPES):
        raise UnknownScope(scope, "、".join(SCOPES))
    return tuple(scope for scope in SCOPES if scope in wanted)


def checked_collection(name: str) -> str:
    """A name of a collection (letters, digits and Chinese characters, or EVERYTHING). Raises BadCollection."""
    if name != EVERYTHING and not _COLLECTION.fullmatch(name):
        raise BadCollection(name)
    return name
