"""Who is asked about: names and abbreviations in a question -> indexed documents; offices that are not indexed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from index.model import CatalogueEntry, Profile
from index.vocabulary import load_vocabulary
from index.wording import canonical, squeeze
from qa.abbreviations import forms, spans
from qa.register import register_of
from qa.strangers import inside, joined_to, longer_name, place_alone, place_before, places, unknown_offices

# What may stand before the name of a unit: the place, and the office it belongs to.
_SUPERIOR = re.compile(
    r"^(?:[一-龥]+(?=驻[一-龥]{2,4}(?:办事处|联络处)$)|[一-龥]{2,6}?[省市县区](?:人民政府|政府|委)?(?:办公[室厅])?)"
)
_SEVERAL = re.compile(r"(?:[各每几两二三四五六七八九十\d]|所有|全部|哪些)[个家所]?(?:下属|所属)?的?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the question that names an office, and the documents it can mean.

    `units` are the subordinate units, with their documents, that the span can name instead of an office.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...]  # catalogue names
    units: tuple[tuple[str, str], ...] = ()  # (catalogue name, the unit as that document prints it)

    @property
    def entity(self) -> str:
        """The full name of the unit, "" where an office is named."""
        return self.units[0][1] if self.units else ""

    @property
    def rivals(self) -> tuple[str, ...]:
        """Other units that the same words name."""
        others = (unit for _, unit in self.units if not same_unit(unit, self.entity))
        return tuple(dict.fromkeys(others))


@dataclass(frozen=True, slots=True)
class Offices:
    """All mentions of a question, longest first come first served; `unknown` are offices that are not indexed."""

    mentions: tuple[Mention, ...]
    unknown: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The words that name them, a unit right behind its own office: 卫健局人民医院."""
        words = ""
        for before, mention in zip((None, *self.mentions), self.mentions, strict=False):
            inside = before and mention.units and not before.units and set(mention.names) & set(before.names)
            words += mention.text if inside or not words else f"和{mention.text}"
        return words

    @property
    def mask(self) -> int:
        return span_mask((m.start, m.end) for m in self.mentions)


def span_mask(spans: Iterable[tuple[int, int]]) -> int:
    mask = 0
    for start, end in spans:
        mask |= ((1 << (end - start)) - 1) << start
    return mask


def same_unit(a: str, b: str) -> bool:
    """Whether two printed names are one unit: 市接待办公室 is 青山市接待办公室."""
    one, other = sorted((canonical(a), canonical(b)), key=len)
    if len(one) >= 4 and other.endswith(one):
        return True
    tail = _SUPERIOR.sub("", one)
    return len(tail) >= 4 and tail == _SUPERIOR.sub("", other)


def find_offices(text: str, catalogue: Sequence[CatalogueEntry], known: frozenset[str] = frozenset()) -> Offices:
    """The offices named in `text` (squeezed). `known` are wordings of the documents that are no offices (labels)."""
    return _found(text, tuple(catalogue), known)


@lru_cache(maxsize=512)  # a question is read more than once: alone, after its conversation, with its years spelled out
def _found(text: str, catalogue: tuple[CatalogueEntry, ...], known: frozenset[str]) -> Offices:
    taken, mentions = 0, []
    candidates = sorted(_candidates(text, catalogue, known), key=lambda c: (-(c[1] - c[0]), c[0], *c[2:]))
    grouped: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for start, end, entity, document in candidates:
        grouped.setdefault((start, end), []).append((catalogue[document].name, entity))
    for (start, end), pairs in grouped.items():
        mask = span_mask([(start, end)])
        if mask & taken or _in_account(text, end, start, catalogue, known):
            continue
        taken |= mask
        own = [name for name, entity in pairs if not entity]
        units = () if own else _closest(text[start:end], pairs)
        names = tuple(dict.fromkeys(own or [name for name, _ in units]))
        mentions.append(Mention(start, end, text[start:end], names, units))
    mentions = [m for m in mentions if not (m.rivals and _of_a_kind(m, text, known))]
    mentions = [m for m in mentions if len(mentions) == 1 or not _in_brackets(m, text, known)]
    mentions.sort(key=lambda m: m.start)
    mentions, others = _by_themselves(text, mentions, catalogue, known)
    taken |= span_mask((m.start, m.end) for m in mentions)
    beside = (pair for m in mentions for pair in joined_to(text, m.start, m.end, known))
    alone = (name for start, name in beside if not taken & span_mask([(start, start + len(name))]))
    others = tuple(dict.fromkeys((*others, *alone)))
    if others:
        return Offices((), others)
    if mentions:
        return Offices(_within_offices(mentions))
    misspelt = _misspelt(text, catalogue, known)
    if misspelt:
        return Offices((misspelt,))
    unknown = tuple(unknown_offices(text, known))
    regional = None if unknown else _by_region(text, catalogue, known)
    return Offices((regional,) if regional else (), unknown)


def _closest(said: str, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The units that end with the very words; where none does, all that the words abbreviate."""
    ending = tuple(pair for pair in pairs if squeeze(pair[1]).endswith(said))
    return tuple(dict.fromkeys(ending or pairs))


def _within_offices(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The units of the office that is named too, where it has such units: 卫健局…人民医院 is not that of another place."""
    offices = {name for m in mentions if not m.units for name in m.names}
    found = []
    for mention in mentions:
        inside = tuple(pair for pair in mention.units if pair[0] in offices)
        names = tuple(dict.fromkeys(name for name, _ in inside))
        found.append(replace(mention, names=names, units=inside) if inside else mention)
    return tuple(found)


def _of_a_kind(mention: Mention, text: str, known: frozenset[str]) -> bool:
    """Whether words that several units bear name none of them: 两个中心卫生院, or the end of an account, 乡镇卫生院."""
    start, end = mention.start, mention.end
    runs_on = (start > 0 and inside(text[start - 1 : end], known)) or inside(text[start : end + 2], known)
    return runs_on or bool(_SEVERAL.search(text[:start]))


def _in_account(text: str, end: int, start: int, catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> bool:
    """政府办 in 政府办公厅(室)及相关机构事务 begins the name of an account, not of an office."""
    longer = text[start : end + 2]
    if text[end : end + 1].isdigit():  # a year follows, whatever a label says: 纳入水利局2022年度决算编制范围的单位
        return False
    if len(longer) < end - start + 2 or not inside(longer, known):
        return False
    names = (
        squeeze(n) for e in catalogue for n in (e.profile.organisation, *e.profile.aliases, *e.profile.subordinates)
    )
    return not any(longer in name for name in names)


def _in_brackets(mention: Mention, text: str, known: frozenset[str]) -> bool:
    """An account in brackets behind an item, 行政运行(党委办公厅), is no second office."""
    bracketed = text[: mention.start].count("(") > text[: mention.start].count(")")
    return bracketed and inside(mention.text, known)


def _candidates(
    text: str, catalogue: tuple[CatalogueEntry, ...], known: frozenset[str]
) -> Iterator[tuple[int, int, str, int]]:
    """(start, end, subordinate unit, position in the catalogue) for every span that abbreviates a name."""
    register = register_of(catalogue)
    for name, documents in register.names_for(text):
        for start, end in spans(text, name.form, whole=name.short):
            # 博物馆 is an account too; the whole name of a unit is what tables print as the name of a row.
            said = text[start:end]
            if not name.unit or said not in known or (squeeze(name.unit).endswith(said) and not _is_account(said)):
                yield from ((start, end, name.unit, document) for document in documents)
    for nickname, documents in register.nicknames:
        if nickname in text:
            for match in re.finditer(rf"{re.escape(nickname)}(?![局拨厅委中支收事])", text):
                yield from ((*match.span(), "", document) for document in documents)
    for place, documents in register.places:
        for start, end in place_alone(text, place, known):
            yield from ((start, end, "", document) for document in documents)


def _is_account(name: str) -> bool:
    return name in load_vocabulary().account_names


def _by_themselves(
    text: str, mentions: Sequence[Mention], catalogue: Sequence[CatalogueEntry], known: frozenset[str]
) -> tuple[list[Mention], tuple[str, ...]]:
    """The mentions that are names by themselves, and the names that the others are only part of."""
    named = {name for mention in mentions for name in mention.names}
    profiles = {e.name: e.profile for e in catalogue if e.name in named}
    starts = [*(m.start for m in mentions[1:]), len(text)]
    kept, others, before = [], [], 0
    for mention, after in zip(mentions, starts, strict=False):
        longer = {
            n: longer_name(text, mention.start, mention.end, (before, after), profiles[n], known) for n in mention.names
        }
        names = tuple(name for name in mention.names if not longer[name])
        if names:
            units = tuple(pair for pair in mention.units if pair[0] in names)
            lead = place_before(text, mention.start, mention.end, before, profiles[names[0]])
            start = mention.start - lead
            kept.append(replace(mention, start=start, text=text[start : mention.end], names=names, units=units))
        else:
            others.append(longer[mention.names[0]])
        before = mention.end
    return kept, tuple(dict.fromkeys(others))


@lru_cache(maxsize=64)
def _regions(catalogue: tuple[CatalogueEntry, ...]) -> tuple[str, ...]:
    """The places of the indexed documents, 青山市东湖区 -> 青山市, 青山, 东湖区, 东湖, and the prefectures; longest first."""
    parts = {p for e in catalogue for p in re.findall(r"[一-龥]{2,6}?[省市县区州盟旗]", squeeze(e.profile.region))}
    found = {*parts, *(p[:-1] for p in parts if len(p) > 2), *places()}
    return tuple(sorted(found, key=lambda p: (-len(p), p)))


def _by_region(text: str, catalogue: tuple[CatalogueEntry, ...], known: frozenset[str]) -> Mention | None:
    """A place named without an office means the documents of that place, unless it begins the name of an item."""
    for place in _regions(catalogue):
        start = text.find(place)
        if start < 0 or _begins_item(text[start : start + len(place) + 2], known):
            continue
        names = tuple(e.name for e in catalogue if place in squeeze(e.profile.organisation + e.profile.region))
        if names:
            return Mention(start, start + len(place), place, names)
    return None


def _begins_item(words: str, known: frozenset[str]) -> bool:
    return words[-2:-1] not in "市县区省州" and inside(words, known)


def _misspelt(text: str, catalogue: Sequence[CatalogueEntry], known: frozenset[str]) -> Mention | None:
    """An alias of at least three characters with one character mistyped, where nothing matches exactly."""
    best: tuple[int, int, str, list[str]] | None = None
    typed = frozenset(text)
    for entry in catalogue:
        for short in _names(entry.profile):
            if len(short) < 3 or sum(char not in typed for char in short) > 1:
                continue
            for start in range(len(text) - len(short) + 1):
                window = text[start : start + len(short)]
                if len(short) == 3 and window[-1] != short[-1]:
                    continue  # 财政收 begins 财政收入, it is no 财政局
                if not _sounds_alike(window, short):
                    continue
                if not inside(window, known) and text[start : start + 4] not in known:
                    if best is None or len(short) > len(best[2]):
                        best = (start, start + len(short), short, [entry.name])
                    elif best[2] == short:
                        best[3].append(entry.name)
    if best is None:
        return None
    start, end, _, names = best
    return Mention(start, end, text[start:end], tuple(dict.fromkeys(names)))


@lru_cache(maxsize=1024)
def _names(profile: Profile) -> tuple[str, ...]:
    """The abbreviations and forms of an office's name, squeezed."""
    return tuple(squeeze(name) for name in (*profile.aliases, *forms(profile.organisation)))


def _sounds_alike(typed: str, name: str) -> bool:
    """Whether one character was mistyped for another that sounds the same (财政居), or two were swapped."""
    if DamerauLevenshtein.distance(typed, name, score_cutoff=1) != 1:
        return False
    from pypinyin import lazy_pinyin

    return sorted(typed) == sorted(name) or lazy_pinyin(typed) == lazy_pinyin(name)
