"""The sayings of a document: clauses of its prose, worded cells of its forms, notes of its tables.

A statement is quoted exactly and carries what it stands under (section titles, the head of its paragraph, the row and
column of a form): 主要原因是人员调出 says nothing without the item that its paragraph begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.model import Locator, Paragraph, Section, Table
from index.wording import squeeze
from qa.words import FORM_ATTRIBUTE

_CLAUSE = re.compile(r"[^。；;！？]*[。；;！？]+[”）)]?|[^。；;！？]+$")
ACCOUNT = re.compile(r"[（(][类款项][)）]")  # a paragraph that names an account is about that, whatever announced it
_HAN = re.compile(r"[一-鿿]")
# The heads of the columns and blocks of forms: they say nothing themselves.
_FORM_HEAD = re.compile(
    r"(?:偏差|未完成|扣分|差异)原因.{0,14}|存在(?:的)?(?:主要)?问题.{0,10}|(?:年度|项目|预期|实际|总体).{0,6}(?:目标|完成情况|指标值)|"
    r".{0,8}(?:绩效)?(?:目标|指标)(?:值)?(?:说明|情况)?|资金(?:管理)?情况|预算绩效管理情况"
)
_NOTED = re.compile(r"\([^()]*\)")
_SHORTEST_CELL = 8  # Chinese characters that make a cell of a form a statement
_SHORTEST_PLAIN = 16  # the same in a table of figures, where labels are short sentences too
_SHORT_LABEL = 16
_BEGINNING = 40  # characters of a paragraph that name whom it is about
_HEAD = 200  # characters of a paragraph before a clause that may say what it is about


@dataclass(frozen=True, slots=True)
class Spelled:
    """The texts of a statement as they are matched: one spelling, 收、支总计 as 收支总计."""

    own: str
    lead: str
    titles: str


@dataclass(frozen=True)
class Statement:
    """`text` stands word for word in the document; `lead` before it in its paragraph; `titles` above it, outermost first."""

    document: str
    text: str
    titles: tuple[str, ...]
    lead: str
    section: int
    places: tuple[Locator, ...]
    paragraph: int = -1  # place in the document's paragraphs; -1 for a table
    start: int = 0
    end: int = 0
    table: int = 0
    head: str = ""  # how its paragraph begins
    named: str = ""  # the name beside it in a form: 完工时间

    @cached_property
    def spelled(self) -> Spelled:
        return Spelled(_even(self.text), _even(self.lead), _even("\n".join(self.titles)))


def prose_statements(
    document: str, paragraphs: Sequence[Paragraph], sections: Sequence[Section]
) -> Iterator[Statement]:
    """Every clause of the prose, in reading order."""
    paths = {section.number: section.path for section in sections}
    opening, opened_in = "", -1
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if opened_in != paragraph.section:
            opening, opened_in = "", paragraph.section
        for match in _CLAUSE.finditer(text):
            start, end = trimmed(text, *match.span())
            if end > start:
                lead = (("" if ACCOUNT.search(text[:_BEGINNING]) else opening) + text[:start])[-_HEAD:]
                yield Statement(
                    document, text[start:end], paths.get(paragraph.section, ()), lead, paragraph.section,
                    paragraph.places(start, end), number, start, end, head=text[:_BEGINNING],
                )  # fmt: skip
        if text.rstrip().endswith(("：", ":")):
            opening = text.strip().rpartition("。")[2]


def table_statements(document: str, tables: Sequence[Table]) -> Iterator[Statement]:
    """Worded cells with the labels of their row and column, and notes clause by clause."""
    for table in tables:
        title = f"{table.code}{table.title}".strip()
        about = subject_of_form(table)
        least = _SHORTEST_CELL if table.form else _SHORTEST_PLAIN
        seen: set[str] = set()
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row):
                text = cell.text.strip()
                named = _attribute(table, r, c)
                if not named and (text in seen or not _says_something(text, about, least)):
                    continue
                seen.add(text)
                labels = (named,) if named else tuple(_labels(table, r, c))
                titles = tuple(t for t in dict.fromkeys((title, about, *labels)) if t)
                place = (Locator(cell.page, cell.bbox),)
                yield Statement(document, text, titles, "", 0, place, table=table.number, named=named)
        for note in table.notes:
            place = (Locator(table.pages[-1] if table.pages else 1),)
            for match in _CLAUSE.finditer(note):
                start, end = trimmed(note, *match.span())
                if end > start:
                    yield Statement(document, note[start:end], (title, "注释"), note[:start], 0, place, table=table.number)  # fmt: skip


def _says_something(text: str, about: str, least: int) -> bool:
    """Whether a cell is a wording of its own: long enough, no heading of the form, not the name of its project."""
    plain = squeeze(text)
    return len(_HAN.findall(text)) >= least and plain != about and not _FORM_HEAD.fullmatch(plain)


def _attribute(table: Table, r: int, c: int) -> str:
    """The name of an attribute on the left of a worded cell of a form (实施单位 | 市林业站), else ""."""
    text, row = table.texts[r][c].strip(), table.texts[r]
    left = next((squeeze(row[i]) for i in range(c - 1, -1, -1) if row[i].strip()), "") if table.form and text else ""
    return (
        _bare(left)
        if FORM_ATTRIBUTE.fullmatch(_bare(left)) and not FORM_ATTRIBUTE.fullmatch(_bare(squeeze(text)))
        else ""
    )


def _bare(name: str) -> str:
    return _NOTED.sub("", name).rstrip(":")


def subject_of_form(table: Table) -> str:
    """The project or policy that a form is about: what stands beside 项目名称 near its top."""
    for row in table.texts[:5] if table.form else ():
        texts = [squeeze(text) for text in row if text.strip()]
        for name, value in pairwise(texts):
            if name.rstrip(":").endswith("名称"):
                return value
    return ""


def _labels(table: Table, r: int, c: int) -> Iterator[str]:
    """Short wordings to the left in the row (or merged from above) and over the cell."""
    for left in range(c):
        above = next((table.texts[i][left] for i in range(r, -1, -1) if table.texts[i][left].strip()), "")
        if above and len(above) <= _SHORT_LABEL * 2:
            yield squeeze(above)
    yield from (squeeze(part) for part in table.columns[c] if part)
    over = next((t for i in range(r - 1, -1, -1) if (t := table.texts[i][c].strip()) and len(t) <= _SHORT_LABEL), "")
    if over:
        yield squeeze(over)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _even(text: str) -> str:
    return squeeze(text).replace("收、支", "收支")
