"""Counting requests by who made them, in the database: several processes hold one limit together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, delete, insert, select, update

from index.stores.database import transaction
from index.stores.portal_schema import usage


class Usage:
    """Counters; a period is a text such as 2024-05-01 (a day) or 2024-05-01T08:30 (a minute), in UTC."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def count(self, counters: Sequence[tuple[str, str]]) -> tuple[int, ...]:
        """Count one more for each (who, period); gives where they stand now."""
        standing = []
        with transaction(self._engine) as connection:
            for who, period in counters:
                same = (usage.c.who == who, usage.c.period == period)
                raised = connection.execute(update(usage).where(*same).values(count=usage.c.count + 1))
                if not raised.rowcount:
                    connection.execute(insert(usage).values(who=who, period=period, count=1))
                standing.append(int(connection.execute(select(usage.c.count).where(*same)).scalar_one()))
        return tuple(standing)

    def forget(self, before: str) -> int:
        """Delete the counters of periods before this one; gives how many."""
        with transaction(self._engine) as connection:
            return connection.execute(delete(usage).where(usage.c.period < before)).rowcount
