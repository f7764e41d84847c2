"""How people ask: words that ask, measure, compare, order or merely fill.

What documents say lives in `index.vocabulary`. The words themselves stand in words.yaml and fillers.txt, one a line; here
each list gets its name, and becomes one pattern that finds any of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from index.written import written_text, written_yaml


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_LISTS: Mapping[str, Any] = written_yaml("qa", "words.yaml")

# -- what kind of figure is asked for ----------------------------------------------------------------------------------
MEASURE_WORDS = tuple((measure, _any_of(words)) for measure, words in _LISTS["measures"].items())
"""(measure, its words), the specific before the general: the first that fits wins."""

CHANGE_BASIS = _any_of(_LISTS["change_basis"])
"""What a change is measured against; without one 增加 may be part of a name."""

# -- questions of a kind -----------------------------------------------------------------------------------------------
WHY = _any_of(_LISTS["why"])
DEFINE = _any_of(_LISTS["define"])
YESNO = _any_of(_LISTS["yesno"])
CHECK = _any_of(_LISTS["check"])
LIST = _any_of(_LISTS["list"])
TWO_COUNTS = _any_of(_LISTS["two_counts"])
SEVERAL = _any_of(_LISTS["several"])
"""Several rows are asked for."""

TOLD = _any_of(_LISTS["told"])
"""What is told in words rather than listed in figures."""

DUTY = _any_of(_LISTS["duty"])
STRUCTURE = _any_of(_LISTS["structure"])
OPEN = _any_of(_LISTS["open"])
QUANTITY = _any_of(_LISTS["quantity"])
OFF_TOPIC = _any_of(_LISTS["off_topic"])
"""Nothing of public finance is asked."""

# -- order and extremes ------------------------------------------------------------------------------------------------
RANK_CROSS = _any_of(_LISTS["rank_cross"])
"""Which office of several."""

BIGGEST = _any_of(_LISTS["biggest"])
"""The one largest row of several: 最大的一个项目, 哪个科目花得最多."""

LARGEST = _any_of(_LISTS["largest"])
SMALLEST = _any_of(_LISTS["smallest"])

# -- which kind of figure the question ends on -------------------------------------------------------------------------
ASKS_CHANGE = _any_of(_LISTS["asks_change"])
ASKS_RATE = _any_of(_LISTS["asks_rate"])
ASKS_AMOUNT = _any_of(_LISTS["asks_amount"])
SPENT = _any_of(_LISTS["spent"])

# -- arithmetic --------------------------------------------------------------------------------------------------------
ARITHMETIC = _any_of(_LISTS["arithmetic"])
"""Arithmetic that must come out as such: a single figure is no answer to it."""

SUM = _any_of(_LISTS["sum"])
PRIOR = _any_of(_LISTS["prior"])
"""Last year's figure is to be worked out from this year's and its change."""

# -- years and parts of them -------------------------------------------------------------------------------------------
LAST_YEAR = _any_of(_LISTS["last_year"])
THIS_YEAR = _any_of(_LISTS["this_year"])
PART_OF_YEAR = _any_of(_LISTS["part_of_year"])
"""Disclosures print whole years."""

# -- turns of a conversation -------------------------------------------------------------------------------------------
POLITE_HEAD, POLITE_TAIL = _any_of(_LISTS["polite_head"]), _any_of(_LISTS["polite_tail"])
"""What is said around a question for courtesy."""

THANKS = _any_of(_LISTS["thanks"])
WHERE = _any_of(_LISTS["where"])
SURE = _any_of(_LISTS["sure"])
CORRECTION = _any_of(_LISTS["correction"])
TOGETHER_SUM = _any_of(_LISTS["together_sum"])
TOGETHER_GAP = _any_of(_LISTS["together_gap"])
TOGETHER_RANK = _any_of(_LISTS["together_rank"])
"""Earlier figures added, set against each other, ranked: 两个加起来, 差多少, 谁多."""

REFINES = _any_of(_LISTS["refines"])
"""The list before in another order or cut: 最大的是哪个, 前三名, 一共几个."""

COLUMNS = _any_of(_LISTS["columns"])
"""Columns that any account can be read in."""

TOPIC_HEADS = _any_of(_LISTS["topic_heads"])
"""What several figures are figures of: after 公车加油, 维修 is that of the cars."""

ASKING = _any_of(_LISTS["asking"])
"""What a turn asks of its topic; the next turn asks something else of the same."""

# -- the conversation and its offices ----------------------------------------------------------------------------------
SELF = _any_of(_LISTS["self"])
ALL_UNITS = _any_of(_LISTS["all_units"])
OFFICE = re.compile(rf"[一-龥]{{2,14}}?(?:{'|'.join(_LISTS['office_ends'])})")
"""What looks like the name of an office, indexed or not."""

UNIT_END = _any_of(_LISTS["unit_ends"])
"""How the names of units within an office end."""

NO_UNIT = _any_of(_LISTS["no_unit"])
"""What follows an office without naming a unit of it."""

AFTER_NAME = _any_of(_LISTS["after_name"])
"""What may follow a name and is no part of it."""

TERM_END = re.compile(rf"(?:{'|'.join(_LISTS['term_ends'])})$")
"""Ends of the terms that people put before an office: 培训费 in 培训费财政局多少."""

# -- units -------------------------------------------------------------------------------------------------------------
ASK_UNITS = tuple((_any_of(words), unit) for unit, words in _LISTS["money_units"].items())
COUNT_UNITS = tuple((_any_of(words), unit) for unit, words in _LISTS["count_units"].items())
UNIT_NOUNS = {unit: re.compile(noun) for unit, noun in _LISTS["unit_nouns"].items()}
"""What the unit of a figure says of it: 平方米 is a 面积."""

PRICE = _any_of(_LISTS["price"])
"""What things are worth, not how many there are: 车辆值多少钱."""

FORM_ATTRIBUTE = _any_of(_LISTS["form_attributes"])
"""Names beside which a form gives a short answer in words: who carries a project out, when it ends, how it was rated."""

# -- words that name nothing -------------------------------------------------------------------------------------------
OPERATION_WORDS = _any_of(_LISTS["operation_words"])
"""Words of an operation: they ask, but name nothing."""

FILLER: tuple[str, ...] = tuple(sorted(written_text("qa", "fillers.txt").split(), key=len, reverse=True))
"""Words that ask or connect and name nothing; the longest are tried first."""

ANY_FILLER = re.compile("|".join(map(re.escape, FILLER)))
"""The longest of them that begins at a place."""

WHOLE = _any_of(_LISTS["whole"])
"""Words whose characters would be filling by themselves."""

# -- what people say -> what documents say -----------------------------------------------------------------------------
NICKNAMES = tuple((re.compile(said), written) for said, written in _LISTS["nicknames"].items())

CHINESE_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
