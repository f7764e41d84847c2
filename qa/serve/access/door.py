"""The door: an Authorization header -> the caller, or no entry."""

from __future__ import annotations

from index.stores import EVERYTHING, Index, is_key
from qa.serve.access.caller import SCOPES, Caller
from qa.serve.access.errors import NotKnown
from qa.serve.access.tokens import Tokens
from qa.settings import Settings

_BEARER = "bearer"


class Door:
    """Open to everybody only where it is decided so at the start: on this machine, before any key was made."""

    def __init__(self, index: Index, settings: Settings) -> None:
        """Raises WeakSecret."""
        self._keys = index.keys
        self._tokens = Tokens(settings)
        self.open = not self._tokens.accepted and not index.keys.any()

    def admit(self, authorization: str | None) -> Caller:
        """The caller whom this header names. Raises NotKnown."""
        if not authorization:
            if self.open:
                return Caller("local", "", frozenset(SCOPES), (EVERYTHING,))
            raise NotKnown
        scheme, _, credentials = authorization.strip().partition(" ")
        credentials = credentials.strip()
        if scheme.lower() != _BEARER or not credentials:
            raise NotKnown("Authorization 头无法识别")
        if not is_key(credentials):
            return self._of_token(credentials)
        key = self._keys.check(credentials)
        if key is None:
            raise NotKnown("密钥无效、已过期或已吊销")
        collections = tuple(sorted(set(key.collections)))
        return Caller(key.id, "", frozenset(key.scopes), collections, key.per_minute, key.per_day)

    def _of_token(self, token: str) -> Caller:
        if self.open:  # clients that cannot do without a key send any word they like
            return Caller("local", "", frozenset(SCOPES), (EVERYTHING,))
        return self._tokens.check(token)
