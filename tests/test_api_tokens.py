"""Tokens of an OpenID Connect issuer: found by discovery, checked with its public keys, never with a secret of ours."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from qa.serve.access import NotKnown
from qa.serve.access.tokens import Tokens
from qa.settings import Settings
from tests.test_widget import pages


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, RSAPrivateKey]]:
    folder: Path = tmp_path_factory.mktemp("issuer")
    key = generate_private_key(65537, 2048)
    public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": "1", "use": "sig", "alg": "RS256"}
    (folder / "keys.json").write_text(json.dumps({"keys": [public]}))
    (folder / ".well-known").mkdir()
    with pages(folder) as port:
        address = f"http://127.0.0.1:{port}"
        (folder / ".well-known" / "openid-configuration").write_text(json.dumps({"jwks_uri": f"{address}/keys.json"}))
        yield address, key


def signed(issuer: tuple[str, RSAPrivateKey], **claims: object) -> str:
    address, key = issuer
    told = {"iss": address, "sub": "zhang", "aud": "mingzhang", "exp": int(time.time()) + 60, "collections": ["甲馆"]}
    return jwt.encode(told | claims, key, "RS256", headers={"kid": "1"})


def test_a_token_of_the_issuer_is_taken(issuer: tuple[str, RSAPrivateKey]) -> None:
    tokens = Tokens(Settings(jwt_issuer=issuer[0], user_per_day=9))
    caller = tokens.check(signed(issuer, scope="openid ask"))
    assert (caller.id, caller.user, caller.collections, caller.per_day) == (issuer[0], "zhang", ("甲馆",), 9)
    assert caller.scopes == {"ask"}


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example"},
        {"aud": "another"},
        {"exp": 1},
        {"scope": "everything"},
        {"collections": "甲馆"},
        {"collections": ["../甲馆"]},
        {"sub": None},
    ],
)
def test_any_other_is_not(issuer: tuple[str, RSAPrivateKey], claims: dict[str, object]) -> None:
    with pytest.raises(NotKnown):
        Tokens(Settings(jwt_issuer=issuer[0])).check(signed(issuer, **claims))


def test_a_public_key_is_no_secret(issuer: tuple[str, RSAPrivateKey]) -> None:
    """The old trick: a token signed by HS256 with the issuer's public key as the secret."""
    forged = jwt.encode(
        {"sub": "x", "aud": "mingzhang", "exp": time.time() + 60}, "x" * 40, "HS256", headers={"kid": "1"}
    )
    with pytest.raises(NotKnown):
        Tokens(Settings(jwt_jwks=f"{issuer[0]}/keys.json")).check(forged)


def test_everything_is_never_given_by_a_token(issuer: tuple[str, RSAPrivateKey]) -> None:
    assert Tokens(Settings(jwt_issuer=issuer[0])).check(signed(issuer, collections=["*", "甲馆"])).collections == (
        "甲馆",
    )


def test_an_issuer_that_does_not_answer_lets_nobody_in(issuer: tuple[str, RSAPrivateKey]) -> None:
    with pytest.raises(NotKnown):
        Tokens(Settings(jwt_issuer="http://127.0.0.1:9")).check(signed(issuer))
