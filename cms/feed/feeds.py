"""The feeds of the site, of its tags, categories and authors, in three formats each.

Feeds are the same for everybody, whether signed in or not.
"""

from flask import Response, request

from cms.cache import BLOG, cached
from cms.feed import bp
from cms.feed.channel import Channel, last_change, site_channel, term_channel
from cms.feed.json_format import JSON, json_feed
from cms.feed.stylesheets import page_of
from cms.feed.xml_formats import ATOM, RSS, atom, rss
from cms.models import Author, Category, Post, Tag
from cms.models.listing import term_at
from cms.web import absolute, load

FORMATS = {"feed.xml": (rss, RSS), "atom.xml": (atom, ATOM), "feed.json": (json_feed, JSON)}
SECTIONS = {kind.section: kind for kind in (Tag, Category, Author)}
FILE = "any('feed.xml', 'atom.xml', 'feed.json'):file"


def reader() -> str:
    """Who opens a feed: a browser that shows a "page", one that does not say so ("xml"), or a feed reader.

    A browser may not say so on http. It gets the feed as XML in general: what is called application/rss+xml
    it would save as a file or show as raw text.
    """
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return "page"
    return "xml" if "text/html" in request.headers.get("Accept", "") else "feed"


@bp.get(f"/<{FILE}>")
@cached(BLOG, until=Post.next_change, by=reader)
def of_site(file: str) -> Response:
    return answer(site_channel(), file)


@bp.get(f"/<any(tag, category, author):section>/<slug>/<{FILE}>")
@cached(BLOG, until=Post.next_change, by=reader)
def of_term(section: str, slug: str, file: str) -> Response:
    kind = SECTIONS[section]
    return answer(term_channel(load(term_at(kind, slug))), file)


def answer(channel: Channel, file: str) -> Response:
    write, content_type = FORMATS[file]
    text = write(channel, absolute(request.path))
    if content_type == JSON:
        response = Response(text, content_type=f"{content_type}; charset=utf-8")
    else:
        response = fit_for_reader(text, content_type)
    response.last_modified = max([last_change(), *(item.published for item in channel.items)])
    return response


def fit_for_reader(feed: bytes, content_type: str) -> Response:
    """A feed in XML, as a page or under a general name for those who open it in a browser."""
    match reader():
        case "page":
            response = Response(page_of(feed), mimetype="text/html")
        case "xml":
            response = Response(feed, content_type="application/xml; charset=utf-8")
        case _:
            response = Response(feed, content_type=f"{content_type}; charset=utf-8")
    response.vary.update(("Accept", "Sec-Fetch-Dest"))
    return response
