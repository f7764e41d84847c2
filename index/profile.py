"""Who published a document, for which year, at which stage: from its title page, its tables and its prose.

The document speaks for itself; its file name is asked only where it is silent, and adds one more name to be found by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.model import Document, Paragraph, Profile, Table
from index.offices import abbreviations, region_of
from index.tables.classify import stage_of
from index.title import office_of, read_title, title_of_file
from index.wording import squeeze, without_ordinal

_CHAPTER = re.compile(r"^第一部分(?P<office>.{3,40}?)(?:部门|单位)?(?:基本情况|概况)")
_PART = re.compile(r"^第[一二三四五六七八九十]+(?:部分|章)")
_CAPTION = re.compile(
    r"(?<!预算)(?<!编制)(?<!公开)(?<!主管)单位[:：]|(?:公开|预算|附)?\d{1,2}表|^(?:附|公开)?表[\d一二三四五六七八九十]"
)
_ABOVE_A_TABLE = 3  # lines of a title above the first table, where both are on one page
_PERIOD = re.compile(r"(20\d\d)年")
_LEVEL = re.compile(r"(部门|单位)(?:本级)?(?:综合|收支|收入|支出|财政|预算|决算|整体)")
_SPOKEN_OF = re.compile(r"(?P<year>20\d\d)年度?(?:.{0,12}?(?P<stage>决算|预算)|收支|收入|支出|财政拨款)")
_FILE_YEAR = re.compile(r"(20\d\d)")
_FILE_OFFICE = re.compile(r"[\u4e00-\u9fff()（）]{3,30}")
_UNIT_TAIL = r"(?:局|委员会|委|办公室|办|中心|处|院|馆|站|队|所|研究室|联络处|办事处|学校|小学|中学|幼儿园|大学|医院|街道|会|社|校)"
_LISTED = re.compile(
    rf"(?:^|[；;：:。、]|\d[.、．])\s*(?:\d{{1,2}}[.、．])?\s*(?P<unit>[\u4e00-\u9fff]{{2,30}}?{_UNIT_TAIL})"
    r"(?P<own>[(（]?(?:本级|本部|机关)[)）]?)?(?=[；;。，,、：:（(]|$|规格|为|是|隶属|内设)"
)
_LIST_HEADS = re.compile(
    r"二级(?:预算)?单位|单位构成|(?:单位|具体)包括|纳入.{0,24}编制范围|下属|所属(?:预算)?单位|机构设置|预算单位"
)
_DEPARTMENTS = re.compile(rf"^[\u4e00-\u9fff]{{2,30}}{_UNIT_TAIL}$")
_ROOMS = re.compile(r"^.{0,8}(?:科|股|综合处)$|内设|职能|^本部门|^我部门|^部门|^单位")
_SHORTEST_UNIT = 3
_SHORT_FOR = re.compile(r"(?:以下)?简称[:：]?[“\"‘]?(?P<name>[\u4e00-\u9fff]{2,12})")


def read_profile(document: Document, tables: Sequence[Table], paragraphs: Sequence[Paragraph]) -> Profile:
    """The profile of a document; parts that nothing tells are "" or None."""
    printed, filed = read_title(_title_page(document)), title_of_file(squeeze(document.stem))
    organisation = (
        printed.office or _from_tables(tables) or _from_chapter(document) or filed.office or _from_file(document.stem)
    )
    told = _told(paragraphs)
    period = Counter(int(m) for t in tables for m in _PERIOD.findall(f"{t.period}{t.title}"))
    year = printed.year or (period.most_common(1)[0][0] if period else None) or filed.year
    year = year or told[0] or _file_year(document.stem)
    stages = Counter(stage_of(squeeze(t.title)) for t in tables if stage_of(squeeze(t.title)))
    stage = printed.stage or _most(stages) or filed.stage or stage_of(squeeze(document.stem)) or told[1]
    levels = Counter(m.group(1) for t in tables for m in _LEVEL.finditer(squeeze(t.title)))
    notes = [squeeze(note) for t in tables for note in t.notes]
    noted = Counter(m.group(1) for note in notes for m in re.finditer(r"本表反映(部门|单位)", note))
    level = printed.level or _most(noted) or _most(levels) or filed.level or _file_level(document.stem)
    units = _units(paragraphs, tables)
    aliases = _aliases(organisation, document, tables, paragraphs)
    names = {squeeze(organisation), *aliases}
    itself = tuple(unit for unit in units if unit in names or re.sub(r"^(?:中共|中国共产党)", "", unit) in names)
    aliases = tuple(dict.fromkeys((*aliases, *(unit for unit in itself if unit != organisation))))
    subordinates = tuple(unit for unit in units if unit not in itself)
    title = printed.text
    if squeeze(organisation) not in title and organisation:
        title = f"{year or ''}{'年度' if year else ''}{organisation}{level}{stage}"
    return Profile(organisation, aliases, year, stage, level, region_of(organisation), subordinates, title)


def _most(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0] if counted else ""


def _title_page(document: Document) -> list[str]:
    """Lines before the contents or the first chapter, on the first pages."""
    lines: list[str] = []
    for page in document.pages[:3]:
        for line in page.lines[: _ABOVE_A_TABLE if page.grids else None]:
            plain = squeeze(line.text)
            if plain in {"目录", "目次"} or _PART.match(plain) or _CAPTION.search(plain):
                return lines
            lines.append(plain)
            if len(lines) > 14 or len(plain) > 60:
                return lines[:-1] if len(plain) > 60 else lines
        if page.grids:
            return lines
    return lines


def _from_tables(tables: Iterable[Table]) -> str:
    """The fullest of the names printed above the tables that most of them agree on."""
    counted = Counter(squeeze(table.organisation) for table in tables if table.organisation)
    usual = [name for name, count in counted.items() if count * 4 >= max(counted.values())]
    return max(usual, key=len, default="")


def _from_chapter(document: Document) -> str:
    for page in document.pages[:8]:
        text = squeeze("".join(line.text for line in page.lines[:4]))
        if match := _CHAPTER.match(text):
            return office_of(match.group("office"))
    return ""


def _from_file(stem: str) -> str:
    parts = [part for part in re.split(r"[_\-\s]+", stem) if _FILE_OFFICE.fullmatch(part)]
    return max((p for p in parts if not re.search(r"预算|决算|^部门$|^单位$", p)), key=len, default="")


def _told(paragraphs: Sequence[Paragraph]) -> tuple[int | None, str]:
    """Year and stage of which the prose speaks most; of two years the later, for each is compared with the one before."""
    found = [m for p in paragraphs for m in _SPOKEN_OF.finditer(squeeze(p.text))]
    years, stages = Counter(int(m.group("year")) for m in found), Counter(m.group("stage") for m in found)
    year = max(years, key=lambda y: (years[y], y), default=None)
    return year, _most(Counter({stage: n for stage, n in stages.items() if stage}))


def _file_level(stem: str) -> str:
    return next((part for part in re.split(r"[_\-\s]+", stem) if part in {"部门", "单位"}), "")


def _file_year(stem: str) -> int | None:
    match = _FILE_YEAR.search(stem)
    return int(match.group(1)) if match else None


def _aliases(
    organisation: str, document: Document, tables: Sequence[Table], paragraphs: Sequence[Paragraph]
) -> tuple[str, ...]:
    """Names the document itself uses for its office, then the usual short forms; the name of the file last."""
    printed = [squeeze(table.organisation) for table in tables if table.organisation]
    quoted = [m.group("name") for p in paragraphs[:40] for m in _SHORT_FOR.finditer(p.text)]
    chapter = _from_chapter(document)
    names = [*printed, chapter, *quoted, *abbreviations(organisation)]
    filed = _from_file(document.stem)
    if filed:
        names += [filed, *abbreviations(filed)]
    return tuple(dict.fromkeys(name for name in names if len(name) > 1 and name != organisation))


def _units(paragraphs: Sequence[Paragraph], tables: Sequence[Table]) -> tuple[str, ...]:
    """Units that the document lists as its own, in prose lists and down columns of units."""
    found: dict[str, None] = {}
    listing = False
    for paragraph in paragraphs:
        text = squeeze(paragraph.text)
        item = bool(re.match(r"^\d{1,2}[.、]", text))
        lists = [_behind_head(sentence) for sentence in text.split("。") if _LIST_HEADS.search(sentence)]
        matches = [match for words in lists for match in _LISTED.finditer(words)]
        if listing and item and not matches:
            matches = [match for piece in re.split("[；;]", text) if (match := _LISTED.match(piece))]
        for match in matches:
            unit = match.group("unit")
            if not _ROOMS.search(unit) and len(unit) > _SHORTEST_UNIT:
                found[unit] = None
        listing = (bool(lists) and not item) or (listing and item)
    for table in tables:
        for index, path in enumerate(table.columns):
            if path and re.search(r"单位名称|项目单位|预算单位$", squeeze(path[-1])):
                names = (squeeze(row[index].text) for row in table.rows)
                found.update(dict.fromkeys(name for name in names if _DEPARTMENTS.match(name)))
    return tuple(found)


def _behind_head(text: str) -> str:
    """The list behind a head such as 预算单位构成：; an ordinal before an item is no part of its name."""
    tail = re.split(r"(?:包括|构成|如下|单位|分别[是为])[:：]", text, maxsplit=1)
    return without_ordinal(tail[-1]) if len(tail) > 1 else ""
