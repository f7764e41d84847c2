"""The audit of a store: report, JSON, text, page and workbook, and the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from index.checks import Case, Result, check, findings
from index.errors import NotIndexed
from index.model import Document, IngestReport, Page, Reading, Severity
from index.stores import Index
from qa.audit import AuditReport, audit_documents, report_json
from qa.audit.cited import CheckedDocument, audit_cited
from qa.audit.html import render
from qa.audit.lines import report_lines
from qa.audit.pictures import Picture
from qa.audit.sheet import save_report
from qa.model import Citation
from qa.serve.cli import app
from tests.disclosed import disclosed, sheet

NAME = "2022年度青山市档案局部门决算.pdf"
EVIL = "<script>alert(1)</script>"


def reading(case: Case, name: str, sha256: str) -> Reading:
    document = Document(name, sha256, "pdf", (Page(1, 595.0, 842.0),))
    found = findings(check(case))
    return Reading(document, case.profile, case.tables, case.sections, case.paragraphs, case.facts, (), found)


def contradicting(total: str = "12.00") -> Case:
    columns = ["收入>项目", "收入>决算数", "支出>项目", "支出>决算数"]
    rows = [
        ["本年收入合计", "10.00", "本年支出合计", "9.00"],
        ["年初结转和结余", "0.00", "年末结转和结余", "1.00"],
        ["收入总计", "10.00", "支出总计", "10.00"],
    ]
    incomes = [["合计", "", total, total], ["205", f"教育支出{EVIL}", total, total]]
    return disclosed(
        sheet("F01", columns, rows), sheet("F02", ["科目编码", "科目名称", "本年收入合计", "财政拨款收入"], incomes)
    )


def cited(case: Case, label: str, column: str) -> Citation:
    """The citation of a cell, as an answer would have it."""
    fact = next(f for f in case.facts if f.label == label and column in f.column)
    return Citation(1, NAME, "", "cell", fact.place.page, fact.place.bbox)


def test_a_cited_cell_brings_the_identities_of_its_table() -> None:
    case = contradicting()
    document = CheckedDocument(NAME, case, check(case))
    (held,) = audit_cited(document, [cited(case, "收入总计", "决算数")])
    assert (held.fails, held.table) == (1, "F01表 F01表")
    assert {identity.result for identity in held.of_cell} == {Result.HOLDS}
    assert any("收入总计=支出总计" in i.text and "10.00万元" in i.text for i in held.of_cell)
    assert "12.00万元" in held.failed[0].text  # another cell of the table: 本年收入合计 is not that of F02
    (failed,) = audit_cited(document, [cited(case, "本年收入合计", "决算数")])
    assert failed.of_cell[0].result is Result.FAILS and not failed.failed
    assert not audit_cited(document, [replace(cited(case, "收入总计", "决算数"), document="other.pdf")])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    with Index.open(tmp_path / "store") as index:
        index.replace(reading(contradicting(), NAME, "a" * 64), None, IngestReport(NAME, "a" * 64, "added"))
        before = replace(contradicting("10.00"))
        earlier = replace(before, profile=replace(before.profile, year=2021))
        old = NAME.replace("2022", "2021")
        index.replace(reading(earlier, old, "b" * 64), None, IngestReport(old, "b" * 64, "added"))
    yield tmp_path / "store"


@pytest.fixture
def report(store: Path) -> AuditReport:
    with Index.open(store) as index:
        return audit_documents(index, [NAME])


def test_a_contradiction_with_both_figures_and_their_places(report: AuditReport) -> None:
    (audited,) = report.documents
    first = audited.findings[0]
    assert (first.rule, first.severity) == ("X-1", Severity.ERROR)
    assert [figure.text for figure in first.figures] == ["10.00万元", "12.00万元"]
    assert all(figure.page and figure.bbox and figure.document == NAME for figure in first.figures)


def test_rules_are_counted_and_say_where_they_do_not_apply(report: AuditReport) -> None:
    counts = {count.rule: count for count in report.documents[0].counts}
    assert counts["X-1"].fails == 1
    assert counts["H-BAL"].holds == 1
    assert counts["X-7"].not_applicable
    assert not counts["X-7"].fails


def test_the_year_before_is_looked_up_in_the_store(report: AuditReport) -> None:
    (across,) = report.across
    assert (across.rule, across.severity) == ("Y-1", Severity.WARNING)
    assert [figure.document for figure in across.figures] == [NAME, NAME.replace("2022", "2021")]


def test_a_document_that_is_not_there(store: Path) -> None:
    with Index.open(store) as index, pytest.raises(NotIndexed):
        audit_documents(index, ["没有.pdf"])


def test_json_holds_what_the_report_holds(report: AuditReport) -> None:
    told = json.loads(json.dumps(report_json(report), ensure_ascii=False))
    assert told["documents"][0]["findings"][0]["figures"][1]["value"] == "12.00"
    assert told["tally"]["error"] == report.tally()[Severity.ERROR]
    assert {"rule", "title", "severity", "message", "document", "figures", "origin"} == set(told["across"][0])


def test_the_page_boxes_both_figures_and_escapes_documents(report: AuditReport) -> None:
    pages = {
        (f.document, f.page): Picture("data:image/png;base64,AA==", 595.0, 842.0)
        for x in report.findings()
        for f in x.figures
    }
    html = render(report, pages)
    assert EVIL not in html
    assert html.count("data:image/png;base64,AA==") == len(pages)
    assert "①" in html
    assert "②" in html


def test_the_workbook_holds_findings_and_counts(report: AuditReport, tmp_path: Path) -> None:
    save_report(report, tmp_path / "out.xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    rows = list(book["问题"].iter_rows(values_only=True))
    assert rows[1][2] == "X-1"
    assert rows[1][6] == 10.0
    assert len(list(book["规则"].iter_rows())) > len(report.documents[0].counts)


def test_lines_leave_rounding_out_unless_asked(report: AuditReport) -> None:
    text = "\n".join(report_lines(report))
    assert "[错误] X-1" in text
    assert "第5页 F01表" in text


def test_the_command(store: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        app,
        ["audit", "2022年度青山市档案局部门决算", "--json", "--html", str(tmp_path / "a.html"), "--store", str(store)],
    )
    assert run.exit_code == 0, run.output
    assert json.loads(run.output)["documents"][0]["document"] == NAME
    assert "勾稽自查报告" in (tmp_path / "a.html").read_text(encoding="utf-8")
