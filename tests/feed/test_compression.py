"""A feed that goes out compressed is still the right one for who asks."""

import brotli
import pytest

from tests.factories import make_post

KINDS = {
    "a feed reader": ({}, "application/rss+xml", b"<rss"),
    "a browser": ({"Sec-Fetch-Dest": "document"}, "text/html", b"<html"),
    "an older browser": ({"Accept": "text/html"}, "application/xml", b"<rss"),
}


@pytest.mark.parametrize("who", KINDS)
@pytest.mark.parametrize("time", ["the first time", "from the cache"])
def test_each_kind_of_reader_gets_its_own_compressed_answer(client, who, time):
    make_post()
    for others, *_rest in KINDS.values() if time == "from the cache" else ():
        client.get("/feed.xml", headers={**others, "Accept-Encoding": "br"})
    headers, content_type, beginning = KINDS[who]
    answer = client.get("/feed.xml", headers={**headers, "Accept-Encoding": "br"})
    assert (answer.status_code, answer.mimetype) == (200, content_type)
    assert beginning in brotli.decompress(answer.data)[:400]
