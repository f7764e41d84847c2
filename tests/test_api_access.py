"""Who is let in to what: every endpoint against every kind of credentials, and collections that never meet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.routing import APIRoute

from index.stores import Index
from qa.errors import WeakSecret
from qa.serve.access import Door, Limits, TooMany
from qa.serve.api import create_app
from qa.settings import Settings
from tests.portal import DOCUMENT, FOREIGN, MINE, OTHER, QUESTION, YOURS, Portal, bearer, fill, serve, token

OPEN = {"/health", "/ready", "/embed.js", "/widget/", "/widget/chat.{kind}", "/openapi.json"}
# method, path, what is sent. {document}, {conversation} and {turn} are those of MINE.
REQUESTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/v1/answers", {"json": {"question": QUESTION}}),
    ("POST", "/v1/answers", {"json": {"question": QUESTION, "stream": True}}),
    ("POST", "/v1/answers", {"json": {"question": "收入总计是多少", "documents": [DOCUMENT]}}),
    ("POST", "/v1/answers", {"json": {"question": "收入总计是多少", "conversation": "{conversation}"}}),
    ("POST", "/v1/chat/completions", {"json": {"messages": [{"role": "user", "content": QUESTION}]}}),
    ("POST", "/v1/chat/completions", {"json": {"messages": [{"role": "user", "content": QUESTION}], "stream": True}}),
    ("GET", "/v1/models", {}),
    ("GET", "/v1/models/mingzhang", {}),
    ("GET", "/v1/conversations", {}),
    ("POST", "/v1/conversations", {"json": {"title": "新"}}),
    ("GET", "/v1/conversations/{conversation}", {}),
    ("POST", "/v1/feedback", {"json": {"turn": "{turn}", "good": False, "reason": "数字错"}}),
    ("GET", "/v1/documents", {}),
    ("GET", f"/v1/documents/{DOCUMENT}", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/report", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/file", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/pages/5?box=0,0,60,20", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/tables", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/tables/1", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/tables/1?format=csv", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/tables/1?format=xlsx", {}),
    ("GET", f"/v1/documents/{DOCUMENT}/findings", {}),
    ("GET", f"/v1/audit?document={DOCUMENT}", {}),
    ("GET", "/v1/audit", {}),
    ("GET", "/v1/facts?label=收入总计", {}),
    ("GET", f"/v1/facts?document={DOCUMENT}", {}),
    ("GET", "/v1/search?q=新增整理项目", {}),
    ("GET", f"/v1/search?q=整理&document={DOCUMENT}", {}),
    ("GET", "/metrics", {}),
    ("POST", "/v1/documents", {"files": {"file": ("空.txt", b"")}}),
    ("DELETE", "/v1/conversations/{conversation}", {}),
    ("DELETE", f"/v1/documents/{DOCUMENT}", {}),
)
SECRETS = ("3,441.79", "3441.79", "34417900")


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    database = "" if request.param == "sqlite" else str(request.getfixturevalue("postgres"))
    served = serve(tmp_path_factory.mktemp("portal") / "store", database)
    with served.client:
        yield served


def send(portal: Portal, number: int, credentials: str | None, places: dict[str, str] | None = None) -> Any:
    method, path, more = REQUESTS[number]
    text = json.dumps([path, more.get("json")], ensure_ascii=False)
    for name, value in (places or {"conversation": "x", "turn": "x"}).items():
        text = text.replace("{" + name + "}", value)
    path, body = json.loads(text)
    more = more | {"json": body} if body else more
    headers = bearer(credentials) if credentials is not None else {}
    return portal.client.request(method, path, headers=headers, **more)


def conversation(portal: Portal, credentials: str) -> dict[str, str]:
    """A conversation of the holder with one answer in it."""
    made = portal.client.post("/v1/conversations", json={}, headers=bearer(credentials)).json()["id"]
    asked = {"question": QUESTION, "conversation": made}
    answer = portal.client.post("/v1/answers", json=asked, headers=bearer(credentials)).json()
    return {"conversation": made, "turn": answer["turn"]}


def test_the_matrix_names_every_endpoint(portal: Portal) -> None:
    """An endpoint that is added and not tried here is found by its path in openapi.json."""
    tried = {(method, path.partition("?")[0]) for method, path, _ in REQUESTS}

    def matches(method: str, pattern: str) -> bool:
        parts = pattern.split("/")
        return any(
            m == method
            and len(p.split("/")) == len(parts)
            and all(a.startswith("{") or a == b for a, b in zip(parts, p.split("/"), strict=True))
            for m, p in tried
        )

    described = portal.client.get("/openapi.json").json()["paths"]
    endpoints = {(method.upper(), path) for path, methods in described.items() for method in methods}
    assert len(endpoints) > 20
    assert {e for e in endpoints if e[1] not in OPEN and not matches(*e)} == set()
    hidden = {r.path for r in portal.client.app.routes if isinstance(r, APIRoute) and not r.include_in_schema}  # type: ignore[attr-defined]
    assert hidden <= OPEN


def test_nobody_without_good_credentials_gets_anything(portal: Portal) -> None:
    places = conversation(portal, portal.key)
    other_audience = token(MINE, aud="another service")
    unsigned = jwt.encode({"sub": "x", "aud": "mingzhang", "exp": 9999999999, "collections": [MINE]}, None, "none")
    public = rsa.generate_private_key(65537, 2048)
    asymmetric = jwt.encode({"sub": "x", "aud": "mingzhang", "exp": 9999999999, "collections": [MINE]}, public, "RS256")
    wrong = (
        None, "", "mz_00000000_ffff", portal.key[:-1], portal.key + "x", token(MINE, seconds=-60), unsigned, asymmetric,
        token(MINE, secret="another secret of more than 32 characters"), other_audience, "词",
    )  # fmt: skip
    for number in range(len(REQUESTS)):
        for credentials in wrong if number < 2 else wrong[:6]:
            if credentials and not credentials.isascii():
                continue
            answered = send(portal, number, credentials, places)
            assert answered.status_code == 401, (REQUESTS[number], credentials)
            assert not any(word in answered.text for word in SECRETS)


def test_another_collection_sees_nothing(portal: Portal) -> None:
    places = conversation(portal, portal.key)
    for credentials in (portal.foreign, token(YOURS), token(), token(YOURS, scope="ask read write")):
        for number, (method, path, _) in enumerate(REQUESTS):
            answered = send(portal, number, credentials, places)
            assert answered.status_code < 500
            assert not any(word in answered.text for word in SECRETS), (method, path, answered.text)
            if DOCUMENT in path or "{" in path:
                assert answered.status_code in (403, 404), (method, path)


def test_the_right_key_opens_everything(portal: Portal) -> None:
    places = conversation(portal, portal.key)
    for number, (method, path, more) in enumerate(REQUESTS):
        answered = send(portal, number, portal.key, places)
        expected = 422 if "files" in more else answered.status_code
        assert answered.status_code == expected and (expected == 422 or expected < 300), (method, path, answered.text)
        assert OTHER not in answered.text and FOREIGN not in answered.text


def test_a_token_opens_what_it_says(portal: Portal) -> None:
    places = conversation(portal, token(MINE))
    for number, (method, path, _) in enumerate(REQUESTS):
        answered = send(portal, number, token(MINE), places)
        needs_more = path == "/metrics" or (method != "GET" and "/documents" in path)
        assert (answered.status_code == 403) == needs_more, (method, path, answered.text)


def test_scopes_hold(portal: Portal) -> None:
    assert portal.client.get("/v1/documents", headers=bearer(portal.asker)).status_code == 403
    asked = portal.client.post("/v1/answers", json={"question": QUESTION}, headers=bearer(portal.asker))
    assert asked.json()["values"][0]["value"] == "3441.79"


def test_one_answer_is_not_served_to_another_collection(portal: Portal) -> None:
    mine = portal.client.post(
        "/v1/answers", json={"question": "2022年收入总计是多少"}, headers=bearer(portal.key)
    ).json()
    yours = portal.client.post(
        "/v1/answers", json={"question": "2022年收入总计是多少"}, headers=bearer(portal.foreign)
    ).json()
    assert {c["document"] for c in mine["citations"]} == {DOCUMENT}
    assert {c["document"] for c in yours["citations"]} == {FOREIGN}
    unsure = portal.client.post("/v1/answers", json={"question": f"{OTHER}收入总计"}, headers=bearer(portal.key)).json()
    assert FOREIGN not in json.dumps(unsure["options"] + unsure["suggestions"], ensure_ascii=False)


def test_users_of_one_portal_have_their_own_conversations(portal: Portal) -> None:
    places = conversation(portal, token(MINE, user="zhang"))
    path = f"/v1/conversations/{places['conversation']}"
    assert portal.client.get(path, headers=bearer(token(MINE, user="zhang"))).status_code == 200
    assert portal.client.get(path, headers=bearer(token(MINE, user="li"))).status_code == 404
    assert portal.client.get("/v1/conversations", headers=bearer(token(MINE, user="li"))).json() == []


def test_a_revoked_key_is_refused_at_once(portal: Portal) -> None:
    index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    assert portal.client.get("/v1/documents", headers=bearer(portal.key)).status_code == 200
    index.keys.revoke(portal.key.split("_")[1])
    assert portal.client.get("/v1/documents", headers=bearer(portal.key)).status_code == 401


def test_limits_by_the_minute_and_the_day(portal: Portal) -> None:
    index: Index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    few = index.keys.create("少", ("ask",), (MINE,), per_day=2)[0]
    statuses = [portal.client.get("/v1/models", headers=bearer(few)).status_code for _ in range(3)]
    refused = portal.client.get("/v1/models", headers=bearer(few))
    assert statuses == [200, 200, 429] and int(refused.headers["Retry-After"]) > 0
    assert refused.json()["error"]["type"] == "rate_limit_error"
    caller = replace(Door(index, portal.settings).admit(f"Bearer {few}"), user="li", per_minute=1)
    at = datetime(2024, 5, 1, 8, 30, 20, tzinfo=UTC)
    Limits(index).count(caller, at)
    with pytest.raises(TooMany, match="每分钟至多 1 次，请 40 秒后"):
        Limits(index).count(caller, at)
    with pytest.raises(TooMany, match="每天至多 2 次"):
        Limits(index).count(caller, at + timedelta(minutes=1))


def test_a_secret_that_can_be_guessed_is_refused(tmp_path: Any) -> None:
    fill(tmp_path / "store")
    with pytest.raises(WeakSecret):
        create_app(Settings(store=str(tmp_path / "store"), jwt_secret="short", model="none"))


def test_what_was_let_in_or_not_stands_in_the_audit_log(portal: Portal) -> None:
    send(portal, 0, portal.key)
    send(portal, 0, token(MINE, user="张三"))
    send(portal, 0, "mz_00000000_ffff")
    send(portal, 12, portal.asker)
    index: Index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    first, second, third, fourth = index.journal.entries()
    assert (first.action, first.outcome, first.subject) == ("answer", "answered", QUESTION) and first.cells
    assert (second.user, second.answer_digest) == ("张三", first.answer_digest)
    assert third.outcome == "unknown" and third.caller == "" and fourth.outcome == "denied"
    assert first.cells[0]["document"] == DOCUMENT and first.request
