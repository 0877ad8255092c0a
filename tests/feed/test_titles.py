"""A title is shown as it was typed, whatever a person types."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from cms.feed.channel import Channel, Item
from cms.feed.json_format import json_feed
from cms.feed.text import readable
from cms.feed.xml_formats import atom, rss
from cms.models.base import now
from tests.factories import make_post
from tests.feed.rules import broken_by_atom, broken_by_json, broken_by_rss

ATOM_TITLE = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"
TITLES = [
    "]]>",
    "<b>bold</b> & <i",
    "AT&amp;T",
    "🦀 crab 👩‍👩‍👧",
    "a\x00b\x1bc\x7f",
    "\ufffe end",
    "“Quotes” 'n' \"more\"",
]
ADDRESS = "http://broadside.test/feed.xml"


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_shown_as_typed(client, title):
    written = make_post(title=title.replace("\x00", "")).title
    titles = [
        etree.fromstring(client.get("/feed.xml").data).findtext("channel/item/title"),
        etree.fromstring(client.get("/atom.xml").data).findtext(ATOM_TITLE),
        json.loads(client.get("/feed.json").data)["items"][0]["title"],
    ]
    assert titles == [readable(written)] * 3


def test_a_title_of_control_characters_gives_way_to_the_address(client):
    post = make_post(title="\x01\x02", slug="quiet")
    assert (
        etree.fromstring(client.get("/atom.xml").data).findtext(ATOM_TITLE)
        == f"http://broadside.test{post.url}"
    )


@given(text=st.text())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_makes_a_feed_that_breaks_no_rule(text):
    feed = channel_of(readable(text) or "nothing")
    assert broken_by_rss(rss(feed, ADDRESS), ADDRESS) == []
    assert broken_by_atom(atom(feed, ADDRESS), ADDRESS) == []
    assert broken_by_json(json_feed(feed, ADDRESS), ADDRESS) == []


@given(text=st.text())
@settings(max_examples=200, deadline=None)
def test_a_readable_text_stays_as_it_is(text):
    assert readable(readable(text)) == readable(text)
    assert [char for char in readable(text) if ord(char) < 32 and char not in "\t\n\r"] == []


def channel_of(title: str) -> Channel:
    name = "urn:uuid:12345678-1234-1234-1234-12345678900"
    url = "http://broadside.test/blog/a/"
    item = Item(
        f"{name}1", url, title, title, "<p>Text</p>", now(), now(), [(title, url)], [(title, url)], None
    )
    return Channel(f"{name}0", "http://broadside.test/", title, title, "en", title, now(), [item])
