"""The code of an account, as every table prints it; one that a table prints otherwise is pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.model import CatalogueEntry, Found
from qa.cite import new_ledger
from qa.draft import Draft, heading, subject_of
from qa.finder import Finder, asked_of
from qa.link import Topic
from qa.model import Intent
from qa.organisations import span_mask
from qa.pick import Pick, pick

_ASKED = re.compile(r"(?:的)?(?:功能|经济)?(?:分类)?(?:科目)?(?:编码|代码|编号)(?:是|为)?(?:多少|什么|几)?")


def respond(intent: Intent, finder: Finder) -> Draft | None:
    """The code of the account that the question names."""
    match = _ASKED.search(intent.text)
    if match is None or intent.codes:
        return None
    topic = Topic(intent.topic.text, intent.topic.content & ~span_mask([match.span()]), span_mask([match.span()]))
    for entry in intent.documents:
        found = pick(topic, asked_of(intent), entry, finder)
        if found is not None and found.fact.code:
            others = [r for r in found.rivals if r.fact.code and r.fact.code != found.fact.code]
            return _several(found, entry, intent, finder) if others else _told(found.found, entry, intent, finder)
    return None


def _several(found: Pick, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    """The codes of all accounts of the name, each with its parent: 行政运行 stands under five 款."""
    ledger = new_ledger(finder)
    codes = {s.fact.code: s for s in (found.best, *found.rivals) if s.fact.code}
    lines = [f"- {subject_of(s.fact)}[{ledger.fact(s.found)}]" for _, s in sorted(codes.items())]
    text = f"{heading(entry)}有多个叫“{found.fact.label}”的科目，编码各不相同：\n" + "\n".join(lines)
    return Draft(text, ledger, warnings=intent.notes)


def _told(found: Found, entry: CatalogueEntry, intent: Intent, finder: Finder) -> Draft:
    ledger = new_ledger(finder)
    code = found.fact.code
    prints = list(_prints(found, finder))
    mark = ledger.fact(found)
    text = f"{heading(entry)}{found.fact.label}的科目编码是**{code}**[{mark}]。"
    warnings = intent.notes
    for other, printed in prints:
        if re.sub(r"\D", "", printed) != code:
            fault = f"《{other.fact.title}》印作“{printed}”，与其他表的{code}不一致"
            text += f"但{fault}[{ledger.fact(other)}]，疑为原文有误，请核对。"
            warnings = (*warnings, f"{found.fact.label}：{fault}。")
    return Draft(text, ledger, warnings=warnings)


def _prints(found: Found, finder: Finder) -> Iterator[tuple[Found, str]]:
    """Each table's row of the account with the code as printed in the cells before the label."""
    tables = {table.number: table for table in finder.tables(found.document)}
    seen: set[int] = set()
    for other in finder.facts(documents=(found.document,), sources=("table",), labels=(found.fact.label,)):
        fact = other.fact
        table = tables.get(fact.table)
        if (
            table is None
            or fact.table in seen
            or not 0 <= fact.row < len(table.rows)
            or len(fact.code) != len(found.fact.code)
        ):
            continue
        before = [text.strip() for text in table.texts[fact.row] if text.strip()]
        digits = [text for text in before[:3] if re.fullmatch(r"[\d ]{1,9}", text)]
        if len(digits) == 3 or len("".join(digits)) >= len(fact.code) - 1:  # else only the lowest level is printed
            seen.add(fact.table)
            yield other, " ".join(digits)
