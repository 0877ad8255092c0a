"""Dates as front matter, file names and old addresses write them.

Without a zone of their own they are in the ``zone`` that is given.
"""

import re
from datetime import UTC, date, datetime, time, tzinfo

YEARS = range(1000, 9000)
SPACED = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})"
    r"(?:(?:[Tt]|[ \t]+)(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?"
    r"[ \t]*(?P<zone>[Zz]|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?"
)
WRITTEN_OUT = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%Y.%m.%d")
MAIL = ("%a, %d %b %Y %H:%M:%S %z", "%d %b %Y %H:%M:%S %z")
IN_NAME = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T_]?\d{2}[:-]?\d{2}(?:[:-]?\d{2})?)?(?:[-_ ]+|$)")
IN_FOLDERS = re.compile(r"(?:^|/)((?:19|20)\d\d)(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?(?=/|$)")


def parse(value: object, zone: tzinfo = UTC) -> datetime | None:
    """The moment that ``value`` (text, date or datetime) means, with a zone; None where it means none."""
    match value:
        case datetime():
            found = value if value.tzinfo else value.replace(tzinfo=zone)
        case date():
            found = datetime.combine(value, time(), zone)
        case str():
            found = parse_text(value.strip(), zone)
        case _:
            return None
    return found if found and found.year in YEARS else None


def parse_text(text: str, zone: tzinfo) -> datetime | None:
    if found := SPACED.fullmatch(text):
        own = parse_zone(found["zone"]) if found["zone"] else zone
        return parse_spaced(found["day"], found["clock"], own)
    for pattern in (*WRITTEN_OUT, *MAIL):
        try:
            return parse(datetime.strptime(text, pattern), zone)  # noqa: DTZ007 (parse gives it its zone)
        except ValueError:
            continue
    return None


def parse_spaced(day: str, clock: str | None, zone: tzinfo) -> datetime | None:
    """The moment of ``2015-01-19`` at ``11:21:29`` or ``11:21``; None where there is no such day or hour."""
    year, month, number = (int(part) for part in day.split("-"))
    hours, minutes, seconds = (*(clock or "0:0").split(":"), "0")[:3]
    try:
        clock_time = time(int(hours), int(minutes), int(float(seconds)), tzinfo=zone)
        return datetime.combine(date(year, month, number), clock_time)
    except ValueError:
        return None


def parse_zone(zone: str) -> tzinfo:
    """The zone of ``Z``, ``UTC``, ``+02``, ``+0200`` or ``+02:00``. Raises ValueError where it is none."""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return datetime.strptime(f"{zone[0]}{int(hours):02d}{minutes}", "%z").tzinfo


def from_name(name: str, zone: tzinfo = UTC) -> tuple[datetime | None, str]:
    """The day before a file's name and the rest of the name: ``2015-01-19-title`` -> (that day, "title")."""
    found = IN_NAME.match(name)
    day = parse_spaced("-".join(found.groups()), None, zone) if found else None
    return (day, name[found.end() :] or name) if day else (None, name)


def from_folders(path: str, zone: tzinfo = UTC) -> datetime | None:
    """The day that the folders of a path or address name: ``news/2018/07/06/title``; the first of a month or
    year where no more is said."""
    found = IN_FOLDERS.search(path)
    if not found:
        return None
    return parse_spaced("-".join(part or "1" for part in found.groups()), None, zone)
