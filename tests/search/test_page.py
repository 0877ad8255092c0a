"""The search page and its fragment."""

import pytest

from tests.factories import make_post

HTMX = {"HX-Request": "true"}
MOST_QUERIES = 5


def test_results_are_shown_with_what_was_found_marked(client):
    make_post(title="Herons <at> rest", body="A *heron* stood there.")
    page = client.get("/search/?q=heron").get_data(as_text=True)
    assert "Herons &lt;at&gt; rest" in page
    assert "A <mark>heron</mark> stood there." in page
    assert 'value="heron"' in page


def test_without_a_query_the_page_only_asks(client):
    make_post()
    for address in ("/search/", "/search/?q=", "/search/?q=%20%20"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "<article" not in answer.get_data(as_text=True)


def test_htmx_gets_the_results_alone(client):
    make_post(body="heron")
    answer = client.get("/search/?q=heron", headers=HTMX)
    assert "<html" not in answer.get_data(as_text=True)
    assert "<mark>heron</mark>" in answer.get_data(as_text=True)
    assert "HX-Request" in answer.headers["Vary"]


def test_more_results_are_a_link_that_keeps_the_query(client):
    for _number in range(11):
        make_post(body="sea wall")
    page = client.get('/search/?q="sea wall"').get_data(as_text=True)
    assert "/search/?q=%22sea+wall%22&amp;page=2" in page
    second = client.get("/search/?q=%22sea+wall%22&page=2").get_data(as_text=True)
    assert second.count("<article") == 1
    assert "page=3" not in second


@pytest.mark.parametrize("number", ["0", "-1", "21", "abc", "1e99", "", "9223372036854775808", "01", "１"])
def test_a_page_that_cannot_be_is_missing(client, number):
    assert client.get("/search/", query_string={"q": "heron", "page": number}).status_code == 404


def test_a_page_after_the_last_is_missing(client):
    make_post(body="heron")
    assert client.get("/search/?q=heron&page=2").status_code == 404


@pytest.mark.parametrize("query", ["heron\x00", "x" * 10_000])
def test_unreadable_input_is_refused(client, query):
    assert client.get("/search/", query_string={"q": query}).status_code == 400


@pytest.mark.parametrize(
    "query", ["\U0010ffff", "‮heron", "🦩", "heron " * 90, '"' * 150, "tag:" * 40, "(" * 190]
)
def test_odd_input_is_searched(client, query):
    assert client.get("/search/", query_string={"q": query}).status_code == 200


def test_a_problem_is_told_beside_the_results(client):
    make_post(body="heron")
    page = client.get("/search/?q=heron+before:soon").get_data(as_text=True)
    assert "“before:soon” is no date" in page
    assert "<mark>heron</mark>" in page


def test_a_page_takes_a_constant_number_of_queries(client, queries):
    for _number in range(25):
        make_post(body="heron", tags=["Birds"], authors=["Nour Amsel"])
    client.get("/search/?q=heron")
    queries.clear()
    client.get("/search/?q=heron+tag:birds+author:nour-amsel+after:2020")
    assert len(queries) <= MOST_QUERIES, queries
