"""What a person may type."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.search.grammar import MOST_TERMS, Term, parse


def test_a_word_is_the_beginning_of_one():
    assert parse("Climate").terms == [Term(("climate",), prefix=True)]


def test_a_single_letter_is_a_whole_word():
    assert parse("c").terms == [Term(("c",))]


def test_quoted_words_are_a_phrase():
    assert parse('"Sea Wall" tide').terms == [Term(("sea", "wall")), Term(("tide",), prefix=True)]


@pytest.mark.parametrize("typed", ['"sea wall', "„sea wall“", "«sea wall»", "“sea wall”"])
def test_every_kind_of_quotes_makes_a_phrase(typed):
    assert parse(typed).terms == [Term(("sea", "wall"))]


def test_a_word_with_a_hyphen_is_words_in_a_row():
    assert parse("co-op").terms == [Term(("co", "op"), prefix=True)]


def test_a_minus_excludes_a_whole_word():
    query = parse('tide -wall -"high tide"')
    assert query.terms == [Term(("tide",), prefix=True)]
    assert query.excluded == [Term(("wall",)), Term(("high", "tide"))]


def test_filters_take_names_with_blanks_in_quotes():
    query = parse('tag:"sea walls" AUTHOR:nour tag:tides')
    assert (query.tags, query.authors, query.terms) == (["sea walls", "tides"], ["nour"], [])


def test_dates_end_where_their_period_begins_or_ends():
    query = parse("after:2024 before:2025-03")
    assert query.after == datetime(2025, 1, 1, tzinfo=UTC)
    assert query.before == datetime(2025, 3, 1, tzinfo=UTC)


def test_the_narrowest_of_several_dates_counts():
    query = parse("before:2025 before:2024-06-15 after:2020 after:2023-01-31")
    assert query.before == datetime(2024, 6, 15, tzinfo=UTC)
    assert query.after == datetime(2023, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("date", ["abc", "2025-13", "2025-02-30", "0000", "9999-12-31", "1e99", "٢٠٢٥-99"])
def test_an_unreadable_date_is_told_and_the_rest_is_searched(date):
    query = parse(f"tide before:{date}")
    assert query.unread == [f"before:{date}"]
    assert query.terms == [Term(("tide",), prefix=True)]


def test_an_unknown_filter_is_words():
    assert parse("note:tide").terms == [Term(("note", "tide"), prefix=True)]


def test_only_so_many_terms_are_read():
    assert len(parse("ab " * 60).terms) == MOST_TERMS


@settings(deadline=None)
@given(st.text(max_size=300))
def test_nothing_that_is_typed_raises(text):
    parse(text)
