"""Yes or no from the words of a document: what it says of the thing asked, and whether it affirms or denies it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.wording import squeeze
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.model import Intent
from qa.respond.bases import COMPLETED, YEAR_BEFORE
from qa.respond.compared import sides_compared
from qa.respond.facets import Manner
from qa.respond.quoting import passages_of
from qa.respond.spans import Scored, wanted_of
from qa.respond.telling import MOST, adds, alike, answering, of_the_office, tell

_DENIED = re.compile(
    r"没有|未(?!来|必|成年|完|经)|无(?!关|论|偿|法|线|形|障碍|疑|需|人机|害)|不(?!断|仅|但|同|含|低于|少于|超过|超|得|大于|足|单列|列入公开)|为0(?![.\d])|(?<![\d.])0(?:\.0+)?(?:个|辆|万元|元|人|次|批|台|项|%)|持平|取消|免去|不再"
)
_ASKED_NOT = re.compile(
    r"(?:是不是|是否|难道)?(?:没有?|未|不)(?!有|没|是|能|会|起)(?=[一-鿿]).{0,12}吗|没.{1,10}(?:吧|是吗)"
)
_ALL = re.compile(r"全部?(?!年|市|区|省|国|体|面|额|程|县|民|资)|都(?!市)|所有|每个|均")
_UP = re.compile(r"增加|增长|上升|提高|上涨|涨|超(?:出|过|支)?|多于|高于|变多")
_DOWN = re.compile(r"减少|下降|降低|压减|压缩|缩减|精简|少于|低于|变少|节约|降")
_MOVED = re.compile(rf"{_UP.pattern}|{_DOWN.pattern}|持平|相同|一致|上年|去年|20\d\d")
_HEADING = re.compile(
    r"[^，,；;：:]*(?:情况|情况(?:的)?说明)[。：:]?\s*$"
)  # names what is told behind it, and tells nothing
_COPULA = re.compile(r"□*(?:是不是|是否是|是(?!否))")  # what the office itself is
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(亿元|万元|元|%|[一-鿿])")
_SHARE = re.compile(r"(?P<share>\d+(?:\.\d+)?)%")


SURE = 0.55  # the share of the question that a statement must say before it settles it


def respond(intent: Intent, manner: Manner, finder: Finder) -> Draft | None:
    """The statement that speaks of what is asked, with what follows from it; None where none does."""
    wanted = wanted_of(intent, manner, finder)
    if wanted.empty:
        return None
    found = (_behind_heading(s, finder) for s in answering(intent, wanted, intent.documents, finder))
    order = [scored for scored in found if scored]
    if not order:
        return None
    best = order[0]
    if best.said < SURE or (_COPULA.match(intent.topic.text) and not of_the_office(best.statement, finder)):
        return None
    if YEAR_BEFORE.search(intent.text) and not _MOVED.search(best.statement.text):
        return None  # what says nothing of last year settles no comparison with it
    if sides_compared(intent.topic.text) or COMPLETED.search(intent.topic.text):
        return None  # a sentence that names both says nothing of which is more
    if intent.condition:  # 超过100万吗 is settled by a figure, never by a sentence that holds some amount
        return None
    verdict = verdict_of(intent.topic.text, best.statement.text, intent.stated)
    if verdict is None:
        return tell(intent, manner, finder)
    words = wanted.words
    ledger = new_ledger(finder)
    quotes = passages_of(best.statement, words, manner, finder)
    for other in order[1:MOST]:
        if alike(other, best) and verdict_of(intent.topic.text, other.statement.text, intent.stated) == verdict:
            quotes += [q for q in passages_of(other.statement, words, manner, finder) if adds(q, quotes)]
    lines = [f"> {quote.quote}[{ledger.passage(quote)}]" for quote in quotes]
    entry = finder.entry(best.statement.document)
    lead = "是" if verdict == "yes" else "否"
    text = f"{lead}。{heading(entry)}{entry.profile.stage}文件中写道：\n\n" + "\n\n".join(lines)
    return Draft(text, ledger, verdict=verdict, warnings=intent.notes)


def _behind_heading(scored: Scored, finder: Finder) -> Scored | None:
    """What is told behind a heading in its paragraph, where the heading was found; None where nothing is."""
    heads = scored.statement
    if not _HEADING.match(heads.text):
        return scored
    behind = (
        s for s in finder.statements(heads.document) if s.paragraph == heads.paragraph >= 0 and s.start >= heads.end
    )
    told = min(behind, key=lambda s: s.start, default=None)
    return replace(scored, statement=told) if told else None


def verdict_of(question: str, said: str, stated: Sequence[tuple[Decimal, str]] = ()) -> str | None:
    """yes or no for a question answered by one statement; None where the statement does not settle it."""
    plain, asked = squeeze(said), squeeze(question)
    if YEAR_BEFORE.search(asked) and "预算" not in asked and "年初预算" in plain and not YEAR_BEFORE.search(plain):
        return None
    if stated:
        return _of_amounts(plain, stated)
    if _UP.search(asked) and not _DOWN.search(asked) and _DOWN.search(plain) and not _UP.search(plain):
        return "no"
    if _DOWN.search(asked) and not _UP.search(asked) and _UP.search(plain) and not _DOWN.search(plain):
        return "no"
    if _ALL.search(asked) and not _ALL.search(plain):
        shares = [match["share"] for match in _SHARE.finditer(plain)]
        return None if not shares else "yes" if float(shares[0]) == 100.0 else "no"
    denied = bool(_DENIED.search(plain))
    holds = denied if _ASKED_NOT.search(asked) else not denied
    return "yes" if holds else "no"


def _of_amounts(plain: str, stated: Sequence[tuple[Decimal, str]]) -> str | None:
    """Whether the amounts of the question are those of the statement; None where it prints none of their kind."""
    printed = [(Decimal(m[1].replace(",", "")), m[2]) for m in _AMOUNT.finditer(plain)]
    kinds = {unit for _, unit in printed}
    if not all(any(unit[:1] == kind[:1] for kind in kinds) for _, unit in stated if unit):
        return None
    return "yes" if all(any(value == number for number, _ in printed) for value, _ in stated) else "no"
