"""Facts from memory are the facts of the database, in the same order, as they are now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.model import FactQuery, State
from index.stores import Index, Recalled
from tests.builders import cell_facts, reading, report, table

NAMES = ("a.pdf", "b.pdf")


def put(index: Index, name: str, *figures: str) -> None:
    rows = tuple((f"第{n}项", figure, "") for n, figure in enumerate(figures))
    facts = cell_facts(table(rows, (("项目",), ("决算数", "合计"), ("决算数", "财政拨款"))))
    document = reading(name, content="".join(figures))
    index.replace(replace(document, facts=facts), None, report(document))


@pytest.mark.parametrize(
    "query",
    [
        FactQuery(documents=NAMES),
        FactQuery(documents=NAMES, labels=("第1项",)),
        FactQuery(documents=("b.pdf",), columns=("财政拨款",)),
        FactQuery(documents=NAMES, states=(State.BLANK,), limit=1),
        FactQuery(documents=NAMES, keys=("t1r0c1",)),
        FactQuery(documents=("没有.pdf",)),
        FactQuery(labels=("第0项",)),
    ],
)
def test_from_memory_as_from_the_database(tmp_path: Path, query: FactQuery) -> None:
    with Index.open(tmp_path / "store") as index:
        put(index, "b.pdf", "1.00", "2.00")
        put(index, "a.pdf", "3.00", "4.00", "5.00")
        recalled = Recalled(index)
        assert recalled.facts(query) == index.facts(query) == recalled.facts(query)
        put(index, "a.pdf", "6.00")
        assert recalled.facts(query) == index.facts(query)
