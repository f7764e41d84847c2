"""How many units or sections: the number that the words themselves print, led by it, with the words that name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.amounts import plain
from index.model import Found
from index.wording import squeeze
from qa.cite import new_ledger
from qa.draft import Draft, heading, printed
from qa.finder import Finder
from qa.model import Intent, Passage, Value
from qa.respond.facets import Facet, Manner
from qa.respond.spans import Scored

_HOW_MANY = re.compile(r"(?<!哪)几[个家]|多少[个家]|数量|[个家]数")
_KINDS = {Facet.MEMBERS: re.compile(r"^(?!.*内设).*(?:单位|机构)"), Facet.INNER: re.compile(r"科|处|股|室|内设|部门")}


def asked(intent: Intent, manner: Manner) -> bool:
    return manner.facet in _KINDS and bool(_HOW_MANY.search(intent.text))


def counted(best: Scored, quotes: Sequence[Passage], manner: Manner, finder: Finder) -> Found | None:
    """The count of the kind asked for in what is quoted: the first, which is the whole where parts follow."""
    statement = best.statement
    facts = finder.facts(documents=(statement.document,), sources=("text",), sections=(statement.section,))
    kind, said = _KINDS[manner.facet], "".join(squeeze(quote.quote) for quote in quotes)
    fitting = (f for f in facts if f.fact.unit in ("个", "家") and kind.search(f.fact.label))
    return next((f for f in fitting if f.fact.value is not None and squeeze(f.fact.quote) in said), None)


def respond(found: Found, quotes: Sequence[Passage], intent: Intent, finder: Finder) -> Draft:
    """The count, then the words."""
    ledger = new_ledger(finder)
    fact, entry = found.fact, finder.entry(found.document)
    mark = ledger.fact(found)
    assert fact.value is not None
    whole = next((n for n, q in enumerate(quotes) if squeeze(fact.quote) in squeeze(q.quote)), 0)
    announced = quotes[whole].quote.rstrip().endswith(("：", ":"))
    quotes = quotes[whole:] if announced else quotes[whole : whole + 1]
    value = Value(fact.label, plain(fact.value), fact.unit, "text", citations=(mark,))
    lines = [f"> {quote.quote}[{ledger.passage(quote)}]" for quote in quotes]
    text = f"{heading(entry, fact.year)}{fact.label}为**{printed(fact)}**（文字说明）[{mark}]。\n\n" + "\n\n".join(
        lines
    )
    return Draft(text, ledger, (value,), warnings=intent.notes)
