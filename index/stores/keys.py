"""API keys: made once, shown once, kept as a hash; revoked, never deleted, so that the audit log keeps their names."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, func, insert, select, update

from index.stores.database import transaction
from index.stores.portal_schema import access_keys
from index.stores.rows import dumps, strings_of
from index.stores.writing import now

_PREFIX = "mz"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What a key may do; times are ISO 8601 in UTC, "" for never. A limit of 0 is none."""

    id: str
    name: str
    scopes: tuple[str, ...]
    collections: tuple[str, ...]
    per_minute: int = 0
    per_day: int = 0
    created: str = ""
    expires: str = ""
    revoked: str = ""

    @property
    def valid(self) -> bool:
        return not self.revoked and (not self.expires or now() < self.expires)


class AccessKeys:
    """The keys of one store. Each check reads the database: a revoked key is refused from that moment, everywhere."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        name: str,
        scopes: Sequence[str],
        collections: Sequence[str],
        *,
        per_minute: int = 0,
        per_day: int = 0,
        expires: str = "",
    ) -> tuple[str, AccessKey]:
        """A new key as text, `mz_<id>_<secret>`, which nobody can show again, and what is kept of it."""
        key = AccessKey(
            secrets.token_hex(4), name, tuple(scopes), tuple(collections), per_minute, per_day, now(), expires
        )
        secret = secrets.token_hex(24)
        row = {
            "id": key.id,
            "digest": _digest(secret),
            "name": key.name,
            "scopes": dumps(key.scopes),
            "collections": dumps(key.collections),
            "per_minute": per_minute,
            "per_day": per_day,
            "created": key.created,
            "expires": expires,
            "revoked": "",
        }
        with transaction(self._engine) as connection:
            connection.execute(insert(access_keys).values(row))
        return f"{_PREFIX}_{key.id}_{secret}", key

    def check(self, text: str) -> AccessKey | None:
        """The key that this text is; None for one that is unknown, expired or revoked."""
        prefix, _, rest = text.partition("_")
        number, _, secret = rest.partition("_")
        if prefix != _PREFIX:
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(access_keys).where(access_keys.c.id == number)).one_or_none()
        # Hash and compare even where there is no such key: the time taken tells nothing.
        same = hmac.compare_digest(_digest(secret), row.digest if row else _digest(""))
        key = _key(row) if row and same else None
        return key if key and key.valid else None

    def revoke(self, id: str) -> bool:
        """False where there is no such key, or it was revoked before."""
        statement = update(access_keys).where(access_keys.c.id == id, access_keys.c.revoked == "").values(revoked=now())
        with transaction(self._engine) as connection:
            return connection.execute(statement).rowcount > 0

    def listed(self) -> tuple[AccessKey, ...]:
        """All keys, revoked ones too, the oldest first."""
        with self._engine.connect() as connection:
            found = connection.execute(select(access_keys).order_by(access_keys.c.created, access_keys.c.id))
            return tuple(_key(row) for row in found)

    def any(self) -> bool:
        """Whether a key was ever made; a store whose last key is revoked does not become open."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(access_keys)).scalar_one() > 0


def is_key(text: str) -> bool:
    """Whether a bearer token means to be a key (else it is a JWT)."""
    return text.startswith(f"{_PREFIX}_")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _key(row: Row[Any]) -> AccessKey:
    return AccessKey(
        id=row.id,
        name=row.name,
        scopes=strings_of(row.scopes),
        collections=strings_of(row.collections),
        per_minute=row.per_minute,
        per_day=row.per_day,
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
    )
