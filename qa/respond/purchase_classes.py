"""What is bought by class: 货物, 工程 and 服务, one figure each, from the table of purchases or from the prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import CatalogueEntry, Fact, Found
from index.wording import canonical
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.model import Intent
from qa.respond.figure import told

_CLASSES = ("货物", "工程", "服务")
_ASKED = re.compile(r"采购")
_OF_CLASS = re.compile(r"(?:政府)?(?:采购)?(货物|工程|服务)类?(?:采购)?(?:支出|预算|金额)?")
_STAGE = {"预算": ("预算", "年初预算"), "决算": ("决算",)}


def by_class(intent: Intent, finder: Finder) -> Draft | None:
    """One figure for each class that the question names, where a table or a sentence prints all of them."""
    named = tuple(c for c in _CLASSES if c in intent.topic.text)
    if len(named) < 2 or not _ASKED.search(intent.text) or intent.condition or intent.largest is not None:
        return None
    stage = intent.measure or ("预算" if "预算" in intent.text else "")
    for entry in sorted(intent.documents[:6], key=lambda e: bool(stage) and e.profile.stage != stage):
        if found := _printed_together(named, entry, finder):
            return _draft(found, entry, intent, finder)
    return None


def _printed_together(named: Sequence[str], entry: CatalogueEntry, finder: Finder) -> list[Found]:
    """The figures of the classes from one place: a column or a row of a table before a sentence."""
    places: dict[tuple[object, ...], dict[str, Found]] = {}
    for f in finder.facts(documents=(entry.name,)):
        fact = f.fact
        if fact.value is None or fact.measure not in _STAGE.get(entry.profile.stage, ()):
            continue
        for place, kind in _classes_of(fact):
            places.setdefault(place, {}).setdefault(kind, f)
    whole = [found for found in places.values() if set(named) <= set(found)]
    whole.sort(
        key=lambda found: (found[named[0]].fact.source != "table", found[named[0]].fact.scope not in ("", "全部"))
    )
    return [whole[0][kind] for kind in named] if whole else []


def _classes_of(fact: Fact) -> list[tuple[tuple[object, ...], str]]:
    """The class that a figure is of, with the place that it shares with those of the other classes."""
    label, leaf = canonical(fact.label), canonical(fact.column[-1]) if fact.column else ""
    about = "".join((fact.title, fact.quote, label, *fact.path))
    if "采购" not in about:
        return []
    place = (fact.source, fact.table, fact.column, fact.quote if fact.source == "text" else "")
    if match := _OF_CLASS.fullmatch(label):
        return [(place, match.group(1))]
    total = "采购" in label and "合同" not in label and "企业" not in label
    return [((fact.source, fact.table, fact.row), leaf)] if leaf in _CLASSES and total else []


def _draft(found: Sequence[Found], entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    lines, values = [], []
    for f in found:
        fact = f.fact
        name = fact.column[-1] if fact.column and canonical(fact.column[-1]) in _CLASSES else fact.label
        value, words = told(f, name, intent.unit, ledger, finder)
        values.append(value)
        lines.append(f"- {name}：{words}")
    text = f"{heading(entry)}政府采购{entry.profile.stage}按品目分：\n" + "\n".join(lines)
    return Draft(text, ledger, tuple(values), warnings=intent.notes)
