"""What a title says: of whom, for which year, at which stage, department or unit alone.

Provinces print it in every order and break it over lines: 2024年度 | 青山省水利厅 | 部门决算; 青山县教育体育局2025年单位预算公开说明;
关于青山市司法局2024年度部门预算的说明; 二〇二四年度.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.offices import region_of

_OFFICE = r"(?P<office>[\u4e00-\u9fff()]{3,40}?)"
_YEAR = r"(?P<year>20\d\d)年?(?:度)?"
_STAGE = r"(?:综合|收支)?(?P<stage>预算|决算)"  # 陕西: 部门综合预算
_FUNDS = r"(?:一般公共预算)?(?:[及和、]政府性基金(?:预算)?)?(?:财政拨款)?"
_OF_LEVEL = r"(?:[省市区县]级)?"
_TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:关于)?{_YEAR}{_OFFICE}\(?(?:(?P<level>部门|单位)\)?|(?<=[局委办院处会心馆站厅部队校园所学团社])){_STAGE}",
        rf"^(?:关于)?{_OFFICE}\(?(?:部门|单位)?\(?{_YEAR}{_OF_LEVEL}\(?(?P<level>部门|单位)?\)?{_STAGE}",
        rf"^(?:关于)?{_OFFICE}{_YEAR}(?P<level>部门|单位)?{_FUNDS}[“\"]?三公[”\"]?经费(?:支出)?{_STAGE}",
        rf"^(?:关于)?{_OFFICE}{_YEAR}(?P<level>部门|单位)?(?:整体|项目)?(?:支出)?(?P<stage>绩效自评|绩效评价|绩效目标)",
    )
)
_WITHOUT_OFFICE = re.compile(rf"^{_YEAR}{_OF_LEVEL}(?P<level>部门|单位)?{_STAGE}")
_NAMED = re.compile(
    r"(?:预算主管部门|预算单位|编制部门|编制单位|部门名称|单位名称|公开部门|公开单位)[:：](?P<office>[\u4e00-\u9fff()（）]{3,40})"
)
_DIGITS = "〇一二三四五六七八九"
_CHINESE_YEAR = re.compile(rf"二[〇○零O0]([○零{_DIGITS}])([○零{_DIGITS}])(?=年)")
_DATED = re.compile(r"(?:20\d\d|二[〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月.{0,4}|\d{1,3}")
_ASIDE_LEVEL = re.compile(r"\((?P<level>部门|单位)\)$")
_MOST_LINES = 5
_STAGES = {"绩效自评": "决算", "绩效评价": "决算", "绩效目标": "预算"}


@dataclass(frozen=True, slots=True)
class Title:
    """A title as read; what it does not say is "" or None."""

    text: str = ""
    office: str = ""
    year: int | None = None
    stage: str = ""
    level: str = ""


def read_title(lines: Sequence[str]) -> Title:
    """The title among the squeezed lines of a title page (or of a file's name)."""
    named = next((m.group("office") for line in lines if (m := _NAMED.search(line))), "")
    kept = [_arabic(line) for line in lines if not _NAMED.search(line) and not _DATED.fullmatch(line)]
    joined = ["".join(kept[a:b]) for a in range(len(kept)) for b in range(min(len(kept), a + _MOST_LINES), a, -1)]
    for text in joined:
        for pattern in _TITLES:
            if (match := pattern.match(text)) and (named or office_of(match.group("office"))):
                return _title(text, match, named or office_of(match.group("office")))
    bare = next((match for text in joined if (match := _WITHOUT_OFFICE.match(text))), None)
    return _title("", bare, named) if bare else Title(office=named)


def title_of_file(stem: str) -> Title:
    """The title that a file's name is; its parts can stand in any order, and nothing may be missing."""
    parts = [part for part in re.split(r"[_\-\s]+", stem) if not re.fullmatch(r"\d{1,3}", part)]
    title = read_title(["".join(parts)])
    return title if title.year and title.office else Title()


def office_of(words: str) -> str:
    """An office's name without the 部门 that titles put behind it; "" for a mere region or a chapter's number."""
    plain = re.sub(r"\((?:部门|单位)?\)?$|(?:部门|单位|本级)$", "", words)
    chapter = re.match(r"^第[一二三四五六七八九十]+部分", plain)
    return "" if chapter or plain == region_of(plain) or len(plain) < 3 else plain


def _title(text: str, match: re.Match[str], office: str) -> Title:
    found = match.groupdict()
    aside = _ASIDE_LEVEL.search(found.get("office") or "")
    level = found["level"] or (aside.group("level") if aside else "")
    return Title(text, office, int(found["year"]), _STAGES.get(found["stage"], found["stage"]), level)


def _arabic(line: str) -> str:
    """二〇二四年度 -> 2024年度."""
    return _CHINESE_YEAR.sub(lambda m: "20" + "".join(str(max(_DIGITS.find(d), 0)) for d in m.groups()), line)
