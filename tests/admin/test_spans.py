"""The months and weeks of the calendar, and the addresses that ask for them."""

from datetime import date

import pytest
from babel import Locale

from cms.admin.spans import asked_span

BRITISH, AMERICAN, EGYPTIAN = Locale("en", "GB"), Locale("en", "US"), Locale("ar", "EG")
TODAY = date(2026, 11, 21)


def asked(locale=BRITISH, **arguments):
    return asked_span(arguments, TODAY, locale)


def test_a_month_is_whole_weeks():
    month = asked(month="2026-12")
    assert (month.title, len(month.weeks)) == ("December 2026", 5)
    assert (month.days[0], month.days[-1]) == (date(2026, 11, 30), date(2027, 1, 3))
    assert date(2026, 11, 30) not in month
    assert (month.earlier.key, month.later.key) == ("2026-11", "2027-01")


@pytest.mark.parametrize(("locale", "first"), [(BRITISH, "Mon"), (AMERICAN, "Sun")])
def test_a_week_begins_as_it_does_in_the_language(locale, first):
    assert asked(locale).weekdays[0][0] == first


def test_a_month_may_be_four_weeks_and_may_be_six():
    assert len(asked(month="2027-02").weeks) == 4
    assert len(asked(month="2026-08").weeks) == 6


@pytest.mark.parametrize("locale", [BRITISH, AMERICAN, EGYPTIAN])
@pytest.mark.parametrize("week", ["2026-W01", "2026-W49", "2026-W53", "2027-W01"])
def test_a_week_is_found_by_its_name_wherever_it_begins(locale, week):
    assert asked(locale, week=week).key == week
    assert asked(locale, week=asked(locale, week=week).later.key).earlier.key == week


def test_a_day_leads_to_its_week():
    assert date(2026, 12, 24) in asked(day="2026-12-24").days
    assert asked(day="2026-12-24").key == "2026-W52"


@pytest.mark.parametrize(
    "wrong", ["month=2026-13", "month=0000-01", "week=2026-W54", "day=24.12.", "day=9999-12-31"]
)
def test_what_is_no_span_shows_this_month(wrong):
    assert asked(**dict([wrong.split("=")])).key == "2026-11"
