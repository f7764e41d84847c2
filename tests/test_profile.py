"""Who published a document: title pages as provinces print them, names that the document uses for itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Document, Line, Page, Profile, Table
from index.offices import abbreviations, region_of
from index.outline import find_sections
from index.profile import read_profile
from index.read import read_bytes
from index.title import read_title
from tests.builders import table


def read(
    title_page: Sequence[str], name: str = "a.pdf", prose: Sequence[str] = (), tables: tuple[Table, ...] = ()
) -> Profile:
    sheets = [lines for lines in (title_page, prose) if lines]
    pages = tuple(
        Page(n, 595, 842, tuple(Line(text, n, (90, 100 + 30 * i, 500, 112 + 30 * i)) for i, text in enumerate(lines)))
        for n, lines in enumerate(sheets, 1)
    )
    document = Document(name, "x", "pdf", pages)
    _, paragraphs = find_sections(document, tables)
    return read_profile(document, tables, paragraphs)


@pytest.mark.parametrize(
    ("lines", "organisation", "level", "year", "stage"),
    [
        (["2024年度青山省交通运输厅部门决算"], "青山省交通运输厅", "部门", 2024, "决算"),
        (["2024年", "青山省交通运输厅", "部门决算", "2025年8月"], "青山省交通运输厅", "部门", 2024, "决算"),
        (["青山省交通运输厅", "2024年度部门预算", "二〇二四年二月"], "青山省交通运输厅", "部门", 2024, "预算"),
        (["青山市市场监督管理局", "二〇二四年度部门决算"], "青山市市场监督管理局", "部门", 2024, "决算"),
        (["青山县教育体育局2025年单位预算公开说明"], "青山县教育体育局", "单位", 2025, "预算"),
        (["中共青山市委组织部2023年部门预算"], "中共青山市委组织部", "部门", 2023, "预算"),
        (["青山区城关街道办事处", "2024年部门预算"], "青山区城关街道办事处", "部门", 2024, "预算"),
        (["关于青山市司法局2024年度部门预算的说明"], "青山市司法局", "部门", 2024, "预算"),
        (["附件1", "2024年青山市卫生健康委员会部门预算", "（公开稿）"], "青山市卫生健康委员会", "部门", 2024, "预算"),
        (["青山市妇幼保健院", "（2024年度单位预算）"], "青山市妇幼保健院", "单位", 2024, "预算"),
        (["青山市水务局（部门）2024年预算公开"], "青山市水务局", "部门", 2024, "预算"),
        (["2023年度青山市残疾人联合会决算公开"], "青山市残疾人联合会", "", 2023, "决算"),
        (["预算编号：123", "2025年度单位预算", "预算单位：青山市实验小学"], "青山市实验小学", "单位", 2025, "预算"),
        (["青山市住房和城乡建设局(本级)2024年度单位决算"], "青山市住房和城乡建设局(本级)", "单位", 2024, "决算"),
        (["青山县农业农村局2023年度部门整体支出绩效自评报告"], "青山县农业农村局", "部门", 2023, "决算"),
        (["政协青山市委员会办公室2024年度部门决算"], "政协青山市委员会办公室", "部门", 2024, "决算"),
        (["青山区交通运输局", "2024年部门综合预算"], "青山区交通运输局", "部门", 2024, "预算"),
        (["水利部2024年部门预算"], "水利部", "部门", 2024, "预算"),
    ],
)
def test_title_pages(lines: list[str], organisation: str, level: str, year: int, stage: str) -> None:
    found = read(lines)
    assert (found.organisation, found.level, found.year, found.stage) == (organisation, level, year, stage)


@pytest.mark.parametrize(
    ("name", "year", "stage", "level"),
    [
        ("青山市水利局2024年部门预算公开.pdf", 2024, "预算", "部门"),
        ("2024年度青山市水利局单位决算.docx", 2024, "决算", "单位"),
        ("003_青山市水利局_2022年度部门决算.pdf", 2022, "决算", "部门"),
        ("预算_2023_青山市水利局_部门.pdf", 2023, "预算", "部门"),
    ],
)
def test_the_name_of_the_file_speaks_where_the_document_is_silent(name: str, year: int, stage: str, level: str) -> None:
    found = read([], name, ["一、主要职责", "负责全市水利工作，组织实施水资源规划和调度。"])
    assert (found.organisation, found.year, found.stage, found.level) == ("青山市水利局", year, stage, level)


def test_the_title_page_goes_before_the_name_of_the_file() -> None:
    found = read(["青山市水利局2024年部门预算"], "青山市民政局2023年部门决算.pdf")
    assert (found.organisation, found.year, found.stage) == ("青山市水利局", 2024, "预算")


def test_a_chapter_is_no_office() -> None:
    """Only a part of a document: its first page opens with a chapter, its tables name the office and the year."""
    sheet = table([["合计", "1.00"]], [["项目"], ["决算数"]], title="2022年度收入支出决算总表")
    named = Table(**{**sheet.__dict__, "organisation": "青山市水利局", "period": "2022年度"})
    found = read(["第二部分 2022年度单位决算表"], "扫描件.pdf", tables=(named,))
    assert (found.organisation, found.year, found.stage) == ("青山市水利局", 2022, "决算")


def test_year_and_stage_of_which_the_prose_speaks() -> None:
    prose = ["一、收入支出决算说明", "2023年度收入总计100万元，与2022年度相比增加。", "2023年度支出决算80万元。"]
    found = read(["目录", "第一部分 青山市统计局概况"], "a.txt", prose)
    assert (found.year, found.stage) == (2023, "决算")


def test_units_and_short_names_that_the_document_gives() -> None:
    prose = [
        "二、机构设置",
        "青山市水利局（以下简称“市水利局”）共有预算单位3个，具体包括：",
        "1.青山市水利局（本级）",
        "2.青山市水文站",
        "3.青山市防汛抗旱服务中心",
    ]
    found = read(["2024年度青山市水利局部门决算", "目录"], prose=prose)
    assert found.subordinates == ("青山市水文站", "青山市防汛抗旱服务中心")
    assert "市水利局" in found.aliases


@pytest.mark.parametrize(
    "prose",
    [
        ["1．本部门内设机构包括办公室、法规科。本部门下属单位包括：青山市水文站、青山市防汛抗旱服务中心。"],
        [
            "2．纳入汇总预算编制范围的预算单位共计3家，具体包括：青山市水利局（本级）、青山市水文站、青山市防汛抗旱服务中心。"
        ],
        [
            "内设机构9个：办公室、林政执法科。预算单位共3个，包括局机关本级和2个所属事业单位，分别是：青山市水文站、青山市防汛抗旱服务中心。"
        ],
        ["纳入2024年度部门决算编制范围的二级预算单位包括：1.青山市水文站；", "2.青山市防汛抗旱服务中心；3.其他。"],
    ],
)
def test_units_however_they_are_listed(prose: list[str]) -> None:
    found = read(["2024年度青山市水利局部门决算", "目录"], prose=prose)
    assert found.subordinates == ("青山市水文站", "青山市防汛抗旱服务中心")


@pytest.mark.parametrize(
    ("office", "region"),
    [
        ("上海市青山区商务委员会", "上海市青山区"),
        ("青山省青河市白水县教育局", "青山省青河市白水县"),
        ("中共青山市委组织部", "青山市"),
        ("政协青山市委员会办公室", "青山市"),
        ("国家税务总局青山市税务局", "青山市"),
        ("青山壮族自治区水利厅", "青山壮族自治区"),
        ("青山市公安局东湖区分局", "青山市"),
        ("双河拉祜族佤族自治县水务局", "双河拉祜族佤族自治县"),
        ("水利部", ""),
    ],
)
def test_regions(office: str, region: str) -> None:
    assert region_of(office) == region


@pytest.mark.parametrize(
    ("office", "known"),
    [
        ("青山市工业和信息化局", {"市工信局", "工信局", "青山市工信局"}),
        ("青山市人民政府办公室", {"市政府办公室", "市政府办", "政府办"}),
        ("中国共产党青山市委员会办公室", {"青山市委办公室", "市委办"}),
        ("青山区城关街道办事处", {"城关街道办事处", "城关街道"}),
        ("政协青山市委员会办公室", {"市政协办公室", "青山市政协办公室", "市政协办"}),
        ("共青团青山市委员会", {"团市委", "共青团青山市委"}),
        ("青山壮族自治区水利厅", {"青山水利厅"}),
        ("青山藏族自治州财政局", {"青山州财政局", "州财政局"}),
        ("双河拉祜族佤族自治县水务局", {"双河县水务局", "县水务局"}),
        ("青山市公安局东湖区分局", {"东湖区公安分局", "东湖公安分局"}),
        ("青山市生态环境局东湖分局", {"东湖生态环境分局"}),
        ("青山高新技术产业开发区管理委员会", {"青山高新技术产业开发区管委会"}),
    ],
)
def test_usual_short_names(office: str, known: set[str]) -> None:
    assert known <= set(abbreviations(office))


@pytest.mark.parametrize("office", ["政协青山市委员会办公室", "民盟青山市委员会", "共青团青山市委员会"])
def test_no_other_committee_takes_the_name_of_the_partys(office: str) -> None:
    assert not {"市委", "青山市委", "市委办", "市委办公室", "青山市委办公室"} & set(abbreviations(office))


_OFFICES = st.sampled_from(
    ["青山省水利厅", "青山县教育体育局", "青山市第一人民医院", "中共青山市委组织部", "青山区城关街道办事处"]
)


@given(_OFFICES, st.integers(2010, 2049), st.sampled_from(["部门", "单位"]), st.sampled_from(["预算", "决算"]))
def test_a_title_is_read_in_both_orders(office: str, year: int, level: str, stage: str) -> None:
    for text in (f"{year}年度{office}{level}{stage}", f"{office}{year}年{level}{stage}公开"):
        title = read_title([text])
        assert (title.office, title.year, title.level, title.stage) == (office, year, level, stage)


def test_a_title_stands_above_a_table_on_the_first_page() -> None:
    page = (
        "<h1>2021年度白云市图书馆部门决算</h1><table><caption>收入支出决算总表 公开01表 单位：万元</caption>{}</table>"
    )
    rows = "<tr><th>项目</th><th>决算数</th></tr><tr><td>本年收入合计</td><td>1.50</td></tr>"
    document = read_bytes(page.format(rows).encode(), "馆.html")
    assert read_profile(document, (), ()).organisation == "白云市图书馆"
