"""Dates as front matter, file names and old addresses write them. Without a zone they are taken as UTC."""

import re
from datetime import UTC, date, datetime, time

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


def parse(value: object) -> datetime | None:
    """The moment that ``value`` (text, date or datetime) means, with a zone; None where it means none."""
    match value:
        case datetime():
            found = value if value.tzinfo else value.replace(tzinfo=UTC)
        case date():
            found = datetime.combine(value, time(), UTC)
        case str():
            found = parse_text(value.strip())
        case _:
            return None
    return found if found and found.year in YEARS else None


def parse_text(text: str) -> datetime | None:
    if found := SPACED.fullmatch(text):
        return parse_spaced(**found.groupdict())
    for pattern in (*WRITTEN_OUT, *MAIL):
        try:
            return parse(datetime.strptime(text, pattern))  # noqa: DTZ007 (parse gives it its zone)
        except ValueError:
            continue
    return None


def parse_spaced(day: str, clock: str | None, zone: str | None) -> datetime | None:
    """``2015-01-19 11:21:29 +0200`` and its shorter forms; None where there is no such day or hour."""
    year, month, number = (int(part) for part in day.split("-"))
    hours, minutes, seconds = (*(clock or "0:0").split(":"), "0")[:3]
    try:
        clock_time = time(int(hours), int(minutes), int(float(seconds)), tzinfo=parse_zone(zone))
        return datetime.combine(date(year, month, number), clock_time)
    except ValueError:
        return None


def parse_zone(zone: str | None):
    if zone is None or zone.upper() in ("Z", "UTC", "GMT"):
        return UTC
    digits = re.sub(r"\D", "", zone)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return datetime.strptime(f"{zone[0]}{int(hours):02d}{minutes}", "%z").tzinfo


def from_name(name: str) -> tuple[datetime | None, str]:
    """The day before a file's name and the rest of the name: ``2015-01-19-title`` -> (that day, "title")."""
    found = IN_NAME.match(name)
    day = parse_spaced("-".join(found.groups()), None, None) if found else None
    return (day, name[found.end() :] or name) if day else (None, name)


def from_folders(path: str) -> datetime | None:
    """The day that the folders of a path or address name: ``news/2018/07/06/title``; the first of a month or
    year where no more is said."""
    found = IN_FOLDERS.search(path)
    if not found:
        return None
    return parse_spaced("-".join(part or "1" for part in found.groups()), None, None)
