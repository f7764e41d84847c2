"""Passages: whole sentences of one section, found again in the document exactly as quoted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunk import LONGEST, SHORTEST, describe, document_title, make_chunks
from index.model import Paragraph, Profile, Section, Table
from index.wording import squeeze
from tests.builders import paragraph, profile, table

SECTIONS = (
    Section(1, 1, "第一部分 概况", ("第一部分 概况",), 1),
    Section(2, 2, "一、主要职责", ("第一部分 概况", "一、主要职责"), 1),
)

sentences = st.text("财政拨款收入支出决算，、；1", min_size=1, max_size=120).map(lambda text: text + "。")
prose = st.lists(
    st.tuples(st.lists(sentences, min_size=1, max_size=6).map("".join), st.integers(0, 2)), min_size=1, max_size=8
).map(lambda parts: tuple(paragraph(text, section=n) for text, n in sorted(parts, key=lambda part: part[1])))


@given(prose)
@settings(max_examples=60)
def test_passages_are_the_prose_and_nothing_else(paragraphs: tuple[Paragraph, ...]) -> None:
    chunks = make_chunks(profile(), SECTIONS, paragraphs, ())
    assert "".join(squeeze(chunk.quote) for chunk in chunks) == "".join(squeeze(p.text) for p in paragraphs)
    assert len({chunk.key for chunk in chunks}) == len(chunks)
    for chunk in chunks:
        assert chunk.text.endswith("\n" + chunk.quote)
        assert len(chunk.quote.replace("\n", "")) <= LONGEST
        inside = "\n".join(p.text for p in paragraphs if p.section == chunk.section)
        assert chunk.quote in inside
        printed = {line.bbox for p in paragraphs if p.section == chunk.section for line in p.lines}
        assert chunk.places and {place.bbox for place in chunk.places} <= printed


def test_context_comes_first() -> None:
    (chunk,) = make_chunks(profile(), SECTIONS, (paragraph("负责全市档案工作。", section=2),), ())
    assert chunk.text == "2022年度青山市档案局部门决算 > 第一部分 概况 > 一、主要职责\n负责全市档案工作。"
    assert (chunk.quote, chunk.section) == ("负责全市档案工作。", 2)


def test_a_title_is_given_the_year_and_stage_it_lacks() -> None:
    assert document_title(Profile("档案局", (), 2023, "预算", "", "")) == "档案局 2023年度 预算"
    assert document_title(Profile("档案局", (), None, "", "", "", title="情况说明")) == "情况说明"


def test_short_items_of_a_list_stay_together() -> None:
    items = [paragraph(f"{n}.第{n}科室；", section=2) for n in range(1, 6)]
    (chunk,) = make_chunks(profile(), SECTIONS, items, ())
    assert chunk.quote == "1.第1科室；\n2.第2科室；\n3.第3科室；\n4.第4科室；\n5.第5科室；"
    assert len(chunk.places) == 1  # five lines of the same box


def test_sections_are_never_mixed() -> None:
    chunks = make_chunks(profile(), SECTIONS, (paragraph("甲。", section=1), paragraph("乙。", section=2)), ())
    assert [chunk.quote for chunk in chunks] == ["甲。", "乙。"]


def test_a_long_paragraph_is_cut_at_its_sentences_into_like_parts() -> None:
    text = "".join(f"第{n}项工作按照年度计划完成，资金使用合规，绩效目标全部实现。" for n in range(20))
    chunks = make_chunks(profile(), SECTIONS, (paragraph(text),), ())
    assert "".join(chunk.quote for chunk in chunks) == text
    assert all(chunk.quote.endswith("。") for chunk in chunks)
    assert min(len(chunk.quote) for chunk in chunks) > SHORTEST


def test_what_introduces_a_list_stays_with_it() -> None:
    head = "2022年度“三公”经费支出决算10.00万元，" + "完成预算的90.00%，" * 12 + "其中："
    chunks = make_chunks(profile(), SECTIONS, (paragraph(head), paragraph("公务接待费1.00万元。")), ())
    assert chunks[0].quote == f"{head}\n公务接待费1.00万元。"


def test_places_are_the_lines_that_the_passage_touches() -> None:
    long = paragraph("甲" * 159 + "。" + "乙" * 159 + "。" + "丙" * 159 + "。", width=40)
    first = make_chunks(profile(), SECTIONS, (long,), ())[0]
    assert first.quote == long.text[: len(first.quote)]
    assert len(first.places) == -(-len(first.quote) // 40)


COLUMNS = (("项目",), ("决算数", "合计"))


def test_a_table_gives_one_description_and_no_rows() -> None:
    source = table(
        (("公务接待费", "17.22"), ("因公出国(境)费", "0.00")), COLUMNS, title="“三公”经费支出决算表", number=9
    )
    (chunk,) = make_chunks(profile(), (), (), (source,))
    assert (chunk.table, chunk.quote, chunk.page) == (9, "“三公”经费支出决算表", 5)
    assert "公务接待费" in chunk.text and "万元" in chunk.text and "17.22" not in chunk.text
    assert chunk.places[0].bbox == (0.0, 0.0, 120.0, 40.0)


def test_long_words_in_a_form_are_passages_under_its_subject() -> None:
    goal = "保障全市档案馆库安全运行，完成馆藏档案数字化加工任务，提升档案利用服务水平，满足社会各界查档需求。"
    rows = (("项目名称", "馆库运行费"), ("年度总体目标", goal), ("重复", goal))
    form = Table(3, "项目自评表", "", "", (31,), ((), ()), table(rows, COLUMNS, page=31).rows, form=True)
    description, words = make_chunks(profile(), (), (), (form,))
    assert "项目自评表 > 馆库运行费" in description.text
    assert words.quote == goal
    assert words.text.startswith("2022年度青山市档案局部门决算 > 项目自评表 > 馆库运行费 > 年度总体目标\n")
    assert words.places[0].bbox == (60.0, 20.0, 120.0, 40.0)


def test_a_table_that_says_nothing_of_itself() -> None:
    assert describe(Table(1, "", "", "", (1,), (), ())) == "表格"
