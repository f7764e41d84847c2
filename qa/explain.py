"""Whether a fact explains a question: every word that means something is the fact's own, or it is another question.

行政编制 is not answered with 编制 of something else, nor 办公费上年数 with this year's 办公费. That refusal is what keeps a
wrong figure from looking checked; words that only ask are listed (`qa/fillers.txt`) and are no part of a topic's content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from index.amounts import MONEY
from index.model import Fact
from index.wording import canonical
from qa.finder import Ranking
from qa.link import abbreviates, runs, stretches
from qa.money import money_said, of_other_money
from qa.organisations import span_mask
from qa.retrieve.columns import PARTS_OF_SPENDING
from qa.retrieve.facts import Scored
from qa.words import UNIT_NOUNS

_FORMAL = re.compile(r"^(?:机关事业单位|行政事业单位|机关|单位|本年|财政拨款|一般公共预算)")  # said or left out alike
_GENERIC = frozenset(
    {"经费", "费用", "资金", "费", "支出", "开支", "款", "价值", "资产价值"}
)  # said behind any item of money
_KINDS = frozenset({"项目", "专项"})  # and behind any item
_SIDES = frozenset({"收入", "支出"})
_ALL_OF_IT = re.compile(r"20\d\d年|本年|全年|年度|部门|单位|财政拨款|收支|收入|支出|预算|决算|实际|合计|总计?|[、的]")
_FOREIGN = re.compile(r"外事|外宾|外国|[国境]\)?外")
_MOVED = re.compile(r"(?:购置|新购|新增|处置|报废|更新)(?=固定资产|资产|车辆|公务用车|设备)")
_MOVED_SAID = re.compile(r"购|买|增|处置|报废|更新|换")
_AFTER_VERB = re.compile(r"了|的?(?:多少|几)")  # one character before these asks: 发了多少, 编了几个
_TITLE_PARTS = re.compile(r"基本支出|项目支出|采购|购买服务|机关运行|三公")
_PEOPLE = re.compile(r"人员(?=[是有为]|一?共|总共|多少|几|总?数|$)")
_HALF = re.compile(r"(?:基本|项目)支出$")
_BOUND = re.compile(r"(\d+)(万)?元?(?:\(含\))?以[上下]")


def explains(ranking: Ranking, scored: Scored) -> bool:
    """Whether a fact explains the topic: nothing of it that means something is left over."""
    coded = bool(scored.fact.code) and scored.fact.code in ranking.topic.text
    if not (scored.label.found or scored.total or coded):
        return False  # the row below an item that is asked for is not that item
    if (
        scored.borrowed
        and scored.label.found
        and not scored.label.exact
        and scored.label.unsaid > 2
        and not scored.total
    ):
        return False  # 财政委托业务支出 under 财政事务 is not 财政事务支出
    if not ranking.topic.size:
        return scored.label.found or coded
    if (
        _names_another(ranking, scored)
        or _of_other_column(ranking, scored)
        or _bounded_otherwise(ranking.topic.text, scored.fact.label)
        or _part_of_spending(ranking.topic.text, scored.fact)
        or _half_of_pair(ranking.topic.text, scored)
        or _one_of_a_kind(ranking, scored)
        or _of_foreigners(ranking.topic.text, scored.fact)
        or _posts_for_people(ranking.topic.text, scored.fact)
        or _what_was_bought(ranking.topic.text, scored)
        or _substituted(ranking.topic.text, scored)
        or _money_for_people(ranking.topic.text, scored.fact)
        or _of_part_in_title(ranking.topic.text, scored)
        or of_other_money(ranking.topic.text, scored.fact)
    ):
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


def _of_foreigners(text: str, fact: Fact) -> bool:
    """Whether the guests are foreign ones, of which nothing is asked: 外宾接待0批次."""
    return bool(_FOREIGN.search(fact.label)) and not _FOREIGN.search(text) and "接待" in text


def _posts_for_people(text: str, fact: Fact) -> bool:
    """Whether posts are counted where those who hold them are asked for: 行政编制实有多少人."""
    return bool(re.search("实有|实际", text)) and canonical(fact.label).endswith(("编制", "编制数", "编制人数"))


def _what_was_bought(text: str, scored: Scored) -> bool:
    """Whether the row is of what is acquired or given up, and the question only of what there is: 购置固定资产."""
    moved = _MOVED.match(canonical(scored.fact.label))
    return bool(moved) and not _MOVED_SAID.search(text)


def _one_of_a_kind(ranking: Ranking, scored: Scored) -> bool:
    """Whether only 收入 or 支出 is said and the fact is one kind of it: 其他收入, 事业收入."""
    topic = ranking.topic
    kind = topic.meaning
    if kind not in _SIDES or scored.total:
        return False
    label = canonical(scored.fact.label)
    if not label.endswith(kind) or label in topic.text:
        return False
    return bool(_ALL_OF_IT.sub("", label.removesuffix(kind)))


def _unexplained(ranking: Ranking, scored: Scored) -> int:
    """The meaningful characters left over; a word said twice is explained twice."""
    text, left = ranking.topic.text, 0
    explained = runs(scored.mask, text)
    for start, words in _spans(ranking.missing(scored), text):
        if len(words) < 2 or words in ranking.whole_labels or not any(words in run for run in explained):
            left |= span_mask([(start, start + len(words))])
    return left


def _part_of_spending(text: str, fact: Fact) -> bool:
    """Whether a figure is of basic or of project expenditure, as its row or its column says, and neither is asked for."""
    if (half := _HALF.search(canonical(fact.label))) and half.group()[:2] not in text:
        return True
    if not fact.code.startswith("2") or not fact.column:
        return False
    leaf = canonical(fact.column[-1])
    return leaf in PARTS_OF_SPENDING and leaf[:2] not in text


def _of_part_in_title(text: str, scored: Scored) -> bool:
    """Whether a total is that of a table of a part, which nobody asked for: a unit's 总计 in 项目支出预算表."""
    fact = scored.fact
    whole = scored.total or (fact.entity and canonical(fact.label) == canonical(fact.entity))
    said = [part for part in map(canonical, fact.column) if not money_said(part) and part not in _SIDES]
    if not whole or "绩效" in fact.title or any(part[:2] in text for part in said):
        return False
    parts = set(_TITLE_PARTS.findall(canonical(fact.title)))
    return len(parts) == 1 and parts.pop()[:2] not in text


def _money_for_people(text: str, fact: Fact) -> bool:
    """Whether people are asked for, 退休人员, and a figure is of their money: 退休费."""
    return fact.unit in MONEY and "人员" not in fact.label and bool(_PEOPLE.search(text))


def _half_of_pair(text: str, scored: Scored) -> bool:
    """Whether the label is one half of what the topic joins by 及: 公务用车购置 of 公务用车购置及运行维护费."""
    if "及" not in text or "及" in canonical(scored.fact.label):
        return False
    mask = scored.label.mask
    joints = (match.start() for match in re.finditer("及(?!其他)", text))
    return any(bool(at and mask >> (at - 1) & 1) != bool(mask >> (at + 1) & 1) for at in joints)


def _substituted(text: str, scored: Scored) -> bool:
    """Whether the topic says something else in the middle of the label: 一般公共预算支出 is no 一般公共服务支出."""
    label = canonical(scored.fact.label)
    if scored.label.exact or scored.total or len(label) < 6:
        return False
    head = next((label[:n] for n in range(len(label) - 4, 1, -1) if label[:n] in text), "")
    tail = next((label[-n:] for n in range(len(label) - len(head) - 2, 1, -1) if label[-n:] in text), "")
    if not head or not tail:
        return False
    gap = label[len(head) : -len(tail)]
    said = re.search(f"{re.escape(head)}([一-龥]{{2,6}}?){re.escape(tail)}", text)
    return bool(said) and said is not None and not set(said.group(1)) & set(gap)


def _bounded_otherwise(text: str, label: str) -> bool:
    """Whether a row counts what is worth one amount or more, and the question says another: 单价50万元以上, 100万元以上."""
    said = _BOUND.findall(text)
    printed = _BOUND.findall(canonical(label)) if said else []
    return bool(printed) and not set(said) & set(printed)
