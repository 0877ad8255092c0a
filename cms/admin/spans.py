"""The month or the week that the calendar shows, as whole weeks that begin as they do in the language."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_interval, format_skeleton, get_day_names

from cms.admin.clock import EARLIEST, LATEST

A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
MONTH, WEEK = re.compile(r"(\d{4})-(\d{2})", re.ASCII), re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Span:
    """Whole weeks around ``start``, which is the first day of a month or of a week."""

    start: date
    locale: Locale

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks, each with its seven days."""
        first = week_start(self.start, self.locale)
        starts = [first + number * A_WEEK for number in range(self.length)]
        return [[start + number * A_DAY for number in range(7)] for start in starts]

    @property
    def days(self) -> list[date]:
        return [day for week in self.weeks for day in week]

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """The short and the whole names of the seven days, as the weeks go."""
        short = get_day_names("abbreviated", "stand-alone", self.locale)
        whole = get_day_names("wide", "stand-alone", self.locale)
        return [(short[day.weekday()], whole[day.weekday()]) for day in self.weeks[0]]

    @property
    def address(self) -> dict[str, str]:
        """The argument that leads to it, such as ``{"month": "2026-12"}``."""
        return {self.kind: self.key}

    @property
    def middle(self) -> date:
        """A day that tells the month to which it belongs."""
        return self.start + 3 * A_DAY

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` belongs to it, and does not only fill up a week."""
        return self.start <= day < self.later.start


class Month(Span):
    kind = "month"

    @property
    def key(self) -> str:
        return f"{self.start:%Y-%m}"

    @property
    def title(self) -> str:
        return format_skeleton("yMMMM", self.start, locale=self.locale)

    @property
    def length(self) -> int:
        last = week_start(self.later.start - A_DAY, self.locale)
        return (last - week_start(self.start, self.locale)) // A_WEEK + 1

    @property
    def earlier(self) -> "Month":
        return Month((self.start - A_DAY).replace(day=1), self.locale)

    @property
    def later(self) -> "Month":
        return Month((self.start + timedelta(days=31)).replace(day=1), self.locale)


class Week(Span):
    kind, length = "week", 1

    @property
    def key(self) -> str:
        return week_key(self.start)

    @property
    def title(self) -> str:
        return format_interval(self.start, self.start + 6 * A_DAY, "yMMMd", locale=self.locale)

    @property
    def earlier(self) -> "Week":
        return Week(self.start - A_WEEK, self.locale)

    @property
    def later(self) -> "Week":
        return Week(self.start + A_WEEK, self.locale)


def week_start(day: date, locale: Locale) -> date:
    """The first day of the week of ``day``."""
    return day - ((day.weekday() - locale.first_week_day) % 7) * A_DAY


def week_key(start: date) -> str:
    """The ISO name of the week that begins at ``start``: of the one that most of its days are in."""
    year, week, _day = (start + 3 * A_DAY).isocalendar()
    return f"{year}-W{week:02d}"


def month_of(day: date, locale: Locale) -> Month:
    return Month(day.replace(day=1), locale)


def week_of(day: date, locale: Locale) -> Week:
    return Week(week_start(day, locale), locale)


def asked_span(asked: dict[str, str], today: date, locale: Locale) -> Span:
    """The span that an address asks for by ``month``, ``week`` or ``day``; else the month that it is."""
    try:
        if found := MONTH.fullmatch(asked.get("month", "")):
            return month_of(within(date(int(found[1]), int(found[2]), 1)), locale)
        if found := WEEK.fullmatch(asked.get("week", "")):
            return Week(week_start(within(thursday(int(found[1]), int(found[2]))), locale), locale)
        if asked.get("day"):
            return week_of(within(date.fromisoformat(asked["day"])), locale)
    except ValueError:
        pass
    return month_of(today, locale)


def thursday(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 4)


def within(day: date) -> date:
    """``day``, or ValueError where it is so far away that there may be no calendar."""
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(day)
    return day
