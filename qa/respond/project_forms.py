"""Figures of projects that have a form each: points, what was spent, what was planned, one figure a project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.amounts import MONEY
from index.model import CatalogueEntry, Fact, Found
from index.wording import canonical
from qa.finder import Finder
from qa.link import runs
from qa.model import Intent
from qa.organisations import span_mask
from qa.respond.bases import OUTTURN
from qa.respond.rows import RowSet
from qa.retrieve.fit import ACCEPTS

_POINTS = re.compile(r"(?:自评)?总?(?:得)?分|合计|总计|自评总分")
_FUNDS = re.compile(r"(?:年度|项目)?(?:资金总额|预算总额|资金合计|年度资金总额|项目资金总额)|当年预算(?:金额)?")
_FILLING = re.compile(
    r"自评|评价|绩效|项目|专项|支出|资金|总额|金额|预算|决算|执行|全年|年初|率|数|得|分|总|花|用|经费|情况"
)
_SCORE = 9.0  # a table of projects comes before their forms


def project_forms(
    intent: Intent, entry: CatalogueEntry, mask: int, finder: Finder, itemised: frozenset[str]
) -> Iterator[RowSet]:
    """The figure that is asked for in the forms of all projects of a document, where more than one has it.

    Not every project has a form: a measure that a table prints for all of them (`itemised`) is not taken from the forms.
    """
    measure = intent.measure if intent.measure not in ("", "决算", "预算") else _of_stage(intent, entry)
    if itemised.intersection(ACCEPTS.get(measure, (measure,))):
        return
    found: dict[str, Found] = {}
    for f in finder.facts(documents=(entry.name,), sources=("table",), measures=(measure,)):
        if f.fact.entity and f.fact.value is not None and _is_whole(f.fact, measure):
            found.setdefault(f.fact.entity, f)
    if len(found) > 1 and _explained(intent, mask):
        facts = tuple(found.values())
        yield RowSet(facts[0].fact.title, facts, mask, _SCORE, by_entity=True)


def _of_stage(intent: Intent, entry: CatalogueEntry) -> str:
    actual = OUTTURN.search(intent.text)
    return "决算" if actual else intent.measure or entry.profile.stage


def _is_whole(fact: Fact, measure: str) -> bool:
    label = canonical(fact.label)
    if measure == "得分":
        return bool(_POINTS.fullmatch(label)) and fact.unit not in MONEY
    return bool(_FUNDS.fullmatch(label))


def _explained(intent: Intent, mask: int) -> bool:
    topic = intent.topic
    left = topic.content & ~mask & ~intent.measure_mask & ~span_mask(m.span() for m in _FILLING.finditer(topic.text))
    return not any(len(run) > 1 for run in runs(left, topic.text))
