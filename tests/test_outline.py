"""Sections of a document: reports that are attached behind its own parts."""

from __future__ import annotations

from index.narrative import text_facts
from index.outline import find_sections
from index.profile import read_profile
from index.read.text import read_text
from tests.builders import profile

GLOSSARY = ("第四部分 名词解释", "一、财政拨款收入：指本级财政部门当年拨付的资金，是部门收入的主要来源之一，列入预算。")
REPORT = (
    "2023年度河道整治专项项目绩效评价报告",
    "一、项目概况",
    "河道整治专项用于清淤疏浚和堤防加固两个方面，2023年预算下达520.00万元，实际支出516.70万元，预算执行率99.37%。",
    "二、绩效评价结论",
    "项目综合得分91.6分，其中决策类18.5分、过程类18.1分、产出类28.6分、效益类26.4分。",
)


def test_the_title_of_a_report_heads_what_follows_it() -> None:
    document = read_text("\n\n".join((*GLOSSARY, *REPORT)).encode(), "某局.txt", "0" * 64)
    sections, paragraphs = find_sections(document, ())
    paths = {section.title: section.path for section in sections}
    assert paths["一、项目概况"] == ("2023年度河道整治专项项目绩效评价报告", "一、项目概况")
    facts = text_facts(paragraphs, sections, profile("青山市水利局", year=2023))
    assert {fact.entity for fact in facts} == {"河道整治专项"}
    told = [(f.label, f.measure, f.printed) for f in facts]
    assert told[:3] == [
        ("河道整治专项", "预算", "520.00"),
        ("河道整治专项", "决算", "516.70"),
        ("河道整治专项", "执行率", "99.37"),
    ]
    assert ("决策类", "得分", "18.5") in told


def test_a_report_that_is_only_mentioned_heads_nothing() -> None:
    lines = (
        "第三部分 情况说明",
        "八、预算绩效情况说明",
        "部门整体绩效自评报告",
        "九、其他事项情况说明",
        "无其他需要说明的事项，特此说明。",
    )
    document = read_text("\n\n".join(lines).encode(), "某局.txt", "0" * 64)
    sections, _ = find_sections(document, ())
    assert [section.path[0] for section in sections] == ["第三部分情况说明"] * 3


def test_the_last_item_of_a_list_is_no_heading_of_the_paragraph_behind_it() -> None:
    duties = "局机关设5个内设机构，包括：办公室、群众体育科、青少年体育科、场馆与产业科、财务科，各科室的职责按照有关规定执行。"
    lines = (
        "机构设置",
        "具体包括：",
        "1.青山市体育局（本级）",
        "2.青山市少年儿童体育学校",
        "3.青山市全民健身指导中心",
        duties,
    )
    document = read_text("\n\n".join(lines).encode(), "某局.txt", "0" * 64)
    sections, paragraphs = find_sections(document, ())
    assert [section.title for section in sections] == ["机构设置"]
    assert "青山市全民健身指导中心" in read_profile(document, (), paragraphs).subordinates
