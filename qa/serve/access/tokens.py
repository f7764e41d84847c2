"""Short-lived tokens (JWT) that a portal's backend signs for its users, so that no key ever stands in a page.

A token says who (`sub`), which collections (`collections`), for how long (`exp`) and, where it is to differ from asking
and reading, for what (`scope`, separated by spaces). It is signed with a secret that the portal and this service share
(HS256), or by an OpenID Connect issuer whose public keys are fetched once and again when they change.
"""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from index.stores import EVERYTHING
from qa.errors import BadCollection, UnknownScope, WeakSecret
from qa.serve.access.caller import Caller, Scope, checked_collection, checked_scopes
from qa.serve.access.errors import NotKnown
from qa.settings import Settings

if TYPE_CHECKING:
    import jwt

_ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
_SHORTEST_SECRET = 32
_SECONDS = 10  # to wait for an issuer
_LEEWAY = 10  # seconds by which two clocks may differ


class Tokens:
    """Checks tokens as the settings say; refuses all where neither a secret nor an issuer is set."""

    def __init__(self, settings: Settings) -> None:
        """Raises WeakSecret."""
        if settings.jwt_secret and len(settings.jwt_secret) < _SHORTEST_SECRET:
            raise WeakSecret("MINGZHANG_JWT_SECRET")
        self._settings = settings
        self._issuer_keys: jwt.PyJWKClient | None = None
        self._lock = threading.Lock()

    @property
    def accepted(self) -> bool:
        """Whether any token can be good."""
        return bool(self._settings.jwt_secret or self._settings.jwt_issuer or self._settings.jwt_jwks)

    def check(self, token: str) -> Caller:
        """The caller a token speaks for. Raises NotKnown."""
        import jwt

        if not self.accepted:
            raise NotKnown("令牌无效")
        try:
            key, algorithms = self._verification(token)
            claims = jwt.decode(
                token,
                key,
                algorithms=algorithms,
                audience=self._settings.jwt_audience,
                issuer=self._settings.jwt_issuer or None,
                leeway=_LEEWAY,
                options={"require": ["exp", "sub", "aud"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise NotKnown("令牌已过期") from error
        except (jwt.PyJWTError, OSError, ValueError) as error:
            raise NotKnown("令牌无效") from error
        return self._caller(claims)

    def _verification(self, token: str) -> tuple[Any, list[str]]:
        """The key and the algorithms it may be used with: a public key is never taken for a secret."""
        if self._settings.jwt_secret:
            return self._settings.jwt_secret, ["HS256"]
        return self._keys().get_signing_key_from_jwt(token).key, list(_ASYMMETRIC)

    def _keys(self) -> jwt.PyJWKClient:
        import jwt

        with self._lock:
            if self._issuer_keys is None:
                url = self._settings.jwt_jwks or _discovered(self._settings.jwt_issuer)
                self._issuer_keys = jwt.PyJWKClient(url, timeout=_SECONDS)
            return self._issuer_keys

    def _caller(self, claims: Mapping[str, Any]) -> Caller:
        scope = claims.get("scope", f"{Scope.ASK} {Scope.READ}")
        collections = claims.get("collections", [])
        if not isinstance(scope, str) or not isinstance(collections, list):
            raise NotKnown("令牌内容不完整")
        try:
            scopes = checked_scopes(word for word in scope.split() if word not in ("openid", "profile", "email"))
            names = sorted({checked_collection(name) for name in collections if isinstance(name, str)} - {EVERYTHING})
        except (UnknownScope, BadCollection) as error:
            raise NotKnown("令牌内容不完整") from error
        return Caller(
            id=str(claims.get("iss") or "jwt"),
            user=str(claims["sub"]),
            scopes=frozenset(scopes),
            collections=tuple(names),
            per_minute=self._settings.user_per_minute,
            per_day=self._settings.user_per_day,
        )


def _discovered(issuer: str) -> str:
    """Where an OpenID Connect issuer keeps its keys (OpenID Connect Discovery 1.0, section 4)."""
    if not issuer.startswith(("https://", "http://")):
        raise ValueError("not the address of an issuer")
    with urllib.request.urlopen(issuer.rstrip("/") + "/.well-known/openid-configuration", timeout=_SECONDS) as answer:
        return str(json.load(answer)["jwks_uri"])
