"""How often a caller may ask: by the minute and by the day, counted in the store, so that all processes count together."""

from __future__ import annotations

from datetime import UTC, datetime

from index.stores import Index
from qa.serve.access.caller import Caller
from qa.serve.access.errors import TooMany


class Limits:
    """Counts only callers that have a limit."""

    def __init__(self, index: Index) -> None:
        self._usage = index.usage
        self._day = ""

    def count(self, caller: Caller, now: datetime | None = None) -> None:
        """Count a request. Raises TooMany once the caller is past a limit; what is refused counts too."""
        if not caller.per_minute and not caller.per_day:
            return
        now = now or datetime.now(UTC)
        minute, day = now.strftime("%Y-%m-%dT%H:%M"), now.strftime("%Y-%m-%d")
        who = f"{caller.id}\n{caller.user}"
        if day != self._day:
            self._usage.forget(day)
            self._day = day
        in_minute, in_day = self._usage.count([(who, minute), (who, day)])
        if caller.per_day and in_day > caller.per_day:
            raise TooMany(caller.per_day, "天", 86400 - now.hour * 3600 - now.minute * 60 - now.second)
        if caller.per_minute and in_minute > caller.per_minute:
            raise TooMany(caller.per_minute, "分钟", 60 - now.second)
