"""What words are told of: against the budget or last year, of which budget. A reason for one is no reason for another."""

from __future__ import annotations

import re

from qa.model import Intent

AGAINST_BUDGET = re.compile(r"(?:比|较|低于|高于|超|与|跟|和)(?:了|出|过)?(?:年初|全年)?预算")
YEAR_BEFORE = re.compile(r"上一?年|去年|前一年|同期|同比|环比")

# The budgets that each have tables and sentences of their own: what names one of them says nothing of another.
BUDGETS = re.compile(r"一般公共预算|政府性基金|国有资本经营|社会保险基金|财政专户")


def of_other_budget(asked: str, said: str) -> bool:
    """Whether words speak of a budget, and not of the one that is asked for."""
    wanted, named = set(BUDGETS.findall(asked)), set(BUDGETS.findall(said))
    return bool(wanted and named) and not wanted & named


OUTTURN = re.compile(r"决算|实际|执行数|已(?:经)?(?:支出|花|用|执行)")
"""What was really spent is asked for, not what was planned."""

COMPLETED = re.compile(
    r"完成(?:了)?(?:年初|全年|调整)?预算(?:任务|数)?(?:了)?(?=吗|没|么|吧|$)|(?:年初|全年|调整)?预算(?:任务)?(?:都|全部?)?完成了?(?=吗|没|么|吧|$)"
)
"""Whether a budget was reached: a matter of figures."""

_OUTTURN_OF = re.compile(r"(20\d\d)年度?的?(?:决算|实际|执行)")


def outturn_before(intent: Intent) -> bool:
    """Whether a budget is held against what was really spent the year before: 2024年预算比2023年决算."""
    own = max((e.profile.year or 0 for e in intent.documents if e.profile.stage == "预算"), default=0)
    return any(int(year) < own for year in _OUTTURN_OF.findall(intent.text))
