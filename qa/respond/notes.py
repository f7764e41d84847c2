"""What stands under a table: its notes, quoted whole, and whether they speak of the table that they stand under."""

from __future__ import annotations

from index.model import CatalogueEntry, Locator, Table
from qa.cite import new_ledger
from qa.draft import Draft, heading
from qa.finder import Finder
from qa.model import Intent, Passage
from qa.respond.bases import BUDGETS
from qa.respond.facets import Manner
from qa.respond.spans import wanted_of


def respond(intent: Intent, manner: Manner, finder: Finder) -> Draft | None:
    """The notes of the table asked about; None where no table is named or it has none."""
    runs = wanted_of(intent, manner, finder).words
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    noted = [
        (said, entry, table)
        for entry in intent.documents
        for table in finder.tables(entry.name)
        if table.notes and (said := _said(table, pairs, intent.table_code)) > 0
    ]
    if not noted:
        return None
    _, entry, table = max(noted, key=lambda n: (round(n[0], 4), -n[2].number))
    return _told(entry, table, intent, finder)


def _said(table: Table, pairs: set[str], code: str) -> float:
    """How much of the question the table's name says; 0 where too little."""
    digits = "".join(c for c in table.code if c.isdigit())[-2:].zfill(2)
    if code:
        return 1.0 if digits == code else 0.0
    common = sum(pair in table.title for pair in pairs)
    if not pairs or common < 0.5 * len(pairs):
        return 0.0
    return common / len(pairs) - 0.002 * len(table.title)


def _told(entry: CatalogueEntry, table: Table, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    place = (Locator(table.pages[-1] if table.pages else 1),)
    lines = [f"> {note}[{ledger.passage(Passage(entry.name, note, 0, place))}]" for note in table.notes]
    name = f"{table.code}《{table.title}》"
    text = f"{heading(entry)}{entry.profile.stage}{name}的注释写道：\n\n" + "\n\n".join(lines)
    warnings = intent.notes
    own, others = BUDGETS.findall(table.title), BUDGETS.findall("".join(table.notes))
    if own and others and not set(own) & set(others):  # copied from another budget's table
        fault = f"注释写的是“{others[0]}”，与本表“{own[0]}”不一致，疑为照抄其他表的注释，请核对原文。"
        text += f"\n\n注意：{fault}"
        warnings = (*warnings, f"{name}：{fault}")
    return Draft(text, ledger, warnings=warnings)
