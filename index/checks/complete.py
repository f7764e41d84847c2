"""What a disclosure has to hold: its tables, units and reasons, items down to 项; and what a template must not leave behind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from index.checks.compare import amount, is_money
from index.checks.model import Case, Outcome, Result, shown
from index.model import Locator, Paragraph, Table
from index.tables.classify import classify
from index.vocabulary import load_vocabulary
from index.wording import canonical, squeeze

_EXPECTED = {
    "决算": ("F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09"),
    "预算": ("B01", "B02", "B03", "B04", "B05", "B06", "B09", "B10", "B11"),
}
_RECOGNISED = 4  # tables of the stage without which the document is of another kind
_DETAILED = frozenset({"F03", "F05", "B03", "B05"})
_NUMBER = re.compile(r"^(.*?)(\d{1,2})表$")
_LISTED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\(?\d{1,2}\)?[、.]|(?:附?表|预算|公开)\d{1,2}表?)?(?P<title>[^，。；]{3,34}表)(?:[.…·\s]*\d*)?$"
)
_LEFTOVERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern))
    for what, pattern in (
        ("重复的“主要原因”", r"主要原因是?[:：]?(?:主要)?原因(?:是|[:：])"),
        ("零额的增减", r"(?:增加|减少|增长|下降)0(?:\.0+)?(?:万元|元)[,，;；]?(?:较上年|同比)?(?:增长|下降|增加|减少)0(?:\.0+)?%"),
        ("增减并列未选", r"(?:增加|增长)[/／(（](?:减少|下降)"),
        ("占位符", r"[×xX]{2,}(?![A-Za-z])|(?<![A-Za-z])[×]\d{0,2}(?:年|万元|%)|20[Xx×]{2}|[_＿]{3,}"),
        ("叠字", r"(?:是是|为为|的的|万元万元|年年度)"),
        ("空白的数", r"(?:预算|决算|支出|收入|增加|减少)(?:为|数为)?(?:万元|%)"),
        ("括注的填写说明", r"[(（](?:请|此处|根据实际|按实际|填写|选填|如有|注[:：]请)[^)）]*[)）]"),
    )
)  # fmt: skip
_REASON = re.compile(r"原因|由于|因为|主要是|系因|受.{2,20}影响")
_UNIT_LIKE = re.compile(r"^-?[\d,]+\.\d{2}$")

_LONGEST_LIST = 12  # paragraphs


def tables_present(case: Case) -> Iterator[Outcome]:
    """C-1: the tables of the stage, those that the list of contents names, and no number left out of a row of codes."""
    present = {table.kind for table in case.tables}
    expected = _EXPECTED.get(case.profile.stage, ())
    if len(present & set(expected)) < _RECOGNISED:
        yield Outcome("C-1", Result.NOT_APPLICABLE)
        return
    names = load_vocabulary().kinds
    told: set[str] = set()
    for kind in expected:
        missing = kind not in present
        told.add(kind)
        message = f"没有找到“{names[kind].name}”。" if missing else ""
        yield Outcome("C-1", Result.FAILS if missing else Result.HOLDS, (), message)
    yield from _listed_tables(case, present, told)
    yield from _numbers(case)


def _listed_tables(case: Case, present: set[str], told: set[str]) -> Iterator[Outcome]:
    """Titles in the list of contents for which no table stands."""
    titles = {canonical(table.title) for table in case.tables}
    for paragraph in case.paragraphs:
        found = _LISTED.match(squeeze(paragraph.text))
        if not found or paragraph.lines[0].page > 4:
            continue
        title = found.group("title")
        kind = classify(Table(0, title, "", "", (), (), ()), case.profile.stage)
        if not kind or kind in present or kind in told or canonical(title) in titles:
            continue
        told.add(kind)
        yield Outcome(
            "C-1", Result.FAILS, (), f"目录列有“{title}”，正文中没有。", places=paragraph.places(0, 1), quote=title
        )


def _numbers(case: Case) -> Iterator[Outcome]:
    numbered: dict[str, set[int]] = defaultdict(set)
    for table in case.tables:
        if match := _NUMBER.match(table.code):
            numbered[match.group(1)].add(int(match.group(2)))
    for prefix, numbers in numbered.items():
        missing = sorted(set(range(1, max(numbers) + 1)) - numbers)
        if missing and len(numbers) > len(missing):
            shown = "、".join(f"{prefix}{number:02d}表" for number in missing)
            yield Outcome("C-1", Result.FAILS, (), f"表号不连续，缺少{shown}。")


def empty_tables_say_so(case: Case) -> Iterator[Outcome]:
    """C-2: a table without any figure carries a note."""
    for table in case.tables:
        if table.form or not table.kind or table.kind[0] not in "FB":
            continue
        facts = case.of_table.get(table.number, ())
        if not table.empty and any(fact.value is not None for fact in facts):
            continue
        noted = bool(table.notes) or table.empty
        message = "" if noted else f"“{table.title}”没有数字，也没有注明为空表。"
        yield Outcome("C-2", Result.HOLDS if noted else Result.FAILS, (), message, places=_top(table))


def units_stated(case: Case) -> Iterator[Outcome]:
    """C-3: a table of money states its unit."""
    for table in case.tables:
        if table.form or not table.kind or table.kind[0] not in "FB":
            continue
        figures = [fact for fact in case.of_table.get(table.number, ()) if _UNIT_LIKE.match(fact.printed)]
        if figures:
            stated = bool(table.unit) or any(fact.unit for fact in figures)
            message = "" if stated else f"“{table.title}”没有注明计量单位。"
            yield Outcome("C-3", Result.HOLDS if stated else Result.FAILS, (), message, places=_top(table))


def detailed_to_items(case: Case) -> Iterator[Outcome]:
    """C-5: each 类 and 款 of an expenditure table has 项 below it."""
    for table in case.tables:
        facts = case.of_table.get(table.number, ())
        codes = {fact.code: fact for fact in facts if fact.code.startswith("2")}
        if table.kind not in _DETAILED or not codes:
            continue
        for code, fact in codes.items():
            if len(code) < 7 and any(amount(f) for f in facts if f.code == code):
                detailed = any(other.startswith(code) and len(other) == 7 for other in codes)
                message = "" if detailed else f"{table.code or table.title}“{fact.label}”（{code}）没有细化到项。"
                yield Outcome("C-5", Result.HOLDS if detailed else Result.FAILS, (fact,), message)


def reasons_given(case: Case) -> Iterator[Outcome]:
    """C-9: where an item's outturn is not its budget, and where totals moved, the prose says why."""
    for key, facts in case.of_paragraph.items():
        told = any(fact.reason for fact in facts) or bool(_REASON.search(_text_from(case, key)))
        planned = next((f for f in facts if f.code and f.measure == "年初预算"), None)
        done = next((f for f in facts if f.code and f.measure == "决算"), None)
        if planned is not None and done is not None and planned.value != done.value:
            message = f"{case.name(done)}与年初预算{shown(planned)}不同，没有说明原因。"
            yield Outcome("C-9", Result.HOLDS if told else Result.FAILS, (done, planned), "" if told else message)
        moved = next((f for f in facts if f.measure == "增减额" and f.value and is_money(f) and not f.entity), None)
        if moved is not None:
            message = "" if told else f"{case.name(moved)}没有说明原因。"
            yield Outcome("C-9", Result.HOLDS if told else Result.FAILS, (moved,), message)


def _text_from(case: Case, key: str) -> str:
    """A paragraph and the one after it, which may give the reason on a line of its own; a list that it opens, to its end."""
    start = max(int(key[1:]) - 1, 0) if key[1:].isdigit() else 0
    texts = [paragraph.text for paragraph in case.paragraphs[start : start + _LONGEST_LIST]]
    opens = bool(texts) and squeeze(texts[0]).endswith(("其中:", "如下:"))
    return "".join(texts if opens else texts[:2])


def years_agree(case: Case) -> Iterator[Outcome]:
    """C-16: the year in a table's title or period is that of the document."""
    year = case.profile.year
    if year is None:
        yield Outcome("C-16", Result.NOT_APPLICABLE)
        return
    for table in case.tables:
        years = {int(found) for text in (table.title, table.period) for found in re.findall(r"(20\d\d)年", text)}
        if table.kind[:1] in {"F", "B"} and years:
            message = "" if year in years else f"“{table.title}”的年度{max(years)}与文件年度{year}不一致。"
            yield Outcome("C-16", Result.HOLDS if year in years else Result.FAILS, (), message, places=_top(table))


def no_leftovers(case: Case) -> Iterator[Outcome]:
    """C-17: what a template left in the prose."""
    for paragraph in case.paragraphs:
        for what, pattern in _LEFTOVERS:
            for place, quote in _matches(paragraph, pattern):
                yield Outcome(
                    "C-17", Result.FAILS, (), f"疑为模板残留（{what}）：“{quote}”。", places=place, quote=quote
                )


def _matches(paragraph: Paragraph, pattern: re.Pattern[str]) -> Iterator[tuple[tuple[Locator, ...], str]]:
    at = [i for i, character in enumerate(paragraph.text) if not character.isspace()]
    text = "".join(paragraph.text[i] for i in at)
    for found in pattern.finditer(text):
        yield paragraph.places(at[found.start()], at[found.end() - 1] + 1), found.group()


def _top(table: Table) -> tuple[Locator, ...]:
    cell = next((cell for row in (*table.header, *table.rows) for cell in row if cell.bbox), None)
    return (Locator(cell.page, cell.bbox),) if cell else tuple(Locator(page) for page in table.pages[:1])
