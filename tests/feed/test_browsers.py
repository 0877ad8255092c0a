"""Whoever opens a feed in a browser sees what it is."""

import pytest
from lxml import etree, html

from cms.models import Setting
from tests.factories import make_post

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("file", ["/feed.xml", "/atom.xml"])
def test_a_browser_is_told_that_it_is_xml(client, file):
    make_post()
    answer = client.get(file, headers=BROWSER)
    assert answer.content_type == "application/xml; charset=utf-8"
    assert "accept" in answer.vary.as_set()
    assert client.get(file).mimetype != "application/xml"


@pytest.mark.parametrize("file", ["/feed.xml", "/atom.xml"])
def test_a_browser_that_opens_a_feed_gets_a_page(client, file):
    post = make_post(title="Tide & <time>", summary="Salt & <water>")
    opening = {**BROWSER, "Sec-Fetch-Dest": "document"}
    answer = client.get(file, headers=opening)
    page = html.document_fromstring(answer.data)
    assert answer.content_type == "text/html; charset=utf-8"
    assert page.xpath("//h2/a/text() | //h2/a/@href") == [f"http://broadside.test{post.url}", "Tide & <time>"]
    assert "Salt & <water>" in page.text_content()
    assert client.get(file, headers={**opening, "If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(file, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("file", ["/feed.xml", "/atom.xml"])
def test_the_style_sheet_makes_a_page_of_the_feed(client, file):
    post = make_post(title="Tide & <time>", summary="It turns.")
    transform = etree.XSLT(etree.fromstring(client.get("/feed.xsl").data))
    page = transform(etree.fromstring(client.get(file).data))
    assert page.xpath("//h2/a/text()") == ["Tide & <time>"]
    assert page.xpath("//h2/a/@href") == [f"http://broadside.test{post.url}"]
    assert page.xpath("//code/text()") == [f"http://broadside.test{file}"]


def test_the_style_sheets_speak_the_language_of_the_site(client):
    Setting.change("language", "de", by=None)
    assert etree.fromstring(client.get("/feed.xsl").data).xpath("//html/@lang") == ["de"]


@pytest.mark.parametrize(("file", "kind"), [("/feed.xsl", "text/xsl"), ("/feed.css", "text/css")])
def test_a_style_sheet_has_its_type(client, file, kind):
    answer = client.get(file)
    assert (answer.status_code, answer.mimetype) == (200, kind)


def test_a_feed_names_both_style_sheets(client):
    head = client.get("/feed.xml").data[:300]
    assert b'type="text/xsl" href="/feed.xsl"' in head
    assert b'type="text/css" href="/feed.css"' in head


def test_the_page_on_feeds_lists_those_of_every_part(client):
    make_post(tags=["sea"], authors=["Ada"], category="News")
    page = client.get("/feeds/").get_data(as_text=True)
    for address in ("/feed.xml", "/tag/sea/atom.xml", "/author/ada/feed.json", "/category/news/feed.xml"):
        assert f'href="http://broadside.test{address}"' in page
