"""Dates in fields, file names, folders and old addresses."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cms.transfer import dates


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2015-01-19", "2015-01-19T00:00:00+00:00"),
        ("2015-01-19 11:21:29", "2015-01-19T11:21:29+00:00"),
        ("2015-01-19 11:21", "2015-01-19T11:21:00+00:00"),
        ("2015-1-9 1:02", "2015-01-09T01:02:00+00:00"),
        ("2015-01-19T11:21:29Z", "2015-01-19T11:21:29+00:00"),
        ("2015-01-19T11:21:29.123456+05:30", "2015-01-19T11:21:29+05:30"),
        ("2015-01-19 11:21:29 -0500", "2015-01-19T11:21:29-05:00"),
        ("2015-01-19 11:21:29 +2", None),
        ("January 19, 2015", "2015-01-19T00:00:00+00:00"),
        ("2015/01/19", "2015-01-19T00:00:00+00:00"),
        ("2015-02-30", None),
        ("2015-01-19 25:00", None),
        ("", None),
    ],
)
def test_a_date_means_one_moment(text, moment):
    found = dates.parse(text)
    assert (found.isoformat() if found else None) == moment


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("2015-01-19-lamps", "lamps"),
        ("2015-01-19_lamps", "lamps"),
        ("2015-1-9-lamps", "lamps"),
        ("lamps", "lamps"),
    ],
)
def test_a_file_name_gives_its_date_away(name, rest):
    day, title = dates.from_name(name)
    assert title == rest
    assert (day is None) == (name == "lamps")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("news/2018/07/06", (2018, 7, 6)),
        ("2018/07", (2018, 7, 1)),
        ("2018-07-06/pictures", (2018, 7, 6)),
        ("2018", (2018, 1, 1)),
    ],
)
def test_folders_name_a_day(path, day):
    assert dates.from_folders(path) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize("path", ["", "news", "12018/07/06", "2018/77/06"])
def test_other_folders_name_none(path):
    assert dates.from_folders(path) is None


def test_the_old_address_dates_a_post_that_nothing_else_dates(foreign):
    foreign.put("dusk.md", '+++\ntitle = "Dusk"\npath = "2018/07/06/dusk"\n+++\nText')
    assert foreign.draft().date == datetime(2018, 7, 6, tzinfo=UTC)


def test_a_bundle_is_dated_by_its_folder(foreign):
    draft = foreign.put("2019-03-04_dawn/index.md", "# Dawn\n\nText").draft()
    assert (draft.date, draft.slug) == (datetime(2019, 3, 4, tzinfo=UTC), "dawn")


@pytest.mark.parametrize("text", ["2024-07-06 12:00", "2024-07-06 10:00 +0000", "2024/07/06 12:00:00"])
def test_a_date_without_a_zone_is_in_the_one_that_is_given(text):
    found = dates.parse(text, ZoneInfo("Europe/Berlin"))
    assert found.astimezone(UTC) == datetime(2024, 7, 6, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "configuration", "path"),
    [
        ("_config.yml", "timezone: Europe/Berlin", "_posts/2024-07-06-dusk.md"),
        ("hugo.toml", 'timeZone = "Europe/Berlin"', "content/posts/2024-07-06-dusk.md"),
    ],
)
@pytest.mark.parametrize("head", ["date: 2024-07-06 00:00", "date: 2024-07-06", "title: Dusk"])
def test_the_zone_of_the_sites_configuration_counts(foreign, name, configuration, path, head):
    foreign.put(name, configuration).put(path, f"---\n{head}\n---\nText")
    draft = foreign.draft()
    assert draft.date == datetime(2024, 7, 5, 22, tzinfo=UTC)
    assert (name != "_config.yml") or draft.old_addresses == ["2024/07/06/dusk.html"]


def test_dates_in_front_matter_that_toml_reads_are_in_the_zone_too(foreign):
    foreign.put("hugo.toml", 'timeZone = "Europe/Berlin"')
    foreign.put(
        "content/posts/a.md", '+++\ntitle = "A"\ndate = 2024-07-06T12:00:00\nexpiryDate = 2024-07-08\n+++\nA'
    )
    draft = foreign.draft()
    assert draft.date == datetime(2024, 7, 6, 10, tzinfo=UTC)
    assert draft.expires_at == datetime(2024, 7, 7, 22, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_told_and_that_of_this_site_taken(foreign):
    foreign.put("_config.yml", "timezone: Lamp/../Land").put("_posts/2024-07-06-dusk.md", "---\n---\nText")
    reading = foreign.read(zone=ZoneInfo("Europe/Berlin"))
    assert reading.drafts[0].date == datetime(2024, 7, 5, 22, tzinfo=UTC)
    assert "there is no time zone “Lamp/../Land”" in str(reading.remarks[0])
