"""What a term means: the entry of the document's own glossary, or the note of its table that explains it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.model import Paragraph
from index.wording import canonical, squeeze
from qa.cite import new_ledger
from qa.draft import Draft, short_name
from qa.finder import Finder
from qa.model import Intent, Passage
from qa.respond.facets import Manner
from qa.respond.spans import wanted_of

_GLOSSARY = re.compile(r"名词解释|专业名词|名词说明|术语")
_ENTRY = re.compile(r"^(?P<term>[^，,。；;]{2,70}?)(?:[:：]|是?指(?!导|挥|标|定)|反映)")
_BETWEEN = re.compile(r"(?<!结转)[和与跟及](?!结余)|还是|、")
LONGEST = 600
_HEAD = 400  # characters of a paragraph within which its term stands, blanks among them


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph that explains a term, and how well the term is the one asked for."""

    document: str
    paragraph: Paragraph
    score: float


def define(intent: Intent, manner: Manner, finder: Finder) -> Draft | None:
    """The entries for the terms asked about, one quote each; None where a document explains none of them."""
    found: list[Entry] = []
    for term in _terms(intent, manner, finder):
        entry = max(_entries(term, intent, finder), key=lambda e: e.score, default=None)
        if entry is not None and all(entry.paragraph is not other.paragraph for other in found):
            found.append(entry)
    if not found:
        return None
    ledger = new_ledger(finder)
    lines = []
    for entry in found:
        end = len(entry.paragraph.text) if len(entry.paragraph.text) <= LONGEST else _stop(entry.paragraph.text)
        passage = Passage(entry.document, entry.paragraph.text[:end].strip(), entry.paragraph.section, entry.paragraph.places(0, end))  # fmt: skip
        lines.append(f"{passage.quote}[{ledger.passage(passage)}]")
    where = short_name(finder.entry(found[0].document))
    return Draft(f"{where}的文件这样解释：" + "\n\n".join(lines), ledger, warnings=intent.notes)


def _terms(intent: Intent, manner: Manner, finder: Finder) -> Iterator[str]:
    """The terms in the question: several where it asks what sets them apart."""
    apart = re.search(r"区别|不同|两样|区分", intent.text)
    for reading in wanted_of(intent, manner, finder).readings:
        words = "".join(reading)
        parts = _BETWEEN.split(words) if apart else []
        if len(parts) < 2 and apart:
            parts = list(reading)
        yield from (part for part in (parts if len(parts) > 1 else [words]) if len(part) > 1)


def _entries(term: str, intent: Intent, finder: Finder) -> Iterator[Entry]:
    for entry in intent.documents:
        glossary = {s.number for s in finder.sections(entry.name) if any(_GLOSSARY.search(part) for part in s.path)}
        for paragraph in finder.paragraphs(entry.name):
            score = _fit(paragraph.text, term)
            if score > 0:
                yield Entry(entry.name, paragraph, score + (2.0 if paragraph.section in glossary else 0.0))


def _fit(text: str, term: str) -> float:
    """How well the head of a paragraph is the term: pairs of characters in common less what either says alone."""
    head = _head_of(text)
    if not head:
        return 0.0
    plain = canonical(term)
    mine, theirs = _pairs(plain), _pairs(head)
    common = len(mine & theirs)
    tail = len(head) >= 4 and plain.endswith(head)  # 一般公共预算财政拨款收入 is explained as 财政拨款收入
    if not mine or re.search(r"\d{4}年|\d\.\d", head) or (common / len(mine) < 0.6 and not tail):
        return 0.0
    return common + (1.0 if head == plain else 0.0) - 0.15 * len(theirs - mine)


@lru_cache(maxsize=32768)
def _head_of(text: str) -> str:
    """The term that a paragraph explains; "" where it explains none."""
    match = _ENTRY.match(squeeze(text[:_HEAD]))
    return canonical(_last_level(match["term"])) if match else ""


def _last_level(head: str) -> str:
    """What an entry for an account explains: 农林水支出(类)水利(款)防汛(项) explains 防汛."""
    levels = [level for level in re.split(r"\([类款项]\)", head) if level.strip("、:： ")]
    return levels[-1] if len(levels) > 1 else head


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _stop(text: str) -> int:
    stop = text.rfind("。", 0, LONGEST)
    return stop + 1 if stop > 0 else LONGEST
