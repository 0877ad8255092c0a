"""Points in time as the back office tells them, in the site's language and time zone."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton
from flask_babel import format_timedelta, get_locale

from cms.models.base import now
from cms.models.setting import site

RECENT = timedelta(days=2)
MINUTES_OF_A_DAY = 1440


def moment(at: datetime, parts: tuple[str, ...] = ("yMMMd", "Hm")) -> str:
    """Day and minute, such as ``21 Nov 2026, 15:46``; ``parts`` are skeletons of Babel's (CLDR)."""
    here = at.astimezone(site.zone)
    return ", ".join(format_skeleton(part, here, locale=get_locale()) for part in parts)


def time_in_words(at: datetime) -> str:
    """What the clocks show at that moment, such as ``15:46``: for pages with hundreds of them."""
    here = at.astimezone(site.zone)
    return minute_in_words(here.hour, here.minute, get_locale())


@lru_cache(MINUTES_OF_A_DAY)
def minute_in_words(hour: int, minute: int, locale: Locale) -> str:
    return format_skeleton("Hm", time(hour, minute), locale=locale)


def date_in_words(day: date) -> str:
    """A day without its year, such as ``Thu, 24 Dec``."""
    return format_skeleton("MMMEd", day, locale=get_locale())


def ago(at: datetime) -> str:
    """``3 minutes ago`` or ``in 2 hours``; the day of what is further away."""
    distance = at - now()
    return (
        format_timedelta(distance, add_direction=True) if abs(distance) < RECENT else moment(at, ("yMMMd",))
    )
