"""Which characters of a question carry meaning, and which are understood already."""

from __future__ import annotations

import re

from qa import words
from qa.organisations import span_mask

# The start and the end of the year are different balances: 年初结转, 年末还结转.
_BALANCE_DATE = re.compile(r"(?:年[初末]|期[初末])(?=还?(?:有|剩)?(?:的|多少)?(?:财政拨款)?结[转余])")
# Words that ask, and how long such a match may be: 有因公出国预算吗 holds more than its asking.
_ASKING_WORDS = (
    (words.WHY, 8),
    (words.YESNO, 3),
    (words.CHANGE_BASIS, 8),
    (words.PRIOR, 8),
    (words.OPERATION_WORDS, 8),
)

_UNDER_OFFICE = re.compile("(?:下属|所属|下辖|直属)的?")  # before the name of a unit they say nothing more
_FIRST = frozenset(word[0] for word in words.FILLER)  # few characters begin a filler
_WORD = re.compile(r"[一-龥A-Za-z]")


def blanked(text: str, mask: int) -> str:
    """The text with what is already understood (office, year, table, bound) made unmatchable, positions kept."""
    return "".join("□" if mask >> i & 1 else c for i, c in enumerate(text))


def content_mask(text: str, skip: int) -> int:
    """The characters that carry meaning: no office, no year, no filling, no figures, no punctuation."""
    filling = skip
    for pattern, longest in _ASKING_WORDS:
        filling |= span_mask(m.span() for m in pattern.finditer(text) if m.end() - m.start() <= longest)
    filling |= span_mask(
        m.span()
        for m in re.finditer(r"\([^()]*(?:[推倒折换计]算|倒推|推|口径|合并|合计|表示|文件|各自|本级|加)[^()]*\)", text)
    )
    filling |= span_mask(m.span() for m in _UNDER_OFFICE.finditer(text) if skip >> m.end() & 1)
    i = 0
    while i < len(text):
        if whole := words.WHOLE.match(text, i):
            i = whole.end()
            continue
        word = words.ANY_FILLER.match(text, i) if text[i] in _FIRST else None
        if word:
            filling |= span_mask([word.span()])
        i = word.end() if word else i + 1
    filling &= ~span_mask(m.span() for m in _BALANCE_DATE.finditer(text))
    meaning = 0
    for i, char in enumerate(text):
        if not filling >> i & 1 and _WORD.match(char):
            meaning |= 1 << i
    return meaning
