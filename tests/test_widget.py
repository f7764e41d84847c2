"""The chat embedded in a page of another origin: in a real browser, by one line of script or by a bare iframe."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from qa.serve.api import create_app
from qa.settings import Settings
from tests.portal import MINE, QUESTION, SECRET, Portal, fill, serve, token

WIDGET = Path(__file__).parent.parent / "qa" / "serve" / "widget"


RED = """
    const image = document.getElementById("image");
    if (!image.naturalWidth) return 0;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let red = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] > 180 && data[i + 1] < 90 && data[i + 2] < 90) red++;
    return red;
"""  # what may be fetched in the frame is narrower than what may be drawn


def test_the_parts_are_small_and_ask_nobody_else() -> None:
    parts = {path.name: path.read_bytes() for path in WIDGET.iterdir()}
    assert set(parts) == {"embed.js", "chat.html", "chat.css", "chat.js"}
    assert sum(len(gzip.compress(part)) for part in parts.values()) <= 30 * 1024
    text = b"".join(parts.values()).decode()
    assert "http://" not in text and text.replace("https://…/embed.js", "").count("https://") == 0
    assert "innerHTML" not in text and "eval(" not in text


def test_who_may_frame_it(tmp_path: Path) -> None:
    def policy(portal: Portal) -> str:
        return str(portal.client.get("/widget/").headers["Content-Security-Policy"])

    assert "frame-ancestors 'none'" in policy(serve(tmp_path / "closed"))
    listed = serve(tmp_path / "listed", origins="https://a.example, https://b.example/")
    assert "frame-ancestors https://a.example https://b.example" in policy(listed)
    assert "frame-ancestors 'none'" in listed.client.get("/health").headers["Content-Security-Policy"]


def test_who_may_call_it_from_a_page(tmp_path: Path) -> None:
    portal = serve(tmp_path / "store", origins="https://a.example")
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    for origin, allowed in (("https://a.example", True), ("https://evil.example", False)):
        answered = portal.client.options("/v1/answers", headers={"Origin": origin} | wanted)
        assert (answered.headers.get("Access-Control-Allow-Origin") == origin) == allowed


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@contextmanager
def pages(folder: Path) -> Iterator[int]:
    """A portal of its own: static pages on a free port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@contextmanager
def service(store: Path, origins: str) -> Iterator[str]:
    settings = Settings(store=str(store), model="none", jwt_secret=SECRET, origins=origins)
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str, str]]:
    """The portal's folder, its address, that of a page that is not allowed, and the service's."""
    root = tmp_path_factory.mktemp("widget")
    fill(root / "store")
    folder = root / "pages"
    folder.mkdir()
    with ExitStack() as stack:
        port = stack.enter_context(pages(folder))
        allowed, foreign = f"http://localhost:{port}", f"http://127.0.0.1:{port}"
        yield folder, allowed, foreign, stack.enter_context(service(root / "store", allowed))


@pytest.mark.browser
def test_a_portal_page_shows_a_checked_answer_and_its_cell(places: tuple[Path, str, str, str], tmp_path: Path) -> None:
    from tests.browser import open_chromium

    folder, allowed, foreign, address = places
    line = (
        f'<script src="{address}/embed.js" data-token="{token(MINE)}" data-title="问账" data-color="#0f766e"></script>'
    )
    (folder / "float.html").write_text(f"<!doctype html><meta charset=utf-8><body>{line}</body>", encoding="utf-8")
    bare = f'<iframe src="{address}/widget/#token={token(MINE)}" width="400" height="500"></iframe>'
    (folder / "iframe.html").write_text(f"<!doctype html><meta charset=utf-8><body>{bare}</body>", encoding="utf-8")
    with open_chromium(tmp_path) as driver:
        visitor = Visitor(driver)
        visitor.opens(f"{allowed}/float.html")
        visitor.presses("button")
        visitor.enters_the_frame()
        visitor.reads("问账")
        visitor.asks(QUESTION)
        visitor.reads("3441.79万元")
        visitor.presses(".sources button")
        assert visitor.until(RED, "the page with the cited cell framed in red") > 50
        visitor.presses("#close")

        visitor.opens(f"{allowed}/iframe.html")
        visitor.enters_the_frame()
        visitor.asks(QUESTION)
        visitor.reads("3441.79万元")
        assert "token" not in visitor.until("return location.href", "an address")

        visitor.opens(f"{foreign}/iframe.html")
        visitor.enters_the_frame()
        visitor.until(
            "return location.href.startsWith('chrome-error:')", "a page that may not frame the chat gets none"
        )


class Visitor:
    """Somebody on a portal's page: waits for what is meant to appear, never for a time."""

    def __init__(self, driver: WebDriver) -> None:
        self._driver = driver

    def opens(self, address: str) -> None:
        self._driver.get(address)

    def until(self, script: str, what: str, *arguments: str) -> Any:
        """What a script in the page gives once it gives something."""
        wait = WebDriverWait(self._driver, 30, poll_frequency=0.1)
        return wait.until(lambda driver: driver.execute_script(script, *arguments), what)

    def enters_the_frame(self) -> None:
        self.until("return document.querySelector('iframe')?.isConnected", "a frame")
        self._driver.switch_to.frame(self._driver.find_element("css selector", "iframe"))

    def presses(self, css: str) -> None:
        self.until("return document.querySelector(arguments[0])", f"something to press: {css}", css).click()

    def asks(self, question: str) -> None:
        self.until("return document.getElementById('question')", "a place to type").send_keys(question, "\n")

    def reads(self, words: str) -> None:
        self.until("return document.body.innerText.includes(arguments[0])", f"“{words}” should be read", words)
