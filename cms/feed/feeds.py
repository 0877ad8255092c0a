"""The feeds of the site, of its tags, categories and authors, in three formats each.

Feeds are the same for everybody, whether signed in or not.
"""

from flask import Response, request
from sqlalchemy import select

from cms.cache import BLOG, cached, conditional
from cms.feed import bp
from cms.feed.channel import Channel, last_change, site_channel, term_channel
from cms.feed.json_format import JSON, json_feed
from cms.feed.stylesheets import page_of
from cms.feed.xml_formats import ATOM, RSS, atom, rss
from cms.models import Author, Category, Post, Tag
from cms.web import absolute, load

FORMATS = {"feed.xml": (rss, RSS), "atom.xml": (atom, ATOM), "feed.json": (json_feed, JSON)}
SECTIONS = {kind.section: kind for kind in (Tag, Category, Author)}
FILE = "any('feed.xml', 'atom.xml', 'feed.json'):file"


@bp.get(f"/<{FILE}>")
@cached(BLOG, until=Post.next_change)
def of_site(file: str) -> Response:
    return answer(site_channel(), file)


@bp.get(f"/<any(tag, category, author):section>/<slug>/<{FILE}>")
@cached(BLOG, until=Post.next_change)
def of_term(section: str, slug: str, file: str) -> Response:
    kind = SECTIONS[section]
    return answer(term_channel(load(select(kind).where(kind.slug == slug))), file)


def answer(channel: Channel, file: str) -> Response:
    write, content_type = FORMATS[file]
    response = Response(write(channel, absolute(request.path)), content_type=f"{content_type}; charset=utf-8")
    response.last_modified = max([last_change(), *(item.published for item in channel.items)])
    return response


@bp.after_request
def fit_reader(response: Response) -> Response:
    """Answer "not modified" to whoever has it already; show a page to people who open a feed in a browser."""
    if response.mimetype in (RSS, ATOM):
        response.vary.update(("Accept", "Sec-Fetch-Dest"))
        if response.status_code == 200:
            fit_browser(response)
    return conditional(response) if response.status_code == 200 else response


def fit_browser(response: Response) -> None:
    """A browser that opens a feed gets a page.

    One that does not say so (on http it may not) gets XML under its general name: what is called
    application/rss+xml it would save as a file or show as raw text.
    """
    if request.headers.get("Sec-Fetch-Dest") == "document":
        response.set_data(page_of(response.get_data()))
        response.content_type = "text/html; charset=utf-8"
        response.add_etag(overwrite=True)
    elif "text/html" in request.headers.get("Accept", ""):
        response.content_type = "application/xml; charset=utf-8"
