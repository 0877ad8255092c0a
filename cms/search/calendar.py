"""Dates as marks in the index, so that a span of time is an intersection of word lists like any other."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, tzinfo

EARLIEST, LATEST = 1800, 2199  # years; what is older or younger is indexed as these
FIRST, LAST = datetime(EARLIEST, 1, 1, tzinfo=UTC), datetime(LATEST, 12, 31, tzinfo=UTC)
PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def marks_of(moment: datetime) -> list[str]:
    """Decade, year and month of ``moment`` in UTC: ``202``, ``2025``, ``202503``."""
    moment = moment.astimezone(UTC)
    year = min(max(moment.year, EARLIEST), LATEST)
    return [str(year // 10), str(year), f"{year}{moment.month:02d}"]


def marks_between(start: datetime, end: datetime) -> list[str]:
    """The fewest marks that cover every moment from ``start`` until before ``end``."""
    last = end - timedelta.resolution
    return list(spans(month_number(start.astimezone(UTC)), month_number(last.astimezone(UTC))))


def month_number(moment: datetime) -> int:
    """The months since the year 0."""
    return min(max(moment.year, EARLIEST), LATEST) * 12 + moment.month - 1


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


def read_period(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """Start and end, in UTC, of a year, month or day of ``zone`` such as ``2025-03``; raises ValueError."""
    found = PERIOD.fullmatch(text)
    if found is None or int(found[1]) in (MINYEAR, MAXYEAR):  # whose ends may be no dates in UTC
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    start = datetime(year, month or 1, day or 1, tzinfo=zone)
    if day:
        end = start + timedelta(days=1)
    else:
        end = datetime(year + (month or 12) // 12, (month or 12) % 12 + 1, 1, tzinfo=zone)
    return start.astimezone(UTC), end.astimezone(UTC)
