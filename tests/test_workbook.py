"""Tables as a workbook: nothing that a document says is run as a formula."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.serve.workbook import cell_value, safe_text


def test_empty_cells_stay_empty_and_figures_stay_figures() -> None:
    assert cell_value("") == "" and cell_value("-1.50") == -1.5 and cell_value("-") == "-"
    assert safe_text("=1+1") == "'=1+1" and safe_text("-1+cmd|' /C calc'!A0").startswith("'")


@given(st.text(max_size=20))
def test_no_text_begins_a_formula(text: str) -> None:
    assert not safe_text(text).startswith(("=", "+", "@", "\t", "\r"))
