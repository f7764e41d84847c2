"""Whether a fact explains a question: every word that means something is the fact's own, or it is another question.

行政编制 is not answered with 编制 of something else, nor 办公费上年数 with this year's 办公费. That refusal is what keeps a
wrong figure from looking checked; words that only ask are listed (`qa/fillers.txt`) and are no part of a topic's content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from index.amounts import MONEY
from index.wording import canonical
from qa.finder import Ranking
from qa.link import abbreviates, is_total, runs, stretches
from qa.money import of_unsaid_fund
from qa.organisations import span_mask
from qa.retrieve.facts import Scored, says_nothing
from qa.unlike import of_something_else
from qa.words import UNIT_NOUNS

_FORMAL = re.compile(r"^(?:机关事业单位|行政事业单位|机关|单位|本年|财政拨款|一般公共预算)")  # said or left out alike
# Said behind any item of money.
_GENERIC = frozenset({"经费", "费用", "资金", "费", "支出", "开支", "款", "价值", "资产价值"})
_KINDS = frozenset({"项目", "专项"})  # and behind any item
_AFTER_VERB = re.compile(r"了|的?(?:多少|几)")  # one character before these asks: 发了多少, 编了几个


def explains(ranking: Ranking, scored: Scored) -> bool:
    """Whether a fact explains the topic: nothing of it that means something is left over."""
    coded = bool(scored.fact.code) and scored.fact.code in ranking.topic.text
    if scored.total and scored.fact.measure == "上年" and of_unsaid_fund(ranking.topic.text, scored.fact):
        return False  # 2023年预算 is more than what the general budget's table prints of it
    if not (scored.label.found or scored.total or coded):
        return False  # the row below an item that is asked for is not that item
    of_unit = scored.fact.label == scored.fact.entity  # 工资福利支出 by unit: the row is the unit, its parent the item
    if (
        scored.borrowed
        and scored.label.found
        and not scored.label.exact
        and scored.label.unsaid > 2
        and not (scored.total or of_unit)
    ):
        return False  # 财政委托业务支出 under 财政事务 is not 财政事务支出
    if not ranking.topic.size:
        return scored.label.found or coded
    if scored.fact.code and not coded and not scored.label.exact and says_nothing(scored.label.mask, ranking.topic):
        return False  # 农林水支出 is no answer to what all the 支出 of a year was
    if _names_another(ranking, scored) or _of_other_column(ranking, scored) or of_something_else(ranking, scored):
        return False
    missing = _unexplained(ranking, scored)
    if not missing:
        return True
    if coded and _abbreviate(missing, scored, ranking.topic.text):
        return True
    return all(_fills(start, run, ranking.topic.text, scored) for start, run in _spans(missing, ranking.topic.text))


def _abbreviate(missing: int, scored: Scored, text: str) -> bool:
    """Whether words beside the code of an account are short for its name: 2120501环卫 is 城乡社区环境卫生."""
    name = canonical(scored.fact.label)
    return all(len(run) > 1 and abbreviates(run, name) for _, run in _spans(missing, text))


def _spans(mask: int, text: str) -> Iterator[tuple[int, str]]:
    """The stretches of neighbouring characters under a mask, with where they begin."""
    return ((start, text[start:end]) for start, end in stretches(mask, len(text)))


def _fills(start: int, run: str, text: str, scored: Scored) -> bool:
    """Whether words left over name nothing: the usual ending of an item, or the verb that asks for it."""
    if text.startswith("金额", start):
        return run == "金"
    if text.startswith("涉及", start):
        return run == "涉" and (scored.label.exact or "涉及" in scored.fact.label)  # 自评涉及几个项目
    if run == "总" and scored.fact.column and is_total(scored.fact.column[-1]):
        return True  # 总收入 of a unit is the total of its row
    unit = scored.fact.unit
    asked = re.search(rf"(?:多少|几){re.escape(unit)}", text) if unit else None
    if asked and asked.start() <= start and start + len(run) <= asked.end():
        return True  # 多少公里 of what is counted in 公里
    if scored.label.exact and (noun := UNIT_NOUNS.get(unit)) and noun.fullmatch(run):
        return True  # 面积 of what is counted in 平方米
    if run in _KINDS or (scored.fact.unit in MONEY and (run in _GENERIC or text[start - 1 : start + 1] == "费用")):
        return scored.label.exact and bool(start and scored.label.mask >> (start - 1) & 1)
    return len(run) == 1 and bool(_AFTER_VERB.match(text, start + 1))


def _names_another(ranking: Ranking, scored: Scored) -> bool:
    """Whether the topic names an account whole that this fact is not of: 电费 is no short form of 邮电费."""
    if not ranking.named:
        return False
    fact = scored.fact
    if scored.total:  # a total is of its column and its table
        bearers, mask = (*fact.column, fact.title), scored.mask
    else:
        bearers, mask = (fact.label,), scored.label.mask
    around = (*fact.path, *fact.column, fact.entity, fact.title, fact.quote)
    of_unit = canonical(fact.label) if fact.label == fact.entity else ""
    for span, name in ranking.named:
        if name in of_unit:
            continue  # 特殊教育 in the name of the school that the row is of
        if mask & span and (mask & ~span == 0 or not any(canonical(part) == name for part in fact.path)):
            wider = bool(mask & ~span)
            if not any(_is_called(canonical(bearer), name, fact.path, wider) for bearer in bearers):
                return True
        elif not mask & span and scored.mask & span and not _stands_in(around, _variants(name)):
            return True  # pieces of it stand in the name of a project: 培训费, 企业家培训活动经费
    return False


def _of_other_column(ranking: Ranking, scored: Scored) -> bool:
    """Whether the topic names a column whole that neither the fact's column nor its row, parents or table bear."""
    if not ranking.columns:
        return False
    fact = scored.fact
    said = (*fact.column, fact.label, *fact.path, fact.title, fact.quote)
    named = scored.label.mask if scored.label.exact else 0
    return any(
        mask & ~named and not (fact.scope and fact.scope in name) and not _stands_in(said, (name,))
        for mask, name in ranking.columns
    )


def _stands_in(texts: Iterable[str], names: Collection[str]) -> bool:
    return any(name in plain for plain in map(canonical, texts) for name in names)


@lru_cache(maxsize=4096)
def _variants(name: str) -> frozenset[str]:
    plain = _FORMAL.sub("", re.sub(r"\([^()]*\)", "", name))
    return frozenset({plain, plain.removesuffix("支出").removesuffix("等")})


def _is_called(label: str, name: str, path: Sequence[str], wider: bool = False) -> bool:
    """Whether a row bears the name, with a usual ending or a bracket more or less, or is all there is under it.

    `wider`: more of the row than the name is said: 公务用车维修 is called 公务用车维修费.
    """
    stem = re.sub(r"\([^()]*\)|费$", "", name)
    return (
        (wider and len(stem) > 1 and label.endswith(stem))
        or label.startswith(name)
        or (name.startswith(label) and len(name) - len(label) <= 2)
        or bool(_variants(label) & _variants(name))
        or (label.endswith(name) and any(canonical(part) == name for part in path))
    )


def _unexplained(ranking: Ranking, scored: Scored) -> int:
    """The meaningful characters left over; a word said twice is explained twice."""
    text, left = ranking.topic.text, 0
    explained = runs(scored.mask, text)
    for start, words in _spans(ranking.missing(scored), text):
        if len(words) < 2 or words in ranking.whole_labels or not any(words in run for run in explained):
            left |= span_mask([(start, start + len(words))])
    return left
