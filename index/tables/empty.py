"""Tables that exist only as a note (本表为空表, 故本表无数据): they say that there is none, which is not silence."""

from __future__ import annotations

import re
from decimal import Decimal

from index.model import Fact, Finding, Locator, Profile, Severity, State, Table
from index.narrative.absent import absences
from index.narrative.view import view_of
from index.tables.sense import sense
from index.wording import close, squeeze, subject

_FUNDS = ("一般公共预算", "政府性基金", "国有资本经营")
_NO_TABLE = re.compile(r"本表|此表|数据")


def nothing_facts(table: Table, profile: Profile) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """A fact for each thing that an empty table says there is none of; a finding where its note is another table's."""
    if not table.empty:
        return (), ()
    facts: list[Fact] = []
    place = Locator(table.pages[-1] if table.pages else 1)
    found = sense((), table, profile)
    for note in table.notes:
        view = view_of(note)
        for absence in absences(view.text, 0, len(view.text)):
            if _NO_TABLE.search(absence.what):
                continue
            facts.append(
                Fact(
                    key=f"t{table.number}n{len(facts) + 1}",
                    source="table",
                    label=subject(absence.what),
                    printed=absence.word,
                    value=Decimal(0),
                    unit=table.unit,
                    state=State.ZERO,
                    place=place,
                    quote=note,
                    table=table.number,
                    kind=table.kind,
                    title=table.title,
                    table_code=table.code,
                    year=found.year,
                    measure=found.measure,
                    scope=next((fund for fund in _FUNDS if fund in squeeze(absence.what)), found.scope),
                    canonical=Decimal(0),
                    places=(place,),
                )
            )
    return tuple(facts), _other_fund(table, place)


def _other_fund(table: Table, place: Locator) -> tuple[Finding, ...]:
    """The note under a table speaks of another fund than its title: copied from the table before."""
    named = [fund for fund in _FUNDS if fund in squeeze(table.title)]
    said = [fund for fund in _FUNDS if any(fund in squeeze(note) for note in table.notes)]
    if len(named) != 1 or not said or named[0] in said:
        return ()
    message = f"《{close(table.title)}》的注释写的是“{said[0]}”，与表名“{named[0]}”不一致。"
    return (Finding("note-of-other-table", Severity.WARNING, message, (place,)),)
