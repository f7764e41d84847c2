"""Abbreviations of offices: 工信局 for 青山市工业和信息化局, 商委 for 商务委, 东湖财政 for 青山市东湖区财政局.

An abbreviation of a Chinese office keeps characters of the full name in their order and ends as the name (or its usual
short head) ends. That one rule stands in for a list of nicknames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.offices import region_of
from index.wording import squeeze
from qa.link import abbreviates

# Full heads and what people say for them.
_HEADS: tuple[tuple[str, str], ...] = (
    ("委员会办公室", "委办"),
    ("人民政府办公室", "政府办"),
    ("人民政府办公厅", "政府办"),
    ("街道办事处", "街道"),
    ("办事处", "办"),
    ("联络处", "办"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("委员会", "委"),
    ("联合会", "联"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("管理局", "局"),
    ("总工会", "工会"),
    ("服务中心", "中心"),
    ("人大常委会办公厅", "人大常委会"),
    ("人大常委会办公室", "人大常委会"),
    ("常务委员会办公厅", "常委会"),
    ("常务委员会办公室", "常委会"),
)
_FULL_HEADS = tuple(full for full, _ in _HEADS)
# Schools and hospitals by number: 青山市第一中学 is 青山一中, 青山市第二人民医院 青山二院.
_NUMBERED = re.compile(
    r"第(?P<number>[一二三四五六七八九十]{1,3})(?:(?:高级)?(?P<middle>中)学|(?P<primary>小)学|人民医(?P<hospital>院))$"
)
_LEAGUE = re.compile(r"(?:共青团|中国共产主义青年团)(?P<place>[一-龥]+?)(?P<rank>[省市县区旗州])委(?:员会)?$")
_CONSULTATIVE = re.compile(r"(?:中国人民政治协商会议|政协)(?P<region>[一-龥]{2,}?)委员会(?:办公[室厅])?$")
# Names of two characters that say what office it is, whatever the place.
_USUAL = frozenset(
    ["党校", "妇联", "残联", "科协", "文联", "侨联", "团委", "纪委", "监委", "编办", "法院", "政协", "人大", "工会"]
)
_TOO_GENERAL = frozenset(
    {
        "中心",
        "服务中心",
        "务中心",
        "管理中心",
        "事务中心",
        "理中心",
        "街道",
        "办公室",
        "委员会",
        "政府",
        "单位",
        "部门",
        "机关",
        "局",
        "学校",
        "医院",
        "公室",
        "员会",
        "区办",
        "市办",
    }
)
# What an abbreviation may not leap over: another office inside the name, the League, the number of a school.
_OWN_HEAD = re.compile(r"[局厅院馆团]|中心|大队|支队|第[一二三四五六七八九十]+")
_CENTRAL = re.compile(r"中心(?=卫生院|医院|小学|中学|学校|幼儿园|敬老院)")  # the chief of its kind, no office itself
_PLACE = re.compile(r"[一-龥]+?(?:自治[区州县旗]|街道|示范区|开发区|新区|州(?!市)|[省市盟县区旗镇乡])")
_RANKS = frozenset("省市州盟县区旗镇乡街道")
# Bodies with a committee of their own, which is not the Party's: 政协青山市委员会.
_OTHER_COMMITTEE = re.compile(r"^(?:中国人民政治协商会议|中国共产主义青年团|政协|共青团)(?=.*委)")
FILLING = re.compile(
    r"请问|一下|看看|咱们?|我们|关于|对比|比较|相比|以及|还有|另外|查|那个?|这个?|和|跟|与|比|问|下|年|度|的|是|把|给|由|在|按"
)


@lru_cache(maxsize=4096)
def forms(name: str) -> tuple[str, ...]:
    """The name and the name with its head shortened."""
    plain = squeeze(name)
    found = [plain]
    for full, short in _HEADS:
        if plain.endswith(full):
            found.append(plain[: -len(full)] + short)
    if match := _LEAGUE.match(plain):
        found.append(f"{match['place']}团{match['rank']}委")
    if match := _CONSULTATIVE.match(plain):
        found.append(f"{match['region']}政协")
    if match := _NUMBERED.search(plain):
        kind = match["middle"] or match["primary"] or match["hospital"]
        found.append(f"{plain[: match.start()]}{match['number']}{kind}")
    return tuple(dict.fromkeys(found))


def is_abbreviation(short: str, name: str) -> bool:
    """Whether `short` keeps characters of `name` in order and ends where it ends."""
    return bool(short) and short[-1] == name[-1] and abbreviates(short, name)


@lru_cache(maxsize=4096)
def _places_of(form: str) -> tuple[tuple[int, int], ...]:
    """Where the places stand that a name is made of: 青山市|东湖区|石桥街道."""
    place = region_of(form)
    lead = form.find(place) if place else 0
    core = lead + len(place)
    town = _TOWN.search(form, core)
    return tuple(m.span() for m in (*_PLACE.finditer(form, lead, core), *([town] if town else [])))


_TOWN = re.compile(r"(?:(?<=人民政府)|(?<=[市县区旗州]))[一-龥]{2,5}?(?:街道|[镇乡])(?=办事处|人民政府|$|政府|办)")


def _leaps(short: str, form: str) -> bool:
    """Whether an abbreviation leaps over what makes the office another one.

    That is a place within the place it names (青山市财政局 is not 青山市东湖区财政局), an office inside the name (青山市公安局
    is not its 交通管理局), the number of a school, or the body whose committee it is.
    """
    form = form if "中心" in short else _CENTRAL.sub("〇〇", form)
    used: list[int] = []
    at = len(form)
    for char in reversed(short):
        found = form.rfind(char, 0, at)
        if used and _OWN_HEAD.search(form[found + 1 : at]):
            return True
        at = found
        used.append(found)
    places = _places_of(form)
    lead = max(form.find(region_of(form)), 0)
    for start, end in places:
        named = any(start <= i < end and form[i] not in _RANKS for i in used)
        if not named and any(lead <= i < start for i in used):
            return True
    body = _OTHER_COMMITTEE.match(form)
    return body is not None and not any(i < body.end() for i in used)


def spans(text: str, form: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Longest spans of `text` that abbreviate one form of a name, one for each place where its head can stand.

    `whole` for an abbreviation, which is not abbreviated again.
    """
    if whole:
        yield from _contractions(text, form)
        return
    for end in _ends(text, form[-1]):
        start = _reach(text, end, form)
        start += text[start - 1 : start + 1] == "其中"
        span = text[start:end]
        if (
            len(span) >= 2
            and (span.endswith(_FULL_HEADS) or not form.endswith(_FULL_HEADS))  # 商会 is no 商务委员会
            and span not in _TOO_GENERAL
            and (_distinct(span, form) or _stands_alone(text, start))
            and not _lacks_core(span, form)
            and not _leaps(span, form)
            and (len(span) > 2 or len(form) <= 6 or span in _USUAL)
        ):
            yield start, end


def _contractions(text: str, alias: str) -> Iterator[tuple[int, int]]:
    if alias[0] not in text or alias[-1] not in text:
        return
    for found in _as_typed(alias).finditer(text):
        short = found.group()
        if short in _TOO_GENERAL or not is_abbreviation(short, alias) or _leaps(short, alias):
            continue
        if _BODIES.findall(short) == _BODIES.findall(alias):
            yield found.span()


def _ends(text: str, char: str) -> Iterator[int]:
    """Behind each place of a character but the first of the text, from the right."""
    end = text.rfind(char) + 1
    while end > 1:
        yield end
        end = text.rfind(char, 0, end - 1) + 1


_BODIES = re.compile(r"[团纪监协妇残侨]")  # what makes of a committee another one than the Party's


@lru_cache(maxsize=4096)
def _as_typed(alias: str) -> re.Pattern[str]:
    """A pattern for an alias and its contractions: 商委 for 商务委, the ends stay, up to two characters go between them."""
    whole = re.escape(alias)
    if not 3 <= len(alias) <= 4:
        return re.compile(whole)
    first, middle, last = re.escape(alias[0]), re.escape(alias[1:-1]), re.escape(alias[-1])
    return re.compile(rf"{whole}|{first}[{middle}]{{{max(0, len(alias) - 4)},{len(alias) - 2}}}{last}")


def _distinct(span: str, form: str) -> bool:
    """Whether an abbreviation says more than what kind of office it is: 市委办 does, 委办公室 does not."""
    kind = _kind(form)
    return not kind or len(span) > len(kind) or not is_abbreviation(span, kind)


def _lacks_core(span: str, form: str) -> bool:
    """Whether an abbreviation says no more than place and kind where the name says more: 青山市委 is no 青山市纪委."""
    kind = _kind(form)
    core = re.sub(r"^(?:中共|中国共产党)", "", form).removeprefix(region_of(form))
    return bool(kind) and core not in (kind, form) and is_abbreviation(span, form.removesuffix(core) + kind)


@lru_cache(maxsize=4096)
def _kind(form: str) -> str:
    return max((head for pair in _HEADS for head in pair if form.endswith(head)), key=len, default="")


def _stands_alone(text: str, start: int) -> bool:
    """Whether no other name runs into the span: 政府办 in 请问政府办, not 委办公室 in 纪委办公室."""
    before = text[max(0, start - 2) : start]
    return not re.search(r"[一-龥]$", before) or bool(FILLING.search(before))


def _reach(text: str, end: int, form: str) -> int:
    """How far back from `end` the text still keeps the order of `form`."""
    position, start = len(form), end
    while start > 0:
        position = form.rfind(text[start - 1], 0, position)
        if position < 0:
            break
        start -= 1
    return start


@lru_cache(maxsize=4096)
def without_bureau(name: str, region: str) -> tuple[str, ...]:
    """东湖财政, 东湖区财政 for 青山市东湖区财政局, 青山疾控 for 青山市疾控中心: a place and what the office is for."""
    plain, place = squeeze(name), squeeze(region)
    kind = re.search(r"(?:局|中心)$", plain)
    if not place or not kind or not plain.startswith(place) or not 2 <= kind.start() - len(place) <= 8:
        return ()
    nearest = re.findall(r"[一-龥]{2,4}?[省市县区州]", place)[-1:] or [place]
    return tuple(f"{short}{plain[len(place) : kind.start()]}" for short in (nearest[0], nearest[0][:-1]))


@lru_cache(maxsize=4096)
def place_name(organisation: str) -> str:
    """石桥 for 青山市东湖区石桥街道办事处, 新店 for 青山县新店镇人民政府: a street or town without its rank."""
    plain = squeeze(organisation)
    place = region_of(plain)
    town = _TOWN.search(plain, plain.find(place) + len(place) if place else 0)
    return re.sub(r"(?:街道|[镇乡])$", "", town.group()) if town else ""
