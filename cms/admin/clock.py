"""Days and times as the clocks of the site show them, and the moments that they stand for."""

from datetime import UTC, date, datetime, time

from flask_babel import gettext as _

from cms.errors import Refused
from cms.models.base import now
from cms.models.setting import site

EARLIEST, LATEST = 1800, 2199  # years that a calendar shows


def local_moment(day: str, clock: str) -> datetime:
    """The moment of ``2026-12-24`` and ``09:30``; raises `Refused` as `moment_at`, or where it is none."""
    try:
        here = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError:
        raise Refused(_("Give a day and a time, such as 2026-12-24 and 09:30.")) from None
    return moment_at(here)


def moment_at(here: datetime) -> datetime:
    """The moment at which the site's clocks show ``here``; of two, when clocks go back, the earlier.

    Raises `Refused` for a time that the clocks leave out, and for a year that no calendar shows.
    """
    if not EARLIEST <= here.year <= LATEST:
        raise Refused(_("Choose a year between %(first)s and %(last)s.", first=EARLIEST, last=LATEST))
    at = here.replace(tzinfo=site.zone).astimezone(UTC)
    if local(at).replace(tzinfo=None) != here:
        raise Refused(_("The clocks go forward on that day, and leave this time out. Choose another one."))
    return at


def local(at: datetime) -> datetime:
    """``at`` in the time zone of the site."""
    return at.astimezone(site.zone)


def day_of(at: datetime) -> str:
    """The day on which the site's calendar has ``at``, as a date field holds it."""
    return local(at).date().isoformat()


def time_of(at: datetime) -> str:
    """What the site's clocks show ``at`` that moment, as a time field holds it."""
    here = local(at)
    return f"{here:%H:%M:%S}" if here.second else f"{here:%H:%M}"


def today() -> date:
    """The day that it is where the site is."""
    return local(now()).date()
