"""What is printed around a table: title, code, unit, organisation, period above it; notes below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.amounts import unit_of
from index.model import Line
from index.wording import close, squeeze

_OF = r"(?:公开|预算|决算|财决|财预|部门|单位|附)"
_NUMBER = r"[\d一二三四五六七八九十]{1,3}(?:[-—]\d{1,2})?"
_CODE = re.compile(
    rf"^(?:{_OF}*表?\s*[A-Z]{{0,3}}\d{{1,3}}(?:[-—]\d{{1,2}})?\s*号?表|{_OF}+[件表]\s*{_NUMBER}|表{_NUMBER}|"
    r"[A-Z]{1,3}\d{2,3}(?:[-—]\d{1,2})?)[:：]?$"
)
_CODE_BEFORE = re.compile(
    r"^((?:公开|预算|决算|财决)\d{1,3}表|附?表[\d一二三四五六七八九十]{1,3}(?:[-—]\d{1,2})?)[、:：.]?(?=[^\d].*表)"
)
_UNIT = re.compile(r"[(（]?(?:金额|计量|货币)?单位\s*[:：]\s*(人民币)?\s*([百千万亿]{0,2}元)")
_BARE_UNIT = re.compile(r"^[(（]([百千万亿]{0,2}元)[)）]$")
_OFFICE = re.compile(
    r"^(?:(?:编制|编报|填报|公开|预算|主管)?(?:部门|单位|机构)(?:名称)?|部门\(单位\)名称|项目单位)\s*[:：]\s*(.+)$"
)
_PERIOD = re.compile(r"^[(（]?((?:19|20)\d{2}\s*年度?)[)）]?$")
_DATE = re.compile(r"^(?:编制|填报|公开|报送)?(?:日期|时间)\s*[:：]")
_NOTE = re.compile(r"^(?:附?注|备注|说明)\s*\d?\s*[:：.、]|^※|^\d[.、]本表")
_TITLE_END = re.compile(r"(?:表|情况|明细|经费|清单|汇总|一览)(?:\([^()]{1,30}\))?(?:\(续\))?$")
_SENTENCE = re.compile(r"[。；;]|，.*，")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、])"
)
MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Caption:
    """The words above a table; "" where a thing is not printed."""

    title: str = ""
    code: str = ""
    unit: str = ""
    organisation: str = ""
    period: str = ""

    @property
    def named(self) -> bool:
        return bool(self.title or self.code)


def read_caption(lines: Sequence[Line]) -> Caption:
    """Read the lines above a table from the table upwards, as far as they can belong to it.

    Above the title only lines follow that state a unit, an office, a period or a code, and nothing else.
    """
    parts = _Parts()
    for distance, line in enumerate(reversed(lines[-8:])):
        if _SENTENCE.search(line.text) or (_NOTE.match(squeeze(line.text)) and distance):
            break
        left = [piece for piece in _pieces(line.text) if not parts.take(squeeze(piece))]
        if parts.titled and left:
            break
        parts.titles += [(distance, close(piece)) for piece in left if len(squeeze(piece)) <= MAX_TITLE]
        parts.titled = _is_title(parts.titles)
    title, code = _join_title(parts.titles), parts.code
    if found := _CODE_BEFORE.match(squeeze(title)):
        code = code or found.group(1)
        title = title[len(found.group(0)) :] if title.startswith(found.group(0)) else title
    return Caption(title, code, parts.unit, parts.organisation, parts.period)


@dataclass
class _Parts:
    """What has been read of a caption so far; the first found (the nearest to the table) of each kind counts."""

    code: str = ""
    unit: str = ""
    organisation: str = ""
    period: str = ""
    titles: list[tuple[int, str]] = field(default_factory=list)
    titled: bool = False

    def take(self, plain: str) -> bool:
        """Take in a piece that states something; False for what can only be (part of) a title."""
        if found := _UNIT.search(plain):
            self.unit = self.unit or unit_of(found.group(2))
            plain = plain[: found.start()] + plain[found.end() :]
        if not plain or _DATE.match(plain):
            return True
        if found := _BARE_UNIT.match(plain):
            self.unit = self.unit or unit_of(found.group(1))
        elif _CODE.match(plain):
            self.code = self.code or plain.rstrip(":：")
        elif found := _OFFICE.match(plain):
            self.organisation = self.organisation or found.group(1)
        elif found := _PERIOD.match(plain):
            self.period = self.period or found.group(1)
        else:
            return False
        return True


def _pieces(text: str) -> list[str]:
    """A line split where wide gaps part what it says: 部门：… 2022年度 单位：万元."""
    if _CODE.match(squeeze(text)):
        return [text]
    parts = re.split(r"(?:(?<=[^A-Za-z\d年]) +(?=\S)| {2,}|(?<=年度) +| +(?=(?:金额)?单位[:：]))", text.strip())
    merged: list[str] = []
    for part in parts:
        if (
            merged
            and not re.search(r"[:：]", part)
            and not _PERIOD.match(squeeze(part))
            and not _CODE.match(squeeze(part))
            and not _complete(merged[-1])
        ):
            merged[-1] += part
        else:
            merged.append(part)
    return merged


def _complete(piece: str) -> bool:
    plain = squeeze(piece)
    return bool(_OFFICE.match(plain) or _UNIT.search(plain) or _PERIOD.match(plain) or _CODE.match(plain))


def _is_title(titles: Sequence[tuple[int, str]]) -> bool:
    return any(_TITLE_END.search(squeeze(text)) for _, text in titles)


def _join_title(titles: Sequence[tuple[int, str]]) -> str:
    """The nearest line that ends as a title does, with the line above it where that was broken off."""
    for i, (distance, text) in enumerate(titles):
        if _TITLE_END.search(squeeze(text)) and not (
            _HEADING.match(squeeze(text)) and not squeeze(text).endswith("表")
        ):
            if len(squeeze(text)) <= 4 and i + 1 < len(titles) and titles[i + 1][0] == distance + 1:
                return titles[i + 1][1] + text
            return _without_chapter(text)
    return ""


def _without_chapter(text: str) -> str:
    """一、收入支出决算总表 is titled 收入支出决算总表."""
    found = _HEADING.match(text)
    return text[found.end() :] if found and text.rstrip().endswith("表") else text


def read_notes(lines: Sequence[Line]) -> tuple[str, ...]:
    """The notes below a table: 注：…, 说明：…, with the lines that continue them, up to the next paragraph or title."""
    notes: list[str] = []
    for line in lines[:12]:
        plain = squeeze(line.text)
        if _NOTE.match(plain) or (not notes and states_nothing((plain,)) and len(plain) <= MAX_TITLE):
            notes.append(line.text.strip())
        elif (
            notes
            and not _HEADING.match(plain)
            and not _TITLE_END.search(plain)
            and not _CODE.match(plain)
            and not _ended(notes[-1])
        ):
            notes[-1] += line.text.strip()
        else:
            break
    return tuple(notes)


def _ended(note: str) -> bool:
    return note.endswith(("。", "！", "；")) and len(note) < 400


def states_nothing(notes: Sequence[str]) -> bool:
    """本表为空表, 故本表无数据."""
    return any(re.search(r"空表|无数据|没有数据|无此项|无内容|无相关", squeeze(note)) for note in notes)
