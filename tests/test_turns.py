"""Turns of a conversation: what they inherit, replace, correct, take together, and those that ask for no figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import CatalogueEntry, Profile
from index.offices import abbreviations
from qa.asides import COURTESY, is_aside
from qa.conversation import standalone
from qa.documents import choose_documents
from qa.model import Question
from qa.organisations import find_offices
from qa.periods import find_periods
from qa.pipeline import Tools, ask
from qa.together import Figure, joined
from qa.understand import prepare
from qa.years import with_years


def entry(office: str, year: int, stage: str) -> CatalogueEntry:
    name = f"{office}{year}{stage}.pdf"
    profile = Profile(office, abbreviations(office), year, stage, "部门", "青山市")
    return CatalogueEntry(name, name, "pdf", profile, 10, 5, 100)


CATALOGUE = (
    entry("青山市工业和信息化局", 2022, "决算"),
    entry("青山市档案局", 2022, "决算"),
    entry("青山市商务局", 2024, "决算"),
    entry("青山市商务局", 2025, "预算"),
)


def whole(*turns: str) -> str:
    *history, last = [prepare(turn) for turn in turns]
    return standalone(last, history, CATALOGUE, frozenset()).text


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        # the office, the period, the stage or the item is replaced, the rest inherited
        (("工信局2022年培训费多少", "那档案局呢"), "档案局2022年培训费多少"),
        (("洛阳市工信局2022年培训费", "那青山市工信局呢"), "青山市工信局2022年培训费"),
        (("商务局2024年印刷费", "2025年呢"), "商务局2025年印刷费"),
        (("工信局2022年执行数的购房补贴", "年初安排呢"), "工信局2022年购房补贴年初安排"),
        (("工信局2022年基本工资", "本级呢"), "工信局本级2022年基本工资"),
        (("工信局2022年一般公共服务支出里基本支出多少", "项目支出呢"), "工信局2022年一般公共服务支出项目支出"),
        # corrections
        (("工信局2022年培训费", "不是工信局，是档案局"), "档案局2022年培训费"),
        (("工信局2022年培训费", "不对，是档案局"), "档案局2022年培训费"),
        (("工信局2022年培训费", "我问的是会议费"), "工信局2022年会议费"),
        # an account read in another column, another kind of the thing spoken of
        (("工信局2022年行政运行支出多少", "项目支出是多少"), "工信局2022年行政运行项目支出是多少"),
        (("工信局2022年基本支出多少", "项目支出呢"), "工信局2022年项目支出"),
        (("工信局2022年政府采购总额", "货物多少", "服务类呢"), "工信局2022年政府采购服务类"),
        (("工信局2022年公务用车加油花了多少", "印刷费呢"), "工信局2022年印刷费"),
        (
            ("工信局2022年一般公共预算支出合计", "旅游宣传呢", "占比多少"),
            "工信局2022年旅游宣传占一般公共预算支出合计的比重",
        ),
        (("工信局2022年公务接待费", "接待了多少人次", "多少批次"), "工信局2022年接待了多少批次"),
        (("工信局2022年公务接待费", "人均呢", "人次呢"), "工信局2022年公务接待人次"),
        # shares, comparisons, the list cut
        (("工信局2022年三公经费里公务接待费多少", "占比呢"), "工信局2022年公务接待费占三公经费的比重"),
        (("工信局2022年信息专项多少", "比宣传专项少多少"), "工信局2022年信息专项比宣传专项少多少"),
        (("工信局2022年项目支出有哪些", "最大的是哪个"), "工信局2022年项目最大的是哪个"),
        # earlier turns together
        (("工信局2022年电费多少", "水费呢", "两个加起来"), "工信局2022年电费和水费加起来是多少"),
        (("工信局2022年电费", "档案局呢", "差多少"), "工信局和档案局2022年电费相差多少"),
        (("商务局2024年电费", "2025年呢", "两年合计"), "商务局2024年和2025年电费加起来是多少"),
        (("工信局2022年电费", "档案局呢", "谢谢", "谁多"), "工信局和档案局2022年电费谁多,相差多少"),
        (("工信局和档案局2022年电费各多少", "加起来"), "工信局和档案局2022年电费加起来是多少"),
    ],
)
def test_a_turn_is_made_whole(turns: tuple[str, ...], expected: str) -> None:
    assert whole(*turns) == expected


def test_the_end_of_a_name_is_a_part_of_it_and_not_the_whole_again() -> None:
    known = frozenset({"公务用车购置及运行费", "公务用车运行费", "公务用车购置费"})
    whole_of = standalone("其中运行费", ["工信局2022年公务用车购置及运行费多少"], CATALOGUE, known)
    assert whole_of.text == "工信局2022年公务用车运行费"


@pytest.mark.parametrize("turn", ["两个加起来", "三家合计", "差多少", "谁多"])
def test_more_figures_than_were_asked_for_are_not_the_last_one(turn: str) -> None:
    assert whole("工信局2022年电费", turn) == turn


def test_what_could_not_be_kept_is_said() -> None:
    kept = standalone("换成2025年的", ["商务局2024年决算印刷费"], CATALOGUE, frozenset())
    assert kept.text == "商务局2025年印刷费" and kept.notes == ("没有收录该年度的决算文件，这里是预算的数。",)
    other = standalone("商务局呢", ["工信局2022年印刷费"], CATALOGUE, frozenset())
    assert other.text == "商务局印刷费" and "2022年" in other.notes[0]


@pytest.mark.parametrize(
    "turn", ["谢谢", "好的，谢谢", "知道了", "哪一页", "在第几页", "出处是哪里", "你确定吗", "没算错吧", "数据准吗"]
)
def test_an_aside_leaves_the_conversation_where_it_was(turn: str) -> None:
    assert is_aside(turn)
    assert whole("工信局2022年培训费", turn, "会议费呢") == "工信局2022年会议费"


@pytest.mark.parametrize("turn", ["谁负责", "印刷费是哪个部门的", "预算准确率", "谢谢款", "合计是多少"])
def test_a_question_is_no_aside(turn: str) -> None:
    assert not is_aside(turn)


names = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=2, max_size=5)


@given(st.lists(names, min_size=2, max_size=4, unique=True))
def test_offices_asked_one_by_one_are_joined_in_their_order(offices: list[str]) -> None:
    figures = [Figure(office, "2022年", "电费") for office in offices]
    text = joined(f"{'两三四'[len(offices) - 2]}家加起来", figures)
    assert text == f"{'和'.join(offices)}2022年电费加起来是多少"


def test_figures_that_share_nothing_are_each_named_whole() -> None:
    figures = [Figure("甲局", "2022年", "电费"), Figure("乙局", "2023年", "水费")]
    assert joined("差多少", figures) == "甲局2022年电费和乙局2023年水费相差多少"


def test_thanks_are_returned(tools: Tools) -> None:
    answer = ask(Question("谢谢", history=("工信局2022年培训费",)), tools)
    assert answer.text == COURTESY and not answer.values


def test_where_an_answer_stands_is_said_with_the_answer(tools: Tools) -> None:
    first = ask(Question("工信局2022年公务接待费是多少"), tools)
    again = ask(Question("在第几页", history=(first.question,)), tools)
    assert again.values == first.values and again.question == "在第几页"
    assert f"第{first.citations[0].page}页" in again.text.split("\n")[0]
    sure = ask(Question("你确定吗", history=(first.question, "在第几页")), tools)
    assert sure.values == first.values and sure.text.startswith("已重新查找")


def test_earlier_figures_are_added_and_never_repeated(tools: Tools) -> None:
    history = ("工信局2022年公务接待费", "市委办呢")
    one, other = (ask(Question(text), tools).values[0] for text in (history[0], "市委办2022年公务接待费"))
    added = ask(Question("两家加起来", history=history), tools)
    assert added.values[0].verification == "computed"
    assert float(added.values[0].value) == pytest.approx(float(one.value) + float(other.value))
    assert ask(Question("三家加起来", history=history), tools).status == "refused"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("商务局两年三公经费分别多少", "商务局2024年和2025年三公经费分别多少"),
        ("商务局近两年的三公经费", "商务局2024年和2025年三公经费"),
        ("商务局三年三公经费", "商务局三年三公经费"),  # there are two
        ("商务局2024年两年内完成", "商务局2024年两年内完成"),
        ("工信局两年三公经费", "工信局两年三公经费"),
        ("商务局2025年预算比2024年决算多多少", "商务局2025年预算与2024年决算相差多少"),
        ("商务局2025年预算比2024年预算多多少", "商务局2025年预算比2024年预算多多少"),
    ],
)
def test_years_are_spelled_out_where_the_office_has_them(text: str, expected: str) -> None:
    assert with_years(text, find_offices(text, CATALOGUE), CATALOGUE) == expected


@pytest.mark.parametrize(("word", "year"), [("今年", 2025), ("去年", 2024)])
def test_a_relative_year_is_that_of_the_newest_document_and_said(word: str, year: int) -> None:
    text = f"商务局{word}印刷费"
    choice = choose_documents(text, find_offices(text, CATALOGUE), find_periods(text), "", CATALOGUE)
    assert [e.profile.year for e in choice.documents] == [year]
    assert choice.notes == (f"“{word}”按已收录的最新文件理解为{year}年。",)
