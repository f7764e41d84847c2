"""Years that a question names by their number, 两年, or by the document it sets its own against."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import CatalogueEntry
from qa import words
from qa.organisations import Offices
from qa.periods import find_periods

_EVERY_YEAR = re.compile(
    r"(?:这|近|前后|最近)?(?P<count>[两二三四五几各历])个?年(?:度|来|间)?(?![内期底末初前后以])的?"
)
_AGAINST_YEAR = re.compile(
    r"[比较](?P<other>(?P<year>20\d\d)年度?的?(?P<stage>预算|决算)数?)(?:要|会)?(?:多|少|增加|减少|高|低|大|小)了?(?:多少|几)"
)


def with_years(text: str, offices: Offices, catalogue: Sequence[CatalogueEntry]) -> str:
    """The question with the years spelled out that the office named has published."""
    named = {name for mention in offices.mentions for name in mention.names}
    own = tuple(e for e in catalogue if e.name in named)
    return _against(_every(text, own), own)


def _every(text: str, own: Sequence[CatalogueEntry]) -> str:
    """两年机关运行经费分别多少: of both years there are; another number of years than there are is left as it is."""
    match = _EVERY_YEAR.search(text)
    years = sorted({e.profile.year for e in own if e.profile.year})
    if not match or len(years) < 2 or find_periods(text).years or len({e.profile.organisation for e in own}) > 1:
        return text
    if words.CHINESE_DIGITS.get(match["count"], len(years)) != len(years):
        return text
    return f"{text[: match.start()]}{'和'.join(f'{year}年' for year in years)}{text[match.end() :]}"


def _against(text: str, own: Sequence[CatalogueEntry]) -> str:
    """2025年预算比2024年决算多多少 sets two documents against each other where the office has published both."""
    match = _AGAINST_YEAR.search(text)
    if not match or not any(e.profile.year == int(match["year"]) and e.profile.stage == match["stage"] for e in own):
        return text
    return f"{text[: match.start()]}与{match['other']}相差多少{text[match.end() :]}"
