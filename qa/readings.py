"""Which of the figures that explain a question is meant: the money, the side, the table and the name that it says.

Ranking weighs words; here one reading gives way to another for a reason: a part to its whole, one money to the money named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import CatalogueEntry, Fact
from index.wording import canonical
from qa.draft import leaf_of, subject_of
from qa.finder import Finder
from qa.link import Topic, cover, is_total
from qa.money import ALL, FUNDS, GRANTED, money_of, money_said, without_money
from qa.organisations import same_unit
from qa.retrieve.columns import is_quiet
from qa.retrieve.facts import Scored
from qa.tables_named import bears, named_tables

_TOTAL = re.compile(r"(?:本年)?(?:收支|收入|支出)?(?:预算|决算)?(?:总计|合计|总额)$")
_ALL_FUNDS = re.compile("资金(?:的)?总[额数量]|总资金|总投入")
_ONE_FUND = re.compile(r"^(?:其中[:：]?)?(?:(?:其他|自筹|配套|财政|上级|本级|中央|省级|市级)(?:资金|拨款)|.*拨款)$")
_PROCUREMENT = "B16"  # the kind of table that lists what is to be bought
MARGIN = 0.95  # how close another reading must come to be mentioned


def preferred(topic: Topic, usable: list[Scored], entry: CatalogueEntry) -> tuple[Scored, list[Scored]]:
    """The figure meant, of those that explain the topic, best first; and those that can still be other readings of it."""
    best = _whole_of(usable[0], usable) or _in_table_named(topic, usable) or _not_bought(topic, usable) or usable[0]
    best = _of_all_money(topic, _of_money_said(topic, best, usable), usable)
    best = _fuller_named(_spent(topic, best, usable), usable)
    if entry.profile.stage == "决算" and (of_year := _of_the_year(topic, best, usable)):
        best, usable = of_year, [s for s in usable if not _is_grand_total(s.fact)]
    return best, usable


def of_all_funds(topic: Topic, usable: Sequence[Scored]) -> list[Scored]:
    """Where 资金总额 is asked for: the totals of the funds of a project form, else all but its single funds, 其他资金."""
    if not _ALL_FUNDS.search(topic.text):
        return list(usable)
    totals = [s for s in usable if s.fact.entity and canonical(s.fact.label).endswith("总额")]
    return totals or [s for s in usable if not _ONE_FUND.search(s.fact.label) or cover(s.fact.label, topic).exact]


def _whole_of(part: Scored, usable: Sequence[Scored]) -> Scored | None:
    """What the prose divides, where the topic does not name the part: 编制数 is of 编制总数112名, 其中行政编制46名."""
    if part.label.exact or part.fact.source != "text":
        return None
    return next((s for s in usable if part_of(part.fact, s.fact) and s.score >= part.score - MARGIN), None)


def part_of(part: Fact, whole: Fact) -> bool:
    """Whether two figures of one paragraph are a part and its whole."""
    paragraphs = {key.partition(".")[0] for key in (part.key, whole.key)}
    same = part.source == whole.source == "text" and len(paragraphs) == 1 and part.unit == whole.unit
    return same and canonical(whole.label) in map(canonical, part.path)


def _in_table_named(topic: Topic, usable: Sequence[Scored]) -> Scored | None:
    """The figure as the table prints it that the question names in words."""
    names = named_tables(topic.text)
    if not names:
        return None
    return next((s for s in usable if s.fact.title and all(bears(s.fact.title, name) for name in names)), None)


def _not_bought(topic: Topic, usable: Sequence[Scored]) -> Scored | None:
    """What is planned for an item, where the best is the part of it to be procured and nothing is said of that."""
    if usable[0].fact.kind != _PROCUREMENT or re.search("[采购]", topic.text):
        return None
    name = canonical(usable[0].fact.label)
    return next((s for s in usable if s.fact.kind != _PROCUREMENT and canonical(s.fact.label) == name), None)


def _of_money_said(topic: Topic, best: Scored, usable: Sequence[Scored]) -> Scored:
    """The figure of the very money that the topic names, where the best is of a part of it: of all 财政拨款."""
    said = money_said(topic.text)
    if not said or money_of(best.fact) == said:
        return best
    named = (s for s in usable if money_of(s.fact) == said and s.total == best.total)
    return next((s for s in named if s.score >= best.score - MARGIN), best)


def _of_all_money(topic: Topic, best: Scored, usable: Sequence[Scored]) -> Scored:
    """The total of the whole budget, where the best is the total of one money that the topic does not name."""
    half = item_of(best.fact) if item_of(best.fact) in ("基本支出", "项目支出") else ""
    if money_said(topic.text) or money_of(best.fact) == ALL or not (half or _is_of_budget(best.fact)):
        return best
    everything = (s for s in usable if money_of(s.fact) == ALL)
    whole = (s for s in everything if (s.total and item_of(s.fact) == half if half else _is_of_budget(s.fact)))
    same = (s for s in whole if (s.fact.measure, s.fact.year) == (best.fact.measure, best.fact.year))
    return next((s for s in same if s.score >= best.score - MARGIN), best)


def _is_of_budget(fact: Fact) -> bool:
    """Whether a figure is a total of income, of expenditure or of both, of whatever money."""
    quiet = all(is_quiet(part) or canonical(part) in ("收入", "支出") or money_said(part) for part in fact.column)
    return quiet and bool(_TOTAL.match(without_money(canonical(fact.label))))


def _spent(topic: Topic, best: Scored, usable: Sequence[Scored]) -> Scored:
    """What was spent on an account, where the best is what came in for it: 财政拨款农林水支出 is no 财政拨款收入 of 农林水支出."""
    if "收" in topic.text or "支出" not in topic.text or not _is_income(best.fact):
        return best
    spent = (s for s in usable if not _is_income(s.fact) and s.total == best.total and s.fact.source == "table")
    same = (s for s in spent if s.fact.measure == best.fact.measure and item_of(s.fact) == item_of(best.fact))
    return next((s for s in same if s.score >= best.score - MARGIN), best)


def _is_income(fact: Fact) -> bool:
    return "收入" in fact.title and "支出" not in fact.title


def _fuller_named(best: Scored, usable: Sequence[Scored]) -> Scored:
    """The row whose whole name the topic says, where the best bears only a part of it: 缴费 beside 缴费支出."""
    fuller = (
        s for s in usable if s.label.whole and s.label.mask & ~best.label.mask and not best.label.mask & ~s.label.mask
    )
    return next((s for s in fuller if s.score >= best.score - 2 * MARGIN), best) if best.label.exact else best


def _of_the_year(topic: Topic, best: Scored, usable: Sequence[Scored]) -> Scored | None:
    """What came in or went out in the year, where the best is the grand total with what is carried over: 支出 is no 支出总计."""
    if not _is_grand_total(best.fact) or re.search("总|收支", topic.text):
        return None
    money, side = money_of(best.fact), [side for side in ("收入", "支出") if side in topic.text]
    of_year = (s for s in usable if is_total(s.fact.label) and not _is_grand_total(s.fact))
    same = (s for s in of_year if money_of(s.fact) == money and all(w in _side_words(s.fact) for w in side))
    return next((s for s in same if s.score >= best.score - 2 * MARGIN), None)


def _is_grand_total(fact: Fact) -> bool:
    return canonical(fact.label).endswith("总计")


def _side_words(fact: Fact) -> str:
    return "".join((fact.label, *fact.column, *fact.path, fact.title))


def of_one_fund(topic: Topic, best: Fact, entry: CatalogueEntry, finder: Finder) -> bool:
    """Whether all that is granted is asked for, and the best is of one fund beside which another stands in its row."""
    if money_said(topic.text) != GRANTED or money_of(best) in (GRANTED, ALL) or best.source != "table":
        return False
    same = finder.facts(documents=(entry.name,), tables=(best.table,), labels=(best.label,))
    beside = (f.fact for f in same if f.fact.row == best.row and f.fact.value)
    return any(money_of(fact) in FUNDS and money_of(fact) != money_of(best) for fact in beside)


def of_whole_unit(fact: Fact) -> bool:
    """Whether a row is of a unit as a whole: it bears the name of the unit that it belongs to."""
    return bool(fact.entity) and same_unit(fact.label, fact.entity)


def subject_of_unit(fact: Fact) -> str:
    """A figure with the unit it belongs to: of the row of the unit its column says which it is."""
    leaf = leaf_of(fact)
    own = fact.label + ("" if _TOTAL.search(leaf) else leaf) if of_whole_unit(fact) else subject_of(fact)
    return own if not fact.entity or of_whole_unit(fact) else f"{fact.entity}{own}"


def item_of(fact: Fact) -> str:
    """What a figure is of: its row, or its column where the row is the total."""
    if not fact.column or not is_total(fact.label):
        return canonical(fact.label)
    return canonical(next((part for part in reversed(fact.column) if not is_quiet(part)), fact.column[-1]))
