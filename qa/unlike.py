"""Why a figure that shares the words of a question is of something else: of one kind, one half, one fund, one of several.

Each reason says what the place of the figure narrows it to and the question does not; any one of them rules it out.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from index.amounts import MONEY
from index.model import Fact
from index.wording import canonical
from qa.finder import Ranking
from qa.link import cover, is_total
from qa.money import money_said, of_other_money
from qa.retrieve.columns import PARTS_OF_SPENDING, says_part
from qa.retrieve.facts import Scored

_SIDES = frozenset({"收入", "支出"})
_ALL_OF_IT = re.compile(r"20\d\d年|本年|全年|年度|部门|单位|财政拨款|收支|收入|支出|预算|决算|实际|合计|总计?|[、的]")
_FOREIGN = re.compile(r"外事|外宾|外国|[国境]\)?外")
_MOVED = re.compile(r"(?:购置|新购|新增|处置|报废|更新)(?=固定资产|资产|车辆|公务用车|设备)")
_MOVED_SAID = re.compile(r"购|买|增|处置|报废|更新|换")
_TITLE_PARTS = re.compile(r"基本支出|项目支出|采购|购买服务|机关运行|三公")
_PEOPLE = re.compile(r"人员(?=[是有为]|一?共|总共|多少|几|总?数|$)")
_HOW_MANY = re.compile(r"数量|保有|总数")
_JOINED = re.compile(r"(?P<first>购置|购买|运行|维护)费?及(?P<second>购置|购买|运行|维护)")
_BRACKET = re.compile(r"\(([^()]{2,4})\)$")
_HALF = re.compile(r"(?:基本|项目)支出$")
_BOUND = re.compile(r"(\d+)(万)?元?(?:\(含\))?以[上下]")


def of_something_else(ranking: Ranking, scored: Scored) -> bool:
    """Whether any reason speaks against a figure."""
    text, fact = ranking.topic.text, scored.fact
    return (
        _bounded_otherwise(text, fact.label)
        or _part_of_spending(text, fact)
        or _of_foreigners(text, fact)
        or _posts_for_people(text, fact)
        or _money_for_people(text, fact)
        or _of_a_project(text, fact)
        or _says_none(text, fact)
        or _of_public_services(text, fact)
        or of_other_money(text, fact)
        or _half_of_pair(text, scored)
        or _what_was_bought(text, scored)
        or _substituted(text, scored)
        or _of_part_in_title(text, scored)
        or _one_of_a_kind(ranking, scored)
        or _bracketed(ranking, scored)
        or _named_by_column(ranking, scored)
    )


def _bounded_otherwise(text: str, label: str) -> bool:
    """Whether a row counts what is worth one amount or more, and the question says another: 单价50万元以上, 100万元以上."""
    said = _BOUND.findall(text)
    printed = _BOUND.findall(canonical(label)) if said else []
    return bool(printed) and not set(said) & set(printed)


def _part_of_spending(text: str, fact: Fact) -> bool:
    """Whether a figure is of basic or of project expenditure, as its row or its column says, and neither is asked for."""
    if (half := _HALF.search(canonical(fact.label))) and not says_part(text, half.group()):
        return True
    if not fact.column or not (fact.code.startswith("2") or is_total(fact.label)):
        return False
    leaf = canonical(fact.column[-1])
    return leaf in PARTS_OF_SPENDING and not says_part(text, leaf)


def _half_of_pair(text: str, scored: Scored) -> bool:
    """Whether the label is one half of what the topic joins by 及: 公务用车购置 of 公务用车购置及运行维护费."""
    if joined := _JOINED.search(canonical(scored.fact.label)):
        return (joined["first"] in text) != (joined["second"] in text)
    if "及" not in text or "及" in canonical(scored.fact.label):
        return False
    mask = scored.label.mask
    joints = (match.start() for match in re.finditer("及(?!其他)", text))
    return any(bool(at and mask >> (at - 1) & 1) != bool(mask >> (at + 1) & 1) for at in joints)


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


def _of_foreigners(text: str, fact: Fact) -> bool:
    """Whether the guests are foreign ones, of which nothing is asked: 外宾接待0批次."""
    return bool(_FOREIGN.search(fact.label)) and not _FOREIGN.search(text) and "接待" in text


def _posts_for_people(text: str, fact: Fact) -> bool:
    """Whether posts are counted where those who hold them are asked for: 行政编制实有多少人."""
    return bool(re.search("实有|实际", text)) and canonical(fact.label).endswith(("编制", "编制数", "编制人数"))


def _what_was_bought(text: str, scored: Scored) -> bool:
    """Whether the row is of what is acquired or given up, and the question of what there is (购置固定资产), or the reverse."""
    fact = scored.fact
    if fact.unit in ("辆", "台") and re.search("买|购(?!买)", text):
        return not re.search("买|购|更新|新增", "".join((fact.label, *fact.path, *fact.column, fact.title)))
    return bool(_MOVED.match(canonical(fact.label))) and not _MOVED_SAID.search(text)


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
    if any(gap[i : i + 2] in text for i in range(len(gap) - 1)):
        return False  # said elsewhere: 自评为差的项目 of 项目自评等级为差
    if text.rfind(tail) < text.find(head):
        return True  # 项目支出(一般公共预算) says neither half of 一般公共服务支出 in its place
    said = re.search(f"{re.escape(head)}([一-龥]{{2,6}}?){re.escape(tail)}", text)
    return said is not None and not set(said.group(1)) & set(gap)


def _money_for_people(text: str, fact: Fact) -> bool:
    """Whether people are asked for, 退休人员, and a figure is of their money: 退休费."""
    return fact.unit in MONEY and "人员" not in fact.label and bool(_PEOPLE.search(text))


def _bracketed(ranking: Ranking, scored: Scored) -> bool:
    """Whether a bracket makes the row one of several of the name that the topic does not tell apart: 住房公积金(行政)."""
    fact = scored.fact
    if fact.source != "table" or fact.unit not in MONEY:
        return False
    if not (bracket := _BRACKET.search(canonical(fact.label))) or bracket.group(1) in ranking.topic.text:
        return False
    label, stem = canonical(fact.label), canonical(fact.label)[: bracket.start()]
    beside = (s.fact for s in ranking.scored if (s.fact.table, s.fact.entity) == (fact.table, fact.entity))
    return any(canonical(other.label) != label and _BRACKET.sub("", canonical(other.label)) == stem for other in beside)


def _named_by_column(ranking: Ranking, scored: Scored) -> bool:
    """Whether the topic says nothing of the row but what its column says: 公用经费 is no 工会经费 in that column."""
    label, columns = canonical(scored.fact.label), [canonical(part) for part in scored.fact.column]
    if scored.label.exact or scored.total or label in columns or not scored.label.found:
        return False
    said = reduce(or_, (cover(part, ranking.topic).mask for part in columns), 0)
    return bool(said) and not scored.label.mask & ~said


def _of_a_project(text: str, fact: Fact) -> bool:
    """Whether the evaluation of the whole office is asked for, 整体支出绩效, and a figure is of one project's."""
    place = "".join((fact.title, fact.label, fact.entity, *fact.path, fact.quote))
    return "整体" in text and fact.unit not in MONEY and "整体" not in place


def _of_public_services(text: str, fact: Fact) -> bool:
    """Whether a figure is of 一般公共服务支出, and the topic says no more than 一般公共预算."""
    return "一般公共服务" in canonical(fact.label) and not re.search("公共服务|公共支出", text) and "公共预算" in text


def _says_none(text: str, fact: Fact) -> bool:
    """Whether how many there are is asked, and a figure only says that none was bought."""
    return bool(_HOW_MANY.search(text)) and not _MOVED_SAID.search(text) and not re.search(r"\d", fact.printed)


def _of_part_in_title(text: str, scored: Scored) -> bool:
    """Whether a total is that of a table of a part, which nobody asked for: a unit's 总计 in 项目支出预算表."""
    fact = scored.fact
    whole = scored.total or (fact.entity and canonical(fact.label) == canonical(fact.entity))
    said = [part for part in map(canonical, fact.column) if not money_said(part) and part not in _SIDES]
    if not whole or "绩效" in fact.title or any(part[:2] in text for part in said):
        return False
    parts = set(_TITLE_PARTS.findall(canonical(fact.title)))
    return len(parts) == 1 and parts.pop()[:2] not in text
