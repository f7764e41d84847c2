"""The grammar of arithmetic: where a question names its operands, whatever they are called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.frames import (
    Form,
    coordinated,
    find_divisor,
    find_gap,
    find_ratio,
    find_sum,
    hidden,
    itemised,
    run_together,
    side_by_side,
)

NAMES = ("工会经费", "差旅费", "社会保障和就业支出", "对个人和家庭的补助", "住房公积金", "离休费", "工资福利支出")
KNOWN = frozenset(NAMES)
two_names = st.lists(st.sampled_from(NAMES), min_size=2, max_size=2, unique=True)


def _said(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


def _shown(text: str) -> str:
    return hidden(text, KNOWN, 0)


def _anything(span: tuple[int, int]) -> bool:
    return span[1] > span[0]


@pytest.mark.parametrize(
    ("wording", "form"),
    [
        ("{}占{}的比例是多少", Form.PERCENT),
        ("{}占{}", Form.PERCENT),
        ("{}在{}里占百分之几", Form.PART),
        ("{}是{}的百分之几", Form.PERCENT),
        ("{}相当于{}的几倍", Form.TIMES),
        ("{}比{}多几倍", Form.TIMES_MORE),
        ("{}除以{}是多少", Form.QUOTIENT),
        ("{}/{}", Form.QUOTIENT),
    ],
)
@given(names=two_names)
def test_ratios_name_two_figures(wording: str, form: Form, names: list[str]) -> None:
    text = wording.format(*names)
    frame = find_ratio(_shown(text), _anything)
    assert frame is not None and frame.form is form and _said(text, frame.operands) == names


@pytest.mark.parametrize(
    ("wording", "form"),
    [
        ("{}比{}多多少", Form.DIFFERENCE),
        ("{}和{}相差多少", Form.DIFFERENCE),
        ("{}减去{}等于多少", Form.DIFFERENCE),
        ("{}-{}是多少", Form.DIFFERENCE),
        ("{}与{}之差", Form.DIFFERENCE),
        ("{}高出{}多少", Form.DIFFERENCE),
        ("{}较{}少花了多少万元", Form.DIFFERENCE),
        ("{}扣除{}后还剩多少", Form.REMAINDER),
    ],
)
@given(names=two_names)
def test_differences_name_two_figures(wording: str, form: Form, names: list[str]) -> None:
    text = wording.format(*names)
    frame = find_gap(_shown(text), _anything)
    assert frame is not None and frame.form is form and _said(text, frame.operands) == names


@pytest.mark.parametrize(
    "wording",
    ["{}和{}合计多少", "{}加{}是多少", "{}+{}", "{}、{}两项之和", "{}与{}加起来", "{}以及{}一共多少", "{}跟{}总共多少"],
)
@given(names=two_names)
def test_sums_name_their_parts(wording: str, names: list[str]) -> None:
    text = wording.format(*names)
    frame = find_sum(_shown(text), lambda span: any(name in text[slice(*span)] for name in NAMES))
    assert frame is not None
    assert [part.removesuffix("是多少") for part in _said(text, frame.operands)] == names


@pytest.mark.parametrize(
    "text", ["社会保障和就业支出合计", "增加值", "附加费", "参加培训人数", "财政拨款收支总计是多少"]
)
def test_one_name_is_no_sum(text: str) -> None:
    assert find_sum(_shown(text), _anything) is None


def test_names_side_by_side_are_told_apart_by_their_accounts() -> None:
    text = "某局离休费退休费合计"
    assert _said(text, run_together(text, 2)) == ["离休费", "退休费"]
    assert run_together("某局项目支出合计", 2) == ()


def test_brackets_may_list_what_is_added_up() -> None:
    text = "离退休费(离休+退休)总共多少"
    assert _said(text, itemised(text, KNOWN)) == ["离休", "退休"]
    text = "两项(工会经费和差旅费)合计"
    assert _said(text, itemised(text, KNOWN)) == ["工会经费", "差旅费"]
    assert itemised("基本工资(行政和事业)合计", KNOWN) == ()
    assert itemised("离退休费(全口径)总共多少", KNOWN) == ()


def test_a_whole_may_have_parts() -> None:
    text = "离休费和差旅费占工资福利支出的比例"
    frame = find_ratio(_shown(text), _anything)
    assert frame is not None
    assert _said(text, coordinated(_shown(text), frame.operands[0], _anything)) == ["离休费", "差旅费"]


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("差旅费平均每月多少", "月", None),
        ("每个月的差旅费", "月", None),
        ("月均差旅费", "月", None),
        ("差旅费除以12是多少", "", 12),
        ("按81名行政编制,人均公用经费", "名", 81),
        ("每辆公务用车运行费", "辆", None),
        ("平均接待一批客人多少钱", "批", None),
    ],
)
def test_what_an_amount_is_divided_by(text: str, unit: str, number: int | None) -> None:
    divisor = find_divisor(text)
    assert divisor is not None and (divisor.unit, divisor.number) == (unit, number)


@pytest.mark.parametrize("text", ["差旅费是多少", "一般公共服务支出", "人均衡发展", "第一批项目"])
def test_no_divisor(text: str) -> None:
    assert find_divisor(text) is None


def test_totals_asked_side_by_side_keep_their_names() -> None:
    text = "收入总计和本年收入合计分别是多少"
    assert [text[a:b] for a, b in side_by_side(text)] == ["收入总计", "本年收入合计分别是多少"]


def test_accounts_may_stand_side_by_side_before_each() -> None:
    text = "水费电费邮电费分别多少"
    assert [text[a:b] for a, b in run_together(text, 0)] == ["水费", "电费", "邮电费"]
