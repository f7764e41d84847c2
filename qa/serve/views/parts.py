"""The page's own parts: scripts of qa/serve/page that set their data as text and tell what was clicked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st
from streamlit.components.v2 import component

from qa.serve.page.parts import asset

answer_text = component(
    "mingzhang_answer", html='<div class="answer"></div>', css=asset("answer.css"), js=asset("answer.js"), isolate_styles=False
)  # fmt: skip
sheet = component(
    "mingzhang_sheet", html='<div class="sheet" tabindex="0" role="img"></div>', css=asset("sheet.css"), js=asset("sheet.js"),
    isolate_styles=False,
)  # fmt: skip
grid = component(
    "mingzhang_grid", html='<div class="grid" tabindex="0" role="region"></div>', css=asset("table.css"), js=asset("table.js"),
    isolate_styles=False,
)  # fmt: skip
wording = component("mingzhang_wording", html="<i hidden></i>", js=asset("wording.js"), isolate_styles=False)
copy_button = component(
    "mingzhang_copy",
    html='<button type="button" class="copy"></button>',
    css=asset("copy.css"),
    js=asset("copy.js"),
    isolate_styles=False,
)


def takes_away(
    label: str, make: Callable[[], bytes], name: str, key: str, width: Literal["content", "stretch"] = "content"
) -> None:
    """A button that gives a file, made when it is pressed.

    The page is not drawn anew for it: Streamlit empties what waits to be sent when a drawing begins, and where the
    file's address was among it, no file came and the button stayed dead.
    """
    st.download_button(label, make, name, "application/octet-stream", key=key, width=width, on_click="ignore")
