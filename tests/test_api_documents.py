"""Documents over HTTP: taken in once however often they are sent, replaced, shared, deleted; broken ones change nothing."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from index.stores import Index
from tests.portal import DOCUMENT, FOREIGN, MINE, OFFICE, QUESTION, YOURS, Portal, bearer, serve, token

PAGE = """<html><body><h1>2021年度白云市图书馆部门决算</h1><p>2021年度收入总计{0}万元，与上年相比增加1.00万元，增长0.82%。</p>
<table><caption>收入支出决算总表 公开01表 单位：万元</caption>
<tr><th>项目</th><th>行次</th><th>决算数</th></tr><tr><td>一、一般公共预算财政拨款收入</td><td>1</td><td>{0}</td></tr>
<tr><td>本年收入合计</td><td>2</td><td>{0}</td></tr><tr><td>总计</td><td>3</td><td>{0}</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    served = serve(tmp_path_factory.mktemp("documents") / "store", upload_mb=1)
    with served.client:
        yield served


def send(portal: Portal, name: str, content: bytes | str, key: str = "", **form: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    headers = bearer(key or portal.key)
    return portal.client.post("/v1/documents", files={"file": (name, data)}, data=form, headers=headers)


def listed(portal: Portal, key: str = "") -> list[str]:
    return [d["name"] for d in portal.client.get("/v1/documents", headers=bearer(key or portal.key)).json()]


def store_of(portal: Portal) -> Index:
    index: Index = portal.client.app.state.service.rooms.index  # type: ignore[attr-defined]
    return index


def test_the_same_file_twice_changes_nothing(portal: Portal) -> None:
    first = send(portal, "馆.html", PAGE.format("122.50"))
    assert first.status_code == 200 and first.json()[0]["status"] == "added", first.text
    version = store_of(portal).version
    again = send(portal, "馆.html", PAGE.format("122.50"))
    assert again.json()[0]["status"] == "unchanged" and store_of(portal).version == version
    assert listed(portal) == [DOCUMENT, "馆.html"]
    asked = {"question": "白云市图书馆2021年本年收入合计决算是多少"}
    answer = portal.client.post("/v1/answers", json=asked, headers=bearer(portal.key)).json()
    assert "122.50" in answer["text"] and answer["citations"][0]["document"] == "馆.html"
    foreign = portal.client.post("/v1/answers", json=asked, headers=bearer(portal.foreign)).json()
    assert foreign["status"] == "refused" and "122.50" not in foreign["text"]


def test_a_new_version_replaces_the_old(portal: Portal) -> None:
    send(portal, "改.html", PAGE.format("1.50"))
    assert send(portal, "改.html", PAGE.format("2.50")).json()[0]["status"] == "replaced"
    facts = portal.client.get("/v1/facts", params={"document": "改.html"}, headers=bearer(portal.key)).json()
    assert {"2.50"} <= {f["printed"] for f in facts["items"]} and "1.50" not in {f["printed"] for f in facts["items"]}
    portal.client.delete("/v1/documents/改.html", headers=bearer(portal.key))
    assert "改.html" not in listed(portal)


def test_two_collections_with_files_of_one_name(portal: Portal) -> None:
    send(portal, "同名.html", PAGE.format("31.50"))
    send(portal, "同名.html", PAGE.format("41.50"), portal.foreign)
    for key, figure in ((portal.key, "31.50"), (portal.foreign, "41.50")):
        facts = portal.client.get("/v1/facts", params={"document": "同名.html"}, headers=bearer(key)).json()["items"]
        assert figure in {f["printed"] for f in facts} and {f["document"] for f in facts} == {"同名.html"}
    portal.client.delete("/v1/documents/同名.html", headers=bearer(portal.foreign))
    assert "同名.html" in listed(portal) and "同名.html" not in listed(portal, portal.foreign)


def test_two_collections_with_the_same_bytes(portal: Portal) -> None:
    send(portal, "甲的.html", PAGE.format("51.50"))
    shared = send(portal, "乙的.html", PAGE.format("51.50"), portal.foreign)
    assert shared.json()[0]["name"] == "乙的.html" and "甲" not in shared.text
    assert "乙的.html" in listed(portal, portal.foreign) and "甲的.html" not in listed(portal, portal.foreign)
    portal.client.delete("/v1/documents/甲的.html", headers=bearer(portal.key))
    assert "乙的.html" in listed(portal, portal.foreign) and "甲的.html" not in listed(portal)


def test_an_archive_is_one_report_a_file(portal: Portal) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("一.html", PAGE.format("61.50"))
        archive.writestr("二.pdf", b"%PDF-1.4 broken")
    sent = send(portal, "两份.zip", packed.getvalue())
    assert {r["name"]: r["status"] for r in sent.json()} == {"一.html": "added", "二.pdf": "failed"}
    assert "一.html" not in listed(portal, portal.foreign)


def test_where_to_is_said_where_it_is_not_clear(portal: Portal) -> None:
    both = store_of(portal).keys.create("两馆", ("read", "write"), (MINE, YOURS))[0]
    page = PAGE.format("71.50")
    assert send(portal, "去.html", page, both).status_code == 422
    assert send(portal, "去.html", page, both, collection="丙馆").status_code == 403
    assert send(portal, "去.html", page, both, collection=YOURS).status_code == 200
    assert "去.html" in listed(portal, portal.foreign) and "去.html" not in listed(portal)
    assert send(portal, "去.html", page, token(MINE)).status_code == 403


def broken() -> Iterator[tuple[str, bytes]]:
    """Thirty files that nobody can read."""
    chance = random.Random(7)
    noise = bytes(chance.randrange(256) for _ in range(4000))
    for suffix in ("pdf", "docx", "xlsx", "xls", "zip"):
        yield f"空.{suffix}", b""
        yield f"乱.{suffix}", noise
        yield f"半.{suffix}", (b"%PDF-1.7\n" if suffix == "pdf" else b"PK\x03\x04") + noise[:500]
        yield f"字.{suffix}", "这不是文件".encode()
    yield from ((f"空.{suffix}", b"") for suffix in ("html", "txt", "md"))
    yield from ((f"未知.{suffix}", noise) for suffix in ("exe", "png", "doc", "csv7"))
    yield from (("..", b"x"), ("无后缀", b"x"), ("过大.txt", b"x" * 1_100_000))


def test_thirty_broken_files_change_nothing(portal: Portal) -> None:
    before = (listed(portal), listed(portal, portal.foreign), [e.sha256 for e in store_of(portal).catalogue()])
    files = list(broken())
    assert len(files) == 30
    for name, content in files:
        answered = send(portal, name, content)
        assert answered.status_code in (413, 422), (name, answered.status_code, answered.text)
    after = (listed(portal), listed(portal, portal.foreign), [e.sha256 for e in store_of(portal).catalogue()])
    assert before == after
    folder = Path(portal.settings.store) / "files"
    assert {p.name.partition(".")[0] for p in folder.iterdir()} <= set(before[2])


# -- looking at them ---------------------------------------------------------------------------------------------------


def get(portal: Portal, path: str) -> Any:
    return portal.client.get(path, headers=bearer(portal.key))


def test_a_table_in_three_formats(portal: Portal) -> None:
    path = f"/v1/documents/{DOCUMENT}/tables/1"
    table = get(portal, path).json()
    assert table["columns"][1] == ["决算数", "合计"] and table["rows"][1] == ["收入总计", "3,441.79", ""]
    lines = get(portal, path + "?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "项目,决算数 > 合计,决算数 > 财政拨款" and lines[2] == '收入总计,"3,441.79",'
    sheet = load_workbook(io.BytesIO(get(portal, path + "?format=xlsx").content)).active
    assert sheet is not None and sheet["B5"].value == 3441.79
    assert get(portal, f"/v1/documents/{DOCUMENT}/tables/9").status_code == 404


def test_a_page_with_a_frame(portal: Portal) -> None:
    plain, framed = (get(portal, f"/v1/documents/{DOCUMENT}/pages/5{q}") for q in ("", "?box=60,20,120,40"))
    assert plain.headers["content-type"] == framed.headers["content-type"] == "image/png"
    assert plain.content != framed.content
    for query, status in (("?box=1,2,3", 422), ("?box=5,5,1,1", 422), ("?box=nan,0,1,1", 422), ("?scale=99", 422)):
        assert get(portal, f"/v1/documents/{DOCUMENT}/pages/5{query}").status_code == status
    assert get(portal, f"/v1/documents/{DOCUMENT}/pages/6").status_code == 404


def test_facts_by_query_and_page(portal: Portal) -> None:
    whole = get(portal, f"/v1/facts?organisation={OFFICE}&year=2022&label=收入总计&state=value").json()
    assert whole["total"] == 1
    fact = whole["items"][0]
    assert (fact["printed"], fact["unit"], fact["yuan"]) == ("3,441.79", "万元", "34417900.00")
    pages = [get(portal, f"/v1/facts?document={DOCUMENT}&limit=1&offset={n}").json()["items"][0]["key"] for n in (0, 1)]
    assert pages == ["t1r0c1", "t1r0c2"]
    assert get(portal, "/v1/facts?year=1999").json()["total"] == 0
    assert get(portal, f"/v1/facts?document={FOREIGN}").status_code == 404


def test_search_without_answering(portal: Portal) -> None:
    found = get(portal, "/v1/search?q=新增整理项目").json()
    assert found[0]["document"] == DOCUMENT and "新增整理项目" in found[0]["quote"] and found[0]["boxes"]


def test_a_conversation_keeps_its_references(portal: Portal) -> None:
    made = portal.client.post("/v1/conversations", json={"title": "收入"}, headers=bearer(portal.key)).json()["id"]
    for question in (QUESTION, "本年收入合计呢"):
        asked = {"question": question, "conversation": made}
        answer = portal.client.post("/v1/answers", json=asked, headers=bearer(portal.key)).json()
        assert answer["conversation"] == made and answer["turn"]
    whole = get(portal, f"/v1/conversations/{made}").json()
    assert [m["question"] for m in whole["messages"]] == [QUESTION, "本年收入合计呢"]
    assert "本年收入合计" in whole["messages"][1]["answer"]["text"]
    assert whole["messages"][0]["answer"]["citations"][0]["bbox"]
    opinion = {"turn": whole["messages"][1]["id"], "good": False, "reason": "口径错"}
    assert portal.client.post("/v1/feedback", json=opinion, headers=bearer(portal.key)).status_code == 204
    kept = store_of(portal).conversations.opinions()[-1]
    assert (kept.reason, kept.history) == ("口径错", (QUESTION,))


def test_stages_come_before_the_answer(portal: Portal) -> None:
    asked = {"question": "2022年本年收入合计是多少万元", "stream": True}
    text = portal.client.post("/v1/answers", json=asked, headers=bearer(portal.key)).text
    events = [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event:")]
    assert events[-1] == "answer" and len(events) > 2 and set(events[:-1]) == {"stage"}
    assert "3441" not in text.partition("event: answer")[0]
    wrong = {"question": "多少", "documents": [FOREIGN], "stream": True}
    failed = portal.client.post("/v1/answers", json=wrong, headers=bearer(portal.key)).text
    assert failed.startswith("event: error") and "request_id" in failed
