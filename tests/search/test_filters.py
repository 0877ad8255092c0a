"""Searching by tag, author and date."""

from datetime import UTC, datetime

import pytest

from cms.db import session
from cms.models import Author, Setting, Tag
from cms.search.finding import find
from tests.factories import make_post

pytestmark = pytest.mark.usefixtures("app")


def titles(query: str) -> list[str]:
    return [result.title for result in find(query).results]


def test_a_tag_is_named_by_slug_or_name():
    make_post(title="Tagged", tags=["Sea walls"])
    make_post(title="Untagged", body="Sea walls")
    assert titles("tag:sea-walls") == titles('tag:"Sea Walls"') == ["Tagged"]


def test_an_author_is_named_by_slug_or_name():
    make_post(title="Hers", authors=["Nour Amsel"])
    make_post(title="His", authors=["Piet Amsel"])
    assert titles("author:nour-amsel") == titles('author:"nour amsel"') == ["Hers"]


def test_filters_and_words_must_all_hold():
    make_post(title="Right", body="tide", tags=["A", "B"])
    make_post(title="One tag", body="tide", tags=["A"])
    make_post(title="No word", tags=["A", "B"])
    assert titles("tag:a tide tag:b") == ["Right"]


def test_an_unknown_name_is_told_and_the_rest_is_searched():
    make_post(title="Right", body="tide")
    found = find('tide tag:nowhere author:"no one"')
    assert [result.title for result in found.results] == ["Right"]
    assert found.problem == "There is no tag “nowhere”. There is no author “no one”."
    assert find("tag:nowhere").results == []


def test_an_unreadable_date_is_told_and_the_rest_is_searched():
    make_post(title="Right", body="tide")
    found = find("tide before:abc")
    assert [result.title for result in found.results] == ["Right"]
    assert "before:abc" in found.problem


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("before:2024", ["2023-12"]),
        ("before:2024-02", ["2024-01", "2023-12"]),
        ("before:2024-01-16", ["2024-01", "2023-12"]),
        ("before:2024-01-15", ["2023-12"]),
        ("after:2024", ["2025-06"]),
        ("after:2023-12-31", ["2025-06", "2024-01"]),
        ("after:2024-01-14 before:2025", ["2024-01"]),
        ("after:2025 before:2024", []),
        ("before:1500", []),
        ("after:9998", []),
    ],
)
def test_dates_bound_what_is_found(query, found):
    for name, moment in {
        "2023-12": (2023, 12, 31, 23),
        "2024-01": (2024, 1, 15),
        "2025-06": (2025, 6, 1),
    }.items():
        make_post(title=name, at=datetime(*moment, tzinfo=UTC))
    assert titles(query) == found


@pytest.mark.parametrize(
    ("zone", "query", "found"),
    [
        ("Asia/Tokyo", "after:2025-01-31", ["Late in January"]),
        ("Asia/Tokyo", "before:2025-02", []),
        ("Asia/Tokyo", "after:2025-01 before:2025-02-02", ["Late in January"]),
        ("UTC", "after:2025-01-31", []),
        ("UTC", "after:2025-01-30 before:2025-02", ["Late in January"]),
    ],
)
def test_days_are_those_of_the_site(zone, query, found):
    Setting.change("timezone", zone, by=None)
    session.commit()
    make_post(title="Late in January", at=datetime(2025, 1, 31, 20, tzinfo=UTC))
    assert titles(query) == found


def test_a_renamed_tag_is_found_by_its_new_name():
    make_post(title="Tagged", tags=["Herons"])
    Tag.named("Herons", by=None).save(by=None, name="Egrets")
    assert titles("egrets") == ["Tagged"]
    assert titles("heron") == []


def test_a_renamed_author_keeps_the_posts():
    make_post(title="Hers", authors=["Nour Amsel"])
    Author.named("Nour Amsel", by=None).save(by=None, name="Nour Lerche", slug="nour-lerche")
    assert titles("author:nour-lerche") == ["Hers"]
