"""Exact evidence: the facts that explain most of a question and leave least of themselves unexplained.

Wordings of the documents are linked to the topic first (`links`); the facts that carry a linked wording are fetched
by parametrised SQL; each is scored by the characters of the topic that its label, parents, column, unit and table
explain, less what it says that was not asked for. Nothing here knows a particular table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from index.model import CatalogueEntry, Fact, FactQuery, Found, State
from index.wording import canonical
from qa.link import NOTHING, Cover, Topic, cover, is_total
from qa.retrieve.columns import PARTS_OF_SPENDING, is_quiet
from qa.retrieve.fit import ACCEPTS, Asked, fit, planned
from qa.retrieve.links import Links

_OF_ANY_ROW = re.compile("项目|支出|收入|预算|决算|经费|资金|费用?|金额")
_PUNCTUATION = re.compile(r"[，。；：！;:]|,(?!\d{3})")
_ALL_POINTS = re.compile(r"^(?:总分|总得分|合计|总计|自评总分)$")
_VEHICLES = frozenset({"辆", "台", "套", "台(套)"})
_BOUGHT = re.compile(r"购|买|新增")
CARRIED = re.compile("结[转余]")  # what is left of an earlier year is told by the parent of its row
_CHANGES = re.compile(r"(?:增加|减少|增长|下降|上升|降低|提高|上涨|下跌|增多|变动|变化|增减|增|减|涨|降)了?")
_BOUND = re.compile(r"[≥≤＞＜><]\d")
_FIGURES = re.compile(r"\d[\d,.]*")
_KIND_PRIOR: Mapping[str, float] = {
    "F01": 0.30, "F03": 0.28, "F09": 0.27, "F05": 0.20, "F06": 0.16, "F04": 0.12, "F02": 0.06, "F10": 0.10,
    "B01": 0.30, "B03": 0.28, "B09": 0.27, "B05": 0.20, "B06": 0.18, "B12": 0.20, "B04": 0.12, "B02": 0.06, "B13": 0.02, "B07": 0.02,
}  # fmt: skip
_SCOPE_PRIOR: Mapping[str, float] = {"全部": 0.10, "三公经费": 0.08, "财政拨款": 0.05, "一般公共预算": 0.03, "": 0.04}


@dataclass(frozen=True, slots=True)
class Scored:
    """A fact, how well it answers, and which characters of the topic it explains."""

    found: Found
    score: float
    mask: int
    label: Cover
    borrowed: int = 0  # the part of the mask that only the parents, not the row itself, explain
    total: bool = False  # the row is the total of its table
    told: int = 0  # the characters that the sentence of a figure of the prose holds up to it

    @property
    def fact(self) -> Fact:
        return self.found.fact


class FactStore(Protocol):
    """What is asked of the index here."""

    def facts(self, query: FactQuery) -> tuple[Found, ...]: ...


def fetch(
    links: Links,
    documents: Sequence[str],
    asked: Asked,
    store: FactStore,
    *,
    width: int = 60,
    dated: Sequence[str] = (),
) -> tuple[Found, ...]:
    """The facts that carry a linked wording: by label, by column of a total row, by code, by unit inside the document.

    `dated` are the columns of the year asked for, where it is not the documents' own.
    """
    names = tuple(documents)
    labels = sorted(links.label, key=lambda t: (-_worth(links.label[t]), t))[:width]
    columns = [*sorted(links.column, key=lambda t: (-_worth(links.column[t]), t))[:width], *dated]
    queries = []
    if labels:
        queries.append(FactQuery(documents=names, labels=tuple(labels)))
    if columns and links.totals:
        queries.append(FactQuery(documents=names, labels=links.totals, columns=tuple(columns)))
    if asked.codes:
        queries.append(FactQuery(documents=names, codes=asked.codes))
    entities = asked.units or tuple(sorted(links.entity, key=lambda t: (-_worth(links.entity[t]), t))[:8])
    if entities:
        queries.append(FactQuery(documents=names, entities=entities))
    if asked.units:
        queries.append(FactQuery(documents=names, labels=asked.units))
    seen: dict[tuple[str, str], Found] = {}
    for query in queries:
        for found in store.facts(query):
            seen.setdefault((found.document, found.fact.key), found)
    return tuple(seen.values())


def rank(
    topic: Topic, links: Links, facts: Iterable[Found], asked: Asked, entries: Mapping[str, CatalogueEntry]
) -> tuple[Scored, ...]:
    """The facts, best first; those that cannot be meant (other year, measure, unit) are left out."""
    scored = []
    without_measure = replace(asked, measure="", measure_mask=0)
    for found in facts:
        label = links.label.get(found.fact.label)
        measured = without_measure if _is_name(label, found.fact, asked) else asked
        one = _score(topic, links, found, measured, entries[found.document])
        if one is not None:
            scored.append(one)
    scored.sort(
        key=lambda s: (-round(s.score, 6), s.found.document, s.fact.table or 999, s.fact.row, s.fact.col, s.fact.key)
    )
    return tuple(scored)


def _worth(found: Cover) -> float:
    return found.mask.bit_count() - 0.5 * found.unsaid + (0.5 if found.exact else 0.0)


def _score(topic: Topic, links: Links, found: Found, asked: Asked, entry: CatalogueEntry) -> Scored | None:
    fact = found.fact
    if asked.entity and fact.entity not in asked.units and fact.label not in asked.units:
        return None
    label = links.label.get(fact.label)
    fitting = fit(fact, asked, entry)
    if fitting <= -6 or _row_without_table(fact):
        return None
    total = _is_total(fact, asked)
    entity = links.entity.get(fact.entity)
    of_points = asked.measure in ("得分", "分值")
    if of_points and label and entity and not label.exact and not label.mask & ~entity.mask & topic.content:
        label = None  # these words name the project, not the row
    if asked.entity_mask and fact.label in asked.units:
        label = Cover(asked.entity_mask, len(fact.label), 0.0, True, True)  # however the question puts its name
    elif label and asked.units and says_nothing(label.mask & ~asked.entity_mask, topic):
        label = None  # they name the unit: 福利中心运转经费 of 社会福利服务中心
    mask = label.mask if label else 0
    for found_path in [links.path[p] for p in fact.path if p in links.path]:
        mask |= found_path.mask
    borrowed = mask & ~(label.mask if label else 0)
    leaf = fact.column[-1] if fact.column else ""
    said_columns = [links.column[c] for c in fact.column if c in links.column]
    for part in said_columns:
        mask |= part.mask
    if entity:
        mask |= entity.mask
    if fact.code and fact.code in asked.codes:
        mask |= _code_mask(topic, fact.code)
        fitting += 3
    if asked.measure and (
        fact.measure in ACCEPTS.get(asked.measure, ()) or fact.measure == "上年" or planned(fact, asked, entry)
    ):
        mask |= asked.measure_mask
    if fact.direction:
        mask |= _words_of_change(topic.text)
    if fact.basis:
        mask |= cover(fact.basis, topic).mask
    strong = (mask & topic.content).bit_count()
    title = links.title.get(_title_of(fact))
    weak = ((title.mask & ~mask) & topic.content).bit_count() if title else 0
    score = strong + 0.6 * weak + fitting
    score -= _unsaid(fact, label, total, leaf, links, entity, asked, entry)
    score += _KIND_PRIOR.get(fact.kind, 0.0) + _SCOPE_PRIOR.get(fact.scope, 0.0)
    if fact.scope == "基本支出" and "基本支出" not in topic.text:
        score -= 0.25  # a part of the money, which the question does not name
    if label and label.exact:
        score += 0.8 + (0.6 if label.whole else 0.0)
    if fact.source == "table":
        score += 0.15
    if fact.label in asked.units and (fact.scope == "项目") != ("项目" in topic.text):
        score -= 1.0  # the projects of a unit are not all that it has
    if fact.state is State.BLANK:
        score -= 0.6
    if fact.unit in _VEHICLES and _BOUGHT.search("".join((*fact.path, fact.label))) and not _BOUGHT.search(topic.text):
        score -= 1.5  # what is held, unless buying is spoken of
    if fact.state is State.TEXT:
        score -= 2.0
    elif fact.state is State.ZERO and not any(c.isdigit() for c in fact.printed):
        score -= 0.2  # 无 says less than 0.00
    if (asked.income and _is_spending(fact)) or (asked.outgo and fact.path[:1] == ("收入",)):
        score -= 1.0
    elif asked.spent and total and _is_spending(fact):
        score += 0.4  # 2022年决算多少: what was spent
    elif not asked.income and fact.kind in ("F02", "B02"):
        score -= 0.2
    explained = mask | (title.mask if title else 0)
    borrowed &= topic.content & ~asked.measure_mask
    return Scored(found, score, explained, label or NOTHING, borrowed, total)


def says_nothing(mask: int, topic: Topic) -> bool:
    """Whether the words that a label and a question share are those of any row."""
    return not _OF_ANY_ROW.sub("", topic.spelled(mask)).strip()


def _is_name(label: Cover | None, fact: Fact, asked: Asked) -> bool:
    """Whether what seems to ask for a measure names the row, 预算调整率; not where its column says which: 预算总额 > 全年执行数."""
    said = label is not None and label.exact and asked.measure_mask and not asked.measure_mask & ~label.mask
    return bool(said) and not canonical(fact.label).endswith("总额")


def _is_spending(fact: Fact) -> bool:
    """Whether a figure stands in a table of expenditure, or on that side of one of both."""
    if fact.path[:1] in (("收入",), ("支出",)):
        return fact.path[0] == "支出"
    return "支出" in fact.title and not re.search("收入|收支", fact.title + fact.label)


def _is_total(fact: Fact, asked: Asked) -> bool:
    """The total row for what is asked: of a form's points it is the 总分, and the points of its funds are not."""
    if asked.measure in ("得分", "分值"):
        return bool(_ALL_POINTS.match(canonical(fact.label)))
    return is_total(fact.label)


def _row_without_table(fact: Fact) -> bool:
    """A row of a table that could not be read as one stands in the text: its figures have lost their columns."""
    return fact.source == "text" and _lost_its_columns(fact.quote)


@lru_cache(maxsize=16384)
def _lost_its_columns(quote: str) -> bool:
    return len(_FIGURES.findall(quote)) > 1 and (not _PUNCTUATION.search(quote) or bool(_BOUND.search(quote)))


def _title_of(fact: Fact) -> str:
    return fact.title


def _unsaid(
    fact: Fact,
    label: Cover | None,
    total: bool,
    leaf: str,
    links: Links,
    entity: Cover | None,
    asked: Asked,
    entry: CatalogueEntry,
) -> float:
    """What the fact says that nobody asked for."""
    cost = 0.0
    if label is not None:
        cost += 0.45 * label.unsaid
    elif not total:
        cost += 2.5
    if leaf and leaf not in links.column and not is_quiet(leaf):
        cost += 0.9
    elif leaf in links.column:
        cost += 0.45 * links.column[leaf].unsaid
        if canonical(leaf) in PARTS_OF_SPENDING and not links.column[leaf].exact:
            cost += 1.5  # a part of the money, which 支出 alone does not name
    if fact.path and CARRIED.search("".join(fact.path)) and not any(CARRIED.search(p) for p in links.path):
        cost += 1.2
    for upper in fact.column[:-1] if fact.scope != "三公经费" else ():
        if upper not in links.column and not is_quiet(upper):
            cost += 0.25
    if (
        fact.entity
        and entity is None
        and fact.entity not in asked.units
        and canonical(fact.entity) != canonical(entry.profile.organisation)
    ):
        cost += 1.2
    return cost


@lru_cache(maxsize=512)
def _words_of_change(text: str) -> int:
    """The characters of a topic that say that something rose or fell."""
    mask = 0
    for match in _CHANGES.finditer(text):
        mask |= ((1 << (match.end() - match.start())) - 1) << match.start()
    return mask


def _code_mask(topic: Topic, code: str) -> int:
    start = topic.text.find(code)
    return ((1 << len(code)) - 1) << start if start >= 0 else 0
