"""From the statement that answers to what is quoted: the shortest stretch that is complete.

A reason is quoted from the words that name what it explains; a list (一是…二是…, 1. 2. 3., ：and what follows) as a whole;
a section that is about the question with all its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import Paragraph
from index.wording import squeeze
from qa.finder import Finder
from qa.model import Passage
from qa.respond.facets import Facet, Manner
from qa.respond.listed_below import ANNOUNCES, rows_below
from qa.retrieve.statements import Statement, trimmed

LONGEST_LIST = 2400
LONGEST_SENTENCE = 240
_ITEM = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}是|其[一二三]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|第[一二三四五六七八九十]+条?|[①-⑳])"
)
_LATER_ITEM = re.compile(
    r"\s*(?:[二三四五六七八九十]是|其[二三四]|[(（][二三四五六七八九十2-9][)）]|[2-9][.、．](?!\d))"
)
_FIRST_ITEMS = ("一是", "其一", "（一）", "(一)", "（1）", "(1)", "1.", "1、")
OF_A_PROJECT = re.compile(r"(?:项目|专项|经费).{0,12}(?:情况|说明)")
"""Titles over the fixed row of sections that explains a project: 项目概述, 立项依据, 实施主体, 实施方案, 实施周期, 绩效目标."""
_USED_FOR = re.compile(r"\s*(?:主要|具体)?用于")
_HEADING = re.compile(r"[^，；：]{2,40}(?:情况|工作|任务|目标)[。：]")
_GOES_ON = re.compile(r"[；;]\s*$")  # the first item of a list at the end of its paragraph


def passages_of(statement: Statement, wanted: Sequence[str], manner: Manner, finder: Finder) -> list[Passage]:
    """The quotes that hold the statement completely, with the table that it announces."""
    found = _in_prose(statement, wanted, manner, finder)
    return [*found, *rows_below(found[-1], finder)] if found else found


def _in_prose(statement: Statement, wanted: Sequence[str], manner: Manner, finder: Finder) -> list[Passage]:
    if statement.paragraph < 0:
        return [Passage(statement.document, statement.text, statement.section, statement.places)]
    paragraphs = finder.paragraphs(statement.document)
    if manner.several and _section_is_meant(statement, wanted, manner):
        return _section(statement.document, statement.section, paragraphs)
    own = paragraphs[statement.paragraph]
    if manner.facet in (Facet.DUTY, Facet.MEMBERS, Facet.INNER) and _named_at_head(own, statement, wanted):
        return _with_followers(statement, paragraphs)
    start, end = _stretch(statement, own.text, wanted, manner)
    passage = _quote(statement.document, own, start, end)
    told = own.text[start:end].rstrip()
    if end >= len(own.text.rstrip()) and (ANNOUNCES.search(told) or _GOES_ON.search(told)):
        return [passage, *_with_followers(statement, paragraphs)[1:]]
    return [passage]


def section_passages(document: str, section: int, finder: Finder) -> list[Passage]:
    """All paragraphs of a section, up to a page or so."""
    return _section(document, section, finder.paragraphs(document))


def _section_is_meant(statement: Statement, wanted: Sequence[str], manner: Manner) -> bool:
    """The section's own title bears the mark of what is asked, and its titles name what it is asked of."""
    if manner.title is None or not statement.titles or not manner.title.search(statement.titles[-1]):
        return False
    if len(statement.titles) > 1 and OF_A_PROJECT.search(statement.titles[-2]):
        return True
    pairs = [run[i : i + 2] for run in wanted for i in range(len(run) - 1)]
    titles = squeeze("".join(statement.titles))
    return not pairs or sum(pair in titles for pair in pairs) >= 0.5 * len(pairs)


def _section(document: str, section: int, paragraphs: Sequence[Paragraph]) -> list[Passage]:
    found: list[Passage] = []
    size = 0
    for paragraph in paragraphs:
        if paragraph.section != section:
            continue
        if size and size + len(paragraph.text) > LONGEST_LIST:
            break
        found.append(_quote(document, paragraph, 0, len(paragraph.text)))
        size += len(paragraph.text)
    return found


def _named_at_head(paragraph: Paragraph, statement: Statement, wanted: Sequence[str]) -> bool:
    """The paragraph begins with the unit that is asked about, so that all of it is about it."""
    head = squeeze(paragraph.text[:60])
    pairs = [run[i : i + 2] for run in wanted for i in range(len(run) - 1)]
    return bool(pairs) and sum(pair in head for pair in pairs) >= 0.5 * len(pairs)


def _with_followers(statement: Statement, paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """The paragraph and, where it ends with a colon or is an item of a list, the items that follow it."""
    first = paragraphs[statement.paragraph]
    found = [_quote(statement.document, first, 0, len(first.text))]
    size = len(first.text)
    announced, goes_on = bool(ANNOUNCES.search(first.text)), bool(_GOES_ON.search(first.text))
    for paragraph in paragraphs[statement.paragraph + 1 :]:
        fits = size + len(paragraph.text) <= LONGEST_LIST and paragraph.section == first.section
        listed = _ITEM.match(paragraph.text) or (announced and len(found) == 1)
        if not (announced or goes_on) or not fits or not listed:
            break
        found.append(_quote(statement.document, paragraph, 0, len(paragraph.text)))
        size += len(paragraph.text)
        if goes_on and not _GOES_ON.search(paragraph.text):
            break
    return found


def _stretch(statement: Statement, text: str, wanted: Sequence[str], manner: Manner) -> tuple[int, int]:
    """From the words that name what is told to the end of the sentence or list."""
    start, end = statement.start, statement.end
    if manner.facet in (Facet.REASON, Facet.PURPOSE):
        start = _naming(text, start, wanted)
    start = _list_start(text, start)
    sentence = _sentence_end(text, end)
    continued = text[end : end + 12]
    if sentence - start <= LONGEST_SENTENCE or _ITEM.match(continued) or manner.several:
        end = sentence
    before = text.rfind("。", 0, start) + 1
    if _ITEM.match(text[start:]) is None and start - before <= 80:
        start = before
    if manner.facet is Facet.PURPOSE and _USED_FOR.match(text, end):
        end = _sentence_end(text, end + 1)  # …用于以下方面：城乡社区支出。主要用于公园二期建设
    if _HEADING.fullmatch(text[start:end].strip()):
        end = len(text)
    while _ITEM.match(text[end:]) and end - start < LONGEST_LIST and re.match(r"\s*[二三四五六七八九]是", text[end:]):
        end = _sentence_end(text, end + 1)
    return trimmed(text, start, min(end, start + LONGEST_LIST))


def _list_start(text: str, start: int) -> int:
    """Where the list begins, with what announces it, of which an item begins here: …主要问题：一是…；二是…."""
    if not _LATER_ITEM.match(text, start):
        return start
    first = max(text.rfind(item, 0, start) for item in _FIRST_ITEMS)
    return text.rfind("。", 0, first) + 1 if first >= 0 else start


def _naming(text: str, start: int, wanted: Sequence[str]) -> int:
    """Where the clause begins that names what is explained, if one stands near enough before."""
    pairs = {run[i : i + 2] for run in wanted for i in range(len(run) - 1)}

    def names(piece: str) -> int:
        return sum(pair in piece for pair in pairs)

    clauses = [
        m for m in re.finditer(r"[^。；;！？]+[。；;！？]?", text[:start]) if start - m.start() <= LONGEST_SENTENCE
    ]
    best = max(clauses, key=lambda m: (names(m.group()), m.start()), default=None)
    if best is None or names(best.group()) <= names(text[start : start + 60]):
        return start
    return best.start()


def _sentence_end(text: str, end: int) -> int:
    if end and text[end - 1] in "。！？":
        return end
    stop = text.find("。", end)
    return stop + 1 if stop >= 0 else len(text)


def _quote(document: str, paragraph: Paragraph, start: int, end: int) -> Passage:
    start, end = trimmed(paragraph.text, start, end)
    return Passage(document, paragraph.text[start:end], paragraph.section, paragraph.places(start, end))
