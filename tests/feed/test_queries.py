"""A feed costs the same few statements, however many posts it has."""

import pytest

from tests.factories import make_post

ADDRESSES = (
    "/feed.xml",
    "/atom.xml",
    "/feed.json",
    "/tag/sea/feed.xml",
    "/author/ada/feed.xml",
    "/category/news/feed.xml",
)


def make_posts(count: int) -> None:
    for _number in range(count):
        make_post(tags=["sea", "salt"], authors=["Ada", "Bea"], category="News")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_feed_makes_six_queries_whatever_its_length(client, queries, address):
    counts = []
    for more in (1, 12):
        make_posts(more)
        client.get("/feeds/")
        queries.clear()
        assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


def test_a_feed_from_the_cache_makes_one_query(client, queries):
    make_posts(2)
    client.get("/feed.xml")
    queries.clear()
    client.get("/feed.xml")
    assert len(queries) == 1


def test_a_feed_reads_no_source_texts(client, queries):
    make_posts(1)
    queries.clear()
    client.get("/feed.xml")
    assert not any("entry.body" in statement for statement in queries)
