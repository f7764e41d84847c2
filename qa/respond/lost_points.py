"""The indicators of self-evaluation forms that lost points."""

from __future__ import annotations

import re
from decimal import Decimal

from index.amounts import plain
from index.model import Fact
from qa.cite import new_ledger
from qa.draft import Draft
from qa.finder import Finder
from qa.link import cover
from qa.model import Intent, Value

_LOST = re.compile(r"扣分|失分|(?:得分|没有?|未)(?:低于|小于|少于|不足|没?拿?到?)满?分值?|未得满分|没得满分|没有?完成")


def lost_points(intent: Intent, finder: Finder) -> Draft | None:
    """The indicators of self-evaluation forms whose 得分 is below their 分值."""
    if not _LOST.search(intent.text) or not re.search(r"指标|扣分|失分|得分", intent.text):
        return None
    ledger = new_ledger(finder)
    values: list[Value] = []
    lines: list[str] = []
    for entry in intent.documents:
        marked = finder.facts(documents=(entry.name,), measures=("得分", "分值"), sources=("table",))
        full = {(f.fact.table, f.fact.row): f for f in marked if f.fact.measure == "分值" and f.fact.value is not None}
        for got in marked:
            most = full.get((got.fact.table, got.fact.row))
            if (
                got.fact.measure != "得分"
                or got.fact.value is None
                or most is None
                or got.fact.value >= (most.fact.value or 0)
            ):
                continue
            if not _same_form(intent, got.fact):
                continue
            a, b = ledger.fact(got), ledger.fact(most)
            name = f"{got.fact.entity}—{got.fact.label}" if got.fact.entity else got.fact.label
            lines.append(f"- {name}：得分{plain(got.fact.value)}[{a}]，分值{plain(most.fact.value or Decimal(0))}[{b}]")
            values.append(Value(name, plain(got.fact.value), got.fact.unit, "table", citations=(a,)))
    if not lines:
        return None
    return Draft(
        f"得分低于分值的指标共{len(lines)}项：\n" + "\n".join(lines), ledger, tuple(values), warnings=intent.notes
    )


def _same_form(intent: Intent, fact: Fact) -> bool:
    """整体 asks for the form of the whole office; a project named asks for its own form."""
    if "整体" in intent.text and fact.entity:
        return False
    named = cover(fact.entity, intent.topic) if fact.entity else None
    return "整体" in intent.text or "项目" in intent.text or bool(named and named.covered >= 3)
