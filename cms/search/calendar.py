"""Dates as marks in the index, so that a span of time is an intersection of word lists like any other."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, datetime

EARLIEST, LATEST = 1800, 2199  # years; what is older or younger is indexed as these
PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def marks_of(moment: datetime) -> list[str]:
    """Decade, year and month of ``moment`` in UTC: ``202``, ``2025``, ``202503``."""
    moment = moment.astimezone(UTC)
    year = min(max(moment.year, EARLIEST), LATEST)
    return [str(year // 10), str(year), f"{year}{moment.month:02d}"]


def marks_between(start: datetime, end: datetime) -> list[str]:
    """The fewest marks that cover every moment from ``start`` to ``end``; at the edges they cover whole months."""
    first = max(start.year, EARLIEST) * 12 + start.month - 1
    last = min(end.year, LATEST) * 12 + end.month - 1
    return list(spans(first, last))


def spans(month: int, last: int) -> Iterator[str]:
    """Marks of the months from ``month`` to ``last``, counted from the year 0."""
    while month <= last:
        year = month // 12
        if month % 120 == 0 and month + 119 <= last:
            yield str(year // 10)
            month += 120
        elif month % 12 == 0 and month + 11 <= last:
            yield str(year)
            month += 12
        else:
            yield f"{year}{month % 12 + 1:02d}"
            month += 1


def read_period(text: str) -> tuple[datetime, datetime]:
    """First and last moment, UTC, of a year, month or day such as ``2025-03``; raises ValueError."""
    found = PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    first = datetime(year, month or 1, day or 1, tzinfo=UTC)
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return first, datetime(year, last_month, last_day, 23, 59, 59, 999_999, tzinfo=UTC)
