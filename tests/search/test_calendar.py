"""Dates as marks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.search.calendar import marks_between, marks_of, read_period

MOMENTS = st.datetimes(datetime(1780, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_moment_has_marks_of_its_decade_year_and_month():
    assert marks_of(datetime(2025, 3, 31, 23, 30, tzinfo=UTC)) == ["202", "2025", "202503"]


def test_a_span_takes_the_largest_marks_that_fit():
    start, end = datetime(2008, 11, 5, tzinfo=UTC), datetime(2021, 3, 1, tzinfo=UTC)
    assert marks_between(start, end) == ["200811", "200812", "2009", "201", "2020", "202101", "202102"]


def test_a_span_without_time_has_no_marks():
    assert marks_between(datetime(2025, 2, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)) == []


@settings(deadline=None)
@given(MOMENTS, MOMENTS, MOMENTS)
def test_whatever_lies_in_a_span_has_one_of_its_marks(moment, start, end):
    if start <= moment < end:
        assert set(marks_of(moment)) & set(marks_between(start, end))


def test_a_period_ends_where_the_next_begins():
    february = datetime(2024, 2, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)
    assert read_period("2024-02", UTC) == february
    assert read_period("2024-12", UTC)[1] == read_period("2024", UTC)[1] == datetime(2025, 1, 1, tzinfo=UTC)
    start, end = read_period("2024-02-29", UTC)
    assert end - start == timedelta(days=1)


def test_a_period_is_one_of_its_zone():
    start, end = read_period("2024-03-31", ZoneInfo("Europe/Berlin"))
    assert start == datetime(2024, 3, 30, 23, tzinfo=UTC)
    assert end - start == timedelta(hours=23)  # the clocks go forward


def test_a_span_has_marks_of_the_months_in_utc():
    start, end = read_period("2024-02-01", ZoneInfo("Asia/Tokyo"))
    assert marks_between(start, end) == ["202401", "202402"]
    day_in_tokyo = datetime(2024, 2, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert marks_between(day_in_tokyo, day_in_tokyo + timedelta(hours=1)) == ["202401"]
