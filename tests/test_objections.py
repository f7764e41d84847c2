"""Figures of another kind than was asked for are no answer, whoever found them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.model import CatalogueEntry, Fact, Found, Locator, Profile, State
from qa.cite import Ledger
from qa.draft import Draft
from qa.model import Question, Value
from qa.objections import objected
from qa.understand import read_intent

NAME = "青山市档案局.pdf"
ENTRY = CatalogueEntry(
    NAME,
    NAME,
    "pdf",
    Profile("青山市档案局", ("档案局",), 2023, "决算", "部门", "青山市", ("青山市城建档案馆",)),
    10,
    5,
    100,
)


def draft(
    unit: str,
    measure: str,
    basis: str = "",
    *,
    verification: str = "text",
    verdict: str | None = None,
    title: str = "",
    entity: str = "",
) -> Draft:
    """A draft that leads with one figure of this kind."""
    fact = Fact(
        key="n1.1", source="text", label="公务接待费", printed="1.50", value=None, unit=unit, state=State.VALUE,
        place=Locator(1), quote="", measure=measure, basis=basis,
        title=title, entity=entity,
    )  # fmt: skip
    ledger = Ledger(lambda _: ENTRY, lambda _: (), lambda _: ())
    mark = ledger.fact(Found(NAME, fact))
    value = Value("公务接待费", "1.50", unit, verification, citations=(mark,))
    return Draft(f"公务接待费为1.50{unit}[{mark}]。", ledger, (value,), verdict=verdict)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("档案局2023年公务接待费比上年增加多少", draft("万元", "决算")),
        ("档案局公务接待费2023年比2022年增长百分之几", draft("%", "完成率", "年初预算")),
        ("档案局2023年公务接待费比上年减少多少万元", draft("万元", "增减额", "年初预算")),
        ("档案局2023年公务接待费比预算少花了多少", draft("万元", "增减额", "上年")),
        ("档案局2023年公务接待费占三公经费的百分之几", draft("万元", "决算")),
        ("档案局2023年公务接待费花了多少万元", draft("%", "占比")),
        ("档案局2023年实有人员", draft("万元", "决算")),
        ("档案局2023年政府性基金结余", draft("万元", "决算")),
        ("档案局2023年在职人员的构成", draft("万元", "决算")),
        ("档案局人员构成", draft("万元", "决算")),
        ("档案局2023年公务接待费加上会议费是多少", draft("万元", "决算")),
        ("档案局2023年哪个项目金额最大", draft("万元", "决算")),
        ("档案局2023年采购项目中最贵的是哪个", draft("万元", "决算")),
        ("档案局2023年基本支出明细里的公务接待费是多少", draft("万元", "决算", title="三公经费支出决算表")),
        ("档案局本级2023年公务接待费是多少", draft("万元", "决算", entity="青山市城建档案馆")),
        ("档案局2023年实际办了多少场培训", draft("场", "指标值")),
        ("档案局2023年公务接待费比上年多吗", draft("万元", "决算")),
        ("档案局2023年公务接待费比预算", draft("万元", "决算")),
        ("档案局本级2023年公务接待费", draft("万元", "决算")),
    ],
)
def test_a_figure_of_another_kind(question: str, given: Draft) -> None:
    assert objected(read_intent(Question(question), [ENTRY]), given)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("档案局2023年公务接待费是多少", draft("万元", "决算")),
        ("档案局2023年公务接待费比上年增加多少", draft("万元", "增减额", "2022年决算数")),
        ("档案局2023年公务接待费比上年增加多少", draft("万元", "增减额", "上年预算数")),
        ("档案局2023年公务接待费比预算少花了多少", draft("万元", "", verification="computed")),
        ("档案局2023年公务接待费比上年增加了吗", draft("万元", "决算", verdict="yes")),
        ("档案局2023年公务接待费的完成率是多少", draft("%", "完成率")),
        ("档案局2023年基本支出明细里的公务接待费是多少", draft("万元", "决算", title="一般公共预算基本支出决算明细表")),
        ("档案局本级2023年公务接待费是多少", draft("万元", "决算", entity="青山市档案局")),
    ],
)
def test_what_was_asked_for(question: str, given: Draft) -> None:
    assert not objected(read_intent(Question(question), [ENTRY]), given)


def test_the_name_of_a_project_asks_for_no_change() -> None:
    plain = draft("块", "指标值")
    (item,) = plain.ledger.evidence
    assert isinstance(item, Found)
    ledger = Ledger(lambda _: ENTRY, lambda _: (), lambda _: ())
    mark = ledger.fact(replace(item, fact=replace(item.fact, entity="展馆提升")))
    named = Draft(plain.text, ledger, (replace(plain.values[0], citations=(mark,)),))
    intent = read_intent(Question("档案局展馆提升更新展板几块"), (ENTRY,), frozenset())
    assert objected(intent, plain)
    assert not objected(intent, named)
