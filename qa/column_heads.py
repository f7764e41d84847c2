"""A header over several columns without a total of its own: 人员经费 over 工资福利支出 and 对个人和家庭的补助.

Asked for by its name it is what its columns come to, never the first of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.amounts import MONEY
from index.model import Found
from index.wording import canonical
from qa.account_sides import sides_in
from qa.finder import Finder, Ranking
from qa.retrieve.columns import is_quiet
from qa.retrieve.facts import Scored


def under_head(best: Scored, rows: Sequence[Found], ranking: Ranking, finder: Finder) -> tuple[Found, ...]:
    """The cells of `rows` under the header that is asked for; () where the column itself is, or the header has a total."""
    fact = best.fact
    depth = _depth_asked(best, ranking)
    if fact.source != "table" or fact.unit not in MONEY or not depth:
        return ()
    table = finder.facts(documents=(best.found.document,), tables=(fact.table,))
    under = [f for f in table if f.fact.column[:depth] == fact.column[:depth] and f.fact.measure == fact.measure]
    leaves = {f.fact.column for f in under}
    if len(leaves) < 2 or any(is_quiet(column[-1]) for column in leaves):
        return ()
    lines = {row.fact.row for row in rows}
    return tuple(f for f in under if f.fact.row in lines and f.fact.value)


def _depth_asked(best: Scored, ranking: Ranking) -> int:
    """How many headers down the one stands that the topic names, where it names none below it; 0 for the column itself."""
    column, links = best.fact.column, ranking.links.column
    said = [at for at, part in enumerate(column) if part in links and links[part].exact and _names_money(part)]
    if not said or said[-1] == len(column) - 1:
        return 0
    head = links[column[said[-1]]].mask | best.label.mask
    below = (links[part].mask for part in column[said[-1] + 1 :] if part in links)
    return 0 if any(mask & ~head & ranking.topic.content for mask in below) else said[-1] + 1


def _names_money(part: str) -> bool:
    """Whether a header names some of the money, and not a side of the account or a stage."""
    return not is_quiet(part) and canonical(part) not in sides_in(part)
