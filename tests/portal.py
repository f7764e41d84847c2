"""A service over a small store: two collections that must not see each other, keys and tokens for them."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

import jwt
from fastapi.testclient import TestClient
from reportlab.pdfgen.canvas import Canvas

from index.stores import Index
from qa.serve.api import create_app
from qa.settings import Settings
from tests.builders import profile, reading, report, table

SECRET = "a secret that a portal and the service share"
MINE, YOURS = "甲馆", "乙馆"
OFFICE, OTHER = "青山市档案局", "绿水市水利局"
DOCUMENT, FOREIGN = "青山决算.pdf", "绿水决算.pdf"
QUESTION = f"{OFFICE}2022年收入总计决算是多少"


@dataclass(frozen=True)
class Portal:
    """A running service and what opens it."""

    client: TestClient
    settings: Settings
    key: str  # of MINE, for everything
    foreign: str  # of YOURS, for everything
    asker: str  # of MINE, may only ask


def bearer(credentials: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {credentials}"}


def token(*collections: str, user: str = "zhang", seconds: int = 300, secret: str = SECRET, **claims: object) -> str:
    """What a portal's backend signs for its user."""
    told = {"sub": user, "aud": "mingzhang", "exp": int(time.time()) + seconds, "collections": list(collections)}
    return jwt.encode(told | claims, secret, "HS256")


def fill(folder: Path, database: str = "") -> tuple[str, str, str]:
    """A store with one document in each collection; gives the three keys of a `Portal`.

    `database` is a SQLAlchemy URL where the store is not all in the folder.
    """
    pdf = folder.with_suffix(".pdf")
    canvas = Canvas(str(pdf), (595, 842))
    for number in range(1, 6):
        canvas.drawString(72, 700, f"page {number}")
        canvas.showPage()
    canvas.save()
    with Index.open(database or folder, folder=folder) as index:
        for collection, office, name, figure in (
            (MINE, OFFICE, DOCUMENT, "3,441.79"),
            (YOURS, OTHER, FOREIGN, "88.15"),
        ):
            about = replace(profile(office), aliases=(office[3:],))
            rows = (("本年收入合计", figure, figure), ("收入总计", figure, ""))
            tables = (table(rows, (("项目",), ("决算数", "合计"), ("决算数", "财政拨款"))),)
            prose = (f"2022年度收入总计{figure}万元，主要原因是{office}新增整理项目。",)
            made = reading(name, content=name, about=about, tables=tables, prose=prose)
            index.shelves.reserve(collection, made.document.sha256, name)
            index.replace(made, None, report(made), pdf)
        everything = ("ask", "read", "write", "admin")
        mine = index.keys.create("甲", everything, (MINE,))[0]
        yours = index.keys.create("乙", everything, (YOURS,))[0]
        return mine, yours, index.keys.create("只问", ("ask",), (MINE,))[0]


def serve(folder: Path, database: str = "", **settings: str | int) -> Portal:
    """The service over a store that `fill` made."""
    keys = fill(folder, database)
    place = {"store": database or str(folder), "folder": str(folder) if database else ""}
    values: dict[str, str | int] = {**place, "model": "none", "jwt_secret": SECRET} | settings
    chosen = replace(Settings(), **values)  # type: ignore[arg-type]
    return Portal(TestClient(create_app(chosen), raise_server_exceptions=False), chosen, *keys)
