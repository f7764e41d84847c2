"""A sentence that announces a list (具体如下：) brings the table below it, and no other."""

from __future__ import annotations

from pathlib import Path

from index.ingest import ingest_file
from index.stores import Index
from index.vocabulary import load_vocabulary
from qa.finder import Finder
from qa.model import Question
from qa.pipeline import Tools, ask
from tests.paper import Paper, lattice

UNITS = (
    ("序号", "单位名称", "单位性质"),
    ("1", "青山市水利局本级", "行政单位"),
    ("2", "青山市水文监测站", "公益一类"),
)
SENTENCE = "从决算单位构成看，青山市水利局部门决算包括局本级决算和所属单位决算，共2个，具体如下："


def answer(folder: Path, *, pages_between: int) -> str:
    paper = Paper()
    paper.write(297, 60, "青山市水利局2022年度部门决算", 20, "centre")
    paper.page()
    paper.write(60, 70, "一、主要职责", 12)
    paper.write(60, 90, "负责全市水资源统一管理。组织编制防御洪水方案。指导农村水利工作。", 10)
    paper.write(60, 120, "二、部门决算单位构成", 12)
    paper.write(60, 150, SENTENCE, 10)
    for _ in range(pages_between):
        paper.page()
        paper.write(60, 80, "三、其他说明事项。", 10)
    lattice(paper, UNITS, (60, 110, 320, 480), top=120 if pages_between else 190)
    path = folder / "青山市水利局2022年度部门决算.pdf"
    path.write_bytes(paper.data())
    index = Index.open(folder / "store")
    assert ingest_file(path, index, None).status == "added"
    return ask(Question("青山市水利局部门决算由哪些单位组成"), Tools(Finder(index, load_vocabulary()))).text


def test_the_table_below_is_quoted_row_by_row(tmp_path: Path) -> None:
    text = answer(tmp_path, pages_between=0)
    assert "> 青山市水利局本级[" in text and "> 青山市水文监测站[" in text, text
    assert "公益一类" not in text


def test_a_table_pages_away_is_none_of_it(tmp_path: Path) -> None:
    assert "> 青山市水文监测站[" not in answer(tmp_path, pages_between=2)
