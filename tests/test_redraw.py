"""The redrawn samples: names leave no trace, identities stay, and the answers stay right."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Reading, State
from qa.evaluate.cases import AnswerType, read_set
from tests.redraw.__main__ import draw_of, keeps, redrawn
from tests.redraw.cast import HENAN, Cast, one_spelling
from tests.redraw.document import Draw
from tests.redraw.edits import Edit, apply, apply_pieces
from tests.redraw.figures import Figures
from tests.redraw.trial import read_all, run_trial

ROOT = Path(__file__).resolve().parent.parent
FIGURES = Figures(
    money=7, count=2, shift=1, exact=frozenset({Decimal(34417949)}), printed=frozenset({Decimal("48.37")})
)


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, ...]:
    return read_all(sorted((ROOT / "eval_sets" / "documents").glob("*.pdf")))


@pytest.fixture(scope="module")
def draw(readings: tuple[Reading, ...]) -> Draw:
    return draw_of(readings, seed=1)


@pytest.fixture(scope="module")
def drawn(readings: tuple[Reading, ...], draw: Draw) -> list[Reading]:
    return redrawn(readings, [], draw)[0]


@given(st.lists(st.text("甲乙丙丁 ", max_size=6), max_size=6), st.data())
def test_edits_of_pieces_are_edits_of_the_whole(pieces: list[str], data: st.DataObject) -> None:
    whole = "".join(pieces)
    places = data.draw(st.lists(st.tuples(st.integers(0, len(whole)), st.integers(1, 3)), max_size=4))
    edits = [Edit(start, min(start + width, len(whole)), "新") for start, width in places if start < len(whole)]
    assert "".join(apply_pieces(pieces, edits)) == apply(whole, edits)


@pytest.mark.parametrize(
    ("printed", "redrawn"),
    [
        ("2022年度支出3,441.79万元，增长22.01%", "2023年度支出24,092.53万元，增长22.01%"),
        ("人员经费14.34、公用经费10.67万元", "人员经费14.34、公用经费74.69万元"),
        ("分别为14.34、10.67万元", "分别为100.38、74.69万元"),
        ("接待14批次76人次，公车16辆", "接待28批次152人次，公车32辆"),
        ("单价50万元以上的设备", "单价50万元以上的设备"),
        ("科目2010399，自评95.79分，≥80.00(%)", "科目2010399，自评95.79分，≥80.00(%)"),
        ("第3次会议，2.其他收入", "第3次会议，2.其他收入"),
        ("合计3441.79万元", "合计24092.56万元"),  # 34,417,949 元 rounded, and rounded again
    ],
)
def test_figures_of_a_text(printed: str, redrawn: str) -> None:
    exact = FIGURES.exact if printed.startswith("合计") else frozenset[Decimal]()
    assert replace(FIGURES, exact=exact).redraw(printed) == redrawn


def test_a_question_has_bare_figures_and_short_years() -> None:
    assert FIGURES.redraw("21年的48.37和22年的99.99为什么不同", asked=True) == "22年的338.59和23年的699.93为什么不同"


def test_account_names_are_no_office_names() -> None:
    cast = Cast.drawn(HENAN, random.Random(2))
    account = "其他政府办公厅（室）及相关机构事务支出"
    assert cast.rename(account) == account


def test_no_old_name_is_left(drawn: list[Reading], draw: Draw) -> None:
    for reading in drawn:
        for text in _texts(reading):
            assert not [name for name in draw.cast.traces if name in text], text
        assert not any(name in reading.document.name for name in draw.cast.traces)


def _texts(reading: Reading) -> Iterator[str]:
    """Cells, and the lines of a page as one text: a name may run over two of them."""
    for page in reading.document.pages:
        yield "".join(one_spelling("".join(line.text.split())) for line in page.lines)
        yield from (one_spelling("".join(cell.text.split())) for grid in page.grids for cell in grid.cells)


def test_sums_of_money_keep_their_identities(readings: tuple[Reading, ...], drawn: list[Reading], draw: Draw) -> None:
    """Every figure of a table is where it was, multiplied by the one factor; so every linear identity holds as before."""
    for before, after in zip(readings, drawn, strict=True):
        new = {(fact.table, fact.row, fact.col): fact for fact in after.facts if fact.source == "table"}
        money = [f for f in before.facts if f.source == "table" and f.canonical is not None]
        kept = [
            f
            for f in money
            if (fact := new.get((f.table, f.row, f.col))) and fact.canonical == _times(f.canonical, draw)
        ]
        assert len(kept) >= 0.999 * len(money)
        assert all(new[f.table, f.row, f.col].state is f.state for f in kept if f.state is State.ZERO)


def _times(amount: Decimal | None, draw: Draw) -> Decimal | None:
    return None if amount is None else amount * draw.figures.money


def test_answers_stay_right(readings: tuple[Reading, ...], draw: Draw, tmp_path: Path) -> None:
    """Every eighth question of the staff set, over the documents as they are and redrawn."""
    figures = {AnswerType.NUMBER, AnswerType.RATIO, AnswerType.LIST}
    cases = [c for c in read_set(ROOT / "eval_sets" / "henan_staff.jsonl") if c.answer_type in figures and keeps(c)][
        ::8
    ]
    original = run_trial(readings, cases, tmp_path / "original")
    trial = run_trial(*redrawn(readings, cases, draw), tmp_path / "redrawn")
    assert trial.wrong_verified == 0
    assert sum(s.right for s in trial.scores) >= sum(s.right for s in original.scores) - 1
