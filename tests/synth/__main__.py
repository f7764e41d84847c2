"""python -m tests.synth OUT --seed 1 --layout lines: a disclosure as PDF beside its gold tables; --read adds what the reader makes of it."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from index.model import Table
from index.read import read_document
from index.tables import extract_tables
from tests.synth import offices
from tests.synth.books import draw_books
from tests.synth.offices import Office
from tests.synth.render import render
from tests.synth.sheet import GoldTable
from tests.synth.style import LAYOUTS
from tests.synth.tables import sheets_of

OFFICES = tuple(office for office in vars(offices).values() if isinstance(office, Office))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=LAYOUTS, action="append", help="all of them when not given")
    parser.add_argument("--read", action="store_true", help="also write what the reader makes of it")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for layout in args.layout or LAYOUTS:
        path, gold = write_disclosure(args.out, args.seed, layout)
        print(path, len(gold), "tables")
        if args.read:
            path.with_suffix(".read.json").write_text(as_json(read_tables(path)), encoding="utf-8")


def write_disclosure(folder: Path, seed: int, layout: str) -> tuple[Path, list[GoldTable]]:
    """One invented disclosure: STEM.pdf and STEM.tables.json. The same seed and layout give the same bytes."""
    chance = random.Random(f"{seed} {layout}")
    style = LAYOUTS[layout]
    office, year = chance.choice(OFFICES), chance.randint(2019, 2026)
    books = draw_books(office, year, chance, exact=style.budget)
    stage = "预算" if style.budget else "决算"
    path = folder / f"{office.name}_{year}年度部门{stage}_{layout}.pdf"
    gold = render(path, (f"{year}年度", office.name, f"部门{stage}"), sheets_of(books, style), style.look)
    path.with_suffix(".tables.json").write_text(as_json(gold), encoding="utf-8")
    return path, gold


def read_tables(path: Path) -> list[dict[str, object]]:
    return [_read(table) for table in extract_tables(read_document(path))]


def _read(table: Table) -> dict[str, object]:
    """As `mingzhang tables --json` prints it."""
    columns, rows = [list(path) for path in table.columns], [list(row) for row in table.texts]
    pages = list(table.pages)
    return {
        "title": table.title,
        "code": table.code,
        "unit": table.unit,
        "pages": pages,
        "columns": columns,
        "rows": rows,
    }


def as_json(tables: Sequence[object]) -> str:
    return json.dumps(tables, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
