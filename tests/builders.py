"""Small documents written out in full: what the tests of stores, retrieval and answering start from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from index.model import (
    Cell,
    Chunk,
    Document,
    Fact,
    Finding,
    IngestReport,
    Line,
    Locator,
    Page,
    Paragraph,
    Profile,
    Reading,
    Section,
    Severity,
    State,
    Table,
)


def paragraph(text: str, *, section: int = 1, page: int = 1, width: int = 40, top: float = 100.0) -> Paragraph:
    """Prose broken into printed lines of `width` characters."""
    starts = tuple(range(0, max(len(text), 1), width))
    lines = tuple(
        Line(text[start : start + width], page, (90.0, top + 20 * i, 500.0, top + 20 * i + 12))
        for i, start in enumerate(starts)
    )
    return Paragraph(text, lines, starts, section)


def table(
    rows: Sequence[Sequence[str]],
    columns: Sequence[Sequence[str]],
    *,
    number: int = 1,
    title: str = "收入支出决算总表",
    code: str = "公开01表",
    unit: str = "万元",
    page: int = 5,
    kind: str = "F01",
) -> Table:
    """A table from its texts; cells stand on a grid of 60 x 20 points."""
    body = tuple(
        tuple(Cell(text, page, (60.0 * c, 20.0 * r, 60.0 * (c + 1), 20.0 * (r + 1))) for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    paths = tuple(tuple(path) for path in columns)
    return Table(number, title, code, unit, (page,), paths, body, kind=kind)


def cell_facts(source: Table, *, year: int = 2022, measure: str = "决算") -> tuple[Fact, ...]:
    """A fact for every figure of a table whose first column holds the labels."""
    facts = []
    for r, row in enumerate(source.rows):
        for c, cell in enumerate(row[1:], start=1):
            value = Decimal(cell.text.replace(",", "")) if cell.text else None
            facts.append(
                Fact(
                    key=f"t{source.number}r{r}c{c}",
                    source="table",
                    label=row[0].text,
                    printed=cell.text,
                    value=value,
                    unit=source.unit,
                    state=State.BLANK if value is None else State.VALUE if value else State.ZERO,
                    place=Locator(cell.page, cell.bbox),
                    quote=f"{row[0].text} | {source.columns[c][-1]} | {cell.text}",
                    table=source.number,
                    kind=source.kind,
                    title=source.title,
                    table_code=source.code,
                    column=source.columns[c],
                    row=r,
                    col=c,
                    year=year,
                    measure=measure,
                    canonical=None if value is None else value * 10000,
                )
            )
    return tuple(facts)


def profile(organisation: str = "青山市档案局", *, year: int = 2022, stage: str = "决算") -> Profile:
    return Profile(
        organisation, ("档案局",), year, stage, "部门", "青山市", title=f"{year}年度{organisation}部门{stage}"
    )


def reading(
    name: str = "青山市档案局_2022年度部门决算.pdf",
    *,
    content: str = "",
    about: Profile | None = None,
    prose: Sequence[str] = ("2022年度收入总计3,441.79万元，比上年增长22.01%，主要原因是新增馆藏整理项目。",),
    tables: Sequence[Table] | None = None,
) -> Reading:
    """A whole document; `content` stands for its bytes and decides its hash (the prose where empty)."""
    about = about or profile()
    if tables is None:
        columns = (("项目",), ("决算数", "合计"), ("决算数", "财政拨款"))
        tables = (table((("本年收入合计", "3,440.00", "3,000.00"), ("收入总计", "3,441.79", "")), columns),)
    paragraphs = tuple(paragraph(text, top=100.0 + 60 * i) for i, text in enumerate(prose))
    section = Section(1, 1, "一、收入支出决算情况说明", ("第二部分", "一、收入支出决算情况说明"), 1)
    chunks = tuple(
        Chunk(f"p{i}", f"{about.title} {section.title}\n{p.text}", p.text, 1, 1, p.places(0, len(p.text)))
        for i, p in enumerate(paragraphs)
    )
    digest = sha256((content or "".join(prose)).encode()).hexdigest()
    return Reading(
        Document(name, digest, "pdf", tuple(Page(n, 595.0, 842.0) for n in range(1, 6))),
        about,
        tuple(tables),
        (section,),
        paragraphs,
        tuple(fact for source in tables for fact in cell_facts(source)),
        chunks,
        (Finding("sum", Severity.WARNING, "合计与明细之和不符", (Locator(5, (0.0, 0.0, 60.0, 20.0)),), ("1.00万元",)),),
    )


def report(of: Reading, status: str = "added") -> IngestReport:
    return IngestReport(
        of.document.name,
        of.document.sha256,
        status,
        pages=len(of.document.pages),
        tables=len(of.tables),
        facts=len(of.facts),
        chunks=len(of.chunks),
        kinds=(("F01", len(of.tables)),),
        findings=of.findings,
        seconds=(("read", 0.1),),
    )
