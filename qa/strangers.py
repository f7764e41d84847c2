"""Offices that are named but not indexed, and names that only contain the name of an indexed one.

Chinese is written without spaces, so the name of an office also stands inside the names of others: 青山市妇联 in
南青山市妇联, 务局 in 税务局, 商务局 in 商务局招商中心. A mention counts only where nothing unexplained touches it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.model import Profile
from index.wording import squeeze
from index.written import written_text
from qa import words
from qa.abbreviations import FILLING

_COUNTS_SCHOOLS = re.compile("[几少]所")  # 高完中几所 is no office
_ITSELF = re.compile("(?:占|在|给|由|从|本|全|我|咱)[局委厅院]$")  # the office spoken of, 占局里, by no name
_SPLIT = re.compile(r"[和与跟及、,，;；/]|以及|还有|对比|相比|比")
_RUN_BEFORE = re.compile(r"[一-龥]+$")
_RUN_AFTER = re.compile(r"[一-龥]+")
_PLACE = re.compile(r"[一-龥]{2,}?(?:省|自治区|市|自治州|州|盟|地区|县|区|旗)")
_RANK = re.compile(r"(?:省|自治区|市|自治州|州|盟|地区|县|区|旗)$")
# Fillers that are also part of names: 数字 in 数字政务中心, 市 in 市教育局.
_NAMING = frozenset(
    [*"市区县省全总共各前后中上下大人家行成件名场花底末万亿元数额钱月内最项类条种表栏列写", "数字", "数据", "机关"]
)
_AND = "和与及"  # they join two words of a question, but 泰和 is one


@lru_cache(maxsize=4)
def _joined(known: frozenset[str]) -> str:
    return "\x1f".join(known)


def inside(text: str, known: frozenset[str]) -> bool:
    """Whether some wording of the documents contains these words."""
    return text in _joined(known)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Provinces and prefecture-level cities of China, without 省 and 市."""
    return frozenset(written_text("qa", "places.txt").split())


@lru_cache(maxsize=1)
def _fillers() -> tuple[str, ...]:
    return tuple(w for w in words.FILLER if w not in _NAMING and w not in _AND)


def longer_name(text: str, start: int, end: int, limits: tuple[int, int], whose: Profile, known: frozenset[str]) -> str:
    """The name that a mention is only part of, "" where it stands by itself.

    `limits` are the end of the mention before and the start of the mention after it.
    """
    before = _RUN_BEFORE.search(text[limits[0] : start])
    lead = _unexplained(before.group(), text[start:end], whose, known) if before else ""
    after = _RUN_AFTER.match(_SPLIT.split(text[: limits[1]][end:])[0])
    counts = after is not None and _COUNTS_SCHOOLS.search(after.group())
    tail = _unit_of(after.group(), text[end + after.end() :], known) if after and not counts else ""
    name = f"{lead}{text[start:end]}{tail}"
    return name if (lead or tail) and not inside(name, known) else ""


def _unexplained(run: str, mention: str, whose: Profile, known: frozenset[str]) -> str:
    """What stands right before a mention and belongs to its name: 泰和 in 查一下泰和县人民医院.

    Its place is taken whole, though a word of the question seems to end within it: 台 in 松台市东湖区人民医院.
    """
    cuts = [cut for cut in range(len(run) + 1) if _explained(run[: len(run) - cut], known)]
    rests = [run[len(run) - cut :].lstrip(_AND if cut < len(run) else "") for cut in cuts]
    if any(not rest or _is_its_place(rest, mention, whose) for rest in rests):
        return ""
    return rests[0] if rests else run


def place_before(text: str, start: int, end: int, limit: int, whose: Profile) -> int:
    """How many characters before a mention, behind `limit`, name the place in which its own lies: 松台市 before 东湖区人民医院."""
    run = _RUN_BEFORE.search(text[limit:start])
    tails = (run.group()[cut:] for cut in range(len(run.group()))) if run else ()
    return next((len(tail) for tail in tails if _leads_to(tail, text[start:end], squeeze(whose.region))), 0)


def _explained(run: str, known: frozenset[str]) -> bool:
    """Whether a run of characters ends where a word of the question ends."""
    if not run or run.endswith(_fillers()) or words.TERM_END.search(run):
        return True
    if any(m.end() == len(run) for asking in (words.WHY, words.OPEN, words.YESNO) for m in asking.finditer(run)):
        return True
    if run[-1] in _AND:
        return run in _AND or bool(words.TERM_END.search(run[:-1]) or words.OFFICE.fullmatch(run[:-1]))
    return any(run[-size:] in known for size in range(3, min(len(run), 12) + 1))


def _is_its_place(place: str, mention: str, whose: Profile) -> bool:
    """Whether a place before a mention is the office's own or one above it: 河南省 before 青山市工信局."""
    region = squeeze(whose.region)
    named = squeeze(whose.organisation + whose.title)
    stem = _RANK.sub("", place) or place
    if mention[:1] in _RANK_LETTERS and region.endswith((place + mention[0], place)):
        return True
    starts_with_region = bool(region) and mention.startswith((region, _RANK.sub("", region)))
    own_part = place in region and region.endswith(place)
    return (
        own_part
        or _leads_to(place, mention, region)
        or (starts_with_region and (stem in places() or f"{place}{mention[:2]}" in named))
    )


def _leads_to(place: str, mention: str, region: str) -> bool:
    """Whether places stand before a mention that goes on with the rest of its region: 北河省松台市 before 东湖区人民医院."""
    parts = _PLACE.findall(place)
    if not parts or "".join(parts) != place or parts[-1] not in region:
        return False
    rest = region[region.find(parts[-1]) + len(parts[-1]) :]
    above = all(part in region or _RANK.sub("", part) in places() for part in parts)
    return above and bool(rest) and mention.startswith((rest, _RANK.sub("", rest)))


_RANK_LETTERS = "省市州盟县区旗"


def _unit_of(run: str, behind: str, known: frozenset[str]) -> str:
    """What makes of the office named a unit of it that is not indexed: 监督检查所 in 财政局监督检查所2023年."""
    for match in words.UNIT_END.finditer(run):
        tail = run[: match.end()]
        rest = run[match.end() :] or behind
        if len(tail) < 2 or tail in known or FILLING.match(tail) or words.NO_UNIT.match(tail):
            continue
        if not re.match(r"[一-龥]", rest) or words.AFTER_NAME.match(rest) or inside(rest[:4], known):
            return "" if inside(tail + rest[:1], known) and rest else tail
    return ""


def joined_to(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Offices that 和 or 比 joins to a mention, with where they begin: 教育局 in 商务局和教育局谁多."""
    if after := re.match(r"[和与跟及、比]", text[end:]):
        found = words.OFFICE.match(text, end + after.end())
        if found and not inside(found.group(), known):
            yield found.start(), found.group()
    if before := re.search(r"(?P<run>[一-龥]+)[和与跟及、比]$", text[:start]):
        found = words.OFFICE.fullmatch(re.split("年度?|请问|查", before["run"])[-1])
        if found and not inside(found.group(), known):
            yield before.end("run") - len(found.group()), found.group()


def place_alone(text: str, place: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the name of a street or town stands for its office: 石桥2023年印刷费; not in 石桥小学 or 城乡建设."""
    if len(place) < 2 or _is_ordinary(place, known):
        return
    for match in re.finditer(re.escape(place), text):
        before = _RUN_BEFORE.search(text[: match.start()])
        behind = text[match.end() :]
        alone = not re.match(r"[一-龥]", behind) or words.AFTER_NAME.match(behind) or inside(behind[:4], known)
        if alone and (not before or _explained(before.group(), known)):
            yield match.span()


@lru_cache(maxsize=4096)
def _is_ordinary(place: str, known: frozenset[str]) -> bool:
    """Whether a place is also a word within the wordings of documents: 建设 in 城乡建设."""
    return re.search(rf"[^\x1f省市县区州旗]{place}", _joined(known)) is not None


def unknown_offices(text: str, known: frozenset[str]) -> Iterator[str]:
    """Office-like words that neither the catalogue nor the wording of the documents explains."""
    for part in _SPLIT.split(text):
        for match in words.OFFICE.finditer(part):
            word = match.group().lstrip("年度")
            if _COUNTS_SCHOOLS.search(word) or _ITSELF.search(word):
                continue
            if len(word) >= 3 and not inside(word, known):
                yield word
