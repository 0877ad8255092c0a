"""Days and times of the site's clocks, and the moments that they stand for."""

from datetime import UTC, datetime

import pytest

from cms.admin.clock import day_of, local_moment, time_of
from cms.errors import Refused
from cms.models import Setting


@pytest.fixture(autouse=True)
def berlin(app):
    Setting.change("timezone", "Europe/Berlin", by=None)


def test_a_day_and_a_time_are_those_of_the_site():
    assert local_moment("2026-12-24", "09:30") == datetime(2026, 12, 24, 8, 30, tzinfo=UTC)
    assert local_moment("2026-07-01", "00:00:30") == datetime(2026, 6, 30, 22, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("month", [1, 6, 12])
def test_a_moment_comes_back_from_its_fields(month):
    at = datetime(2026, month, 30, 23, 0, 30, tzinfo=UTC)
    assert local_moment(day_of(at), time_of(at)) == at


def test_a_time_that_the_clocks_leave_out_is_refused():
    with pytest.raises(Refused, match="go forward"):
        local_moment("2027-03-28", "02:30")


def test_of_a_time_that_comes_twice_it_is_the_first():
    assert local_moment("2026-10-25", "02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("", ""),
        ("tomorrow", "09:30"),
        ("2026-02-30", "09:30"),
        ("2026-12-24", "25:00"),
        ("0001-01-01", "00:00"),
        ("9999-12-31", "23:59"),
    ],
)
def test_what_is_no_day_or_time_is_refused(day, clock):
    with pytest.raises(Refused):
        local_moment(day, clock)
