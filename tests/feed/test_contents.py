"""What a feed holds."""

from datetime import UTC, datetime

import feedparser
import pytest

from cms.models import Media, Setting
from tests.factories import make_page, make_post, soon

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30z"/></svg>'


def entries(client, address="/atom.xml"):
    return feedparser.parse(client.get(address).data).entries


def test_newest_posts_come_first_and_old_ones_make_room(client):
    Setting.change("posts_per_feed", "3", by=None)
    titles = [make_post().title for _number in range(5)]
    assert [entry.title for entry in entries(client)] == titles[:1:-1]


def test_what_lists_do_not_show_is_in_no_feed(client):
    make_post(published=False)
    make_post(at=soon(hours=1))
    make_post().archive(by=None)
    make_post().remove(by=None)
    make_post(expires_at=soon(hours=-1), at=soon(hours=-2))
    make_page()
    assert [entries(client, file) for file in ("/feed.xml", "/atom.xml")] == [[], []]


@pytest.mark.parametrize("section", ["tag/sea", "category/news", "author/ada"])
def test_a_feed_of_a_part_holds_that_part_only(client, section):
    inside = make_post(tags=["sea"], category="News", authors=["Ada"])
    make_post(tags=["tide"], authors=["Bea"])
    assert [entry.title for entry in entries(client, f"/{section}/feed.xml")] == [inside.title]


def test_the_text_is_there_in_full(client):
    make_post(body="First paragraph.\n\n" + "word " * 500 + "\n\nLast paragraph.", summary="In short.")
    (entry,) = entries(client, "/feed.xml")
    assert "Last paragraph." in entry.content[0].value
    assert entry.summary == "In short."


def test_dates_have_a_zone(client):
    make_post(at=datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    assert b"<pubDate>Sun, 01 Mar 2026 12:30:00 +0000</pubDate>" in client.get("/feed.xml").data
    assert b"<published>2026-03-01T12:30:00+00:00</published>" in client.get("/atom.xml").data


def test_the_cover_is_enclosed_with_its_size(client):
    make_post(cover=Media.store(DRAWING, "Drawing.svg", by=None))
    (enclosure,) = entries(client)[0].enclosures
    assert (enclosure.type, int(enclosure.length)) == ("image/svg+xml", len(DRAWING))
    with client.get(enclosure.href.removeprefix("http://broadside.test")) as answer:
        assert answer.data == DRAWING


def test_terms_are_categories(client):
    make_post(category="News", tags=["Sea & salt"])
    for address in ("/feed.xml", "/atom.xml"):
        assert [tag.term for tag in entries(client, address)[0].tags] == ["News", "Sea & salt"]


def test_nobodys_mail_address_is_told(client, sign_in):
    post = make_post(authors=["Eve"])
    post.authors[0].save(by=None, user=sign_in("eve"))
    for address in ("/feed.xml", "/atom.xml", "/feed.json"):
        assert b"@example.org" not in client.get(address).data


def test_an_edit_is_told_and_the_first_date_kept(client):
    post = make_post(at=datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    post.revise(by=None, body="Another text.")
    (entry,) = entries(client)
    assert entry.published == "2026-03-01T12:30:00+00:00"
    assert entry.updated == client.get("/feed.json").json["items"][0]["date_modified"]
    assert entry.updated == post.updated_at.isoformat(timespec="seconds")
