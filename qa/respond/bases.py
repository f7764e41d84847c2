"""What a difference is measured against: the budget, or last year. A reason for one is no reason for the other."""

from __future__ import annotations

import re

AGAINST_BUDGET = re.compile(r"(?:比|较|低于|高于|超|与|跟|和)(?:了|出|过)?(?:年初|全年)?预算")
LAST_YEAR = re.compile(r"上年|去年|前一年|同比")
