"""Times as people type them: a day, a moment, or a span from now."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from qa.errors import BadTime

_SPAN = re.compile(r"(\d{1,5})([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def later(text: str, now: datetime | None = None) -> str:
    """ISO 8601 in UTC of a time or of a span after now. Raises BadTime."""
    return _moment(text, now or datetime.now(UTC), 1)


def earlier(text: str, now: datetime | None = None) -> str:
    """ISO 8601 in UTC of a time or of a span before now. Raises BadTime."""
    return _moment(text, now or datetime.now(UTC), -1)


def _moment(text: str, now: datetime, direction: int) -> str:
    span = _SPAN.fullmatch(text)
    try:
        if span:
            at = now + direction * timedelta(**{_UNITS[span.group(2)]: int(span.group(1))})
        else:
            at = datetime.fromisoformat(text)
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadTime(text) from error
    return at.isoformat(timespec="milliseconds")
