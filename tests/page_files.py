"""Disclosures that the tests of the page upload: one office, any year, and what people should never be able to do."""

from __future__ import annotations

from tests.paper import Paper, lattice

OFFICE = "青山市档案局"
HOSTILE = "<img/src=x/onerror=alert(1)>**粗**$x$"  # as a cell of a table, so not too long for it


def archive_office(year: int, running: str = "101.35", total: str = "121.85", item: str = "一般行政管理事务") -> bytes:
    """A PDF with a cover and 公开03表: `running` is its 行政运行; parts and total agree where `total` is not given."""
    paper = Paper()
    paper.write(297, 200, f"{year}年度", 20, "centre")
    paper.write(297, 240, f"{OFFICE}部门决算", 20, "centre")
    paper.page()
    paper.write(297, 60, "支出决算表", 16, "centre")
    paper.write(500, 84, "公开03表", align="right")
    paper.write(60, 96, f"部门：{OFFICE}")
    paper.write(500, 96, "单位：万元", align="right")
    rows = (
        ("功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"),
        ("", "合计", total, running, "20.50"),
        ("2012601", "行政运行", running, running, "0.00"),
        ("2012602", item, "20.50", "0.00", "20.50"),
    )
    lattice(paper, rows, (60, 130, 390, 450, 500, 550), top=112)
    return paper.data()
