"""What is found, and in which order."""

import pytest

from cms.search.finding import find
from tests.factories import make_page, make_post

pytestmark = pytest.mark.usefixtures("app")


def titles(query: str, page: int = 1) -> list[str]:
    return [result.title for result in find(query, page).results]


def test_title_tags_and_text_are_searched():
    make_post(title="Herons")
    make_post(title="Birds", tags=["Heron watch"])
    make_post(title="Walks", body="A heron stood there.")
    make_post(title="Else", body="Nothing.")
    assert titles("heron") == ["Birds", "Herons", "Walks"]


def test_a_summary_and_a_page_are_searched():
    make_post(title="Walks", summary="Of herons and tides.")
    make_page(title="About", body="We count herons.")
    assert set(titles("herons")) == {"Walks", "About"}


@pytest.mark.parametrize("query", ["em", "embank", "EMBANKMENT", "embankments", "embänkment"])
def test_the_beginning_of_a_word_is_enough(query):
    make_post(body="The embankments hold.")
    make_post(body="The bank is closed.")
    assert len(titles(query)) == 1


def test_a_very_long_beginning_is_found_exactly():
    make_post(title="Right", body="internationalisation")
    make_post(title="Wrong", body="internationalism")
    assert titles("internationalisat") == ["Right"]


def test_all_words_must_be_there():
    make_post(title="Both", body="tide and wall")
    make_post(title="One", body="tide and sand")
    assert titles("tide wall") == ["Both"]


@pytest.mark.parametrize(("text", "query"), [("Über uns", "uber"), ("Uber uns", "über"), ("Łódź", "lodz")])
def test_diacritics_make_no_difference(text, query):
    make_post(body=text)
    assert len(titles(query)) == 1


@pytest.mark.parametrize("query", ["東京", "京都", "都", "東京都", "住む"])
def test_words_are_found_where_there_are_no_blanks(query):
    make_post(body="私は東京都に住む。")
    make_post(body="都会ではない京阪。" if query == "京都" else "海と風。")
    assert len(titles(query)) == 1


def test_a_phrase_is_found_word_by_word_in_its_order():
    make_post(title="Right", body="They built a sea wall.")
    make_post(title="Wrong", body="From the wall to the sea; a seaside wall.")
    assert titles('"sea wall"') == ["Right"]
    assert titles('"sea wal"') == []


def test_a_word_with_a_hyphen_is_found_in_its_order():
    make_post(title="Right", body="Our co-operative.")
    make_post(title="Wrong", body="An operative of the co.")
    assert titles("co-op") == ["Right"]


def test_excluded_words_and_phrases_are_left_out():
    make_post(title="Plain", body="tide")
    make_post(title="Wall", body="tide wall")
    make_post(title="Walls", body="tide walls of sand")
    make_post(title="Phrase", body="tide, high water mark")
    assert titles("tide -wall") == ["Phrase", "Walls", "Plain"]
    assert titles('tide -wall -"high water"') == ["Walls", "Plain"]


def test_an_exact_title_comes_before_all_else():
    make_post(title="Tide tables")
    for number in range(60):
        make_post(title=f"Tide tables for week {number}")
    assert titles("tide tables")[0] == "Tide tables"


def test_title_comes_before_theme_and_theme_before_mention():
    make_post(title="Herons of the marsh", body="Birds.")
    make_post(title="Theme", body="A heron, another heron, and a third heron.")
    make_post(title="Mention", body="There was a heron.")
    assert titles("heron") == ["Herons of the marsh", "Theme", "Mention"]


def test_a_whole_word_in_a_title_comes_before_a_beginning():
    make_post(title="The art of waiting")
    make_post(title="Article one")
    assert titles("art") == ["The art of waiting", "Article one"]


def test_the_newest_comes_first_among_equals():
    make_post(title="Old", body="heron")
    make_post(title="New", body="heron")
    assert titles("heron") == ["New", "Old"]


def test_results_come_in_pages_without_repeats():
    for number in range(23):
        make_post(title=f"Report {number}", body="heron")
    pages = [titles("heron", page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({title for page in pages for title in page}) == 23
    assert [find("heron", page).has_more for page in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize(
    "query", ["", "   ", "-", '""', "!?", '"', "*", "a:b:c", "-tide OR AND NOT", '-"tide"']
)
def test_what_asks_for_nothing_or_for_what_is_not_there_finds_nothing(query):
    make_post(body="tide")
    found = find(query)
    assert (found.results, found.has_more, found.problem) == ([], False, None)


@pytest.mark.parametrize("query", ["tide -", 'tide ""', "!tide?", "(tide)", '"tide', "tide*", "tide -or"])
def test_odd_signs_around_a_word_do_not_hide_it(query):
    make_post(title="Right", body="tide")
    make_post(title="Wrong", body="sand")
    assert titles(query) == ["Right"]


SPECIAL = [
    "'x':*",
    'x" OR y',
    "a & !b",
    ":w0",
    "x'; DROP TABLE entry; --",
    "\\",
    "%",
    "_",
    "NEAR(a b)",
    "<->",
]


@pytest.mark.parametrize("special", SPECIAL)
def test_the_languages_of_the_databases_mean_nothing(special):
    make_post(title="Plain", body="tide")
    make_post(title="Special", body=f"tide {special}")
    assert titles(f"tide {special}")[0] == "Special"
    assert titles("tide") == ["Special", "Plain"]
