"""A person at the page: the server in a process of its own, Chromium without a window, and what a person sees and does.

Everything is found by what stands on the page or by the key that the page gives its parts, never by Streamlit's classes.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from PIL import Image, ImageChops
from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from index.read.render import FRAME

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")
# A click asks the server for a new drawing a frame or two later, and what the server has drawn is on the page a frame or
# two after it says that it is done: the page is at rest when it is so twice, with frames between.
_AT_REST = """
  const done = arguments[arguments.length - 1];
  const resting = () => {
    const app = document.querySelector('[data-test-script-state]');
    const drawn = document.querySelector('.stMainBlockContainer [data-testid]');
    return app?.dataset.testScriptState === 'notRunning' && drawn && !document.querySelector('[data-stale=true]');
  };
  const frames = (count, then) => count ? requestAnimationFrame(() => frames(count - 1, then)) : setTimeout(then, 30);
  frames(2, () => resting() ? frames(3, () => done(resting() ? true : null)) : done(null));
"""
_STEADY = """
  const moves = document.getAnimations().some((animation) => animation.playState === 'running');
  return !moves && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
"""
# Whether a click arrives where it was aimed: what is drawn anew meanwhile moves on, or is another element.
_AIM = """
  const aim = arguments[0];
  aim.scrollIntoView({block: 'center'});
  window.arrived = false;
  const note = (event) => { window.arrived = aim.contains(event.target); };
  document.addEventListener('click', note, {capture: true, once: true});
"""
_ARRIVED = "return window.arrived !== false"  # a page that was left for another knows of no aim
_WATCH = """
  window.redrawn = false;
  const app = document.querySelector('[data-test-script-state]');
  new MutationObserver(() => { window.redrawn = true; }).observe(app, {attributeFilter: ['data-test-script-state']});
"""
# What passes while the page is drawn anew: looked for once more.
_COME_BACK = (
    NoSuchElementException, StaleElementReferenceException, ElementClickInterceptedException,
    JavascriptException,  # the document was left while the script ran
)  # fmt: skip
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-device-scale-factor=1",
)  # fmt: skip


@contextmanager
def serve_page(store: Path) -> Iterator[str]:
    """The page over a store, on a free port; gives its address. No model: tables and keywords answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa.serve.cli", "ui", "--headless", "--port", str(port), "--store", str(store)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"MINGZHANG_MODEL": "none"})
    try:
        _wait_until_open(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the page did not start")


@contextmanager
def open_chromium(downloads: Path, width: int = 1366, height: int = 900) -> Iterator[webdriver.Chrome]:
    """Chromium with a profile of its own; what is downloaded goes to `downloads`."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    with tempfile.TemporaryDirectory(prefix="mingzhang-chromium-", ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
        try:
            yield driver
        finally:
            driver.quit()


def framed(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of the pixels in the colour of the frame; None where there are none."""
    bands = zip(image.split(), FRAME, strict=True)
    masks = [band.point([255 * (abs(level - wanted) < 24) for level in range(256)]) for band, wanted in bands]
    return ImageChops.multiply(ImageChops.multiply(masks[0], masks[1]), masks[2]).getbbox()


def sees_frame(person: Person) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """The page image beside, once something is framed on it, and the pixels of the frame."""

    def seen() -> tuple[Image.Image, tuple[int, int, int, int]] | None:
        image, _ = person.picture(".sheet img")
        box = framed(image)
        return (image, box) if box else None

    return person.until(seen, "something should be framed")


class Person:
    """What somebody in front of the page does. Waits for what is meant to appear, never for a time."""

    def __init__(self, driver: webdriver.Chrome, address: str, patience: float = 40) -> None:
        self.driver = driver
        self.address = address
        self.patience = patience

    # -- waiting and seeing --------------------------------------------------------------------------------------------

    def until(self, seen: Callable[[], T | None], what: str) -> T:
        """What `seen` gives once it gives something."""
        end, hindered = time.monotonic() + self.patience, ""
        while True:
            try:
                if found := seen():
                    return found
            except _COME_BACK as hindrance:
                hindered = str(hindrance.msg)
            if time.monotonic() > end:
                raise AssertionError(f"{what}\n--- hindered by: {hindered}\n--- on the page:\n{self.text()[:3000]}")
            time.sleep(0.1)

    def all(self, css: str) -> Sequence[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def part(self, key: str) -> WebElement:
        """A part of the page by the key it was given."""
        return self.until(lambda: self.driver.find_element(By.CSS_SELECTOR, f".st-key-{key}"), f"part {key}")

    def text(self) -> str:
        return str(self.driver.execute_script("return document.body.innerText"))  # type: ignore[no-untyped-call]

    def reads(self, words: str) -> None:
        """Waits until these words stand on the page."""
        self.until(lambda: words in self.text(), f"“{words}” should be read")

    def idle(self) -> None:
        """Waits until the server has drawn all of the page."""
        self.until(lambda: self.driver.execute_async_script(_AT_REST), "the page should come to rest")  # type: ignore[no-untyped-call]

    def rests(self) -> None:
        """Waits until nothing fades, turns or is out of date any more."""
        self.idle()
        self.until(lambda: self.driver.execute_script(_STEADY), "what fades or turns should stand still")  # type: ignore[no-untyped-call]

    def picture(self, css: str) -> tuple[Image.Image, WebElement]:
        """An image element's own pixels, whatever size it is drawn at."""

        def loaded() -> WebElement | None:
            images = [i for i in self.all(css) if self.driver.execute_script("return arguments[0].naturalWidth", i)]  # type: ignore[no-untyped-call]
            return images[-1] if images else None

        element = self.until(loaded, f"a picture {css}")
        data = self.driver.execute_async_script(  # type: ignore[no-untyped-call]
            "const done = arguments[1]; fetch(arguments[0].src).then(r => r.arrayBuffer())"
            ".then(b => done(Array.from(new Uint8Array(b))))",
            element,
        )
        return Image.open(io.BytesIO(bytes(data))).convert("RGB"), element

    # -- doing ---------------------------------------------------------------------------------------------------------

    def goes_to(self, path: str = "", **query: str) -> None:
        asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        self.driver.get(f"{self.address}/{path}" + (f"?{asked}" if asked else ""))
        self.idle()

    def asks(self, question: str) -> None:
        """Types a question and sends it; once more where the page was still being drawn and lost it."""
        self.idle()

        def asked() -> bool:
            box = self.driver.find_element(By.CSS_SELECTOR, "textarea")
            if box.get_property("value") != question:
                box.clear()
                box.send_keys(question)
            box.send_keys(Keys.ENTER)
            return self._comes(lambda: question in self.text())

        self.until(asked, f"“{question}” should be asked")

    @staticmethod
    def _comes(seen: Callable[[], bool], seconds: float = 6) -> bool:
        """Whether something comes to be before long."""
        end = time.monotonic() + seconds
        while not seen() and time.monotonic() < end:
            time.sleep(0.05)
        return seen()

    def presses(self, find: Callable[[], WebElement | None], what: str) -> None:
        """Clicks what is found once the page is at rest: a click on a part that is being drawn anew is lost."""
        self.idle()

        def pressed() -> bool:
            element = find()
            if element is None:
                return False
            self.driver.execute_script(_AIM, element)  # type: ignore[no-untyped-call]
            element.click()
            return bool(self.driver.execute_script(_ARRIVED))  # type: ignore[no-untyped-call]

        self.until(pressed, what)
        self.idle()

    def clicks(self, label: str) -> None:
        """The last button, link or expander that reads so."""
        self.presses(lambda: self._last("button, summary, a[href]", label), f"a button “{label}”")

    def takes(self, label: str, folder: Path, pattern: str) -> Path:
        """The file that a button gives, for which the page is not drawn anew."""
        self.driver.execute_script(_WATCH)  # type: ignore[no-untyped-call]
        self.clicks(label)
        file = self.until(lambda: next(folder.glob(pattern), None), f"a file {pattern} from “{label}”")
        assert not self.driver.execute_script("return window.redrawn"), f"“{label}” drew the page anew"  # type: ignore[no-untyped-call]
        return file

    def chooses(self, label: str, text: str) -> None:
        """Types into the list under this label and takes the first that fits."""
        css = f".stMainBlockContainer input[role='combobox'][aria-label*='{label}']"

        def offered() -> bool:
            """Opens the list and types; once more where the page was drawn anew under it."""
            self.presses(lambda: next(iter(self.all(css)), None), f"the list “{label}”")
            field = self.all(css)[0]
            field.send_keys(Keys.CONTROL + "a" + Keys.NULL + text)
            if self._comes(lambda: any(text in option.text for option in self.all("[role='option']"))):
                return True
            field.send_keys(Keys.ESCAPE)
            return False

        self.until(offered, f"“{text}” in the list")
        self.all(css)[0].send_keys(Keys.ENTER)
        self.idle()

    def fills(self, label: str, text: str) -> None:
        """Types into the field with this label."""
        css = f"input[aria-label='{label}']"
        self.until(lambda: self.driver.find_element(By.CSS_SELECTOR, css), f"the field “{label}”").send_keys(text)

    def opens_mark(self, number: int) -> None:
        """Clicks the last [n] in the text of an answer; once more where the page was being drawn and lost the click."""

        def opened() -> bool:
            self.presses(lambda: self._last(f".mark[data-mark='{number}']"), f"the mark [{number}]")
            return self._comes(lambda: bool(self.all(".sheet")))

        self.until(opened, f"the mark [{number}] should open its page")

    def _last(self, css: str, label: str = "") -> WebElement | None:
        found = [e for e in self.all(css) if label in (e.text or e.get_attribute("aria-label") or "")]
        return found[-1] if found else None

    def resizes(self, width: int, height: int = 900) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefers(self, scheme: str) -> None:
        """The theme of the system: light or dark."""
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        css = f"return getComputedStyle(document.querySelector('.stApp')).colorScheme === '{scheme}'"
        self.until(lambda: self.driver.execute_script(css), f"the {scheme} theme")  # type: ignore[no-untyped-call]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.driver.execute_script(  # type: ignore[no-untyped-call]
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )
