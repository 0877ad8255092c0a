"""Every feed keeps the rules of its format."""

import feedparser
import pytest

from cms.models import Media
from tests.factories import make_post
from tests.feed.rules import broken_by_atom, broken_by_json, broken_by_rss

FORMATS = {
    "feed.xml": (broken_by_rss, "application/rss+xml"),
    "atom.xml": (broken_by_atom, "application/atom+xml"),
    "feed.json": (broken_by_json, "application/feed+json"),
}
PATHS = ("/", "/tag/sea/", "/category/news/", "/author/ada/")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h40v30z"/></svg>'
TEXT = """
A [link](/about/), [a place](#part), [a neighbour](../other/), ![a picture](/media/x.png) and a note[^1].

## Part

| a | b |
|---|--:|
| 1 | 2 |

```python
print('<a href="/x">')
```

- [x] done

[^1]: The note.
"""


@pytest.fixture
def posts(app):
    """Posts with everything that a feed may show."""
    cover = Media.store(DRAWING, "Drawing.svg", by=None)
    make_post(title="First & <b>foremost</b>", body=TEXT, cover=cover, tags=["sea", "tide"], authors=["Ada"])
    make_post(body="Second.", tags=["sea"], category="News", authors=["Ada", "Bea"])
    make_post(body="", category="News")


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize("path", PATHS)
def test_a_feed_breaks_no_rule(client, posts, path, file):
    broken_by, content_type = FORMATS[file]
    answer = client.get(path + file)
    assert answer.content_type == f"{content_type}; charset=utf-8"
    assert broken_by(answer.data, f"http://broadside.test{path}{file}") == []


@pytest.mark.parametrize("file", FORMATS)
def test_a_feed_without_posts_breaks_no_rule(client, file):
    make_post(tags=["Empty"]).archive(by=None)
    broken_by, _content_type = FORMATS[file]
    assert broken_by(client.get(f"/tag/empty/{file}").data, f"http://broadside.test/tag/empty/{file}") == []


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_a_reader_understands_the_feed(client, posts, file):
    answer = client.get(f"/{file}")
    feed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert not feed.bozo
    assert [len(feed.entries), feed.entries[-1].title] == [3, "First & <b>foremost</b>"]
    assert [author.name for author in feed.entries[1].authors] == ["Ada", "Bea"]
    assert [enclosure.type for enclosure in feed.entries[-1].enclosures] == ["image/svg+xml"]


@pytest.mark.parametrize("kind", ["tag", "category", "author"])
def test_a_feed_of_what_is_unknown_is_missing(client, kind):
    answer = client.get(f"/{kind}/nothing/feed.xml")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
